"""The names that stand in a document, and what people decided of them."""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from django.db.models import FilteredRelation, Q

from corpus.models import Capture, Document, Entity
from curation.models import Assessment, Link


@dataclass
class NameInDocument:
    """A name as it stands in a text; whom it may stand for; what was decided of it."""

    name: str
    places: list[tuple[int, int, int | None]] = field(default_factory=list)  # start, end, passage
    candidates: list[Entity] = field(default_factory=list)  # who fits best comes first
    because: dict[int, str] = field(default_factory=dict)  # by entity: what ranked or doubts it
    link: Link | None = None  # in force on the name in the whole document
    at_places: list[Link] = field(default_factory=list)  # in force on single places of it
    only_in_spam: bool = False


def names_in(document: Document) -> list[NameInDocument]:
    """The names found in a document's current text, or linked by hand, in order of the text.

    Names found only in spam are left out, unless somebody decided on them.
    """
    if document.current_capture_id is None:
        return []
    capture = Capture.objects.get(pk=document.current_capture_id)
    cut, merged = _Cut(capture), _merged()
    told = _by_name(document, capture)
    found = [_gathered(name, each, cut, merged) for name, each in told.items()]
    offered = [each for each in found if each.link or each.at_places or not each.only_in_spam]
    return sorted(offered, key=lambda each: each.places[0])


def deciding(links: Iterable[Link]) -> Link | None:
    """The one in force that says the most: that it is somebody; else the newest."""
    return max(links, key=lambda link: (link.verdict == Link.Verdict.IS, link.pk), default=None)


def as_one_line(words: str) -> str:
    """A name may be broken over lines in the text."""
    return " ".join(words.split())


def places_of(name: str, text: str) -> Iterator[tuple[int, int]]:
    """Where a name stands in a text, as a word of its own."""
    words = r"\s+".join(map(re.escape, name.split()))
    for match in re.finditer(rf"(?<!\w){words}(?!\w)", text):
        yield match.span()


# --- gathering --------------------------------------------------------------------------------


class _Fit(NamedTuple):
    """How an entity fits a name, at the place where it fits best."""

    rank: int = 1
    because: str = ""


@dataclass
class _Told:
    """What is known of a name. Dictionaries, for their order."""

    places: dict[tuple[int, int], None] = field(default_factory=dict)
    entities: dict[Entity, "_Fit"] = field(default_factory=dict)
    links: list[Link] = field(default_factory=list)
    at_places: list[Link] = field(default_factory=list)


def _by_name(document: Document, capture: Capture) -> dict[str, _Told]:
    told: dict[str, _Told] = defaultdict(_Told)
    for mention in capture.mentions.standing().select_related("entity"):
        each = told[as_one_line(capture.text[mention.start : mention.end])]
        each.places[mention.start, mention.end] = None
        fit = _Fit(mention.rank, mention.because)
        each.entities[mention.entity] = min(fit, each.entities.get(mention.entity, fit))
    here = Link.objects.in_force().filter(Q(capture=None) | Q(capture=capture), document=document)
    for link in here.select_related("entity").order_by("pk"):
        each = told[link.name]
        each.entities.setdefault(link.entity, _Fit())
        if link.start is not None and link.end is not None:
            each.at_places.append(link)
            each.places[link.start, link.end] = None
        else:
            each.links.append(link)
            # No alias gives this name (any more): it is where its letters are.
            each.places = each.places or dict.fromkeys(places_of(link.name, capture.text))
    return {name: each for name, each in told.items() if each.places}


def _gathered(name: str, told: _Told, cut: "_Cut", merged: dict[int, Entity]) -> NameInDocument:
    places = [(*place, cut.passage_at(place[0])) for place in sorted(told.places)]
    entities = _resolved(told.entities, merged)
    return NameInDocument(
        name=name,
        places=places,
        candidates=sorted(entities, key=lambda one: (entities[one].rank, one.name, one.pk)),
        because={one.pk: fit.because for one, fit in entities.items() if fit.because},
        link=deciding(told.links),
        at_places=told.at_places,
        only_in_spam=all(passage in cut.spam for _, _, passage in places),
    )


def _merged() -> dict[int, Entity]:
    """What each merged entity was merged into."""
    merged = Entity.objects.exclude(merged_into=None).select_related("merged_into")
    return {entity.pk: entity.merged_into for entity in merged if entity.merged_into}


def _resolved(fits: dict[Entity, _Fit], merged: dict[int, Entity]) -> dict[Entity, _Fit]:
    found: dict[Entity, _Fit] = {}
    for entity, fit in fits.items():
        while entity.pk in merged:
            entity = merged[entity.pk]
        found[entity] = min(fit, found.get(entity, fit))
    return found


class _Cut:
    """The passages of a text: which one holds a place, and which are spam."""

    def __init__(self, capture: Capture) -> None:
        in_force = Q(assessments__superseded_at=None)
        passages = capture.passages.annotate(
            label=FilteredRelation("assessments", condition=in_force)
        ).order_by("start")
        self._passages = list(
            passages.values_list(
                "start", "end", "pk", "label__reliability", "suggested_reliability"
            )
        )
        self._starts = [start for start, *_ in self._passages]
        self.spam = {
            pk
            for _, _, pk, decided, suggested in self._passages
            if (decided or suggested) == Assessment.Reliability.SPAM
        }

    def passage_at(self, place: int) -> int | None:
        at = bisect_right(self._starts, place) - 1
        if at < 0 or place >= self._passages[at][1]:
            return None
        return self._passages[at][2]
