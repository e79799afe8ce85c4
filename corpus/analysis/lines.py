"""Measure the lines of a collected text: what each looks like and what it says.

Training and serving call the same functions, so they cannot drift apart.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import chain, pairwise
from math import log, sqrt
from typing import NamedTuple

from corpus.text.fold import fold

HEAD, TAIL = 200, 100  # characters of a long line that are looked at; its middle tells little
FIRST, LAST = 14, 8  # words of it that are weighed
LONG = 120  # characters of a line whose words count as words of the piece

Row = list[float]

_TOKEN = re.compile(r"[^\W\d_]+(?:'[a-z]+)?|\d+|[©|»›→•@#%$€£/:?!&+…]")
_ASCII_TOKEN = re.compile(r"[a-z]+(?:'[a-z]+)?|[0-9]+|[|@#%$/:?!&+]")  # the same, found faster
_TELLING = 5  # letters; shorter words tell little
_CLOSED = re.compile(r"[.!?…。！？][\"'”’»)\]]*(?:\[\d+\])*$")
_CAPITAL = re.compile(r"[A-Z](?<!\w.)")  # at the beginning of a word; \b first is slower
_DIGIT = re.compile(r"\d")
_GLUED = re.compile(r"[A-Z](?<=[a-z)].)[a-z]+")  # as above
_SEPARATED = re.compile(r" [|•·/»›>–—-] |\|")
_NAME = re.compile(r"[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]*){1,3}")
_MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]{0,6}\.?"
DATE = re.compile(
    rf"\b{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}}\b|\b\d{{1,2}} {_MONTH},? \d{{4}}"
    r"|\b\d{4}-\d\d-\d\d\b|\b\d{1,2}[./]\d{1,2}[./]\d{2,4}\b"
    r"|\b\d+ (?:minute|hour|day|week|month|year)s? ago\b"
)
BYLINE = re.compile(
    r"(?:written |posted |published |reviewed |edited |story |words |reporting |photos? )?"
    r"by:? [^\W\d_]"
)
_CODE = re.compile(r"\{\s*$|\}\s*$|;\s*$|\(\)|=>|->|==|::")
_CODE_BEGINS = re.compile(r"\s*(?:\$ |#|//|--|def |import |const |let |sudo )")
_FUNCTION_WORDS = """
    the a an of to in and for on with at by from that this these those is are was were be
    been has have had will would can could may might it its as or but not which who what
    when where how than then their there they he she his her we our you your i my if so
    because into about after before over under between during while also more most such no
    do does did
"""
_FUNCTION = frozenset(_FUNCTION_WORDS.split())

OWN = (
    "chars", "words", "letters_a_word", "closed", "colon", "question", "exclamation", "lower_start",
    "digit_start", "mark_start", "capitals", "digits", "function_words", "commas", "glued",
    "separated", "name", "repeated", "same", "known", "known_in_prose", "telling", "date", "byline",
    "code",
)  # fmt: skip
_FILLED = slice(OWN.index("repeated"), OWN.index("telling") + 1)


class Page(NamedTuple):
    """The lines, each folded and shortened to its ends, in words, and measured."""

    lows: list[str]
    words: list[list[str]]
    own: list[Row]


def page(lines: Sequence[str]) -> Page:
    """Measure each line by itself and against the words of the page."""
    looks = [
        line if len(line) <= HEAD + TAIL else f"{line[:HEAD]} {line[-TAIL:]}" for line in lines
    ]
    lows = [fold(look) for look in looks]
    words = [(_ASCII_TOKEN if low.isascii() else _TOKEN).findall(low) for low in lows]
    telling = [{word for word in found if len(word) >= _TELLING} for found in words]
    everywhere = Counter(chain.from_iterable(telling))
    shared = {word for word, times in everywhere.items() if times > 1}
    long = (found for found, look in zip(telling, looks, strict=True) if len(look) > LONG)
    in_prose = Counter(chain.from_iterable(long))
    prose = set(in_prose)
    prose_twice = {word for word, times in in_prose.items() if times > 1}
    counts = Counter(lows)
    seen: set[str] = set()
    own = []
    for line, look, low, found, own_words in zip(lines, looks, lows, words, telling, strict=True):
        row = _shape(line, look, low, found)
        known = _against(own_words, shared, prose_twice if len(look) > LONG else prose)
        row[_FILLED] = low in seen, counts[low], *known
        own.append(row)
        seen.add(low)
    return Page(lows, words, own)


def _against(words: set[str], shared: set[str], prose: set[str]) -> Row:
    if not words:
        return [-1.0, -1.0, 0.0]
    many = len(words)
    return [len(words & shared) / many, len(words & prose) / many, many]


def _shape(line: str, look: str, low: str, words: Sequence[str]) -> Row:
    size, some = len(line) or 1, len(look) or 1
    many = line.count(" ") + 1
    spoken = len(words) or 1
    digits = len(_DIGIT.findall(look))
    first = line[:1]
    return [
        log(1 + size), log(1 + many), size / many,
        1.0 if _CLOSED.search(line, max(0, size - 12)) else 0.0,
        line.endswith(":"), line.endswith("?"), "!" in look, first.islower(), first.isdigit(),
        not first.isalnum() and first not in "\"“‘'(",
        len(_CAPITAL.findall(look)) / spoken,
        digits / some,
        sum(map(_FUNCTION.__contains__, words)) / spoken,
        look.count(","),
        _GLUED.search(look) is not None,
        _SEPARATED.search(look) is not None,
        size < 50 and _NAME.fullmatch(line) is not None,
        0, 0, 0, 0, 0,
        bool(digits and some < LONG and DATE.search(low)),
        BYLINE.match(low) is not None,
        bool(_CODE_BEGINS.match(look) or _CODE.search(look)),
    ]  # fmt: skip


# --- what it says ----------------------------------------------------------------------------


def tokens(words: Sequence[str]) -> set[str]:
    """Return what is weighed of a line: its words, pairs of them, first and last."""
    if len(words) > FIRST + LAST:
        words = [*words[:FIRST], *words[-LAST:]]
    found = ["0000"[: len(word)] if word.isdigit() else word for word in words]
    if not found:
        return {"∅"}
    weighed = {f"{one} {two}" for one, two in pairwise(found)}
    weighed.update(found, ("^" + found[0], found[-1] + "$"))
    if len(found) <= 5:  # a word of a short line is another thing than the same in a sentence
        weighed.add("=" + " ".join(found))
        weighed.update("." + word for word in found)
    return weighed


def saying(words: Sequence[str], weights: Mapping[str, float], intercept: float) -> float:
    """Return the log odds, by its words alone, that a line is no part of the piece."""
    found = tokens(words)
    return intercept + sum([weights.get(word, 0.0) for word in found]) / sqrt(len(found))
