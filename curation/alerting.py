"""Tell whoever holds a claim that its evidence moved: drafts and current editions alike.

How weighty an open alert is follows from how things stand now, so that it is weighed again with
every act that moves its claim: what is as it was closes itself, what is undone too.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils import timezone

from curation.falling import fallen_claims
from curation.gathering import number, prose_of
from curation.holding import Holding, holdings
from curation.ledger import canonical
from curation.models import (
    Alert,
    Anchor,
    Claim,
    Decision,
    Edition,
    Outcome,
    Page,
    Revision,
    Standing,
    Summary,
)
from curation.moving import Change, Moved, are_weighty, is_undone, together, undoes

PLACES = ("place", "unclear", "lost")  # what may have moved of where quoted words stand

Holder, Resolution, Severity = Alert.Holder, Alert.Resolution, Alert.Severity


Held = tuple[int, str, int]  # a claim, and the kind and row of what holds it


@dataclass(frozen=True)
class Cause:
    """A person's decision, or what the machine saw; its row in `kind` is `pk`."""

    kind: str
    pk: int

    @classmethod
    def by(cls, decision: Decision) -> "Cause":
        return cls(Alert.Cause.DECISION, decision.pk)


def follow_moves(cause: Cause, moves: Iterable[Moved]) -> None:
    """Open, weigh and close the alerts of claims under which something moved.

    Call it in the transaction of the cause.
    """
    by_claim = together(moves)
    if not by_claim:
        return
    held: dict[int, list[Holding]] = defaultdict(list)
    for holding in holdings(by_claim.keys()):
        held[holding.claim].append(holding)
    if not held:
        return
    stood = _stood(by_claim.keys())
    undone = _close_undone(by_claim)
    _open(cause, by_claim, held, stood, undone)
    weigh_anew(by_claim.keys())


def weigh_anew(claims: Collection[int]) -> None:
    """Let open alerts of these claims weigh what they weigh now."""
    weighing = _Weighing.of(claims)
    weigh: dict[str, list[int]] = defaultdict(list)
    for alert in weighing.alerts:
        severity = weighing.severity(alert)
        if severity != alert.severity:
            weigh[severity].append(alert.pk)
    for severity, pks in weigh.items():
        Alert.objects.filter(pk__in=pks).update(severity=severity)
    _close(weigh[Severity.MINOR], Resolution.AS_BEFORE)


def close(alerts: Iterable[Alert], resolution: str, decision: Decision | None = None) -> None:
    """Close what is open of these."""
    _close([alert.pk for alert in alerts], resolution, decision=decision)


# --- what other acts close ----------------------------------------------------------------------


def saved(summary: Summary, revision: Revision, decision: Decision) -> None:
    """An answer goes on where the sentences that tell the claim are as they were."""
    held_no_more(summary, decision)
    _carry_answers(summary, revision)


def held_no_more(summary: Summary, decision: Decision) -> None:
    """Close what is open of claims that the draft tells nowhere: in no sentence, by no party,
    state or outcome."""
    own = Alert.objects.open().of_holder(Holder.SUMMARY, summary.pk)
    held = holdings({alert.claim_id for alert in own})
    told = {each.claim for each in held if (each.kind, each.holder) == (Holder.SUMMARY, summary.pk)}
    close([each for each in own if each.claim_id not in told], Resolution.REMOVED, decision)


def published(summary: Summary, edition: Edition, decision: Decision) -> None:
    """The new edition answers what was open of the one before, and what its draft answered."""
    before = Edition.objects.filter(partnership=edition.partnership_id, n__lt=edition.n)
    old = Alert.objects.open().filter(holder_kind=Holder.EDITION, holder_id__in=before.values("pk"))
    close(old, Resolution.CORRECTED, decision)
    own = Alert.objects.open().of_holder(Holder.SUMMARY, summary.pk)
    close(own.exclude(answered_in=None), Resolution.REWORDED, decision)


def withdrawn(page: Page, decision: Decision) -> None:
    held = Alert.objects.open().of_holder(Holder.EDITION, page.edition_id)
    close(held, Resolution.WITHDRAWN, decision)


def place_said(anchor: Anchor, decision: Decision) -> None:
    """What the machine asked of quoted words closes once a person says where they stand, or that
    they are lost: what follows from that is told by alerts of its own.

    One whose words were removed stays open: nobody knows of which words it asked.
    """
    said = Anchor.objects.in_force().filter(capture=anchor.capture_id).exclude(decision=None)
    quotes = set(said.values_list("quote", flat=True))
    asked = Alert.objects.open().filter(
        cause_kind=Alert.Cause.SIGHTING,
        cause_id__in=anchor.capture.sightings.values("pk"),
        claim__evidence__quote=anchor.quote_id,
        redacted_by=None,
    )
    answered = [
        alert
        for alert in asked.distinct()
        if all(each.of in PLACES and each.quote in quotes for each in changes(alert))
    ]
    close(answered, Resolution.RECONFIRMED, decision)


def contradicts_no_more(claim: Claim, decision: Decision) -> None:
    """A claim that was replaced is no side of a contradiction: what said so of either closes."""
    caused = Q(cause_kind=Alert.Cause.DECISION, cause_id=claim.decision_id)
    close(_of_contradictions(caused | Q(claim=claim)), Resolution.UNDONE, decision)


def contradiction_left(one: Claim, other: Claim, decision: Decision) -> None:
    """Nobody can tell which is right: that they contradict each other is dealt with.

    What follows for the standing of each is told by alerts of its own.
    """
    by = Q(cause_kind=Alert.Cause.DECISION)
    told = by & Q(claim=one, cause_id=other.decision_id)
    told |= by & Q(claim=other, cause_id=one.decision_id)
    close(_of_contradictions(told), Resolution.RECONFIRMED, decision)


