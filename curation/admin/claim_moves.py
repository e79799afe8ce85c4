"""What can be done about a claim: tick, withdraw and add evidence, write it, replace it."""

from django import forms
from django.db.models import Q

from corpus.models import Entity
from curation import claiming, contradicting, evidencing
from curation.admin.fields import EdtfField, EntitiesField, EntityOrWordsField, RowsField, typed
from curation.admin.moves import Move
from curation.models import Claim, Evidence, Party, Quote

MOST_QUOTES = 100  # offered as further evidence of one claim


class OnEvidence(Move):
    """A move about one piece of a claim's evidence."""

    permission = "curation.change_evidence"
    evidence = forms.ModelChoiceField(Evidence.objects.none(), widget=forms.HiddenInput)

    def __init__(self, *args, about, **kwargs):
        super().__init__(*args, about=about, **kwargs)
        self.offer("evidence", about.evidence.in_force())


class Tick(OnEvidence):
    def act(self, by):
        evidencing.tick(self.cleaned_data["evidence"], by=by)
        return "Ticked: the passage says this."


class Untick(OnEvidence):
    def act(self, by):
        evidencing.untick(self.cleaned_data["evidence"], by=by)
        return "The tick is taken back; the quote does not count until somebody ticks it."


class WithdrawEvidence(OnEvidence):
    label = "Withdraw this evidence"
    reason = forms.CharField(widget=forms.Textarea(attrs={"rows": 2}), max_length=1000)

    def act(self, by):
        evidencing.withdraw_evidence(
            self.cleaned_data["evidence"], by=by, reason=self.cleaned_data["reason"]
        )
        return "The evidence is withdrawn; it stays in the ledger."


class AddEvidence(Move):
    permission = "curation.add_evidence"
    label = "Add as evidence"
    quote = forms.ModelChoiceField(
        Quote.objects.none(),
        label="words already quoted",
        empty_label=None,
        widget=forms.RadioSelect,
    )
    stance = forms.ChoiceField(choices=Evidence.Stance)
    origin = EntityOrWordsField(
        required=False,
        label="origin: who first said it",
        help_text="Empty: the document’s origin, else the owner of its source.",
    )
    own_record_of = RowsField(
        Entity.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        label="own record of",
        help_text="A party’s own record proves its act or plan, not its success.",
    )
    ticked = forms.BooleanField(required=False, label="I have read it: the passage says this")

    def __init__(self, *args, about, **kwargs):
        super().__init__(*args, about=about, **kwargs)
        self.offer("quote", quotes_near(about))
        self.offer("own_record_of", entities_near(about.partnership_id))

    def act(self, by):
        self.put(by)
        return "The quote is evidence of this claim now."

    def put(self, by):
        values = dict(self.cleaned_data)
        values["origin_entity"], values["origin_words"] = values.pop("origin")
        return evidencing.add_evidence(self.about, by=by, **values)


class WordsOfClaim(Move):
    """The fields of a claim."""

    permission = "curation.add_claim"
    words = forms.CharField(
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="One statement that can be true or false by itself.",
    )
    told_as = forms.ChoiceField(choices=Claim.ToldAs, label="told as")
    said_by = EntityOrWordsField(required=False, help_text="Who says so, if anybody is named.")
    acting = RowsField(
        Entity.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        label="whose act, decision or plan it states",
    )
    also_acting = EntitiesField(
        required=False, label="and of", help_text="Names, with semicolons between them."
    )
    date = EdtfField(required=False)
    as_of = EdtfField(required=False, label="as of")
    attribute = forms.CharField(
        required=False, max_length=60, help_text="Only for a value, such as “launch year”."
    )
    value = forms.CharField(required=False, max_length=200)

    partnership_id = property(lambda self: self.about.pk)

    def __init__(self, *args, about, **kwargs):
        super().__init__(*args, about=about, **kwargs)
        self.offer("acting", entities_near(self.partnership_id))

    def told(self):
        """The values as make_claim wants them."""
        values = dict(self.cleaned_data)
        values["acting"] = [*values["acting"], *values.pop("also_acting")]
        values["said_by_entity"], values["said_by_words"] = values.pop("said_by")
        return values


class WriteClaim(WordsOfClaim):
    label = "Write this claim"

    def act(self, by):
        claim = claiming.make_claim(self.about, by=by, **self.told())
        return f"Claim {claim.key} is written. It stands unsupported until a quote supports it."


class ReplaceClaim(WordsOfClaim):
    label = "Replace it"
    because = forms.ChoiceField(
        choices=[
            ("reworded", "reworded: the same, said better"),
            ("mistaken", "mistaken: it was wrong"),
            ("overtaken", "overtaken: it was right, and events went on"),
        ],
        widget=forms.RadioSelect,
    )
    take_quotes = forms.BooleanField(
        required=False,
        label="take its quotes along, without their ticks",
        help_text="The words are new: somebody looks at each quote against them.",
    )
    same_meaning = forms.BooleanField(
        required=False,
        label="same meaning: take its quotes along with their ticks",
        help_text="Only for what is reworded. The ticks are yours then: you say that each "
        "passage that was ticked says this too. What became of a plan goes along as well.",
    )

    partnership_id = property(lambda self: self.about.partnership_id)

    def __init__(self, *args, about, **kwargs):
        super().__init__(*args, about=about, initial=values_of(about), **kwargs)

    def act(self, by):
        claim = claiming.replace(self.about, by=by, **self.told())
        return f"Claim {claim.key} replaces {self.about.key} ({claim.because})."


class LeaveDisputed(Move):
    permission = "curation.resolve_alert"
    label = "Leave them as disputed"
    other = forms.ModelChoiceField(
        Claim.objects.none(),
        label="it and",
        empty_label=None,
        widget=forms.RadioSelect,
        help_text="The quotes that support each are put to the other as disputing it.",
    )
    reason = forms.CharField(
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        label="why nobody can tell which is right",
    )

    def __init__(self, *args, about, **kwargs):
        super().__init__(*args, about=about, **kwargs)
        rivals = contradicting.rivals(about)
        left = contradicting.left_beside([about, *rivals])[about] if rivals else []
        against = [each.pk for each in rivals if each not in left]
        self.offer("other", Claim.objects.filter(pk__in=against))

    def act(self, by):
        other = self.cleaned_data["other"]
        contradicting.leave_disputed(self.about, other, by=by, reason=self.cleaned_data["reason"])
        return f"{self.about.key} and {other.key} are left as disputed."


def values_of(claim):
    """What the form of a replacing claim begins with."""
    plain = ["words", "told_as", "date", "as_of", "attribute", "value"]
    values = {name: getattr(claim, name) for name in plain}
    speaker = claim.said_by_entity
    values["said_by"] = typed(speaker) if speaker else claim.said_by_words
    return values | {"acting": [entity.pk for entity in claim.acting.all()]}


def quotes_near(claim):
    """Quotes of the partnership's other claims that are not yet put to this one."""
    put = claim.evidence.in_force().values("quote")
    near = Evidence.objects.in_force().filter(claim__partnership=claim.partnership_id)
    ids = near.exclude(quote__in=put).order_by("-pk").values_list("quote", flat=True)[:MOST_QUOTES]
    return Quote.objects.filter(pk__in=list(ids))


def entities_near(partnership_id):
    """Entities that a partnership's parties and claims speak of."""
    parties = Party.objects.in_force().filter(partnership=partnership_id).values("entity")
    acting = Claim.acting.through.objects.filter(claim__partnership=partnership_id)
    return Entity.objects.filter(Q(pk__in=parties) | Q(pk__in=acting.values("entity")))
