"""Publishing at a time that a publisher sets: when it comes, the same gate is asked again."""

import json
import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from django.utils.formats import date_format

from curation import entering, gate, workflow
from curation.lapsing import lapse_if_moved
from curation.ledger import Refused, authorise, decide, one_writer
from curation.models import Approval, Decision, Edition, Summary
from curation.moves import MOVES, MoveRefused, as_seen
from curation.publishing import kind_of_next

log = logging.getLogger(__name__)

FARTHEST = timedelta(days=366)
NOTHING = {"publish_at": None, "scheduled_by": None}


@dataclass(frozen=True)
class Outcome:
    """What came of one schedule: its edition, or why there is none."""

    summary: Summary
    edition: Edition | None = None
    because: str = ""


def schedule(
    summary: Summary, *, by: User, seen: int | None, at: datetime, kind: str = "", note: str = ""
) -> Approval:
    """Have the approved text published at that time, in this publisher's name.

    What could not be published now is not scheduled either. A later time replaces this one.
    """
    authorise(by, MOVES["publish"].permission)
    note = entering.prose("note", note)
    _refuse_time(at)
    with one_writer():
        was = as_seen(summary, seen)
        refusal = lapse_if_moved(was, by)
        if refusal is None:
            if found := gate.obstacles(was, by=by, step="publish"):
                raise MoveRefused(obstacles=found)
            kind = kind_of_next(was.partnership, kind, note)
            approval = _standing(was)
            before = _told(approval)
            approval.publish_at, approval.scheduled_by = at, by
            approval.save(update_fields=NOTHING)
            after = {**_told(approval), "kind": kind, "note": note}
            decide("schedule", was, by=by, before=before, after=after)
        summary.refresh_from_db()
    if refusal:
        raise refusal
    return approval


def unschedule(summary: Summary, *, by: User, seen: int | None) -> None:
    """Take the time back; the approval stands."""
    authorise(by, MOVES["publish"].permission)
    with one_writer():
        was = as_seen(summary, seen)
        _take_back("unschedule", _standing(was), by)
        summary.refresh_from_db()


def publish_due(now: datetime | None = None) -> Iterator[Outcome]:
    """Publish what is due, one after another; what the gate refuses loses its time, and is told.

    Call it from as many processes as you like: each approval is published once.
    """
    now = now or timezone.now()
    for pk in Approval.objects.due(now).values_list("pk", flat=True):
        try:
            outcome = _publish_one(pk, now)
        except Exception:  # a fault of ours, or a busy desk: the others are not held up by it
            log.exception("Approval %s could not be published at its time", pk)
            continue
        if outcome:
            yield outcome


def _publish_one(pk: int, now: datetime) -> Outcome | None:
    """None when another worker was faster, or a person changed the schedule since."""
    with one_writer():
        approval = Approval.objects.due(now).filter(pk=pk).first()
        if approval is None:
            return None
        summary, by = approval.revision.summary, approval.scheduled_by
        assert by is not None  # a constraint: a time has its publisher
        try:
            kind, note = _as_scheduled(summary)
            n = approval.revision.n
            edition = workflow.publish(summary, by=by, seen=n, kind=kind, note=note)
        except (Refused, PermissionDenied, ValidationError) as error:
            because = " ".join(error.messages) if isinstance(error, ValidationError) else str(error)
            _take_back("not_published", approval, by, because)
            return Outcome(summary, because=because)
        return Outcome(summary, edition)


def _standing(summary: Summary) -> Approval:
    """The approval that stands, as it is now."""
    approval = Approval.objects.standing().filter(revision__summary=summary).first()
    if approval is None:
        raise MoveRefused("It is not approved any more. Nothing was changed: reload the page.")
    return approval


def _refuse_time(at: datetime) -> None:
    now = timezone.now()
    if at <= now:
        raise ValidationError({"at": "That time has passed: set a later one, or publish it now."})
    if at > now + FARTHEST:
        raise ValidationError({"at": "That is more than a year from now: set an earlier time."})


def _take_back(act: str, approval: Approval, by: User, because: str = "") -> None:
    scheduled = Approval.objects.filter(pk=approval.pk, publish_at__isnull=False)
    if not scheduled.update(**NOTHING):
        raise Refused("No time is set for its publication. Nothing was changed: reload the page.")
    after = {"publish_at": None}
    summary = approval.revision.summary
    decide(act, summary, by=by, before=_told(approval), after=after, reason=because)


def _told(approval: Approval) -> dict[str, str | None]:
    at = approval.publish_at
    return {"publish_at": f"{date_format(at, 'j F Y, H:i e')}" if at else None}


def _as_scheduled(summary: Summary) -> tuple[str, str]:
    """The kind and note that the publisher gave; the ledger alone keeps them until then."""
    line = Decision.objects.about(summary).filter(act="schedule").order_by("-seq").first()
    try:
        told = json.loads(line.after) if line else {}
        return told["kind"], told["note"]
    except (ValueError, KeyError):
        raise Refused(
            "The note to readers was removed from the ledger: publish it with another."
        ) from None
