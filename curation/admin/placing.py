"""Quoted words that the machine did not find at one exact place: a person looks, and says so."""

from dataclasses import dataclass, field
from itertools import islice

from corpus.models import Capture, Passage, Sighting
from curation import anchoring
from curation.models import Alert, Anchor

AROUND = 160  # code points shown on either side
MOST_PLACES = 20  # offered for one quote


@dataclass(frozen=True)
class Place:
    """Where the words stand in a text, and what stands around them."""

    start: int
    before: str
    after: str


@dataclass
class Asked:
    """A quote, where it stood, and where it may stand in the text that was collected anew."""

    anchor: Anchor
    old: Place
    places: list[Place]
    near: list[Passage] = field(default_factory=list)  # what stands now where it stood

    @property
    def quote(self):
        return self.anchor.quote

    @property
    def is_lost(self):
        return self.anchor.state == Anchor.State.LOST


def anchors_of(alert):
    """Of the text that the cause collected; those out of force, too: the verb says so."""
    capture = _capture(alert)
    return Anchor.objects.filter(capture=capture).select_related("quote", "capture")


def _capture(alert) -> Capture | None:
    if alert.cause_kind != Alert.Cause.SIGHTING:
        return None
    sightings = Sighting.objects.select_related("capture__document__source")
    sighting = sightings.filter(pk=alert.cause_id).first()
    return sighting.capture if sighting else None


def asked_of(alert) -> dict[int, Asked]:
    """By quote, what nobody has looked at yet of the text that a cause collected."""
    capture = _capture(alert)
    if capture is None:
        return {}
    open_ones = Anchor.objects.in_force().filter(
        capture=capture, decision=None, state__in=[Anchor.State.LOST, Anchor.State.UNCLEAR]
    )
    rows = list(open_ones.select_related("quote__capture__document").order_by("pk"))
    passages = list(capture.passages.order_by("start")) if rows else []
    return {row.quote_id: _asked(row, capture.text, passages) for row in rows}


def _asked(anchor, text, passages) -> Asked:
    quote = anchor.quote
    starts = islice(anchoring.occurrences(text, quote.exact), MOST_PLACES)
    length = len(quote.exact)
    asked = Asked(
        anchor,
        _around(quote.capture.text, quote.start, length),
        [_around(text, start, length) for start in starts],
    )
    if asked.is_lost and (between := _between(quote, text)):
        start, end = between
        asked.near = [each for each in passages if each.start < end and each.end > start]
    return asked


def _around(text, start, length) -> Place:
    end = start + length
    return Place(start, text[max(0, start - AROUND) : start], text[end : end + AROUND])


def _between(quote, text):
    """The place in a text at which what stood around the words stands to the letter, once."""
    length = max(len(quote.exact), 1)
    if quote.prefix and text.count(quote.prefix) == 1:
        start = text.index(quote.prefix) + len(quote.prefix)
        return start, start + length
    if quote.suffix and text.count(quote.suffix) == 1:
        end = text.index(quote.suffix)
        return max(0, end - length), max(1, end)
    return None
