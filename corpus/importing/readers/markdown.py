"""Markdown: a file is a document; the block of fields at its head says what it is."""

import re
from collections.abc import Iterator
from dataclasses import replace

from corpus.importing.readers import fields, files
from corpus.importing.readers.incoming import Incoming
from corpus.importing.records import Record
from corpus.text.decode import Undecodable, decode

LONGEST_HEAD = 20_000  # characters
TAKEN = ("address", "title", "published", "source_name", "language", "author")
_HEAD = re.compile(r"---[ \t]*\n(?P<fields>.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|$)", re.DOTALL)
_FIELD = re.compile(r"(?P<name>[A-Za-z][\w -]{0,40}):[ \t]+(?P<value>\S.*)")


def read(incoming: Incoming) -> Iterator[Record]:
    record = files.whole(incoming, "text/markdown")
    yield record if record.error else _with_head(record, incoming)


def _with_head(record: Record, incoming: Incoming) -> Record:
    """Take over the fields between the lines of "---" at the very beginning, as blogs write."""
    try:
        text = decode(record.raw or b"").text
    except Undecodable:
        return record  # told where the words are read
    head = _HEAD.match(text, 0, LONGEST_HEAD)
    if not head or not text[head.end() :].strip():
        return record
    found = (_FIELD.fullmatch(line) for line in head["fields"].split("\n"))
    row = {field["name"]: field["value"].strip().strip("\"'") for field in found if field}
    values = fields.read(row, incoming.fields, incoming.bounds)
    return replace(
        record,
        text=text[head.end() :],
        text_type="text/markdown",
        bases={name: basis for name, basis in values.bases.items() if name in TAKEN},
        address=values["address"],
        title=values["title"],
        published=values["published"],
        source_name=values["source_name"],
        language=values["language"],
        author=values["author"],
    )
