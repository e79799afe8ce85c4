"""What a reader hands on: one collected item, or the reason why it could not be read."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256

from corpus.importing import limits


@dataclass(frozen=True)
class Record:
    """`error` is a sentence for people; a record with one becomes a reject.

    What stands in `text` was read by the reader itself, as from a field of a row; without it
    the words are read from `raw`. Dates and languages are as they were given.
    """

    name: str  # path below the imported folder; of a single file its name; a row adds "#12"
    raw: bytes | None = None  # of this item; None: it could not be read, or is too large to load
    error: str = ""
    size: int | None = None
    address: str = ""
    source_name: str = ""
    title: str = ""
    published: str = ""
    published_basis: str = ""
    language: str = ""
    collected_at: datetime | None = None
    sha256: str = ""  # told where the bytes are not
    media_type: str = "text/plain"  # of the bytes
    charset: str = ""  # of the bytes, where whoever sent them declared one
    text: str | None = None
    text_type: str = "text/plain"  # of `text`, where there is one
    author: str = ""
    bases: Mapping[str, str] = field(default_factory=dict)  # value's name -> where it was read
    remarks: tuple[str, ...] = ()  # what people should know of how it was read, in sentences
    done: int = 0  # bytes read so far of all the files that are read, for telling progress


def fitting(name: str) -> str:
    """Return a name that the database takes; what is too long ends in a digest of the whole."""
    if len(name) <= limits.NAME and len(name.encode()) <= limits.NAME_BYTES:
        return name
    head = name.encode()[: limits.NAME_BYTES - 20].decode("utf-8", "ignore")
    return f"{head[: limits.NAME - 17]}…{sha256(name.encode()).hexdigest()[:16]}"
