"""How the public site answers: alike for everybody, without session, checked at each visit."""

import hashlib
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import condition

TEMPLATES = Path(settings.ROOT) / "templates"
STYLES = Path(settings.ROOT) / "curation" / "static" / "curation"


def show(
    request: HttpRequest, template: str, context: Mapping[str, object], status: int = 200
) -> HttpResponse:
    """Render a page. Absolute addresses come from SITE_URL, never from the Host header."""
    place = {"site_url": settings.SITE_URL, "canonical": settings.SITE_URL + request.path}
    return revalidated(render(request, template, place | dict(context), status=status))


def revalidated(response: HttpResponse) -> HttpResponse:
    """Let caches keep an answer, but ask each time: a page may be withdrawn at any moment."""
    response["Cache-Control"] = "no-cache"
    return response


def unless_unchanged(
    request: HttpRequest,
    made_of: Iterable[object],
    changed: datetime | None,
    respond: Callable[[], HttpResponse],
) -> HttpResponse:
    """Answer 304 to who has it already. Call it after the rule of access, never before."""
    etag = f'"{_digest([*made_of, look()])}"'

    @condition(etag_func=lambda request: etag, last_modified_func=lambda request: changed)
    def answer(request):
        return respond()

    return revalidated(answer(request))


@lru_cache
def look() -> str:
    """A digest of what pages are rendered with, so that a new release is seen at once."""
    templates = [TEMPLATES / "base.html", *(TEMPLATES / "public").glob("*")]
    styles = [STYLES / "tokens.css", *(STYLES / "site").glob("*")]
    return _digest(path.read_text(encoding="utf-8") for path in sorted(templates + styles))


def _digest(parts: Iterable[object]) -> str:
    return hashlib.sha256("\n".join(str(part) for part in parts).encode()).hexdigest()[:40]
