"""The form of the claim dialog, filled in as far as the text and its labels allow."""

from django import forms
from django.core.exceptions import ValidationError

from corpus.analysis.dates import DateInText, dates_in
from corpus.models import Document, Entity, Mention, Passage
from curation.admin.fields import (
    EdtfField,
    EntitiesField,
    EntityOrWordsField,
    PairsField,
    RowsField,
)
from curation.admin.forms import DeskForm
from curation.admin.suggesting import ClaimField, PartnershipField
from curation.models import Assessment, Claim, Evidence, Link

LONGEST_WORDS = 500
WEAKEST_FIRST = ["spam", "speculative", "news"]
TOLD_AS = {"news": "fact", "speculative": "forecast"}
OF_A_NEW_CLAIM = ["words", "partnership", "new_partnership", "told_as", "said_by", "acting"]
OF_A_NEW_CLAIM += ["also_acting", "date", "as_of"]


class ClaimForm(DeskForm):
    ids = "claim"

    # What the dialog showed: the words at the place, and the labels in force by passage.
    exact = forms.CharField(widget=forms.HiddenInput, max_length=20_000, strip=False)
    seen = PairsField(required=False)
    reliability = forms.ChoiceField(
        label="Label of these words",
        choices=[("", "choose"), *Assessment.Reliability.choices[:3]],
    )
    credibility = forms.TypedChoiceField(
        label="Credibility, of news", choices=Assessment.Credibility.choices, coerce=int, initial=6
    )
    reasons = forms.MultipleChoiceField(
        choices=Assessment.Reason.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    stance = forms.ChoiceField(
        label="These words", choices=Evidence.Stance.choices, initial="supports"
    )
    ticked = forms.BooleanField(label="The passage says this", required=False)
    claim = ClaimField(
        required=False, label="the claim", help_text="Empty: a new claim. Else its key or words."
    )
    words = forms.CharField(
        label="What is claimed",
        required=False,
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="One statement, which can be true or false by itself.",
    )
    partnership = PartnershipField(required=False, help_text="Type part of its name.")
    new_partnership = forms.CharField(label="Or a new partnership", required=False, max_length=200)
    told_as = forms.ChoiceField(choices=Claim.ToldAs.choices, required=False, label="Told as")
    said_by = EntityOrWordsField(
        required=False, label="Said by", help_text="An entity's name, or words."
    )
    acting = RowsField(
        Entity.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        label="Parties whose act, decision or plan it states",
    )
    also_acting = EntitiesField(
        required=False, label="Other such parties", help_text="Separated by semicolons."
    )
    date = EdtfField(required=False, label="Date of what is claimed")
    as_of = EdtfField(required=False, label="As of", help_text="When this was said.")
    own_record_of = RowsField(
        Entity.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        label="The text is the own record of",
        help_text="A party's own words or papers: they prove its act or plan, not its success.",
    )
    origin = EntityOrWordsField(
        required=False,
        label="Who first said it",
        help_text="Only where these words have another origin than the document.",
    )

    def __init__(self, data=None, *, selected, document, by, waiting=None, **kwargs):
        """`waiting`: the claims of the cause at which the dialog was opened; one of these, then."""
        super().__init__(data, **kwargs)
        self.waiting = waiting
        near = Entity.objects.filter(pk__in=_named_in(selected))
        voices = {document.origin_entity_id, document.source.owner_id if document.source else None}
        own = {*near.values_list("pk", flat=True), *(voices - {None})}
        self._offer_ticks("own_record_of", Entity.objects.in_use().filter(pk__in=own))
        if waiting is None:
            self._offer_a_new_one(near, by)
        else:
            self._ask_for_one_that_is_there()
        if data is None:
            self.initial = _prefilled(selected, document, near)
            if waiting is None:
                self.fields["date"].help_text = _how_dated(selected.exact, document)

    def _offer_a_new_one(self, near, by):
        if not by.has_perm("curation.add_partnership"):
            del self.fields["new_partnership"]
            self.fields["partnership"].help_text += " Not there? An editor makes it."
        self._offer_ticks("acting", near)

    def _ask_for_one_that_is_there(self):
        for name in OF_A_NEW_CLAIM:
            del self.fields[name]
        field = self.fields["claim"]
        field.required, field.help_text = True, "Its key or words."
        field.error_messages["required"] = "Choose the claim that these words are put to."

    def _offer(self, name, rows):
        field = self.fields[name]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = rows

    def _offer_ticks(self, name, entities):
        """Boxes for the entities at hand; where there are none, no empty heading either.

        A form that was sent keeps its boxes: what was ticked there is never dropped silently.
        """
        if entities or self.is_bound:
            return self._offer(name, entities)
        if name == "acting":
            self.fields["also_acting"].label = self.fields["acting"].label
        del self.fields[name]

    def clean_claim(self):
        claim = self.cleaned_data["claim"]
        if self.waiting is not None and claim not in self.waiting:
            raise ValidationError(f"{claim.key} is no claim that waits there. Nothing was kept.")
        return claim

    def clean(self):
        super().clean()
        said = self.cleaned_data
        if said.get("claim") or self.waiting is not None:
            return said
        if not said.get("words"):
            self.add_error("words", "Write what is claimed, or choose a claim that is there.")
        named = [bool(said.get("partnership")), bool(said.get("new_partnership"))]
        if "partnership" not in self.errors and sum(named) != 1:
            self.add_error("partnership", "Choose the partnership that this claim is about.")
        return said

    def values(self) -> dict:
        """What the verb wants to know."""
        said = dict(self.cleaned_data)
        said["origin_entity"], said["origin_words"] = said.pop("origin")
        said["own_record_of"] = list(said.get("own_record_of", ()))
        said.setdefault("new_partnership", "")
        if self.waiting is None:
            said |= _of_a_new_claim(said)
        if said["reliability"] != Assessment.Reliability.NEWS:
            said |= {"credibility": 6, "reasons": []}
        if said["claim"]:
            said |= {"partnership": said["claim"].partnership, "new_partnership": ""}
        return said

    def clean_reliability(self):
        if self.cleaned_data["reliability"] == Assessment.Reliability.SPAM:
            raise ValidationError(
                "Spam is never evidence. If it is part of the piece, label it so."
            )
        return self.cleaned_data["reliability"]


def _of_a_new_claim(said) -> dict:
    entity, words = said.pop("said_by")
    parties = [*said.get("acting", ()), *said.pop("also_acting")]
    return {
        "said_by_entity": entity,
        "said_by_words": words,
        "acting": list({entity.pk: entity for entity in parties}.values()),
        "told_as": said["told_as"] or Claim.ToldAs.FACT,
    }


def _prefilled(selected, document, near) -> dict:
    touched, in_force = _labels(selected)
    label = _weakest(touched, in_force)
    return {
        "exact": selected.exact,
        "seen": " ".join(
            f"{passage.pk}:{said.pk if (said := in_force.get(passage.pk)) else ''}"
            for passage in touched
        ),
        "reliability": label.get("reliability", ""),
        "credibility": label.get("credibility", 6),
        "reasons": label.get("reasons", []),
        "stance": Evidence.Stance.SUPPORTS,
        "words": " ".join(selected.exact.split())[:LONGEST_WORDS],
        "told_as": TOLD_AS.get(label.get("reliability", ""), "fact"),
        "acting": [entity.pk for entity in near],
        "date": date.date if (date := _date_in(selected.exact, document)) else "",
        "as_of": document.published,
    }


def _date_in(words: str, document: Document) -> DateInText | None:
    """The first date in the selected words; "last Tuesday" counts from the document's date."""
    return next((found for found in dates_in(words, document.published) if found.date), None)


def _how_dated(words: str, document: Document) -> str:
    """How the date that the form proposes was read, or why it proposes none."""
    found = _date_in(words, document) or next(iter(dates_in(words, document.published)), None)
    if found is None or not found.because:
        return ""
    return f"“{words[found.start : found.end]}”: {found.because}."


def _labels(selected) -> tuple[list[Passage], dict[int, Assessment]]:
    """The passages that the words touch, and their labels in force."""
    touched = list(
        Passage.objects.filter(capture=selected.capture).touching(selected.start, selected.end)
    )
    labels = Assessment.objects.in_force().filter(passage__in=touched)
    return touched, {label.passage_id: label for label in labels}


def _weakest(touched: list[Passage], in_force: dict[int, Assessment]) -> dict:
    """The weakest label of some passages: decided, else suggested; headings have none."""
    found = [
        {"reliability": said.reliability, "credibility": said.credibility, "reasons": said.reasons}
        if (said := in_force.get(passage.pk))
        else {"reliability": passage.suggested_reliability}
        for passage in touched
    ]
    labelled = [label for label in found if label["reliability"] in WEAKEST_FIRST]
    return min(labelled, key=lambda label: WEAKEST_FIRST.index(label["reliability"]), default={})


def _named_in(selected) -> set[int]:
    """Entities found or linked in the selected words; what somebody denied is left out."""
    inside = {"capture": selected.capture, "start__lt": selected.end, "end__gt": selected.start}
    mentions = list(Mention.objects.standing().filter(**inside).select_related("entity"))
    links = Link.objects.in_force().filter(document=selected.capture.document_id)
    by_name = {(link.name, link.entity_id): link.verdict for link in links if not link.capture_id}
    text = selected.capture.text
    found = {
        mention.entity.resolved.pk
        for mention in mentions
        if by_name.get((text[mention.start : mention.end], mention.entity_id)) != "is_not"
    }
    here = list(links.filter(**inside).select_related("entity"))
    found |= {link.entity.resolved.pk for link in here if link.verdict == "is"}
    found |= {
        link.entity_id for link in links if link.verdict == "is" and link.name in selected.exact
    }
    return found - {link.entity_id for link in here if link.verdict == "is_not"}
