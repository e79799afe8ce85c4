"""What the worker does: imports, those too whose process was killed; and publishing in time."""

import logging
import threading

from django_tasks_db.models import DBTaskResult

try:
    from django.tasks import TaskResultStatus, task
except ImportError:  # Django before 6.0
    from django_tasks import TaskResultStatus, task  # type: ignore[no-redef,assignment]

from corpus.importing import claims, jobs, uploads
from corpus.importing.telling import Told
from corpus.models import ImportRun
from curation import assessing, copying, patterns, revisiting, scheduling
from curation.refused_names import refused_names

log = logging.getLogger(__name__)

# Set when this worker is to end: an import then waits for the next one.
ending = threading.Event()


def told_of_imports() -> Told:
    """Whom an import tells of what it stores, and what people told the machine."""
    return {
        "after_store": assessing.text_collected,
        "after_copies": copying.copies_found,
        "refusals": refused_names(),
        "patterns": patterns.in_force(),
    }


@task
def work_on_import(pk: int) -> None:
    """Work on an import, or go on with it. Enqueue it on commit, as often as you like."""
    try:
        jobs.work(
            ImportRun.objects.get(pk=pk),
            asked_to_stop=ending.is_set,
            stopped_as=ImportRun.State.WAITING,
            **told_of_imports(),
        )
    except claims.Lost:
        pass  # another worker was faster, or it was cancelled meanwhile
    except Exception:
        log.exception("Import %s stopped", pk)  # its page says so; the worker goes on


def take_up_imports() -> None:
    """Enqueue what waits and is not in the queue: imports whose process was killed, too."""
    jobs.release_killed()
    for pk in ImportRun.objects.filter(state=ImportRun.State.WAITING).values_list("pk", flat=True):
        if not _is_queued(pk):
            work_on_import.enqueue(pk)
    uploads.sweep()


def look_round() -> None:
    """What a worker looks for every few seconds, beside what it has in hand."""
    take_up_imports()
    for outcome in scheduling.publish_due():
        told = outcome.edition or f"not published: {outcome.because}"
        log.info("Scheduled: %s", told)
    for day in revisiting.tell_what_passed():
        log.info("To be looked at again: %s", day)


def _is_queued(pk: int) -> bool:
    return DBTaskResult.objects.filter(
        task_path=work_on_import.module_path,
        status=TaskResultStatus.READY,
        args_kwargs__args=[pk],
    ).exists()
