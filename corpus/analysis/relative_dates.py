"""Find dates that count from another day: "last Tuesday", "in two years", "a year later"."""

import datetime
import re
from calendar import day_name
from collections.abc import Callable, Iterator
from typing import NamedTuple

from corpus.analysis.parts_of_time import month
from corpus.analysis.tense import Direction, direction
from corpus.analysis.written_dates import MONTH_NUMBER, SEASON_NUMBER, Written


class Day(NamedTuple):
    """A day as far as it is known: 2024, 2024-05 or 2024-05-12."""

    year: int
    month: int = 0
    day: int = 0

    @classmethod
    def of(cls, point: str) -> "Day | None":
        """Read a plain point of EDTF; of an interval, a decade or a season nothing counts."""
        parts = point.rstrip("?~%").split("-")
        if not all(part.isdigit() for part in parts) or len(parts[0]) != 4:
            return None
        numbers = [int(part) for part in parts]
        return None if len(numbers) > 1 and numbers[1] > 12 else cls(*numbers)

    @property
    def exact(self) -> datetime.date | None:
        try:
            return datetime.date(*self)
        except ValueError:
            return None


class Unresolved(Exception):
    """The message says why, for editors."""


_MONTHS = "|".join(name for name in MONTH_NUMBER if len(name) > 3 or name == "May")
_SEASONS = "|".join(SEASON_NUMBER)
_WORDS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "twelve")
_NUMBERS = {word: number for number, word in enumerate(_WORDS, 1)} | {"twelve": 12}
_COUNT = rf"(?P<count>\d{{1,3}}|{'|'.join(_NUMBERS)}|an?)"
_UNIT = r"(?P<unit>day|week|month|year|decade)s?\b"
_WHICH = r"(?P<which>last|this|next|past|coming)"
_NO_MORE = r"(?![\w’'-])"


def relative_dates(text: str, published: Day | None, written: list[Written]) -> Iterator[Written]:
    """Yield dates that count from the day of publication, or from a date written before them.

    What cannot be resolved has no date, and the reason why.
    """
    for shape, resolve in _SHAPES:
        for match in shape.finditer(text):
            before = [each for each in written if each.end <= match.start()]
            found = _Found(text, match, published, before[-1] if before else None)
            try:
                date, because = resolve(found)
            except Unresolved as reason:
                date, because = "", str(reason)
            yield Written(match.start(), match.end(), date, because)


class _Found(NamedTuple):
    text: str
    match: re.Match[str]
    published: Day | None
    before: Written | None

    def from_publication(self, needs: str) -> Day:
        """The day of publication, known to the day, month or year that is needed."""
        if self.published is None:
            raise Unresolved("it counts from the day of publication, which nobody entered")
        if not getattr(self.published, needs):
            raise Unresolved(f"it counts from the {needs} of publication, which nobody entered")
        return self.published

    @property
    def exact(self) -> datetime.date:
        exact = self.from_publication("day").exact
        if exact is None:
            raise Unresolved("there is no such day of publication")
        return exact

    @property
    def number(self) -> int:
        said = self.match["count"].lower()
        return int(said) if said.isdigit() else _NUMBERS.get(said, 1)

    def ahead(self) -> bool:
        told = direction(self.text, *self.match.span())
        if told is Direction.UNKNOWN:
            raise Unresolved("nothing near it tells whether it lies ahead or behind")
        return told is Direction.AHEAD


Resolve = Callable[[_Found], tuple[str, str]]
_COUNTED = "counted from the day of publication"


def _day_word(found: _Found) -> tuple[str, str]:
    steps = {"yesterday": -1, "tomorrow": 1}
    step = steps.get(found.match["word"].lower(), 0)
    return str(found.exact + datetime.timedelta(days=step)), _COUNTED


