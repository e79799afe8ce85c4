"""One line of marked-up words, of which any slice can be told as HTML. Pure."""

from bisect import bisect_left
from dataclasses import dataclass, field
from html import escape
from itertools import groupby

import nh3

LONGEST_ADDRESS = 2_000
TAGS = {"em", "strong", "a"}
CLOSE_UP = frozenset(".,;:!?…)]}’”»")  # a citation before one of these leaves no space


@dataclass(frozen=True)
class Mark:
    """Emphasis or a link around words; without a tag it marks nothing."""

    tag: str
    address: str = ""

    @property
    def opening(self) -> str:
        return f'<a href="{escape(self.address)}">' if self.address else f"<{self.tag}>"

    @property
    def closing(self) -> str:
        return f"</{self.tag}>"


@dataclass
class Line:
    """Words with their marks, and what is cited at which place between them."""

    letters: list[str] = field(default_factory=list)
    marks: list[tuple[Mark, ...]] = field(default_factory=list)
    cited: list[tuple[int, str]] = field(default_factory=list)
    _space_was_cited: bool = False

    @property
    def text(self) -> str:
        return "".join(self.letters)

    def add(self, words: str, marks: tuple[Mark, ...]) -> None:
        """Append words; white space in a row is one space, as browsers show it."""
        marks = tuple(mark for mark in marks if mark.tag)
        for letter in words:
            if letter.isspace() and letter not in "\u00a0\u202f":
                letter = " "
                if not self.letters or self.letters[-1] == " ":
                    continue
            elif letter in CLOSE_UP and self._space_was_cited and self.letters[-1:] == [" "]:
                self.letters.pop()
                self.marks.pop()
            self._space_was_cited = False if letter != " " else self._space_was_cited
            self.letters.append(letter)
            self.marks.append(marks)

    def cite(self, key: str) -> None:
        self.cited.append((len(self.letters), key))
        self._space_was_cited = True

    def cited_by(self, spans: list[tuple[int, int]]) -> list[list[str]]:
        """The keys of each sentence: what is cited behind one belongs to it."""
        keys: list[dict[str, None]] = [{} for _ in spans]
        starts = [start for start, _ in spans]
        for at, key in self.cited:
            keys[max(bisect_left(starts, at) - 1, 0)][key] = None
        return [list(found) for found in keys]

    def html(self, start: int, end: int) -> str:
        """The slice as HTML: what is open at its ends is closed and opened again."""
        told, around = [], ()
        letters = zip(self.marks[start:end], self.letters[start:end], strict=True)
        for marks, run in groupby(letters, key=lambda pair: pair[0]):
            told += [
                *_turn(around, marks),
                escape("".join(letter for _, letter in run), quote=False),
            ]
            around = marks
        return clean("".join([*told, *_turn(around, ())]))


def clean(html: str) -> str:
    """The last wall: whatever came before, nothing else gets through."""
    return nh3.clean(
        html,
        tags=TAGS,
        attributes={"a": {"href"}},
        url_schemes={"http", "https"},
        link_rel=None,
    )


def _turn(around: tuple[Mark, ...], marks: tuple[Mark, ...]) -> list[str]:
    """The tags between two runs: close what ends, open what begins, properly nested."""
    same = 0
    for one, other in zip(around, marks, strict=False):
        if one is not other:
            break
        same += 1
    closing = [mark.closing for mark in reversed(around[same:])]
    return [*closing, *(mark.opening for mark in marks[same:])]
