"""The day on which the desk wants to look at a summary again; and that it has passed.

It moves no evidence. What the summary tells of each claim is put before its writers: to be
confirmed as it stands, or written anew.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.utils import timezone

from curation import alerting, entering
from curation.alerting import Cause
from curation.holding import holdings
from curation.ledger import FASTER, Refused, authorise, decide, one_writer, supersede
from curation.models import Alert, Claim, Decision, ReviewDate, Summary
from curation.models.summaries import ReviewDateQuerySet
from curation.moving import Change
from curation.standings import moved_beside

FARTHEST = timedelta(days=3660)
LONGEST = 300  # characters of a reason


def look_again(
    summary: Summary,
    *,
    by: User,
    on: date,
    reason: str = "",
    seen: int | None = None,
    today: date | None = None,
) -> ReviewDate:
    """Set the day, in place of the one in force that the person saw (`seen`, by its pk)."""
    authorise(by, "curation.add_reviewdate")
    reason = entering.line("reason", reason)
    _refuse_day(on, today or timezone.localdate())
    with one_writer():
        before = _as_seen(summary, seen)
        decision = decide(
            "set review date",
            summary,
            by=by,
            before=before and {"on": str(before.on)},
            after={"on": str(on)},
            reason=reason,
        )
        if before:
            _end(before, decision)
        row = ReviewDate(summary=summary, on=on, reason=reason, decision=decision)
        entering.check(row)
        row.save()
        return row


def look_no_more(summary: Summary, *, by: User, seen: int | None) -> None:
    """Take the day back; none comes in its place."""
    authorise(by, "curation.add_reviewdate")
    with one_writer():
        before = _as_seen(summary, seen)
        if before is None:
            raise Refused("No day is set to look at this again. Nothing was changed.")
        decision = decide("take review date back", summary, by=by, before={"on": str(before.on)})
        _end(before, decision)


def tell_what_passed(today: date | None = None) -> Iterator[ReviewDate]:
    """Put before its writers what a summary and its edition tell, once its day has come.

    For workers, as often as they like: each day is told once, and one of which there is nothing
    to tell, as no claim is told yet, takes no lock. The front page lists it all the same.
    """
    untold = ReviewDate.objects.passed(today or timezone.localdate()).untold()
    for row in untold.select_related("summary__partnership"):
        if holdings(_claims(row)) and _tell(untold, row.pk):
            yield row


def _tell(untold: ReviewDateQuerySet, pk: int) -> bool:
    """Whether it was told now: another worker may be faster, or a person may move the day."""
    with one_writer():
        row = untold.filter(pk=pk).first()
        if row is None:
            return False
        change = Change("review date", None, None, str(row.on))
        moves = moved_beside({claim: [change] for claim in _claims(row)})
        alerting.follow_moves(Cause(Alert.Cause.REVIEW_DATE, row.pk), moves)
        return True


def _claims(row: ReviewDate) -> list[int]:
    partnership = row.summary.partnership_id
    return list(Claim.objects.filter(partnership=partnership).values_list("pk", flat=True))


def _as_seen(summary: Summary, seen: int | None) -> ReviewDate | None:
    row = ReviewDate.objects.in_force().filter(summary=summary).first()
    if (row.pk if row else None) != seen:
        raise Refused(FASTER)
    return row


def _end(row: ReviewDate, decision: Decision) -> None:
    """Take a day out of force; what it put before the writers is over with it."""
    supersede(row)
    of_it = Alert.objects.open().of_cause(Alert.Cause.REVIEW_DATE, row.pk)
    alerting.close(of_it, Alert.Resolution.UNDONE, decision)


def _refuse_day(on: date, today: date) -> None:
    if on <= today:
        raise ValidationError({"on": "That day has come: look at it now, or set a later day."})
    if on > today + FARTHEST:
        raise ValidationError({"on": "That is more than ten years from now: set an earlier day."})