def _weekday(found: _Found) -> tuple[str, str]:
    exact, which = found.exact, (found.match["which"] or "").lower()
    days = (list(day_name).index(found.match["weekday"]) - exact.weekday()) % 7
    if which == "next":
        raise Unresolved("people mean the coming one or the one after it")
    if which == "this":
        return str(exact + datetime.timedelta(days=days)), _COUNTED
    if which in ("last", "past"):
        return str(exact + datetime.timedelta(days=days - 7)), _COUNTED
    if found.ahead():
        return str(exact + datetime.timedelta(days=days or 7)), f"{_COUNTED}, ahead"
    return str(exact + datetime.timedelta(days=days - 7 if days else 0)), f"{_COUNTED}, behind"


_STEPS = {"last": -1, "past": -1, "this": 0, "next": 1, "coming": 1}


def _unit(found: _Found) -> tuple[str, str]:
    step, unit = _STEPS[found.match["which"].lower()], found.match["unit"].lower()
    if unit == "week":
        monday = found.exact - datetime.timedelta(days=found.exact.weekday() - 7 * step)
        return f"{monday}/{monday + datetime.timedelta(days=6)}", _COUNTED
    if unit == "month":
        day = found.from_publication("month")
        return month(day.year, day.month + step), _COUNTED
    if unit == "decade":
        if step:
            raise Unresolved("people mean a decade of the calendar, or ten years from then")
        return f"{found.from_publication('year').year // 10}X", _COUNTED
    return f"{found.from_publication('year').year + step:04}", _COUNTED


def _season(found: _Found) -> tuple[str, str]:
    which, number = found.match["which"].lower(), SEASON_NUMBER[found.match["season"].lower()]
    day = found.from_publication("month")
    begins = {21: 3, 22: 6, 23: 9, 24: 12}[number]
    year = day.year - 1 if number == 24 and day.month < 3 else day.year
    if which == "this":
        return f"{year:04}-{number}", _COUNTED
    over = day.month >= begins + 3
    if which in ("last", "past") and not over:
        return f"{year - 1:04}-{number}", _COUNTED
    if which in ("next", "coming") and (over or day.month >= begins or year < day.year):
        return f"{year + 1:04}-{number}", _COUNTED
    raise Unresolved("people mean this year's or another year's")


def _month(found: _Found) -> tuple[str, str]:
    """ "in March", "on 12 March", without a year."""
    number, which = MONTH_NUMBER[found.match["month"]], (found.match["which"] or "").lower()
    day = found.from_publication("month")
    year = day.year
    if which == "this":
        pass
    elif which in ("last", "past"):
        year -= number >= day.month
    elif which in ("next", "coming"):
        year += number <= day.month
    elif number != day.month:
        year += (found.ahead() and number < day.month) - (not found.ahead() and number > day.month)
    point = f"{year:04}-{number:02}"
    said = found.match["day"] or found.match["day_after"]
    return f"{point}-{int(said):02}" if said else point, _COUNTED


def _ago(found: _Found) -> tuple[str, str]:
    return _steps_from(found, -found.number), _COUNTED


def _in(found: _Found) -> tuple[str, str]:
    return _steps_from(found, found.number), _COUNTED


def _steps_from(found: _Found, steps: int) -> str:
    unit = found.match["unit"].lower()
    if unit in ("day", "week"):
        days = steps * (7 if unit == "week" else 1)
        return f"{found.exact + datetime.timedelta(days=days)}{'~' if unit == 'week' else ''}"
    if unit == "month":
        day = found.from_publication("month")
        return f"{month(day.year, day.month + steps)}~"
    year = found.from_publication("year").year + steps * (10 if unit == "decade" else 1)
    return f"{year:04}~"


def _within(found: _Found) -> tuple[str, str]:
    unit = found.match["unit"].lower()
    if unit in ("day", "week"):
        return f"{found.exact}/{_steps_from(found, found.number).rstrip('~')}~", _COUNTED
    day = found.from_publication("month" if unit == "month" else "year")
    first = f"{day.year:04}-{day.month:02}" if unit == "month" else f"{day.year:04}"
    return f"{first}/{_steps_from(found, found.number)}", _COUNTED


