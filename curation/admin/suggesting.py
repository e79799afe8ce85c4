"""Claims and partnerships found by what one types: there are too many to list."""

import re

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q
from django.http import HttpResponse
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.views.decorators.http import require_safe

from curation.admin.fields import LONGEST, MOST_OFFERED
from curation.models import Claim, Partnership

_KEY = re.compile(r"\s*c([0-9]{1,12})\b")


class Suggesting(forms.TextInput):
    """A text field with the list that names.js fills while one types."""

    def __init__(self, offers):
        self.offers = offers
        super().__init__({"list": f"{offers}-offered", "autocomplete": "off"})

    def render(self, name, value, attrs=None, renderer=None):
        found = reverse(f"admin:{self.offers}_names")
        offered = '<datalist id="{}-offered" data-names="{}"></datalist>'
        return super().render(name, value, attrs, renderer) + format_html(
            offered, self.offers, found
        )


class ClaimField(forms.CharField):
    """A current claim by its key, which what is suggested begins with."""

    def __init__(self, **kwargs):
        super().__init__(widget=Suggesting("claim"), max_length=LONGEST, **kwargs)

    def clean(self, value):
        given = super().clean(value)
        if not given:
            return None
        key = _KEY.match(given)
        found = key and Claim.objects.current().filter(pk=int(key[1])).first()
        if not found:
            raise ValidationError(f"“{given}” is no claim in use. Write its key, such as c12.")
        return found


class PartnershipField(forms.CharField):
    """A partnership by its name."""

    def __init__(self, **kwargs):
        super().__init__(widget=Suggesting("partnership"), max_length=LONGEST, **kwargs)

    def clean(self, value):
        name = super().clean(value)
        if not name:
            return None
        found = Partnership.objects.filter(name__iexact=name)
        exact = [one for one in found if one.name == name] or list(found)
        if len(exact) != 1:
            raise ValidationError(f"No partnership is called “{name}”.")
        return exact[0]


def named(claim):
    """What a field of a claim holds once one is chosen."""
    return f"{claim.key}: {claim.words[:110]}"


@require_safe
def offer_claims(request):
    """<option>s for what has been typed: a key, words of the claim or of its partnership."""
    words = _typed(request, "curation.view_claim")
    key = _KEY.match(words)
    fits = Q(words__icontains=words) | Q(partnership__name__icontains=words)
    fits |= Q(pk=int(key[1])) if key else Q()
    found = Claim.objects.current().filter(fits).select_related("partnership").order_by("-pk")
    values = ((named(one), one.partnership) for one in found[:MOST_OFFERED])
    return _options(values if words else ())


@require_safe
def offer_partnerships(request):
    """Likewise, of names of partnerships."""
    words = _typed(request, "curation.view_partnership")
    found = Partnership.objects.filter(name__icontains=words).order_by("name")[:MOST_OFFERED]
    return _options((one.name, "") for one in found if words)


def _typed(request, permission):
    if not request.user.has_perm(permission):
        raise PermissionDenied
    return request.GET.get("q", "")[:LONGEST].strip()


def _options(values):
    return HttpResponse(format_html_join("", '<option value="{}">{}</option>', values))
