"""Fields of the desk: dates as precise as they are known, and entities by their names."""

import re
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q
from django.http import HttpResponse
from django.utils.html import format_html_join
from django.views.decorators.http import require_safe

from corpus.analysis import dates
from corpus.models import Entity

MOST_OFFERED = 20
LONGEST = 200

_NUMBER = re.compile(r"[0-9]{1,18}")
_EXACT = re.compile(r"#(\d{1,12})\)?\s*$")


def entity_named(name: str) -> Entity:
    """The one entity in use that goes by a name, which may end in its number, as in “ESA #12”."""
    if number := _EXACT.search(name):
        found = list(Entity.objects.in_use().filter(pk=int(number[1])))
    else:
        found = _named(name)
    if len(found) == 1:
        return found[0]
    if found:
        which = " or ".join(f"“{typed(entity)}” ({entity.get_kind_display()})" for entity in found)
        raise ValidationError(f"Several entities go by “{name}”. Write {which}.", "several")
    raise ValidationError(f"No entity goes by “{name}”. Make it first.", "none")


def typed(entity: Entity) -> str:
    """What to type for exactly this entity."""
    return f"{entity.name} #{entity.pk}"


def _named(name: str) -> list[Entity]:
    goes_by = Q(name__iexact=name) | Q(aliases__text__iexact=name)
    found = list(Entity.objects.in_use().filter(goes_by).distinct()[:6])
    exact = [entity for entity in found if entity.name == name]
    return exact if len(exact) == 1 else found


def _offering_names(kwargs: dict[str, Any], length: int = LONGEST) -> dict[str, Any]:
    attrs = {"list": "entity-names", "autocomplete": "off"}
    return {"widget": forms.TextInput(attrs=attrs), "max_length": length} | kwargs


class RowsField(forms.ModelMultipleChoiceField):
    """Several rows by their numbers; a number that no database counts to is none of them."""

    def clean(self, value):
        for each in value or []:
            if not _NUMBER.fullmatch(str(each)):
                words = self.error_messages["invalid_pk_value"]
                raise ValidationError(words, "invalid_pk_value", {"pk": str(each)[:20]})
        return super().clean(value)


class EntityField(forms.CharField):
    """An entity by one of its names."""

    def __init__(self, **kwargs):
        super().__init__(**_offering_names(kwargs))

    def clean(self, value):
        name = super().clean(value)
        return entity_named(name) if name else None


class EntitiesField(forms.CharField):
    """Several entities, their names separated by semicolons."""

    def __init__(self, **kwargs):
        super().__init__(**_offering_names(kwargs, 1000))

    def clean(self, value):
        names = [name.strip() for name in super().clean(value).split(";")]
        return [entity_named(name) for name in names if name]


class EntityOrWordsField(forms.CharField):
    """(entity, "") where a name is known; (None, words) where it is not; (None, "") if empty."""

    def __init__(self, **kwargs):
        super().__init__(**_offering_names(kwargs))

    def clean(self, value):
        words = super().clean(value)
        if not words:
            return None, ""
        try:
            return entity_named(words), ""
        except ValidationError as error:
            if error.code == "several" or _EXACT.search(words):
                raise
            return None, words


class PairsField(forms.CharField):
    """Pairs such as “12:40 13:” as {12: 40, 13: None}: rows, and what a form showed of each."""

    def __init__(self, **kwargs):
        super().__init__(widget=forms.HiddenInput, max_length=10_000, **kwargs)

    def clean(self, value):
        pairs = [pair.partition(":") for pair in super().clean(value).split()]
        numbers = [number for row, _, shown in pairs for number in (row, shown or "0")]
        if not all(n.isascii() and n.isdigit() and len(n) < 16 for n in numbers):
            raise ValidationError("Reload the page: this form does not say what you saw.")
        return {int(row): int(shown) if shown else None for row, _, shown in pairs}


class EdtfField(forms.CharField):
    """A date as EDTF; empty when unknown."""

    def __init__(self, **kwargs):
        attrs = {"placeholder": "2028, 2022-03, 2022-03-12", "autocomplete": "off"}
        usual: dict[str, Any] = {"widget": forms.TextInput(attrs=attrs), "max_length": 60}
        super().__init__(**usual | kwargs)

    def clean(self, value):
        text = super().clean(value)
        try:
            return dates.parse(text).text if text else ""
        except dates.NotADate as error:
            raise ValidationError(str(error)) from None


@require_safe
def offer(request):
    """<option>s for what has been typed; the script puts them into the list of names."""
    if not request.user.has_perm("corpus.view_entity"):
        raise PermissionDenied
    words = request.GET.get("q", "")[:LONGEST].split(";")[-1].strip()
    begins = Q(name__icontains=words) | Q(aliases__text__istartswith=words)
    found = Entity.objects.in_use().filter(begins).distinct().order_by("name")[:MOST_OFFERED]
    options = format_html_join(
        "",
        '<option value="{}">{}</option>',
        ((typed(entity), entity.get_kind_display()) for entity in found if words),
    )
    return HttpResponse(options)
