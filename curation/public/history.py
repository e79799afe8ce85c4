"""The editions of a page, and any two of them side by side: in sentences and in evidence."""

import re
from collections.abc import Iterable
from itertools import groupby, zip_longest
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from curation.comparing import Comparison, Said, compare
from curation.models.shelf import Edition, Page
from curation.public.answers import show, unless_unchanged
from curation.public.views import gone, latest, page_at

NUMBER = re.compile("[1-9][0-9]{0,8}", re.ASCII)
WANTED = "Choose two editions by their numbers, as in ?from=1&to=2."


class NotAsked(Exception):
    """The message tells the reader what is wrong with the question."""


@require_safe
def history(request: HttpRequest, slug: str) -> HttpResponse:
    page = page_at(slug)
    if page.status == Page.Status.GONE:
        return gone(request, page)
    try:
        asked = numbers(request)
    except NotAsked as problem:
        editions = list(Edition.objects.of(page))
        told = {"page": page, "editions": with_before(editions), "problem": problem}
        return show(request, "public/history.html", told, status=400)
    if slug != page.slug or (asked and asked[0] > asked[1]):
        return redirect(address(page, *sorted(asked)))
    return _history(request, page, asked)


def _history(request: HttpRequest, page: Page, asked: tuple[int, ...]) -> HttpResponse:
    editions = list(Edition.objects.of(page))
    if not {edition.n for edition in editions}.issuperset(asked):
        # One that was published in error is gone; one that never was is not found.
        if Edition.objects.filter(partnership=page.partnership_id, n__in=asked).count() < 2:
            raise Http404
        return gone(request, page)
    notices = list(page.notices.all())

    def respond() -> HttpResponse:
        told = {"page": page, "editions": with_before(editions), "notices": notices}
        return show(request, "public/history.html", told | compared(page, asked))

    made_of = [edition.hash for edition in editions if edition.n in asked]
    return unless_unchanged(
        request,
        [*made_of, *asked, page.edition.hash, page.version],
        latest(page, page.edition, notices),
        respond,
    )


def numbers(request: HttpRequest) -> tuple[int, ...]:
    """The two editions that are asked for; none when nothing is."""
    given = [request.GET.get(name, "") for name in ("from", "to")]
    if not any(given):
        return ()
    if not all(map(NUMBER.fullmatch, given)):
        raise NotAsked(WANTED)
    first, second = map(int, given)
    if first == second:
        raise NotAsked("Those are one and the same edition: choose another to set it beside.")
    return first, second


def address(page: Page, *asked: int) -> str:
    place = reverse("public:history", args=[page.slug])
    return f"{place}?{urlencode(dict(zip(('from', 'to'), asked, strict=True)))}" if asked else place


def with_before(editions: list[Edition]) -> list[dict[str, object]]:
    """Editions, the newest first, each with the number of the one before that can be read."""
    earlier = [edition.n for edition in editions[1:]]
    pairs = zip_longest(editions, earlier)
    return [{"edition": edition, "before": before} for edition, before in pairs]


def compared(page: Page, asked: tuple[int, ...]) -> dict[str, object]:
    if not asked:
        return {}
    rows = Edition.objects.of(page).defer(None).filter(n__in=asked)
    before, after = sorted(rows, key=lambda edition: edition.n)
    found = compare(before.content, after.content)
    return {"before": before, "after": after, "found": found, "parts": parts_of(found)}


def parts_of(found: Comparison) -> list[tuple[str, list[Said]]]:
    """The parts in which some sentence is not the same, each with all that became of it."""
    parts: Iterable[tuple[str, list[Said]]] = (
        (part, list(rows)) for part, rows in groupby(found.sentences, lambda said: said.part)
    )
    return [(part, rows) for part, rows in parts if any(row.kind != "same" for row in rows)]
