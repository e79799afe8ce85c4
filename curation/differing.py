"""What changed between two texts, sentence by sentence and word by word. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from corpus.text.segment import sentences

WORDS_COMPARED = 400  # a longer sentence is shown whole on both sides
LOOK_AHEAD = 20  # old sentences that a new one may take the place of
ALIKE = 0.4  # of their words in common, in order: the same sentence, changed

Piece = tuple[str, str]  # (same | gone | come, words)


@dataclass(frozen=True)
class Change:
    """A run of sentences: same (nothing shown of it but how many), gone, come or changed."""

    kind: str
    before: tuple[Piece, ...] = ()
    after: tuple[Piece, ...] = ()
    count: int = 0


def changes(before: str, after: str) -> list[Change]:
    """The differences of two Markdown texts, in order; the same runs are only counted."""
    return compared(split(before), split(after))


def compared(old: Sequence[str], new: Sequence[str]) -> list[Change]:
    """The same of two texts that are sentences already."""
    found: list[Change] = []
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            found.append(Change("same", count=b - a))
        else:
            found += _paired(old[a:b], new[c:d])
    return found


def split(text: str) -> list[str]:
    """The sentences of a text as it was typed, citations and marks included."""
    return [
        words
        for line in text.splitlines()
        for start, end in sentences(line)
        if (words := line[start:end].strip())
    ]


def _paired(old: Sequence[str], new: Sequence[str]) -> Iterator[Change]:
    """Each new sentence beside the next old one that reads like it, else by itself."""
    at = 0
    for words in new:
        like = _first_like(words, old[at : at + LOOK_AHEAD])
        if like is None:
            yield Change("come", after=(("come", words),))
            continue
        yield from (Change("gone", before=(("gone", each),)) for each in old[at : at + like])
        at += like + 1
        yield Change("changed", *word_by_word(old[at - 1].split(), words.split()))
    yield from (Change("gone", before=(("gone", each),)) for each in old[at:])


def _first_like(words: str, candidates: Sequence[str]) -> int | None:
    matcher = SequenceMatcher(None, autojunk=False)
    matcher.set_seq2(words.split()[:WORDS_COMPARED])
    for place, candidate in enumerate(candidates):
        matcher.set_seq1(candidate.split()[:WORDS_COMPARED])
        if matcher.quick_ratio() >= ALIKE and matcher.ratio() >= ALIKE:
            return place
    return None


def word_by_word(old: list[str], new: list[str]) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """The pieces of the old and of the new: same, gone from the one, come into the other."""
    if max(len(old), len(new)) > WORDS_COMPARED:
        return (("gone", " ".join(old)),), (("come", " ".join(new)),)
    before: list[Piece] = []
    after: list[Piece] = []
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        same = kind == "equal"
        if b > a:
            before.append(("same" if same else "gone", " ".join(old[a:b])))
        if d > c:
            after.append(("same" if same else "come", " ".join(new[c:d])))
    return tuple(before), tuple(after)
