"""What follows when evidence moves: claims weighed anew, alerts, approvals that lapse."""

from collections.abc import Iterable

from curation.alerting import Cause, follow_moves
from curation.holding import current_editions
from curation.lapsing import evidence_moved
from curation.models import Claim, Decision
from curation.moving import Moved
from curation.publishing import tell_what_fell, tell_what_stands_again
from curation.standings import refresh


def follow(decision: Decision, claims: Iterable[Claim], beside: Iterable[Moved] = ()) -> None:
    """Draw the consequences of a decision for the claims that rest on what it moved.

    `beside` is what moved under them and the rule of standing is not told of. Call it last, in
    the transaction of the decision: its lines belong to the same act.
    """
    claims = list(claims)
    moves = [*refresh(claims), *beside]
    follow_moves(Cause.by(decision), moves)
    tell_what_fell(current_editions({move.claim for move in moves}), decision)
    evidence_moved(claims, by=decision.by, act_id=decision.act_id)


def follow_machine(cause: Cause, claims: Iterable[Claim], beside: Iterable[Moved] = ()) -> None:
    """Draw the consequences of what the machine saw: drafts are told, and approvals lapse.

    On public pages it opens no notice; it closes those of sentences that stand again.
    """
    claims = list(claims)
    moves = [*refresh(claims), *beside]
    follow_moves(cause, moves)
    tell_what_stands_again(current_editions({move.claim for move in moves}))
    evidence_moved(claims, by=None)
