"""Read one file's bytes: bounded, and without ever waiting for a pipe."""

import os
import stat
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

from corpus.importing import limits
from corpus.importing.readers.folders import NOWHERE
from corpus.importing.records import Record

PIECE = limits.MB


def whole(path: Path, name: str) -> Record:
    """Return the file's bytes, or why there are none; too large a file is only measured."""
    try:
        with _open(path) as file:
            raw = file.read(limits.DOCUMENT + 1)
            if len(raw) <= limits.DOCUMENT:
                return Record(name, raw=raw, size=len(raw))
            return _too_large(name, raw, file)
    except NotAFile as error:
        return Record(name, error=str(error))
    except OSError as error:
        return Record(name, error=_cannot(path, error))


class NotAFile(Exception):
    """The message says what it is instead."""


def _open(path: Path) -> BinaryIO:
    handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK)  # a pipe would make it wait for ever
    if stat.S_ISREG(os.fstat(handle).st_mode):
        return os.fdopen(handle, "rb")
    os.close(handle)
    raise NotAFile("This is no regular file but a folder, a pipe, a socket or a device.")


def _too_large(name: str, raw: bytes, file: BinaryIO) -> Record:
    digest, size = sha256(raw), len(raw)
    while piece := file.read(PIECE):
        digest.update(piece)
        size += len(piece)
    reason = (
        f"The file has {size / limits.MB:,.1f} MB; a document has at most "
        f"{limits.DOCUMENT // limits.MB} MB. Its name, size and SHA-256 were kept; split it "
        "and import the parts."
    )
    return Record(name, error=reason, size=size, sha256=digest.hexdigest())


def _cannot(path: Path, error: OSError) -> str:
    if os.path.islink(path) and not os.path.exists(path):
        return NOWHERE
    return f"The file cannot be read: {(error.strerror or type(error).__name__).lower()}."
