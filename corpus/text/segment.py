"""Cut a text into passages, as slices of the original."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from corpus.text.blocks import Span, blocks, strip
from corpus.text.fold import like_lower
from corpus.text.sentence_ends import CLOSERS, ends_sentence, terminators

VERSION = "segment-2"
KINDS = ("sentence", "heading", "list_item", "fragment")

LONGEST = 5_000  # code points of one passage; what has no full stop is cut at white space
LONGEST_HEADING = 160
WORDS_OF_A_HEADING = 20
LONGEST_BRACKET = 300


class Cut(NamedTuple):
    start: int
    end: int
    kind: str


def segment(text: str) -> list[Cut]:
    """Return passages that cover everything but white space and never overlap."""
    return [cut for piece in pieces(text) for cut in passages(text, piece)]


@lru_cache(maxsize=1)
def pieces(text: str) -> tuple[Span, ...]:
    """Return what the page showed as one line each: the blocks, without widgets glued into them.

    Whoever cuts a text and then looks for spam in it asks twice.
    """
    if not _may_hold_widgets(text):
        return tuple(blocks(text))
    return tuple(piece for block in blocks(text) for piece in _pieces(text, block))


def sentences(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """Return the sentences of text that people wrote here, where a single newline is a space.

    Citations such as [@c12] behind a full stop belong to the sentence before them.
    """
    end = len(text) if end is None else min(end, len(text))
    return [
        span
        for block in blocks(text, start, end, newline_is_space=True)
        for span in _sentences(text, block)
    ]


# --- widgets that were glued to their neighbours -------------------------------------------

_WHERE_TO = r"(?:\s+(?:more|on|now|reading|the|this|full|whole|story|article|post|all|here))+"
_ARROW = r"(?:→|➔|➜|➝|⟶|➤|▶|►|»|›|>>?|…|\.\.\.)"
WIDGET = re.compile(
    rf"\b(?:read|learn|view|see|find out|discover|continue|watch|show){_WHERE_TO}\s{{0,3}}{_ARROW}+"
    r"|(?<=[.…!?\]])\s{0,3}(?:read more|continue reading)(?=\s*$)",
    re.IGNORECASE,
)


def _may_hold_widgets(text: str) -> bool:
    """Whether what every widget has stands anywhere: most texts and lines need no search."""
    low = like_lower(text)
    return any(sign in low for sign in _SIGNS_OF_WIDGETS)


_SIGNS_OF_WIDGETS = ("...", *"→➔➜➝⟶➤▶►»›>…", "read more", "continue reading")


def _pieces(text: str, block: Span) -> Iterator[Span]:
    start, end = block
    widgets = WIDGET.finditer(text, start, end) if _may_hold_widgets(text[start:end]) else ()
    for widget in widgets:
        yield from strip(text, start, widget.start())
        yield from strip(text, widget.start(), widget.end())
        start = widget.end()
    yield from strip(text, start, end)


# --- kinds -----------------------------------------------------------------------------------

LIST_MARKER = re.compile(r"(?:[-*+•‣▪◦·–]|\(?\d{1,3}[.)]|\(?[a-zA-Z]\))\s+(?=\S)")
_CLOSED = re.compile(rf"[.!?…。！？｡][{CLOSERS}]*(?:\[\d{{1,3}}\])*$")
_MARKUP_HEADING = re.compile(r"#{1,6}\s|(\*\*|__)[^*_]{1,150}\1:?$")
_NO_HEADING = re.compile(r"^\S+://|^www\.|^\S+@\S+\.\S+$|[→»►▶➤]|^[a-zß-ÿ]+\s")


def passages(text: str, piece: Span) -> list[Cut]:
    spans = _sentences(text, piece)
    if not any(map(str.isalnum, text[slice(*piece)])):
        kinds = ["fragment"] * len(spans)
    elif LIST_MARKER.match(text, *piece):
        kinds = ["list_item"] * len(spans)
    elif len(spans) == 1:
        kinds = [_kind_alone(text[slice(*piece)])]
    else:
        kinds = [_kind_among(text, span) for span in spans]
    return [Cut(*span, kind) for span, kind in zip(spans, kinds, strict=True)]


def _kind_alone(words: str) -> str:
    if len(words) > LONGEST_HEADING:
        return "sentence" if _is_closed(words) else "fragment"
    if _MARKUP_HEADING.match(words):
        return "heading"
    if _is_closed(words):
        return "heading" if words.endswith(("?", "!")) and _is_title_case(words) else "sentence"
    if _NO_HEADING.search(words) or len(words.split()) > WORDS_OF_A_HEADING:
        return "fragment"
    return "sentence" if words.endswith(":") and len(words.split()) > 8 else "heading"


def _kind_among(text: str, span: Span) -> str:
    return "sentence" if _is_closed(text[max(span[0], span[1] - 40) : span[1]]) else "fragment"


def _is_closed(words: str) -> bool:
    return bool(_CLOSED.search(words, max(0, len(words) - 40)))


def _is_title_case(words: str) -> bool:
    long = [word for word in words.split() if len(word) > 3 and word[0].isalpha()]
    return len(long) >= 2 and all(word[0].isupper() for word in long)


# --- sentences -------------------------------------------------------------------------------


def _sentences(text: str, block: Span) -> list[Span]:
    start, end = block
    spans, brackets = [], _brackets(text, block)
    for match in terminators(text, start, end):
        if match.end() <= start or brackets.holds(match.start()):
            continue
        if ends_sentence(text, match, start, end):
            spans += _bounded(text, start, match.end())
            start = match.end()
    return spans + _bounded(text, start, end)


def _bounded(text: str, start: int, end: int) -> list[Span]:
    """Strip, and cut what is longer than a passage may be, at white space if there is any."""
    spans = []
    while end - start > LONGEST:
        space = max(text.rfind(mark, start + 1, start + LONGEST) for mark in (" ", "\n"))
        cut = space if space > 0 else start + LONGEST
        spans += strip(text, start, cut)
        start = cut
    return spans + strip(text, start, end)


class _Brackets:
    """Asks, left to right, whether a place lies inside a short pair of brackets."""

    def __init__(self, spans: list[Span]) -> None:
        self._ahead = iter(spans)
        self._now = next(self._ahead, None)

    def holds(self, at: int) -> bool:
        while self._now and self._now[1] <= at:
            self._now = next(self._ahead, None)
        return self._now is not None and self._now[0] < at


_BRACKET = re.compile(r"[()\[\]{}]")
_PAIRS = {")": "(", "]": "[", "}": "{"}


def _brackets(text: str, block: Span) -> _Brackets:
    spans: list[Span] = []
    opened: list[int] = []
    for match in _BRACKET.finditer(text, *block):
        if match[0] not in _PAIRS:
            opened.append(match.start())
        elif opened and text[opened[-1]] == _PAIRS[match[0]]:
            first = opened.pop()
            if match.start() - first > LONGEST_BRACKET:
                continue
            while spans and spans[-1][0] > first:
                spans.pop()
            spans.append((first, match.start()))
    return _Brackets(spans)
