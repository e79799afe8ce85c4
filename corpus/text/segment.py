"""Cut a text into passages, as slices of the original."""

from typing import NamedTuple

VERSION = "segment-1"
KINDS = ("sentence", "heading", "list_item", "fragment")


class Cut(NamedTuple):
    start: int
    end: int
    kind: str


def segment(text: str) -> list[Cut]:
    raise NotImplementedError


def sentences(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    raise NotImplementedError
