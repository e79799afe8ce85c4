"""Find the blocks of a text: its lines, or paragraphs where somebody wrapped the lines."""

import re
from collections.abc import Iterator
from itertools import pairwise

Span = tuple[int, int]

_LINE = re.compile(r"[^\n]+")
_MARKED = re.compile(r"(?:[-*+•‣▪◦·–>|]|\(?\d{1,3}[.)]|\(?[a-zA-Z]\)|#{1,6})\s|(?:[-=_*]\s?){3,}$")
_OPEN = re.compile(r"[^.!?:…”\"»]$")
_NARROW, _WIDE = 40, 100


def blocks(
    text: str, start: int = 0, end: int | None = None, *, newline_is_space: bool = False
) -> Iterator[Span]:
    """Yield (start, end) of each block, without surrounding white space."""
    lines = list(_lines(text, start, len(text) if end is None else end))
    width = 0 if newline_is_space else _wrap_width(text, lines)
    block: Span | None = None
    for line in lines:
        if block and _goes_on(text, block, line, width, newline_is_space):
            block = (block[0], line[1])
            continue
        if block:
            yield block
        block = line
    if block:
        yield block


def strip(text: str, start: int, end: int) -> list[Span]:
    """Return the span without white space at its ends, if anything is left."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return [(start, end)] if start < end else []


def _lines(text: str, start: int, end: int) -> Iterator[Span]:
    for match in _LINE.finditer(text, start, end):
        yield from strip(text, *match.span())


def _goes_on(text: str, block: Span, line: Span, width: int, newline_is_space: bool) -> bool:
    if text.count("\n", block[1], line[0]) != 1 or _MARKED.match(text, *line):
        return False
    if newline_is_space:
        return not text.startswith("#", block[0])
    last = (max(block[0], text.rfind("\n", *block) + 1), block[1])
    return _was_wrapped(text, last, line, width) or _breaks_off(text, last, line)


def _was_wrapped(text: str, line: Span, following: Span, width: int) -> bool:
    """Whether the first word of the following line had no room on this one."""
    return bool(width) and line[1] - line[0] + 1 + _first_word(text, following) > width


def _breaks_off(text: str, line: Span, following: Span) -> bool:
    return (
        line[1] - line[0] >= _NARROW
        and text[following[0]].islower()
        and bool(_OPEN.match(text, line[1] - 1, line[1]))
    )


def _wrap_width(text: str, lines: list[Span]) -> int:
    """Return the width at which the text was wrapped by hand or machine, 0 if it was not."""
    width = max((end - start for start, end in lines), default=0)
    pairs = [(one, two) for one, two in pairwise(lines) if text.count("\n", one[1], two[0]) == 1]
    if not _NARROW <= width <= _WIDE or len(pairs) < 3:
        return 0
    wrapped = sum(_was_wrapped(text, one, two, width) for one, two in pairs)
    return width if wrapped >= 0.6 * len(pairs) else 0


def _first_word(text: str, line: Span) -> int:
    space = text.find(" ", line[0], line[1])
    return (line[1] if space < 0 else space) - line[0]
