"""Whether what a plan or forecast said came about: the outcome that people find out."""

from uuid import UUID

from django.contrib.auth.models import User

from curation import alerting, entering
from curation.consequences import follow
from curation.ledger import FASTER, Refused, authorise, decide, one_writer, supersede
from curation.models import Claim, Decision, Outcome, Summary
from curation.standing import TO_COME

LONGEST = 300  # characters of a reason
TELLS_NONE = "{key} is told as a {told_as}: only plans and forecasts have an outcome."
REPLACED = "{key} was replaced by {other}: tell the outcome of that one."
NO_FACT = "{key} cannot tell it: name a current claim of this partnership that is told as a fact."
HOW = "Name the claim that tells it, or write how you know."


def conclude(
    claim: Claim,
    word: str,
    *,
    by: User,
    by_claim: Claim | None = None,
    reason: str = "",
    seen: int | None = None,
) -> Outcome:
    """Say what became of a plan, by a claim that tells it or with how one knows.

    `seen` is the outcome in force that the person saw, by its pk.

    The same outcome told by another claim lapses approvals, and opens no alert: what became of the
    plan is as holders have it, and an alert of which nothing moved but that would be minor and
    close in the same act. If the claim that told it no longer holds, whoever tells it is told by
    an alert about that claim.
    """
    authorise(by, "curation.add_outcome")
    word = entering.one_of("word", word, Outcome.Word.values)
    reason = entering.line("reason", reason, needed="" if by_claim else HOW)
    with one_writer():
        before = _as_seen(claim, seen)
        _refuse_claim(claim)
        if by_claim:
            _refuse_telling(by_claim, claim)
        row = Outcome(claim=claim, word=word, by_claim=by_claim, reason=reason)
        return _tell(row, before, by=by)


def carry(claim: Claim, made: Claim, *, by: User, act_id: UUID) -> None:
    """What is known of a claim is known of one that means the same, and what it tells, that tells.

    For claiming.replace, in its transaction. The older plan keeps its outcome: who cites it still
    is to tell it too. A telling claim keeps none: it is no current fact any more.
    """
    rows = Outcome.objects.in_force().select_related("claim", "by_claim")
    of_it = rows.filter(claim=claim) if made.told_as in TO_COME else rows.none()
    told_by_it = rows.filter(by_claim=claim) if made.told_as == Claim.ToldAs.FACT else rows.none()
    if of_it or told_by_it:
        authorise(by, "curation.add_outcome")
    for row in of_it:
        if row.by_claim or row.reason:  # else the law had removed how one knows
            new = Outcome(claim=made, word=row.word, by_claim=row.by_claim, reason=row.reason)
            _tell(new, None, by=by, act_id=act_id)
    for row in told_by_it:
        new = Outcome(claim=row.claim, word=row.word, by_claim=made, reason=row.reason)
        _tell(new, row, by=by, act_id=act_id)


def reopen(claim: Claim, *, by: User, reason: str, seen: int | None) -> None:
    """Take an outcome back: what became of the plan is open again."""
    authorise(by, "curation.add_outcome")
    reason = entering.line("reason", reason, needed="Write why this is open again.")
    with one_writer():
        before = _as_seen(claim, seen)
        if before is None:
            raise Refused("No outcome is told of it. Nothing was changed.")
        supersede(before)
        decision = decide("take outcome back", claim, by=by, before=_told(before), reason=reason)
        _follow(decision, claim)


def _tell(row: Outcome, before: Outcome | None, *, by: User, act_id: UUID | None = None) -> Outcome:
    decision = decide(
        "tell outcome",
        row.claim,
        by=by,
        before=before and _told(before),
        after=_told(row),
        reason=row.reason,
        act_id=act_id,
    )
    if before:
        supersede(before)
    row.decision = decision
    entering.check(row)
    row.save()
    _follow(decision, row.claim)
    return row


def _follow(decision: Decision, claim: Claim) -> None:
    """What told the outcome until now may be told no more: nobody is asked of it any longer."""
    for summary in Summary.objects.filter(partnership=claim.partnership_id):
        alerting.held_no_more(summary, decision)
    follow(decision, [claim])


def _as_seen(claim: Claim, seen: int | None) -> Outcome | None:
    row = claim.outcomes.in_force().first()
    if (row.pk if row else None) != seen:
        raise Refused(FASTER)
    return row


def _refuse_claim(claim: Claim) -> None:
    if claim.told_as not in TO_COME:
        raise Refused(TELLS_NONE.format(key=claim.key, told_as=claim.told_as))
    if other := claim.replaced_by.first():
        raise Refused(REPLACED.format(key=claim.key, other=other.key))


def _refuse_telling(one: Claim, claim: Claim) -> None:
    """A fact of the same partnership tells it, one that nobody replaced."""
    facts = Claim.objects.current().filter(
        partnership=claim.partnership_id, told_as=Claim.ToldAs.FACT
    )
    if not facts.exclude(pk=claim.pk).filter(pk=one.pk).exists():
        raise Refused(NO_FACT.format(key=one.key))


def _told(row: Outcome) -> dict[str, object]:
    by = {"by": row.by_claim.key} if row.by_claim else {}
    return {"outcome": row.get_word_display(), **by}
