"""Find dates as English texts write them, and say them in EDTF."""

import re
from calendar import month_name
from collections.abc import Iterator
from typing import NamedTuple

from corpus.analysis.parts_of_time import directed, part_of

LONGEST = 10_000  # characters that are looked at


class Written(NamedTuple):
    """A date as it is written at [start, end), and how it is read."""

    start: int
    end: int
    date: str  # EDTF; whether there is such a day is not looked at
    because: str


_MONTHS = month_name[1:]
MONTH_NUMBER = {
    spelling: number
    for number, month in enumerate(_MONTHS, 1)
    for spelling in (month, month[:3], "Sept" if number == 9 else month)
}
SEASON_NUMBER = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}

_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_DAYS = r"(?:(?P<from>\d{1,2})(?:st|nd|rd|th)?\s?(?:[-–—]|to|and)\s?)?" + _DAY
_MONTH = rf"(?P<month>{'|'.join(sorted(MONTH_NUMBER, key=len, reverse=True))})\b\.?"
_YEAR = r"(?P<year>1[5-9]\d\d|2[01]\d\d)"
_LEAD = (
    r"(?:in|by|until|till|since|during|before|after|beyond|early|late|mid|year|end|late-|mid-|early-"
    r"|summer|autumn|fall|spring|winter)"
)
_LOOSE_LEAD = r"(?:from|of|for|to|than|about|around|circa|as|through)"
_FREE = r"(?<![\w‑–/.,:$€£-])"
_ENDS = r"(?![\w%‰‑]|[-–/.,:]\d)"
_NO_UNIT = (
    r"(?!\s?(?:%|°|UTC|GMT|E[SD]T|hours|hrs|percent|people"
    r"|m\b|km\b|kg\b|tons|tonnes|metres|euros|dollars|years|million|of\b))"
)
_NO_COUNT = r"(?!\s(?!this|across)[a-z]{3,}s\b)"  # "of 2000 jobs" is a count
_EVENTS = "launch|landing|flight|date|deadline|target|deal|agreement|report|study|budget|flyby"
_UNTIL = r"(?P<until>(?:1[5-9]|2[01])\d\d)"

_SHAPES = tuple(
    re.compile(shape)
    for shape in (
        rf"{_FREE}(?P<iso>(?:1[5-9]|2[01])\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])){_ENDS}",
        rf"{_FREE}{_DAYS}\s(?:of\s)?{_MONTH},?\s{_YEAR}{_ENDS}",
        rf"{_FREE}{_MONTH}\s{_DAYS},?\s{_YEAR}{_ENDS}",
        rf"{_FREE}{_MONTH},?\s(?:of\s)?{_YEAR}{_ENDS}",
        rf"{_FREE}(?P<season>(?i:spring|summer|autumn|fall|winter)),?\s(?:of\s)?{_YEAR}{_ENDS}",
        rf"{_FREE}(?i:Q(?P<q>[1-4])|(?P<nth>first|second|third|fourth|last)[\s-](?P<of>quarter|half))"
        rf"(?:,?\s(?:of\s)?){_YEAR}{_ENDS}",
        rf"{_FREE}(?:the|[Ee]arly|[Mm]id|[Ll]ate)[\s‑-](?:early[\s-]|mid[\s-]|late[\s-])?"
        rf"(?P<decade>(?:1[5-9]|2[01])\d)0[’']?s{_ENDS}",
        rf"\b(?i:an?|its|their|the|planned|scheduled)\s{_YEAR}(?=\s(?:{_EVENTS})\b)",
        rf"\b(?i:from)\s{_YEAR}\s?(?:to|until|through|[-–])\s?{_UNTIL}{_ENDS}",
        rf"\b(?i:between)\s{_YEAR}\sand\s{_UNTIL}{_ENDS}",
        rf"(?i:\b(?:in|of|for|during)\s|\()(?:the\s)?{_YEAR}[-–]{_UNTIL}{_ENDS}",
        rf"(?i:\b{_LEAD}\s|\bmid[-‑]|\(|^\s*){_YEAR}{_ENDS}{_NO_UNIT}",
        rf"(?i:\b{_LOOSE_LEAD}\s){_YEAR}{_ENDS}{_NO_UNIT}{_NO_COUNT}",
    )
)
_INTRODUCED = _SHAPES[-6:]
_BEFORE = re.compile(
    r"(?:\b(?P<direction>no later than|not later than|no earlier than|not earlier than|not before"
    r"|onwards? from|starting in|starting from|by|before|until|till|since|from|after|beyond)\s+)?"
    r"(?P<about>\b(?:around|about|circa|approximately|roughly|c\.|ca\.)\s+)?(?:the\s+)?"
    r"(?:\b(?P<part>early|mid|late|beginning of|start of|middle of|end of|end|year-end)[\s‑-]+)?"
    r"(?:the\s+)?$",
    re.IGNORECASE,
)


