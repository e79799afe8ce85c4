"""Read when a sentence plays, and how much of it is taken back. Pure.

Each reading returns the places [start, end) of the words that do it; none where nothing does.
"""

import re
from typing import NamedTuple

from corpus.analysis import hedging
from corpus.analysis.hedging import Cue
from corpus.analysis.hedging_words import NO_PAST, PAST, words
from corpus.analysis.written_dates import written

LONGEST = hedging.LOOKED_AT
FEW_HEDGES = 1  # more than so many in one sentence leave readers with nothing


class Place(NamedTuple):
    start: int
    end: int


# --- the past -------------------------------------------------------------------------

_WORD = re.compile(r"[^\W\d_]+(?:[’'][a-z]+)?")
_NOT_YET_PAST = words(
    "is; are; be; being; will; to; may; might; could; can; should; would; must; been; has;have; not"
)
_NO_PAST_TENSE = frozenset(("has", "have", "'ve", "been", "known", "given", "led", "cut", "set"))
_AHEAD = re.compile(
    r"(?<!\ba )(?<!\bthe )(?<!\bits )(?<!\btheir )"
    r"\b(?:plans?|aims?|intends?|hopes?|expects?|wants?)\sto\b|\b(?:is|are)\s(?:\w+\s)?(?:to|due|expected|planned|scheduled|set|slated)\b|\bwill\b"
)
_YEAR = re.compile(r"(?<![\w.,/-])(?:19|20|21)\d\d(?![\w-])")


def dates(text: str) -> list[Place]:
    """Where dates stand that need no other day to be understood; a bare year is one."""
    found = [Place(each.start, each.end) for each in written(text)]
    years = (Place(*match.span()) for match in _YEAR.finditer(text))
    return sorted(
        [
            *found,
            *(
                year
                for year in years
                if not any(each.start <= year.start < each.end for each in found)
            ),
        ]
    )


def past_with_date(text: str) -> list[Place]:
    """The words in the past tense and the dates, where it has both.

    What it says is to come has to be said by somebody in the past: "was to", "said it will".
    """
    text = text[:LONGEST]
    told, when = _past(text), dates(text)
    ahead = _AHEAD.search(text)
    if not told or not when or (ahead and told[0].start > ahead.start()):
        return []
    return sorted([told[0], *when])


def _past(text: str) -> list[Place]:
    found, before = [], ""
    for match in _WORD.finditer(text):
        word = match[0].lower()
        if before not in _NOT_YET_PAST and word not in _NO_PAST_TENSE and _is_past(word):
            found.append(Place(*match.span()))
        before = "" if word.endswith("ly") and before not in _NOT_YET_PAST else before
        before = before if word.endswith("ly") else word
    return found


def _is_past(word: str) -> bool:
    return (
        word in PAST
        or word == "said"
        or (word.endswith("ed") and len(word) > 4 and word not in NO_PAST)
    )


# --- hedges -----------------------------------------------------------------------------------

_NO_HEDGES = words("""
    up to; as much as; estimated; estimate; estimates; possible; potential; chance; unnamed;
    anonymous; unconfirmed; unknown; unclear; doubtful; in doubt
""")  # quantities, and what has to be said of reports and doubts


def hedges(text: str) -> list[Cue]:
    """Words that take back what is told: what may be, and hearsay."""
    return [
        cue
        for cue in hedging.of_kind(text, "possibility", "hearsay")
        if cue.words not in _NO_HEDGES
    ]


def over_hedges(text: str) -> list[Place]:
    """More hedges than one: nobody knows any more what is told."""
    found = [Place(cue.start, cue.end) for cue in hedges(text)]
    return found if len(found) > FEW_HEDGES else []


# --- headings ---------------------------------------------------------------------------------

_ASKS = re.compile(r"(?:what|how|why|who|where|when|which|whether)\b", re.IGNORECASE)
_LEADS = re.compile(
    r"(?:the|a|an|on|in|after|before|from|towards?|about|its|their)\b", re.IGNORECASE
)


def is_a_label(heading: str) -> bool:
    """Whether a heading only says what stands below it, as "How it ended" or "The vehicle" do."""
    if _ASKS.match(heading):
        return True
    told = hedging.of_kind(heading, "past", "present", "future", "intention", "possibility")
    return bool(_LEADS.match(heading)) and not told
