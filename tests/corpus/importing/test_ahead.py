"""Records analysed by other processes come out as if this one had done it."""

import os
import signal
from itertools import islice

import pytest
from django.db import connection

from corpus.importing import ahead, limits, naming, pipeline
from corpus.importing.ahead import Ahead, Task, make
from corpus.importing.records import Record
from corpus.models import Document, Mention, Passage
from corpus.text.fingerprint import digest
from tests.factories import make_entity


@pytest.fixture
def names(db):
    make_entity("ESA")
    return naming.names()


@pytest.fixture
def two():
    processes = Ahead(2)
    yield processes
    processes.close()


def tasks(count):
    for n in range(count):
        raw = b"\0" if n == 7 else f"ESA agreed to {n} things in Paris. It could fly.".encode()
        yield Task(Record(f"{n}.txt", raw), "Perigee Wire", None)


def told(made):
    if isinstance(made, str):
        return made
    whole = (made.text, made.source_name, made.passages, made.whole, made.title)
    return (*whole, made.words_to_find, made.prints, made.raw_sha256, made.packed)


def test_all_come_out_in_their_order_as_if_made_here(names, two):
    here = [told(make(task, names)) for task in tasks(95)]
    there = list(two.make_each(tasks(95), lambda: names))
    assert [task.record.name for task, _ in there] == [f"{n}.txt" for n in range(95)]
    assert [told(made) for _, made in there] == here
    assert isinstance(here[7], str)


def test_no_more_is_read_than_a_few_portions_ahead(names, two):
    read = []
    made = two.make_each((read.append(task) or task for task in tasks(2000)), lambda: names)
    next(made)
    assert len(read) <= 3 * ahead.RECORDS_AHEAD + ahead.RECORDS
    made.close()


def test_of_large_records_fewer_are_read_ahead(names, two, monkeypatch):
    monkeypatch.setattr(ahead, "BYTES", 100)
    monkeypatch.setattr(ahead, "BYTES_AHEAD", 1000)
    read = []
    made = two.make_each((read.append(task) or task for task in tasks(100)), lambda: names)
    next(made)
    assert sum(len(task.record.raw) for task in read) <= 1200
    made.close()


def test_what_a_dead_process_had_is_made_here(names, two, caplog, monkeypatch):
    monkeypatch.setattr(ahead.Sent, "take_back", lambda sent, names: False)  # it waits for them

    def killed_at(n):
        for task in tasks(95):
            if task.record.name == f"{n}.txt":
                for process in two._pool._processes.values():
                    os.kill(process.pid, signal.SIGKILL)
            yield task

    there = list(two.make_each(killed_at(60), lambda: names))

    assert [told(each) for _, each in there] == [told(make(task, names)) for task in tasks(95)]
    assert "has died" in caplog.text


def test_an_error_of_the_reader_comes_behind_what_was_read(names, two):
    def broken():
        yield from tasks(25)
        raise OSError("the disk is gone")

    made = two.make_each(broken(), lambda: names)
    assert [task for task, _ in islice(made, 25)] == list(tasks(25))
    with pytest.raises(OSError, match="gone"):
        next(made)


def rows():
    found = Passage.objects.order_by("capture", "start")
    return (
        list(Document.objects.order_by("pk").values("path", "title", "suggestion_reasons")),
        list(found.values("start", "end", "text", "suggestion_reasons", "hints")),
        Mention.objects.count(),
    )


def test_an_import_with_processes_stores_the_same(names, monkeypatch, settings):
    monkeypatch.setattr(limits, "ALONE", 10)
    written = []
    for processes in (1, 2):
        settings.IMPORT_PROCESSES = processes
        mark = connection.savepoint()
        run = pipeline.run((task.record for task in tasks(60)), label="test")
        assert (run.read, run.new, run.rejected) == (60, 59, 1)
        written.append(rows())
        connection.savepoint_rollback(mark)
    assert written[0] == written[1]


def test_what_was_made_beside_other_lines_is_analysed_again_if_it_holds_one(names):
    record = Record("a.txt", b"ESA agreed in Paris.\n\nA motto of the house.\n")
    item = make(Task(record, "Perigee Wire", None), names)
    motto, other = digest("A motto of the house."), digest("Another motto.")

    assert item.reads_else({motto: 3})
    assert not item.reads_else({other: 3})
    item.analyse_beside({motto: 3}, ())
    _ = item.passages
    assert not item.reads_else({motto: 3, other: 4})
    assert item.reads_else({})
