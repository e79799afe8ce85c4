"""What a reader hands on: one collected item, or the reason why it could not be read."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from corpus.importing import limits


@dataclass(frozen=True)
class Record:
    """`error` is a sentence for people; a record with one becomes a reject."""

    name: str  # path below the imported folder; of a single file its name
    raw: bytes | None = None  # None: it could not be read, or is too large to load
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


def fitting(name: str) -> str:
    """Return a name that the database takes; what is too long ends in a digest of the whole."""
    if len(name) <= limits.NAME and len(name.encode()) <= limits.NAME_BYTES:
        return name
    head = name.encode()[: limits.NAME_BYTES - 20].decode("utf-8", "ignore")
    return f"{head[: limits.NAME - 17]}…{sha256(name.encode()).hexdigest()[:16]}"
