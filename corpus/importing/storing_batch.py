"""Store a batch under the writer's lock, with the counts and the place of its import."""

import logging
from collections import Counter
from datetime import datetime

from django.db import OperationalError, transaction
from django.db.models import F

from corpus.importing import claims, copying, naming, rejecting, storing
from corpus.importing.batching import Taken
from corpus.importing.collecting import Collected, Names
from corpus.importing.place import Place
from corpus.importing.records import Record
from corpus.importing.storing_new import Arrived, store_new
from corpus.importing.telling import WORDS, Outcome, Told
from corpus.models import ImportRun
from corpus.writer import one_writer

log = logging.getLogger(__name__)

ATTEMPTS = 3  # to store a batch that the database refused, as after a deadlock


class Storing:
    """How far an import is stored, and what its names are."""

    def __init__(
        self, import_run: ImportRun, collected_at: datetime, names: Names, told: Told
    ) -> None:
        self.run = import_run
        self.place = Place.of(import_run)
        self.names = names
        self._told_of = told
        self._collected_at = collected_at
        # Documents of this batch whose text in force is another, with what is known of it.
        self._moved: dict[int, copying.Text | None] = {}

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

    def _store_all(self, batch: list[Taken]) -> list[Outcome]:
        with one_writer():
            self.names = naming.still(self.names)
            self._moved = {}
            outcomes = self._store_each(batch)
            items = [each.item for each in batch if isinstance(each.item, Collected)]
            known = {pk: text for pk, text in self._moved.items() if text}
            copies = copying.follow(self._moved, self._told_of.get("after_copies"), known).copies
            place = self.place.after(each.record for each in batch)
            self._count(outcomes, place, sum(bool(item.mended) for item in items), copies)
        self.place = place
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
            at: Arrived(each.item, each.record.collected_at or self._collected_at)
            for at, each in enumerate(batch)
            if isinstance(each.item, Collected)
        }
        try:
            with transaction.atomic():
                return store_new(arrived, self.run, self.names, self._told_of.get("after_store"))
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
                at = record.collected_at or self._collected_at
                stored = storing.store(
                    item, self.run, at, self.names, self._told_of.get("after_store")
                )
        except Exception as error:
            if _concerns_the_batch(error):
                raise
            return self._reject(record, rejecting.unexpected(record, error))
        return self._told(record, item, stored)

    def _told(self, record: Record, item: Collected, stored: storing.Stored) -> Outcome:
        if stored.moved:
            self._moved[stored.document.pk] = _in_force(item, stored)
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


_NOT_THE_RECORD = ("08", "40", "53", "55", "57")  # classes of SQLSTATE: connection, deadlock, …


def _concerns_the_batch(error: Exception) -> bool:
    """Whether the database failed for a reason that is not the record's, such as a deadlock."""
    if not isinstance(error, OperationalError):
        return False
    state = getattr(error.__cause__, "sqlstate", None)
    return state is None or state.startswith(_NOT_THE_RECORD)
