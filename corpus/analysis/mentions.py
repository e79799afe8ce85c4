"""Find known names in a text."""

from collections.abc import Iterable
from typing import NamedTuple


class Name(NamedTuple):
    text: str
    entity: int
    alias: int


class Found(NamedTuple):
    start: int
    end: int
    entity: int
    alias: int


class Finder:
    def __init__(self, names: Iterable[Name]) -> None:
        raise NotImplementedError

    def find(self, text: str) -> list[Found]:
        raise NotImplementedError
