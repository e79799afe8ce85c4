"""The records of a web archive as they stand in the file, each measured against its length."""

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import BinaryIO

from corpus.importing import limits
from corpus.importing.readers.incoming import Unreadable

LONGEST_LINE = 65_536  # bytes of one line of a record's head, of which there are at most LINES
LINES = 200
HTTP_HEAD = 1 * limits.MB  # bytes that the head of an answer may have beside its body
LOST = "It was not written or sent whole; what came before was read."


@dataclass(frozen=True)
class Frame:
    """A record as it stands in the file; `block` is None when it is longer than it may be."""

    at: int
    head: bytes
    block: bytes | None
    size: int
    sha256: str


def frames(file: BinaryIO) -> Iterator[Frame]:
    """Yield the records; raise Unreadable where the archive breaks off or is damaged."""
    yield from _Frames(file)


class _Frames:
    """The records of an archive, each measured against the length that it says it has."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._at = 0

    def __iter__(self) -> Iterator[Frame]:
        while (line := self._line()) and not line.strip():
            pass  # some writers leave more empty lines between records than others
        while line:
            yield self._frame(line)
            self._end_of_record()
            while (line := self._line()) and not line.strip():
                pass

    def _frame(self, line: bytes) -> Frame:
        at = self._at - len(line)
        if not line.endswith(b"\n") and len(line) < LONGEST_LINE:
            raise Unreadable(f"The web archive breaks off in the record at byte {at:,}. {LOST}")
        if not line.startswith(b"WARC/"):
            raise Unreadable(
                f"The web archive is damaged at byte {at:,}, where no record begins; the rest was "
                "not read."
            )
        head = self._head(line, at)
        length = _length(head)
        if length is None:
            raise Unreadable(
                f"The record at byte {at:,} does not say how long it is; the rest was not read."
            )
        return self._block(at, head, length)

    def _head(self, line: bytes, at: int) -> bytes:
        lines = [line]
        while line.strip():
            line = self._line()
            lines.append(line)
            if not line:
                raise Unreadable(f"The web archive breaks off in the record at byte {at:,}. {LOST}")
            if len(lines) > LINES:
                raise Unreadable(f"The head of the record at byte {at:,} has too many lines.")
        return b"".join(lines)

    def _block(self, at: int, head: bytes, length: int) -> Frame:
        most = limits.DOCUMENT + HTTP_HEAD
        digest, pieces, left = sha256(), [], length
        while left and (piece := self._file.read(min(left, limits.MB))):
            digest.update(piece)
            left -= len(piece)
            if length <= most:
                pieces.append(piece)
        self._at += length - left
        if left:
            raise Unreadable(
                f"The web archive breaks off in the record at byte {at:,}: it should have "
                f"{length:,} bytes and has {length - left:,}. {LOST}"
            )
        block = b"".join(pieces) if length <= most else None
        return Frame(at, head, block, length, digest.hexdigest())

    def _end_of_record(self) -> None:
        line = self._line()
        if not line:
            raise Unreadable(
                f"The web archive ends at byte {self._at:,} without the empty lines that end a "
                "record: it may break off there. What came before was read."
            )
        if line.strip():
            raise Unreadable(
                f"The web archive is damaged before byte {self._at:,}: a record is longer than it "
                "says. The rest was not read."
            )

    def _line(self) -> bytes:
        line = self._file.readline(LONGEST_LINE)
        self._at += len(line)
        return line


def _length(head: bytes) -> int | None:
    for line in head.split(b"\n")[1:]:
        name, _, value = line.partition(b":")
        if name.strip().lower() == b"content-length" and value.strip().isdigit():
            return int(value)
    return None
