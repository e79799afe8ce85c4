"""Tell from a pattern which words it needs, so that it is looked for only where one stands.

A table of patterns takes ten times as long to look for as to tell that none of it can be there.
"""

import re
import string
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache, reduce
from operator import or_
from typing import NamedTuple

from corpus.text.fold import keeping, plain_words

_WORD = re.compile(r"\w+")
_PLAIN = keeping(string.ascii_lowercase + string.digits + "_")
_MORE = r"\w*"
_REMEMBERED = 50_000  # words of which it is known what they may belong to


class Need(NamedTuple):
    """One of these words stands in whatever fits."""

    letters: int  # of the shortest: the more, the rarer
    words: frozenset[str]  # patterns of whole words


class Needs:
    """Tells which of some patterns words can hold, as the bits of a number: their places.

    The patterns begin where a word does and are written in lower case, as those of `cues` are:
    with letters, groups and classes of characters, and no references. `ignoring_case` says
    which of them do.
    """

    def __init__(self, shapes: Iterable[str], ignoring_case: Iterable[bool]) -> None:
        needs = [needed(shape) for shape in shapes]
        self._words: dict[str, int] = defaultdict(int)  # whole ones,
        self._beginnings: dict[str, int] = defaultdict(int)
        self._others: list[tuple[int, re.Pattern[str]]] = []
        for place, need in enumerate(needs):
            self._learn(1 << place, need.words if need else ())
        self._always = _bits(need is None for need in needs)
        self._odd = _bits(ignoring_case)  # an ſ is an s to them
        self._every = (1 << len(needs)) - 1
        self._of = lru_cache(maxsize=_REMEMBERED)(self._of_word)

    def can_hold(self, said: str, low: str) -> int:
        """`low` is `said` in lower case."""
        if len(low) != len(said):  # a letter became two: words of it begin elsewhere
            return self._every
        words = plain_words(low, _PLAIN) if low.isascii() else _WORD.findall(low)
        return reduce(or_, map(self._of, words), self._always)

    def _learn(self, bit: int, words: Iterable[str]) -> None:
        others = []
        for word in words:
            if word.isalnum():
                self._words[word] |= bit
            elif (beginning := word.removesuffix(_MORE)).isalnum():
                self._beginnings[beginning] |= bit
            else:
                others.append(word)
        if others:
            self._others.append((bit, re.compile("|".join(sorted(others)))))

    def _of_word(self, word: str) -> int:
        found = 0 if word.isascii() else self._odd
        found |= self._words.get(word, 0)
        for end in range(1, len(word) + 1):
            found |= self._beginnings.get(word[:end], 0)
        for bit, shape in self._others:
            if not found & bit and shape.fullmatch(word):
                found |= bit
        return found


def _bits(of_each: Iterable[bool]) -> int:
    return sum(1 << place for place, is_set in enumerate(of_each) if is_set)


def needed(shape: str) -> Need | None:
    """Return words of which one stands in whatever the pattern finds, if there are such."""
    return _Reader(shape).alternatives(begins=True, ends=False)[0]


_LOOK = re.compile(r"\(\?<?[!=]")
_GROUP = re.compile(r"\(\?(?:-i)?:")
_CLASS = re.compile(r"\[(?:\\.|[^\]\\])+\]|\\[wdsWDS]|\.")
_EDGE = re.compile(r"\\b|[\^$]")
_LETTER = re.compile(r"\w")
_MARK = re.compile(r"\\\W|[^\w\\]")
_MAYBE = re.compile(r"[?*]|\{0?,\d+\}")
_OFTEN = re.compile(r"\+|\{\d+(?:,\d*)?\}")
_AT_THE_EDGE = re.compile(r"\\b|[ ,]")


class _Reader:
    """Reads a pattern from left to right."""

    def __init__(self, shape: str) -> None:
        self._shape = shape
        self._at = 0

    def alternatives(self, *, begins: bool, ends: bool) -> tuple[Need | None, bool]:
        """What all of them need, and whether a word can begin behind each.

        `begins` and `ends` say whether the edge of a word is before and behind them.
        """
        read = [self._sequence(begins, ends)]
        while self._takes("|"):
            read.append(self._sequence(begins, ends))
        needs = [need for need, _ in read if need]
        behind = all(each for _, each in read)
        if len(needs) < len(read):
            return None, behind
        words = frozenset().union(*(need.words for need in needs))
        return Need(min(need.letters for need in needs), words), behind

    def _sequence(self, begins: bool, ends: bool) -> tuple[Need | None, bool]:
        """The rarest that it needs of what stands in it one behind the other."""
        best: Need | None = None
        while self._at < len(self._shape) and self._shape[self._at] not in "|)":
            need, begins = self._one(begins, ends)
            if need and (not best or need.letters >= best.letters):
                best = need
        return best, begins

    def _one(self, begins: bool, ends: bool) -> tuple[Need | None, bool]:
        if self._takes_shape(_LOOK):
            self.alternatives(begins=False, ends=False)
            self._takes(")")
            return None, False
        if self._takes_shape(_EDGE):
            return None, True
        if self._takes_shape(_GROUP):
            return self._group(begins)
        if found := self._takes_shape(_CLASS):
            need = Need(1, frozenset((r"\w*\d\w*",))) if found == r"\d" else None
            return (need if not self._is_maybe() else None), False
        if _LETTER.match(self._shape, self._at):
            return self._word(begins, ends)
        if not self._takes_shape(_MARK):
            raise ValueError(f"What does {self._shape[self._at :]} need?")
        return None, not self._is_maybe() or begins

    def _group(self, begins: bool) -> tuple[Need | None, bool]:
        start = self._at
        self.alternatives(begins=False, ends=False)  # to know what stands behind it
        behind, self._at = self._at + 1, start
        ends = bool(_AT_THE_EDGE.match(self._shape, behind))
        need, after = self.alternatives(begins=begins, ends=ends)
        self._takes(")")
        return (None, begins and after) if self._is_maybe() else (need, after)

    def _word(self, begins: bool, ends: bool) -> tuple[Need | None, bool]:
        """Letters up to one that need not be there."""
        first = self._at
        while _LETTER.match(self._shape, self._at):
            self._at += 1
            if _MAYBE.match(self._shape, self._at) or _OFTEN.match(self._shape, self._at):
                break
        last = self._at
        if self._is_maybe():
            last -= 1
            whole = False
        else:
            at_end = self._at == len(self._shape) or self._shape[self._at] in "|)"
            whole = ends if at_end else bool(_AT_THE_EDGE.match(self._shape, self._at))
        letters = self._shape[first:last].lower()
        if not letters:
            return None, False
        word = ("" if begins else _MORE) + letters + ("" if whole else _MORE)
        return Need(len(letters), frozenset((word,))), False

    def _is_maybe(self) -> bool:
        """Whether what was read need not be there; takes what says how often it is."""
        if self._takes_shape(_MAYBE):
            return True
        self._takes_shape(_OFTEN)
        return False

    def _takes(self, char: str) -> bool:
        if self._shape[self._at : self._at + 1] != char:
            return False
        self._at += 1
        return True

    def _takes_shape(self, shape: re.Pattern[str]) -> str:
        found = shape.match(self._shape, self._at)
        if not found:
            return ""
        self._at = found.end()
        return found[0]
