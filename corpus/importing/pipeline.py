"""The story of an import: records come in, documents go out, and every one is accounted for."""

import logging
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from itertools import islice
from time import monotonic
from typing import Any, TypedDict, Unpack
from urllib.parse import urlsplit

from django.conf import settings
from django.db import OperationalError, transaction
from django.db.models import F
from django.utils import timezone

from corpus.analysis.ranking import Refusal
from corpus.importing import claims, copying, limits, naming, rejecting, storing
from corpus.importing.ahead import RECORDS, Ahead, Made, Task
from corpus.importing.batching import Taken, batches
from corpus.importing.collecting import (
    Collected,
    Rejected,
    clean,
    collect,
    storable,
)
from corpus.importing.place import Elsewhere, Place
from corpus.importing.records import Record, fitting
from corpus.importing.repeating import Repeated
from corpus.importing.storing_new import Arrived, store_new
from corpus.models import ImportRun
from corpus.writer import one_writer

log = logging.getLogger(__name__)

WORDS = ("new", "unchanged", "changed", "rejected")
ATTEMPTS = 3  # to store a batch that the database refused, as after a deadlock
NEVER = float("-inf")
State = ImportRun.State


@dataclass(frozen=True)
class Outcome:
    """What became of one record: new, unchanged, changed or rejected, and what to know of it."""

    name: str
    word: str
    document_id: int | None
    words: tuple[str, ...] = ()


class Told(TypedDict, total=False):
    """Who is told of what an import stores, and what people told the machine.

    `after_store(capture, the one before or None)` is called in the transaction of each new
    capture, and `after_copies(documents)` in that of a batch which moved edges between them.
    `refusals` say where people found that a name is not an entity; `patterns` of spam are those
    that they wrote down: key, words, how they fit, reason.
    """

    after_store: storing.AfterStore | None
    after_copies: copying.AfterCopies | None
    refusals: Collection[Refusal]
    patterns: Sequence[tuple[str, str, str, str]]


