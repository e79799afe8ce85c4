"""Tell a name from a part of a longer name that nobody knows: "Unified Mars Gateway"."""

import re
from collections.abc import Iterator, Set
from typing import NamedTuple

from corpus.analysis.common_nouns import COMMON_NOUNS, COMPANIONS, GENERIC, HEADS, OPENING_WORDS
from corpus.analysis.countries import COUNTRY_OF
from corpus.analysis.written_names import Page, is_acronym

BODIES = frozenset({"", "agency", "company", "organisation"})
FARTHEST = 8  # words of a longer name, on either side
_NUMBER = re.compile(r"[IVX]+|\d{1,3}")
_INNER_CAPITAL = re.compile(r"[^\W\d_][A-Z\d]")


class Longer(NamedTuple):
    """A longer name around a name."""

    words: str
    ends: bool  # the name closes the longer one, which is surely another's


def longer_name(
    page: Page, first: int, last: int, kinds: Set[str], known: Set[int]
) -> Longer | None:
    """Return the longer name of which the words first…last are a part, if nobody knows it.

    `known` are the words that stand in names that somebody does know.
    """
    written = page.written(first, last)
    if is_acronym(written) and page.words[first] not in COMMON_NOUNS:
        return None
    longer = _longer(page, first, last, kinds, known)
    return None if longer and page.is_titled(first) else longer


def _longer(page: Page, first: int, last: int, kinds: Set[str], known: Set[int]) -> Longer | None:
    before = list(_before(page, first))
    if _closes(page, first, last, kinds, [at for at in before if at not in known]):
        # "Maria Aschbacher" is another person; "Airbus Orion" may well be Orion.
        other = first != last or "person" in kinds or page.words[first] in COMMON_NOUNS
        return Longer(page.written(before[-1], last), ends=other)
    after = list(_after(page, last, known))
    if after and _opens(page, first, last, kinds, after):
        return Longer(page.written(first, after[-1]), ends=False)
    return None


def _before(page: Page, first: int) -> Iterator[int]:
    """Words with capitals that stand directly before, nearest first."""
    for at in range(first - 1, max(-1, first - 1 - FARTHEST), -1):
        if not page.is_capital(at) or page.is_apart(at + 1) or page.words[at] in OPENING_WORDS:
            return
        yield at


def _after(page: Page, last: int, known: Set[int]) -> Iterator[int]:
    """Words with capitals, or numbers, that stand directly behind and belong to no known name."""
    for at in range(last + 1, min(len(page.words), last + 1 + FARTHEST)):
        if not page.is_capital(at) and not page.words[at].isdecimal():
            return
        if at in known or page.gap(at) != " " or page.is_apart(at):
            return
        number = at == last + 1 and _NUMBER.fullmatch(page.written(at, at))
        if not number and (not page.is_capital(at) or page.words[at] in OPENING_WORDS):
            return
        yield at


def _closes(page: Page, first: int, last: int, kinds: Set[str], unknown: list[int]) -> bool:
    """Whether unknown words before it make a name the end of another name."""
    if not unknown:
        return False
    word = page.words[first]
    if first == last and word in COMMON_NOUNS:
        return True
    nearest = unknown[0]
    if nearest != first - 1 or page.opens(nearest) or _is_companion(page, nearest):
        return False
    if first == last:
        return not kinds & BODIES and not _INNER_CAPITAL.search(page.written(first, last))
    return all(each in GENERIC for each in page.words[first : last + 1])


def _opens(page: Page, first: int, last: int, kinds: Set[str], after: list[int]) -> bool:
    """Whether unknown words behind it make a name the beginning of another name."""
    if not kinds & BODIES:
        return not _is_companion(page, after[0])
    generic = all(each in GENERIC for each in page.words[first : last + 1])
    if generic or (first == last and page.words[first] in COMMON_NOUNS):
        return not _is_companion(page, after[0])
    if page.words[after[-1]] in HEADS:
        return True
    plain = first == last and not _INNER_CAPITAL.search(page.written(first, last))
    return plain and page.always_before_capital(page.words[first])  # as a first name is


def _is_companion(page: Page, at: int) -> bool:
    word = page.words[at]
    return word in COMPANIONS or word in COUNTRY_OF or (len(word) == 1 and not word.isdigit())
