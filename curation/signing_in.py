"""Who may try to sign in: a name is locked, where it fails, after a few failures.

A browser in which somebody signed in before is remembered by a signed cookie, and counts as a
place of its own: what strangers do with their name, from wherever, does not lock them out there.
"""

import secrets
from datetime import timedelta
from hashlib import sha256

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone

from curation.models import FailedSignIn

# From one place, and from all together: the second is slow enough to guess from many addresses
# in vain. It locks out a stranger, and whoever never signed in with this browser.
TRIES, WITHIN = 5, timedelta(minutes=15)
TRIES_OF_ALL, WITHIN_OF_ALL = 100, timedelta(hours=1)
KEPT = timedelta(days=1)

COOKIE = "__Secure-browser" if settings.HTTPS else "browser"
COOKIE_PATH = "/admin/login/"
REMEMBERED = timedelta(days=180)
BROWSER = "browser "  # what the place of a browser begins with; no address holds a space


def is_locked(name: str, place: str) -> bool:
    failures = FailedSignIn.objects.filter(account=_account(name))
    now = timezone.now()
    if failures.filter(address=place, at__gt=now - WITHIN).count() >= TRIES:
        return True
    known = place.startswith(BROWSER)
    return not known and failures.filter(at__gt=now - WITHIN_OF_ALL).count() >= TRIES_OF_ALL


def failed(name: str, place: str) -> None:
    """Remember a failure, whether or not there is such an account."""
    now = timezone.now()
    FailedSignIn.objects.filter(at__lt=now - KEPT).delete()
    FailedSignIn.objects.create(account=_account(name), address=place, at=now)


def succeeded(name: str, place: str) -> None:
    FailedSignIn.objects.filter(account=_account(name), address=place).delete()


def place_of(request: HttpRequest, name: str) -> str:
    """The browser, if this name signed in with it before; else the address."""
    browser = _browser_of(request, name)
    return f"{BROWSER}{browser}" if browser else address_of(request).replace(" ", "")


def remember(request: HttpRequest, response: HttpResponseBase, name: str) -> None:
    """Let the browser show next time that this name signed in with it."""
    browser = _browser_of(request, name) or secrets.token_urlsafe(16)
    response.set_cookie(
        COOKIE,
        signing.dumps([_account(name), browser], salt=COOKIE),
        max_age=REMEMBERED,
        path=COOKIE_PATH,
        secure=settings.HTTPS,
        httponly=True,
        samesite="Lax",
    )


def _browser_of(request: HttpRequest, name: str) -> str:
    try:
        shown = signing.loads(request.COOKIES.get(COOKIE, ""), salt=COOKIE, max_age=REMEMBERED)
    except signing.BadSignature:
        return ""
    account, browser = shown
    return browser if account == _account(name) else ""


def address_of(request: HttpRequest) -> str:
    """Where a request comes from. Of forwarded addresses only the proxy's own word counts: the
    last one; those before it are whatever the other side wrote.
    """
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")[-1].strip()
    trusted = forwarded if settings.BEHIND_PROXY else ""
    return (trusted or request.META.get("REMOTE_ADDR") or "")[:45]


def _account(name: str) -> str:
    return sha256(name.strip().casefold().encode("utf-8", "replace")).hexdigest()
