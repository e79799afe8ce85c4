"""Find the passages that surround a piece and are no part of it."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from corpus.analysis.widgets import NEIGHBOUR_AHEAD, NEIGHBOURS_AHEAD, TEASER_LINK, WIDGETS
from corpus.text.fingerprint import words
from corpus.text.fold import fold
from corpus.text.segment import Cut

LONGEST_WIDGET = 300
LONGEST_BLURB = 400
SENTENCES_OF_A_BLURB = 3
SHARED_WITH_PIECE = 0.34  # of the telling words of a teaser, at most


class Spam(NamedTuple):
    score: float
    reason: str


def surroundings(text: str, cuts: Sequence[Cut]) -> dict[int, Spam]:
    """Return which passages are spam, each with its reason."""
    page = _Page(text, cuts)
    spam = dict(page.widgets())
    for found in (page.neighbours(), page.teasers(spam)):
        for index, reason in found:
            spam.setdefault(index, reason)
    return spam


_GLUED = re.compile(r"[a-zß-ÿ)][A-Z][a-z]+(?:['’]s)?\b")
_TELLING = 5  # letters; shorter words tell little


class _Page:
    def __init__(self, text: str, cuts: Sequence[Cut]) -> None:
        self.text = text
        self.cuts = cuts

    def widgets(self) -> Iterator[tuple[int, Spam]]:
        for index, cut in enumerate(self.cuts):
            if cut.end - cut.start > LONGEST_WIDGET:
                continue
            low = fold(self.text[cut.start : cut.end])
            if reason := next((w.reason for w in WIDGETS if w.shape.fullmatch(low)), None):
                yield index, Spam(0.95, f"{reason}: “{self._words(index)}”")

    def neighbours(self) -> Iterator[tuple[int, Spam]]:
        """Headlines behind "Next Article" or "Related posts"."""
        for index in range(len(self.cuts)):
            one = NEIGHBOUR_AHEAD.fullmatch(self._low(index))
            if not one and not NEIGHBOURS_AHEAD.fullmatch(self._low(index)):
                continue
            for other in self._headlines_behind(index, 1 if one else 12):
                reason = f"the headline of another piece, behind “{self._words(index)}”"
                yield other, Spam(0.9, reason)

    def teasers(self, widgets: dict[int, Spam]) -> Iterator[tuple[int, Spam]]:
        """Heading, blurb and "Read more" of another piece, set into this one."""
        for link in list(widgets):
            if not TEASER_LINK.fullmatch(self._low(link)):
                continue
            teaser = self._before(link, widgets)
            if teaser and (self._is_glued(teaser[0]) or self._is_off_topic(teaser)):
                reason = f"a teaser for another piece, before “{self._words(link)}”"
                yield from ((index, Spam(0.9, reason)) for index in teaser)

    def _headlines_behind(self, index: int, most: int) -> Iterator[int]:
        for other in range(index + 1, min(index + 1 + most, len(self.cuts))):
            if self.cuts[other].kind not in ("heading", "list_item", "fragment"):
                return
            yield other

    def _before(self, link: int, widgets: dict[int, Spam]) -> list[int]:
        """The heading and at most three short sentences before a link, heading first."""
        for first in range(link - 1, max(-1, link - 2 - SENTENCES_OF_A_BLURB), -1):
            cut = self.cuts[first]
            if first in widgets or cut.end - cut.start > LONGEST_BLURB:
                break
            if cut.kind == "heading":
                return list(range(first, link))
        return []

    def _is_glued(self, index: int) -> bool:
        """Whether a category was glued to a headline: "Working LifeHow to rest"."""
        return bool(_GLUED.search(self._words(index)))

    def _is_off_topic(self, teaser: list[int]) -> bool:
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
