"""The numbers learned of lines that are no part of a piece, and how they are put to use.

Two steps: weights of the words that a line says, then trees over what it looks like and stands
among. Learned by learned/train_lines.py.
"""

import json
from collections.abc import Callable, Sequence
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

Tree = Any  # [measure, at most, tree, tree]; a leaf is a number
Grown = Callable[[Row], float]  # the sum of the leaves that a row reaches in some trees


class Model(NamedTuple):
    weights: dict[str, float]
    intercept: float
    first: Grown
    others: Grown
    shift: float

    def score(self, row: Row) -> float:
        return careful(1 / (1 + exp(-self.odds(row))), row)

    def odds(self, row: Row) -> float:
        total = self.shift + self.first(row)
        return total if total < HOPELESS else total + self.others(row)


def careful(score: float, row: Row) -> float:
    """Return the score, lowered below SUGGEST for a sentence unless its words speak for it."""
    if not row[_CLOSED] or row[_WORDS] < _LEAST:
        return score
    if row[_SAID] < TALKS_LIKE_A_PIECE:
        return score * SUGGEST
    return score * SUGGEST / SURER if score < SURER else score


_CLOSED, _WORDS, _SAID = (NAMES.index(name) for name in ("closed", "words", "said"))
_LEAST = log(1 + WORDS_OF_A_SENTENCE)


@cache
def model() -> Model:
    stored = json.loads(LEARNED.read_text(encoding="utf-8"))
    if tuple(stored["names"]) != NAMES:
        raise ValueError(f"{LEARNED.name} was learned from other measures: train it again.")
    first, others = stored["trees"][:FIRST_TREES], stored["trees"][FIRST_TREES:]
    return Model(
        stored["weights"], stored["intercept"], grown(first), grown(others), stored["shift"]
    )


def grown(trees: Sequence[Tree], measures: int = len(NAMES)) -> Grown:
    """Return the trees as one function, which is twice as fast as to walk them node by node.

    It is written as Python out of nothing but numbers.
    """
    lines = ["def grown(row):"]
    lines.append(f" [{', '.join(f'm{at}' for at in range(measures))}] = row")
    lines.append(" total = 0.0")
    lines += [f" total += {_written(tree)}" for tree in trees]
    made: dict[str, Any] = {}
    exec("\n".join([*lines, " return total"]), made)
    function: Grown = made["grown"]
    return function


def _written(node: Tree) -> str:
    if not isinstance(node, list):
        return repr(float(node))
    at, most, low, high = node
    return f"({_written(low)} if m{int(at)} <= {float(most)!r} else {_written(high)})"