class How(Told, total=False):
    """And who may stop it.

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
            importing.ahead.close()
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
    """One import on its way: what it knows, and the counts of what is stored."""

    def __init__(self, import_run: ImportRun, how: How) -> None:
        self.run = import_run
        self.how = how
        self.collected_at = datetime.fromisoformat(import_run.options["collected_at"])
        self.place = Place.of(import_run)
        # Documents of this batch whose text in force is another, with what is known of it.
        self.moved: dict[int, copying.Text | None] = {}
        self.names = naming.names(how.get("refusals", ()))
        self.repeated = Repeated()
        self.sources: dict[str, str] = {}  # of hosts, as their pages told
        self.ahead = Ahead(settings.IMPORT_PROCESSES - 1)
        self.ending = (State.FINISHED, "")
        self._asked = monotonic()

    def read(self, records: Iterable[Record]) -> Iterator[Taken]:
        """Make of each record all that can be known without the lock."""
        for record, made in self._made(self.place.rest(map(_named, records))):
            if self._is_to_end():
                return
            yield self._read(record, made)

    def take_in(self, batch: list[Taken]) -> list[Outcome]:
        """Store a batch under the lock in one transaction."""
        for attempt in range(1, ATTEMPTS + 1):
            try:
                return self._store_all(batch)
            except OperationalError:
                if attempt == ATTEMPTS:
                    raise
                log.warning("Storing a batch failed, trying again", exc_info=True)
        raise AssertionError("not reached")

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

    def _made(self, records: Iterator[Record]) -> Iterator[tuple[Record, Made]]:
        """Small imports are over before another process would have begun."""
        yield from ((record, None) for record in islice(records, limits.ALONE))
        if settings.IMPORT_PROCESSES < 2:
            yield from ((record, None) for record in records)
            return
        for task, made in self.ahead.make_each(self._tasks(records), self.names):
            yield task.record, made

    def _tasks(self, records: Iterator[Record]) -> Iterator[Task]:
        patterns = self.how.get("patterns", ())
        for some in iter(lambda: list(islice(records, RECORDS)), []):
            known = storing.bytes_there(record.raw for record in some if record.raw is not None)
            for record in some:
                source = self._likely_source(record)
                lines = self.repeated.for_new(source) if source else {}
                is_new = record.raw is None or sha256(record.raw).hexdigest() not in known
                yield Task(record, self.run.source_name, self.collected_at, patterns, lines, is_new)

    def _likely_source(self, record: Record) -> str:
        """Who publishes it, as far as it can be told before a page was read."""
        host = _host(record.address)
        return record.source_name or self.run.source_name or self.sources.get(host, "")

    def _read(self, record: Record, made: Made = None) -> Taken:
        try:
            if isinstance(made, str):
                return Taken(record, made)
            item = made or collect(record, self.run.source_name, self.collected_at)
            lines = self.repeated.for_new(item.source_name)
            if made is None or item.reads_else(lines):
                item.analyse_beside(lines, self.how.get("patterns", ()))
            self.sources[_host(record.address)] = item.source_name
            if storing.is_there(item):
                return Taken(record, item)
            return Taken(record, item, self._rows(item))
        except Rejected as reason:
            return Taken(record, str(reason))
        except Exception as error:
            return Taken(record, _unexpected(record, error))

    def _rows(self, item: Collected) -> int:
        passages, names = len(item.passages.rows), len(item.mentions(self.names))
        if passages + names > limits.ROWS:
            raise Rejected(
                f"Its text falls into {passages:,} passages, and names stand at {names:,} places; "
                f"a document has at most {limits.ROWS:,} of both. Split it and import the parts."
            )
        return passages + names

    def _store_all(self, batch: list[Taken]) -> list[Outcome]:
        with one_writer():
            self.names = naming.still(self.names)
            self.moved = {}
            outcomes = self._store_each(batch)
            items = [each.item for each in batch if isinstance(each.item, Collected)]
            known = {pk: text for pk, text in self.moved.items() if text}
            copies = copying.follow(self.moved, self.how.get("after_copies"), known).copies
            place = self.place.after(each.record for each in batch)
            self._count(outcomes, place, sum(bool(item.mended) for item in items), copies)
        self.repeated.forget()
        self.place, self._asked = place, NEVER
        return outcomes

    def _store_each(self, batch: list[Taken]) -> list[Outcome]:
        new = self._store_new(batch)
        return [
            self._told(each.record, each.item, new[at])
            if at in new and isinstance(each.item, Collected)
            else self._store(each.record, each.item)
            for at, each in enumerate(batch)
        ]

    def _store_new(self, batch: list[Taken]) -> dict[int, storing.Stored]:
        """Store what is plainly new in few statements; if one fails, all go one by one."""
        arrived = {
            at: Arrived(each.item, each.record.collected_at or self.collected_at)
            for at, each in enumerate(batch)
            if isinstance(each.item, Collected)
        }
        try:
            with transaction.atomic():
                return store_new(arrived, self.run, self.names, self.how.get("after_store"))
        except Exception as error:
            if _concerns_the_batch(error):
                raise
            log.warning("A batch could not be stored as a whole: one by one", exc_info=True)
            return {}

    def _store(self, record: Record, item: Collected | str) -> Outcome:
        if isinstance(item, str):
            return self._reject(record, item)
        try:
            with transaction.atomic():
                at = record.collected_at or self.collected_at
                stored = storing.store(item, self.run, at, self.names, self.how.get("after_store"))
        except Exception as error:
            if _concerns_the_batch(error):
                raise
            return self._reject(record, _unexpected(record, error))
        return self._told(record, item, stored)

    def _told(self, record: Record, item: Collected, stored: storing.Stored) -> Outcome:
        if stored.moved:
            self.moved[stored.document.pk] = _in_force(item, stored)
        words = (*item.mended, *stored.words)
        return Outcome(record.name, stored.word, stored.document.pk, words)

    def _reject(self, record: Record, reason: str) -> Outcome:
        rejecting.keep(self.run, record, reason)
        return Outcome(record.name, "rejected", None, (reason,))

    def _count(self, outcomes: list[Outcome], place: Place, mended: int, copies: int) -> None:
        counts = Counter(outcome.word for outcome in outcomes)
        claims.write(
            self.run,
            **{word: F(word) + counts[word] for word in WORDS},
            read=place.read,
            done=place.done,
            mended=F("mended") + mended,
            copies=F("copies") + copies,
            options=self.run.options | {"trail": place.trail},
        )


def _in_force(item: Collected, stored: storing.Stored) -> copying.Text | None:
    """The text of a new document; of others it may be another than the one that came."""
    if stored.word != "new":
        return None
    return copying.Text(stored.document.source_id, item.text, item.passages.spam, item.prints)


def _host(address: str) -> str:
    with suppress(ValueError):  # as of http://[x
        return urlsplit(address).netloc
    return ""


def _named(record: Record) -> Record:
    return replace(record, name=fitting(storable(record.name)) or "(without a name)")


_NOT_THE_RECORD = ("08", "40", "53", "55", "57")  # classes of SQLSTATE: connection, deadlock, …


def _concerns_the_batch(error: Exception) -> bool:
    """Whether the database failed for a reason that is not the record's, such as a deadlock."""
    if not isinstance(error, OperationalError):
        return False
    state = getattr(error.__cause__, "sqlstate", None)
    return state is None or state.startswith(_NOT_THE_RECORD)


def _unexpected(record: Record, error: Exception) -> str:
    log.exception("Importing %s failed", record.name)
    return (
        f"It could not be stored, for a reason that nobody foresaw ({type(error).__name__}); the "
        "log says more. Report this, and import the file again when it is mended."
    )
