"""Read settings from the environment: strict, each wrong value told in a sentence."""

import os
import secrets
from collections.abc import Sequence
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

YES = {"1", "true", "yes", "on"}
NO = {"0", "false", "no", "off"}
SECRET_LENGTH = 50  # what `check --deploy` asks of a secret key


def env_bool(name: str, default: bool) -> bool:
    value = os.environ.get(name, "").strip().lower()
    if value in YES | NO:
        return value in YES
    if value == "":
        return default
    raise ImproperlyConfigured(f"{name} is {value!r}; write 1 or 0 (or leave it out).")


def env_list(name: str, default: Sequence[str]) -> list[str]:
    value = os.environ.get(name, "")
    return [part.strip() for part in value.split(",") if part.strip()] or list(default)


def env_port(name: str, default: int) -> int:
    value = os.environ.get(name, "").strip() or str(default)
    if value.isascii() and value.isdigit() and 0 < int(value) < 65536:
        return int(value)
    raise ImproperlyConfigured(f"{name} is {value!r}; write a port between 1 and 65535.")


def env_url(name: str, default: str) -> str:
    """Return scheme and host of an address, without a slash at its end."""
    value = (os.environ.get(name, "").strip() or default).rstrip("/")
    parts = urlsplit(value)
    if parts.scheme in {"http", "https"} and parts.hostname and not parts.path:
        return value
    raise ImproperlyConfigured(f"{name} is {value!r}; write it like https://desk.example.org.")


def on_this_machine(host: str) -> bool:
    """Whether only this machine can reach the host: localhost or a loopback address."""
    name = host.strip("[]").lower()
    if name == "localhost" or name.endswith(".localhost"):
        return True
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return False


def env_secret(name: str, *, local: bool, kept_in: Path) -> str:
    """Return a secret from NAME or the file named by NAME_FILE.

    A desk that only this machine can reach may do without: it makes one and keeps it
    beside its database, readable by its user alone.
    """
    value = os.environ.get(name, "").strip()
    if not value and (path := os.environ.get(f"{name}_FILE", "").strip()):
        try:
            value = Path(path).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise ImproperlyConfigured(f"{name}_FILE cannot be read: {error}.") from error
    if local:
        return value or _own_secret(kept_in / name.lower())
    if len(value) >= SECRET_LENGTH:
        return value
    raise ImproperlyConfigured(
        f"{name} is {'too short' if value else 'missing'}: a desk that others can reach needs "
        f"a secret of at least {SECRET_LENGTH} characters in {name} or in the file {name}_FILE."
    )


def _own_secret(path: Path) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with open(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(64))
    except FileExistsError:
        pass
    return path.read_text(encoding="ascii").strip()
