"""Which quotes count as one: by document, chain of copies, origin, owner. Part of the rule."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import combinations

from corpus.text.fold import fold
from curation.weighing import ClaimFacts, EvidenceFacts, Verdict, Who

ACTS = ("fact", "plan")  # an own record proves an act or a plan, not what somebody expects


def independent(one: EvidenceFacts, other: EvidenceFacts) -> bool:
    """Whether two quotes count as two."""
    return not (
        one.document == other.document
        or copies(one, other)
        or _same_origin(one.origin, other.origin)
        or (one.owner is not None and other.owner is not None and one.owner.id == other.owner.id)
    )


def copies(one: EvidenceFacts, other: EvidenceFacts) -> bool:
    """Whether a chain of copies joins the two, and nobody judged this pair independent."""
    if one.chain is None or one.chain != other.chain:
        return False
    return other.document not in one.independent_of and one.document not in other.independent_of


def as_confirmed(claim: ClaimFacts) -> ClaimFacts:
    """The claim as it is without what the machine alone found: copies, and words that are lost."""
    return replace(
        claim,
        evidence=tuple(
            replace(each, chain=each.confirmed_chain, lost=False) for each in claim.evidence
        ),
    )


def _same_origin(one: Who | None, other: Who | None) -> bool:
    """All unknown origins are one; an origin given in words is compared by its words."""
    if one is None or other is None:
        return one is other
    if one.id is not None and other.id is not None:
        return one.id == other.id
    return fold(one.name).split() == fold(other.name).split()


@dataclass(frozen=True)
class Weighed:
    """What the rows of the rule ask about a claim. The strongest quotes stand first."""

    claim: ClaimFacts
    supports: tuple[Verdict, ...]
    disputes: tuple[Verdict, ...]

    @classmethod
    def of(cls, claim: ClaimFacts, verdicts: Iterable[Verdict]) -> "Weighed":
        """By quote where they weigh the same, so that the order given never matters."""
        counting = sorted(
            (each for each in verdicts if each.counts),
            key=lambda each: (-each.rank, each.quote, each.facts.id),
        )
        by_stance = (
            tuple(each for each in counting if each.stance == stance)
            for stance in ("supports", "disputes")
        )
        return cls(claim, *by_stance)

    def supported(self, *weights: str) -> bool:
        return any(each.weight in weights for each in self.supports)

    def disputed(self, *weights: str) -> bool:
        return any(each.weight in weights for each in self.disputes)

    @property
    def outweighed(self) -> bool:
        """A dispute needs something to outweigh: it never lifts a claim that nothing supports."""
        if not self.supports or not self.disputes:
            return False
        return self.disputes[0].rank > self.supports[0].rank

    @cached_property
    def own_records(self) -> list[Verdict]:
        """Firm supports that are the own record of a party whose act the claim states."""
        if self.claim.told_as not in ACTS:
            return []
        acting = {who.id for who in self.claim.acting}
        return [
            each
            for each in self.supports
            if each.weight == "firm" and any(who.id in acting for who in each.facts.own_record_of)
        ]

    @property
    def on_record(self) -> bool:
        recorded = {who.id for each in self.own_records for who in each.facts.own_record_of}
        acting = self.claim.acting
        return bool(acting) and all(who.id in recorded for who in acting)

    @cached_property
    def pair(self) -> tuple[Verdict, ...]:
        """Two firm supports that count as two; empty when there are none.

        Looked for pair by pair: were what is alike joined into groups, a further support
        that is like both could make two into one and lower a claim.
        """
        firm = [each for each in self.supports if each.weight == "firm"]
        for one, other in combinations(firm, 2):
            if independent(one.facts, other.facts):
                return one, other
        return ()

    def once(self, verdict: Verdict) -> Verdict:
        """The verdict; told not to count where another one like it does already."""
        if not verdict.counts or verdict in self._counted:
            return verdict
        reasons = (*verdict.reasons, _why_once(verdict, self._counted))
        return replace(verdict, counts=False, reasons=reasons)

    @cached_property
    def _counted(self) -> list[Verdict]:
        kept = _apart(self.pair, self.supports) + _apart((), self.disputes)
        if self.on_record:
            kept += [each for each in self.own_records if each not in kept]
        return kept


def _why_once(verdict: Verdict, counted: Iterable[Verdict]) -> str:
    if any(copies(verdict.facts, each.facts) for each in counted if each.stance == verdict.stance):
        return "a copy of another: counts once"
    return "same origin, owner or document as another: counts once"


def _apart(first: Sequence[Verdict], others: Iterable[Verdict]) -> list[Verdict]:
    kept = list(first)
    for verdict in others:
        if all(independent(verdict.facts, each.facts) for each in kept):
            kept.append(verdict)
    return kept
