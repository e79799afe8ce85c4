"""Plain text: a file is a document."""

from collections.abc import Iterator
from pathlib import Path

from corpus.importing.readers import files
from corpus.importing.records import Record


def read(path: Path, name: str) -> Iterator[Record]:
    yield files.whole(path, name)
