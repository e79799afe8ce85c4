"""When a document was published, and how that is known."""

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from corpus.analysis.dates import NotADate, first_date, parse

_MOMENT = re.compile(r"(\d{4}-\d\d-\d\d)[T ]\d\d:?\d\d")
_COMPACT = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)(?:T?(?:\d{4}|\d{6})Z?)?")
_SLASHED = re.compile(r"(\d{4})/(\d\d)/(\d\d)")
_SECONDS = re.compile(r"(\d{9,10})(?:\.\d+)?|(\d{12,13})")  # or milliseconds since 1970


def as_given(words: str) -> str:
    """Return a date of a collection's field as EDTF: the day on which it was said, where it was.

    Raise NotADate for what may mean two days, such as 03/04/2024.
    """
    words = words.strip()
    for shape in (_MOMENT, _SLASHED, _COMPACT):
        if found := shape.match(words) if shape is _MOMENT else shape.fullmatch(words):
            return parse("-".join(found.groups())).text
    if found := _SECONDS.fullmatch(words):
        seconds = int(found[1]) if found[1] else int(found[2]) / 1000
        return datetime.fromtimestamp(seconds, UTC).date().isoformat()
    try:
        return parse(words).text
    except NotADate:
        if day := _as_in_mail(words) or _written_out(words):
            return day
        raise


def dateline(text: str) -> str:
    """Return the day in a short line near the top that ends in it, such as "Paris, 2 May 2024".

    The first line is a headline more often than not, and dates in it are the story's.
    """
    lines = [line.strip() for line in text[:4000].split("\n") if line.strip()]
    for line in lines[1:_LINES_OF_A_HEAD]:
        if len(line) > _LONGEST_DATELINE or not _ENDS_IN_A_DATE.search(line):
            continue
        words = len(line.split())
        found = first_date(line)
        if found and _DAY.fullmatch(found) and words <= _WORDS_BEFORE_THE_DATE + 3:
            return found
    return ""


def date_in_name(stem: str) -> str:
    """Return the day with which a file's name begins."""
    written = _DATED_NAME.match(stem)
    try:
        return parse(written[0]).text if written else ""
    except NotADate:
        return ""


_DATED_NAME = re.compile(r"\d{4}-\d\d-\d\d(?!\d)")
_LINES_OF_A_HEAD = 8
_LONGEST_DATELINE = 80
_WORDS_BEFORE_THE_DATE = 6
_ENDS_IN_A_DATE = re.compile(r"\d{4}$|\d{4}-\d\d-\d\d$")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_WORDS_OF_A_DATE = 5  # "Thursday, 2 May 2024" and an hour


def _as_in_mail(words: str) -> str:
    """Read "Thu, 02 May 2024 10:00:00 +0200", as feeds and mails write it."""
    if len(words) > 60 or not re.search(r"\d:\d\d", words):
        return ""
    try:
        return parsedate_to_datetime(words).date().isoformat()
    except (ValueError, IndexError, TypeError):
        return ""


def _written_out(words: str) -> str:
    """Read a date with a month in letters, where nothing else stands in the field."""
    few = len(words.split()) <= _WORDS_OF_A_DATE and any(map(str.isalpha, words))
    return (first_date(words) or "") if few else ""
