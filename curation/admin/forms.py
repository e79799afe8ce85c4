"""What the forms of the reading side share."""

from django import forms
from django.core.exceptions import ValidationError

from corpus.models import Document, Source
from corpus.models.documents import DateBasis
from curation.admin.fields import EdtfField, EntityOrWordsField, typed
from curation.models import Assessment

REASONS = Assessment.Reason.choices
NOT_YET = "Nothing was changed yet: see what is asked for below."


def check(form: forms.Form) -> None:
    """Refuse a form with errors, which stay on it to be shown beside its fields."""
    if not form.is_valid():
        raise ValidationError(" ".join([NOT_YET, *form.non_field_errors()]))


class DeskForm(forms.Form):
    """A form of the desk: `ids` is what the ids of its fields begin with."""

    ids = "desk"

    def __init__(self, data=None, **kwargs):
        super().__init__(data, auto_id=f"{self.ids}-%s", label_suffix="", **kwargs)


class LabelForm(forms.Form):
    """A label with its credibility and reasons."""

    reliability = forms.ChoiceField(choices=Assessment.Reliability.choices, label="Label")
    credibility = forms.TypedChoiceField(
        choices=Assessment.Credibility.choices, coerce=int, required=False, empty_value=None
    )
    reasons = forms.MultipleChoiceField(choices=Assessment.Reason.choices, required=False)
    # Those that the form came with ticked, each with the words that gave it.
    hinted = forms.MultipleChoiceField(choices=Assessment.Reason.choices, required=False)

    def values(self) -> dict:
        """Credibility is judged of news only: what the form still holds of it is left out."""
        said = self.cleaned_data
        if said["reliability"] != Assessment.Reliability.NEWS:
            return {"reliability": said["reliability"], "hinted": said["hinted"]}
        return said | {"credibility": said["credibility"] or Assessment.Credibility.NOT_JUDGED}

    def in_words(self) -> str:
        said = self.values()
        words = dict(Assessment.Reliability.choices)[said["reliability"]]
        judged = said.get("credibility", Assessment.Credibility.NOT_JUDGED)
        words = words if judged == 6 else f"{words}, credibility {judged}"
        reasons = [told for value, told in REASONS if value in said.get("reasons", ())]
        return f"{words} ({', '.join(reasons)})" if reasons else words


class DescriptionForm(DeskForm):
    ids = "about"
    title = forms.CharField(max_length=300)
    source = forms.ModelChoiceField(Source.objects.all(), required=False, empty_label="not known")
    published = EdtfField(required=False, label="Date")
    published_basis = forms.ChoiceField(
        choices=[("", "not known"), *DateBasis.choices], required=False, label="Basis of the date"
    )
    url = forms.CharField(max_length=2000, required=False, label="Address")
    origin = EntityOrWordsField(
        required=False,
        help_text="Who first said it: an entity's name, or words. Empty: the owner of the source.",
    )

    @classmethod
    def of(cls, document: Document) -> "DescriptionForm":
        """The form with the values in force."""
        names = ("title", "source", "published", "published_basis", "url")
        values = {name: getattr(document, name) for name in names}
        origin = document.origin_entity
        return cls(initial=values | {"origin": typed(origin) if origin else document.origin_words})

    def values(self) -> dict:
        said = dict(self.cleaned_data)
        said["origin_entity"], said["origin_words"] = said.pop("origin")
        return said
