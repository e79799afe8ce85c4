"""Tell by its name, checked against its first bytes, which reader takes a file."""

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from corpus.importing.readers import (
    archives,
    compressed,
    feeds,
    files,
    json_values,
    jsonl,
    markdown,
    pages,
    plain_text,
    tables,
    warcs,
)
from corpus.importing.readers.folders import printable
from corpus.importing.readers.incoming import Incoming, Reader
from corpus.importing.records import Record


@dataclass(frozen=True)
class Format:
    """`shows` asks the first bytes, where they leave no doubt."""

    what: str
    endings: Collection[str]
    read: Reader
    shows: Callable[[bytes], bool] = lambda head: False


def _begins(pattern: bytes) -> Callable[[bytes], bool]:
    begins = re.compile(rb"(?:\xef\xbb\xbf)?\s*" + pattern, re.IGNORECASE)
    return lambda head: bool(begins.match(head))


_XML = rb"(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--.{0,2000}?-->\s*)*"
FORMATS = [
    Format("a gzip archive", (".gz",), compressed.read, compressed.is_packed),
    Format("a zip archive", (".zip",), archives.read, lambda head: head[:4] == b"PK\x03\x04"),
    Format("a web archive (WARC)", (".warc",), warcs.read, _begins(rb"WARC/\d\.\d+\r?\n")),
    Format("a feed", (".atom", ".rss", ".xml", ".rdf"), feeds.read,
           _begins(_XML + rb"<(?:rss|feed|rdf:RDF)[\s>]")),
    Format("JSON Lines", (".jsonl", ".ndjson"), jsonl.read),
    Format("JSON", (".json",), json_values.read),
    Format("a table", (".csv", ".tsv"), tables.read),
    Format("an HTML page", (".html", ".htm", ".xhtml"), pages.read,
           _begins(_XML + rb"<(?:!doctype\s+html|html)[\s>]")),
    Format("Markdown", (".md", ".markdown"), markdown.read),
    Format("plain text", (".txt",), plain_text.read),
]  # fmt: skip
BY_ENDING = {ending: each for each in FORMATS for ending in each.endings}


def of(incoming: Incoming) -> tuple[Reader, Incoming]:
    """Return the reader, and the file with a remark when its name says something else."""
    named = BY_ENDING.get(incoming.ending)
    if named is None and incoming.ending:
        return unread, incoming
    head = incoming.head()
    if not head:  # nothing, or an archive that breaks off at once: to be told by reading it
        return plain_text.read, incoming
    shown = next((each for each in FORMATS if each.shows(head)), None)
    if shown and shown is not named:
        if incoming.name.lower().endswith(tuple(shown.endings)):  # packed twice
            return shown.read, incoming
        return shown.read, _told(incoming, f"it is {shown.what}, and was read as that.")
    if named is None:
        return unread, incoming
    if named.read is compressed.read and not shown:
        inner = replace(incoming, ending=compressed.inner_ending(incoming))
        return of(_told(inner, "it is no gzip archive: it was read as if it were not there."))
    if named.read is json_values.read and json_values.are_lines(head):
        return jsonl.read, _told(incoming, "it holds JSON Lines, and was read as that.")
    if named.read is jsonl.read and head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"["):
        return json_values.read, _told(incoming, "it holds one list, and was read as that.")
    return named.read, incoming


def unread(incoming: Incoming) -> Iterator[Record]:
    """A format that no reader takes: the file is kept with that reason."""
    ending = printable(incoming.ending)[:40]
    of_kind = f"A file ending in {ending}" if ending else "A file without an ending"
    yield files.rejected(
        incoming, f"{of_kind} is not read here. What is read ends in {', '.join(BY_ENDING)}."
    )


def _told(incoming: Incoming, but: str) -> Incoming:
    ending = PurePosixPath(incoming.own_name).suffix
    named = f"Its name ends in {ending}, but" if ending else "Its name has no ending;"
    return replace(incoming, remarks=(*incoming.remarks, f"{named} {but}"))
