"""Dates as precise as they are known: EDTF levels 0 and 1."""

import datetime
import re
from calendar import month_name, monthrange
from dataclasses import dataclass
from functools import lru_cache
from time import struct_time
from typing import NamedTuple

import edtf

from corpus.analysis.relative_dates import Day, relative_dates
from corpus.analysis.written_dates import written

LONGEST = 40  # characters; the longest interval of two qualified days has 23
LONGEST_TEXT = 10_000  # characters that are looked at
SEASONS = {"21": "spring", "22": "summer", "23": "autumn", "24": "winter"}
QUALIFIERS = {"?": "uncertain", "~": "approximate", "%": "uncertain and approximate"}

_MONTH = r"(?:0[1-9]|1[0-2])"
_POINT = rf"(?:\d{{4}}(?:-{_MONTH}(?:-(?:\d\d|XX))?|-2[1-4]|-XX(?:-XX)?)?|\d{{3}}X|\d\dXX)[?~%]?"
_SHAPE = re.compile(rf"{_POINT}|{_POINT}/(?:{_POINT}|\.\.)?|(?:\.\.)?/{_POINT}", re.ASCII)


class NotADate(ValueError):
    """The message is a sentence for editors."""


@dataclass(frozen=True)
class Edtf:
    """A date with its first and last day; None where an interval is open on that side."""

    text: str
    earliest: datetime.date | None
    latest: datetime.date | None


@lru_cache(maxsize=4096)
def parse(text: str) -> Edtf:
    canonical = text.strip().upper()
    if len(text) > LONGEST:
        raise NotADate("This is too long for a date; write it as 2028, 2022-03 or 2022-03-12.")
    if not _SHAPE.fullmatch(canonical):
        raise NotADate(_advice(text))
    first, slash, last = canonical.partition("/")
    earliest, latest = _bounds(first), _bounds(last if slash else first)
    if earliest and latest and earliest[0] > latest[1]:
        raise NotADate(f"“{canonical}” ends before it begins.")
    return Edtf(canonical, earliest and earliest[0], latest and latest[1])


def in_words(edtf_text: str) -> str:
    """Return the date as people write it: "12 March 2022", "2024 (uncertain)", "from 2022"."""
    first, slash, last = parse(edtf_text).text.partition("/")
    if not slash:
        return _point_in_words(first)
    if first in ("", ".."):
        return f"until {_point_in_words(last)}"
    if last in ("", ".."):
        return f"from {_point_in_words(first)}"
    return f"{_point_in_words(first)} to {_point_in_words(last)}"


def first_date(text: str) -> str | None:
    """Return the first date that stands written in an English text, or None; never a guess."""
    for each in written(text):
        try:
            return parse(each.date).text
        except NotADate:
            continue
    return None


class DateInText(NamedTuple):
    """A date at [start, end) of a text; empty where it cannot be resolved, with the reason."""

    start: int
    end: int
    date: str  # EDTF
    because: str


def dates_in(text: str, published: str = "") -> list[DateInText]:
    """Return the dates of an English text in order; those that count from another day too.

    `published` is when the text was published, in EDTF: from it "last Tuesday" is counted.
    """
    text = text[:LONGEST_TEXT]
    absolute = [each for each in written(text) if _is_date(each.date)]
    day = Day.of(published) if published else None
    found = [*absolute, *relative_dates(text, day, absolute)]
    taken: list[DateInText] = []
    for each in sorted(found, key=lambda one: (one.start, -one.end)):
        if taken and each.start < taken[-1].end:
            continue
        date = each.date if not each.date or _is_date(each.date) else ""
        because = each.because if date or not each.date else "there is no such day"
        taken.append(DateInText(each.start, each.end, date and parse(date).text, because))
    return taken


def _is_date(text: str) -> bool:
    try:
        return bool(parse(text))
    except NotADate:
        return False


def _bounds(point: str) -> tuple[datetime.date, datetime.date] | None:
    """Return first and last day. The library gives 2022/ ten years: its halves are read alone."""
    if point in ("", ".."):
        return None
    plain = _without_qualifier(point)
    try:
        if _PLAIN.fullmatch(plain):  # what most dates are; the library takes 15 ms for it
            return _plain_bounds(*map(int, plain.split("-")))
        parsed = edtf.parse_edtf(plain)
        first, last = _day(parsed.lower_strict()), _day(parsed.upper_strict())
        return first, _end_of_winter(last) if point[4:7] == "-24" else last
    except (edtf.EDTFParseException, ValueError, OverflowError, AttributeError, TypeError):
        raise NotADate(f"There is no such date as “{point}”.") from None


_PLAIN = re.compile(rf"\d{{4}}(?:-{_MONTH}(?:-\d\d)?)?", re.ASCII)


def _plain_bounds(
    year: int, month: int | None = None, day: int | None = None
) -> tuple[datetime.date, datetime.date]:
    if month is None:
        return datetime.date(year, 1, 1), datetime.date(year, 12, 31)
    if day is None:
        last = monthrange(year, month)[1]
        return datetime.date(year, month, 1), datetime.date(year, month, last)
    return datetime.date(year, month, day), datetime.date(year, month, day)


def _end_of_winter(december: datetime.date) -> datetime.date:
    """For the library winter ends with December; for people with February."""
    return datetime.date(december.year + 1, 3, 1) - datetime.timedelta(days=1)


def _day(moment: struct_time) -> datetime.date:
    last = monthrange(moment.tm_year, moment.tm_mon)[1]
    return datetime.date(moment.tm_year, moment.tm_mon, min(moment.tm_mday, last))


def _without_qualifier(point: str) -> str:
    return point.rstrip("?~%")


def _advice(text: str) -> str:
    shown = text.strip()[:LONGEST]
    if not shown:
        return "A date is missing; write it as 2028, 2022-03 or 2022-03-12."
    written_out = any(char.isalpha() and char not in "xX" for char in shown)
    if written_out and (suggestion := first_date(text)):
        return f"“{shown}” is not in the form of a date here; write {suggestion}."
    return (
        f"“{shown}” is no date; write 2028, 2022-03, 2022-03-12, 203X for the 2030s, "
        "2024? if uncertain, or 2022/.. for from 2022 on."
    )


def _point_in_words(point: str) -> str:
    qualifier = QUALIFIERS.get(point[-1])
    plain = _plain_in_words(*_without_qualifier(point).split("-"))
    return f"{plain} ({qualifier})" if qualifier else plain


def _plain_in_words(year: str, month: str = "XX", day: str = "XX") -> str:
    when = _year_in_words(year)
    if month in SEASONS:
        return f"{SEASONS[month]} {when}"
    if month == "XX":
        return when
    when = f"{month_name[int(month)]} {when}"
    return when if day == "XX" else f"{int(day)} {when}"


def _year_in_words(year: str) -> str:
    if year.endswith("XX"):
        return f"{year[:2]}00 to {year[:2]}99"
    return f"the {year[:3]}0s" if year.endswith("X") else year
