"""Causes of alerts: listed, and in words."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, Min, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.formats import date_format

from corpus.models import CopyEdge, Sighting
from curation.admin.acts_in_words import headings
from curation.admin.decisions import NOTHING, changes
from curation.admin.dialogs import number_in
from curation.models import Alert, Decision, ReviewDate

SHOWN = 200  # causes in the list
# What a line tells in words that people read, numbers too.
SAYS = {"words", "value", "name", "word", "outcome", "credibility"}
# Acts of which the heading tells all.
SAID = {"link", "judge copies", "merge", "unmerge", "place quote", "tick", "untick"}


@dataclass
class Cause:
    """What moved the evidence, in words; where it can be looked at."""

    words: str
    detail: str = ""
    reason: str = ""
    by: str = ""
    at: Any = None
    address: str = ""


# --- the list -----------------------------------------------------------------------------------


def listed(which, user):
    """Causes with alerts that are open (or the user's own; or all), newest first, in a constant
    number of queries."""
    rows = Alert.objects.all() if which == "all" else Alert.objects.open()
    if which == "mine":
        rows = rows.filter(assignee=user)
    causes = (
        rows.order_by()
        .values("cause_kind", "cause_id")
        .annotate(
            first=Min("pk"),
            at=Min("opened_at"),
            drafts=Count("pk", filter=Q(holder_kind=Alert.Holder.SUMMARY)),
            editions=Count("pk", filter=Q(holder_kind=Alert.Holder.EDITION)),
            critical=Count("pk", filter=Q(severity=Alert.Severity.CRITICAL)),
            waiting=Count("pk", filter=Q(closed_at=None)),
        )
        .order_by("-critical", "-at", "-first")[:SHOWN]
    )
    found = list(causes)
    told = causes_in_words({(each["cause_kind"], each["cause_id"]) for each in found})
    return [
        each | {"cause": told[each["cause_kind"], each["cause_id"]], "address": address(each)}
        for each in found
    ]


def address(row):
    return reverse("admin:curation_alert_change", args=[row["first"]])


def cause_of(request, name="back"):
    """The alert at whose cause a person went on to another screen; None where they did not."""
    given = request.POST if request.method == "POST" else request.GET
    return Alert.objects.filter(pk=number_in(given, name)).first() if name in given else None


def waiting(user):
    """One open alert of each weighty cause: for the front page."""
    return _one_of_each(Alert.objects.open().weighty(), user)


def _one_of_each(alerts, user):
    """`yours`: whether something of its cause is handed to this person. What readers are told of
    comes first."""
    alike = alerts.filter(cause_kind=OuterRef("cause_kind"), cause_id=OuterRef("cause_id"))
    first = alike.order_by("pk").values("pk")[:1]
    yours = Exists(alike.filter(assignee=user))
    critical = Exists(alike.filter(severity=Alert.Severity.CRITICAL))
    found = alerts.filter(pk=Subquery(first)).annotate(yours=yours, critical=critical)
    return found.order_by("-critical", "-opened_at", "-pk").select_related("claim")


# --- causes in words ----------------------------------------------------------------------------


def causes_in_words(keys):
    """By (kind, pk): each cause in words."""
    by_kind = defaultdict(set)
    for kind, pk in keys:
        by_kind[kind].add(pk)
    gone = Cause("Something that is no longer there")
    told: dict[tuple[str, int], Cause] = {}
    for kind, tell in TELLERS.items():
        found = tell(by_kind[kind]) if by_kind[kind] else {}
        told |= {(kind, pk): found.get(pk, gone) for pk in by_kind[kind]}
    return told


def _decisions(pks):
    rows = list(Decision.objects.filter(pk__in=pks).select_related("by"))
    words = headings(rows)
    return {
        row.pk: Cause(
            words=words[row.pk],
            detail=_in_detail(row),
            reason=row.reason,
            by=row.by.get_username(),
            at=row.at,
            address=reverse("admin:curation_decision_change", args=[row.pk]),
        )
        for row in rows
    }


def _in_detail(decision):
    """What it moved, as far as people can read it: numbers of rows stay in its own line."""
    if decision.act in SAID:
        return ""
    told = [each for each in changes(decision) if not _is_number(each)]
    if decision.act == "make claim":  # its words are in the heading
        return "; ".join(now for name, _, now in told if name == "value")
    if all(was == "" for _, was, _ in told):
        return "; ".join(now for name, _, now in told if name in SAYS)
    return "; ".join(
        f"{name}: {was or 'nothing'} → {now or 'nothing'}" if name else f"{was} → {now}"
        for name, was, now in told
    )


def _is_number(change):
    name, was, now = change
    values = [each.replace(", ", "") for each in (was, now) if each and each != NOTHING]
    return name not in SAYS and bool(values) and all(each.isdigit() for each in values)


def _sightings(pks):
    rows = Sighting.objects.filter(pk__in=pks).select_related("capture__document")
    rows = rows.defer("capture__text", "capture__mended")
    return {
        row.pk: Cause(
            words=f"Collected again with other words: {row.capture.document.title}",
            at=row.collected_at,
            address=reverse("admin:corpus_document_change", args=[row.capture.document_id]),
        )
        for row in rows
        if row.capture
    }


def _copies(pks):
    rows = CopyEdge.objects.filter(pk__in=pks).select_related("a", "b")
    return {
        row.pk: Cause(
            words=f"Found to be copies of one another: {row.a.title} / {row.b.title}",
            detail="The machine says so. Readers are told nothing until somebody judges it.",
            address=reverse("admin:corpus_document_change", args=[row.a_id]),
        )
        for row in rows
    }


def _review_dates(pks):
    rows = ReviewDate.objects.filter(pk__in=pks).select_related("summary__partnership")
    return {
        row.pk: Cause(
            words=f"To be looked at again since {date_format(row.on, 'j F Y')}: "
            f"{row.summary.partnership}",
            reason=row.reason,
            address=reverse("admin:curation_summary_change", args=[row.summary_id]),
        )
        for row in rows
    }


TELLERS = {
    Alert.Cause.DECISION: _decisions,
    Alert.Cause.SIGHTING: _sightings,
    Alert.Cause.COPY_EDGE: _copies,
    Alert.Cause.REVIEW_DATE: _review_dates,
}
