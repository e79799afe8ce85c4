"""Tell texts apart: by every character, or by the words they have in common."""

import hashlib
import re

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
