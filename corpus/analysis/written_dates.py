"""Find dates as English texts write them, and say them in EDTF."""

import re
from calendar import month_name
from collections.abc import Iterator

LONGEST = 10_000  # characters that are looked at

_MONTHS = month_name[1:]
_MONTH_NUMBER = {
    spelling: number
    for number, month in enumerate(_MONTHS, 1)
    for spelling in (month, month[:3], "Sept" if number == 9 else month)
}
_SEASON_NUMBER = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}

_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_DAYS = r"(?:(?P<from>\d{1,2})(?:st|nd|rd|th)?\s?(?:[-–—]|to|and)\s?)?" + _DAY
_MONTH = rf"(?P<month>{'|'.join(sorted(_MONTH_NUMBER, key=len, reverse=True))})\b\.?"
_YEAR = r"(?P<year>1[5-9]\d\d|2[01]\d\d)"
_LEAD = (
    r"(?:in|by|until|till|since|during|before|after|early|late|mid|year|end|late-|mid-|early-"
    r"|summer|autumn|fall|spring|winter)"
)
_LOOSE_LEAD = r"(?:from|of|for|to|than|about|around|circa|as|through)"
_FREE = r"(?<![\w‑–/.,:$€£-])"
_ENDS = r"(?![\w%‰‑]|[-–/.,:]\d)"
_NO_UNIT = (
    r"(?!\s?(?:%|percent|people|m\b|km\b|kg\b|tons|tonnes|metres|euros|dollars|years|million|of\b))"
)
_NO_COUNT = r"(?!\s(?!this|across)[a-z]{3,}s\b)"  # "of 2000 jobs" is a count
_UNTIL = r"(?P<until>(?:1[5-9]|2[01])\d\d)"

_SHAPES = tuple(
    re.compile(shape)
    for shape in (
        rf"{_FREE}(?P<iso>(?:1[5-9]|2[01])\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])){_ENDS}",
        rf"{_FREE}{_DAYS}\s(?:of\s)?{_MONTH},?\s{_YEAR}{_ENDS}",
        rf"{_FREE}{_MONTH}\s{_DAYS},?\s{_YEAR}{_ENDS}",
        rf"{_FREE}{_MONTH},?\s(?:of\s)?{_YEAR}{_ENDS}",
        rf"{_FREE}(?P<season>(?i:spring|summer|autumn|fall|winter)),?\s(?:of\s)?{_YEAR}{_ENDS}",
        rf"{_FREE}(?:the\s|early[\s-]|mid[\s-]|late[\s-])(?:early[\s-]|mid[\s-]|late[\s-])?"
        rf"(?P<decade>(?:1[5-9]|2[01])\d)0[’']?s{_ENDS}",
        rf"\b(?i:from)\s{_YEAR}\s?(?:to|until|through|[-–])\s?{_UNTIL}{_ENDS}",
        rf"\b(?i:between)\s{_YEAR}\sand\s{_UNTIL}{_ENDS}",
        rf"(?i:\b(?:in|of|for|during)\s|\()(?:the\s)?{_YEAR}[-–]{_UNTIL}{_ENDS}",
        rf"(?i:\b{_LEAD}\s|\bmid[-‑]|\(|^\s*){_YEAR}{_ENDS}{_NO_UNIT}",
        rf"(?i:\b{_LOOSE_LEAD}\s){_YEAR}{_ENDS}{_NO_UNIT}{_NO_COUNT}",
    )
)
_INTRODUCED = _SHAPES[-5:]
_OPEN = re.compile(
    r"(?:no earlier than|not before|not earlier than|since|from|onwards? from|starting in)\s+"
    r"(?:the\s)?$",
    re.IGNORECASE,
)
_ABOUT = re.compile(r"(?:around|about|circa|approximately|roughly|c\.|ca\.)\s+(?:the\s)?$", re.I)


def first_written(text: str) -> Iterator[str]:
    """Yield dates in the order in which they stand."""
    text = text[:LONGEST]
    at = 0
    while match := _next(text, at):
        yield _edtf(text, match)
        at = match.end()


def _next(text: str, at: int) -> re.Match[str] | None:
    found = [match for shape in _SHAPES if (match := shape.search(text, at))]
    return min(found, key=lambda match: (_begin(match), -match.end()), default=None)


def _begin(match: re.Match[str]) -> int:
    """Where the date itself begins, behind a preposition that introduces it."""
    return match.start("year") if match.re in _INTRODUCED else match.start()


def _edtf(text: str, match: re.Match[str]) -> str:
    point = _point(match.groupdict())
    before = text[max(0, _begin(match) - 30) : _begin(match)]
    if "/" in point:
        return point
    if _ABOUT.search(before):
        return f"{point}~"
    return f"{point}/.." if _OPEN.search(before) else point


def _point(part: dict[str, str | None]) -> str:
    if part.get("iso"):
        return str(part["iso"])
    if part.get("until"):
        return f"{part['year']}/{part['until']}"
    if part.get("decade"):
        return f"{part['decade']}X"
    if part.get("season"):
        return f"{part['year']}-{_SEASON_NUMBER[str(part['season']).lower()]}"
    if not part.get("month"):
        return str(part["year"])
    month = f"{part['year']}-{_MONTH_NUMBER[str(part['month'])]:02}"
    if not part.get("day"):
        return month
    last = f"{month}-{int(str(part['day'])):02}"
    return f"{month}-{int(str(part['from'])):02}/{last}" if part.get("from") else last
