"""Find known names in a text."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from corpus.analysis.common_nouns import COMMON_NOUNS, OPENING_WORDS
from corpus.text.fold import fold

LONGEST = 12  # words of a name


class Name(NamedTuple):
    text: str
    entity: int
    alias: int


class Found(NamedTuple):
    start: int
    end: int
    entity: int
    alias: int


class Token(NamedTuple):
    word: str
    start: int
    end: int


class Finder:
    """Knows names; finds the longest at each place, in time linear in the text."""

    def __init__(self, names: Iterable[Name]) -> None:
        self._root = _Node()
        for name in names:
            self._learn(name)

    def find(self, text: str) -> list[Found]:
        """Return where names stand, in order; several at one place are all there."""
        page = _Page(text)
        return [
            Found(span.start, span.end, name.entity, name.alias)
            for span in self._places(page)
            if not _is_part_of_unknown_name(page, span)
            for name in span.names
        ]

    def _learn(self, name: Name) -> None:
        page = _Page(name.text)
        if not 0 < len(page.tokens) <= LONGEST:
            return
        node = self._root
        for at, token in enumerate(page.tokens):
            node = node.next.setdefault((page.gap(at) if at else "", token.word), _Node())
        known = _Known(name, _needs(name.text, page.tokens))
        if known not in node.names:
            node.names.append(known)

    def _places(self, page: "_Page") -> Iterator["_Span"]:
        at = 0
        while at < len(page.tokens):
            span = self._longest(page, at) if self._may_begin(page.tokens[at].word) else None
            if span:
                page.known.update(range(at, span.last + 1))
                yield span
            at = span.last + 1 if span else at + 1

    def _may_begin(self, word: str) -> bool:
        first = self._root.next
        return ("", word) in first or ("", word[:-1]) in first

    def _longest(self, page: "_Page", first: int) -> "_Span | None":
        node = self._root
        best = None
        for at in range(first, min(first + LONGEST, len(page.tokens))):
            gap, word = page.gap(at) if at > first else "", page.tokens[at].word
            best = _plural(page, node, gap, first, at) or best
            if (gap, word) not in node.next:
                break
            node = node.next[gap, word]
            best = _ending_here(page, node, first, at) or best
        return best


class _Known(NamedTuple):
    name: Name
    capitals: str  # "same": exactly as written; "first": each word's first letter; "": any


class _Node:
    __slots__ = ("names", "next")

    def __init__(self) -> None:
        self.names: list[_Known] = []
        self.next: dict[tuple[str, str], _Node] = {}


class _Span(NamedTuple):
    start: int
    end: int
    first: int
    last: int
    names: list[Name]


# --- words and what stands between them -----------------------------------------------------

_MARKS = "\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed"
_MARKS += "\u0900-\u0903\u093a-\u094f\u0981-\u0983\u09bc-\u09cd\u0a01-\u0a4d\u0b82-\u0bcd"
_MARKS += "\u0c00-\u0c4d\u0d00-\u0d4d\u0e31\u0e34-\u0e3a\u0e47-\u0e4e"
_NO_SPACES = "\u0e00-\u0eff\u3005-\u3007\u3040-\u309f\u3400-\u4dbf\u4e00-\u9fff"
_TOKEN = re.compile(f"[{_NO_SPACES}]|[^\\W_{_NO_SPACES}](?:[^\\W_{_NO_SPACES}]|[{_MARKS}])*")
_LOOSE = re.compile(r"[\s\-]{1,3}")


class _Page:
    """A text as folded words with their places."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.folded = fold(text)
        self.tokens = [Token(m[0], *m.span()) for m in _TOKEN.finditer(self.folded)]
        self.known: set[int] = set()

    def gap(self, at: int) -> str:
        """What stands before a word: white space and hyphens alike, but no paragraph's end."""
        start, end = self.tokens[at - 1].end, self.tokens[at].start
        if end - start > 4:
            return "|"
        between = self.folded[start:end]
        if not _LOOSE.fullmatch(between):
            return between.strip()
        return " " if between.count("\n") < 2 else "|"

    def is_apart(self, at: int) -> bool:
        """Whether a word stands apart from the one before: other punctuation, another line."""
        between = self.folded[self.tokens[at - 1].end : self.tokens[at].start]
        return not _LOOSE.fullmatch(between) or "\n" in between

    def word(self, at: int) -> str:
        """The word as it is written."""
        return self.text[self.tokens[at].start : self.tokens[at].end]


# --- capitals ---------------------------------------------------------------------------------


def _needs(name: str, tokens: list[Token]) -> str:
    """Acronyms keep their case, single words and names with digits their capitals."""
    if name.isupper() and sum(map(str.isalpha, name)) > 1:
        return "same"
    return "first" if len(tokens) == 1 or any(map(str.isdigit, name)) else ""


def _has_capitals(page: _Page, first: int, known: _Known) -> bool:
    if not known.capitals:
        return True
    if known.capitals == "same":
        return _written(page, first, len(_Page(known.name.text).tokens)).isupper()
    wanted = _TOKEN.findall(known.name.text)
    return all(
        page.text[page.tokens[first + n].start].isupper()
        for n, word in enumerate(wanted)
        if word[0].isupper()
    )


def _written(page: _Page, first: int, count: int) -> str:
    return page.text[page.tokens[first].start : page.tokens[first + count - 1].end]


def _ending_here(page: _Page, node: _Node, first: int, last: int) -> _Span | None:
    names = [known.name for known in node.names if _has_capitals(page, first, known)]
    return _span(page, first, last, names)


def _plural(page: _Page, node: _Node, gap: str, first: int, last: int) -> _Span | None:
    """Find "CubeSats" by "CubeSat"; acronyms and short words have no plural here."""
    word = page.tokens[last].word
    if len(word) < 6 or not word.endswith("s") or (gap, word[:-1]) not in node.next:
        return None
    singular = node.next[gap, word[:-1]]
    names = [
        known.name
        for known in singular.names
        if known.capitals != "same" and _has_capitals(page, first, known)
    ]
    return _span(page, first, last, names)


def _span(page: _Page, first: int, last: int, names: list[Name]) -> _Span | None:
    if not names:
        return None
    return _Span(page.tokens[first].start, page.tokens[last].end, first, last, names)


# --- common nouns ------------------------------------------------------------------------------


def _is_part_of_unknown_name(page: _Page, span: _Span) -> bool:
    """Whether a name that is also a common noun closes a longer name that nobody knows."""
    if span.first != span.last or page.tokens[span.first].word not in COMMON_NOUNS:
        return False
    return any(at not in page.known for at in _capitalised_before(page, span.first))


def _capitalised_before(page: _Page, at: int) -> Iterator[int]:
    for before in range(at - 1, max(-1, at - 1 - LONGEST), -1):
        capital = page.word(before)[0].isupper()
        if not capital or page.is_apart(before + 1) or page.tokens[before].word in OPENING_WORDS:
            return
        yield before
