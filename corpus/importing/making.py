"""Make of each record all that can be known without the lock, with other processes ahead."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from hashlib import sha256
from itertools import islice
from urllib.parse import urlsplit

from django.conf import settings

from corpus.importing import limits, naming, storing
from corpus.importing.ahead import RECORDS, Ahead, Made, Task
from corpus.importing.batching import Taken
from corpus.importing.collecting import Collected, Names, Rejected, collect
from corpus.importing.records import Record
from corpus.importing.rejecting import unexpected
from corpus.importing.repeating import Repeated
from corpus.importing.telling import Told
from corpus.models import ImportRun


class Making:
    """What an import knows besides its records: names, lines that sources repeat, patterns."""

    def __init__(self, import_run: ImportRun, collected_at: datetime, told: Told) -> None:
        self.names = naming.names(told.get("refusals", ()))
        self.repeated = Repeated()
        self._source_name = import_run.source_name
        self._collected_at = collected_at
        self._patterns = told.get("patterns", ())
        self._sources: dict[str, str] = {}  # of hosts, as their pages told
        self._ahead = Ahead(settings.IMPORT_PROCESSES - 1)

    def make_each(self, records: Iterator[Record]) -> Iterator[Taken]:
        """Small imports are over before another process would have begun."""
        for record in islice(records, limits.ALONE):
            yield self._take(record)
        if settings.IMPORT_PROCESSES < 2:
            yield from map(self._take, records)
            return
        for task, made in self._ahead.make_each(self._tasks(records), lambda: self.names):
            yield self._take(task.record, made)

    def go_on_with(self, names: Names) -> None:
        """A batch was stored: its documents count among those of their sources."""
        self.names = names
        self.repeated.forget()

    def close(self) -> None:
        self._ahead.close()

    def _tasks(self, records: Iterator[Record]) -> Iterator[Task]:
        for some in iter(lambda: list(islice(records, RECORDS)), []):
            known = storing.bytes_there(record.raw for record in some if record.raw is not None)
            for record in some:
                source = self._likely_source(record)
                lines = self.repeated.for_new(source) if source else {}
                is_new = record.raw is None or sha256(record.raw).hexdigest() not in known
                yield Task(
                    record, self._source_name, self._collected_at, self._patterns, lines, is_new
                )

    def _likely_source(self, record: Record) -> str:
        """Who publishes it, as far as it can be told before a page was read."""
        host = _host(record.address)
        return record.source_name or self._source_name or self._sources.get(host, "")

    def _take(self, record: Record, made: Made = None) -> Taken:
        try:
            if isinstance(made, str):
                return Taken(record, made)
            item = made or collect(record, self._source_name, self._collected_at)
            lines = self.repeated.for_new(item.source_name)
            if made is None or item.reads_else(lines):
                item.analyse_beside(lines, self._patterns)
            self._sources[_host(record.address)] = item.source_name
            if not item.is_prepared and storing.is_there(item):
                return Taken(record, item)
            return Taken(record, item, self._rows(item))
        except Rejected as reason:
            return Taken(record, str(reason))
        except Exception as error:
            return Taken(record, unexpected(record, error))

    def _rows(self, item: Collected) -> int:
        passages, names = len(item.passages.rows), len(item.mentions(self.names))
        if passages + names > limits.ROWS:
            raise Rejected(
                f"Its text falls into {passages:,} passages, and names stand at {names:,} places; "
                f"a document has at most {limits.ROWS:,} of both. Split it and import the parts."
            )
        return passages + names


def _host(address: str) -> str:
    with suppress(ValueError):  # as of http://[x
        return urlsplit(address).netloc
    return ""
