"""The command that imports: what it says, and how it ends."""

import io
import os
import re
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError
from django.utils import timezone

from corpus.importing import limits
from corpus.models import Document, ImportRun, Reject, Sighting
from curation import assessing
from curation.management.commands import import_documents as import_documents_command
from tests.conftest import ROOT
from tests.factories import passages_of

pytestmark = pytest.mark.django_db

TEXT = "ESA and NASA agreed on Monday to fly together. They will leave for Mars in 2028.\n"


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(TEXT)
    (tmp_path / "in" / "b.txt").write_text("JAXA joined them.\x00")
    (tmp_path / "in" / "c.xyz").write_text("<p>")
    (tmp_path / "in" / ".hidden").write_text("x")
    return tmp_path / "in"


def import_documents(*args):
    said = io.StringIO()
    call_command("import_documents", *map(str, args), stdout=said)
    return said.getvalue()


def test_report_tells_totals_and_which_were_what(folder):
    said = import_documents(folder, "--source", "Meridian")
    run = ImportRun.objects.get()
    a, b = Document.objects.order_by("path")
    assert said == (
        "New:\n"
        f"  a.txt (document {a.pk})\n"
        f"  b.txt (document {b.pk})\n"
        "    1 NUL character was removed.\n"
        "Rejected:\n"
        "  c.xyz\n"
        f"    {Reject.objects.get().reason}\n"
        "Hidden, and so left out: .hidden\n"
        f"Import {run.pk}: 3 read: 2 new, 1 rejected; of which 1 mended.\n"
    )
    assert (run.label, run.source_name, run.state) == (str(folder), "Meridian", "finished")
    assert a.source.name == "Meridian"


def test_second_import_tells_unchanged_and_changed(folder):
    import_documents(folder)
    (folder / "a.txt").write_text(TEXT.replace("Monday", "Tuesday"))
    said = import_documents(folder)
    assert "Unchanged:\n  b.txt" in said
    assert "Changed:\n  a.txt" in said
    assert "3 read: 1 unchanged, 1 changed, 1 rejected; of which 1 mended" in said


def test_day_of_collection_is_taken_in_utc(folder):
    import_documents(folder, "--collected-at", "2026-03-01")
    import_documents(folder, "--collected-at", "2026-03-01T12:30+01:00")
    moments = set(Sighting.objects.values_list("collected_at", flat=True))
    assert moments == {
        datetime(2026, 3, 1, tzinfo=UTC),
        datetime(2026, 3, 1, 11, 30, tzinfo=UTC),
    }


@pytest.mark.parametrize("date", ["yesterday", "2026-13-01", "2026-02-30T10:00", "2026", "1.3.26"])
def test_wrong_day_is_refused_before_anything_is_read(date, folder):
    with pytest.raises(CommandError, match="is no date; write 2026-03-01"):
        import_documents(folder, "--collected-at", date)
    assert ImportRun.objects.count() == 0


def test_path_that_leads_nowhere_is_told_before_anything_is_made(folder):
    with pytest.raises(CommandError, match=r"nothing at .*missing.txt. Nothing was imported"):
        import_documents(folder / "missing.txt", folder)
    assert not ImportRun.objects.exists()


def test_nothing_to_read_is_told(tmp_path):
    (tmp_path / ".hidden.txt").write_text("x")
    with pytest.raises(CommandError, match="Nothing was found that could be read"):
        import_documents(tmp_path)
    assert not ImportRun.objects.exists()


def test_rejects_alone_are_no_failure(tmp_path):
    (tmp_path / "empty.txt").write_text("")
    assert "1 rejected" in import_documents(tmp_path)


@pytest.mark.parametrize(
    ("error", "why", "code"),
    [
        (KeyboardInterrupt, "at once, as asked", 130),
        (OperationalError("disk is full"), r"because of the database \(disk is full\)", 1),
    ],
)
def test_import_that_is_broken_off_tells_what_stays(error, why, code, folder, monkeypatch):
    def stops(capture, previous):
        if capture.document.path == "b.txt":
            raise error

    monkeypatch.setattr(limits, "BATCH_DOCUMENTS", 1)
    monkeypatch.setattr(assessing, "text_collected", stops)
    with pytest.raises(CommandError, match=rf"stopped, {why}; .* stays \(1 read") as told:
        import_documents(folder)
    assert told.value.returncode == code
    assert Document.objects.get().path == "a.txt"
    assert ImportRun.objects.get().state == "stopped"


