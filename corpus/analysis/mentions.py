"""Find known names in a text, and say whom each may stand for."""

import re
from collections.abc import Iterable, Iterator, Sequence, Set
from functools import lru_cache
from typing import NamedTuple

from corpus.analysis import ranking
from corpus.analysis.longer_names import longer_name
from corpus.analysis.ranking import Refusal, Subject, Surroundings
from corpus.analysis.written_names import (
    NAMES,
    Page,
    capitals_needed,
    has_capitals,
    is_acronym,
    spellings,
    words_of,
)

LONGEST = 24  # words of a name
REASON = 200  # characters
_DOMAIN = re.compile(r"\.[a-z]{2}")
VERSION = "names-3"


class Name(NamedTuple):
    text: str
    entity: int
    alias: int
    kind: str = ""
    part_of: int | None = None
    country: str = ""  # code of ISO 3166-1


class Found(NamedTuple):
    """A place where a name stands, and one whom it may stand for.

    `rank` 1 fits best; those whom nothing tells apart have one rank. `because` says what ranked
    it, or why it is doubtful that the name stands for anybody known.
    """

    start: int
    end: int
    entity: int
    alias: int
    rank: int = 1
    because: str = ""
    doubtful: bool = False


class Finder:
    """Knows names; finds the longest at each place, in time linear in the text."""

    def __init__(self, names: Iterable[Name], refusals: Iterable[Refusal] = ()) -> None:
        self._root = _Node()
        self._subjects: dict[int, Subject] = {}
        self._refusals: dict[str, list[Refusal]] = {}
        for refusal in refusals:
            self._refusals.setdefault(refusal.name, []).append(refusal)
        for name in names:
            self._learn(name)
        first = {word for _, word in self._root.next}
        self._first = frozenset(first | {f"{word}s" for word in first})

    def find(self, text: str) -> list[Found]:
        """Return where names stand, in order; several at one place are all there."""
        page = Page(text)
        spans = list(self._places(page))
        if not spans:
            return []
        known = {at for span in spans for at in range(span.first, span.last + 1)}
        alone = [span for span in spans if len(span.names) == 1 and not _needs_others(page, span)]
        around = Surroundings(page, {span.names[0].entity for span in alone}, self._subjects)
        return [found for span in spans for found in self._told(around, span, known)]

    def _learn(self, name: Name) -> None:
        subject = self._subjects.setdefault(name.entity, Subject())
        subject.learn(name.text)
        subject.kind, subject.part_of = name.kind, name.part_of
        subject.countries |= {name.country} - {""}
        for text in spellings(name.text):
            self._learn_spelling(name, text)

    def _learn_spelling(self, name: Name, text: str) -> None:
        page = Page(text)
        if not 0 < len(page.words) <= LONGEST:
            return
        node = self._root
        for at, word in enumerate(page.words):
            node = node.next.setdefault((page.gap(at) if at else "", word), _Node())
        known = _Known(name, text, capitals_needed(text))
        if all((each.name, each.capitals) != (name, known.capitals) for each in node.names):
            node.names.append(known)

    def _places(self, page: Page) -> Iterator["_Span"]:
        first, words, end = self._first, page.words, 0
        for at in [n for n, word in enumerate(words) if word in first]:
            if at < end or _is_in_address(page, at):
                continue
            if span := self._longest(page, at):
                end = span.last + 1
                yield span

    def _longest(self, page: Page, first: int) -> "_Span | None":
        node = self._root
        best = None
        for at in range(first, min(first + LONGEST, len(page.words))):
            gap, word = page.gap(at) if at > first else "", page.words[at]
            if len(word) > 5 and word[-1] == "s":
                best = _plural(page, node, gap, first, at) or best
            following = node.next.get((gap, word))
            if not following:
                break
            node = following
            if node.names:
                best = _span(page, node.names, first, at) or best
        return best

    def _told(self, around: Surroundings, span: "_Span", known: set[int]) -> list[Found]:
        """Say whom a name may stand for at a place, best first; nobody if the text says so."""
        page, first, last = around.page, span.first, span.last
        kinds = {self._subjects[name.entity].kind for name in span.names}
        longer = longer_name(page, first, last, kinds, known)
        if longer and longer.ends:
            return []
        doubt = f"inside “{longer.words}”, a name of its own" if longer else ""
        weighed = [
            self._weighed(around, span, name, doubt) for name in self._possible(around, span)
        ]
        if len(weighed) == 1:
            return [_found(page, span, weighed[0])]
        weighed.sort(key=_order)
        shared = _shared(weighed)
        ranks = [1 + sum([other.weight > each.weight for other in weighed]) for each in weighed]
        return [
            _found(page, span, each, rank, shared)
            for each, rank in zip(weighed, ranks, strict=True)
        ]

    def _possible(self, around: Surroundings, span: "_Span") -> list[Name]:
        """Leave out those whom the text excludes by spelling an acronym out as somebody else."""
        page = around.page
        if not is_acronym(page.written(span.first, span.last)):
            return span.names
        spelled = around.spelled.get(" ".join(page.words[span.first : span.last + 1]), ())
        if not spelled:
            return span.names
        return [
            name
            for name in span.names
            if not ranking.contradicted(spelled, self._subjects[name.entity].names)
        ]

    def _weighed(self, around: Surroundings, span: "_Span", name: Name, doubt: str) -> "_Weighed":
        page, first, last = around.page, span.first, span.last
        if self._is_refused(page, span, name):
            return _Weighed(name, -100.0, (), "refused elsewhere in words like these")
        need = ranking.need(page, first, last, name.text)
        if len(span.names) == 1 and not need:
            return _Weighed(name, 0.0, (), doubt)
        found = ranking.reasons(around, first, last, name.entity, name.text)
        reasons = tuple(sorted(found, reverse=True))
        support = sum(reason.weight for reason in reasons)
        if need and support < need.weight:
            doubt = doubt or f"{need.why}, and too little in the text tells that it is this one"
        weight = support + ranking.prior(self._subjects[name.entity], name.text)
        return _Weighed(name, weight, reasons, doubt)

    def _is_refused(self, page: Page, span: "_Span", name: Name) -> bool:
        if not self._refusals:
            return False
        words = " ".join(page.words[span.first : span.last + 1])
        refusals: Sequence[Refusal] = self._refusals.get(words, ())
        if not refusals:
            return False
        around = ranking.context(page, span.first, span.last)
        return ranking.refused_before(refusals, words, name.entity, around)


