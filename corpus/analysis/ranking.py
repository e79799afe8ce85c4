"""Rank those whom a name may stand for by what stands around it, each with its reason."""

from collections.abc import Collection, Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from corpus.analysis.common_nouns import (
    ALSO_WORDS,
    COMMON_NOUNS,
    FAMOUS,
    FLIGHT_WORDS,
    GENERIC,
    KIND_WORDS,
    SPACE_WORDS,
)
from corpus.analysis.countries import COUNTRY_OF
from corpus.analysis.spelled_out import Spelled, names_one_of, other_name, spelled_out
from corpus.analysis.written_names import Page, initials, is_acronym, words_of
from corpus.text.fold import fold

NEAR = 40  # words on either side that count as near
TELLING = 4  # letters; shorter words tell little
SHORT = 3  # letters of an acronym that many things share
SIMILAR = 0.3  # share of telling words in common, to be the same context
AT_LEAST = 2  # telling words in common


@dataclass
class Subject:
    """Whom names stand for, as far as it helps to tell one from another."""

    names: list[str] = field(default_factory=list)
    kind: str = ""
    part_of: int | None = None
    countries: set[str] = field(default_factory=set)
    telling: set[str] = field(default_factory=set)  # words of its names that few others have

    def learn(self, name: str) -> None:
        self.names.append(name)
        words = [fold(word) for word in words_of(name)]
        self.countries |= {COUNTRY_OF[word] for word in words if word in COUNTRY_OF}
        self.telling |= {
            word
            for word in words
            if len(word) >= TELLING and word not in GENERIC | SPACE_WORDS | FLIGHT_WORDS
        }


class Reason(NamedTuple):
    weight: float
    words: str


class Refusal(NamedTuple):
    """A name that a person said is not this entity, and the words around it there."""

    name: str  # folded
    entity: int
    around: frozenset[str]


@dataclass
class Surroundings:
    """What a whole text tells of those whom it may speak of."""

    page: Page
    entities: Set[int]  # of names that stand in the text and are nobody else's
    subjects: dict[int, Subject]

    @cached_property
    def spelled(self) -> dict[str, list[Spelled]]:
        return spelled_out(self.page.text)

    @cached_property
    def countries(self) -> dict[str, str]:
        """The countries that the text speaks of, each with a word that says so."""
        words = sorted(self.page.vocabulary & COUNTRY_OF.keys(), reverse=True)
        return {COUNTRY_OF[word]: word for word in words}


def contradicted(spelled: Iterable[Spelled], names: Collection[str]) -> bool:
    """Whether a text spells an acronym out, and only as somebody else.

    One whose long name nobody entered cannot be told from the one that is spelled out.
    """
    spelled = list(spelled)
    if not any(len(words_of(name)) > 1 for name in names):
        return False
    if any(names_one_of(each, names) for each in spelled):
        return False
    return any(other_name(each) for each in spelled)


def reasons(
    around: Surroundings, first: int, last: int, entity: int, alias: str
) -> Iterator[Reason]:
    """Yield what speaks for an entity at a place, strongest kinds first."""
    page, subject = around.page, around.subjects[entity]
    spelled = around.spelled.get(fold(alias), ()) if is_acronym(alias) else ()
    if any(names_one_of(each, subject.names) for each in spelled):
        yield Reason(6, "the text spells it out so")
    elif entity in around.entities:
        yield Reason(4, "another of its names stands in the text")
    for related in sorted(_related(around, entity)):
        yield Reason(2, f"{around.subjects[related].names[0]} stands in the text")
        break
    yield from _by_kind(page, first, last, subject)
    near = set(page.words_around(first, NEAR))
    own = {fold(word) for word in words_of(alias)}
    yield from _by_country(around, first, near, subject)
    told = sorted((subject.telling - own) & page.vocabulary)
    if told:
        weight = min(1.5, 0.5 * len(told)) * (1 if set(told) & near else 0.7)
        yield Reason(weight, f"words of its other names stand in the text: {', '.join(told[:3])}")
    if around.entities - {entity}:
        yield Reason(0.6, "other known names stand in the text")
    if is_about_space(page):
        yield Reason(0.5, "the text is about space")


