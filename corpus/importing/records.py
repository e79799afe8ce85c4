"""What a reader hands on: one collected item, or the reason why it could not be read."""

from dataclasses import dataclass
from datetime import datetime


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
