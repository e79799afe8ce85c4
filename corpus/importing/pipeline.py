"""The story of an import: records come in, documents go out, and every one is accounted for."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from time import monotonic
from typing import Any, Unpack

from django.utils import timezone

from corpus.importing import claims, limits
from corpus.importing.batching import Taken, batches
from corpus.importing.collecting import clean, storable
from corpus.importing.making import Making
from corpus.importing.place import Elsewhere
from corpus.importing.records import Record, fitting
from corpus.importing.storing_batch import Storing
from corpus.importing.telling import Outcome, Told
from corpus.models import ImportRun

NEVER = float("-inf")
State = ImportRun.State


class How(Told, total=False):
    """Who is told of an import, and who may stop it.

    `on_outcome` is called for each record once its batch is safe. `asked_to_stop` is asked
    before each: what was read until then is still stored, and the run left as `stopped_as` says.
    """

    on_outcome: Callable[[Outcome], object]
    asked_to_stop: Callable[[], bool]
    stopped_as: ImportRun.State


def run(
    records: Iterable[Record],
    *,
    label: str,
    source_name: str = "",
    collected_at: datetime | None = None,
    **how: Unpack[How],
) -> ImportRun:
    """Import records here and now. Nobody can go on with it, for nobody else has the records."""
    import_run = begin(label=label, source_name=source_name, collected_at=collected_at)
    claims.take(import_run)
    return carry(import_run, records, **how)


def begin(
    *,
    label: str,
    source_name: str = "",
    collected_at: datetime | None = None,
    **values: Any,
) -> ImportRun:
    """Make an import that waits to be worked on.

    `collected_at` is for records that do not say when they were collected; without it they
    were collected when it began.
    """
    now = timezone.now()
    options = {"collected_at": (collected_at or now).isoformat(), **values.pop("options", {})}
    return ImportRun.objects.create(
        label=clean(label)[:300],
        source_name=clean(source_name)[:200],
        state=State.WAITING,
        started_at=now,
        alive_at=now,
        options=options,
        **values,
    )


def carry(import_run: ImportRun, records: Iterable[Record], **how: Unpack[How]) -> ImportRun:
    """Work on an import that this process has claimed, from where it is.

    Records are stored in batches, each document whole, and each batch with the counts and the
    place in one transaction; what cannot be imported is a reject. It raises claims.Lost when
    another process took the import over.
    """
    importing = Importing(import_run, how)
    with claims.beating(import_run):
        try:
            for batch in batches(importing.read(records)):
                for outcome in importing.take_in(batch):
                    how.get("on_outcome", _nobody)(outcome)
        except claims.Lost:
            raise
        except Elsewhere:
            importing.end(State.STOPPED, CHANGED)
        except BaseException as error:
            with suppress(claims.Lost):
                importing.end(*importing.broken_off(error))
            raise
        else:
            importing.end(*importing.ending)
        finally:
            importing.making.close()
    return import_run


def _nobody(outcome: Outcome) -> None:
    pass


CHANGED = (
    "What it reads is not what it was when it began, so it cannot go on. What it stored stays; "
    "import the files again, which skips what is there."
)
CANCELLED = "It was cancelled. What it had stored by then stays."
ASKED_TO_STOP = "It was asked to stop. What it had stored by then stays."


class Importing:
    """One import on its way: what is made of its records, what is stored, and how it ends."""

    def __init__(self, import_run: ImportRun, how: How) -> None:
        self.run = import_run
        self.how = how
        collected_at = datetime.fromisoformat(import_run.options["collected_at"])
        self.making = Making(import_run, collected_at, how)
        self.storing = Storing(import_run, collected_at, self.making.names, how)
        self.ending = (State.FINISHED, "")
        self._asked = monotonic()

    def read(self, records: Iterable[Record]) -> Iterator[Taken]:
        for taken in self.making.make_each(self.storing.place.rest(map(_named, records))):
            if self._is_to_end():
                return
            yield taken

    def take_in(self, batch: list[Taken]) -> list[Outcome]:
        outcomes = self.storing.take_in(batch)
        self.making.go_on_with(self.storing.names)
        self._asked = NEVER
        return outcomes

    def end(self, state: ImportRun.State, note: str = "") -> None:
        over = None if state == State.WAITING else timezone.now()
        claims.write(self.run, state=state, finished_at=over, note=note)

    def broken_off(self, error: BaseException) -> tuple[ImportRun.State, str]:
        if not isinstance(error, Exception):  # Ctrl-C, or the process is to end
            return self._stopped_as, "" if self._stopped_as == State.WAITING else ASKED_TO_STOP
        return State.STOPPED, (
            f"It stopped for a reason that nobody foresaw ({type(error).__name__}); the log says "
            "more. What it had stored by then stays."
        )

    @property
    def _stopped_as(self) -> ImportRun.State:
        return self.how.get("stopped_as", State.STOPPED)

    def _is_to_end(self) -> bool:
        if self.how.get("asked_to_stop", bool)():
            note = "" if self._stopped_as == State.WAITING else ASKED_TO_STOP
            self.ending = (self._stopped_as, note)
            return True
        if self._is_to_be_cancelled():
            self.ending = (State.CANCELLED, CANCELLED)
            return True
        return False

    def _is_to_be_cancelled(self) -> bool:
        if monotonic() - self._asked > limits.ASKED:
            self.run.refresh_from_db(fields=["cancel_asked_at"])
            self._asked = monotonic()
        return self.run.cancel_asked_at is not None


def _named(record: Record) -> Record:
    return replace(record, name=fitting(storable(record.name)) or "(without a name)")
