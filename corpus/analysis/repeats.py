"""Find passages that stand in the same text twice."""

from collections.abc import Sequence

from corpus.text.segment import Cut


def repetitions(text: str, cuts: Sequence[Cut]) -> dict[int, int]:
    raise NotImplementedError
