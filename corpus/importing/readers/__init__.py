"""Read paths into records: folders are walked, each format has a file of its own."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from corpus.importing.readers import files, folders
from corpus.importing.records import Record

READERS = {".txt": files.read_plain_text}


def read(
    paths: Iterable[Path],
    source_name: str = "",
    on_hidden: Callable[[str], None] | None = None,
) -> Iterator[Record]:
    """Yield a record for every file, in the order of the paths and, below them, of names.

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
            yield replace(_record(entry), source_name=source_name)


def _record(entry: folders.Entry) -> Record:
    if entry.error:
        return Record(entry.name, error=entry.error)
    reader = READERS.get(entry.path.suffix.lower(), files.refuse_format)
    return reader(entry.path, entry.name)
