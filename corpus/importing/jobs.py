"""Imports as jobs: they wait, one process works on each, and any other can go on with it."""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Unpack
from urllib.parse import quote, unquote_to_bytes

from django.utils import timezone

from corpus.importing import claims, limits, pipeline, rejecting, uploads
from corpus.importing.readers import read, size_of
from corpus.importing.records import Record
from corpus.models import ImportRun, Reject

State = ImportRun.State
OVER = (State.STOPPED, State.CANCELLED)  # and can be gone on with


def wait(
    *,
    label: str,
    source_name: str = "",
    collected_at: datetime | None = None,
    fields: Mapping[str, str] | None = None,
    upload: str = "",
    paths: Sequence[Path] = (),
) -> ImportRun:
    """Let an upload, or paths of this machine, wait to be imported."""
    found = uploads.files_of(upload) if upload else paths
    return pipeline.begin(
        label=label,
        source_name=source_name,
        collected_at=collected_at,
        upload=upload,
        size=size_of(found),
        options={"fields": dict(fields or {}), "paths": [_written(path) for path in paths]},
    )


def retry(rejects: Sequence[Reject], *, label: str) -> ImportRun:
    """Let rejects of an import wait to be imported again: each once, those whose bytes are kept.

    Call it inside one_writer().
    """
    first = rejects[0].import_run
    run = pipeline.begin(
        label=label,
        source_name=first.source_name,
        collected_at=datetime.fromisoformat(
            first.options.get("collected_at") or first.started_at.isoformat()
        ),
        size=sum(reject.size or 0 for reject in rejects),
        options={"fields": first.options.get("fields", {}), "retries": first.pk},
    )
    for reject in rejects:
        Reject.objects.filter(pk=reject.pk, retried_in=None).update(retried_in=run)
    return run


def work(
    run: ImportRun,
    *,
    on_left_out: Callable[[str], object] = len,
    **how: Unpack[pipeline.How],
) -> ImportRun:
    """Work on an import that waits or whose process was killed; raise claims.Lost if it is not.

    `on_left_out` is told in a sentence each thing that was not read; the run's note tells them too.
    """
    claims.take(run)
    if reason := _hopeless(run):
        claims.write(run, state=State.STOPPED, finished_at=timezone.now(), note=reason)
        return run
    left_out = LeftOut(on_left_out)
    pipeline.carry(run, records(run, left_out), **how)
    if run.state == State.FINISHED:
        ImportRun.objects.filter(pk=run.pk).update(note=left_out.in_words())
        run.refresh_from_db()
        if run.upload:
            uploads.remove(run.upload)  # all its bytes are in the corpus
    return run


@dataclass
class LeftOut:
    """What is no item of an import: hidden files, and what else an archive holds."""

    tell: Callable[[str], object] = len
    hidden: int = 0
    passed: list[str] = field(default_factory=list)

    def on_hidden(self, name: str) -> None:
        self.hidden += 1
        self.tell(f"Hidden, and so left out: {name}")

    def on_passed(self, sentence: str) -> None:
        self.tell(sentence)
        if len(self.passed) < SENTENCES:
            self.passed.append(sentence)

    def in_words(self) -> str:
        hidden = [f"Hidden files left out: {self.hidden:,}."] if self.hidden else []
        return " ".join([*hidden, *self.passed])[:500]


SENTENCES = 5  # about archives, on the page of an import


def records(run: ImportRun, left_out: LeftOut) -> Iterator[Record]:
    """Yield what an import reads, each time the same in the same order."""
    fields = run.options.get("fields", {})
    if "retries" in run.options:
        yield from rejecting.again(run.retried_rejects.order_by("pk").iterator(), fields)
    else:
        yield from read(
            paths_of(run),
            fields=fields,
            on_hidden=left_out.on_hidden,
            on_passed=left_out.on_passed,
        )


def paths_of(run: ImportRun) -> list[Path]:
    if run.upload:
        return uploads.files_of(run.upload)
    return [Path(os.fsdecode(unquote_to_bytes(path))) for path in run.options.get("paths", [])]


def can_go_on(run: ImportRun) -> bool:
    """Whether what it reads is still here; an import of records at hand cannot."""
    if "retries" in run.options:
        return True
    paths = paths_of(run)
    return bool(paths) and all(map(os.path.lexists, paths))


def ask_to_cancel(run: ImportRun) -> bool:
    """Cancel an import at its next batch, at once if nobody works on it; False if it is over."""
    now = timezone.now()
    over = {"state": State.CANCELLED, "finished_at": now, "cancel_asked_at": now}
    mine = ImportRun.objects.filter(pk=run.pk)
    idle = mine.filter(state=State.WAITING) | mine.filter(claims.silent())
    asked = idle.update(**over, claim=None, note=pipeline.CANCELLED) or mine.filter(
        state=State.RUNNING, cancel_asked_at=None
    ).update(cancel_asked_at=now)
    run.refresh_from_db()
    return bool(asked)


def release_killed() -> None:
    """Let imports wait again whose process was killed."""
    for run in ImportRun.objects.filter(claims.silent()):
        held = ImportRun.objects.filter(claims.silent(), pk=run.pk, claim=run.claim)
        if _is_resumable(run):
            held.update(state=State.WAITING, claim=None)
        else:
            held.update(state=State.STOPPED, finished_at=timezone.now(), note=KILLED)


def reopen(run: ImportRun) -> bool:
    """Let an import that stopped or was cancelled wait to be gone on with."""
    options = {name: value for name, value in run.options.items() if name != "begun"}
    over = ImportRun.objects.filter(pk=run.pk, state__in=OVER, set_aside_at=None)
    changed = over.update(
        state=State.WAITING,
        options=options,
        finished_at=None,
        cancel_asked_at=None,
        claim=None,
        note="",
    )
    run.refresh_from_db()
    return bool(changed)


def to_retry(run: ImportRun) -> Iterable[Reject]:
    """The rejects of an import that can be tried again, without their bytes."""
    rejects = run.rejects.filter(retried_in=None, raw__isnull=False, redacted_by=None)
    return rejects.select_related("import_run").defer("raw").order_by("pk")


KILLED = (
    "Its process was killed, and what it read is not kept. What it had stored by then stays; "
    "import the same again, which skips what is there."
)


def _is_resumable(run: ImportRun) -> bool:
    return bool(run.upload or run.options.get("paths") or "retries" in run.options)


def _hopeless(run: ImportRun) -> str:
    """Why nobody should begin on it, or nothing."""
    if not can_go_on(run):
        return (
            "What it reads is not where this worker looks for it. What it had stored by then "
            f"stays. Go on with manage.py import_documents --resume {run.pk} where the files are."
        )
    if run.options["begun"]["times"] > limits.KILLED:
        return (
            f"Its process was killed {limits.KILLED} times at the same place, after {run.read:,} "
            "read, perhaps for want of memory. What it had stored by then stays."
        )
    return ""


def _written(path: Path) -> str:
    """A path as JSON takes it, whatever bytes it is made of."""
    return quote(os.fsencode(os.path.abspath(path)))
