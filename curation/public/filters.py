"""What the list of partnerships can be narrowed by. A wrong value is an error, not a shrug."""

from django import forms
from django_filters import CharFilter, ChoiceFilter, FilterSet

from curation.labels import STATES
from curation.models.shelf import Address, Page
from curation.standing import STRENGTH

LONGEST = 100  # characters of a search for titles
STANDINGS = [(word, word) for word in STRENGTH if word != "unsupported"]


class NamedField(forms.CharField):
    """The slug of an entity that some edition names."""

    def clean(self, value):
        slug = super().clean(value)
        if not slug:
            return None
        address = Address.objects.of_entities().filter(slug=slug).first()
        if address is None:
            raise forms.ValidationError(f"No edition here names a party “{slug[:60]}”.")
        return address


class NamedFilter(CharFilter):
    field_class = NamedField


class PageFilter(FilterSet):
    party = NamedFilter(method="of_party", max_length=200)
    programme = NamedFilter(method="of_programme", max_length=200)
    standing = ChoiceFilter(
        choices=STANDINGS,
        method="with_sentence",
        error_messages={"invalid_choice": "There is no standing “%(value).60s”."},
    )
    state = ChoiceFilter(
        choices=STATES,
        field_name="edition__state",
        error_messages={"invalid_choice": "There is no state “%(value).60s”."},
    )
    q = CharFilter(
        field_name="edition__title",
        lookup_expr="icontains",
        max_length=LONGEST,
        error_messages={"max_length": f"Search for at most {LONGEST} characters."},
    )

    class Meta:
        model = Page
        fields: list[str] = []

    def of_party(self, pages, name, address):
        return pages.with_party(address)

    def of_programme(self, pages, name, address):
        return pages.with_party(address, role="programme")

    def with_sentence(self, pages, name, standing):
        return pages.with_sentence(standing, weaker=STRENGTH[STRENGTH.index(standing) + 1 :])

    @property
    def asked(self):
        """What was asked for, without what this list does not know."""
        return {name: self.data[name] for name in self.filters if self.data.get(name)}

    @property
    def problems(self):
        """What is wrong with the question, in sentences."""
        return [str(problem) for problems in self.form.errors.values() for problem in problems]
