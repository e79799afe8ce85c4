"""Imports as jobs: one process works on each, and another goes on where that was killed."""

import zlib
from datetime import timedelta
from time import monotonic

import pytest
from django.utils import timezone

from corpus.importing import claims, jobs, limits, pipeline, uploads
from corpus.importing.records import Record
from corpus.models import Document, ImportRun, Reject, Sighting
from tests.factories import make_run

pytestmark = pytest.mark.django_db


class Killed(BaseException):
    """As kill -9: nothing more of the process is written."""


@pytest.fixture
def texts(folder):
    files = {f"{n}.txt": f"Text number {n} says something of ESA." for n in range(7)}
    return folder(files | {"3.xyz": "no reader"})


@pytest.fixture
def run(texts, monkeypatch):
    monkeypatch.setattr(limits, "BATCH_DOCUMENTS", 2)
    return jobs.wait(label="test", source_name="Meridian", paths=[texts])


def kill_after(outcomes, run, monkeypatch):
    """Work on it until so many outcomes were told, and leave the row as a killed process does."""
    told = []

    def note(outcome):
        told.append(outcome)
        if len(told) == outcomes:
            raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(pipeline.Importing, "end", lambda *args: None)
        with pytest.raises(Killed):
            jobs.work(run, on_outcome=note)
    run.refresh_from_db()


def long_ago(run):
    past = timezone.now() - timedelta(seconds=limits.SILENT + 1)
    ImportRun.objects.filter(pk=run.pk).update(alive_at=past)
    run.refresh_from_db()


def counts(run):
    run.refresh_from_db()
    return (run.read, run.new, run.unchanged, run.changed, run.rejected)


def test_waiting_import_is_worked_on_from_what_its_row_says(run):
    assert (run.state, run.read) == ("waiting", 0)

    jobs.work(run)

    assert (run.state, counts(run)) == ("finished", (8, 7, 0, 0, 1))
    assert run.done == run.size > 0
    assert run.finished_at
    assert {each.source_as_given for each in Document.objects.all()} == {"Meridian"}


@pytest.mark.parametrize("outcomes", [1, 2, 3, 5, 8])
def test_killed_import_goes_on_where_it_was(outcomes, run, monkeypatch):
    kill_after(outcomes, run, monkeypatch)
    stored = run.read
    assert (run.state, stored % 2) == ("running", 0)
    assert Sighting.objects.count() + Reject.objects.count() == stored
    long_ago(run)

    jobs.work(run)

    assert (run.state, counts(run)) == ("finished", (8, 7, 0, 0, 1))
    assert Document.objects.count() == Sighting.objects.count() == 7
    assert Reject.objects.count() == 1


def test_nobody_works_on_an_import_whose_process_lives(run, monkeypatch):
    kill_after(1, run, monkeypatch)
    before = counts(run)

    jobs.release_killed()
    with pytest.raises(claims.Lost, match="is being worked on, or is over"):
        jobs.work(run)

    assert (run.state, counts(run)) == ("running", before)


def test_import_that_is_over_is_not_worked_on_again(run):
    jobs.work(run)
    with pytest.raises(claims.Lost):
        jobs.work(run)


def test_process_that_lost_its_claim_writes_nothing_more(run):
    def taken_over(outcome):
        """As after a laptop slept: the process was silent, and another took its import up."""
        if not others:
            long_ago(run)
            others.append(ImportRun.objects.get(pk=run.pk))
            claims.take(others[0])

    others = []
    with pytest.raises(claims.Lost, match="taken over"):
        jobs.work(run, on_outcome=taken_over)

    assert counts(run) == (2, 2, 0, 0, 0)
    assert (Document.objects.count(), Sighting.objects.count()) == (2, 2)
    assert (run.state, run.claim) == ("running", others[0].claim)
    pipeline.carry(others[0], jobs.records(others[0], jobs.LeftOut()))
    assert (run.pk, counts(run)) == (others[0].pk, (8, 7, 0, 0, 1))


def test_killed_import_waits_again_once_it_was_silent(run, monkeypatch):
    kill_after(1, run, monkeypatch)
    long_ago(run)
    jobs.release_killed()
    run.refresh_from_db()
    assert (run.state, run.claim) == ("waiting", None)


def test_killed_import_of_records_at_hand_is_stopped_with_the_reason():
    long_ago(run := make_run(state="running"))
    jobs.release_killed()
    run.refresh_from_db()
    assert (run.state, run.note) == ("stopped", jobs.KILLED)
    assert run.finished_at


