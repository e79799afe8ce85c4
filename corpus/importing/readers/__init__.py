"""Read paths into records: folders are walked, each format has a file of its own."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from corpus.importing.readers import folders, plain_text, unread
from corpus.importing.records import Record

# A reader takes a file and its name, and yields records one by one: a file may hold many.
Reader = Callable[[Path, str], Iterator[Record]]
READERS: dict[str, Reader] = {".txt": plain_text.read}


def read(
    paths: Iterable[Path],
    source_name: str = "",
    on_hidden: Callable[[str], None] | None = None,
) -> Iterator[Record]:
    """Yield the records of every file, in the order of the paths and, below them, of names.

    What cannot be read is a record with an error, so that nothing is passed over in silence.
    Hidden files and folders (a full stop begins their name) that stand in a folder are not
    read: each is told to `on_hidden`. A file that is itself one of the paths is always read.
    """
    for path in paths:
        for entry in folders.walk(Path(path)):
            if entry.hidden:
                if on_hidden:
                    on_hidden(entry.name)
                continue
            for record in _records(entry):
                yield replace(record, source_name=record.source_name or source_name)


def _records(entry: folders.Entry) -> Iterator[Record]:
    if entry.error:
        yield Record(entry.name, error=entry.error)
        return
    reader = READERS.get(entry.path.suffix.lower(), unread.read)
    yield from reader(entry.path, entry.name)
