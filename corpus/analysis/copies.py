"""Tell whether one text took over words of another, and show which. Pure.

Looked for is reuse, whole or in part: a wire story inside a longer page, a paragraph lifted,
sentences dropped, put in another order or lightly reworded. Two texts on one subject that
nobody copied share names and subject words, but few words in sequence.
"""

import json
import math
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from corpus.analysis.function_words import FUNCTION_WORDS
from corpus.text.fingerprint import words

ALGORITHM = 1  # of reuse(): whatever changes a score is a new one
THRESHOLD = 0.5  # of the score, from which on a text is said to be reused
MOST_WORDS = 20_000  # of a text that are compared
WINDOW = 60  # words: a paragraph
STEM = 7  # letters of a word that are compared where its ending may differ

# A logistic model of five measures of the smaller text, learned by learned/train_reuse.py.
_LEARNED = json.loads((Path(__file__).parent / "learned" / "reuse.json").read_text())
WEIGHTS: dict[str, float] = _LEARNED["weights"]
BIAS: float = _LEARNED["bias"]


@dataclass(frozen=True)
class Reuse:
    """What two texts have in common. A share is one of the smaller text."""

    score: float  # how sure: THRESHOLD and above is reuse
    shared: float  # share of its words that stand in the other in sequences of three or more
    measures: dict[str, float] = field(default_factory=dict)

    @property
    def found(self) -> bool:
        return self.score >= THRESHOLD

    @property
    def reason(self) -> str:
        """In words, as the desk tells it."""
        if self.shared >= 0.95:
            return "nearly every word of the shorter text stands in the other"
        if self.measures["paragraph"] >= 0.9 and self.shared < 0.5:
            return "a paragraph stands in both"
        share = round(100 * self.shared)
        return f"{share} % of the shorter text stands in the other, word for word"


class Read:
    """A text as it is compared. Keep it where one text is compared with many."""

    def __init__(self, text: str) -> None:
        self.words = words(text)[:MOST_WORDS]
        self.sequences = frozenset(zip(self.words, self.words[1:], self.words[2:], strict=False))
        self.subject_words = Counter(
            word[:STEM] for word in self.words if word not in FUNCTION_WORDS
        )


def reuse(a: Read, b: Read) -> Reuse:
    """Compare two texts; the order in which they are given does not matter."""
    small, large = sorted((a, b), key=lambda read: (len(read.words), read.words))
    if len(small.words) < 3:
        same = float(small.words == large.words and bool(small.words))
        return Reuse(same, same, dict.fromkeys(WEIGHTS, same))
    covered = _covered(small, large)
    measures = {
        "sequences": math.sqrt(len(small.sequences & large.sequences) / len(small.sequences)),
        "subject_words": math.sqrt(_subject_words(small, large)),
        "covered": sum(covered) / len(covered),
        "paragraph": _best_window(covered),
        "longer": min(4.0, math.log2(len(large.words) / len(small.words))),
    }
    weight = BIAS + sum(WEIGHTS[name] * measures[name] for name in WEIGHTS)
    return Reuse(1 / (1 + math.exp(-weight)), measures["covered"], measures)


def score(a: str, b: str) -> float:
    """How sure it is that one of two texts reuses the other; THRESHOLD and above is reuse."""
    return reuse(Read(a), Read(b)).score


def _covered(small: Read, large: Read) -> list[int]:
    """1 for each word of the smaller text that is in a sequence of three both have."""
    covered = [0] * len(small.words)
    sequences = zip(small.words, small.words[1:], small.words[2:], strict=False)
    for at, sequence in enumerate(sequences):
        if sequence in large.sequences:
            covered[at] = covered[at + 1] = covered[at + 2] = 1
    return covered


def _subject_words(small: Read, large: Read) -> float:
    """Share of the smaller text's subject words that the other has too.

    Each counts the less the more often both say it: what a subject is called, both must say.
    """
    total = common = 0.0
    for word, times in small.subject_words.items():
        weight = 1 / (times + large.subject_words[word])
        total += weight
        if word in large.subject_words:
            common += weight
    return common / total if total else 0.0


def _best_window(covered: list[int]) -> float:
    """The share covered of that paragraph's length of words which is covered best."""
    inside = best = sum(covered[:WINDOW])
    for leaves, enters in zip(covered, covered[WINDOW:], strict=False):
        inside += enters - leaves
        best = max(best, inside)
    return best / WINDOW
