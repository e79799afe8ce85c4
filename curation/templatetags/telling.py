"""How the site tells values: dates in words, labels as shown, addresses that are safe to link."""

from django import template

from corpus.analysis.dates import NotADate, in_words
from curation import labels, noting

register = template.Library()

# Collected words may hold signs that turn round what follows, past the end of their element:
# one of them ends any isolation that CSS or <bdi> gives. So they are named, never obeyed.
REORDERING = {n: f"[U+{n:04X}]" for n in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))}


@register.filter
def edtf(date: str) -> str:
    """A date in words; as it stands when it is in no form that we know."""
    try:
        return in_words(date) if date else ""
    except NotADate:
        return date


@register.filter
def as_told(value: object) -> str:
    """Whatever an edition holds of something, in words."""
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value)) or "nobody"
    return edtf(str(value)) if value else "not told"


@register.filter
def basis(value: str) -> str:
    return dict(labels.DATE_BASES).get(value, value)


@register.filter
def shown_as(label: str) -> str:
    return labels.shown_as(label)


@register.filter
def past_lead(note: str) -> str:
    """The note of an edition where its kind was just told: without “Corrected:” and the like."""
    return noting.past_lead(note)


@register.filter
def in_order(collected: str | None) -> str:
    """Collected words so that they, and what stands after them, are read in the order kept."""
    return (collected or "").translate(REORDERING)


@register.filter
def web(address: str) -> str:
    """The address if a browser may follow it, else nothing."""
    return address if address.startswith(("http://", "https://")) else ""
