"""Find passages that stand in the same text twice."""

from collections import Counter
from collections.abc import Sequence

from corpus.text.fingerprint import words
from corpus.text.segment import Cut

FEWEST_WORDS = 5
NEARLY_ALL = 0.9  # of the shorter passage stands again in the longer one,
MOSTLY = 0.6  # and makes up so much of it
ALIKE = 0.8  # of the words of two headings
LONGEST = 300  # words that are compared one by one


def repetitions(text: str, cuts: Sequence[Cut]) -> dict[int, int]:
    """Return, for each passage that repeats an earlier one, which one that is."""
    seen = _Seen()
    found: dict[int, int] = {}
    for index, cut in enumerate(cuts):
        passage = words(text[cut.start : cut.end])
        if len(passage) < FEWEST_WORDS:
            continue
        earlier = seen.like(passage, cut.kind)
        if earlier is not None:
            found[index] = earlier
        else:
            seen.add(index, passage, cut.kind)
    return found


class _Seen:
    """The passages so far that repeat nothing, found by the three-word sequences in them."""

    def __init__(self) -> None:
        self._whole: dict[tuple[str, ...], int] = {}
        self._passages: dict[int, tuple[list[str], str]] = {}
        self._by_sequence: dict[tuple[str, ...], list[int]] = {}

    def add(self, index: int, passage: list[str], kind: str) -> None:
        self._whole[tuple(passage)] = index
        self._passages[index] = (passage, kind)
        for sequence in set(_sequences(passage)):
            known = self._by_sequence.setdefault(sequence, [])
            if len(known) < 4:
                known.append(index)

    def like(self, passage: list[str], kind: str) -> int | None:
        if (same := self._whole.get(tuple(passage))) is not None:
            return same
        votes = Counter(
            index
            for sequence in set(_sequences(passage))
            for index in self._by_sequence.get(sequence, ())
        )
        for index, _ in votes.most_common(3):
            other, other_kind = self._passages[index]
            if _alike_headings(passage, other, {kind, other_kind}) or _contains(passage, other):
                return index
        return None


def _sequences(passage: list[str]) -> list[tuple[str, ...]]:
    return list(zip(passage, passage[1:], passage[2:], strict=False))


def _alike_headings(one: list[str], other: list[str], kinds: set[str]) -> bool:
    return kinds == {"heading"} and _same_numbers(one, other) and _shared(one, other) >= ALIKE


def _shared(one: list[str], other: list[str]) -> float:
    common = sum((Counter(one) & Counter(other)).values())
    return 2 * common / (len(one) + len(other))


def _contains(one: list[str], other: list[str]) -> bool:
    """Whether nearly the whole of the shorter stands again, in one piece, in the longer."""
    short, long = sorted((one, other), key=len)
    if len(long) > LONGEST or len(short) < MOSTLY * len(long) or not _same_numbers(one, other):
        return False
    size = int(len(short) * NEARLY_ALL + 0.999)
    pieces = {tuple(long[at : at + size]) for at in range(len(long) - size + 1)}
    return any(tuple(short[at : at + size]) in pieces for at in range(len(short) - size + 1))


def _same_numbers(one: list[str], other: list[str]) -> bool:
    """A sentence with another year is another statement."""
    return [w for w in one if not w.isalpha()] == [w for w in other if not w.isalpha()]
