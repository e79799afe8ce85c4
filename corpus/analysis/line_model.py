"""The numbers learned of lines that are no part of a piece, and how they are put to use.

Two steps: weights of the words that a line says, then trees over what it looks like and stands
among. Learned by learned/train_lines.py.
"""

import json
from collections.abc import Sequence
from functools import cache
from math import exp, log
from pathlib import Path
from typing import Any, NamedTuple

from corpus.analysis.line_places import NAMES
from corpus.analysis.lines import Row

LEARNED = Path(__file__).parent / "learned" / "lines.json"

SUGGEST = 0.5  # where precision and recall balance on sites that were held out
SURER = 0.7  # a sentence of the piece costs more than a widget that stays: it needs that much
WORDS_OF_A_SENTENCE = 12
TALKS_LIKE_A_PIECE = -2.5  # log odds of its words: then its place alone never makes it spam
FIRST_TREES, HOPELESS = 15, -1.5  # seven of ten lines are plainly part of the piece: enough then

Tree = Any  # (measure, at most, tree, tree); a leaf is a number


class Model(NamedTuple):
    weights: dict[str, float]
    intercept: float
    trees: list[Tree]
    shift: float

    def score(self, row: Row) -> float:
        return careful(1 / (1 + exp(-self.odds(row))), row)

    def odds(self, row: Row) -> float:
        total = self.shift + _grown(self.trees[:FIRST_TREES], row)
        return total if total < HOPELESS else total + _grown(self.trees[FIRST_TREES:], row)


def careful(score: float, row: Row) -> float:
    """Return the score, lowered below SUGGEST for a sentence unless its words speak for it."""
    if not row[_CLOSED] or row[_WORDS] < _LEAST:
        return score
    if row[_SAID] < TALKS_LIKE_A_PIECE:
        return score * SUGGEST
    return score * SUGGEST / SURER if score < SURER else score


_CLOSED, _WORDS, _SAID = (NAMES.index(name) for name in ("closed", "words", "said"))
_LEAST = log(1 + WORDS_OF_A_SENTENCE)


def _grown(trees: Sequence[Tree], row: Row) -> float:
    total = 0.0
    for node in trees:
        while node.__class__ is tuple:
            at, most, low, high = node
            node = low if row[at] <= most else high
        total += node
    return total


@cache
def model() -> Model:
    stored = json.loads(LEARNED.read_text(encoding="utf-8"))
    if tuple(stored["names"]) != NAMES:
        raise ValueError(f"{LEARNED.name} was learned from other measures: train it again.")
    trees = [_tuples(tree) for tree in stored["trees"]]
    return Model(stored["weights"], stored["intercept"], trees, stored["shift"])


def _tuples(node: Any) -> Tree:
    if not isinstance(node, list):
        return float(node)
    at, most, low, high = node
    return (at, float(most), _tuples(low), _tuples(high))
