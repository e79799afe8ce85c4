"""Open one file and read its bytes: bounded, and without ever waiting for a pipe."""

import os
import stat
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from io import BufferedReader, FileIO
from pathlib import Path
from typing import Any, BinaryIO

from corpus.importing import limits
from corpus.importing.readers.folders import NOWHERE
from corpus.importing.readers.incoming import Incoming, Unreadable
from corpus.importing.records import Record

PIECE = limits.MB


@dataclass
class Outer:
    """A file of the file system, and how far it was read."""

    path: Path
    on_read: Callable[[int], object] | None = None  # told how many bytes; what it raises ends it
    size: int = 0
    _last: BufferedReader | None = None

    def open(self) -> BufferedReader:
        try:
            self._last = _open(self.path, self.on_read)
        except OSError as error:
            raise Unreadable(_cannot(self.path, error)) from error
        self.size = os.fstat(self._last.fileno()).st_size
        return self._last

    @property
    def done(self) -> int:
        if self._last is None or self._last.closed:
            return self.size
        return self._last.tell()


def whole(incoming: Incoming, media_type: str = "text/plain") -> Record:
    """Return the file's bytes, or why there are none; too large a file is only measured."""
    with incoming.open() as file:
        raw = read_up_to(file, limits.DOCUMENT + 1)
        if len(raw) > limits.DOCUMENT:
            return _too_large(incoming.name, raw, file, media_type)
        return Record(
            incoming.name,
            raw=raw,
            size=len(raw),
            media_type=media_type,
            remarks=incoming.remarks,
        )


def rejected(incoming: Incoming, reason: str, media_type: str = "") -> Record:
    """Return a file that could not be read to its end, with its bytes as far as they are kept."""
    try:
        record = whole(incoming, media_type or "application/octet-stream")
    except (Unreadable, OSError, ValueError):
        if incoming.packed:
            return rejected(incoming.packed, reason)
        return Record(incoming.name, error=reason)
    return Record(
        incoming.name,
        raw=record.raw,
        error=reason,
        size=record.size,
        sha256=record.sha256,
        media_type=record.media_type,
    )


def read_up_to(file: BinaryIO, size: int) -> bytes:
    """Read so many bytes unless the stream ends before; a stream may give fewer at once."""
    pieces, left = [], size
    while left and (piece := file.read(min(left, PIECE))):
        pieces.append(piece)
        left -= len(piece)
    return b"".join(pieces)


def read_through(file: BinaryIO, on_piece: Callable[[bytes], object] = len) -> int:
    """Read to the end; return how many bytes that were."""
    size = 0
    while piece := file.read(PIECE):
        on_piece(piece)
        size += len(piece)
    return size


def size(path: Path) -> int:
    """Return the bytes of a regular file, as the file system counts them; else nothing."""
    try:
        told = path.stat()
    except (OSError, ValueError):
        return 0
    return told.st_size if stat.S_ISREG(told.st_mode) else 0


class _Told(FileIO):
    """A file that tells how many bytes are read of it, however often."""

    on_read: Callable[[int], object]

    def readinto(self, buffer: Any) -> int:
        size = super().readinto(buffer) or 0
        self.on_read(size)
        return size


def _open(path: Path, on_read: Callable[[int], object] | None) -> BufferedReader:
    handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK)  # a pipe would make it wait for ever
    if stat.S_ISREG(os.fstat(handle).st_mode):
        if not on_read:
            return os.fdopen(handle, "rb")
        file = _Told(handle, "rb")
        file.on_read = on_read
        return BufferedReader(file)
    os.close(handle)
    raise Unreadable("This is no regular file but a folder, a pipe, a socket or a device.")


def _too_large(name: str, raw: bytes, file: BinaryIO, media_type: str) -> Record:
    digest = sha256(raw)
    size = len(raw) + read_through(file, digest.update)
    reason = (
        f"The file has {size / limits.MB:,.1f} MB; a document has at most "
        f"{limits.DOCUMENT // limits.MB} MB. Its name, size and SHA-256 were kept; split it "
        "and import the parts."
    )
    return Record(name, error=reason, size=size, sha256=digest.hexdigest(), media_type=media_type)


def _cannot(path: Path, error: OSError) -> str:
    if os.path.islink(path) and not os.path.exists(path):
        return NOWHERE
    return f"The file cannot be read: {(error.strerror or type(error).__name__).lower()}."