@pytest.mark.parametrize(("how", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_import_that_is_asked_to_stop_stores_what_it_read(how, code, folder, monkeypatch):
    before = signal.getsignal(how)

    def asks(capture, previous):
        if capture.document.path == "b.txt":
            signal.raise_signal(how)

    monkeypatch.setattr(limits, "BATCH_DOCUMENTS", 2)
    monkeypatch.setattr(assessing, "text_collected", asks)
    with pytest.raises(CommandError) as told:
        import_documents(folder)

    run = ImportRun.objects.get()
    assert str(told.value) == (
        "The import stopped, as asked; what was stored stays (2 read: 2 new; of which 1 mended). "
        f"manage.py import_documents --resume {run.pk} goes on."
    )
    assert told.value.returncode == code
    assert (run.state, run.read, run.new, run.rejected) == ("stopped", 2, 2, 0)
    assert run.finished_at
    assert Document.objects.count() == 2
    assert signal.getsignal(how) is before


def test_second_signal_stops_there_and_then_and_takes_half_a_batch_back(folder, monkeypatch):
    def asks(capture, previous):
        signal.raise_signal(signal.SIGTERM)

    monkeypatch.setattr(assessing, "text_collected", asks)
    with pytest.raises(CommandError, match=r"at once, as asked; .* \(0 read") as told:
        import_documents(folder)
    assert told.value.returncode == 143
    run = ImportRun.objects.get()
    assert (run.state, run.read) == ("stopped", 0)
    assert Document.objects.count() == 0


@pytest.fixture
def stopped(folder, monkeypatch):
    """An import that was asked to stop after its first file."""
    with monkeypatch.context() as patched:
        patched.setattr(limits, "BATCH_DOCUMENTS", 1)
        patched.setattr(
            assessing, "text_collected", lambda *captures: signal.raise_signal(signal.SIGINT)
        )
        with pytest.raises(CommandError):
            import_documents(folder)
    return ImportRun.objects.get()


def test_import_that_was_stopped_goes_on_when_it_is_run_again(folder, stopped):
    assert "1 new, 1 unchanged, 1 rejected" in import_documents(folder)


def test_import_that_was_stopped_goes_on_in_itself(stopped):
    said = import_documents("--resume", stopped.pk)

    assert f"Import {stopped.pk}: 3 read: 2 new, 1 rejected; of which 1 mended" in said
    assert "a.txt" not in said
    stopped.refresh_from_db()
    assert (stopped.state, stopped.read) == ("finished", 3)
    assert stopped.note == "Hidden files left out: 1."


def test_import_does_not_go_on_once_its_files_have_changed(folder, stopped):
    (folder / "a.txt").write_text(TEXT.replace("Monday", "Tuesday"))

    with pytest.raises(CommandError, match="not what it was when it began"):
        import_documents("--resume", stopped.pk)

    stopped.refresh_from_db()
    assert (stopped.state, stopped.read) == ("stopped", 1)


def test_import_does_not_go_on_without_its_files(folder, stopped):
    folder.rename(folder.with_name("elsewhere"))

    with pytest.raises(CommandError, match="is not here any more"):
        import_documents("--resume", stopped.pk)


@pytest.mark.parametrize(
    ("state", "why"), [("finished", "is over"), ("running", "is being worked on")]
)
def test_import_that_is_not_stopped_is_not_gone_on_with(state, why, stopped):
    now = timezone.now()
    ImportRun.objects.update(state=state, alive_at=now)

    with pytest.raises(CommandError, match=why):
        import_documents("--resume", stopped.pk)


def test_rejects_are_tried_again_in_an_import_of_their_own(folder, monkeypatch):
    with monkeypatch.context() as patched:
        patched.setattr(assessing, "text_collected", fails)
        import_documents(folder)
    first = ImportRun.objects.get()

    said = import_documents("--retry", first.pk)

    assert "3 read: 2 new, 1 rejected; of which 1 mended" in said
    assert set(first.rejects.values_list("retried_in", flat=True)) == {first.pk + 1}
    assert ImportRun.objects.get(pk=first.pk + 1).label == f"3 rejects of import {first.pk}, again"
    with pytest.raises(CommandError, match="no rejects to try again"):
        import_documents("--retry", first.pk)


def fails(capture, previous):
    raise ValueError


def test_dry_run_shows_what_would_come_in_and_writes_nothing(folder):
    import_documents(folder, "--source", "Meridian")
    (folder / "a.txt").write_text(TEXT.replace("Monday", "Tuesday"))
    runs = ImportRun.objects.count()

    said = import_documents(folder, "--dry-run", "--source", "Meridian")

    assert said.startswith("a.txt: changed\n    title: ")
    assert "\n    source: Meridian\n" in said
    assert "\n    passages: 2\n" in said
    assert "b.txt: unchanged\n" in said
    assert "c.xyz: rejected\n" in said
    assert said.endswith("Nothing was written.\n")
    assert (ImportRun.objects.count(), Document.objects.count()) == (runs, 2)


def test_fields_of_rows_are_named_by_an_option(tmp_path):
    (tmp_path / "a.jsonl").write_text('{"story": "ESA agreed to fly.", "url": "https://e.org/1"}')

    import_documents(tmp_path, "--field", "text=story")

    assert Document.objects.get().url == "https://e.org/1"


def test_wrong_field_is_refused_before_anything_is_read(folder):
    with pytest.raises(CommandError, match="write it as text=story"):
        import_documents(folder, "--field", "story")
    assert not ImportRun.objects.exists()


def test_long_report_names_the_first_of_each_kind_and_counts_the_rest(folder, monkeypatch):
    monkeypatch.setattr(import_documents_command, "LISTED", 1)

    said = import_documents(folder)

    assert said.startswith("New:\n  a.txt")
    assert "  and 1 more, which the desk shows\n" in said
    assert "b.txt" not in said


@pytest.mark.slow
@pytest.mark.parametrize(("how", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_process_that_is_asked_to_stop_ends_with_one_sentence(how, code, desk_file, tmp_path):
    inside = tmp_path / "in"
    inside.mkdir()
    for n in range(5000):
        (inside / f"{n:04}.txt").write_text(f"Text number {n} says something.")
    environment = os.environ | {"DATABASE_URL": f"sqlite:///{desk_file}"}
    with subprocess.Popen(
        [sys.executable, "manage.py", "import_documents", str(inside)],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout.readline() == "100 read …\n"
        process.send_signal(how)
        _, said = process.communicate(timeout=60)

    assert process.returncode == code
    assert re.fullmatch(r"CommandError: The import stopped, as asked; .* goes on\.\n", said)
    with closing(sqlite3.connect(desk_file)) as database:
        (row,) = database.execute("SELECT state, read, new FROM corpus_importrun")
        (stored,) = database.execute("SELECT count(*) FROM corpus_document").fetchone()
    assert row == ("stopped", stored, stored)
    assert 100 <= stored < 5000


def test_too_long_source_is_refused(folder):
    with pytest.raises(CommandError, match="at most 200"):
        import_documents(folder, "--source", "x" * 201)


def test_path_that_no_screen_takes_is_told_readably(tmp_path):
    odd = os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9\n.txt")
    with open(odd, "w") as file:
        file.write(TEXT)
    said = import_documents(odd)
    assert "caf\\xe9\\n.txt" in said
    assert "caf\\xe9\\n.txt" in ImportRun.objects.get().label


def test_labels_of_unchanged_words_are_kept_by_the_new_text(folder, editor):
    import_documents(folder)
    document = Document.objects.get(path="a.txt")
    for passage in passages_of(document):
        assessing.assess_passage(passage, by=editor, reliability="news", credibility=2)

    (folder / "a.txt").write_text(TEXT.replace("Monday", "Tuesday"))
    import_documents(folder)

    document.refresh_from_db()
    changed, same = passages_of(document)
    assert changed.assessments.in_force().count() == 0
    assert same.assessments.in_force().get().credibility == 2


def test_progress_is_told_on_the_way(tmp_path):
    for n in range(120):
        (tmp_path / f"{n}.txt").write_text(f"Text number {n} says something.")
    assert "100 read …\n" in import_documents(tmp_path)
