"""What needs no thought: the simple ways that the suggestions have to beat."""

import re
from collections.abc import Callable
from typing import Any

from corpus.analysis.known_bodies import Known
from corpus.measuring.sets import Item

Predict = Callable[[Item], dict[str, Any]]

_PHRASES = re.compile(
    r"\b(?:read more|click here|subscribe|newsletter|sign up|log ?in|share (?:this|on)|follow us"
    r"|leave a (?:reply|comment)|comments?$|related (?:posts|articles|stories)|all rights reserved"
    r"|privacy policy|terms of (?:use|service)|cookies?|advertisement|sponsored|copyright|©)",
    re.IGNORECASE,
)
_CLOSED = re.compile(r"[.!?…。][\"'”’)\]]*\s*$")
_FORECAST = re.compile(
    r"\b(?:will|would|could|may|might|should|shall|expect(?:s|ed)?|plan(?:s|ned)?|going to|aims?"
    r"|likely|future|hope[sd]?|predict\w*|forecast\w*)\b",
    re.IGNORECASE,
)
_UNCERTAIN = re.compile(
    r"\b(?:may|might|could|would|should|if|perhaps|maybe|possibl[ey]|probabl[ey]|likely|seems?"
    r"|appears?|suggests?|believe[sd]?|think|unclear|whether|expect(?:s|ed)?|reportedly)\b",
    re.IGNORECASE,
)


def _lines(flag: Callable[[str], bool]) -> Predict:
    return lambda item: {"flag": [int(flag(text)) for text in item.texts]}


def _labels(words: re.Pattern[str]) -> Predict:
    return lambda item: {"score": float(bool(words.search(item.texts[0])))}


def _everything(item: Item) -> dict[str, Any]:
    return {"score": 1.0, "flag": [1] * len(item.texts)}


LINES = {
    "phrase list": _lines(lambda text: bool(_PHRASES.search(text))),
    "no end punctuation": _lines(lambda text: not _CLOSED.search(text)),
    "flag all": _everything,
}
FORECAST = {"word list": _labels(_FORECAST), "flag all": _everything}
UNCERTAIN = {"word list": _labels(_UNCERTAIN), "flag all": _everything}


def overlap(item: Item) -> dict[str, Any]:
    """Share of the three-word sequences of the smaller text that the other has too."""
    one, other = (_sequences(text) for text in item.texts)
    smaller = min(len(one), len(other))
    return {"score": len(one & other) / smaller if smaller else 0.0}


def _sequences(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text.lower())
    return set(zip(words, words[1:], words[2:], strict=False))


PAIRS = {"3-gram overlap": overlap, "flag all": _everything}


def dictionary(names: dict[str, str]) -> Predict:
    """Every name as it is written, the longest at each place; of several bodies the first."""
    longest = sorted(map(re.escape, names), key=len, reverse=True)
    shape = re.compile(rf"(?<!\w)(?:{'|'.join(longest) or '(?!)'})(?!\w)")

    def predict(item: Item) -> dict[str, Any]:
        found = shape.finditer(item.texts[0])
        return {"links": [[match.start(), match.end(), names[match[0]]] for match in found]}

    return predict


def names_of(known: Known) -> dict[str, str]:
    """Each name of an authority file with the first id that has it."""
    names: dict[str, str] = {}
    for name in known.names:
        if known.wikidata[name.entity]:
            names.setdefault(name.text, known.wikidata[name.entity])
    return names
