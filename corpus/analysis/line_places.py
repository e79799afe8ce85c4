"""Measure where each line of a text stands, and among what."""

from collections.abc import Sequence
from math import log

from corpus.analysis.lines import OWN, Row

FAR = 30  # lines; beyond that a distance makes no difference
NOTHING = -9.0  # stands for "no such line"
PROSE = 18  # words that make a line prose, when it is closed like a sentence

PLACE = (
    "at", "from_start", "from_end", "before", "after", "prose_behind", "prose_ahead", "run",
    "run_at", "longest_near",
)  # fmt: skip
BESIDE = ("chars", "closed", "capitals", "function_words", "known_in_prose", "date")
SAID = (
    "said", "said-3", "said-2", "said-1", "said+1", "said+2", "said+3", "said_5_before",
    "said_5_after", "said_before", "said_after", "most_before", "most_after", "least_near",
)  # fmt: skip
NAMES = (
    *OWN, *PLACE, *SAID, *(f"{name}-1" for name in BESIDE), *(f"{name}+1" for name in BESIDE),
)  # fmt: skip
_BESIDE = tuple(OWN.index(name) for name in BESIDE)
_CHARS, _WORDS, _CLOSED = (OWN.index(name) for name in ("chars", "words", "closed"))
_LEAST = log(1 + PROSE)


def rows(own: Sequence[Row], said: Sequence[float]) -> list[Row]:
    """Return all measures of each line, in the order of NAMES."""
    picked = [[row[at] for at in _BESIDE] for row in own]
    none = [-1.0] * len(_BESIDE)
    before, after = [none, *picked[:-1]], [*picked[1:], none]
    parts = zip(own, _places(own), _sayings(said), before, after, strict=True)
    return [[*line, *place, *saying, *one, *two] for line, place, saying, one, two in parts]


def is_prose(own: Row) -> bool:
    """Whether a line by its length and end is a sentence of some substance."""
    return own[_WORDS] >= _LEAST and own[_CLOSED] > 0


def _places(own: Sequence[Row]) -> list[Row]:
    total = len(own)
    prose = [is_prose(row) for row in own]
    behind, ahead = _distances(prose), _distances(prose[::-1])[::-1]
    sizes = [row[_WORDS] * row[_WORDS] for row in own]
    whole = sum(sizes) or 1.0
    chars = [row[_CHARS] for row in own]
    found, so_far = [], 0.0
    for index, (run, run_at) in enumerate(_runs(prose)):
        found.append([
            index / (total - 1 or 1), min(index, FAR), min(total - 1 - index, FAR),
            so_far / whole, 1 - (so_far + sizes[index]) / whole,
            behind[index], ahead[index], min(run, FAR), min(run_at, FAR),
            max(chars[max(0, index - 3) : index + 4]),
        ])  # fmt: skip
        so_far += sizes[index]
    return found


def _distances(prose: Sequence[bool]) -> list[int]:
    distance, found = FAR, []
    for is_prose in prose:
        found.append(distance)
        distance = 1 if is_prose else min(distance + 1, FAR)
    return found


def _runs(prose: Sequence[bool]) -> list[tuple[int, int]]:
    """How long the unbroken run of prose, or of other lines, is; and the place in it."""
    found: list[tuple[int, int]] = []
    start = 0
    for index in range(1, len(prose) + 1):
        if index == len(prose) or prose[index] != prose[start]:
            found += [(index - start, place) for place in range(index - start)]
            start = index
    return found


def _sayings(said: Sequence[float]) -> list[Row]:
    total = len(said)
    sums = [0.0]
    for each in said:
        sums.append(sums[-1] + each)
    wide = [NOTHING] * 5 + list(said) + [NOTHING] * 5
    found = []
    for index in range(total):
        at = index + 5
        back, on = max(0, index - 5), min(total, index + 6)
        found.append([
            wide[at], *wide[at - 3 : at], *wide[at + 1 : at + 4],
            (sums[index] - sums[back]) / (index - back or 1),
            (sums[on] - sums[index + 1]) / (on - index - 1 or 1),
            sums[index] / (index or 1),
            (sums[total] - sums[index + 1]) / (total - index - 1 or 1),
            max(wide[at - 5 : at]), max(wide[at + 1 : at + 6]),
            min(said[max(0, index - 3) : index + 4]),
        ])  # fmt: skip
    return found
