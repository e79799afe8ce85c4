"""The story of an import: records come in, documents go out, and every one is accounted for."""

import logging
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.db import OperationalError, transaction
from django.utils import timezone

from corpus.importing import copying, limits, naming, storing
from corpus.importing.batching import Taken, batches
from corpus.importing.collecting import (
    Collected,
    Rejected,
    clean,
    collect,
    measured,
    storable,
)
from corpus.importing.records import Record, fitting
from corpus.models import ImportRun, Reject
from corpus.writer import one_writer

log = logging.getLogger(__name__)

WORDS = ("new", "unchanged", "changed", "rejected")
ATTEMPTS = 3  # to store a batch that the database refused, as after a deadlock


@dataclass(frozen=True)
class Outcome:
    """What became of one record: new, unchanged, changed or rejected, and what to know of it."""

    name: str
    word: str
    document_id: int | None
    words: tuple[str, ...] = ()


def run(
    records: Iterable[Record],
    *,
    label: str,
    source_name: str = "",
    collected_at: datetime | None = None,
    after_store: storing.AfterStore | None = None,
    after_copies: copying.AfterCopies | None = None,
    on_outcome: Callable[[Outcome], object] | None = None,
    asked_to_stop: Callable[[], bool] = lambda: False,
) -> ImportRun:
    """Import records in batches, each document whole; what cannot be imported is a reject.

    `collected_at` is for records that do not say when they were collected; without it they
    were collected now. `after_store(capture, the one before or None)` is called in the
    transaction of each new capture, and `after_copies(documents)` in that of a batch which
    moved edges between them; `on_outcome` after it, once the batch is safe.
    `asked_to_stop` is asked before each record: what was read until then is still stored,
    and the run that is returned says stopped.
    """
    _stop_the_killed()
    import_run = ImportRun.objects.create(
        label=clean(label)[:300],
        source_name=clean(source_name)[:200],
        started_at=timezone.now(),
        alive_at=timezone.now(),
    )
    importing = Importing(
        import_run,
        source_name,
        collected_at or import_run.started_at,
        after_store,
        after_copies,
    )
    try:
        for batch in batches(importing.read(records, asked_to_stop)):
            for outcome in importing.take_in(batch):
                if on_outcome:
                    on_outcome(outcome)
    except BaseException:
        importing.end(ImportRun.State.STOPPED)
        raise
    importing.end(ImportRun.State.STOPPED if importing.cut_short else ImportRun.State.FINISHED)
    return import_run


class Importing:
    """One import on its way: what it knows, and the counts of what is stored."""

    def __init__(
        self,
        import_run: ImportRun,
        source_name: str,
        collected_at: datetime,
        after_store: storing.AfterStore | None,
        after_copies: copying.AfterCopies | None = None,
    ) -> None:
        self.run = import_run
        self.source_name = source_name
        self.collected_at = collected_at
        self.after_store = after_store
        self.after_copies = after_copies
        self.moved: set[int] = set()  # documents of this batch whose text in force is another
        self.names = naming.names()
        self.cut_short = False

    def read(self, records: Iterable[Record], asked_to_stop: Callable[[], bool]) -> Iterator[Taken]:
        """Make of each record all that can be known without the lock."""
        for record in records:
            if asked_to_stop():
                self.cut_short = True
                return
            yield self._read(record)

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

    def end(self, state: ImportRun.State) -> None:
        self.run.refresh_from_db()
        self.run.state = state
        self.run.finished_at = timezone.now()
        self.run.save(update_fields=["state", "finished_at"])

    def _read(self, record: Record) -> Taken:
        record = replace(record, name=fitting(storable(record.name)) or "(without a name)")
        try:
            item = collect(record, self.source_name)
            if storing.is_there(item):
                return Taken(record, item)
            return Taken(record, item, self._rows(item))
        except Rejected as reason:
            return Taken(record, str(reason))
        except Exception as error:
            return Taken(record, _unexpected(record, error))

    def _rows(self, item: Collected) -> int:
        passages, names = len(item.analysis.cuts), len(item.names_found(self.names))
        if passages + names > limits.ROWS:
            raise Rejected(
                f"Its text falls into {passages:,} passages, and names stand at {names:,} places; "
                f"a document has at most {limits.ROWS:,} of both. Split it and import the parts."
            )
        return passages + names

    def _store_all(self, batch: list[Taken]) -> list[Outcome]:
        with one_writer():
            self.names = naming.still(self.names)
            self.moved = set()
            outcomes = [self._store(each.record, each.item) for each in batch]
            items = [each.item for each in batch if isinstance(each.item, Collected)]
            copies = copying.follow(self.moved, self.after_copies).copies
            self._count(outcomes, mended=sum(bool(item.mended) for item in items), copies=copies)
        return outcomes

    def _store(self, record: Record, item: Collected | str) -> Outcome:
        if isinstance(item, str):
            return self._reject(record, item)
        try:
            with transaction.atomic():
                at = record.collected_at or self.collected_at
                stored = storing.store(item, self.run, at, self.names, self.after_store)
        except Exception as error:
            if _concerns_the_batch(error):
                raise
            return self._reject(record, _unexpected(record, error))
        if stored.moved:
            self.moved.add(stored.document.pk)
        words = (*item.mended, *stored.words)
        return Outcome(record.name, stored.word, stored.document.pk, words)

    def _reject(self, record: Record, reason: str) -> Outcome:
        size, digest = measured(record)
        Reject.objects.create(
            import_run=self.run,
            name=record.name,
            reason=clean(reason)[:500],
            size=size,
            sha256=digest,
            raw=_kept(record.raw),
        )
        return Outcome(record.name, "rejected", None, (reason,))

    def _count(self, outcomes: list[Outcome], mended: int, copies: int) -> None:
        self.run.refresh_from_db()
        counts = Counter(outcome.word for outcome in outcomes)
        for word in WORDS:
            setattr(self.run, word, getattr(self.run, word) + counts[word])
        self.run.read += len(outcomes)
        self.run.mended += mended
        self.run.copies += copies
        self.run.alive_at = timezone.now()
        self.run.save(update_fields=["read", "mended", "copies", "alive_at", *WORDS])


def _stop_the_killed() -> None:
    """An import whose process was killed could not say so itself."""
    long_ago = timezone.now() - timedelta(minutes=limits.SILENT_MINUTES)
    killed = ImportRun.objects.filter(state=ImportRun.State.RUNNING, alive_at__lt=long_ago)
    killed.update(state=ImportRun.State.STOPPED, finished_at=timezone.now())


def _kept(raw: bytes | None) -> bytes | None:
    """Return a reject's bytes compressed, unless they are beyond the limit even so."""
    if raw is None:
        return None
    compressed = zlib.compress(raw)
    return compressed if len(compressed) <= limits.KEPT_REJECT else None


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
