"""Who may try to sign in: a name from one address is locked after a few failures."""

from datetime import timedelta
from hashlib import sha256

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from curation.models import FailedSignIn

# From one address, and from all together: the second is slow enough to guess from many
# addresses in vain, and high enough that nobody is locked out of the desk by a prank.
TRIES, WITHIN = 5, timedelta(minutes=15)
TRIES_OF_ALL, WITHIN_OF_ALL = 100, timedelta(hours=1)
KEPT = timedelta(days=1)


def is_locked(name: str, address: str) -> bool:
    failures = FailedSignIn.objects.filter(account=_account(name))
    now = timezone.now()
    here = failures.filter(address=address, at__gt=now - WITHIN).count()
    return here >= TRIES or failures.filter(at__gt=now - WITHIN_OF_ALL).count() >= TRIES_OF_ALL


def failed(name: str, address: str) -> None:
    """Remember a failure, whether or not there is such an account."""
    now = timezone.now()
    FailedSignIn.objects.filter(at__lt=now - KEPT).delete()
    FailedSignIn.objects.create(account=_account(name), address=address, at=now)


def succeeded(name: str, address: str) -> None:
    FailedSignIn.objects.filter(account=_account(name), address=address).delete()


def address_of(request: HttpRequest) -> str:
    """Where a request comes from. Of forwarded addresses only the proxy's own word counts: the
    last one; those before it are whatever the other side wrote.
    """
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")[-1].strip()
    trusted = forwarded if settings.BEHIND_PROXY else ""
    return (trusted or request.META.get("REMOTE_ADDR") or "")[:45]


def _account(name: str) -> str:
    return sha256(name.strip().casefold().encode("utf-8", "replace")).hexdigest()
