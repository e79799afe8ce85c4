"""Early, late, by, before: what such words make of a year, a decade, a month, a day, in EDTF."""

import datetime

# Months of a year, or years of a decade, with ~ where people draw the line elsewhere.
_OF_A_YEAR = {
    "early": ("-01", "-04~"),
    "mid": ("-05~", "-08~"),
    "late": ("-09~", "-12"),
    "beginning": ("-01", "-03~"),
    "end": ("-10~", "-12"),
}
_OF_A_DECADE = {
    "early": ("0", "3~"),
    "mid": ("3~", "6~"),
    "late": ("6~", "9"),
    "beginning": ("0", "2~"),
    "end": ("8~", "9"),
}
_SAME = {"start": "beginning", "middle": "mid", "year-end": "end"}

BY = ("by", "until", "till", "no later than", "not later than")
AFTER = ("after", "beyond")


def part_of(point: str, part: str) -> tuple[str, str]:
    """Return where a part of a year or decade begins and ends; of a shorter time, all of it."""
    word = part.removesuffix(" of")
    word = _SAME.get(word, word)
    if point.endswith("X"):
        first, last = _OF_A_DECADE.get(word, ("0", "9"))
        return f"{point[:3]}{first}", f"{point[:3]}{last}"
    if len(point) == 4 and word in _OF_A_YEAR:
        first, last = _OF_A_YEAR[word]
        return point + first, point + last
    return point, point


def directed(direction: str, point: str, first: str, last: str, about: bool) -> str:
    """Return the date that "by", "since" and the like make of a time from first to last."""
    whole = (first, last) in ((point, point), (f"{point[:3]}0", f"{point[:3]}9"))
    if direction == "before" and (whole or not last.endswith("~")):
        return f"../{_ahead(first) if whole else last}"
    if direction == "before":
        return f"../{first}"
    if direction in BY:
        return f"../{last}"
    if direction in AFTER:
        return f"{_behind(last) if whole else last}/.."
    if direction:
        return f"{first}/.."
    if whole:
        return f"{point}~" if about and not point.endswith("X") else point
    return f"{first}/{last}"


def _ahead(point: str) -> str:
    """The day, month or year before."""
    return _moved(point, -1)


def _behind(point: str) -> str:
    return _moved(point, 1)


def _moved(point: str, step: int) -> str:
    numbers = [int(part) for part in point.split("-")]
    if len(numbers) == 1:
        return f"{numbers[0] + step:04}"
    if numbers[1] > 12:  # a season
        return point
    if len(numbers) == 2:
        return month(numbers[0], numbers[1] + step)
    try:
        return str(datetime.date(*numbers) + datetime.timedelta(days=step))
    except ValueError:
        return point


def month(year: int, number: int) -> str:
    """Return a month; the thirteenth is the first of the next year."""
    year, number = year + (number - 1) // 12, (number - 1) % 12 + 1
    return f"{year:04}-{number:02}"
