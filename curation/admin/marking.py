"""Cut a passage where names and quotes begin and end, so that a template can mark them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True)
class Mark:
    """A place in a capture, [start, end): a name or a quote."""

    start: int
    end: int
    kind: str  # "name" or "quote"
    state: str = ""  # of a name: linked, unsure, not, undecided
    words: str = ""  # for those who hover


@dataclass(frozen=True)
class Piece:
    text: str
    name: Mark | None = None
    quoted: bool = False


def pieces(text: str, start: int, marks: Iterable[Mark]) -> Iterator[Piece]:
    """Yield the text of a passage in pieces; marks may overlap, and reach over its ends."""
    end = start + len(text)
    inside = [mark for mark in marks if mark.start < end and mark.end > start]
    bounds = {start, end}
    for mark in inside:
        bounds |= {max(start, mark.start), min(end, mark.end)}
    places = sorted(bounds)
    for first, last in pairwise(places):
        here = [mark for mark in inside if mark.start <= first and mark.end >= last]
        yield Piece(
            text[first - start : last - start],
            next((mark for mark in here if mark.kind == "name"), None),
            any(mark.kind == "quote" for mark in here),
        )
