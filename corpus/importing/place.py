"""How far an import has come in the stream of its records, so that another process can go on."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from zlib import crc32

from corpus.importing.records import Record
from corpus.models import ImportRun


class Elsewhere(Exception):
    """The stream is another than the one that was read before."""


@dataclass(frozen=True)
class Place:
    """`trail` is a checksum of the names and bytes of all records up to here."""

    read: int = 0
    trail: int = 0
    done: int = 0  # bytes

    @classmethod
    def of(cls, run: ImportRun) -> "Place":
        return cls(run.read, run.options.get("trail", 0), run.done)

    def after(self, records: Iterable[Record]) -> "Place":
        read, trail, done = self.read, self.trail, self.done
        for record in records:
            read, done = read + 1, record.done
            name = record.name.encode("utf-8", "surrogatepass")
            trail = crc32(record.raw or record.sha256.encode(), crc32(name, trail))
        return Place(read, trail, done)

    def rest(self, records: Iterable[Record]) -> Iterator[Record]:
        """Yield what comes after this place; raise when other records led to it."""
        stream = iter(records)
        if Place().after(islice(stream, self.read)).trail != self.trail:
            raise Elsewhere
        yield from stream
