"""Hints on how credible a report is: reasons that a person may tick, each with its words.

Never a number: how far something is believed is said by people. Only what reports is looked at.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from corpus.analysis.speech import is_named
from corpus.text.fold import like_lower
from corpus.text.segment import Cut

VERSION = "hints-1"

VAGUE, PADDED = "vague", "padded"
SPEAKER_NOT_TRACED, CONTRADICTS_ITSELF = "speaker_not_traced", "contradicts_itself"

LOOKED_AT = 1_000  # characters of a passage
MOST = 5  # hints of one kind that a document lists
SAID_AGAIN = 0.15  # share of a text that says again what it said
OPENING = 60  # characters of words that are shown


class Hint(NamedTuple):
    reason: str  # as people tick it
    because: str


def of_passages(
    text: str, cuts: Sequence[Cut], labels: Sequence[str], repeats: Mapping[int, int]
) -> dict[int, list[Hint]]:
    """Return the hints on passages that are suggested as news, by their index."""
    found: dict[int, list[Hint]] = defaultdict(list)
    told: dict[tuple[str, str], dict[str, int]] = defaultdict(dict)
    low = like_lower(text)
    by_nobody, unclear = _in_sight(_BY_NOBODY, low), _in_sight(_UNCLEAR, low)
    for at, (cut, label) in enumerate(zip(cuts, labels, strict=True)):
        if label != "news":
            continue
        end = min(cut.end, cut.start + LOOKED_AT)
        words = text[cut.start : end]
        found[at] += _of_passage(words, low[cut.start : end], by_nobody, unclear)
        if at in repeats:
            found[at].append(Hint(PADDED, "says again what stands above"))
            continue
        for about, year in _years(words):
            told[about].setdefault(year, at)
    for (subject, act), years in told.items():
        for at, because in _differing(subject, act, years):
            found[at].append(Hint(CONTRADICTS_ITSELF, because))
    return {at: list(dict.fromkeys(some)) for at, some in found.items() if some}


def of_document(
    cuts: Sequence[Cut], found: Mapping[int, Sequence[Hint]], published: str
) -> list[Hint]:
    """Return the hints on a document from those on its passages, and from its date."""
    hints = []
    if not published:
        hints.append(Hint(VAGUE, "undated: nothing says when it was published"))
    for reason in (CONTRADICTS_ITSELF, SPEAKER_NOT_TRACED):
        every = [each.because for at in sorted(found) for each in found[at]]
        kind = {each.because for some in found.values() for each in some if each.reason == reason}
        hints += [Hint(reason, words) for words in dict.fromkeys(every) if words in kind][:MOST]
    again = [at for at in found if any(each.reason == PADDED for each in found[at])]
    share = _length(cuts, again) / max(1, _length(cuts, range(len(cuts))))
    if share >= SAID_AGAIN:
        hints.append(Hint(PADDED, f"{share:.0%} of it says again what it said before"))
    return hints


def _length(cuts: Sequence[Cut], some: Sequence[int] | range) -> int:
    return sum(cuts[at].end - cuts[at].start for at in some)


# --- one passage ------------------------------------------------------------------------------

_SAYS = (
    r"(?:say|said|says|believes?|believed|claim(?:s|ed)?|think|thinks|suggest(?:s|ed)?"
    r"|warn(?:s|ed)?|argue[sd]?|predict(?:s|ed)?|agree[sd]?|expect(?:s|ed)?|estimate[sd]?"
    r"|insist(?:s|ed)?|told|hint(?:s|ed)?|fear(?:s|ed)?)"
)
_SOMEBODY = (
    r"(?:experts?|analysts?|insiders?|observers?|critics|commentators?|specialists?"
    r"|officials?|scientists|engineers|researchers|(?:anonymous |unnamed |other )?sources?)"
)
# Each behind words of which one stands wherever it fits: these are quick to look for.
_Shapes = Sequence[tuple[Sequence[str], re.Pattern[str]]]
_BY_NOBODY: _Shapes = (
    (
        (
            "expert", "analyst", "insider", "observer", "critics", "commentator", "specialist",
            "official", "scientists", "engineers", "researchers", "source",
        ),
        re.compile(
            rf"\b(?:some|many|most|several|other|leading|industry|space|security)?\s*{_SOMEBODY}"
            r"(?: (?:close to|familiar with|inside|with knowledge of) [^.,;]{1,60}?)?"
            rf",? (?:have )?{_SAYS}\b",
            re.IGNORECASE,
        ),
    ),
    (
        ("according to ",),
        re.compile(
            r"\baccording to (?:some |many |several |unnamed |anonymous |various )?"
            r"(?:experts|analysts|insiders|observers|sources?|reports|rumou?rs|some)\b"
            r"(?! (?:by|from|of|at) )",
            re.IGNORECASE,
        ),
    ),
    (
        ("rumor has it", "rumour has it", "it is "),
        re.compile(
            r"\b(?:rumou?r has it|it is (?:rumou?red|understood|said|believed) that)\b", re.I
        ),
    ),
    (
        ("condition of anonymity",),
        re.compile(r"\b(?:on|under|speaking on) (?:the )?condition of anonymity\b", re.IGNORECASE),
    ),
)  # fmt: skip
_OF_A_BODY = re.compile(r"(?:\b[A-Z][\w.&-]*(?:['’]s)?|\b(?:its|their|his|her)) $")

_UNCLEAR: _Shapes = (
    (
        (
            "in the ", "sooner or later", "some day", "someday", "at some point", "various ",
            "a number of ", "certain ", "and so on", "and others", "etc.",
        ),
        re.compile(
            r"\b(?:in the (?:near|not too distant|coming) (?:future|years)|sooner or later"
            r"|some ?day|at some point|various (?:partners|countries|bodies|stakeholders)"
            r"|a number of \w+"
            r"|certain (?:partners|countries|parties)|and so on|and others|etc\.)",
            re.IGNORECASE,
        ),
    ),
)  # fmt: skip


def _in_sight(shapes: _Shapes, low: str) -> _Shapes:
    """Leave out what the whole text has no word of."""
    sought = (([word for word in needed if word in low], shape) for needed, shape in shapes)
    return [(needed, shape) for needed, shape in sought if needed]


def _of_passage(words: str, low: str, by_nobody: _Shapes, unclear: _Shapes) -> Iterator[Hint]:
    if said := _unnamed_speaker(words, low, by_nobody):
        yield Hint(SPEAKER_NOT_TRACED, f"“{said}”: nobody is named")
    for needed, shape in unclear:
        said_so = _holds(low, needed) and shape.search(words)
        if said_so and not is_named(words) and not any(map(str.isdigit, words)):
            yield Hint(VAGUE, f"“{said_so[0]}”: names nobody, and no day or number")


def _unnamed_speaker(words: str, low: str, by_nobody: _Shapes) -> str:
    for needed, shape in by_nobody:
        if not _holds(low, needed):
            continue
        for match in shape.finditer(words):
            if not _OF_A_BODY.search(words[: match.start()] + " ") and not _named_in(match[0]):
                return _short(match[0])
    return ""


def _holds(low: str, words: Sequence[str]) -> bool:
    return any(word in low for word in words)


def _named_in(said: str) -> bool:
    """Whether a body stands among the words, as in "NASA officials say"."""
    return any(word[:1].isupper() for word in said.split()[1:] if len(word) > 1)


def _short(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) <= OPENING else words[: OPENING - 1].rstrip() + "…"


# --- two values of one thing ------------------------------------------------------------------

_CENTURIES = ("19", "20")
_ACTS = (
    "launched", "founded", "established", "signed", "lifted off", "landed", "touched down",
    "formed",
)  # fmt: skip
_ONCE = re.compile(
    r"(?P<subject>[A-Z][\w-]*(?: (?:[A-Z][\w-]*|\d+)){0,4})"
    r" (?:(?:was|were|is|had been|has been) )?(?:successfully |finally |first )?"
    rf"(?P<act>{'|'.join(_ACTS)})"
    r"(?: by (?:the )?[A-Z][\w-]*(?: [A-Z][\w-]*){0,4})?"
    r"(?: (?:from|aboard|atop|at|on) (?:an? |the )?[A-Z][\w-]*(?: [A-Z0-9][\w-]*){0,4})?"
    r",? (?:back |as early as )?(?:in|on) (?:(?:early|late|mid-?) ?)?"
    r"(?:\d{1,2} )?(?:(?:January|February|March|April|May|June|July|August|September|October"
    r"|November|December) )?(?:\d{1,2}, )?(?P<year>(?:19|20)\d\d)\b(?! and )"
)
_OPEN = re.compile(
    r"\b(?:plan(?:ned|s)?|schedul\w+|originally|would|will|could|might|if|postponed|delayed"
    r"|again|another|second|third|next|previously|not)\b|n['’]t\b",
    re.IGNORECASE,
)
# Rockets go up again and again.
_OFTEN = re.compile(
    r"\b(?:Ariane|Atlas|Delta|Falcon|Soyuz|Proton|Vega|Long March|Electron|Starship|Starlink"
    r"|Shuttle|Progress|Dragon|Rocket|Rockets|It|He|She|They|This|That|Both|Another|One|The|Mission)\b"
)


def _years(words: str) -> Iterator[tuple[tuple[str, str], str]]:
    if not _holds(words, _CENTURIES) or not _holds(words, _ACTS) or _OPEN.search(words):
        return
    for match in _ONCE.finditer(words):
        subject = match["subject"].removeprefix("The ")
        if not _OFTEN.search(subject):
            yield (subject, match["act"]), match["year"]


def _differing(subject: str, act: str, years: Mapping[str, int]) -> Iterator[tuple[int, str]]:
    if len(years) < 2:
        return
    told = " and ".join(sorted(years))
    for at in years.values():
        yield at, f"{subject}: “{act}” is told of {told}"