def _of_contradictions(wanted: Q) -> list[Alert]:
    """Those that are open and tell of nothing else, as far as their words are still there."""
    found = Alert.objects.open().filter(wanted)
    return [each for each in found if {change.of for change in changes(each)} == {"contradicts"}]


# --- opening ------------------------------------------------------------------------------------


def _open(
    cause: Cause,
    moves: dict[int, Moved],
    held: dict[int, list[Holding]],
    stood: dict[Held, str],
    undone: dict[Held, list[Change]],
) -> None:
    """One for each claim and holder; none where somebody only looked for the first time.

    Nor where all that an act did was to undo what others had done.
    """
    there = set(map(_held, Alert.objects.of_cause(cause.kind, cause.pk).filter(claim__in=moves)))
    there |= {each for each, changes in undone.items() if undoes(moves[each[0]], changes)}
    rows = [
        _row(cause, move, holding, stood)
        for claim, move in moves.items()
        if not move.only_builds
        for holding in held.get(claim, ())
    ]
    Alert.objects.bulk_create(row for row in rows if _held(row) not in there)


def _row(cause: Cause, move: Moved, holding: Holding, stood: dict[Held, str]) -> Alert:
    held = (move.claim, holding.kind, holding.holder)
    return Alert(
        cause_kind=cause.kind,
        cause_id=cause.pk,
        claim_id=move.claim,
        holder_kind=holding.kind,
        holder_id=holding.holder,
        severity=_at_first(cause),
        moved=canonical(move.changes),
        word_before=stood.get(held, move.word_before),
        word_after=move.word_after,
        opened_at=timezone.now(),
        assignee_id=holding.by,
    )


def _at_first(cause: Cause) -> str:
    """A day that has passed moves nothing, and stays open; the rest is weighed in the same act."""
    return Severity.MINOR if cause.kind == Alert.Cause.REVIEW_DATE else Severity.MAJOR


# --- weighing -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Weighing:
    """What the weight of the open alerts of some claims follows from."""

    alerts: list[Alert]
    stands: dict[int, Standing]
    fallen: set[tuple[int, int]]  # (edition, claim) that took the standing of what readers read

    @classmethod
    def of(cls, claims: Collection[int]) -> "_Weighing":
        alerts = list(Alert.objects.open().filter(claim__in=claims).order_by("opened_at", "pk"))
        editions = {alert.holder_id for alert in alerts if alert.holder_kind == "edition"}
        return cls(
            alerts,
            Standing.objects.in_bulk({alert.claim_id for alert in alerts}),
            set(fallen_claims(editions)),
        )

    def severity(self, alert: Alert) -> str:
        if alert.cause_kind == Alert.Cause.REVIEW_DATE:
            return Severity.MINOR
        fell = (alert.holder_id, alert.claim_id) in self.fallen
        of_edition = alert.holder_kind == Alert.Holder.EDITION
        if of_edition and fell and alert.cause_kind == Alert.Cause.DECISION:
            return Severity.CRITICAL
        as_before = self.stands[alert.claim_id].word == alert.word_before
        weighty = alert.redacted_by is not None or are_weighty(changes(alert))
        return Severity.MINOR if as_before and not weighty else Severity.MAJOR


def _stood(claims: Collection[int]) -> dict[Held, str]:
    """How a claim stood for its holder before the oldest alert that is open: of one that tells of
    evidence, as a day that has passed moved nothing."""
    alerts = Alert.objects.open().filter(claim__in=claims).order_by("-opened_at", "-pk")
    alerts = alerts.exclude(cause_kind=Alert.Cause.REVIEW_DATE)
    return {_held(alert): alert.word_before for alert in alerts}


def _held(alert: Alert) -> Held:
    return alert.claim_id, alert.holder_kind, alert.holder_id


def changes(alert: Alert) -> list[Change]:
    """What it tells that moved; nothing once its words were removed."""
    return [Change(*each) for each in alert.changes]


# --- closing ------------------------------------------------------------------------------------


def _close_undone(moves: dict[int, Moved]) -> dict[Held, list[Change]]:
    """Returns what was undone, by what held it."""
    undone = [
        alert
        for alert in Alert.objects.open().filter(claim__in=moves.keys(), redacted_by=None)
        if is_undone(changes(alert), moves[alert.claim_id].now)
    ]
    _close([alert.pk for alert in undone], Resolution.UNDONE)
    back: dict[Held, list[Change]] = defaultdict(list)
    for alert in undone:
        back[_held(alert)] += changes(alert)
    return back


def _close(pks: Collection[int], resolution: str, **values: Any) -> None:
    if pks:
        waiting = Alert.objects.open().filter(pk__in=pks)
        waiting.update(closed_at=timezone.now(), resolution=resolution, **values)


def _carry_answers(summary: Summary, revision: Revision) -> None:
    earlier = Alert.objects.open().filter(answered_in__summary=summary)
    for alert in earlier.exclude(answered_in=revision).select_related("answered_in"):
        before = alert.answered_in
        alike = before is not None and _telling(before, alert.claim_id) == _telling(
            revision, alert.claim_id
        )
        Alert.objects.filter(pk=alert.pk).update(answered_in=revision if alike else None)


def _telling(revision: Revision, claim: int) -> list[str]:
    """The sentences of a revision that cite a claim, or a plan whose outcome it tells."""
    plans = Outcome.objects.in_force().filter(by_claim=claim).values_list("claim", flat=True)
    cited = {claim, *plans}
    return [
        sentence.text
        for sentence in prose_of(revision).sentences
        if not cited.isdisjoint(number(key) for key in sentence.keys)
    ]
