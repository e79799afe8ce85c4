"""A summary's way: drafted, submitted, reviewed, approved, published."""

from collections.abc import Collection
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.utils import timezone

from curation import alerting, confirming, entering, gate
from curation.content import content_of, evidence_digests
from curation.drafting import save, start
from curation.gate import authors
from curation.gathering import Telling, gather
from curation.lapsing import evidence_moved, lapse_if_moved
from curation.ledger import authorise, decide, one_writer
from curation.models import Approval, Confirmation, Decision, Edition, Summary
from curation.moves import MOVES, OVERRIDE, Move, MoveRefused, as_seen, close_approvals, take
from curation.publishing import freeze, kind_of_next, next_n
from curation.sealing import seal

__all__ = [
    "MOVES",
    "Move",
    "MoveRefused",
    "approve",
    "authors",
    "evidence_moved",
    "publish",
    "save",
    "send_back",
    "start",
    "submit",
]


def submit(summary: Summary, *, by: User, seen: int | None) -> None:
    """Hand a draft to the reviewers."""
    authorise(by, MOVES["submit"].permission)
    with one_writer():
        was = take("submit", summary, seen)
        _ask_gate("submit", gather(was), by)
        _tell("submit", was, by)
        summary.refresh_from_db()


def send_back(summary: Summary, *, by: User, seen: int | None, reason: str) -> None:
    """Give a text back to its authors, with the reason."""
    authorise(by, MOVES["send_back"].permission)
    reason = entering.prose("reason", reason)
    if not reason:
        raise ValidationError({"reason": "Write what the authors should change."})
    with one_writer():
        was = take("send_back", summary, seen)
        close_approvals(was, f"{by} sent it back: {reason}")
        _tell("send_back", was, by, reason=reason)
        summary.refresh_from_db()


def approve(
    summary: Summary,
    *,
    by: User,
    seen: int | None,
    confirmed: Collection[str] = (),
    evidence: str = "",
    reason: str = "",
) -> Approval:
    """Approve this revision and the evidence as it is now.

    `confirmed` are the digests of the sentences of which the reviewer says that they say no
    more than their claims: all that cite. `evidence` seals what the reviewer was shown.
    """
    authorise(by, MOVES["approve"].permission)
    reason = entering.prose("reason", reason)
    with one_writer():
        was = take("approve", summary, seen)
        telling = gather(was)
        _ask_gate("approve", telling, by)
        confirming.refuse_unconfirmed(telling.prose, confirmed)
        digests = evidence_digests(content_of(telling))
        if evidence and evidence != seal(digests):
            raise MoveRefused(confirming.MOVED)
        decision = _tell("approve", was, by, reason=reason, evidence=digests)
        approval = Approval.objects.create(
            revision=was.revisions.get(n=was.n),
            evidence_digest=seal(digests),
            by=by,
            at=decision.at,
            decision=decision,
        )
        Confirmation.objects.bulk_create(
            Confirmation(approval=approval, sentence_sha256=each) for each in sorted(set(confirmed))
        )
        summary.refresh_from_db()
    return approval


def publish(
    summary: Summary, *, by: User, seen: int | None, kind: str = "", note: str = ""
) -> Edition:
    """Freeze the approved text as the next edition, and show it.

    When the evidence moved since the approval, publishing is refused and the approval
    lapses; the lapse is kept, so the refusal is raised after its transaction.
    """
    authorise(by, MOVES["publish"].permission)
    note = entering.prose("note", note)
    with one_writer():
        refusal = lapse_if_moved(as_seen(summary, seen), by)
        if refusal is None:
            edition = _publish(summary, by, seen, kind, note)
        summary.refresh_from_db()
    if refusal:
        raise refusal
    return edition


def _publish(summary: Summary, by: User, seen: int | None, kind: str, note: str) -> Edition:
    was = take("publish", summary, seen)
    telling = gather(was)
    _ask_gate("publish", telling, by)
    return put_on_shelf("publish", telling, by=by, kind=kind, note=note, reason=note)


def put_on_shelf(
    verb: str,
    telling: Telling,
    *,
    by: User,
    kind: str,
    note: str,
    reason: str,
    override: dict[str, Any] | None = None,
) -> Edition:
    """Freeze what was gathered as the next edition. Call it once the gate was asked and the
    summary moved, in their transaction; `telling` holds the summary as it was before."""
    was = telling.summary
    at = timezone.now()
    kind = kind_of_next(was.partnership, kind, note)
    n = next_n(was.partnership)
    told = content_of(telling, n=n, kind=kind, note=note, published=at, override=override)
    decision = _tell(verb, was, by, reason=reason, edition=n, hash=seal(told))
    close_approvals(was, f"Published as edition {n}.")
    edition = freeze(was, told, decision=decision, at=at)
    alerting.published(was, edition, decision)
    return edition


def _ask_gate(step: str, telling: Telling, by: User) -> None:
    if found := gate.obstacles(telling.summary, by=by, step=step, telling=telling):
        raise MoveRefused(obstacles=found)


def _tell(verb: str, was: Summary, by: User, *, reason: str = "", **after: object) -> Decision:
    target = OVERRIDE.target if verb == "override" else MOVES[verb].target
    return decide(
        verb,
        was,
        by=by,
        before={"state": was.state},
        after={"state": target, "n": was.n, **after},
        reason=reason,
    )
