"""The desk's front page: what waits for this person now, and what was decided last."""

from django.contrib import admin
from django.db.models import CharField, Count, Exists, F, OuterRef, Q, Subquery, Window
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django_tasks_db.models import DBTaskResult

from corpus.analysis import dates
from corpus.models import Document
from curation import gate
from curation.admin import causes
from curation.admin.decisions import lines
from curation.gathering import gather_all
from curation.models import (
    Alert,
    Approval,
    Assessment,
    Claim,
    Decision,
    Override,
    ReviewDate,
    Revision,
    Summary,
)

admin.site.unregister(DBTaskResult)  # the worker's own book, no screen of an editorial desk

SHOWN = 5  # of each heap; the rest is counted
STATE_MOVES = ("start", "submit", "send_back", "approve", "publish", "override")


def waiting(user):
    """The context of the front page, in a number of queries that does not grow."""
    mine = [heap(*what) for permission, *what in heaps_for(user) if user.has_perm(permission)]
    may_read = user.has_perm("curation.view_decision")
    return {
        "heaps": [each for each in mine if each["count"]],
        "empty": listed([each["none"] for each in mine if not each["count"]]),
        "recent": lines(Decision.objects.all()[:10]) if may_read else [],
    }


def heaps_for(user):
    """(permission, title, what an empty one says, its rows, where all of them are)"""
    summaries = reverse("admin:curation_summary_changelist")
    documents = reverse("admin:corpus_document_changelist")
    return [
        (
            "curation.change_summary",
            "Evidence moved",
            "no evidence moved under what is written",
            causes.waiting(user),
            reverse("admin:curation_alert_changelist"),
        ),
        (
            "curation.change_summary",
            "To look at again",
            "nothing is to be looked at again",
            to_look_at_again(user),
            reverse("admin:curation_alert_changelist"),
        ),
        (
            "curation.add_outcome",
            "Did it happen?",
            "no plan’s day has passed without an outcome",
            to_conclude(),
            f"{reverse('admin:curation_claim_changelist')}?outcome=waits",
        ),
        (
            "curation.change_summary",
            "Sent back to you",
            "nothing was sent back to you",
            sent_back(user),
            f"{summaries}?state__exact=draft",
        ),
        (
            "curation.review_summary",
            "In review",
            "nothing is in review",
            in_state(Summary.State.IN_REVIEW, user),
            f"{summaries}?state__exact=in+review",
        ),
        (
            "curation.publish_summary",
            "Approved, to publish",
            "nothing is approved that could be published",
            approved(user),
            f"{summaries}?state__exact=approved",
        ),
        (
            "curation.review_summary",
            "Published over the gate, approved by nobody",
            "nothing is public that nobody approved",
            over_the_gate(),
            summaries,
        ),
        (
            "curation.publish_summary",
            "Not published at its time",
            "nothing missed its time of publication",
            missed(user),
            summaries,
        ),
        (
            "curation.change_summary",
            "Being written",
            "nothing is being written",
            being_written(user),
            f"{summaries}?state__exact=draft",
        ),
        (
            "curation.add_assessment",
            "Documents nobody assessed",
            "no document waits to be assessed",
            unassessed(),
            f"{documents}?assessed=none",
        ),
    ]


def heap(title, none, rows, more):
    """Its first rows, and how many there are in all, in one query."""
    shown = list(rows.annotate(heaped=Window(Count("pk")))[:SHOWN])
    count = shown[0].heaped if shown else 0
    if rows.model is Document:
        told = [document_row(each) for each in shown]
    elif rows.model is Alert:
        told = list(alert_rows(shown))
    elif rows.model is Claim:
        told = [claim_row(each) for each in shown]
    elif rows.model is ReviewDate:
        told = [day_row(each) for each in shown]
    else:
        verdicts = asked_of_the_gate(each for each in shown if each.state == Summary.State.DRAFT)
        told = [summary_row(each, note(each) or verdicts[each.pk]) for each in shown]
    return {
        "title": title,
        "none": none,
        "count": count,
        "rows": told,
        "left": count - len(shown),
        "more": more,
    }


def listed(words):
    *most, last = words or [""]
    return f"{', '.join(most)} and {last}" if most else last


def document_row(document):
    source = document.source.name if document.source else document.source_as_given
    address = reverse("admin:corpus_document_change", args=[document.pk])
    return {"words": document.title, "note": source, "address": address}


def claim_row(claim):
    address = reverse("admin:curation_claim_change", args=[claim.pk])
    note = f"{claim.partnership.name}, {dates.in_words(claim.date)}"
    return {"words": claim.words, "note": note, "address": f"{address}#outcome"}


def alert_rows(alerts):
    told = causes.causes_in_words({(each.cause_kind, each.cause_id) for each in alerts})
    for alert in alerts:
        cause = told[alert.cause_kind, alert.cause_id]
        note = " · ".join(filter(None, [cause.detail or cause.reason, alert.yours and "for you"]))
        address = reverse("admin:curation_alert_change", args=[alert.pk])
        yield {"words": cause.words, "note": note, "address": address}


