"""What moves when a name turns out to stand for somebody else: claims whose quotes hold it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from django.db.models import Q, QuerySet

from curation.models import Anchor, Evidence, Link, Quote
from curation.moving import Change, Moved
from curation.names import deciding, places_of
from curation.standings import moved_beside

FOUND = (Anchor.State.SAME, Anchor.State.MOVED)


def contradicted(link: Link, links: QuerySet[Link]) -> QuerySet[Link]:
    """Those of some links on the same words that this one takes the place of."""
    other = Q(entity=link.entity)
    if link.verdict == Link.Verdict.IS:
        other |= Q(verdict=Link.Verdict.IS)
    return links.filter(other)


def reversed_by(link: Link, rivals: QuerySet[Link]) -> Link | None:
    """What was held of the name till now, if a new link says otherwise.

    `rivals` are in force on the same words. What is decided on a name in the whole document is
    held of each of its places, until somebody decides on the place.
    """
    if link.capture_id is not None and not rivals.exists():
        rivals = Link.objects.in_force().filter(
            document=link.document, name=link.name, capture=None
        )
    said = (link.verdict, link.entity_id)
    held = contradicted(link, rivals).exclude(verdict=Link.Verdict.UNSURE).select_related("entity")
    return deciding(each for each in held if (each.verdict, each.entity_id) != said)


def moved_by(link: Link, before: Link) -> list[Moved]:
    """What a link that says otherwise moves under the claims whose evidence holds the name."""
    changes = defaultdict(list)
    evidence = Evidence.objects.in_force().filter(quote__in=_holding(link)).order_by("pk")
    for claim, quote in evidence.values_list("claim", "quote"):
        changes[claim].append(Change("link", quote, _in_words(before), _in_words(link)))
    return moved_beside(changes)


def _in_words(link: Link) -> str:
    return f"“{link.name}” {link.get_verdict_display()} {link.entity.name}"


def _holding(link: Link) -> set[int]:
    """The quotes with the name, or with the one place of it that the link decides on."""
    quotes = Quote.objects.filter(capture__document=link.document, redacted_by=None)
    if link.start is None or link.end is None:
        return set(_holding_name(link, quotes.filter(evidence__superseded_at=None).distinct()))
    over = Q(start__lt=link.end, end__gt=link.start)
    here = quotes.filter(over, capture=link.capture)
    found = Anchor.objects.in_force().filter(over, capture=link.capture, state__in=FOUND)
    return {*here.values_list("pk", flat=True), *found.values_list("quote", flat=True)}


def _holding_name(link: Link, quotes: Iterable[Quote]) -> Iterator[int]:
    """Those with a place of the name on which nobody decided by itself."""
    decided = defaultdict(set)
    at_places = Link.objects.in_force().filter(document=link.document).exclude(capture=None)
    for capture, start, end in at_places.values_list("capture", "start", "end"):
        decided[capture].add((start, end))
    for quote in quotes:
        places = places_of(link.name, quote.exact)
        here = {(quote.start + start, quote.start + end) for start, end in places}
        if here - decided[quote.capture_id]:
            yield quote.pk
