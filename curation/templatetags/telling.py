"""How the site tells values: dates in words, labels as shown, addresses that are safe to link."""

from django import template

from corpus.analysis.dates import NotADate, in_words
from curation import labels

register = template.Library()


@register.filter
def edtf(date: str) -> str:
    """A date in words; as it stands when it is in no form that we know."""
    try:
        return in_words(date) if date else ""
    except NotADate:
        return date


@register.filter
def basis(value: str) -> str:
    return dict(labels.DATE_BASES).get(value, value)


@register.filter
def shown_as(label: str) -> str:
    return labels.shown_as(label)


@register.filter
def web(address: str) -> str:
    """The address if a browser may follow it, else nothing."""
    return address if address.startswith(("http://", "https://")) else ""
