"""Publishing over the gate, and the word of somebody else on it: what the summary's bar offers."""

from django import forms

from curation import gate, overriding
from curation.admin.moves import Move
from curation.admin.summary_moves import REASON, Digests, Offer, Publish, published
from curation.models import Override
from curation.moves import MoveRefused


class PublishOver(Publish):
    permission = "curation.override_gate"
    label = "Publish over the gate"
    reason = forms.CharField(
        max_length=overriding.LONGEST,
        widget=REASON,
        label="reason, in words to readers",
        help_text="The page shows it at its top, with all that the gate says. Until somebody "
        "else approves it, the desk lists it as unapproved.",
    )

    def act(self, by):
        told = {name: self.cleaned_data.get(name, "") for name in ("kind", "note", "reason")}
        return published(overriding.override(self.about, by=by, seen=self.seen_n, **told))


class ApproveLater(Move):
    """A word on the edition that the person saw; it names the override it is about."""

    permission = "curation.review_summary"
    label = "Approve what is public"
    asks_first = True
    confirmed = Digests()
    override = forms.ModelChoiceField(Override.objects.none(), widget=forms.HiddenInput)
    reason = forms.CharField(
        required=False, max_length=2000, widget=REASON, label="note, if you wish"
    )

    def __init__(self, *args, about, **kwargs):
        super().__init__(*args, about=about, **kwargs)
        self.offer("override", Override.objects.filter(revision__summary=about))
        self.initial["override"] = unapproved(about)

    def act(self, by):
        told = self.cleaned_data
        confirmed, reason = told["confirmed"], told["reason"]
        overriding.approve_later(told["override"], by=by, confirmed=confirmed, reason=reason)
        return "Approved: the desk does not list it as unapproved any more."


def unapproved(summary):
    """The override whose edition readers have and nobody approved."""
    rows = Override.objects.unapproved().filter(revision__summary=summary)
    return rows.select_related("decision__by").first()


def offers_over(summary, user, telling, tried=None):
    """Only what this person may do, for few may: and only where there is something to do."""
    if may_approve(user, summary):
        yield Offer("approve-later", _form(ApproveLater, summary, tried), [])
    if may_override(user, telling):
        yield Offer("override", _form(PublishOver, summary, tried), [])


def may_approve(user, summary):
    row = unapproved(summary)
    if row is None or not user.has_perm(ApproveLater.permission):
        return False
    return user.pk not in {row.decision.by_id, *gate.authors(summary, before=row.decision)}


def may_override(user, telling):
    try:
        return user.has_perm(PublishOver.permission) and overriding.held_back(telling, user)
    except MoveRefused:
        return False


def _form(form_class, summary, tried):
    return tried if type(tried) is form_class else form_class(about=summary)
