"""Batches are stored under the lock, each whole, and are closed before they hold it for long."""

from contextlib import contextmanager

import pytest
from django.db import OperationalError

from corpus.importing import collecting, limits, pipeline, storing_batch
from corpus.importing.records import Record
from corpus.models import Document, ImportRun, Sighting
from corpus.text.marked_up import segment
from corpus.writer import one_writer
from tests.factories import make_entity


def test_batch_that_the_database_refused_is_tried_again(folder, take_in):
    tries = []

    def deadlocks_once(capture, previous):
        tries.append(capture)
        if len(tries) == 2:
            raise OperationalError("deadlock detected")

    run = take_in(folder({"a.txt": "A text.", "b.txt": "B text."}), after_store=deadlocks_once)
    assert (run.new, run.rejected) == (2, 0)
    assert len(tries) == 4
    assert Document.objects.count() == 2


def test_import_that_the_database_keeps_refusing_is_stopped(folder, db):
    def deadlocks(capture, previous):
        raise OperationalError("deadlock detected")

    with pytest.raises(OperationalError):
        pipeline.run([Record("a.txt", raw=b"A.")], label="test", after_store=deadlocks)
    run = ImportRun.objects.get()
    assert (run.state, run.read) == ("stopped", 0)


@pytest.fixture
def locks(monkeypatch):
    """Note for each time that the writer's lock was held how many sightings it brought."""
    held = []

    @contextmanager
    def counted():
        with one_writer():
            before = Sighting.objects.count()
            yield
            held.append(Sighting.objects.count() - before)

    monkeypatch.setattr(storing_batch, "one_writer", counted)
    return held


@pytest.mark.parametrize(
    ("limit", "most"),
    [("BATCH_DOCUMENTS", 2), ("BATCH_BYTES", 2 * 32), ("BATCH_ROWS", 2 * (2 + 3))],
)
def test_batch_is_closed_by_documents_bytes_or_rows(limit, most, locks, db, monkeypatch):
    make_entity("ESA")
    monkeypatch.setattr(limits, limit, most)
    texts = [f"ESA told ESA of {n}.\nESA agreed.\n" for n in range(10, 15)]
    pipeline.run([Record(f"{n}.txt", raw=t.encode()) for n, t in enumerate(texts)], label="test")
    assert {len(text) for text in texts} == {32}
    assert locks == [2, 2, 1]


def test_text_that_is_there_counts_no_rows(folder, take_in, locks, monkeypatch):
    root = folder({f"{n}.txt": f"Text {n} has one passage." for n in range(4)})
    monkeypatch.setattr(limits, "BATCH_ROWS", 1)
    take_in(root)
    take_in(root)
    assert locks == [1, 1, 1, 1, 4]


def test_text_of_another_source_is_analysed_before_the_lock(folder, take_in, monkeypatch):
    root = folder({"a.txt": "NASA and ESA agreed."})
    take_in(root, source_name="Perigee Wire")
    order = []

    @contextmanager
    def noted():
        with one_writer():
            order.append("lock")
            yield

    def segmented(text, structure):
        order.append("analysis")
        return segment(text, structure)

    monkeypatch.setattr(storing_batch, "one_writer", noted)
    monkeypatch.setattr(collecting, "segment", segmented)
    take_in(root, source_name="Orbit Brief")
    assert order == ["analysis", "lock"]
