"""Cut the text of a page, where its markup says what is a heading and what an item of a list.

What a page sets as a heading ends there, however it is written, and is one passage; the line
behind it does not go on with it. Where the markup says nothing, the words decide, as everywhere.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from corpus.text import segment as words
from corpus.text.blocks import Span, strip
from corpus.text.page_lines import HEADING, LIST_ITEM
from corpus.text.segment import LONGEST_HEADING, WIDGET, Cut

Structure = Iterable[tuple[int, int, str]]


class Mark(NamedTuple):
    """Lines that stand next to each other, and are set as the same."""

    start: int
    end: int
    signs: frozenset[str]


def segment(text: str, structure: Structure = ()) -> list[Cut]:
    """Return passages that cover everything but white space and never overlap."""
    marks = _marks(text, structure)
    if not marks:
        return words.segment(text)
    return [
        cut
        for piece in _divided(text, words.pieces(text), marks)
        for cut in _passages(text, piece, _mark_at(marks, piece))
    ]


def pieces(text: str, structure: Structure = ()) -> Sequence[Span]:
    """Return what the page showed as one line each."""
    marks = _marks(text, structure)
    shown = words.pieces(text)
    return list(_divided(text, shown, marks)) if marks else shown


def _passages(text: str, piece: Span, mark: Mark | None) -> list[Cut]:
    cuts = words.passages(text, piece)
    if mark is None or not any(map(str.isalnum, text[slice(*piece)])):
        return cuts
    if LIST_ITEM in mark.signs and _MARKER.match(text, *piece):
        return [cut._replace(kind="list_item") for cut in cuts]
    if HEADING in mark.signs:
        is_one = piece[1] - piece[0] <= LONGEST_HEADING and not WIDGET.fullmatch(text, *piece)
        return [Cut(*piece, "heading")] if is_one else cuts
    return [
        cut._replace(kind="list_item") if cut.kind in ("heading", "fragment") else cut
        for cut in cuts
    ]


_MARKER = re.compile(r"(?:•|\d+\.) ")  # as page_lines sets it before an item


def _divided(text: str, shown: Iterable[Span], marks: Sequence[Mark]) -> Iterator[Span]:
    """Divide what seemed one line where a mark begins or ends."""
    borders = sorted({at for mark in marks for at in (mark.start, mark.end)})
    for start, end in shown:
        for border in borders[bisect_right(borders, start) : bisect_right(borders, end - 1)]:
            yield from strip(text, start, border)
            start = border
        yield from strip(text, start, end)


def _mark_at(marks: Sequence[Mark], piece: Span) -> Mark | None:
    mark = marks[bisect_right(marks, piece[0], key=lambda each: each.start) - 1]
    return mark if mark.start <= piece[0] and piece[1] <= mark.end else None


def _marks(text: str, structure: Structure) -> list[Mark]:
    """Put together what is said of each line; what is no whole line is passed over."""
    said: dict[Span, set[str]] = {}
    for start, end, sign in structure:
        if sign in (HEADING, LIST_ITEM) and _is_lines(text, start, end):
            said.setdefault((start, end), set()).add(sign)
    marks: list[Mark] = []
    for (start, end), signs in sorted(said.items()):
        before = marks[-1] if marks else None
        if before and start <= before.end:
            continue
        if before and start == before.end + 1 and signs == before.signs:
            marks[-1] = before._replace(end=end)
        else:
            marks.append(Mark(start, end, frozenset(signs)))
    return marks


def _is_lines(text: str, start: int, end: int) -> bool:
    inside = 0 <= start < end <= len(text)
    return inside and text[end : end + 1] in ("", "\n") and text[start - 1 : start] in ("", "\n")
