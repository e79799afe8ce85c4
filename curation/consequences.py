"""What follows when evidence moves: claims are weighed anew, approvals lapse."""

from collections.abc import Iterable

from curation.lapsing import evidence_moved
from curation.models import Claim, Decision
from curation.standings import refresh


def follow(decision: Decision, claims: Iterable[Claim]) -> None:
    """Draw the consequences of a decision for the claims that rest on what it moved.

    Call it last, in the transaction of the decision: its lines belong to the same act.
    """
    refresh(claims)
    evidence_moved(claims, by=decision.by, act_id=decision.act_id)
