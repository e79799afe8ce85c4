"""Suggest who first said what a text reports, from its byline and its lead."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from corpus.analysis.countries import COUNTRY_OF
from corpus.analysis.mentions import Found

VERSION = "origins-1"
LEAD = 4  # sentences that tell what a text reports; later ones quote others in passing
HEAD = 600  # characters in which a byline stands
LONGEST = 200  # characters of the words of an origin

AGENCIES = (
    "AFP", "Agence France-Presse", "AP", "Associated Press", "ANI", "ANSA", "Belga", "Bloomberg",
    "CNA", "Dow Jones", "DPA", "dpa", "EFE", "IANS", "Interfax", "Kyodo", "Kyodo News", "Lusa",
    "NTB", "PA", "PA Media", "PTI", "RIA Novosti", "Reuters", "Sputnik", "TASS", "TT", "UPI",
    "Xinhua", "Yonhap",
)  # fmt: skip


class Origin(NamedTuple):
    """Who may have said it first: words of the text, the entity if known, and what decided."""

    start: int
    end: int
    words: str
    entity: int | None
    because: str


def suggest_origin(
    text: str, lead: Sequence[tuple[int, int]], names: Iterable[Found] = ()
) -> Origin | None:
    """Return the likeliest origin, or None.

    `lead` is where the sentences of the piece stand, in order; `names` the names found in it.
    """
    known = _known(names)
    for start, end in _bylines(text):
        return _origin(text, start, end, known, text[start:end], "the byline says")
    for start, end in lead[:LEAD]:
        sentence = text[start:end]
        for telling in _TELLING:
            for match in telling.shape.finditer(sentence):
                if place := telling.place(text, start, end, match, known):
                    first, last = sorted((*match.span(), place[0] - start, place[1] - start))[::3]
                    said = sentence[first:last]
                    return _origin(text, *place, known, said, "the lead says")
    return None


def _known(names: Iterable[Found]) -> dict[tuple[int, int], int | None]:
    """Places of names that the text leaves no doubt about; None where two fit alike."""
    known: dict[tuple[int, int], int | None] = {}
    for name in names:
        if name.rank == 1 and not name.doubtful:
            place = name.start, name.end
            known[place] = None if place in known else name.entity
    return known


def _origin(
    text: str,
    start: int,
    end: int,
    known: dict[tuple[int, int], int | None],
    said: str,
    where: str,
) -> Origin:
    words = " ".join(text[start:end].split())[:LONGEST]
    because = f"{where} “{' '.join(said.split())}”"
    return Origin(start, end, words, known.get((start, end)), because[:300])


# --- bylines ----------------------------------------------------------------------------------

_AGENCY = "|".join(sorted(map(re.escape, AGENCIES), key=len, reverse=True))
_DATELINE = r"[A-ZÀ-Þ][A-ZÀ-Þ .,'’-]{1,40}?(?:,?\s[A-Z][a-z]+\.?\s\d{1,2})?\s?"
_BYLINES = (
    re.compile(rf"^(?:{_DATELINE})?\((?P<who>{_AGENCY}|[A-Z]{{2,6}})\)\s?[-‐-―:]", re.MULTILINE),
    re.compile(rf"^\W{{0,3}}(?:[Bb]y\s|©\s?)?(?P<who>{_AGENCY})\W{{0,3}}$", re.MULTILINE),
    re.compile(
        r"^(?:Source|SOURCE|Press release(?: by| from)?|Issued by)\s?:?\s"
        r"(?P<who>[A-ZÀ-Þ][^\n.;]{1,60})\.?$",
        re.MULTILINE,
    ),
    re.compile(rf"[.”\"]\s[(–—-]\s?(?P<who>{_AGENCY})\)?\s*$"),
)


def _bylines(text: str) -> Iterator[tuple[int, int]]:
    head, tail = text[:HEAD], max(0, len(text) - HEAD)
    for shape in _BYLINES:
        if match := shape.search(head) or shape.search(text, tail):
            yield match.span("who")


# --- sentences that say who said it -----------------------------------------------------------

_NAME = re.compile(
    r"(?:Dr\.?\s|Prof\.?\s)?[A-ZÀ-Þ][\w&’'.-]*\w"
    r"(?:\s(?:(?:of|for|de|du|von|and)\s(?:the\s)?)?[A-ZÀ-Þ][\w&’'-]*\w){0,7}"
)
_NOBODY = re.compile(
    r"(?:The|This|That|In|On|At|It|He|She|They|We|But|And|Experts?|Officials?|Scientists?|Some"
    r"|Congress|Parliament|January|February|March|April|May|June|July|August|September|October"
    r"|November|December|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)$"
)
_BOUND = re.compile(
    r"(?:(?<!Dr)(?<!Mr)(?<!Ms)(?<!Prof)\.|[,;:—–(“\"])(?=\s|$)|\s[—–]\s|[“\"]|\s(?:that|who|which)\s"
)
_FAR = 110  # characters between what tells and the name
_WORDS_BETWEEN = 5  # "according to a report by the"
_OFFICE = re.compile(r"\s(?:[a-z]+\s)?(?:government|agency|ministry|authorities|army|embassy)\b")

Place = tuple[int, int] | None
Known = dict[tuple[int, int], int | None]


def _behind(text: str, start: int, end: int, match: re.Match[str], known: Known) -> Place:
    """The first name behind the words, before the next comma."""
    begin = start + match.end()
    stop = _BOUND.search(text, begin, min(end, begin + _FAR))
    found = _all(text, begin, stop.start() if stop else min(end, begin + _FAR), known)
    place = next(found, None)
    return place if place and len(text[begin : place[0]].split()) <= _WORDS_BETWEEN else None


def _ahead(text: str, start: int, end: int, match: re.Match[str], known: Known) -> Place:
    """The last name before the words, in their own clause."""
    begin = max(start, start + match.start() - _FAR)
    bounds = [
        bound.end() for bound in re.finditer(r"[;—–“”\"]|\.\s", text[begin : start + match.start()])
    ]
    begin += bounds[-1] if bounds else 0
    places = list(_all(text, begin, start + match.start(), known))
    return places[-1] if places else None


def _told(text: str, start: int, end: int, match: re.Match[str], known: Known) -> Place:
    """Whom it was told, if that is somebody who reports; else who told it."""
    begin = start + match.end()
    heard = _NAME.match(text, begin, end)
    if heard and not _NOBODY.match(heard[0]):
        return _exact(text, *heard.span(), known)
    return _ahead(text, start, end, match, known)


def _all(text: str, begin: int, end: int, known: Known) -> Iterator[tuple[int, int]]:
    """Names in a stretch of text; a known one inside a longer one counts as itself."""
    at = begin
    while match := _NAME.search(text, at, end):
        at = match.end()
        office = _OFFICE.match(text, at)
        if match[0].casefold() in COUNTRY_OF:  # "the Japanese government"
            if office:
                yield match.start(), office.end()
        elif not _NOBODY.match(match[0]):
            yield _exact(text, *match.span(), known)


def _exact(text: str, start: int, end: int, known: Known) -> tuple[int, int]:
    inside = [place for place in known if start <= place[0] < end]
    if inside:
        return inside[0]
    return start, end - (2 if text[start:end].endswith(("'s", "’s")) else 0)


class _Tells(NamedTuple):
    shape: re.Pattern[str]
    place: Callable[[str, int, int, re.Match[str], Known], Place]


_VERBS = r"(?:said|says|announced|stated|confirmed|wrote|added|explained)"
_PAPER = (
    r"(?:joint\s|press\s|news\s|written\s|blog\s|official\s)*"
    r"(?:statement|release|post|interview|briefing)"
)
_DAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_TELLING = tuple(
    _Tells(re.compile(words), place)
    for words, place in (
        (r"\b(?:first\s)?(?:reported|published|released|issued)\sby\b", _behind),
        (rf"\b{_PAPER}\s(?:by|from|of)\b", _behind),
        (rf"\b{_VERBS}\s(?:[\w’'-]+\s){{0,4}}?in\san?\s{_PAPER}", _ahead),
        (rf"\b[Ii]n\san?\s{_PAPER},?(?=\s)", _behind),
        (r"\btold\s", _told),
        (r"\b[Aa]ccording\sto\b", _behind),
        (rf"\b(?:reported|reports)\s(?=that\b|on\s{_DAY})", _ahead),
    )
)