def test_process_that_is_at_one_document_for_long_says_that_it_lives(committing, monkeypatch):
    monkeypatch.setattr(limits, "BEAT", 0.01)
    run = pipeline.begin(label="test")
    claims.take(run)
    long_ago(run)

    def waits_for_the_beat():
        until = monotonic() + 30
        while ImportRun.objects.filter(claims.silent()).exists():
            assert monotonic() < until
        yield Record("a.txt", raw=b"ESA agreed.")

    pipeline.carry(run, waits_for_the_beat())

    assert run.state == "finished"


def test_import_killed_again_and_again_at_one_place_is_stopped(run, monkeypatch):
    kill_after(1, run, monkeypatch)
    for _ in range(limits.KILLED):
        long_ago(run)
        claims.take(run)
    long_ago(run)

    jobs.work(run)

    assert (run.state, run.read) == ("stopped", 2)
    assert run.note.startswith("Its process was killed 3 times at the same place, after 2 read")
    assert jobs.reopen(run)
    jobs.work(run)
    assert (run.state, run.note, run.read) == ("finished", "", 8)


def test_import_whose_files_changed_meanwhile_does_not_go_on(run, texts, monkeypatch):
    kill_after(2, run, monkeypatch)
    (texts / "0.5.txt").write_text("Another text among those that were read.")
    long_ago(run)

    jobs.work(run)

    assert (run.state, run.note, run.read) == ("stopped", pipeline.CHANGED, 2)
    assert Document.objects.count() == 2


def test_import_whose_files_are_gone_is_stopped_with_the_reason(run, texts):
    texts.rename(texts.with_name("elsewhere"))
    jobs.work(run)
    assert run.state == "stopped"
    assert f"--resume {run.pk}" in run.note


def test_running_import_is_cancelled_at_its_next_batch(run):
    jobs.work(run, on_outcome=lambda outcome: jobs.ask_to_cancel(ImportRun.objects.get(pk=run.pk)))

    assert (run.state, run.note) == ("cancelled", pipeline.CANCELLED)
    assert counts(run) == (2, 2, 0, 0, 0)
    assert Document.objects.count() == 2
    assert run.finished_at


def test_cancel_is_noticed_between_two_documents_of_a_long_batch(texts, monkeypatch):
    monkeypatch.setattr(limits, "ASKED", -1)
    run = jobs.wait(label="test", paths=[texts])
    asked = iter([False, False, True])

    def cancels():
        if next(asked):
            jobs.ask_to_cancel(ImportRun.objects.get(pk=run.pk))
        return False

    jobs.work(run, asked_to_stop=cancels)

    assert (run.state, run.read) == ("cancelled", 2)


def test_import_that_nobody_works_on_is_cancelled_at_once(run, monkeypatch):
    assert jobs.ask_to_cancel(run)
    assert run.state == "cancelled"
    assert jobs.ask_to_cancel(run) is False
    jobs.reopen(run)
    kill_after(1, run, monkeypatch)
    long_ago(run)
    assert jobs.ask_to_cancel(run)
    assert run.state == "cancelled"


def test_cancelled_import_can_be_gone_on_with(run):
    jobs.work(run, on_outcome=lambda outcome: jobs.ask_to_cancel(ImportRun.objects.get(pk=run.pk)))

    assert jobs.reopen(run)
    assert (run.state, run.cancel_asked_at, run.finished_at) == ("waiting", None, None)
    jobs.work(run)

    assert (run.state, counts(run)) == ("finished", (8, 7, 0, 0, 1))


def test_import_that_was_set_aside_is_not_gone_on_with(run):
    jobs.ask_to_cancel(run)
    ImportRun.objects.update(set_aside_at=timezone.now())
    assert not jobs.reopen(run)


def test_worker_that_is_to_end_leaves_its_import_to_the_next(run):
    answers = iter([False] * 3 + [True])
    waiting = ImportRun.State.WAITING

    jobs.work(run, asked_to_stop=lambda: next(answers), stopped_as=waiting)

    assert (run.state, run.read, run.finished_at, run.note) == ("waiting", 3, None, "")


def test_failure_that_nobody_foresaw_is_told_on_the_run(run):
    def breaks(outcome):
        raise RuntimeError

    with pytest.raises(RuntimeError):
        jobs.work(run, on_outcome=breaks)

    run.refresh_from_db()
    assert (run.state, run.read) == ("stopped", 2)
    assert "nobody foresaw (RuntimeError)" in run.note


def test_collected_at_is_the_same_however_often_it_is_killed(run, monkeypatch):
    kill_after(1, run, monkeypatch)
    long_ago(run)
    jobs.work(run)
    assert set(Sighting.objects.values_list("collected_at", flat=True)) == {run.started_at}