class _Known(NamedTuple):
    name: Name
    text: str  # the spelling
    capitals: str  # what a place must have of them


class _Node:
    __slots__ = ("names", "next")

    def __init__(self) -> None:
        self.names: list[_Known] = []
        self.next: dict[tuple[str, str], _Node] = {}


class _Span(NamedTuple):
    first: int
    last: int
    names: list[Name]


class _Weighed(NamedTuple):
    name: Name
    weight: float
    reasons: tuple[ranking.Reason, ...]
    doubt: str


def _found(
    page: Page, span: _Span, one: _Weighed, rank: int = 1, shared: Set[ranking.Reason] = frozenset()
) -> Found:
    because = one.doubt or next((r.words for r in one.reasons if r not in shared), "")
    return Found(
        page.starts[span.first], _end(page, span, one.name.text),
        one.name.entity, one.name.alias, rank, because[:REASON], bool(one.doubt),
    )  # fmt: skip


def _shared(weighed: list[_Weighed]) -> set[ranking.Reason]:
    """What speaks for all of them tells none from another."""
    return set.intersection(*(set(one.reasons) for one in weighed)) if weighed else set()


def _order(one: _Weighed) -> float:
    return -one.weight


def _span(page: Page, known: Iterable[_Known], first: int, last: int) -> _Span | None:
    of_each: dict[int, Name] = {}
    for name, text, capitals in known:
        if has_capitals(page, first, last, text, capitals):
            of_each.setdefault(name.entity, name)
    return _Span(first, last, list(of_each.values())) if of_each else None


def _plural(page: Page, node: _Node, gap: str, first: int, last: int) -> _Span | None:
    """Find "CubeSats" by "CubeSat"; acronyms and short words have no plural here."""
    singular = node.next.get((gap, page.words[last][:-1]))
    if not singular:
        return None
    names = [each for each in singular.names if each.capitals not in _WHOLE]
    return _span(page, names, first, last)


_WHOLE = ("same", "exact")


def _end(page: Page, span: _Span, name: str) -> int:
    """Where a name ends, with the bracket or full stop that closes it as it was entered."""
    end, (words, closing) = page.ends[span.last], _closing(name)
    whole = words == span.last - span.first + 1
    return end + len(closing) if closing and whole and page.text.startswith(closing, end) else end


@lru_cache(maxsize=NAMES)
def _closing(name: str) -> tuple[int, str]:
    """How many words a name has, and what stands behind the last."""
    words = words_of(name)
    return len(words), name[name.rfind(words[-1]) + len(words[-1]) :].rstrip() if words else ""


def _needs_others(page: Page, span: _Span) -> bool:
    """Whether a name tells nobody by itself, so that it cannot speak for others."""
    return bool(ranking.need(page, span.first, span.last, span.names[0].text))


def _is_in_address(page: Page, at: int) -> bool:
    """Whether a word is part of an address of the web, such as NASA.gov or @NASA."""
    text, start, end = page.text, page.starts[at], page.ends[at]
    if text[end : end + 1] == "." and _DOMAIN.fullmatch(text, end, end + 3):
        return True
    return text[max(0, start - 1) : start] == "@"
