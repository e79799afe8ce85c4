"""Fold text for comparing: offsets stay those of the original text."""

import re
import unicodedata

_SPACES = "\u00a0\u1680\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B)))
_HYPHENS = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d"
_APOSTROPHES = "\u2018\u2019\u201b\u02bc\u02b9\u2032\u0060\u00b4\uff07"
_LAST_LETTER_THAT_TAKES_ACCENTS = "\u052f"  # Latin, Greek, Cyrillic; か and が are two letters
LONGEST_WORD = 100  # characters of an indexed one; PostgreSQL refuses more than 2,046 bytes
_BEYOND_ASCII = re.compile("[^\x00-\x7f]+(?: [^\x00-\x7f]+)*")
_ACCENTS = re.compile("[\u0300-\u036f]+")


def fold(text: str) -> str:
    """Return text without case, accents and typographic variants, one character for one."""
    if text.isascii():  # five times as fast, and most passages are
        return text.lower().replace("`", "'")
    # Most of its letters are ASCII all the same, and the table is slow.
    return _lower_ascii(_BEYOND_ASCII.sub(_by_table, text)).replace("`", "'")


def _by_table(match: re.Match[str]) -> str:
    return match[0].translate(_FOLDED)


def _lower_ascii(text: str) -> str:
    """Return the letters A to Z in lower case, and all others as they are."""
    return text.encode("utf-8", "surrogatepass").lower().decode("utf-8", "surrogatepass")


def keeping(signs: str) -> bytes:
    """Return a table for `plain_words`: whatever is none of these signs parts words."""
    return bytes(code if chr(code) in signs else ord(" ") for code in range(256))


def plain_words(text: str, table: bytes) -> list[str]:
    """Return the words of a text that is ASCII, twice as fast as a pattern finds them."""
    return text.encode().translate(table).decode().split()


def like_lower(text: str) -> str:
    """Return lower case in which a letter is whatever a pattern that ignores case takes for it.

    What such a pattern must find can be looked for in it, a hundred times as fast.
    """
    return text.replace("İ", "i").lower().replace("ı", "i").replace("ſ", "s")


def search_text(text: str, limit_bytes: int = 400_000) -> str:
    """Return the words of a text for full-text search, at most so many bytes of UTF-8."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    plain = unicodedata.normalize("NFKC", _ACCENTS.sub("", plain)).casefold()
    return _shortened(" ".join(plain.translate(_WORDS).split()), limit_bytes)


def indexed(text: str) -> str:
    """Return the words of a text as they are indexed, each at a bearable length."""
    found = search_text(text)
    words = found.split()
    if max(map(len, words), default=0) <= LONGEST_WORD:
        return found
    return " ".join(word[:LONGEST_WORD] for word in words)


def _shortened(words: str, limit_bytes: int) -> str:
    raw = words.encode("utf-8", "replace")
    if len(raw) <= limit_bytes:
        return words
    head, space, _ = raw[: limit_bytes + 1].rpartition(b" ")
    return (head if space else raw[:limit_bytes]).decode("utf-8", "ignore")


def _folded(char: str) -> str:
    base, *marks = list(unicodedata.normalize("NFD", char))
    if marks and base <= _LAST_LETTER_THAT_TAKES_ACCENTS and all(map(unicodedata.combining, marks)):
        char = base
    low = char.casefold()
    return low if len(low) == 1 else char


class _Folded(dict[int, str]):
    def __missing__(self, code: int) -> str:
        self[code] = _folded(chr(code))
        return self[code]


class _Words(dict[int, str]):
    def __missing__(self, code: int) -> str:
        char = chr(code)
        kept = char.isalnum() or unicodedata.category(char).startswith("M")
        self[code] = char if kept else " "
        return self[code]


_FOLDED = _Folded(
    dict.fromkeys(map(ord, _SPACES), " ")
    | dict.fromkeys(map(ord, _HYPHENS), "-")
    | dict.fromkeys(map(ord, _APOSTROPHES), "'")
)
_WORDS = _Words()
