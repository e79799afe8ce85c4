"""The way to a place of a long text, whichever part it is in: `place`, `next`, `find`."""

import re
from urllib.parse import urlencode

from django.contrib import messages

from corpus.models import Capture, Passage
from curation.admin.parts import asking, holding
from curation.admin.room import text_to_show

LONGEST = 200  # characters looked for


def way(desk, request, document) -> str | None:
    """Where a question leads: the address of the passage that answers it."""
    asked = request.GET
    if not {"place", "next", "find"} & set(asked):
        return None
    capture = text_to_show(document, asked.get("capture"))
    if capture is None:
        return desk.address(document)
    after = _number(asked.get("after", ""))
    if "place" in asked:
        found = holding(capture, _number(asked["place"]))
    elif "next" in asked:
        found = _next_asking(capture, after)
        if not found:
            messages.info(request, "Every passage of this text has been assessed.")
    else:
        words = asked["find"].strip()[:LONGEST]
        found = _next_with(capture, words, after)
        if not found:
            messages.info(request, f"No passage of this text holds “{words}”.")
    found = found or holding(capture, max(0, after - 1))
    return _address(desk, document, found, asked) if found else desk.address(document)


def _next_asking(capture: Capture, after: int) -> Passage | None:
    """The next passage without a label; past the end, the first from the beginning."""
    ordered = asking(capture).order_by("start")
    return ordered.filter(start__gte=after).first() or ordered.first()


def _next_with(capture: Capture, words: str, after: int) -> Passage | None:
    """Where the words come next, however spaced; both databases would fold letters otherwise."""
    if not words:
        return None
    sought = re.compile(r"\s+".join(map(re.escape, words.split())), re.IGNORECASE)
    found = sought.search(capture.text, after) or sought.search(capture.text)
    return holding(capture, found.start()) if found else None


def _address(desk, document, passage: Passage, asked) -> str:
    query = {"at": passage.pk}
    if asked.get("capture"):
        query["capture"] = asked["capture"]
    if asked.get("find"):
        query["found"] = asked["find"].strip()[:LONGEST]
    return f"{desk.address(document)}?{urlencode(query)}#g-{passage.pk}"


def _number(given: str) -> int:
    """A place in a text; nonsense is its beginning."""
    return int(given) if given.isascii() and given.isdigit() and len(given) < 10 else 0
