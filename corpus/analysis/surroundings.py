"""Find by rules the passages that surround a piece and are no part of it."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from corpus.analysis.widgets import (
    NEIGHBOUR_AHEAD,
    NEIGHBOURS_AHEAD,
    TEASER_LINK,
    WIDGETS,
    Whichever,
)
from corpus.text.fingerprint import words
from corpus.text.fold import fold
from corpus.text.segment import Cut

LONGEST_WIDGET = 300
LONGEST_BLURB = 400
LONGEST_HEADLINE = 160
SENTENCES_OF_A_BLURB = 3
SHARED_WITH_PIECE = 0.34  # of the telling words of a teaser, at most

NEIGHBOUR, TEASER = "neighbour", "teaser"  # keys, as of the patterns of widgets


class Spam(NamedTuple):
    score: float
    reasons: tuple[str, ...]
    pattern: str = ""  # the key of the one that decided


def surroundings(text: str, cuts: Sequence[Cut], places: Sequence[int]) -> dict[int, Spam]:
    """Return which passages are spam; `places` tells which line of the page each is part of."""
    page = _Page(text, cuts, places)
    spam = dict(page.widgets())
    for found in (page.neighbours(), page.teasers(spam)):
        for index, reason in found:
            spam.setdefault(index, reason)
    return spam


_GLUED = re.compile(r"[a-zß-ÿ)][A-Z][a-z]+(?:['’]s)?\b")
_TELLING = 5  # letters; shorter words tell little


_WIDGET = Whichever(WIDGETS)


class _Page:
    def __init__(self, text: str, cuts: Sequence[Cut], places: Sequence[int]) -> None:
        self.text = text
        self.cuts = cuts
        self.lines = _lines(places)

    def widgets(self) -> Iterator[tuple[int, Spam]]:
        for index, cut in enumerate(self.cuts):
            if cut.end - cut.start > LONGEST_WIDGET:
                continue
            low = fold(self.text[cut.start : cut.end])
            if found := _WIDGET.fits(low):
                yield index, Spam(0.95, (f"{found.reason}: “{self._words(index)}”",), found.key)

    def neighbours(self) -> Iterator[tuple[int, Spam]]:
        """Headlines behind "Next Article" or "Related posts"."""
        for index in range(len(self.cuts)):
            low = self._low(index)
            one = NEIGHBOUR_AHEAD.fullmatch(low)
            if not one and not NEIGHBOURS_AHEAD.fullmatch(low):
                continue
            for other in self._headlines_behind(index, 1 if one else 12):
                reason = f"the headline of another piece, behind “{self._words(index)}”"
                yield other, Spam(0.9, (reason,), NEIGHBOUR)

    def teasers(self, widgets: dict[int, Spam]) -> Iterator[tuple[int, Spam]]:
        """Headline, blurb and "Read more" of another piece, set into this one."""
        links = {index for index in widgets if TEASER_LINK.fullmatch(self._low(index))}
        for at, line in enumerate(self.lines):
            if not links.intersection(line):
                continue
            teaser = self._before(at, widgets)
            if teaser and (self._is_glued(teaser) or self._is_off_topic(teaser)):
                reason = f"a teaser for another piece, before “{self._words(line[0])}”"
                yield from ((index, Spam(0.9, (reason,), TEASER)) for index in teaser)

    def _headlines_behind(self, index: int, most: int) -> Iterator[int]:
        for other in range(index + 1, min(index + 1 + most, len(self.cuts))):
            if self.cuts[other].kind not in ("heading", "list_item", "fragment"):
                return
            yield other

    def _before(self, at: int, widgets: dict[int, Spam]) -> list[int]:
        """The headline and at most three short sentences before a link, headline first."""
        teaser: list[int] = []
        for line in reversed(self.lines[:at]):
            long = any(self.cuts[n].end - self.cuts[n].start > LONGEST_BLURB for n in line)
            if long or any(index in widgets for index in line):
                break
            if self._is_headline(line):
                return [*line, *teaser]
            teaser = [*line, *teaser]
            if len(teaser) > SENTENCES_OF_A_BLURB:
                break
        return []

    def _is_headline(self, line: Sequence[int]) -> bool:
        """Whether a line stands above a blurb: a heading, a question, or "Tired? What to do"."""
        first, last = self.cuts[line[0]], self.cuts[line[-1]]
        if first.kind == "heading":
            return True
        if last.end - first.start > LONGEST_HEADLINE or first.kind == "list_item":
            return False
        asks = self.text[first.end - 1] == "?"
        return asks and (first is last or last.kind == "fragment")

    def _is_glued(self, teaser: Sequence[int]) -> bool:
        """Whether a category was glued to a headline: "Working LifeHow to rest"."""
        return bool(_GLUED.search(self._words(teaser[0])))

    def _is_off_topic(self, teaser: Sequence[int]) -> bool:
        own = Counter(w for index in teaser for w in self._telling(index))
        elsewhere = self._vocabulary() - own
        shared = sum(1 for word in own if elsewhere[word])
        return bool(own) and shared <= SHARED_WITH_PIECE * len(own)

    def _vocabulary(self) -> Counter[str]:
        if not hasattr(self, "_all"):
            self._all = Counter(w for n in range(len(self.cuts)) for w in self._telling(n))
        return self._all

    def _telling(self, index: int) -> list[str]:
        return [word for word in words(self._words(index)) if len(word) >= _TELLING]

    def _words(self, index: int) -> str:
        return self.text[self.cuts[index].start : self.cuts[index].end]

    def _low(self, index: int) -> str:
        cut = self.cuts[index]
        return fold(self.text[cut.start : min(cut.end, cut.start + 80)])


def _lines(places: Sequence[int]) -> list[list[int]]:
    """The passages of each line of the page, in order."""
    found: dict[int, list[int]] = {}
    for index, place in enumerate(places):
        found.setdefault(place, []).append(index)
    return list(found.values())
