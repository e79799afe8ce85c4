"""Unpack no more than was agreed, and tell an archive that breaks off from one that ends."""

import io
import lzma
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from gzip import BadGzipFile
from typing import BinaryIO, Protocol
from zipfile import BadZipFile

from corpus.importing.limits import MB, Bounds
from corpus.importing.readers.incoming import Tally, Unreadable

GRACE = 10 * MB  # bytes that come out before the ratio counts: small files may be repetitive
BUFFER = 131_072


@dataclass
class Measure:
    """How much came out of one archive, or member of one, however often it is opened."""

    bounds: Bounds
    tally: Tally
    most: int = 0

    def reach(self, at: int, packed: int) -> None:
        """Note that so many bytes came out of so many packed ones; raise when it is too much."""
        if at > self.most:
            more, self.most = at - self.most, at
            self.tally.add(more)
        if self.tally.unpacked > self.bounds.unpacked:
            raise Unreadable(
                f"More than {self.bounds.unpacked / MB:,.0f} MB come out of this file: the rest "
                "was not read. Unpack it and import the parts."
            )
        if at > GRACE and at > self.bounds.ratio * max(packed, 1):
            raise Unreadable(
                f"It grows to more than {self.bounds.ratio} times its size when unpacked, as no "
                "collected text does: the rest was not read."
            )


class Packed(Protocol):
    def read1(self, size: int, /) -> bytes: ...
    def close(self) -> None: ...


class Unpacking(io.RawIOBase):
    """The bytes that come out of a packed stream, measured; closing it closes both."""

    def __init__(
        self,
        stream: Packed,
        measure: Measure,
        packed: Callable[[], int],
        what: str,
        close_too: BinaryIO | None = None,
    ) -> None:
        super().__init__()
        self._stream, self._measure, self._packed = stream, measure, packed
        self._what, self._close_too = what, close_too
        self._at = 0

    def readable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def readinto(self, buffer) -> int:
        piece = self._piece(len(buffer))
        self._at += len(piece)
        self._measure.reach(self._at, self._packed())
        buffer[: len(piece)] = piece
        return len(piece)

    def close(self) -> None:
        if not self.closed:
            self._stream.close()
            if self._close_too:
                self._close_too.close()
        super().close()

    def _piece(self, size: int) -> bytes:
        try:
            return self._stream.read1(size)
        except EOFError:
            raise Unreadable(
                f"The {self._what} breaks off after {self._at:,} bytes of what it holds; what "
                "came before was read. Collect it again."
            ) from None
        except (BadGzipFile, BadZipFile, zlib.error, lzma.LZMAError, OSError) as error:
            raise Unreadable(
                f"The {self._what} is damaged after {self._at:,} bytes of what it holds "
                f"({error}); what came before was read. Collect it again."
            ) from error


def unpacking(
    stream: Packed,
    measure: Measure,
    packed: Callable[[], int],
    what: str,
    close_too: BinaryIO | None = None,
) -> io.BufferedReader:
    """Return the stream, buffered. A read that runs into the end of a broken archive raises."""
    return io.BufferedReader(Unpacking(stream, measure, packed, what, close_too), BUFFER)


def deeper(bounds: Bounds, depth: int) -> int:
    """Return the depth inside one more archive; raise when it lies too deep."""
    if depth >= bounds.nesting:
        raise Unreadable(
            f"It lies {depth} archives deep, and is one itself; at most {bounds.nesting} are "
            "unpacked inside each other."
        )
    return depth + 1
