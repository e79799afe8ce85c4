"""Where a text spells an acronym out: "Swedish Space Corporation (SSC)", "SSC (Swedish …)"."""

import re
from collections import defaultdict
from collections.abc import Collection
from typing import NamedTuple

from corpus.analysis.written_names import initials, words_of
from corpus.text.fold import fold

_BRACKETS = re.compile(r"\(([^()\n]{2,120})\)")
_ACRONYM = re.compile(r"[^\W\d_a-z][^\W_]{1,9}")
_LAST_WORD = re.compile(r"([^\W_]{2,10})\s?$")
_SENTENCE = re.compile(r"[.!?;:\n(](?=\s|$)")
_LONGEST = 120


class Spelled(NamedTuple):
    words: str  # the long name, or the words that end in it
    letters: str


def spelled_out(text: str) -> dict[str, list[Spelled]]:
    """Return, for each acronym (folded), the words by which the text spells it out."""
    found = defaultdict(list)
    for match in _BRACKETS.finditer(text):
        inside, before = match[1].strip(), text[max(0, match.start() - _LONGEST) : match.start()]
        if _is_acronym(inside):
            words = _SENTENCE.split(before)[-1].strip()
            found[fold(inside)].append(Spelled(words, inside))
        elif (last := _LAST_WORD.search(before)) and _is_acronym(last[1]):
            found[fold(last[1])].append(Spelled(inside, last[1]))
    return found


def _is_acronym(word: str) -> bool:
    return bool(_ACRONYM.fullmatch(word)) and sum(map(str.isupper, word)) > 1


def names_one_of(spelled: Spelled, names: Collection[str]) -> bool:
    """Whether the words that spell an acronym out are, or end in, one of these names."""
    words = fold(spelled.words).rstrip("'s ")
    return any(words.endswith(fold(name)) for name in names if len(name) > len(spelled.letters))


def other_name(spelled: Spelled) -> str:
    """Return the name that spells the acronym letter by letter, if the words end in one."""
    words, letters = words_of(spelled.words), fold(spelled.letters)
    for count in range(len(letters), min(len(words), 2 * len(letters)) + 1):
        some = words[-count:]
        of_all = fold("".join(word[0] for word in some))  # "polygenic risk scores (PRS)"
        if of_all == letters or (not some[0][0].islower() and fold(initials(some)) == letters):
            return " ".join(some)
    return ""
