"""Who works on an import: one process at a time, which shows that it is alive."""

import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.db import DatabaseError, connection
from django.db.models import Q
from django.utils import timezone

from corpus.importing import limits
from corpus.models import ImportRun

State = ImportRun.State


class Lost(Exception):
    """Another process has the import, or nobody is to work on it; nothing was written."""


def silent() -> Q:
    """Those whose process was killed: it could not say so itself."""
    long_ago = timezone.now() - timedelta(seconds=limits.SILENT)
    return Q(state=State.RUNNING, alive_at__lt=long_ago)


def take(run: ImportRun) -> None:
    """Claim an import that waits, or whose process was killed; of several one gets it."""
    now = timezone.now()
    free = ImportRun.objects.filter(Q(state=State.WAITING) | silent(), pk=run.pk)
    if not free.update(state=State.RUNNING, claim=uuid.uuid4(), alive_at=now):
        raise Lost(f"Import {run.pk} is being worked on, or is over.")
    run.refresh_from_db()
    before = run.options.get("begun", {})
    times = before.get("times", 0) + 1 if before.get("read") == run.read else 1
    begun = {"at": now.isoformat(), "done": run.done, "read": run.read, "times": times}
    write(run, options=run.options | {"begun": begun})


def write(run: ImportRun, **changes: object) -> None:
    """Change the row of an import that this process holds, and show that it is alive.

    It raises Lost, and whatever else stands in the transaction is taken back.
    """
    held = ImportRun.objects.filter(pk=run.pk, claim=run.claim, state=State.RUNNING)
    if run.claim is None or not held.update(alive_at=timezone.now(), **changes):
        raise Lost(f"Import {run.pk} was taken over by another process.")
    run.refresh_from_db()


@contextmanager
def beating(run: ImportRun) -> Iterator[None]:
    """Show every few seconds that this process lives, however long one document takes."""
    done = threading.Event()
    beat = threading.Thread(target=_beat, args=(run.pk, run.claim, done), daemon=True)
    beat.start()
    try:
        yield
    finally:
        done.set()
        beat.join()


def _beat(pk: int, claim: uuid.UUID, done: threading.Event) -> None:
    held = ImportRun.objects.filter(pk=pk, claim=claim, state=State.RUNNING)
    while not done.wait(limits.BEAT):
        try:
            held.update(alive_at=timezone.now())
        except DatabaseError:  # busy: what is being stored says itself that we live
            continue
        finally:
            connection.close()
