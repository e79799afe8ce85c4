"""Find what a collected text calls itself."""

from collections.abc import Sequence

from corpus.analysis.reliability import Suggestion
from corpus.text.segment import Cut


def headline(text: str, cuts: Sequence[Cut], suggestions: Sequence[Suggestion]) -> str:
    raise NotImplementedError
