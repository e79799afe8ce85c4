"""Tell whether one text took over words of another, and show which. Pure.

Looked for is reuse, whole or in part: a wire story inside a longer page, a paragraph lifted,
sentences dropped, put in another order or lightly reworded. Two texts on one subject that
nobody copied share names and subject words, but few words in sequence. What stands in quotation
marks tells nothing of it: two who heard the same speech quote the same sentences.
"""

import json
import math
import re
from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from corpus.analysis.function_words import FUNCTION_WORDS
from corpus.text.fingerprint import words

ALGORITHM = 2  # of reuse(): whatever changes a score is a new one
THRESHOLD = 0.5  # of the score, from which on a text is said to be reused
MOST_WORDS = 20_000  # of a text that are compared
WINDOW = 60  # words: a paragraph
STEM = 7  # letters of a word that are compared where its ending may differ
FEWEST_OWN = 20  # words outside quotation marks, and
SHARE_OWN = 0.25  # of all letters, for a text to be compared without what it quotes

# A logistic model of four measures of the smaller text, learned by learned/train_reuse.py.
_LEARNED = json.loads((Path(__file__).parent / "learned" / "reuse.json").read_text())
MEASURES = ("neighbours", "subject_words", "covered", "paragraph")
WEIGHTS: dict[str, float] = _LEARNED["weights"]
BIAS: float = _LEARNED["bias"]


@dataclass(frozen=True)
class Reuse:
    """What two texts have in common. A share is one of the smaller text."""

    score: float  # how sure: THRESHOLD and above is reuse
    shared: float  # share of its words that stand in the other in sequences of three or more
    measures: dict[str, float] = field(default_factory=dict)
    without_quotes: bool = False  # of the words outside quotation marks alone

    @property
    def found(self) -> bool:
        return self.score >= THRESHOLD

    @property
    def reason(self) -> str:
        """In words, as the desk tells it."""
        aside = ", quotations aside" if self.without_quotes else ""
        if self.shared >= 0.95:
            return f"nearly every word of the shorter text stands in the other{aside}"
        if self.measures["paragraph"] >= 0.9 and self.shared < 0.5:
            return "a paragraph stands in both"
        share = round(100 * self.shared)
        return f"{share} % of the shorter text stands in the other, word for word{aside}"


class Words:
    """The words of a text, or of what it says itself; counted when first they are compared."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def words(self) -> list[str]:
        return words(self.text)[:MOST_WORDS]

    @cached_property
    def sequences(self) -> frozenset[tuple[str, str, str]]:
        return frozenset(zip(self.words, self.words[1:], self.words[2:], strict=False))

    @cached_property
    def subject_words(self) -> list[str]:
        return [word[:STEM] for word in self.words if word not in FUNCTION_WORDS]

    @cached_property
    def times(self) -> Counter[str]:
        return Counter(self.subject_words)

    @cached_property
    def neighbours(self) -> frozenset[tuple[str, str]]:
        """Subject words that follow each other, whatever small words are between them."""
        return frozenset(zip(self.subject_words, self.subject_words[1:], strict=False))


class Read:
    """A text as it is compared. Keep it where one text is compared with many."""

    def __init__(self, text: str) -> None:
        self.every = self.own = Words(text)
        if any(mark in text for mark in _OPENS):
            self.own = Words(_QUOTED.sub("\n", text))

    @cached_property
    def says_enough(self) -> bool:
        share = len(self.own.text) / max(1, len(self.every.text))
        return share >= SHARE_OWN and len(self.own.words) >= FEWEST_OWN


# To the closing mark, or to the end of a paragraph that leaves the mark open.
_QUOTED = re.compile(
    r"„[^„“”\n]{0,1000}[“”]|“[^“”\n]{0,1000}(?:”|$)|«[^«»\n]{0,1000}»|‘[^‘\n]{1,1000}?’(?!\w)"
    r"|(?<![\w.,!?])\"(?=[^\s\"])[^\"\n]{0,1000}(?:\"|$)",
    re.MULTILINE,
)
_OPENS = '"“‘„«'


def reuse(a: Read, b: Read) -> Reuse:
    """Compare two texts; the order in which they are given does not matter.

    Compared are the words outside quotation marks, unless one of them says little besides.
    """
    own = a.says_enough and b.says_enough
    one, other = (a.own, b.own) if own else (a.every, b.every)
    small, large = sorted((one, other), key=lambda read: (len(read.words), read.words))
    if len(small.words) < 3:
        same = float(small.words == large.words and bool(small.words))
        return Reuse(same, same, dict.fromkeys(MEASURES, same))
    covered = _covered(small, large)
    measures = {
        "neighbours": math.sqrt(_neighbours(small, large)),
        "subject_words": math.sqrt(_subject_words(small, large)),
        "covered": sum(covered) / len(covered),
        "paragraph": _best_window(covered),
    }
    weight = BIAS + sum(WEIGHTS[name] * measures[name] for name in MEASURES)
    quoting = own and not (a.own is a.every and b.own is b.every)
    return Reuse(1 / (1 + math.exp(-weight)), measures["covered"], measures, quoting)


def score(a: str, b: str) -> float:
    """How sure it is that one of two texts reuses the other; THRESHOLD and above is reuse."""
    return reuse(Read(a), Read(b)).score


def _covered(small: Words, large: Words) -> list[int]:
    """1 for each word of the smaller text that is in a sequence of three both have."""
    covered = [0] * len(small.words)
    sequences = zip(small.words, small.words[1:], small.words[2:], strict=False)
    for at, sequence in enumerate(sequences):
        if sequence in large.sequences:
            covered[at] = covered[at + 1] = covered[at + 2] = 1
    return covered


def _neighbours(small: Words, large: Words) -> float:
    """Share of the smaller text's neighbours that are neighbours in the other too."""
    shared = len(small.neighbours & large.neighbours)
    return shared / len(small.neighbours) if shared else 0.0


def _subject_words(small: Words, large: Words) -> float:
    """Share of the smaller text's subject words that the other has too.

    Each counts the less the more often both say it: what a subject is called, both must say.
    """
    total = common = 0.0
    for word, times in small.times.items():
        weight = 1 / (times + large.times[word])
        total += weight
        if word in large.times:
            common += weight
    return common / total if total else 0.0


def _best_window(covered: list[int]) -> float:
    """The share covered of that paragraph's length of words which is covered best."""
    inside = best = sum(covered[:WINDOW])
    for leaves, enters in zip(covered, covered[WINDOW:], strict=False):
        inside += enters - leaves
        best = max(best, inside)
    return best / WINDOW
