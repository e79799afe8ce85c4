"""One file on its way in: what it is called, how it is opened, and how much may be read of it."""

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from io import BufferedReader

from django.conf import settings

from corpus.importing.limits import Bounds
from corpus.importing.records import Record

HEAD = 65_536  # bytes by which a format is told


class Unreadable(Exception):
    """The message is a sentence for editors; what was read before it is kept."""


@dataclass
class Tally:
    """How many bytes came out of one file of the file system, at whatever depth."""

    unpacked: int = 0
    on_more: Callable[[int], object] = lambda size: None  # what it raises ends the reading

    def add(self, size: int) -> None:
        self.unpacked += size
        self.on_more(size)


@dataclass(frozen=True)
class Incoming:
    name: str  # as people are told it
    open: Callable[[], BufferedReader]  # its bytes from the beginning, each time; the caller closes
    ending: str = ""  # in small letters: ".csv", of report.csv.gz too once it is unpacked
    bounds: Bounds = field(default_factory=lambda: settings.IMPORT_BOUNDS)
    fields: Mapping[str, str] = field(default_factory=dict)  # value's name -> their field's name
    depth: int = 0  # archives that it lies in
    tally: Tally = field(default_factory=Tally)
    remarks: tuple[str, ...] = ()  # what people should know of how it is read, in sentences
    on_hidden: Callable[[str], object] = lambda name: None
    on_passed: Callable[[str], object] = lambda sentence: None  # told what was no document

    packed: "Incoming | None" = None  # of what came out of a gzip archive: that archive

    @property
    def own_name(self) -> str:
        """What it is called where it lies, in a folder or an archive."""
        return re.split("[/!]", self.name)[-1]

    def head(self) -> bytes:
        """Return the first bytes, as far as they can be read."""
        head = b""
        with self.open() as file, suppress(Unreadable):
            while len(head) < HEAD and (piece := file.read1(HEAD - len(head))):
                head += piece
        return head


# A reader yields records, and the files that it found inside.
Reader = Callable[[Incoming], Iterator["Record | Incoming"]]
