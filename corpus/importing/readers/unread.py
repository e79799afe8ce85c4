"""Formats that no reader takes: the file is kept with that reason."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from corpus.importing.readers import files
from corpus.importing.readers.folders import printable
from corpus.importing.records import Record


def read(path: Path, name: str) -> Iterator[Record]:
    """Yield the file's bytes, as far as they are kept, with the reason."""
    record = files.whole(path, name)
    yield record if record.error else replace(record, error=_reason(path))


def _reason(path: Path) -> str:
    ending = printable(path.suffix.lower())[:40]
    of_kind = f"A file ending in {ending}" if ending else "A file without an ending"
    return f"{of_kind} is not read here; only plain text (.txt) is."
