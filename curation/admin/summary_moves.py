"""What can be done with a summary: submit, send back, approve, publish; who may, and why not."""

import re
from dataclasses import dataclass

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html

from curation import gate, noting, scheduling, workflow
from curation.admin.moves import Move
from curation.models import Approval, Edition, Page, Summary

REASON = forms.Textarea(attrs={"rows": 3})
DIGEST = re.compile("[0-9a-f]{64}")
WHEN = "%Y-%m-%dT%H:%M"  # as browsers send a time
KINDS = [  # of an edition that follows another
    (Edition.Kind.UPDATE, "update: something new is known; moves the feed"),
    (Edition.Kind.CORRECTION, "correction: something was wrong; moves the feed"),
    (Edition.Kind.CLARIFICATION, "clarification: the wording misled; does not move the feed"),
]


class SummaryMove(Move):
    """A move about the revision that the person has in front of them."""

    step = ""  # the gate's
    asks_first = False  # its button leads to a page that says what follows
    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def __init__(self, *args, about, **kwargs):
        super().__init__(*args, about=about, initial={"seen": about.n}, **kwargs)

    @property
    def seen_n(self):
        return self.cleaned_data["seen"]


class Submit(SummaryMove):
    permission = "curation.change_summary"
    label = "Submit for review"
    step = "submit"
    needs = "a contributor or editor"

    def act(self, by):
        workflow.submit(self.about, by=by, seen=self.seen_n)
        return "Submitted: somebody who did not write it reviews it now."


class SendBack(SummaryMove):
    permission = "curation.review_summary"
    label = "Send back"
    needs = "an editor"
    reason = forms.CharField(
        max_length=2000, widget=REASON, label="reason, in words to the authors"
    )

    def act(self, by):
        workflow.send_back(self.about, by=by, seen=self.seen_n, reason=self.cleaned_data["reason"])
        return "Sent back to its authors with your reason."


class Digests(forms.MultipleChoiceField):
    """Sentences, by their digests; which of them are wanted, the verb says."""

    def __init__(self):
        super().__init__(required=False, widget=forms.MultipleHiddenInput)

    def valid_value(self, value):
        return DIGEST.fullmatch(value) is not None


class Approve(SummaryMove):
    permission = "curation.review_summary"
    label = "Approve"
    step = "approve"
    asks_first = True
    needs = "an editor who is no author of it"
    confirmed = Digests()
    evidence = forms.RegexField("[0-9a-f]{64}", widget=forms.HiddenInput)
    reason = forms.CharField(
        required=False, max_length=2000, widget=REASON, label="note, if you wish"
    )

    def act(self, by):
        told = {name: self.cleaned_data[name] for name in ("confirmed", "evidence", "reason")}
        workflow.approve(self.about, by=by, seen=self.seen_n, **told)
        return f"Revision {self.seen_n} is approved, with the evidence as it stands now."


class Publish(SummaryMove):
    permission = "curation.publish_summary"
    label = "Publish"
    step = "publish"
    asks_first = True
    needs = "a publisher who is no author of it"
    kind = forms.ChoiceField(choices=KINDS, widget=forms.RadioSelect)
    note = forms.CharField(
        required=False,
        max_length=2000,
        widget=REASON,
        label="note to readers",
        help_text="What changed. A correction or clarification needs one.",
    )

    def __init__(self, *args, about, **kwargs):
        super().__init__(*args, about=about, **kwargs)
        page = Page.objects.filter(partnership=about.partnership_id).first()
        if page is None:
            del self.fields["kind"], self.fields["note"]
        elif page.status in (Page.Status.WITHDRAWN, Page.Status.GONE):
            del self.fields["kind"]
            self.fields["note"].help_text = "Why the page is back."
            self.fields["note"].required = True

    def draft(self, before, after):
        """Fill in the note that tells what moved, and the kind that fits; a person edits both."""
        kind: str = Edition.Kind.REINSTATEMENT
        if "kind" in self.fields:
            kind, because = noting.suggested(before, after)
            self.fields["kind"].help_text = f"Suggested: {kind}. {because}"
        note = noting.note(before, after, kind)
        self.initial.update(kind=kind, note=note)
        if note:
            self.fields["note"].help_text += " Drafted from what moved: edit it as you like."

    def clean(self):
        """What was offered is what is done: a page withdrawn since is not quietly brought back."""
        if "kind" not in self.fields and self.data.get("kind"):
            raise ValidationError(
                "The page was withdrawn after you opened this. Nothing was published: reload the "
                "page, read why, and decide again."
            )
        return super().clean()

    def act(self, by):
        told = {name: self.cleaned_data.get(name, "") for name in ("kind", "note")}
        return published(workflow.publish(self.about, by=by, seen=self.seen_n, **told))