_ONWARDS = re.compile(r"\s(?:on|onwards?)\b")
_NOT = re.compile(r"\b(?:not|never|no)\b[^.!?\n]*$|n[’']t\b[^.!?\n]*$")


def written(text: str) -> Iterator[Written]:
    """Yield dates in the order in which they stand."""
    text = text[:LONGEST]
    at = 0
    while match := _next(text, at):
        yield _read(text, match, at)
        at = match.end()


def _next(text: str, at: int) -> re.Match[str] | None:
    found = [match for shape in _SHAPES if (match := shape.search(text, at))]
    return min(found, key=lambda match: (_begin(match), -match.end()), default=None)


def _begin(match: re.Match[str]) -> int:
    """Where the date itself begins, behind words that introduce it."""
    if match.re.groupindex.keys() & {"decade"}:
        return match.start("decade")
    return match.start("year") if match.re in _INTRODUCED else match.start()


def _read(text: str, match: re.Match[str], after: int) -> Written:
    point, begin = _point(match.groupdict()), _begin(match)
    said = _BEFORE.search(text[max(after, begin - 40) : begin])
    if "/" in point or said is None:
        return Written(begin, match.end(), point, "")
    start = begin - (len(said[0]) if said.group("direction", "about", "part") != (None,) * 3 else 0)
    direction, part = (said["direction"] or "").lower(), (said["part"] or "").lower()
    if direction == "from" and not _ONWARDS.match(text, match.end()):
        direction = ""  # "research from 2014"
    if direction in ("until", "till", "before") and _NOT.search(text[max(0, start - 40) : start]):
        direction = "no earlier than"  # "not launched until 2010"
    first, last = part_of(point, part)
    date = directed(direction, point, first, last, bool(said["about"]))
    because = f"“{part}” is taken roughly" if part and (first, last) != (point, point) else ""
    return Written(start, match.end(), date, because)


def _point(part: dict[str, str | None]) -> str:
    if part.get("iso"):
        return str(part["iso"])
    if part.get("until"):
        return f"{part['year']}/{part['until']}"
    if part.get("decade"):
        return f"{part['decade']}X"
    if part.get("q") or part.get("of"):
        return _stretch(part)
    if part.get("season"):
        return f"{part['year']}-{SEASON_NUMBER[str(part['season']).lower()]}"
    if not part.get("month"):
        return str(part["year"])
    month = f"{part['year']}-{MONTH_NUMBER[str(part['month'])]:02}"
    if not part.get("day"):
        return month
    last = f"{month}-{int(str(part['day'])):02}"
    return f"{month}-{int(str(part['from'])):02}/{last}" if part.get("from") else last


_NTH = {"first": 1, "second": 2, "third": 3, "fourth": 4}


def _stretch(part: dict[str, str | None]) -> str:
    """A quarter or half of a year, by its months."""
    months = 6 if (part["of"] or "").lower() == "half" else 3
    last = 12 // months
    number = int(part["q"] or _NTH.get((part["nth"] or "").lower(), last))
    number = min(number, last)
    first = (number - 1) * months + 1
    return f"{part['year']}-{first:02}/{part['year']}-{first + months - 1:02}"
