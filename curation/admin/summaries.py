"""The summary editor: its addresses and moves. What it shows is gathered in drafting.py."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import OuterRef, Subquery
from django.http import Http404, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse

from curation import workflow
from curation.admin.answering import MarkWords, UnmarkWords
from curation.admin.approving import read_first, to_approve, to_approve_later
from curation.admin.base import answer, post_only, wants_fragment
from curation.admin.causes import cause_of
from curation.admin.drafting import Draft, history_of, told_of, view_of
from curation.admin.forms import check
from curation.admin.moves import by_form
from curation.admin.overriding import ApproveLater, PublishOver
from curation.admin.publishing import asked_first
from curation.admin.revisiting import LookAgain
from curation.admin.showing import ShowingAdmin
from curation.admin.summary_moves import (
    Approve,
    Publish,
    Schedule,
    SendBack,
    Submit,
    Unschedule,
)
from curation.ledger import authorise
from curation.models import Revision, Summary


@post_only
def save(screen, request, summary):
    draft = Draft(request.POST)

    def do():
        authorise(request.user, "curation.change_summary")
        check(draft)
        revision = workflow.save(summary, by=request.user, **draft.cleaned_data)
        return f"Saved as revision {revision.n}."

    def fragments(told):
        return screen.parts(request, summary, None if told.done else draft, told)

    def again(told):
        return screen.show(request, summary, draft=draft, told=told)

    return answer(request, do, screen.address(summary), fragments, again)


@post_only
def preview(screen, request, summary):
    """The reader's view of what was typed, saved nowhere."""
    draft = Draft(request.POST)
    if not wants_fragment(request):
        return screen.show(request, summary, draft=draft)
    context = view_of(summary, draft.typed(summary))
    return HttpResponse(render_to_string("curation_desk/writing/_view.html", context, request))


@admin.register(Summary)
class SummaryAdmin(ShowingAdmin):
    list_display = ["partnership", "state", "revision", "saved_by", "saved_at", "public"]
    list_filter = ["state"]
    list_select_related = ["partnership__page"]
    search_fields = ["partnership__name", "revisions__title"]
    search_help_text = "The partnership, or words of a title."
    moves = {
        "mark": by_form(MarkWords),
        "unmark": by_form(UnmarkWords),
        "save": save,
        "preview": preview,
        "submit": by_form(Submit),
        "send-back": by_form(SendBack),
        "approve": read_first(Approve, to_approve),
        "publish": asked_first(Publish),
        "schedule": asked_first(Schedule),
        "unschedule": by_form(Unschedule),
        "override": asked_first(PublishOver),
        "approve-later": read_first(ApproveLater, to_approve_later),
        "look-again": by_form(LookAgain),
    }

    def has_add_permission(self, request):
        return False  # begun on the page of its partnership

    def get_queryset(self, request):
        newest = Revision.objects.filter(summary=OuterRef("pk"), n=OuterRef("n"))
        return (
            super()
            .get_queryset(request)
            .annotate(
                saved_by=Subquery(newest.values("by__username")[:1]),
                saved_at=Subquery(newest.values("at")[:1]),
            )
        )

    @admin.display(description="revision", ordering="n")
    def revision(self, summary):
        return summary.n or "nothing saved yet"

    @admin.display(description="saved by", ordering="saved_by")
    def saved_by(self, summary):
        return summary.saved_by

    @admin.display(description="saved", ordering="saved_at")
    def saved_at(self, summary):
        return summary.saved_at

    @admin.display(description="page")
    def public(self, summary):
        page = getattr(summary.partnership, "page", None)
        return page.get_status_display() if page else "not published"

    def history_view(self, request, object_id, extra_context=None):
        summary = self.get_object(request, object_id)
        if not self.has_view_permission(request, summary):
            raise PermissionDenied
        if summary is None:
            raise Http404("There is no such summary.")
        context = history_of(summary, request.GET)
        return self.page(
            request,
            "curation_desk/writing/summary_history.html",
            summary,
            title=f"Revisions of {summary.partnership}",
            **context,
        )

    def back(self, request, row):
        """Who came from the screen of what moved goes on there."""
        cause = cause_of(request)
        return (
            reverse("admin:curation_alert_change", args=[cause.pk]) if cause else self.address(row)
        )

    def show(self, request, row, tried=None, told=None, draft=None):
        context = told_of(request.user, row, draft, told, tried)
        return self.page(
            request,
            "curation_desk/writing/summary.html",
            row,
            title=str(row.partnership),
            **context,
        )

    def parts(self, request, summary, draft, told):
        """What moves on the screen when a text is saved, or could not be."""
        summary = self.get_object(request, str(summary.pk))
        context = told_of(request.user, summary, draft, told) | {"original": summary}
        return render_to_string("curation_desk/writing/_parts.html", context, request)

    def fragments(self, request, summary, tried=None):
        return self.parts(request, summary, None, None)