def published(edition):
    address = reverse("public:partnership", args=[edition.partnership.page.slug])
    return format_html('Edition {} is public at <a href="{}">{}</a>.', edition.n, address, address)


class Schedule(Publish):
    """The same words to readers, and the same gate, at a time to come."""

    label = "Publish at a time"
    at = forms.DateTimeField(
        label="time",
        widget=forms.DateTimeInput(format=WHEN, attrs={"type": "datetime-local"}),
        help_text=f"In {settings.TIME_ZONE}. The gate is asked again then; if it refuses, "
        "nothing is published and the desk is told.",
    )
    field_order = ["at"]

    def act(self, by):
        told = {name: self.cleaned_data.get(name, "") for name in ("kind", "note")}
        at = self.cleaned_data["at"]
        scheduling.schedule(self.about, by=by, seen=self.seen_n, at=at, **told)
        return f"It is published on {date_format(at, 'j F Y, H:i e')}, if nothing moves until then."


class Unschedule(SummaryMove):
    permission = "curation.publish_summary"
    label = "Take its time back"
    needs = "a publisher"

    def act(self, by):
        scheduling.unschedule(self.about, by=by, seen=self.seen_n)
        return "It is not published by itself any more; the approval stands."


IN_STATE: dict[str, list[type[SummaryMove]]] = {
    Summary.State.DRAFT: [Submit],
    Summary.State.IN_REVIEW: [Approve, SendBack],
    Summary.State.APPROVED: [Publish, SendBack],
}
OF_THE_STEP = {rule.code for rule, _ in gate.OF_THE_STEP}  # refusals that are not of the text
OBJECTED = {rule.code for rule in gate.OBJECTIONS}
SLUGS = {
    Submit: "submit",
    SendBack: "send-back",
    Approve: "approve",
    Publish: "publish",
    Schedule: "schedule",
    Unschedule: "unschedule",
}


@dataclass(frozen=True)
class Offer:
    """A move of the present state, and why this person may not do it, if so."""

    slug: str
    form: Move
    why_not: list[str]


def offers(summary, user, telling, tried=None):
    """The moves that this state has, each told apart: open, or shut and why."""
    return [
        Offer(
            SLUGS[each],
            tried if type(tried) is each else each(about=summary),
            _why_not(each, summary, user, telling),
        )
        for each in _fitting(summary)
    ]


def _fitting(summary):
    moves = IN_STATE[summary.state]
    scheduled = Approval.objects.scheduled().filter(revision__summary=summary)
    if summary.state == Summary.State.APPROVED and scheduled.exists():
        return [*moves, Unschedule]
    return moves


def _why_not(move, summary, user, telling):
    if not user.has_perm(move.permission):
        return [f"This takes {move.needs}."]
    if not move.step:
        return []
    held = gate.obstacles(summary, by=user, step=move.step, telling=telling)
    own = [f"{each.words} {each.mend}" for each in held if each.code in OF_THE_STEP]
    objected = sum(each.code in OBJECTED for each in held)
    told = _counted(len(held) - len(own) - objected, objected)
    return [*own, *([f"{told} in the way: see the gate."] if told else [])]


def _counted(refusals, objections):
    """ "2 refusals and 1 objection stand"; empty when nothing does."""
    counts = [(refusals, "refusal"), (objections, "objection")]
    told = [f"{n} {word}{'' if n == 1 else 's'}" for n, word in counts if n]
    return (
        f"{' and '.join(told)} {'stands' if refusals + objections == 1 else 'stand'}"
        if told
        else ""
    )
