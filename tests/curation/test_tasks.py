"""Imports in the worker's queue."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from corpus.importing import claims, jobs, limits
from corpus.models import Document, ImportRun
from curation import tasks
from tests.factories import make_run

pytestmark = pytest.mark.django_db


@pytest.fixture
def waiting(tmp_path):
    (tmp_path / "a.txt").write_text("ESA agreed.")
    return jobs.wait(label="test", paths=[tmp_path])


@pytest.fixture
def queue(settings):
    """The queue of a desk in use: nothing is done until a worker comes."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    return DBTaskResult.objects.all()


def killed(run):
    past = timezone.now() - timedelta(seconds=limits.SILENT + 1)
    ImportRun.objects.filter(pk=run.pk).update(state="running", alive_at=past)


def test_worker_imports_what_waits(waiting):
    tasks.work_on_import.enqueue(waiting.pk)
    waiting.refresh_from_db()
    assert (waiting.state, waiting.new) == ("finished", 1)


def test_killed_import_is_taken_up(waiting):
    killed(waiting)
    tasks.take_up_imports()
    waiting.refresh_from_db()
    assert (waiting.state, Document.objects.count()) == ("finished", 1)


def test_what_waits_is_enqueued_once(waiting, queue):
    tasks.take_up_imports()
    tasks.take_up_imports()
    assert [row.args_kwargs["args"] for row in queue] == [[waiting.pk]]


def test_import_whose_task_was_lost_with_its_worker_is_enqueued_again(waiting, queue):
    tasks.take_up_imports()
    queue.update(status="RUNNING")
    tasks.take_up_imports()
    assert queue.count() == 2


def test_import_that_is_worked_on_or_over_is_not_enqueued(queue):
    make_run(state="running", alive_at=timezone.now())
    make_run(state="finished")
    make_run(state="cancelled")
    tasks.take_up_imports()
    assert not queue.exists()


def test_import_that_another_worker_has_is_left_to_it(waiting):
    claims.take(waiting)
    tasks.work_on_import.enqueue(waiting.pk)
    waiting.refresh_from_db()
    assert (waiting.state, waiting.read) == ("running", 0)


def test_worker_that_is_to_end_leaves_its_import_waiting(waiting, monkeypatch):
    monkeypatch.setattr(tasks.ending, "is_set", lambda: True)
    tasks.work_on_import.enqueue(waiting.pk)
    waiting.refresh_from_db()
    assert (waiting.state, waiting.read) == ("waiting", 0)


def test_files_that_nobody_needs_are_swept_away(settings, upload, monkeypatch):
    looked_at, of_one_that_waits = upload({"a.txt": b"x"}), upload({"b.txt": b"x"})
    make_run(state="waiting", upload=of_one_that_waits)
    long_over = upload({"c.txt": b"x"})
    make_run(state="stopped", upload=long_over, finished_at=timezone.now() - timedelta(days=8))
    just_over = upload({"d.txt": b"x"})
    make_run(state="stopped", upload=just_over, finished_at=timezone.now())
    (settings.UPLOADS / "half-sent.upload").write_bytes(b"x")

    tasks.uploads.sweep()
    assert len(list(settings.UPLOADS.iterdir())) == 5
    monkeypatch.setattr(tasks.uploads, "UNUSED", timedelta())
    tasks.uploads.sweep()

    kept = {path.name for path in settings.UPLOADS.iterdir()}
    assert kept == {of_one_that_waits, just_over}
    assert looked_at not in kept
