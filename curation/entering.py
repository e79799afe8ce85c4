"""What people typed, made fit to be stored, or refused with the field and a sentence."""

import re
import unicodedata
from collections.abc import Iterable
from datetime import UTC, datetime, time
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.dateparse import parse_date, parse_datetime

from corpus.analysis import dates
from curation.markdown import storable

NEVER_STORED = {"Cc", "Cs", "Cn"}  # control characters, half characters, no characters

# They turn round the order in which what follows is shown: people would read other words than
# those that are kept. Quotes keep them, being evidence.
REORDERS = re.compile("[\u202a-\u202e\u2066-\u2069]")


def line(field: str, text: str, *, needed: str = "") -> str:
    """One line: white space is folded. `needed`: what to say when nothing is left."""
    return words(field, " ".join(text.split()), needed=needed)


def words(field: str, text: str, *, needed: str = "") -> str:
    """Text without white space around it; line breaks and tabs may stay."""
    text = text.strip()
    if any(unicodedata.category(char) in NEVER_STORED and char not in "\n\r\t" for char in text):
        raise ValidationError(
            {field: "There is a character in here that cannot be stored or shown. Type it anew."}
        )
    refuse_reordering(field, text)
    if needed and not text:
        raise ValidationError({field: needed})
    return text


def prose(field: str, text: str) -> str:
    """Text for readers, as both databases keep it."""
    text = storable(text).strip()
    refuse_reordering(field, text)
    return text


def refuse_reordering(field: str, text: str) -> None:
    if found := REORDERS.search(text):
        raise ValidationError(
            {
                field: f"There is an invisible character in here (U+{ord(found[0]):04X}) that "
                "shows words in another order than they are kept. Take it out, or type the "
                "words around it anew."
            }
        )


def one_of(field: str, value: str, allowed: Iterable[str]) -> str:
    allowed = list(allowed)
    if value not in allowed:
        raise ValidationError({field: f"“{value}” is none of: {', '.join(allowed)}."})
    return value


def day(field: str, text: str) -> dict[str, Any]:
    """A date as EDTF with its first and last day, under the names of a row's three columns."""
    known = None
    if text.strip():
        try:
            known = dates.parse(text)
        except dates.NotADate as error:
            raise ValidationError({field: str(error)}) from error
    return {
        field: known.text if known else "",
        f"{field}_earliest": known.earliest if known else None,
        f"{field}_latest": known.latest if known else None,
    }


def moment(text: str) -> datetime | None:
    """The moment that was written, None for nothing; a day alone is its beginning, all in UTC."""
    if not (text := text.strip()):
        return None
    try:
        found = parse_datetime(text) if len(text) > len("2026-03-01") else None
        day = parse_date(text) if found is None else None
    except ValueError:
        found = day = None
    if day:
        found = datetime.combine(day, time())
    if found is None:
        raise ValueError(f"“{text}” is no date; write 2026-03-01 or 2026-03-01T12:00Z.")
    try:
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    except OverflowError:
        raise ValueError(f"“{text}” lies beyond the calendar.") from None


def check(row: Model) -> None:
    """Everything the model asks of a row that is to be decided; its decision comes after."""
    empty = {
        field.name
        for field in row._meta.fields
        if field.null and getattr(row, field.attname) is None
    }
    row.clean_fields(exclude={"decision", *empty})
    row.validate_unique(exclude={"decision"})
    row.validate_constraints(exclude={"decision"})
