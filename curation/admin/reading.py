"""What the reading room answers: its page, the panels that an act moved, the way to a place."""

from collections.abc import Iterable

from django.http import HttpResponseRedirect
from django.template.loader import render_to_string

from curation import labels
from curation.admin import finding
from curation.admin.fields import typed
from curation.admin.forms import DescriptionForm
from curation.admin.room import Room, room_of
from curation.models import Assessment, Evidence

ROOM = "admin/corpus/document/room.html"
PANEL = "curation_desk/reading/_{}.html"
OTHER_TEXT = ["head", "passages", "bar", "whole", "claims", "names", "captures"]


def page(desk, request, document, status=200, **given):
    """The whole reading room; `given` are forms that came back with what was typed."""
    if request.method != "POST" and (way := finding.way(desk, request, document)):
        return HttpResponseRedirect(way)
    asked = request.POST if request.method == "POST" else request.GET
    room = room_of(document, asked.get("at"), request.GET.get("capture"))
    given |= {"found": request.GET.get("found", "")[: finding.LONGEST]}
    return desk.page(request, ROOM, document, status=status, **context(desk, room, **given))


def back(desk, request, document, panel="") -> str:
    """The part of the text in which a form was posted."""
    at = request.POST.get("at", "")
    query = f"?at={at}" if at.isascii() and at.isdigit() else ""
    return desk.address(document) + query + panel


def context(desk, room, description_form=None, **given) -> dict:
    document = room.document
    form = description_form or DescriptionForm.of(document)
    return {
        "room": room,
        "document": document,
        "move": {verb.replace("-", "_"): desk.address(document, verb) for verb in desk.moves},
        "labels": labels,
        "passage_labels": Assessment.Reliability.choices,
        "document_labels": Assessment.Reliability.choices[:3],
        "credibilities": Assessment.Credibility.choices,
        "reasons": Assessment.Reason.choices,
        "description_form": form,
        # A form that came back still says what its editor saw, not what came in between.
        "description_seen": form.data.get("seen", "") if form.is_bound else _pk(room.description),
        "about": [(each, _collected(room, each.name)) for each in form],
        "suggested_origin": _suggested_origin(document),
        "stances": Evidence.Stance.choices,
        **given,
    }


def fragments(desk, request, room: Room, panels: Iterable[str], only=None, **given) -> str:
    """What an act moved: passages (those of `only`), and panels by name.

    All of it when the text on screen is not the one in force any more: a panel of the new text
    beside passages of the old one would decide on words that nobody sees.
    """
    told = context(desk, room, **given)
    seen = request.POST.get("capture")
    if seen and room.capture and seen != str(room.capture.pk):
        rest = [panel for panel in panels if panel not in (*OTHER_TEXT, "tally")]
        panels, only = [*OTHER_TEXT, *rest], ()
    shown = [one for one in room.passages if only is None or one.passage.pk in only]
    html = [
        render_to_string(PANEL.format("passage"), told | {"shown": one}, request) for one in shown
    ]
    html += [render_to_string(PANEL.format(panel), told, request) for panel in panels]
    return "".join(html)


def _suggested_origin(document) -> str:
    """What the machine suggests, as it is typed; nothing once somebody said what the origin is."""
    if document.origin_entity_id or document.origin_words:
        return ""
    entity = document.suggested_origin_entity
    return typed(entity.resolved) if entity else document.suggested_origin_words


def _pk(row) -> int | str:
    return row.pk if row else ""


def _collected(room: Room, name: str) -> str:
    """What the collection said, last time that the text was seen, of a field of the description."""
    sightings = [sighting for capture in room.captures for sighting in capture.sightings.all()]
    if not sightings:
        return ""
    last = max(sightings, key=lambda sighting: (sighting.collected_at, sighting.pk))
    told = {
        "title": last.title or last.capture.title,
        "source": last.source_name,
        "published": last.published,
        "published_basis": last.get_published_basis_display(),
        "url": last.address,
    }
    return (told[name] or "nothing") if name in told else ""
