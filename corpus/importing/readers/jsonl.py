"""JSON Lines: each line is an object, and one document."""

import json
from collections.abc import Iterator
from hashlib import sha256
from typing import Any, BinaryIO

from corpus.importing.limits import MB
from corpus.importing.readers import rows
from corpus.importing.readers.incoming import Incoming
from corpus.importing.records import Record

MEDIA_TYPE = "application/json"


class Twice(dict[str, Any]):
    """An object that names a field twice; the last one is there."""


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    told = dict(pairs)
    return told if len(told) == len(pairs) else Twice(told)


DECODER = json.JSONDecoder(  # numbers as they are written; NaN is how some write nothing
    object_pairs_hook=_object,
    parse_int=str,
    parse_float=str,
    parse_constant=lambda name: None,
    strict=False,
)
_BOM = b"\xef\xbb\xbf"


def read(incoming: Incoming) -> Iterator[Record]:
    """Yield a record a line, called by the line's number; empty lines are passed over."""
    with incoming.open() as file:
        number = 0
        while line := file.readline(incoming.bounds.row + 1):
            number += 1
            if len(line) > incoming.bounds.row and not line.endswith(b"\n"):
                yield _too_long(incoming, number, line, file)
            elif line.strip():
                yield row_of(incoming, number, line.strip().removeprefix(_BOM))


def read_one(incoming: Incoming) -> Iterator[Record]:
    """Yield the record of a file that is one object, on however many lines."""
    with incoming.open() as file:
        yield row_of(incoming, 1, file.read(incoming.bounds.row + 1))


def row_of(incoming: Incoming, number: int, raw: bytes) -> Record:
    """Return the record of one object, written as JSON."""
    try:
        told = DECODER.decode(raw.decode("utf-8", "surrogateescape"))
    except RecursionError:
        return rows.rejected(incoming, number, too_deep(incoming), raw, MEDIA_TYPE)
    except ValueError as error:
        return rows.rejected(incoming, number, no_json(error), raw, MEDIA_TYPE)
    return of_value(incoming, number, told, raw)


def of_value(incoming: Incoming, number: int, told: Any, raw: bytes) -> Record:
    if not isinstance(told, dict):
        reason = f"This is no object but {_WHAT.get(type(told), 'a number')}."
        return rows.rejected(incoming, number, reason, raw, MEDIA_TYPE)
    if lies_deeper(told, incoming.bounds.levels):
        return rows.rejected(incoming, number, too_deep(incoming), raw, MEDIA_TYPE)
    remarks = (NAMED_TWICE,) if isinstance(told, Twice) else ()
    return rows.record(incoming, number, told, raw, MEDIA_TYPE, remarks)


NAMED_TWICE = "It names a field twice; the last one was read, and its bytes keep both."


_WHAT = {list: "a list", str: "a text", bool: "true or false", type(None): "null"}


def no_json(error: ValueError) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"This is no JSON: {error.msg.lower()} at character {error.pos + 1:,}."
    return f"This is no JSON: {error}."


def too_deep(incoming: Incoming) -> str:
    return (
        f"Its lists and objects lie more than {incoming.bounds.levels} deep in each other, which "
        "is not read."
    )


def lies_deeper(told: Any, levels: int) -> bool:
    """Whether lists and objects lie deeper in each other, asked level by level."""
    level = [told]
    for _ in range(levels):
        level = [
            each
            for holder in level
            for each in (holder.values() if isinstance(holder, dict) else holder)
            if isinstance(each, dict | list)
        ]
        if not level:
            return False
    return True


def _too_long(incoming: Incoming, number: int, line: bytes, file: BinaryIO) -> Record:
    digest, size = sha256(line), len(line)
    while not line.endswith(b"\n") and (line := file.readline(MB)):
        digest.update(line)
        size += len(line)
    return rows.rejected(
        incoming,
        number,
        f"This line has {size / MB:,.1f} MB; a row has at most {incoming.bounds.row / MB:,.1f} MB. "
        "Its place, size and SHA-256 were kept.",
        None,
        MEDIA_TYPE,
        size=size,
        sha256=digest.hexdigest(),
    )
