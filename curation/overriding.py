"""Publishing over the gate: by its own right, never by an author, with a reason for readers."""

from collections.abc import Collection

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError

from curation import confirming, entering, gate
from curation.content import content_of, says_the_same
from curation.gathering import Telling, gather, prose_of
from curation.lapsing import lapse_if_moved
from curation.ledger import Refused, authorise, decide, one_writer
from curation.models import Decision, Edition, Override, Page, Summary
from curation.moves import MOVES, OVERRIDE, MoveRefused, as_seen
from curation.obstacles import Obstacle
from curation.workflow import put_on_shelf

LONGEST = 2000  # characters of a reason


def override(
    summary: Summary, *, by: User, seen: int | None, reason: str, kind: str = "", note: str = ""
) -> Edition:
    """Publish what the gate refuses. Readers are told the reason, and what was passed."""
    authorise(by, OVERRIDE.permission)
    note, reason = entering.prose("note", note), _reason(reason)
    with one_writer():
        was = as_seen(summary, seen)
        lapse_if_moved(was, by)  # so that readers are told of it, too
        was.refresh_from_db(fields=["state"])
        telling = gather(was)
        passed = [each.words for each in held_back(telling, by)]
        Summary.objects.filter(pk=was.pk).update(state=OVERRIDE.target)
        told = {"reason": reason, "passed": passed}
        edition = put_on_shelf(
            "override", telling, by=by, kind=kind, note=note, reason=reason, override=told
        )
        Override.objects.create(
            revision=was.revisions.get(n=was.n),
            refusals=passed,
            reason=reason,
            decision=edition.decision,
        )
        summary.refresh_from_db()
    return edition


def approve_later(
    row: Override, *, by: User, confirmed: Collection[str] = (), reason: str = ""
) -> Decision:
    """A reviewer's word, after the fact, on what was published over the gate.

    `confirmed` are the digests of its sentences, as `workflow.approve` takes them; its line keeps
    them.
    """
    authorise(by, MOVES["approve"].permission)
    reason = entering.prose("reason", reason)
    with one_writer():
        row.refresh_from_db()
        if row.approved_later_id:
            raise Refused("Somebody else approved it already. Nothing was changed.")
        if not Override.objects.unapproved().filter(pk=row.pk).exists():
            raise Refused("Readers have this edition no more. Nothing was changed: reload.")
        summary = row.revision.summary
        if by.pk == row.decision.by_id:
            raise Refused("You published it over the gate: ask somebody else to approve it.")
        _refuse_authors(by, gate.authors(summary, before=row.decision))
        confirming.refuse_unconfirmed(prose_of(row.revision), confirmed)
        edition = Edition.objects.get(decision=row.decision)
        told = {"edition": edition.n, "confirmed": sorted(set(confirmed))}
        decision = decide("approve_later", summary, by=by, after=told, reason=reason)
        row.approved_later = decision
        row.save(update_fields=["approved_later"])
    return decision


def held_back(telling: Telling, by: User) -> list[Obstacle]:
    """All that the gate says, if an override may pass it; anything else is refused."""
    summary = telling.summary
    if telling.revision is None:
        raise MoveRefused("Nothing is saved yet that could be published.")
    _refuse_authors(by, gate.authors(summary))
    found = gate.obstacles(summary, by=by, telling=telling)
    if never := [each for each in found if not each.passable]:
        raise MoveRefused(obstacles=never)
    if not found:
        raise MoveRefused("Nothing stands in its way: publish it as usual.")
    page = Page.objects.listed().filter(partnership=telling.partnership).first()
    if page and says_the_same(page.edition.content, content_of(telling)):
        raise MoveRefused(f"Nothing changed since edition {page.edition.n}.")
    return found


def _reason(reason: str) -> str:
    reason = entering.prose("reason", reason)
    if not reason:
        raise ValidationError({"reason": "Tell readers why this is published all the same."})
    if len(reason) > LONGEST:
        raise ValidationError({"reason": f"Tell it in at most {LONGEST:,} characters."})
    return reason


def _refuse_authors(by: User, authors: set[int]) -> None:
    if by.pk in authors:
        raise MoveRefused("You are an author of this text: ask somebody who did not write it.")
