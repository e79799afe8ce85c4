"""Alerts, a screen a cause: everything that rested on what moved, resolved without leaving."""

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect

from curation import resolving, workflow
from curation.admin import causes
from curation.admin.base import answer, post_only
from curation.admin.drafting import Draft
from curation.admin.forms import DeskForm, check
from curation.admin.showing import ShowingAdmin
from curation.ledger import Refused, authorise
from curation.models import Alert, Summary

LIST, ONE = "curation_desk/writing/alerts.html", "curation_desk/writing/alert.html"


class ConfirmForm(DeskForm):
    ids = "confirm"
    alerts = forms.TypedMultipleChoiceField(coerce=int, required=False)
    reason = forms.CharField(
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        label="Why they stand as they are",
    )

    def __init__(self, data=None, *, offered=(), **kwargs):
        super().__init__(data, **kwargs)
        field = self.fields["alerts"]
        assert isinstance(field, forms.TypedMultipleChoiceField)
        field.choices = [(each.pk, str(each)) for each in offered]


class RewordForm(Draft):
    summary = forms.ModelChoiceField(Summary.objects.all(), widget=forms.HiddenInput)
    submit = forms.BooleanField(required=False, label="Submit it for review at once")


@post_only
def confirm(desk, request, alert):
    offered = list(Alert.objects.open().of_cause(alert.cause_kind, alert.cause_id))
    form = ConfirmForm(request.POST, offered=offered)

    def do():
        authorise(request.user, "curation.resolve_alert")
        check(form)
        wanted = set(form.cleaned_data["alerts"])
        if not wanted:
            raise Refused("Tick what stands as it is. Nothing was changed.")
        ticked = [each for each in offered if each.pk in wanted]
        count = resolving.reconfirm(ticked, by=request.user, reason=form.cleaned_data["reason"])
        return f"{count} confirmed as {'it stands' if count == 1 else 'they stand'}."

    return answer(request, do, desk.address(alert), again=desk.once_more(request, alert, form))


@post_only
def reword(desk, request, alert):
    """Save a draft's new words; they answer what is open of this cause, and may be submitted."""
    form = RewordForm(request.POST)

    def do():
        authorise(request.user, "curation.change_summary")
        check(form)
        said = dict(form.cleaned_data)
        summary, submit = said.pop("summary"), said.pop("submit")
        of_cause = Alert.objects.open().of_cause(alert.cause_kind, alert.cause_id)
        own = [each for each in of_cause if resolving.is_of(each, summary)]
        resolving.reword(own, summary, by=request.user, **said)
        summary.refresh_from_db()
        if submit and summary.state == Summary.State.DRAFT:
            workflow.submit(summary, by=request.user, seen=summary.n)
            return "Saved and submitted: once it is published, these alerts are closed."
        return "Saved: once it is published, these alerts are closed."

    return answer(request, do, desk.address(alert), again=desk.once_more(request, alert, form))


@admin.register(Alert)
class AlertAdmin(ShowingAdmin):
    moves = {"confirm": confirm, "reword": reword}

    def has_add_permission(self, request):
        return False

    def changelist_view(self, request, extra_context=None):
        if not self.has_view_permission(request):
            raise PermissionDenied
        if request.GET and dict(request.GET.lists()) != {"which": ["all"]}:
            return HttpResponseRedirect(request.path)
        which = request.GET.get("which", "open")
        return self.page(request, LIST, causes=causes.listed(which), which=which)

    def show(self, request, row, tried=None, told=None):
        context = causes.told_of(row)
        reworded = tried if isinstance(tried, RewordForm) else None
        confirming = tried if isinstance(tried, ConfirmForm) else ConfirmForm()
        return self.page(
            request,
            ONE,
            row,
            title=context["cause"].words,
            said=told.words if told else "",
            confirm_form=confirming,
            tried=reworded,
            may_write=request.user.has_perm("curation.change_summary"),
            may_resolve=request.user.has_perm("curation.resolve_alert"),
            confirm_at=self.address(row, "confirm"),
            reword_at=self.address(row, "reword"),
            **context,
        )

    def once_more(self, request, row, form):
        return lambda told: self.show(request, row, tried=form, told=told)
