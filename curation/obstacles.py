"""What may stand in a summary's way, and where in it."""

from collections.abc import Iterator
from dataclasses import dataclass

from curation.models import Claim
from curation.telling import Telling


@dataclass(frozen=True)
class Obstacle:
    """What stands in the way and what would mend it; where, so that the screen leads there.

    `sentence` counts from 1 through title, standfirst and text. What is `passable` an
    override may pass; nothing else ever does.
    """

    code: str
    words: str
    mend: str
    part: str = ""  # title, standfirst, text, party, state; empty: the whole summary
    sentence: int | None = None
    claim_id: int | None = None
    passable: bool = True


Found = Iterator[Obstacle]


def places(telling: Telling) -> Iterator[tuple[Claim, str, int | None]]:
    """Each place that uses a claim: a sentence that cites it, a party or state that rests on it."""
    for sentence in telling.prose.sentences:
        for pk in telling.cited(sentence):
            yield telling.claims[pk], sentence.part, sentence.n
    for field in telling.kept:
        for pk in field.claims:
            yield telling.claims[pk], "party" if field.party else "state", None


def first_places(telling: Telling) -> Iterator[tuple[Claim, str, int | None]]:
    """Each claim once, at the first place that uses it."""
    seen: set[int] = set()
    for claim, part, sentence in places(telling):
        if claim.pk not in seen:
            seen.add(claim.pk)
            yield claim, part, sentence


def start_of(words: str, longest: int = 60) -> str:
    return words if len(words) <= longest else f"{words[: longest - 1].rstrip()}…"
