"""Put the passages of two texts side by side: each beside the one that says it too. Pure."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus.text.fingerprint import words

ALIKE = 0.5  # of the words of two passages: one is the other, changed
WITHIN = 0.75  # of the words of the shorter stand in the longer, which grew around it
LIKELY = 4  # passages that one is compared with, those with most pairs of words in common


@dataclass(frozen=True)
class Row:
    """Indexes of two passages that belong together, or of one that stands alone."""

    left: int | None = None
    right: int | None = None
    same: bool = False  # to the letter


def align(left: Sequence[str], right: Sequence[str]) -> list[Row]:
    """Rows in the order of the left text; what only the right says follows what it follows there.

    Each passage is in one row. Sentences may stand in another order.
    """
    beside = _twins(left, right)
    beside |= _alike(left, right, beside)
    taken = {at: row for row, at in beside.items()}
    rows = list(_alone_until_taken(range(len(right)), taken))
    for at, text in enumerate(left):
        other = beside.get(at)
        if other is None:
            rows.append(Row(left=at))
            continue
        rows.append(Row(at, other, same=text == right[other]))
        rows += _alone_until_taken(range(other + 1, len(right)), taken)
    return rows


def _twins(left: Sequence[str], right: Sequence[str]) -> dict[int, int]:
    """Passages of the very same words, the first with the first."""
    places: dict[str, list[int]] = defaultdict(list)
    for at in reversed(range(len(right))):
        places[right[at]].append(at)
    return {at: places[text].pop() for at, text in enumerate(left) if places[text]}


def _alike(left: Sequence[str], right: Sequence[str], beside: dict[int, int]) -> dict[int, int]:
    """Of what is left over, those of which most words are the same; the likest first."""
    taken = set(beside.values())
    read = {at: words(right[at]) for at in range(len(right)) if at not in taken}
    holders: dict[tuple[str, str], list[int]] = defaultdict(list)
    for at, theirs in read.items():
        for pair in set(_pairs(theirs)):
            holders[pair].append(at)
    likeness = []
    for at in range(len(left)):
        if at in beside:
            continue
        mine = words(left[at])
        votes = Counter(other for pair in set(_pairs(mine)) for other in holders.get(pair, ()))
        for other, _ in votes.most_common(LIKELY):
            if (share := _likeness(mine, read[other])) >= ALIKE:
                likeness.append((-share, at, other))
    found: dict[int, int] = {}
    for _, at, other in sorted(likeness):
        if at not in found and other not in taken:
            found[at] = other
            taken.add(other)
    return found


def _pairs(found: list[str]) -> Iterator[tuple[str, str]]:
    return pairwise(found)


def _likeness(one: list[str], other: list[str]) -> float:
    common = (Counter(one) & Counter(other)).total()
    share = 2 * common / (len(one) + len(other))
    within = common / min(len(one), len(other))
    return max(share, ALIKE if within >= WITHIN and common >= 5 else 0.0)


def _alone_until_taken(places: range, taken: dict[int, int]) -> Iterator[Row]:
    for at in places:
        if at in taken:
            return
        yield Row(right=at)
