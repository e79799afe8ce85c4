"""What people do about alerts: confirm, answer by a draft or by other evidence, hand on.

An alert under a published sentence that has fallen is not confirmed away: readers are told a
standing that is no longer so, until a corrected edition, other evidence, or a withdrawal.
"""

from collections.abc import Iterable, Mapping

from django.contrib.auth.models import User

from curation import alerting, entering
from curation.drafting import save
from curation.ledger import Refused, authorise, decide, new_act, one_writer
from curation.models import Alert, EditionClaim, Evidence, Summary
from curation.models.alerts import AlertQuerySet
from curation.moves import as_seen
from curation.moving import are_of_evidence, is_weaker
from curation.standing import weakest
from curation.standings import standings

Resolution = Alert.Resolution

CLOSED = (
    "Somebody resolved this in the meantime, or its cause was undone. Reload the page and look "
    "again."
)
HANDED_ON = "Somebody handed this on in the meantime. Reload the page and look again."
FALLEN = (
    "Readers are told that {key} is {told}, and it is {now} now. Confirming cannot mend that: "
    "publish a corrected edition, put other evidence to the claim, or withdraw the page."
)


def reconfirm(alerts: Iterable[Alert], *, by: User, reason: str) -> int:
    """Say of some alerts that what is written still stands as it is. Returns how many."""
    authorise(by, "curation.resolve_alert")
    reason = entering.words("reason", reason, needed="Write why it stands as it is.")
    wanted = [alert.pk for alert in alerts]
    with one_writer():
        open_ones = list(_open(wanted))
        if not open_ones or len(open_ones) != len(set(wanted)):
            raise Refused(CLOSED)
        for alert in open_ones:
            _refuse_fallen(alert)
        act_id = new_act()
        for alert in open_ones:
            decision = decide(
                "confirm evidence",
                alert.claim,
                by=by,
                before=_told(alert),
                after={"resolution": Resolution.RECONFIRMED},
                reason=reason,
                act_id=act_id,
            )
            alerting.close([alert], Resolution.RECONFIRMED, decision)
        alerting.weigh_anew({alert.claim_id for alert in open_ones})
        return len(open_ones)


def answer(alerts: Iterable[Alert], summary: Summary, *, by: User, seen: int | None) -> int:
    """Say that the draft, as it is saved, answers these: they close when it is published.

    What the same cause did to the same claim is answered with it, in the draft and in the
    edition that readers have.
    """
    authorise(by, "curation.change_summary")
    wanted = [alert.pk for alert in alerts]
    with one_writer():
        now = as_seen(summary, seen)
        revision = now.latest
        open_ones = list(_open(wanted).about(now))
        if revision is None or len(open_ones) != len(set(wanted)):
            raise Refused(CLOSED)
        every = _twins(open_ones, now)
        Alert.objects.filter(pk__in=[alert.pk for alert in every]).update(answered_in=revision)
        decide(
            "answer alerts",
            now,
            by=by,
            after={"revision": revision.n, "alerts": [_told(alert) for alert in every]},
        )
        return len(every)


def reword(
    alerts: Iterable[Alert],
    summary: Summary,
    *,
    by: User,
    seen: int | None,
    title: str,
    standfirst: str,
    text: str,
) -> int:
    """Save the draft with other words and say that they answer these, in one act.

    Claims that it drops need no answer: it holds them no more. Returns how many were answered.
    """
    with one_writer():
        revision = save(summary, by=by, seen=seen, title=title, standfirst=standfirst, text=text)
        left = list(_open([alert.pk for alert in alerts]))
        return answer(left, summary, by=by, seen=revision.n) if left else 0


def by_evidence(alert: Alert, evidence: Evidence, *, by: User) -> int:
    """Close what the cause of an alert opened about a claim to which other evidence was put.

    Only what tells of evidence alone: that the claim was replaced, is contradicted, or that its
    outcome is known is mended by no quote. And only where that evidence counts for the claim, and
    the claim stands again at least as its holders had it. Call it in the transaction that put the
    evidence. Returns how many closed.
    """
    authorise(by, "curation.resolve_alert")
    with one_writer():
        claim = evidence.claim
        stands = standings([claim])[claim.pk]
        weighed = {each.facts.id: each for each in stands.counted}
        if evidence.stance != Evidence.Stance.SUPPORTS or not weighed[evidence.pk].counts:
            return 0
        waiting = Alert.objects.open().of_cause(alert.cause_kind, alert.cause_id)
        carried = [
            each
            for each in waiting.filter(claim=claim, redacted_by=None)
            if each.severity != Alert.Severity.CRITICAL
            and are_of_evidence(alerting.changes(each))
            and not is_weaker(stands.word, each.word_before)
        ]
        alerting.close(carried, Resolution.REPLACED, evidence.decision)
        return len(carried)


def assign(seen: Mapping[int, int | None], *, to: User | None, by: User) -> int:
    """Hand open alerts on to somebody who writes drafts, or to nobody. Returns how many moved.

    `seen` tells, by alert, whose it was when the person decided.
    """
    authorise(by, "curation.resolve_alert")
    if to and not to.has_perm("curation.change_summary"):
        raise Refused(f"{to.get_username()} writes no drafts: hand it to somebody who does.")
    with one_writer():
        open_ones = list(_open(seen))
        if len(open_ones) != len(seen):
            raise Refused(CLOSED)
        if any(alert.assignee_id != seen[alert.pk] for alert in open_ones):
            raise Refused(HANDED_ON)
        moved = [alert for alert in open_ones if alert.assignee_id != (to and to.pk)]
        if not moved:
            raise Refused(f"{'It is' if len(seen) == 1 else 'They are'} there already.")
        Alert.objects.filter(pk__in=[alert.pk for alert in moved]).update(assignee=to)
        act_id = new_act()
        for alert in moved:
            decide(
                "assign alert",
                alert.claim,
                by=by,
                before={"alert": alert.pk, "to": alert.assignee_id},
                after={"alert": alert.pk, "to": to and to.pk},
                act_id=act_id,
            )
        return len(moved)


# --- what the verbs share -----------------------------------------------------------------------


def _open(pks: Iterable[int]) -> AlertQuerySet:
    found = Alert.objects.open().filter(pk__in=list(pks)).select_related("claim__standing")
    return found.order_by("pk")


def _twins(alerts: list[Alert], summary: Summary) -> list[Alert]:
    """All that the same causes opened about the same claims, in the draft and in its edition."""
    wanted = {_cause_and_claim(alert) for alert in alerts}
    alike = Alert.objects.open().about(summary).filter(claim__in={claim for *_, claim in wanted})
    return [each for each in alike.order_by("pk") if _cause_and_claim(each) in wanted]


def _cause_and_claim(alert: Alert) -> tuple[str, int, int]:
    return alert.cause_kind, alert.cause_id, alert.claim_id


def _refuse_fallen(alert: Alert) -> None:
    if alert.severity == Alert.Severity.CRITICAL:
        raise Refused(
            FALLEN.format(
                key=alert.claim.key,
                told=_told_to_readers(alert),
                now=alert.claim.standing.confirmed_word,
            )
        )


def _told_to_readers(alert: Alert) -> str:
    rows = EditionClaim.objects.filter(edition=alert.holder_id, claim_id=alert.claim_id)
    return weakest(rows.values_list("standing", flat=True))


def _told(alert: Alert) -> dict[str, object]:
    """As the ledger tells it."""
    return {
        "alert": alert.pk,
        "cause": [alert.cause_kind, alert.cause_id],
        "holder": [alert.holder_kind, alert.holder_id],
        "severity": alert.severity,
    }
