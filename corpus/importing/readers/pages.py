"""HTML: a file is a page; its words are read with the record (corpus.importing.reading)."""

from collections.abc import Iterator

from corpus.importing.readers import files
from corpus.importing.readers.incoming import Incoming
from corpus.importing.records import Record


def read(incoming: Incoming) -> Iterator[Record]:
    yield files.whole(incoming, "text/html")
