"""Read how real a sentence tells its event: the cues for it, with their places and kinds.

One reading for two uses: the labels of passages, and the wording of what is to be published.
"""

import re
from functools import lru_cache
from itertools import accumulate, compress
from typing import NamedTuple

from corpus.analysis.hedging_words import ASKING, CUES, NO_PAST, NO_VERB, PAST, PRESENT

VERSION = "hedging-1"

LOOKED_AT = 2_000  # characters of a sentence
LONGEST_NAME = 4  # words, as in "asked the European Space Agency to"

_PLAIN = r"[^\W\d_]+(?:-[^\W\d_]+)*|\d+(?:[.,:]\d+)*|[^\w\s]"
_ASCII = r"[A-Za-z]+(?:-[A-Za-z]+)*|[0-9]+(?:[.,:][0-9]+)*|[^\w\s]"  # the same, found faster
_SHORTENED = r"[^\W\d_]+?(?=n['’]t\b)|n['’]t\b|['’](?:ll|d|s|re|ve|m)\b"
# Most sentences have no apostrophe, and are read three times as fast without looking for one.
_TOKEN, _ASCII_TOKEN = re.compile(f"({_PLAIN})"), re.compile(f"({_ASCII})")
_TOKEN_OR_SHORTENED = re.compile(f"({_SHORTENED}|{_PLAIN})")
_MONTH = re.compile(r"(?<=[\w,] )May\b|\bMay(?= \d)")
_YEAR_AHEAD = re.compile(r"20[3-9]\d|2[1-9]\d\d")


class Cue(NamedTuple):
    start: int
    end: int
    kind: str
    words: str  # in lower case


# What each kind of cue says, in words for people.
SAYS = {
    "possibility": "says what may be",
    "future": "says what is to come",
    "necessity": "says what should be",
    "ability": "says what is made possible",
    "hypothesis": "tells something imagined",
    "condition": "depends on a condition",
    "intention": "states an intention",
    "purpose": "says what something is for",
    "belief": "says what somebody thinks",
    "hearsay": "passes on hearsay",
    "attribution": "names who says it",
    "negation": "says that something is not so",
    "question": "asks",
    "command": "asks the reader to do something",
    "evaluation": "praises or judges",
    "past": "tells what was",
    "present": "tells what is",
    "year ahead": "names a year that is far ahead",
}

HEDGES = frozenset(("possibility", "hypothesis", "hearsay", "condition"))


def _begin() -> dict[str, tuple[tuple[tuple[str, ...], str], ...]]:
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for kind, cues in CUES.items():
        for cue in cues:
            first, *rest = cue.split()
            found.setdefault(first, []).append((tuple(rest), kind))
    for kind, words in (("past", PAST), ("present", PRESENT)):
        for word in words:
            found.setdefault(word, []).append(((), kind))
    return {
        first: tuple(sorted(ends, key=lambda end: -len(end[0]))) for first, ends in found.items()
    }


_BEGIN = _begin()
_REMEMBERED = 50_000  # words of which it is known whether a cue may begin with them


@lru_cache(maxsize=_REMEMBERED)
def _may_begin(word: str) -> bool:
    return word in _BEGIN or word == "to" or word[-2:] == "ed" or word[:1] == "2"


def read(sentence: str) -> list[Cue]:
    """Return the cues of a sentence in their order; the longest wording at a place is taken."""
    parts = _parts(sentence)
    words = _plain(parts[1::2])
    places = spots(words)
    if not places:
        return []
    edges = list(accumulate(map(len, parts)))  # where each part ends
    return [
        Cue(edges[2 * at], edges[2 * end - 1], kind, " ".join(words[at:end]))
        for at, end, kind in places
    ]


def hedges(sentence: str) -> list[Cue]:
    """The cues that take something back: what may be, hearsay, conditions, imagination."""
    return [cue for cue in read(sentence) if cue.kind in HEDGES]


def of_kind(sentence: str, *kinds: str) -> list[Cue]:
    return [cue for cue in read(sentence) if cue.kind in kinds]


def tokens(sentence: str) -> list[str]:
    return _plain(_parts(sentence)[1::2])


def _parts(sentence: str) -> list[str]:
    """What is between the words, and the words, in turns."""
    looked_at = _without_month(sentence[:LOOKED_AT])
    if "'" in looked_at or "’" in looked_at:
        return _TOKEN_OR_SHORTENED.split(looked_at)
    return (_ASCII_TOKEN if looked_at.isascii() else _TOKEN).split(looked_at)


def _without_month(sentence: str) -> str:
    """The month of May allows nothing; what stands for it has the same length."""
    return _MONTH.sub("mmm", sentence) if "May" in sentence else sentence


def _plain(words: list[str]) -> list[str]:
    """In lower case; all at once, for no word has a space in it."""
    return " ".join(words).lower().replace("’", "'").split(" ") if words else []


def spots(words: list[str]) -> list[tuple[int, int, str]]:
    """Return where cues stand among words, as (first, behind the last, kind)."""
    found: list[tuple[int, int, str]] = []
    done = 0
    for at in compress(range(len(words)), map(_may_begin, words)):  # most words begin nothing
        if at < done:
            continue
        behind = words[at + 1] if at + 1 < len(words) else ""
        for rest, kind in _BEGIN.get(words[at], ()):
            end = at + 1 + len(rest)
            if not rest or (rest[0] == behind and tuple(words[at + 1 : end]) == rest):
                found.append((at, end, kind))
                done = end
                break
        else:
            if kind := _by_form(words, at):
                found.append((at, at + 2 if words[at] == "to" else at + 1, kind))
    return found


def _by_form(words: list[str], at: int) -> str:
    """The kind of a word that no table lists."""
    word = words[at]
    if word == "to":
        if at + 1 < len(words) and _is_verb(words[at + 1]):
            asked = not ASKING.isdisjoint(words[max(0, at - LONGEST_NAME) : at])
            return "intention" if asked else "purpose"
    elif word[-2:] == "ed":
        return "past" if len(word) > 4 and word not in NO_PAST else ""
    elif word[:1] == "2" and _YEAR_AHEAD.fullmatch(word):
        return "year ahead"
    return ""


def _is_verb(word: str) -> bool:
    if word in ("be", "have"):
        return True
    if word in NO_VERB or not word.isalpha():
        return False
    return not word.endswith(("ing", "ed")) and (word[-1] != "s" or word[-2:] == "ss")
