"""What may stand in a summary's way, and where in it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from curation.gathering import Telling
from curation.models import Claim, Mark


@dataclass(frozen=True)
class Obstacle:
    """What stands in the way and what would mend it; where, so that the screen leads there.

    `sentence` counts from 1 through title, standfirst and text. What is `passable` an
    override may pass; nothing else ever does. The code is that of the rule that found it.
    """

    words: str
    mend: str
    part: str = ""  # title, standfirst, text, party, state; empty: the whole summary
    sentence: int | None = None
    claim_id: int | None = None
    code: str = ""
    passable: bool = True
    # Of an objection to a sentence's wording:
    sha256: str = ""  # of the sentence
    standing: str = ""  # as which it is read
    at: tuple[tuple[int, int], ...] = ()  # the words that are objected to
    marks: tuple[Mark, ...] = ()  # with which its author answers


Found = Iterator[Obstacle]


@dataclass(frozen=True)
class Rule:
    """A row of the gate's tables: the rule as readers are told it, and what finds its cases."""

    code: str
    words: str
    finds: Callable[..., Found]
    passable: bool = True

    def found(self, *asked: object) -> list[Obstacle]:
        return [
            replace(obstacle, code=self.code, passable=self.passable)
            for obstacle in self.finds(*asked)
        ]


Place = tuple[str, int | None]  # a part, and the sentence of it


def places(telling: Telling) -> Iterator[tuple[Claim, str, int | None]]:
    """Each place that uses a claim: a sentence that cites it, or a plan of which it tells the
    outcome; a party or state that rests on it."""
    for claim, _, (part, sentence) in uses(telling):
        yield claim, part, sentence


def uses(telling: Telling) -> Iterator[tuple[Claim, Claim | None, Place]]:
    """The same, each with the plan whose outcome it tells there."""
    for claim, place in _named(telling):
        yield claim, None, place
        if claim.pk in telling.telling_outcomes:
            yield telling.claims[telling.telling_outcomes[claim.pk]], claim, place


def _named(telling: Telling) -> Iterator[tuple[Claim, Place]]:
    for sentence in telling.prose.sentences:
        for pk in telling.cited(sentence):
            yield telling.claims[pk], (sentence.part, sentence.n)
    for field in telling.kept:
        part = "party" if field.party else "state"
        for pk in field.claims:
            yield telling.claims[pk], (part, None)


def first_places(telling: Telling) -> Iterator[tuple[Claim, str, int | None]]:
    """Each claim once, at the first place that uses it."""
    seen: set[int] = set()
    for claim, part, sentence in places(telling):
        if claim.pk not in seen:
            seen.add(claim.pk)
            yield claim, part, sentence


def start_of(words: str, longest: int = 60) -> str:
    return words if len(words) <= longest else f"{words[: longest - 1].rstrip()}…"
