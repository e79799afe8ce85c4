"""The public pages. Each fetches from the shelf, then renders; none can see a draft."""

from collections import defaultdict
from datetime import datetime
from urllib.parse import urlencode

from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_safe

from curation.labels import DID, STATES
from curation.models.shelf import Address, Edition, EditionClaim, EditionQuote, Notice, Page
from curation.public import changes, quoted, tables
from curation.public.answers import show, unless_unchanged
from curation.public.filters import STANDINGS, PageFilter
from curation.public.paging import NoSuchPage, part
from curation.reading import Reading

LATEST = 5


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    listed = Page.objects.listed()
    current = listed.order_by().values("edition")
    claims = EditionClaim.objects.filter(edition__in=current)
    quotes = EditionQuote.objects.filter(edition__in=current)
    context = {
        "entries": entries(listed[:LATEST]),
        "pages": listed.count(),
        "claims": claims.aggregate(n=Count("claim_id", distinct=True))["n"],
        "quotes": quotes.aggregate(
            n=Count("quote_id", distinct=True), documents=Count("document_id", distinct=True)
        ),
    }
    return show(request, "public/home.html", context)


@require_safe
def partnerships(request: HttpRequest) -> HttpResponse:
    listed = Page.objects.listed()
    asked = PageFilter(request.GET, queryset=listed)
    context = {
        "asked": asked,
        "parties": Address.objects.of_parties(listed).order_by("name"),
        "standings": STANDINGS,
        "states": STATES,
        "narrowed": bool(asked.asked),
        "query": urlencode(asked.asked),
    }
    try:
        if not asked.is_valid():
            raise NoSuchPage(" ".join(asked.problems))
        shelf = part(request, asked.qs.order_by("-updated_at", "-pk"))
    except NoSuchPage as problem:
        context |= {"problem": problem}
        return show(request, "public/partnerships.html", context, status=400)
    return show(
        request, "public/partnerships.html", context | {"shelf": shelf, "entries": entries(shelf)}
    )


@require_safe
def partnership(request: HttpRequest, slug: str) -> HttpResponse:
    page = page_at(slug)
    if page.status == Page.Status.GONE:
        return gone(request, page)
    if slug != page.slug:
        return redirect("public:partnership", page.slug)
    notices = list(page.notices.all())
    return unless_unchanged(
        request,
        [page.edition.hash, page.version],
        latest(page, page.edition, notices),
        lambda: show(request, "public/partnership.html", told(page, page.edition, notices)),
    )


@require_safe
def version(request: HttpRequest, slug: str, n: int) -> HttpResponse:
    page = page_at(slug)
    if page.status == Page.Status.GONE:
        return gone(request, page)
    edition = Edition.objects.of(page).defer(None).filter(n=n).first()
    if edition is None:
        get_object_or_404(Edition, partnership=page.partnership_id, n=n)
        return gone(request, page)
    if slug != page.slug:
        return redirect("public:version", page.slug, n)
    notices = list(page.notices.all())
    return unless_unchanged(
        request,
        [edition.hash, page.edition.hash, page.version],
        latest(page, edition, notices),
        lambda: show(request, "public/version.html", told(page, edition, notices)),
    )


@require_safe
def document(request: HttpRequest, document_id: int) -> HttpResponse:
    """The bibliographic page of a document that current editions quote; never its text."""
    pages = Page.objects.listed().citing(document_id).order_by("pk")
    found = quoted.document(document_id, pages)
    if found is None:
        raise Http404
    return unless_unchanged(
        request,
        [part for page in pages for part in (page.edition.hash, page.version)],
        Page.objects.last_told(),  # of all: one that was withdrawn quotes no longer
        lambda: show(request, "public/document.html", {"document": found}),
    )


@require_safe
def entity(request: HttpRequest, slug: str) -> HttpResponse:
    address = get_object_or_404(Address.objects.of_entities(), slug=slug)
    readable = Page.objects.for_reading().with_party(address).order_by("-updated_at", "-pk")
    if not readable:
        raise Http404
    if address.moved_to:
        return redirect("public:entity", address.moved_to.slug)
    context = {
        "entity": quoted.entity(address, readable),
        "entries": entries(page for page in readable if page.status != Page.Status.WITHDRAWN),
    }
    return show(request, "public/entity.html", context)


@require_safe
def corrections(request: HttpRequest) -> HttpResponse:
    try:
        shelf = part(request, changes.lines())
    except NoSuchPage as problem:
        return show(request, "public/corrections.html", {"problem": problem}, status=400)
    happened = {"shelf": shelf, "lines": changes.read(shelf), "head": changes.head()}
    return show(request, "public/corrections.html", happened)


@require_safe
def method(request: HttpRequest) -> HttpResponse:
    return show(request, "public/method.html", tables.everything())


def page_at(slug: str) -> Page:
    page = get_object_or_404(Address.objects.of_pages(), slug=slug).page
    assert page is not None  # a constraint of Address
    return page


def entries(pages):
    """Pages as lists show them, each with its content joined up."""
    return [{"page": page, "reading": Reading(page.edition.content)} for page in pages]


def told(page: Page, edition: Edition, notices: list[Notice]) -> dict[str, object]:
    editions = list(Edition.objects.of(page))
    current = edition.pk == page.edition_id
    standing = [each for each in notices if each.closed_at is None and current]
    at_sentences: dict[int, list[Notice]] = defaultdict(list)
    for each in standing:
        if each.sentence is not None:
            at_sentences[each.sentence].append(each)
    after = min(
        (each for each in editions if each.n > edition.n), key=lambda each: each.n, default=None
    )
    return {
        "page": page,
        "edition": edition,
        "reading": Reading(edition.content, at_sentences),
        "notices": [each for each in standing if each.sentence is None],
        "marked": sorted(at_sentences),
        "withdrawn": page.status == Page.Status.WITHDRAWN,
        "current": current,
        "editions": editions,
        "after": after,  # what took the place of an old edition, and what that did to it
        "did": DID[after.kind] if after else "",
    }


def latest(page: Page, edition: Edition, notices: list[Notice]) -> datetime:
    """When readers were last told something new here, or that something is over."""
    moments = [page.updated_at, page.edition.published_at, edition.published_at]
    moments += [notice.opened_at for notice in notices]
    return max([*moments, *(notice.closed_at for notice in notices if notice.closed_at)])


def gone(request: HttpRequest, page: Page) -> HttpResponse:
    """Published in error: the address and its explanation stay, the words go."""
    return show(request, "public/gone.html", {"notices": page.notices.of_error()}, status=410)
