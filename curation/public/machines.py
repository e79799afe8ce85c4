"""What machines read: the feed, the sitemap, robots.txt, and whether the site is well."""

import re

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.views.decorators.http import require_safe

from curation.models.shelf import Address, EditionQuote, Page
from curation.public.answers import show, unless_unchanged
from curation.reading import Reading

IN_THE_FEED = 50
IN_THE_SITEMAP = 10_000  # of each kind; the protocol allows 50,000 in all
# Neither XML 1.0 nor Python's writer takes these; a surrogate cannot even be encoded.
UNFIT_FOR_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """The latest pages. Updates and corrections move them; clarifications do not."""
    pages = list(Page.objects.listed().order_by("-updated_at", "-pk")[:IN_THE_FEED])
    return unless_unchanged(
        request,
        [part for page in pages for part in (page.edition.hash, page.version)],
        Page.objects.last_told(),  # of all: one that was withdrawn changes the feed too
        lambda: _feed_of(pages),
    )


def _feed_of(pages: list[Page]) -> HttpResponse:
    feed = Atom1Feed(
        title="Concordat: partnerships and their evidence",
        link=absolute("public:home"),
        feed_url=absolute("public:feed"),
        description="Summaries in which every sentence shows the words it rests on.",
        language="en-GB",
    )
    for page in pages:
        reading = Reading(page.edition.content)
        feed.add_item(
            title=fit_for_xml(page.edition.name),
            link=absolute("public:partnership", page.slug),
            description=fit_for_xml(reading.description),
            unique_id=f"urn:uuid:{reading.content['partnership']['uid']}",
            pubdate=page.first_published_at,
            updateddate=page.updated_at,
        )
    # The type as Django's own feed views send it.
    return HttpResponse(feed.writeString("utf-8"), content_type=feed.content_type)


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    listed = Page.objects.listed()
    quotes = EditionQuote.objects.filter(edition__in=listed.order_by().values("edition"))
    context = {
        "pages": listed[:IN_THE_SITEMAP],
        "entities": Address.objects.of_parties(listed).order_by("slug")[:IN_THE_SITEMAP],
        "documents": quotes.values_list("document_id", flat=True)
        .order_by("document_id")
        .distinct()[:IN_THE_SITEMAP],
    }
    response = show(request, "public/sitemap.xml", context)
    response["Content-Type"] = "application/xml; charset=utf-8"
    return response


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    lines = ["User-agent: *", "Disallow: /admin/", "", f"Sitemap: {absolute('public:sitemap')}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """Whether the database answers; monitors ask this."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            cursor.fetchone()
    except DatabaseError:
        word, status = "The database does not answer.\n", 503
    else:
        word, status = "ok\n", 200
    response = HttpResponse(word, content_type="text/plain; charset=utf-8", status=status)
    response["Cache-Control"] = "no-store"
    return response


def absolute(name: str, *args: object) -> str:
    return settings.SITE_URL + reverse(name, args=args)


def fit_for_xml(text: str) -> str:
    return UNFIT_FOR_XML.sub("", text)