def day_row(day):
    """Where nothing was put before its writers, the summary itself is what there is to look at."""
    kind, pk = ("alert", day.alert) if day.alert else ("summary", day.summary_id)
    told = [date_format(day.on, "j F Y"), day.reason, day.yours and "for you"]
    return {
        "words": day.summary.partnership.name,
        "note": " · ".join(filter(None, told)),
        "address": reverse(f"admin:curation_{kind}_change", args=[pk]),
    }


def summary_row(summary, words):
    address = reverse("admin:curation_summary_change", args=[summary.pk])
    return {"words": summary.partnership.name, "note": words, "address": address}


def note(summary):
    """Why it lies here: a reason, or that one wrote in it; empty for a draft: that is asked."""
    if reason := getattr(summary, "reason", ""):
        return f"“{reason}”"
    if summary.state == Summary.State.DRAFT:
        return ""
    if at := getattr(summary, "publish_at", None):
        return f"to be published on {date_format(at, 'j F Y, H:i e')}"
    return "you wrote in it: somebody else decides" if summary.mine else f"revision {summary.n}"


def asked_of_the_gate(summaries):
    """What stands in the way of each draft, in words, in a number of queries that is constant."""
    drafts = {summary.pk: summary for summary in summaries}
    newest = Revision.objects.filter(summary__in=drafts, n=F("summary__n"))
    revisions = {drafts[revision.summary_id]: revision for revision in newest}
    return {
        telling.summary.pk: in_a_line(gate.refusals(telling)) for telling in gather_all(revisions)
    }


def in_a_line(refusals):
    if not refusals:
        return "nothing stands in its way"
    more = len(refusals) - 1
    return f"{refusals[0].words} {f'And {more} more.' if more else ''}".rstrip()


# --- the questions ----------------------------------------------------------------------------


def unassessed():
    labels = Assessment.objects.in_force()
    touched = Q(capture=OuterRef("current_capture")) | Q(
        passage__capture=OuterRef("current_capture")
    )
    return (
        Document.objects.on_the_desk()
        .filter(~Exists(labels.filter(touched)))
        .select_related("source")
    )


def to_conclude():
    """Plans and forecasts whose day has passed, the latest first."""
    waiting = Claim.objects.to_conclude(timezone.localdate()).select_related("partnership")
    return waiting.order_by("-date_latest", "-pk")


def to_look_at_again(user):
    """Days that have come and nobody has dealt with, with the first alert that is open of each."""
    of_it = Alert.objects.open().of_cause(Alert.Cause.REVIEW_DATE, OuterRef("pk")).order_by("pk")
    days = ReviewDate.objects.passed(timezone.localdate()).unanswered()
    told = days.select_related("summary__partnership").annotate(
        alert=Subquery(of_it.values("pk")[:1]), yours=Exists(of_it.filter(assignee=user))
    )
    return told.order_by("on", "pk")


def in_state(state, user):
    mine = Revision.objects.filter(summary=OuterRef("pk"), by=user)
    waiting = Summary.objects.filter(state=state).select_related("partnership")
    return waiting.annotate(mine=Exists(mine)).order_by("pk")


def approved(user):
    """What is approved, with the time of publication if a publisher set one."""
    standing = Approval.objects.filter(revision__summary=OuterRef("pk"), lapsed=None)
    waiting = in_state(Summary.State.APPROVED, user)
    return waiting.annotate(publish_at=Subquery(standing.values("publish_at")[:1]))


def missed(user):
    """What was to be published by now or later, and was refused or lapsed, until it moves on."""
    lapsed = Approval.objects.filter(
        revision__summary=OuterRef("pk"), revision__n=OuterRef("n"), lapsed__isnull=False
    )
    newest = Subquery(lapsed.order_by("-at").values("publish_at")[:1])
    moves = (*STATE_MOVES, "save", "lapse", "schedule", "unschedule", "not_published")
    waiting = in_state(Summary.State.APPROVED, user) | in_state(Summary.State.IN_REVIEW, user)
    told = waiting.annotate(
        last=last_of("act", moves), reason=last_of("reason", moves), was_due=newest
    )
    return told.filter(Q(last="not_published") | Q(last="lapse", was_due__isnull=False))


def over_the_gate():
    """What was published over the gate and nobody approved since, with the reason."""
    rows = Override.objects.unapproved().filter(revision__summary=OuterRef("pk"))
    found = Summary.objects.filter(Exists(rows)).select_related("partnership").order_by("pk")
    return found.annotate(reason=Subquery(rows.values("reason")[:1]))


def sent_back(user):
    """Drafts of this person's whose last move sent them back."""
    drafts = in_state(Summary.State.DRAFT, user).filter(mine=True)
    moved = drafts.annotate(last=last_of("act"), reason=last_of("reason"))
    return moved.filter(last="send_back")


def being_written(user):
    """Drafts with words that readers have not got, but for those that were sent back to one."""
    drafts = in_state(Summary.State.DRAFT, user).filter(n__gt=0)
    told = drafts.annotate(last=last_of("act"), act=last_of("act", (*STATE_MOVES, "save")))
    return told.exclude(act__in=["publish", "override"]).exclude(last="send_back", mine=True)


def last_of(name, acts=STATE_MOVES):
    """What the last line of the ledger on a move of a summary says."""
    about = Decision.objects.filter(
        subject_kind="curation.summary",
        subject_id=Cast(OuterRef("pk"), CharField()),
        act__in=acts,
    )
    return Subquery(about.order_by("-seq").values(name)[:1])
