"""The day to look at a summary again: what the summary's bar offers of it."""

from django import forms
from django.utils.formats import date_format

from curation import revisiting
from curation.admin.moves import Move
from curation.admin.summary_moves import Offer
from curation.models import ReviewDate


class LookAgain(Move):
    permission = "curation.add_reviewdate"
    label = "Look at it again"
    seen = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)
    on = forms.DateField(
        required=False,
        label="on",
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        help_text="What it tells is then put before its writers; readers’ page stays as it is. "
        "Leave it empty to take the day back.",
    )
    reason = forms.CharField(
        required=False, max_length=revisiting.LONGEST, label="what for, if you wish"
    )

    def __init__(self, *args, about, **kwargs):
        super().__init__(*args, about=about, **kwargs)
        if row := day_of(about):
            self.initial.update(seen=row.pk, on=row.on, reason=row.reason)

    def clean(self):
        super().clean()
        told = self.cleaned_data
        if not self.errors and not told["on"] and not told["seen"]:
            self.add_error("on", "Choose a day.")
        return told

    def act(self, by):
        told = self.cleaned_data
        if not told["on"]:
            revisiting.look_no_more(self.about, by=by, seen=told["seen"])
            return "No day is set to look at it again."
        row = revisiting.look_again(self.about, by=by, **told)
        return f"It comes back to its writers on {date_format(row.on, 'j F Y')}."


def awaited(summary):
    """The day that is still to come, or that has come and nobody has dealt with."""
    day = day_of(summary)
    if day and day.has_come and not ReviewDate.objects.unanswered().filter(pk=day.pk).exists():
        return None
    return day


def day_of(summary):
    return ReviewDate.objects.in_force().filter(summary=summary).first()


def offers_again(summary, user, tried=None):
    if user.has_perm(LookAgain.permission):
        form = tried if type(tried) is LookAgain else LookAgain(about=summary)
        yield Offer("look-again", form, [])
