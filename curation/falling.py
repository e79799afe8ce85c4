"""What readers are told that no longer stands so: sentences of current editions, then and now.

Only what people decided counts here (the confirmed word): what the machine alone found changes
no public page.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from curation.models import EditionClaim, Standing
from curation.moving import is_weaker
from curation.standing import weakest


@dataclass(frozen=True)
class Place:
    """A sentence of an edition; or, with no number, its parties, states and outcomes together."""

    edition: int
    sentence: int | None
    told: dict[int, str]  # by claim, how readers are told that it stands
    now: dict[int, str]  # and how it stands

    @property
    def weaker(self) -> list[int]:
        """The claims that took it down: each stands lower than readers are told of the place.

        A sentence stands as its weakest claim; each party, state and outcome by itself. What
        another claim of the sentence does never makes a claim one of these.
        """
        weakest_told = weakest(self.told.values())
        return sorted(
            pk
            for pk, word in self.told.items()
            if is_weaker(self.now[pk], word if self.sentence is None else weakest_told)
        )

    @property
    def fell(self) -> bool:
        return bool(self.weaker)

    @property
    def stood(self) -> str:
        return weakest(self.told[pk] for pk in self._telling)

    @property
    def stands(self) -> str:
        return weakest(self.now[pk] for pk in self._telling)

    @property
    def _telling(self) -> list[int]:
        return self.weaker if self.sentence is None else sorted(self.told)


def fallen(editions: Collection[int]) -> list[Place]:
    return [place for place in _places(editions) if place.fell]


def fallen_claims(editions: Collection[int]) -> Iterator[tuple[int, int]]:
    """(edition, claim) of the claims that took the standing of what readers read."""
    for place in fallen(editions):
        yield from ((place.edition, claim) for claim in place.weaker)


def _places(editions: Collection[int]) -> Iterator[Place]:
    told: dict[tuple[int, int | None], dict[int, str]] = defaultdict(dict)
    rows = EditionClaim.objects.filter(edition__in=editions).order_by("edition", "sentence", "pk")
    for row in rows:
        told[row.edition_id, row.sentence][row.claim_id] = row.standing
    claims = {claim for each in told.values() for claim in each}
    words = Standing.objects.filter(claim__in=claims).values_list("claim", "confirmed_word")
    now = dict(words)
    for (edition, sentence), each in told.items():
        yield Place(edition, sentence, each, {pk: now.get(pk, word) for pk, word in each.items()})
