"""The names in a document, as its room shows them: candidates, places, and what is decided."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from corpus.models import Capture, Document, Entity
from curation import linking
from curation.admin.marking import Mark
from curation.models import Link
from curation.names import deciding

CONTEXT = 40  # code points shown on either side of a place


@dataclass
class Place:
    start: int
    end: int
    before: str
    after: str
    links: list[Link] = field(default_factory=list)  # in force, of this place alone
    link: Link | None = None  # the one of them that decides
    candidates: list["Offered"] = field(default_factory=list)


class Offered(NamedTuple):
    entity: Entity
    link: Link | None  # what is in force of it
    because: str  # what ranked it, or why it is doubtful


@dataclass
class NameShown:
    name: str
    state: str
    link: Link | None  # the one in force that decides
    candidates: list[Offered]
    places: list[Place]

    @property
    def is_linked(self) -> bool:
        return self.state == "linked"


def names_of(document: Document) -> list[NameShown]:
    capture = document.current_capture
    if capture is None:
        return []
    links = list(Link.objects.in_force().filter(document=document).select_related("entity"))
    return [_name_shown(name, links, capture) for name in linking.names_in(document)]


def _name_shown(found, links: list[Link], capture: Capture) -> NameShown:
    of_name = [link for link in links if link.name == found.name and not link.capture_id]
    places = []
    for start, end, _passage in found.places:
        here = [each for each in links if each.capture_id == capture.pk]
        here = [each for each in here if (each.start, each.end) == (start, end)]
        places.append(_place(capture, start, end, here, found))
    state = _state(of_name)
    candidates = _with_links(found, of_name)
    return NameShown(found.name, state, found.link, candidates, places)


def _place(capture: Capture, start: int, end: int, links: list[Link], found) -> Place:
    before = capture.text[max(0, start - CONTEXT) : start]
    after = capture.text[end : end + CONTEXT]
    offered = _with_links(found, links)
    return Place(start, end, before, after, links, deciding(links), offered)


def _with_links(found, links: Iterable[Link]) -> list[Offered]:
    """Each candidate with what is in force of it; entities that somebody added come last."""
    in_force = {link.entity_id: link for link in links}
    offered = {entity.pk: entity for entity in found.candidates}
    offered |= {link.entity_id: link.entity for link in links if link.entity_id not in offered}
    return [
        Offered(entity, in_force.get(pk), found.because.get(pk, ""))
        for pk, entity in offered.items()
    ]


def _state(links: Iterable[Link]) -> str:
    """How a name or place stands: what somebody said of it that says most."""
    verdicts = {link.verdict for link in links}
    for verdict, state in (("is", "linked"), ("unsure", "unsure"), ("is_not", "not")):
        if verdict in verdicts:
            return state
    return "undecided"


def marks_of(names: Iterable[NameShown]) -> list[Mark]:
    marks = []
    for name in names:
        for place in name.places:
            state = _state(place.links) if place.links else name.state
            marks.append(Mark(place.start, place.end, "name", state, _hover(name, place, state)))
    return marks


def _hover(name: NameShown, place: Place, state: str) -> str:
    linked = [link.entity for link in place.links if link.verdict == "is"] or [
        entity for entity, link, _ in name.candidates if link and link.verdict == "is"
    ]
    shown = linked or [each.entity for each in name.candidates]
    names = " or ".join(f"{entity.name} ({entity.get_kind_display()})" for entity in shown)
    return f"{names}: {state}"