def test_what_was_left_out_is_told_on_the_run(texts):
    (texts / ".hidden").write_text("x")
    run = jobs.wait(label="test", paths=[texts])
    told = []

    jobs.work(run, on_left_out=told.append)

    assert told == ["Hidden, and so left out: .hidden"]
    assert run.note == "Hidden files left out: 1."


# --- rejects ----------------------------------------------------------------------------------


def rejected_of(records, **options):
    run = pipeline.begin(label="test", source_name="Meridian", options=options)
    claims.take(run)
    pipeline.carry(run, records, after_store=fails)
    return run


def fails(capture, previous):
    raise ValueError


def tried_again(run):
    again = jobs.retry(list(jobs.to_retry(run)), label="again")
    return jobs.work(again)


def test_reject_comes_in_with_all_that_its_record_said():
    moment = timezone.now() - timedelta(days=9)
    record = Record(
        "a.jsonl#2",
        raw=b'{"body": "ESA agreed."}',
        text="ESA agreed.",
        media_type="application/json",
        address="https://example.org/1",
        source_name="Orbit Brief",
        title="A title",
        published="2024-05",
        collected_at=moment,
        bases={"title": "field headline"},
    )
    run = rejected_of([record])
    assert Document.objects.count() == 0

    again = tried_again(run)

    assert (again.state, again.read, again.new) == ("finished", 1, 1)
    document = Document.objects.get()
    assert (document.title, document.published, document.source.name, document.url) == (
        "A title", "2024-05", "Orbit Brief", "https://example.org/1"
    )  # fmt: skip
    sighting = Sighting.objects.get()
    assert (sighting.collected_at, sighting.bases) == (moment, {"title": "field headline"})
    assert document.current_capture.text == "ESA agreed."
    assert Reject.objects.get().retried_in == again


def test_row_is_read_anew_with_the_fields_of_its_import(tmp_path):
    (tmp_path / "a.csv").write_text("text,story\nx,y\n,ESA agreed.\n")
    run = jobs.wait(label="test", paths=[tmp_path])
    jobs.work(run)
    assert (run.new, run.rejected) == (1, 1)
    ImportRun.objects.update(options=run.options | {"fields": {"text": "story"}})

    again = tried_again(ImportRun.objects.get())

    assert again.new == 1
    assert Document.objects.get(path="a.csv#3").current_capture.text == "ESA agreed."


def test_file_that_no_reader_took_is_read_by_the_one_that_came_since(folder, monkeypatch):
    run = jobs.wait(label="test", paths=[folder({"a.txt": "ESA agreed."})])
    with monkeypatch.context() as patched:
        patched.delitem(jobs.read.__globals__["formats"].BY_ENDING, ".txt")
        jobs.work(run)
    assert (run.new, run.rejected) == (0, 1)

    assert tried_again(run).new == 1


def test_reject_whose_bytes_are_not_kept_is_not_tried_again():
    run = rejected_of([Record("a.txt", error="It is too large.", size=10**9)])
    assert list(jobs.to_retry(run)) == []


def test_retry_that_was_killed_goes_on(monkeypatch):
    monkeypatch.setattr(limits, "BATCH_DOCUMENTS", 1)
    records = [Record(f"{n}.txt", raw=f"Text {n} of ESA.".encode()) for n in range(4)]
    run = rejected_of(records)
    again = jobs.retry(list(jobs.to_retry(run)), label="again")
    kill_after(2, again, monkeypatch)
    long_ago(again)

    jobs.work(again)

    assert (again.state, counts(again)) == ("finished", (4, 4, 0, 0, 0))
    assert Document.objects.count() == 4


def test_what_is_rejected_once_more_can_be_tried_once_more():
    run = rejected_of([Record("a.txt", raw=b"\x00\x01" * 50)])

    again = tried_again(run)

    assert again.rejected == 1
    (reject,) = jobs.to_retry(again)
    assert zlib.decompress(Reject.objects.get(pk=reject.pk).raw) == b"\x00\x01" * 50


# --- uploads ----------------------------------------------------------------------------------


def test_files_of_an_upload_are_removed_once_they_are_in(settings, upload):
    name = upload({"a.txt": b"ESA agreed.", "b.txt": b"NASA agreed."})
    run = jobs.wait(label="test", upload=name)

    jobs.work(run)

    assert (run.state, run.new) == ("finished", 2)
    assert sorted(Document.objects.values_list("path", flat=True)) == ["a.txt", "b.txt"]
    assert uploads.files_of(name) == []
