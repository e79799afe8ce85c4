"""What people said a name is not: handed to whoever looks for names, with the words around it."""

from collections.abc import Iterator
from itertools import islice

from corpus.analysis.ranking import Refusal, context
from corpus.analysis.written_names import Page
from corpus.models import Entity
from curation.models import Link
from curation.names import places_of

NEWEST = 1000  # refusals that are remembered
PLACES = 5  # of a name refused in a whole document, whose words are remembered
AROUND = 300  # characters on either side in which the words are looked for


def refused_names() -> list[Refusal]:
    """The refusals in force, newest first."""
    links = Link.objects.in_force().filter(verdict=Link.Verdict.IS_NOT, redacted_by=None)
    links = links.select_related("capture", "document__current_capture").order_by("-pk")
    merged = _merged()
    return [
        Refusal(name, entity, around)
        for link in links[:NEWEST]
        for name, around in _places(link)
        for entity in merged.get(link.entity_id, {link.entity_id})
    ]


def _places(link: Link) -> Iterator[tuple[str, frozenset[str]]]:
    capture = link.capture or link.document.current_capture
    if capture is None:
        return
    if link.start is not None and link.end is not None:
        places = iter([(link.start, link.end)])
    else:
        places = places_of(link.name, capture.text)
    for start, end in islice(places, PLACES):
        before = max(0, start - AROUND)
        page = Page(capture.text[before : end + AROUND])
        held = [
            at for at, place in enumerate(page.starts) if start - before <= place < end - before
        ]
        if held:
            words = " ".join(page.words[held[0] : held[-1] + 1])
            yield words, context(page, held[0], held[-1])


def _merged() -> dict[int, set[int]]:
    """Of each entity that others were merged into: its id and theirs."""
    rows = Entity.objects.exclude(merged_into=None).values_list("pk", "merged_into")
    into = {entity: other for entity, other in rows if other is not None}
    found: dict[int, set[int]] = {}
    for entity in into:
        end = entity
        while end in into:
            end = into[end]
        found.setdefault(end, {end}).add(entity)
    return found
