"""Tell texts apart: by every character, or by the words they have in common; find them by both."""

import hashlib
import re
import string
from collections.abc import Iterable
from zlib import crc32

from corpus.text.fold import fold, keeping, plain_words

_PLAIN = keeping(string.ascii_lowercase + string.digits)
_WORD = re.compile("[\u3040-\u30ff\u3400-\u9fff]|[^\\W_\u3040-\u30ff\u3400-\u9fff]+")


def digest(text: str) -> str:
    """Return the SHA-256 of the text as UTF-8, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def words(text: str) -> list[str]:
    """Return the folded words; scripts without spaces count each character as a word."""
    low = fold(text)
    return plain_words(low, _PLAIN) if low.isascii() else _WORD.findall(low)


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
SEQUENCE = 4  # words
ONE_IN = 14  # sequences of a long text is kept,
ENOUGH = 48  # and more of a short one: about so many in all


def readable(text: str, spam: Iterable[tuple[int, int]]) -> str:
    """Return a text without the places [start, end) that are no part of the piece."""
    kept, at = [], 0
    for start, end in spam:
        kept.append(text[at:start])
        at = end
    return "\n".join([*kept, text[at:]])


def fingerprints(text: str) -> frozenset[int]:
    """Return a sample of the word sequences, by which texts with words in common are found.

    Kept are the sequences whose numbers are smallest. That depends on nothing around them: what
    two texts share is kept of both, however scattered it stands, or of none.
    """
    read = " ".join(words(text)).encode("utf-8", "replace").split(b" ")
    sequences = zip(*(read[at:] for at in range(SEQUENCE)), strict=False)
    numbers = [crc32(b" ".join(sequence)) for sequence in sequences]
    kept = 2**32 * max(1 / ONE_IN, min(1.0, ENOUGH / max(1, len(numbers))))
    return frozenset([number for number in numbers if number < kept])
