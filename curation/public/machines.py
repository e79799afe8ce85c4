"""What machines read beside feeds: the sitemap, robots.txt, and whether the site is well."""

import re

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from curation.models.shelf import Address, EditionQuote, Page
from curation.public.answers import show

IN_THE_SITEMAP = 10_000  # of each kind; the protocol allows 50,000 in all
# Neither XML 1.0 nor Python's writer takes these; a surrogate cannot even be encoded.
UNFIT_FOR_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


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
    return on_this_site(reverse(name, args=args))


def on_this_site(address: str) -> str:
    return settings.SITE_URL + address


def fit_for_xml(text: str) -> str:
    return UNFIT_FOR_XML.sub("", text)
