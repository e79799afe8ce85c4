"""What became of a plan: the forms on a claim's page, and the list of plans that wait for it."""

from django import forms
from django.contrib import admin
from django.utils import timezone

from curation import concluding
from curation.admin.moves import Move
from curation.models import Claim, Outcome
from curation.standing import TO_COME

MOST = 200  # facts offered as telling it


class Conclude(Move):
    permission = "curation.add_outcome"
    label = "Tell what became of it"
    seen = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)
    word = forms.ChoiceField(choices=Outcome.Word, widget=forms.RadioSelect, label="did it happen?")
    by_claim = forms.ModelChoiceField(
        Claim.objects.none(),
        required=False,
        label="the claim that tells it",
        empty_label="none: I say below how I know",
        help_text="A fact of this partnership. Readers see its evidence beside the plan, if it "
        "stands as unverified or better.",
    )
    reason = forms.CharField(
        required=False,
        max_length=concluding.LONGEST,
        label="how one knows",
        help_text="Needed where no claim tells it. Readers see it as the desk’s own word.",
    )

    def __init__(self, *args, about, **kwargs):
        super().__init__(*args, about=about, **kwargs)
        self.offer("by_claim", facts_of(about))
        if row := outcome_of(about):
            told = {"seen": row.pk, "word": row.word, "reason": row.reason}
            self.initial.update(told, by_claim=row.by_claim_id)

    def act(self, by):
        row = concluding.conclude(self.about, by=by, **self.cleaned_data)
        return f"Told of {self.about.key}: {row.get_word_display()}."


class Reopen(Move):
    permission = "curation.add_outcome"
    label = "Take it back"
    seen = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    reason = forms.CharField(max_length=concluding.LONGEST, label="why this is open again")

    def __init__(self, *args, about, **kwargs):
        super().__init__(*args, about=about, **kwargs)
        row = outcome_of(about)
        self.initial["seen"] = row and row.pk

    def act(self, by):
        concluding.reopen(self.about, by=by, **self.cleaned_data)
        return f"What became of {self.about.key} is open again."


def outcome_of(claim):
    return claim.outcomes.in_force().select_related("by_claim", "decision__by").first()


def facts_of(claim):
    """The facts of its partnership that nobody replaced, the newest first."""
    rows = Claim.objects.current().filter(
        partnership=claim.partnership_id, told_as=Claim.ToldAs.FACT
    )
    newest = rows.exclude(pk=claim.pk).order_by("-pk").values_list("pk", flat=True)[:MOST]
    return Claim.objects.filter(pk__in=list(newest)).order_by("-pk")


def concluded(claim):
    """What the claim's page says of its outcome; None where it can have none."""
    if claim.told_as not in TO_COME:
        return None
    today = timezone.localdate()
    row = outcome_of(claim)
    passed = bool(claim.date_latest and claim.date_latest < today)
    return {"row": row, "waits": passed and row is None}


class DidItHappen(admin.SimpleListFilter):
    title = "outcome"
    parameter_name = "outcome"

    def lookups(self, request, model_admin):
        return [("waits", "did it happen?"), *Outcome.Word.choices]

    def queryset(self, request, claims):
        if self.value() == "waits":
            return claims.to_conclude(timezone.localdate())
        if self.value() in Outcome.Word.values:
            told = Outcome.objects.in_force().filter(word=self.value())
            return claims.filter(pk__in=told.values("claim"))
        return claims
