"""An approval holds for what readers would be told when it was given; then it lapses."""

import json
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.contrib.auth.models import User
from django.utils.formats import date_format

from curation import gate
from curation.content import evidence_digests
from curation.ledger import decide
from curation.models import Approval, Claim, Summary
from curation.moves import LAPSE, MoveRefused, close_approvals
from curation.publishing import content
from curation.sealing import seal

BY_NOBODY = " No person did this: a text was collected again, or copies of it were found."


def evidence_moved(claims: Iterable[Claim], *, by: User | None, act_id: UUID | None = None) -> None:
    """Lapse the approvals whose readers would now be told something else.

    For the verbs that move evidence, in their own transaction. One query when nothing that
    rests on these claims is approved. Where no person moved it (`by` is None), the line of the
    ledger is the reviewer's, whose word it was, and says that nobody did it.
    """
    approvals = Approval.objects.standing().filter(
        revision__summary__partnership__claims__in=claims
    )
    for approval in approvals.distinct():
        if because := _what_moved(approval):
            _lapse(approval, by or approval.by, because + ("" if by else BY_NOBODY), act_id)


def lapse_if_moved(summary: Summary, by: User) -> MoveRefused | None:
    approval = Approval.objects.standing().filter(revision__summary=summary).first()
    because = _what_moved(approval) if approval else ""
    if not approval or not because:
        return None
    _lapse(approval, by, because)
    return MoveRefused(obstacles=gate.obstacles(summary, by=by, step="publish"))


def _lapse(approval: Approval, by: User, because: str, act_id: UUID | None = None) -> None:
    summary = approval.revision.summary
    Summary.objects.filter(pk=summary.pk, state__in=LAPSE.sources).update(state=LAPSE.target)
    decide(
        "lapse",
        summary,
        by=by,
        before={"state": Summary.State.APPROVED},
        after={"state": LAPSE.target},
        reason=f"{because}{_scheduled(approval)}",
        act_id=act_id,
    )
    close_approvals(summary, because)


def _scheduled(approval: Approval) -> str:
    at = approval.publish_at
    return f" It was to be published on {date_format(at, 'j F Y, H:i e')}." if at else ""


def _what_moved(approval: Approval) -> str:
    """What readers would be told otherwise than when it was approved; empty when nothing."""
    now = evidence_digests(content(approval.revision.summary))
    if seal(now) == approval.evidence_digest:
        return ""
    before = approved_digests(approval)
    moved = [name for name in sorted(now.keys() | before) if now.get(name) != before.get(name)]
    return f"The evidence changed since it was approved: {', '.join(moved)}."


def approved_digests(approval: Approval) -> dict[str, Any]:
    """As the decision keeps them; none when the law had its words removed."""
    return json.loads(approval.decision.after or "{}").get("evidence", {})
