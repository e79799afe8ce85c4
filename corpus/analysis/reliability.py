"""Suggest what kind of text a passage is: news, speculative, spam, or no label."""

from collections.abc import Sequence
from typing import NamedTuple

from corpus.text.segment import Cut

VERSION = "reliability-1"


class Suggestion(NamedTuple):
    label: str
    score: float
    reasons: tuple[str, ...]


def label_passages(text: str, cuts: Sequence[Cut]) -> list[Suggestion]:
    raise NotImplementedError


def label_document(
    text: str, cuts: Sequence[Cut], suggestions: Sequence[Suggestion]
) -> Suggestion:
    raise NotImplementedError
