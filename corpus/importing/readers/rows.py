"""Make a record of a row, whatever kind of table or list it stands in."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from itertools import islice
from typing import Any

from corpus.importing.readers import fields
from corpus.importing.readers.incoming import Incoming, Unreadable
from corpus.importing.records import Record, fitting

HTML = "text/html"


def record(
    incoming: Incoming,
    place: int,
    row: Mapping[str, Any],
    raw: bytes,
    media_type: str,
    remarks: tuple[str, ...] = (),
) -> Record:
    """Return the record of a row, or why it is none; `raw` are the row's own bytes."""
    try:
        values = fields.read(row, incoming.fields, incoming.bounds)
    except Unreadable as error:
        return rejected(incoming, place, str(error), raw, media_type)
    collected, told = _moment(values["collected_at"])
    remarks = (*incoming.remarks, *remarks, *values.remarks, *told)
    return Record(
        called(incoming, place),
        raw=raw,
        error="" if values["text"] else without_text(row, incoming.fields),
        size=len(raw),
        media_type=media_type,
        text=values["text"] or None,
        text_type=HTML if is_markup(values["text"]) else "text/plain",
        address=values["address"],
        source_name=values["source_name"],
        title=values["title"],
        published=values["published"],
        language=values["language"],
        author=values["author"],
        collected_at=collected,
        bases=values.bases,
        remarks=remarks,
    )


def rejected(
    incoming: Incoming, place: int, reason: str, raw: bytes | None, media_type: str, **known: Any
) -> Record:
    name = called(incoming, place)
    return Record(name, raw=raw, error=reason, media_type=media_type, **known)


def called(incoming: Incoming, place: int) -> str:
    return fitting(f"{incoming.name}#{place}")


def without_text(row: Mapping[str, Any], mapped: Mapping[str, str]) -> str:
    if fields.has_text(row, mapped):
        return "The field of its text is empty."
    named = ", ".join(str(key)[:40] for key in list(row)[:12]) or "none"
    return (
        f"None of its fields is known to hold its text. Its fields: {named}. If one of them does, "
        "say so in the import's options (text=name of the field) and import it again."
    )


_TAG = re.compile(
    r"<(/?)(?:p|div|br|h[1-6]|ul|ol|li|table|tr|td|blockquote|article|section|figure|img|a|span|em"
    r"|strong|b|i)(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_TAGS_LOOKED_AT = 50


def is_markup(words: str) -> bool:
    """Whether words are a piece of a web page: an element that opens, and one that closes."""
    tags = {match[1] for match in islice(_TAG.finditer(words), _TAGS_LOOKED_AT)}
    return tags == {"", "/"}


def _moment(words: str) -> tuple[datetime | None, tuple[str, ...]]:
    if not words:
        return None, ()
    try:
        if _SECONDS.fullmatch(words):
            return datetime.fromtimestamp(float(words), UTC), ()
        moment = datetime.fromisoformat(words)
        moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        return moment.astimezone(UTC), ()  # at the ends of the calendar it may be none in UTC
    except (ValueError, OverflowError, OSError):
        return None, (
            f"When it was collected, “{words[:40]}”, could not be read: the import's own moment "
            "stands for it.",
        )


_SECONDS = re.compile(r"\d{9,10}(\.\d+)?")
