"""Tell texts apart: by every character, or by the words they have in common; find them by both."""

import hashlib
import re
from collections.abc import Iterator
from functools import lru_cache

from corpus.text.fold import fold

_WORD = re.compile("[\u3040-\u30ff\u3400-\u9fff]|[^\\W_\u3040-\u30ff\u3400-\u9fff]+")


def digest(text: str) -> str:
    """Return the SHA-256 of the text as UTF-8, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def words(text: str) -> list[str]:
    """Return the folded words; scripts without spaces count each character as a word."""
    return _WORD.findall(fold(text))


def shingles(text: str, n: int = 5) -> frozenset[int]:
    """Return a stable number for each sequence of n words; a shorter text is one sequence."""
    found = words(text)
    if not found:
        return frozenset()
    return frozenset(_number(found[i : i + n]) for i in range(max(1, len(found) - n + 1)))


def in_common(a: str | frozenset[int], b: str | frozenset[int]) -> float:
    """Return the share of five-word sequences of the smaller text that the other has too.

    Of the smaller, so that a text cut short, or grown, is still the same document. Takes
    texts or their shingles. Two texts without a word are alike; one with and one without are not.
    """
    first, second = (shingles(each) if isinstance(each, str) else each for each in (a, b))
    if not first or not second:
        return float(first == second)
    return len(first & second) / min(len(first), len(second))


def _number(sequence: list[str]) -> int:
    raw = " ".join(sequence).encode("utf-8", "replace")
    return int.from_bytes(hashlib.blake2b(raw, digest_size=8).digest(), "big", signed=True)


ALGORITHM = 1  # of fingerprints(): whatever changes a number below, or words(), is a new one
SEQUENCE = 5  # words
RUN = 36  # words in a row that two texts share give them a fingerprint in common


def fingerprints(text: str) -> frozenset[int]:
    """Return a sample of the five-word sequences, by which texts with words in common are found.

    Winnowing: of each window of sequences the smallest number is kept, so that any RUN of
    words that two texts share gives both the same number, wherever it stands. About 6 in 100.
    """
    numbers = [
        (a + b * _BY[0] + c * _BY[1] + d * _BY[2] + e * _BY[3]) & _BITS
        for a, b, c, d, e in _in_fives([_of_word(word) for word in words(text)])
    ]
    return frozenset(_smallest(numbers, RUN - SEQUENCE + 1))


_BITS = (1 << 63) - 1  # what a database's integer holds
_BY = (0x5BD1E9955BD1E995, 0x27D4EB2F165667C5, 0x165667B19E3779F9, 0x2545F4914F6CDD1D)


def _in_fives(numbers: list[int]) -> Iterator[tuple[int, ...]]:
    return zip(numbers, numbers[1:], numbers[2:], numbers[3:], numbers[4:], strict=False)


@lru_cache(maxsize=100_000)
def _of_word(word: str) -> int:
    return _number([word]) & _BITS


def _smallest(numbers: list[int], width: int) -> Iterator[int]:
    """Yield the smallest of each window of so many, once as long as it stays that."""
    at = -1
    for last in range(min(width, len(numbers)) - 1, len(numbers) if numbers else -1):
        first = max(0, last - width + 1)
        if at < first:
            at = min(range(first, last + 1), key=numbers.__getitem__)
        elif numbers[last] < numbers[at]:
            at = last
        else:
            continue
        yield numbers[at]
