"""Plain text: a file is a document."""

from collections.abc import Iterator

from corpus.importing.readers import files
from corpus.importing.readers.incoming import Incoming
from corpus.importing.records import Record


def read(incoming: Incoming) -> Iterator[Record]:
    yield files.whole(incoming)