def prior(subject: Subject, alias: str) -> float:
    """A little for the one whose own name it is, or whose own name it abbreviates."""
    own = subject.names[0]
    return 0.3 if alias == own else 0.2 if initials(words_of(own)) == alias.casefold() else 0.0


def is_about_space(page: Page) -> bool:
    words = page.vocabulary
    return not words.isdisjoint(SPACE_WORDS) or len(words & FLIGHT_WORDS) > 1


class Need(NamedTuple):
    """How much must speak for a name that tells nobody by itself, and why."""

    weight: float
    why: str


def need(page: Page, first: int, last: int, alias: str) -> Need | None:
    folded = page.words[first : last + 1]
    if GENERIC.issuperset(folded):
        return Need(_of_common_words(page, first, last), "it is made of common words alone")
    if first != last:
        return None
    letters = is_acronym(alias) or sum(map(str.isupper, alias)) > 1
    if letters and folded[0] in ALSO_WORDS:
        return Need(2.0, "these letters often mean something else")
    if letters and len(alias) <= SHORT and folded[0] not in FAMOUS and not is_about_space(page):
        return Need(0.6, "letters so few mean many things, and the text is not about space")
    if folded[0] in COMMON_NOUNS and (page.opens(first) or page.is_titled(first)):
        return Need(2.0, "any word has a capital here")
    return None


def _of_common_words(page: Page, first: int, last: int) -> float:
    """The more common words have capitals in a row, the less else they can be than a name."""
    told = [at for at in range(first, last + 1) if len(page.words[at]) >= TELLING]
    if not all(map(page.is_capital, told)) or page.is_titled(first):
        return 1.5
    return 0.0 if len(told) > SHORT else 0.5 if len(told) == SHORT else 1.5


def refused_before(refusals: Sequence[Refusal], name: str, entity: int, around: Set[str]) -> bool:
    """Whether somebody refused this entity for the name where the words around it were alike."""
    return any(
        each.entity == entity and each.name == name and _alike(each.around, around)
        for each in refusals
    )


def context(page: Page, first: int, last: int) -> frozenset[str]:
    """The telling words near a name, by which one context is like another."""
    own = set(page.words[first : last + 1])
    near = page.words[max(0, first - 15) : last + 16]
    return frozenset(word for word in near if len(word) >= TELLING and word not in own)


def _alike(one: Set[str], other: Set[str]) -> bool:
    common = len(one & other)
    smaller = min(len(one), len(other))
    return one == other or (common >= AT_LEAST and common >= SIMILAR * smaller)


def _related(around: Surroundings, entity: int) -> set[int]:
    """Its whole, its parts, and parts of the same whole, that the text names."""
    whole = around.subjects[entity].part_of
    return {
        each
        for each in around.entities - {entity}
        if each == whole
        or around.subjects[each].part_of == entity
        or (whole is not None and around.subjects[each].part_of == whole)
    }


def _by_kind(page: Page, first: int, last: int, subject: Subject) -> Iterator[Reason]:
    beside = set(page.words[max(0, first - 2) : first] + page.words[last + 1 : last + 3])
    if said := beside & KIND_WORDS.get(subject.kind, frozenset()):
        yield Reason(2, f"“{min(said)}” stands beside it")
    elif subject.kind and any(beside & words for words in KIND_WORDS.values()):
        other = min(word for words in KIND_WORDS.values() for word in beside & words)
        yield Reason(-1, f"“{other}” stands beside it, and it is of another kind")


def _by_country(
    around: Surroundings, first: int, near: Set[str], subject: Subject
) -> Iterator[Reason]:
    before = around.page.words[max(0, first - 2) : first]
    others = [word for word in before if COUNTRY_OF.get(word, "") not in {"", *subject.countries}]
    said = sorted(subject.countries & around.countries.keys())
    if others and subject.countries:
        yield Reason(-2, f"“{others[0].capitalize()}” stands before it")
    elif said:
        weight = 1.5 if any(COUNTRY_OF.get(word) in said for word in near) else 1.0
        yield Reason(weight, f"“{around.countries[said[0]].capitalize()}” stands in the text")
