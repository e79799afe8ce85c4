"""Read paths into records: folders are walked, each format has a file of its own."""

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from django.conf import settings

from corpus.importing.limits import Bounds
from corpus.importing.readers import files, folders, formats
from corpus.importing.readers.incoming import Incoming, Reader, Tally, Unreadable
from corpus.importing.records import Record

log = logging.getLogger(__name__)

NOTHING = "It holds no document."


def read(
    paths: Iterable[Path],
    source_name: str = "",
    on_hidden: Callable[[str], None] | None = None,
    fields: Mapping[str, str] | None = None,
    bounds: Bounds | None = None,
    on_passed: Callable[[str], None] | None = None,
    on_read: Callable[[int], object] | None = None,
) -> Iterator[Record]:
    """Yield the records of every file, in the order of the paths and, below them, of names.

    The same files give the same records in the same order. What cannot be read is a record
    with an error, so that nothing is passed over in silence. Hidden files and folders (a full
    stop begins their name) that stand in a folder or an archive are not read: each is told to
    `on_hidden`. A file that is itself one of the paths is always read.

    `on_passed` is told in a sentence what a web archive holds besides documents. `fields` says
    under which name a value stands in rows, such as {"text": "story"}. `on_read` is told of bytes
    as they are read, and as they come out of an archive; to end the reading it raises what is no
    Exception.
    """
    say_hidden = on_hidden or (lambda name: None)
    before = 0
    for entry in (entry for path in paths for entry in folders.walk(Path(path))):
        if entry.hidden:
            say_hidden(entry.name)
            continue
        if entry.error:
            yield Record(entry.name, error=entry.error, source_name=source_name, done=before)
            continue
        outer = files.Outer(entry.path, on_read)
        incoming = Incoming(
            entry.name,
            outer.open,
            entry.path.suffix.lower(),
            bounds or settings.IMPORT_BOUNDS,
            fields or {},
            tally=Tally(on_more=on_read) if on_read else Tally(),
            on_hidden=say_hidden,
            on_passed=on_passed or (lambda sentence: None),
        )
        for record in records_in(incoming):
            source = record.source_name or source_name
            yield replace(record, source_name=source, done=before + outer.done)
        before += outer.size


def records_in(incoming: Incoming, reader: Reader | None = None) -> Iterator[Record]:
    """Yield what a file holds, and what the files in it hold; a failure is its last record.

    Which reader takes it is told by its format, unless the caller knows.
    """
    try:
        if not reader:
            reader, incoming = formats.of(incoming)
        empty = True
        for found in reader(incoming):
            empty = False
            if isinstance(found, Incoming):
                yield from records_in(found)
            else:
                yield found
        if empty:
            raise Unreadable(NOTHING)
    except Unreadable as error:
        yield files.rejected(incoming, str(error))
    except Exception as error:
        log.exception("Reading %s failed", incoming.name)
        yield files.rejected(incoming, _unforeseen(error))


def size_of(paths: Iterable[Path]) -> int:
    """Return the bytes of all that read() would read, which is where `Record.done` ends."""
    walked = (entry for path in paths for entry in folders.walk(Path(path)))
    there = (entry for entry in walked if not entry.hidden and not entry.error)
    return sum(map(files.size, (entry.path for entry in there)))


def _unforeseen(error: Exception) -> str:
    return (
        f"It could not be read to its end, for a reason that nobody foresaw "
        f"({type(error).__name__}); the log says more. What came before was read. Report this."
    )
