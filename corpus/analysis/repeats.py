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
        # In their order, so that the same text is told the same on every machine.
        here: tuple[int, ...] = (index,)
        sequences = dict.fromkeys(zip(passage, passage[1:], passage[2:], strict=False), here)
        known = seen.known(sequences)
        earlier = seen.like(passage, sequences, known, cut.kind)
        if earlier is not None:
            found[index] = earlier
        else:
            seen.add(index, passage, sequences, known, cut.kind)
    return found


_Sequence = tuple[str, str, str]
_Sequences = dict[_Sequence, tuple[int, ...]]  # with the passages in which each stands
_Known = list[tuple[_Sequence, tuple[int, ...]]]  # those of a passage that stand in earlier ones


class _Seen:
    """The passages so far that repeat nothing, found by the three-word sequences in them."""

    def __init__(self) -> None:
        self._whole: dict[tuple[str, ...], int] = {}
        self._passages: dict[int, tuple[list[str], _Sequences, str]] = {}
        self._by_sequence: _Sequences = {}

    def add(
        self, index: int, passage: list[str], sequences: _Sequences, known: _Known, kind: str
    ) -> None:
        self._whole[tuple(passage)] = index
        self._passages[index] = (passage, sequences, kind)
        for sequence, earlier in known:
            sequences[sequence] = (*earlier, index) if len(earlier) < 4 else earlier
        self._by_sequence.update(sequences)

    def known(self, sequences: _Sequences) -> _Known:
        by_sequence = self._by_sequence
        return [(each, by_sequence[each]) for each in sequences if each in by_sequence]

    def like(
        self, passage: list[str], sequences: _Sequences, known: _Known, kind: str
    ) -> int | None:
        if (same := self._whole.get(tuple(passage))) is not None:
            return same
        votes: dict[int, int] = {}
        for _, earlier in known:
            for index in earlier:
                votes[index] = votes.get(index, 0) + 1
        for index in sorted(votes, key=votes.__getitem__, reverse=True)[:3]:
            other, other_sequences, other_kind = self._passages[index]
            if kind == other_kind == "heading" and _alike_headings(passage, other):
                return index
            if len(passage) < len(other):
                found = _contains(passage, other, other_sequences)
            else:
                found = _contains(other, passage, sequences)
            if found:
                return index
        return None


def _alike_headings(one: list[str], other: list[str]) -> bool:
    return _same_numbers(one, other) and _shared(one, other) >= ALIKE


def _shared(one: list[str], other: list[str]) -> float:
    common = sum((Counter(one) & Counter(other)).values())
    return 2 * common / (len(one) + len(other))


def _contains(short: list[str], long: list[str], sequences: _Sequences) -> bool:
    """Whether nearly the whole of the shorter stands again, in one piece, in the longer."""
    if len(long) > LONGEST or len(short) < MOSTLY * len(long):
        return False
    middle = len(short) // 2  # is in any piece that is nearly the whole
    if tuple(short[middle - 1 : middle + 2]) not in sequences or not _same_numbers(short, long):
        return False
    size = int(len(short) * NEARLY_ALL + 0.999)
    pieces = {tuple(long[at : at + size]) for at in range(len(long) - size + 1)}
    return any(tuple(short[at : at + size]) in pieces for at in range(len(short) - size + 1))


def _same_numbers(one: list[str], other: list[str]) -> bool:
    """A sentence with another year is another statement."""
    return [w for w in one if not w.isalpha()] == [w for w in other if not w.isalpha()]
