"""What can be done on the screen of a cause: each act answers in the part that it was done in."""

from django import forms
from django.contrib.auth.models import User

from curation import anchoring, resolving, workflow
from curation.admin.base import answer, post_only
from curation.admin.drafting import Draft, differing, was_faster
from curation.admin.fields import PairsField
from curation.admin.forms import DeskForm, check
from curation.admin.pages import WithdrawPage
from curation.admin.placing import anchors_of
from curation.admin.resting import told_of
from curation.ledger import Refused, authorise
from curation.models import Alert, Claim, Summary

NO_SUCH = "This cause asks of no such words. Nothing was changed: reload the page."


class ConfirmForm(DeskForm):
    ids = "confirm"
    alerts = forms.TypedMultipleChoiceField(coerce=int, required=False)
    reason = forms.CharField(
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        label="Why they stand as they are",
    )

    def __init__(self, data=None, *, cause=(), **kwargs):
        super().__init__(data, **kwargs)
        field = self.fields["alerts"]
        assert isinstance(field, forms.TypedMultipleChoiceField)
        field.choices = [(each.pk, each.pk) for each in cause]  # those that are closed, too

    @property
    def ticked(self):
        return {str(each) for each in self["alerts"].value() or ()}


class HandOnForm(DeskForm):
    ids = "hand-on"
    partnership = forms.CharField(required=False, max_length=20)
    seen = PairsField()
    to = forms.ModelChoiceField(User.objects.none(), required=False, label="To")

    def __init__(self, data=None, **kwargs):
        super().__init__(data, **kwargs)
        field = self.fields["to"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = writers()


class LostForm(DeskForm):
    ids = "lost"
    anchor = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31 - 1)
    reason = forms.CharField(max_length=1000, widget=forms.Textarea(attrs={"rows": 2}))


class PlaceForm(DeskForm):
    ids = "place"
    anchor = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31 - 1)
    start = forms.IntegerField(
        min_value=0,
        max_value=2**31 - 1,
        error_messages={"required": "Choose the place that is meant."},
    )


class RewordForm(Draft):
    """A whole draft; made from a revision that is not the newest, it is shown beside that one."""

    summary = forms.ModelChoiceField(Summary.objects.all(), widget=forms.HiddenInput)
    submit = forms.BooleanField(required=False, label="Submit it for review at once")


def beside_newest(form, summary):
    """What somebody else saved meanwhile and what was typed, for the parts that differ."""
    if summary is None or not was_faster(form, summary):
        return []
    return differing(summary.latest, form.typed(summary))


def writers():
    """Those who may write drafts: alerts are handed to them."""
    return User.objects.with_perm("curation.change_summary").order_by("username")


@post_only
def confirm(desk, request, alert):
    cause = Alert.objects.of_cause(alert.cause_kind, alert.cause_id)
    form = ConfirmForm(request.POST, cause=cause)

    def do():
        authorise(request.user, "curation.resolve_alert")
        check(form)
        wanted = set(form.cleaned_data["alerts"])
        if not wanted:
            raise Refused("Tick what stands as it is. Nothing was changed.")
        ticked = [each for each in cause if each.pk in wanted]
        count = resolving.reconfirm(ticked, by=request.user, reason=form.cleaned_data["reason"])
        return f"{count} confirmed as {'it stands' if count == 1 else 'they stand'}."

    def of(group):
        return any(str(each.pk) in form.ticked for held in group.held for each in held.alerts)

    return answered(desk, request, alert, form, do, of)


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
        resolving.reword(of_cause.about(summary), summary, by=request.user, **said)
        summary.refresh_from_db()
        if not submit or summary.state != Summary.State.DRAFT:
            return "Saved: once it is published, these alerts are closed."
        try:
            workflow.submit(summary, by=request.user, seen=summary.n)
        except Refused as refused:
            return f"Saved, and not submitted: {refused}"
        return "Saved and submitted: once it is published, these alerts are closed."

    def of(group):
        return group.summary and str(group.summary.pk) == form["summary"].value()

    return answered(desk, request, alert, form, do, of)


@post_only
def hand_on(desk, request, alert):
    form = HandOnForm(request.POST)

    def do():
        authorise(request.user, "curation.resolve_alert")
        check(form)
        to = form.cleaned_data["to"]
        resolving.assign(form.cleaned_data["seen"], to=to, by=request.user)
        return f"Handed on to {to.get_username()}." if to else "Nobody is named for it any more."

    return answered(desk, request, alert, form, do, _named(request))


@post_only
def withdraw(desk, request, alert):
    """The publishing form, about the page of a partnership that this cause touched."""
    named = _named(request)
    group = next(filter(named, told_of(alert)["groups"]), None)
    page = group and group.page
    form = withdrawing(page, request.POST) if page else None

    def do():
        authorise(request.user, WithdrawPage.permission)
        if form is None:
            raise Refused("No page of this cause is named. Nothing was changed: reload the page.")
        return form.carry_out(request.user)

    return answered(desk, request, alert, form, do, named)


def withdrawing(page, data=None):
    return WithdrawPage(data, about=page, mark=page.partnership_id)


def _named(request):
    """Whether a group is the one that a form names."""
    given = request.POST.get("partnership", "")
    return lambda group: str(group.partnership.pk) == given


@post_only
def lost(desk, request, alert):
    form = LostForm(request.POST)

    def say(anchor, said):
        anchoring.say_lost(anchor, by=request.user, reason=said["reason"])
        return "The words are lost: they count no more, for drafts and for readers."

    return _say(desk, request, alert, form, say)


@post_only
def place(desk, request, alert):
    form = PlaceForm(request.POST)

    def say(anchor, said):
        anchoring.say_place(anchor, said["start"], by=request.user)
        return "The words stand there: they count as before."

    return _say(desk, request, alert, form, say)


def _say(desk, request, alert, form, say):
    moved: set[int] = set()

    def do():
        authorise(request.user, "curation.resolve_alert")
        check(form)
        anchor = anchors_of(alert).filter(pk=form.cleaned_data["anchor"]).first()
        if anchor is None:
            raise Refused(NO_SUCH)
        claims = Claim.objects.filter(evidence__quote=anchor.quote)
        moved.update(claims.values_list("partnership", flat=True))
        return say(anchor, form.cleaned_data)

    return answered(desk, request, alert, form, do, lambda group: group.partnership.pk in moved)


def answered(desk, request, alert, form, do, of):
    """In place with the parts that moved, or on the whole screen with what was typed.

    `of` tells of a group whether the act was about it: what is typed elsewhere stays.
    """
    return answer(
        request,
        do,
        desk.address(alert),
        fragments=lambda told: desk.parts(
            request,
            alert,
            of,
            None if told.done else form,
            confirming=isinstance(form, ConfirmForm),
        ),
        again=lambda told: desk.show(request, alert, tried=form, told=told),
    )
