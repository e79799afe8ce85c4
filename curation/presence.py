"""Read which numbers, dates, quoted words and names of a sentence no source has.

Pure. What a source tells more exactly covers what the sentence tells roughly: 17 March 2022
covers "March 2022", and 31,860 covers "about 32,000".
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from corpus.analysis import dates as edtf
from corpus.analysis.written_dates import MONTH_NUMBER
from corpus.text.fold import fold
from curation.tenses import Place, dates

__all__ = [
    "Said",
    "any_of",
    "dates_not_in",
    "names_not_in",
    "numbers",
    "numbers_not_in",
    "quoted_not_in",
]


@dataclass(frozen=True)
class Said:
    """What the cited sources say: their words, their dates in EDTF, whom they speak of."""

    texts: tuple[str, ...] = ()
    dates: tuple[str, ...] = ()
    entities: frozenset[int] = field(default_factory=frozenset)


# --- numbers ----------------------------------------------------------------------------------

_UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen"
    " fifteen sixteen seventeen eighteen nineteen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_WORDS = {word: n for n, word in enumerate(_UNITS.split())}
_WORDS |= {word: 10 * n for n, word in enumerate(_TENS.split(), 2)} | {"dozen": 12}
_SCALES = {
    "hundred": 100,
    "thousand": 1_000,
    "k": 1_000,
    "million": 1_000_000,
    "m": 1_000_000,
    "billion": 1_000_000_000,
    "bn": 1_000_000_000,
    "trillion": 1_000_000_000_000,
}
_BIG = "hundred|thousand|million|billion|trillion"
_DIGITS = re.compile(
    r"(?<![\w.,])(?<![A-Za-z]-)(?P<money>[€$£¥]\s?)?"
    r"(?P<digits>\d{1,3}(?:[,\u00a0\u202f]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
    rf"(?:[\s\u00a0-](?P<scale>{_BIG})\b|(?P<short>bn|m|k)\b)?(?!\w)(?!\.\d)"
    r"|(?<![\w.,])(?P<joined>\d+(?:\.\d+)?)(?=(?:km|kg|m|cm|mm|t|kW|MW|W|GHz|°)\b)"
)
_SPELLED = re.compile(
    rf"\b(?P<tens>{'|'.join(_TENS.split())})(?:-(?P<ones>{'|'.join(_UNITS.split()[1:10])}))?"
    rf"(?:\s(?P<scale>{_BIG}))?\b|\b(?P<word>{'|'.join(_UNITS.split())}|dozen)(?:\s(?P<of>{_BIG}))?\b",
    re.IGNORECASE,
)
# "The two agencies" and "both of its three parts" count what is known already.
_KNOWN = re.compile(r"\b(?:the|these|those|its|their|our|whose|all|other|both)\s(?:\w+\s)?$", re.I)
_ROUGHLY = re.compile(
    r"\b(?:about|around|some|roughly|nearly|almost|approximately|close to|more than|less than|over"
    r"|under|up to|at least|at most|an estimated|fewer than)\s(?:a\s)?(?:[€$£¥]\s?)?$",
    re.IGNORECASE,
)
ROUGHLY = 0.05  # of the number


@dataclass(frozen=True)
class Number:
    place: Place
    value: float
    roughly: bool = False

    def is_covered(self, others: Collection[float]) -> bool:
        if self.value in others:
            return True
        reach = abs(self.value) * ROUGHLY
        return self.roughly and any(abs(self.value - other) <= reach for other in others)


def numbers(text: str) -> list[Number]:
    """The numbers of a text in digits and words; "one" says too little to be one."""
    found = [_number(text, match, _of_digits(match)) for match in _DIGITS.finditer(text)]
    for match in _SPELLED.finditer(text):
        value = _of_words(match)
        if value > 1:
            found.append(_number(text, match, value))
    return sorted(found, key=lambda number: number.place)


def _number(text: str, match: re.Match[str], value: float) -> Number:
    roughly = bool(_ROUGHLY.search(text[max(0, match.start() - 20) : match.start()]))
    return Number(Place(*match.span()), value, roughly)


def _of_digits(match: re.Match[str]) -> float:
    digits = re.sub("[,\u00a0\u202f]", "", match["digits"] or match["joined"])
    scale = match["scale"] or (match["short"] if match["money"] else None)
    return float(digits) * _SCALES.get(scale or "", 1)


def _of_words(match: re.Match[str]) -> float:
    part = {name: (word or "").lower() for name, word in match.groupdict().items()}
    value = _WORDS[part["word"] or part["tens"]] + _WORDS.get(part["ones"], 0)
    return float(value * _SCALES.get(part["scale"] or part["of"], 1))


def numbers_not_in(text: str, said: Said) -> list[Place]:
    values = {number.value for source in said.texts for number in numbers(source)}
    told = [*dates(text), *_days(text)]
    return [
        number.place
        for number in numbers(text)
        if not any(place.start <= number.place.start < place.end for place in told)
        and not number.is_covered(values)
        and not (text[number.place.start].isalpha() and _KNOWN.search(text[: number.place.start]))
    ]


# --- dates ------------------------------------------------------------------------------------

_MONTHS = "|".join(sorted((month for month in MONTH_NUMBER if month != "May"), key=len)[::-1])
_DAY = re.compile(
    rf"(?<![\w.,])(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s(?P<month>{_MONTHS}|May)\b(?!,?\s\d{{4}})"
    rf"|\b(?P<month_>{_MONTHS}|May)\s(?P<day_>\d{{1,2}})(?:st|nd|rd|th)?\b(?!,?\s\d{{4}})"
)
_DIRECTED = re.compile(
    r"^(?:no later than|not later than|no earlier than|not before|onwards? from"
    r"|starting (?:in|from)|by|before|until|till|since|from|after|beyond|around|about|circa"
    r"|approximately|roughly|c\.|the|early|mid|late|beginning of|start of|middle of"
    r"|end of|end|year-end)[\s‑-]+",
    re.IGNORECASE,
)
_POINTS = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?")
Span = tuple[date, date]


def _days(text: str) -> list[Place]:
    """Days without a year."""
    return [Place(*match.span()) for match in _DAY.finditer(text)]


def dates_not_in(text: str, said: Said) -> list[Place]:
    """Dates that no source gives, at least as exactly."""
    given = [span for told in said.dates for span in _spans(told)]
    given += [
        span
        for source in said.texts
        for place in dates(source)
        for span in _spans_of(source[place.start : place.end])
    ]
    missing = [
        place
        for place in dates(text)
        if not all(_covered(span, given) for span in _spans_of(text[place.start : place.end]))
    ]
    return sorted([*missing, *_days_not_in(text, given)])


def _days_not_in(text: str, given: Iterable[Span]) -> Iterator[Place]:
    days = {(first.month, first.day) for first, last in given if first == last}
    for match in _DAY.finditer(text):
        month = MONTH_NUMBER[match["month"] or match["month_"]]
        if (month, int(match["day"] or match["day_"])) not in days:
            yield Place(*match.span())


def _covered(told: Span, given: Iterable[Span]) -> bool:
    return any(told[0] <= first and last <= told[1] for first, last in given)


def _spans_of(words: str) -> list[Span]:
    """The points of time that a written date names, without "by", "since" or "early"."""
    while match := _DIRECTED.match(words):
        words = words[match.end() :]
    return _spans(edtf.first_date(f"in {words}") or words)


def _spans(told: str) -> list[Span]:
    """First and last day of what an EDTF date says; of an interval, of each end that is known."""
    found = []
    for point in told.split("/"):
        try:
            parsed = edtf.parse(point)
        except edtf.NotADate:
            continue
        if parsed.earliest and parsed.latest:
            found.append((parsed.earliest, parsed.latest))
    return found


# --- quoted words -----------------------------------------------------------------------------

_QUOTED = re.compile(r"“([^“”]+)”|\"([^\"]+)\"")
_PIECES = re.compile(r"\s*(?:…|\.\.\.|\[[^\]]*\])\s*")
_EDGES = " .,;:!?'’–—-"


def quoted_not_in(text: str, said: Said, *, whole: bool = False) -> list[Place]:
    """Words in quotation marks (of a block quotation all) that stand in no source."""
    places = [Place(0, len(text))] if whole else []
    places = places or [Place(*match.span()) for match in _QUOTED.finditer(text)]
    sources = [_plain(source) for source in said.texts]
    return [place for place in places if not _stands(text[place.start : place.end], sources)]


def _stands(words: str, sources: Iterable[str]) -> bool:
    pieces = [_plain(piece).strip(_EDGES) for piece in _PIECES.split(words.strip('“”"'))]
    return any(all(piece in source for piece in pieces) for source in sources)


def _plain(words: str) -> str:
    return " ".join(fold(words).replace("“", '"').replace("”", '"').split())


# --- names ------------------------------------------------------------------------------------


def names_not_in(
    text: str, said: Said, names: Mapping[int, tuple[str, ...]]
) -> dict[int, list[Place]]:
    """Where the text names somebody of whom no source speaks, by who it is."""
    found = {}
    for entity, aliases in names.items():
        shape = any_of(aliases)
        if shape is None or entity in said.entities or any(map(shape.search, said.texts)):
            continue
        if places := [Place(*match.span()) for match in shape.finditer(text)]:
            found[entity] = places
    return found


@lru_cache(maxsize=4096)
def any_of(names: tuple[str, ...]) -> re.Pattern[str] | None:
    """What finds these names, each as words of its own and the longest first."""
    longest = sorted((name for name in names if name), key=len, reverse=True)
    if not longest:
        return None
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest))})(?!\w)")
