"""The desk's front page: what waits for this person now, and what was decided last."""

from django.contrib import admin
from django.db.models import CharField, Count, Exists, OuterRef, Q, Subquery, Window
from django.db.models.functions import Cast
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from corpus.models import Document
from curation.admin.decisions import lines
from curation.models import Assessment, Citation, Decision, Revision, Summary
from curation.standing import STRENGTH

admin.site.unregister(DBTaskResult)  # the worker's own book, no screen of an editorial desk

SHOWN = 5  # of each heap; the rest is counted
CARRIES = STRENGTH[: STRENGTH.index("doubtful")]  # a page needs one claim that stands so
STATE_MOVES = ("start", "submit", "send_back", "approve", "publish")


def waiting(user):
    """The context of the front page, in a number of queries that does not grow."""
    summaries = reverse("admin:curation_summary_changelist")
    documents = reverse("admin:corpus_document_changelist")
    heaps = [
        ("curation.change_summary", "Sent back to you", sent_back(user), summaries),
        (
            "curation.review_summary",
            "In review",
            in_state(Summary.State.IN_REVIEW, user),
            f"{summaries}?state__exact=in+review",
        ),
        (
            "curation.publish_summary",
            "Approved, to publish",
            in_state(Summary.State.APPROVED, user),
            f"{summaries}?state__exact=approved",
        ),
        ("curation.change_summary", "Held back by the gate", held_back(), summaries),
        (
            "curation.add_assessment",
            "Documents nobody assessed",
            unassessed(),
            f"{documents}?assessed=none",
        ),
    ]
    mine = [heap(*what) for permission, *what in heaps if user.has_perm(permission)]
    may_read = user.has_perm("curation.view_decision")
    return {
        "heaps": [each for each in mine if each["count"]],
        "empty": [each["title"].lower() for each in mine if not each["count"]],
        "recent": lines(Decision.objects.all()[:10]) if may_read else [],
    }


def heap(title, rows, more):
    """Its first rows, and how many there are in all, in one query."""
    shown = list(rows.annotate(heaped=Window(Count("pk")))[:SHOWN])
    row = document_row if rows.model is Document else summary_row
    count = shown[0].heaped if shown else 0
    return {"title": title, "count": count, "rows": [row(each) for each in shown], "more": more}


def document_row(document):
    source = document.source.name if document.source else document.source_as_given
    address = reverse("admin:corpus_document_change", args=[document.pk])
    return {"words": document.title, "note": source, "address": address}


def summary_row(summary):
    address = reverse("admin:curation_summary_change", args=[summary.pk])
    return {"words": summary.partnership.name, "note": note(summary), "address": address}


def note(summary):
    """Why it lies here: a reason, what holds it back, or that one wrote in it."""
    if reason := getattr(summary, "reason", ""):
        return f"“{reason}”"
    if getattr(summary, "leads_nowhere", False):
        return "a citation leads nowhere"
    if getattr(summary, "unsupported", False):
        return "cites a claim that is unsupported"
    if getattr(summary, "uncarried", False):
        return "no claim stands above doubtful"
    if getattr(summary, "mine", False):
        return "you wrote in it: somebody else decides"
    return f"revision {summary.n}"


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


def in_state(state, user):
    mine = Revision.objects.filter(summary=OuterRef("pk"), by=user)
    waiting = Summary.objects.filter(state=state).select_related("partnership")
    return waiting.annotate(mine=Exists(mine)).order_by("pk")


def sent_back(user):
    """Drafts of this person's whose last move sent them back."""
    about = Decision.objects.filter(
        subject_kind="curation.summary",
        subject_id=Cast(OuterRef("pk"), CharField()),
        act__in=STATE_MOVES,
    ).order_by("-seq")
    drafts = in_state(Summary.State.DRAFT, user).filter(mine=True)
    moved = drafts.annotate(
        last=Subquery(about.values("act")[:1]), reason=Subquery(about.values("reason")[:1])
    )
    return moved.filter(last="send_back")


def held_back():
    """Texts whose stored standings already show a refusal; their own screens ask the whole gate."""
    cited = Citation.objects.filter(
        revision__summary=OuterRef("pk"), revision__n=OuterRef("n")
    ).exclude(key="editorial")
    summaries = Summary.objects.filter(n__gt=0).select_related("partnership")
    told = summaries.annotate(
        uncarried=~Exists(cited.filter(claim__standing__word__in=CARRIES)),
        unsupported=Exists(cited.filter(claim__standing__word="unsupported")),
        leads_nowhere=Exists(cited.filter(claim=None)),
    )
    return told.filter(Q(uncarried=True) | Q(unsupported=True) | Q(leads_nowhere=True)).order_by(
        "pk"
    )
