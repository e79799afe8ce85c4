"""Long lists in parts, with numbers that are bounded and checked."""

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest

A_PAGE = 20
LAST = 9_999


class NoSuchPage(Exception):
    """The message tells the reader what is wrong with the address."""


def part(request: HttpRequest, rows: QuerySet) -> Page:
    """The part of a list that ?page= asks for."""
    asked = request.GET.get("page", "1")
    if not (asked.isascii() and asked.isdigit() and len(asked) < 5 and 0 < int(asked) <= LAST):
        raise NoSuchPage("The number of a page is 1 or more. Leave it out to see the first.")
    parts = Paginator(rows, A_PAGE)
    if int(asked) > parts.num_pages:
        raise NoSuchPage(f"This list ends with page {parts.num_pages}.")
    return parts.page(int(asked))