def _of_the_decade(found: _Found) -> tuple[str, str]:
    decade = found.from_publication("year").year // 10
    said = found.match["part"].lower()
    if said.startswith(("by", "before")):
        return f"../{decade}9", _COUNTED
    if said.startswith("later"):
        return f"{found.from_publication('year').year:04}/{decade}9", _COUNTED
    return f"{decade}8~/{decade}9", f"{_COUNTED}; the end is taken roughly"


def _later(found: _Found) -> tuple[str, str]:
    """ "two years later": counted from the date written before it."""
    day = Day.of(found.before.date) if found.before else None
    if found.before is None or day is None:
        raise Unresolved("it counts from a date that is not written before it")
    said, unit = found.match.groupdict().get("said") or "later", found.match["unit"].lower()
    steps = found.number * (-1 if said.lower() in ("earlier", "before") else 1)
    words = found.text[found.before.start : found.before.end]
    because = f"counted from “{words}” before it"
    if unit in ("year", "decade"):
        return f"{day.year + steps * (10 if unit == 'decade' else 1):04}~", because
    if unit == "month" and day.month:
        return f"{month(day.year, day.month + steps)}~", because
    if unit in ("day", "week") and day.exact:
        moved = day.exact + datetime.timedelta(days=steps * (7 if unit == "week" else 1))
        return f"{moved}{'~' if unit == 'week' else ''}", because
    raise Unresolved("the date before it is not known well enough to count from")


def _shape(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-]){words}{_NO_MORE}")


_NO_YEAR = r"(?!,?\s(?:of\s)?\d)"
_NO_DATE = rf"(?!,?\s(?:the\s)?(?:\d|(?:{_MONTHS})\b))"
_WEEKDAYS = "|".join(day_name)
_SHAPES: list[tuple[re.Pattern[str], Resolve]] = [
    (_shape(r"(?P<word>(?i:yesterday|tomorrow)|(?<=[a-z,] )today)"), _day_word),
    (
        _shape(rf"(?:(?:on\s)?(?i:{_WHICH})\s|[Oo]n\s)(?P<weekday>{_WEEKDAYS}){_NO_DATE}"),
        _weekday,
    ),
    (_shape(rf"(?<!the )(?<!The )(?i:{_WHICH}\s(?P<unit>week|month|year|decade))"), _unit),
    (_shape(rf"(?i:{_WHICH}\s(?P<season>{_SEASONS}))"), _season),
    (
        _shape(
            r"(?:(?:[Ii]n|[Bb]y|[Ss]ince|[Uu]ntil)\s(?:(?:early|mid|late)[\s-])?"
            rf"|[Oo]n\s(?P<day>\d{{1,2}})\s|(?i:{_WHICH})\s|[Oo]n\s(?=(?:{_MONTHS})\s\d))"
            rf"(?P<month>{_MONTHS})(?:\s(?P<day_after>\d{{1,2}})(?:st|nd|rd|th)?)?{_NO_YEAR}"
        ),
        _month,
    ),
    (_shape(rf"(?i:{_COUNT}\s{_UNIT}\sago)"), _ago),
    (
        _shape(
            r"(?i:(?:within|over\sthe\s(?:next|coming)|in\sthe\s(?:next|coming))"
            rf"\s{_COUNT}\s{_UNIT})(?!\sof)"
        ),
        _within,
    ),
    (_shape(rf"(?i:in\s{_COUNT}\s{_UNIT}(?:[’']?\stime)?)(?=[.,;)]|\sfrom\snow|$)"), _in),
    (
        _shape(
            r"(?i:(?P<part>by|before|at|towards?|later)\s(?:the\send\sof\s)?(?:the|this)\sdecade)"
        ),
        _of_the_decade,
    ),
    (_shape(rf"(?i:{_COUNT}\s{_UNIT}\s(?P<said>later|earlier|before|afterwards?))"), _later),
    (_shape(rf"(?i:(?P<count>the)\sfollowing\s{_UNIT})"), _later),
]
