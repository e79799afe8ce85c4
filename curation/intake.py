"""Bring texts in by the desk: start an import, cancel it, go on with it, try rejects again."""

from collections.abc import Mapping
from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from corpus.importing import jobs, limits, uploads
from corpus.importing.collecting import one_line
from corpus.models import ImportRun
from curation import entering
from curation.ledger import Refused, authorise, decide, one_writer
from curation.tasks import work_on_import

RIGHT = "corpus.add_importrun"
LABEL_NAMES = 3  # of files, in the label of an import


def start(
    upload: str,
    *,
    by: User,
    source_name: str = "",
    collected_at: datetime | None = None,
    fields: Mapping[str, str] | None = None,
) -> ImportRun:
    """Let uploaded files be imported by the worker."""
    authorise(by, RIGHT)
    source_name = entering.line("source_name", source_name)
    with one_writer():
        if ImportRun.objects.filter(upload=upload).exists():
            raise Refused("These files are being imported already.")
        run = jobs.wait(
            label=_label(upload),
            source_name=source_name[: limits.SOURCE_NAME],
            collected_at=collected_at,
            fields=fields,
            upload=upload,
        )
        told = {"source": source_name, "collected_at": collected_at, "fields": dict(fields or {})}
        decide("import", run, by=by, after=told)
        _enqueue(run)
    return run


def cancel(run: ImportRun, *, by: User) -> None:
    """Let an import end at its next batch; what is stored stays."""
    authorise(by, RIGHT)
    with one_writer():
        if not jobs.ask_to_cancel(run):
            asked = run.cancel_asked_at and run.state == ImportRun.State.RUNNING
            raise Refused("Somebody cancelled it already." if asked else _OVER)
        decide("cancel import", run, by=by, after={"read": run.read})


def go_on(run: ImportRun, *, by: User) -> None:
    """Let an import that stopped or was cancelled go on where it was."""
    authorise(by, RIGHT)
    with one_writer():
        run.refresh_from_db()
        if run.state not in jobs.OVER or run.set_aside_at:
            raise Refused("Only an import that stopped or was cancelled, and counts, can go on.")
        if not jobs.can_go_on(run):
            raise Refused("What it read is not kept any more. Import the files again.")
        jobs.reopen(run)
        decide("go on with import", run, by=by, after={"read": run.read})
        _enqueue(run)


def retry(run: ImportRun, *, by: User, reject: int | None = None) -> ImportRun:
    """Try one reject of an import again, or all whose bytes are kept: an import of its own."""
    authorise(by, RIGHT)
    with one_writer():
        rejects = jobs.to_retry(run)
        if reject is not None:
            rejects = [each for each in rejects if each.pk == reject]
        if not (chosen := list(rejects)):
            raise Refused("Nothing here can be tried again: it was already, or is not kept.")
        what = "1 reject" if len(chosen) == 1 else f"{len(chosen):,} rejects"
        again = jobs.retry(chosen, label=f"{what} of import {run.pk}, again")
        decide("try rejects again", run, by=by, after={"import": again.pk, "rejects": len(chosen)})
        _enqueue(again)
    return again


_OVER = "It is over: there is nothing left to cancel."


def _enqueue(run: ImportRun) -> None:
    transaction.on_commit(lambda: work_on_import.enqueue(run.pk))


def _label(upload: str) -> str:
    names = [one_line(path.name) for path in uploads.files_of(upload)]
    if not names:
        raise Refused("The uploaded files are not kept any more. Choose them again.")
    more = len(names) - LABEL_NAMES
    shown = ", ".join(names[:LABEL_NAMES])
    return f"{shown} and {more} more" if more > 0 else shown
