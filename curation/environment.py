"""Read settings from the environment: strict, each wrong value told in a sentence."""

import os
import re
import secrets
from collections.abc import Mapping, Sequence
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from django.core.exceptions import ImproperlyConfigured

YES = {"1", "true", "yes", "on"}
NO = {"0", "false", "no", "off"}
SECRET_LENGTH = 50  # what `check --deploy` asks of a secret key
SITE = re.compile(r"https?://([a-z0-9-]+(\.[a-z0-9-]+)*|\[[0-9a-f:.]+\])(:[0-9]+)?")

# What an address of a database may ask for after its "?", and how it is written. All else is
# refused: what the driver does not know would only show at the first connection.
SQLITE_ASKED = {"timeout": r"[1-9][0-9]{0,3}"}
POSTGRES_ASKED = {
    "application_name": r".+",
    "channel_binding": r"disable|prefer|require",
    "connect_timeout": r"[1-9][0-9]{0,3}",
    "host": r".+",
    "options": r".+",
    "sslcert": r".+",
    "sslkey": r".+",
    "sslmode": r"disable|allow|prefer|require|verify-ca|verify-full",
    "sslrootcert": r".+",
    "target_session_attrs": r"any|read-write|primary",
}


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


def env_count(name: str, default: int, most: int = 999_999_999) -> int:
    value = os.environ.get(name, "").strip() or str(default)
    if re.fullmatch(r"[1-9][0-9]{0,8}", value) and int(value) <= most:
        return int(value)
    raise ImproperlyConfigured(f"{name} is {value!r}; write a whole number from 1 to {most}.")


def env_folder(name: str, default: Path) -> Path:
    """Return a folder that only our user can enter, made if it is not there."""
    value = os.environ.get(name, "").strip()
    folder = Path(value) if value else default
    if not folder.is_absolute():
        raise ImproperlyConfigured(f"{name} is {value!r}; write a path that begins with a slash.")
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise ImproperlyConfigured(f"{name} cannot be made: {error}.") from error
    return folder


def env_url(name: str, default: str) -> str:
    """Return scheme and host of an address, with its port if it has one, and nothing else."""
    value = os.environ.get(name, "").strip() or default
    address = value.rstrip("/").lower()
    if SITE.fullmatch(address) and _has_host_and_port(address):
        return address
    raise ImproperlyConfigured(f"{name} is {value!r}; write it like https://desk.example.org.")


def _has_host_and_port(address: str) -> bool:
    """Whether Python reads a host and a port that can be: it raises for [::1 and for 99999."""
    try:
        parts = urlsplit(address)
        if "[" in address:
            ip_address(parts.hostname or "")
        return bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


def refuse_unknown_options(name: str, address: str, asked: Mapping[str, str]) -> None:
    """Raise for what an address of a database asks after its "?", unless it is in `asked`."""
    parts = urlsplit(address)
    if parts.fragment:
        raise ImproperlyConfigured(f"{name} has a # in it; write it as %23.")
    for option, values in parse_qs(parts.query, keep_blank_values=True).items():
        if option not in asked:
            raise ImproperlyConfigured(
                f"{name} asks for “{option}”; what may be asked is: {', '.join(asked)}."
            )
        if len(values) > 1 or not re.fullmatch(asked[option], values[0]):
            raise ImproperlyConfigured(
                f"{name} gives {option} as {', '.join(values)!r}; see docs/running.md."
            )


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
        value = _kept_secret(f"{name}_FILE", path)
    if local:
        return value or _own_secret(kept_in / name.lower())
    if len(value) >= SECRET_LENGTH:
        return value
    raise ImproperlyConfigured(
        f"{name} is {'too short' if value else 'missing'}: a desk that others can reach needs "
        f"a secret of at least {SECRET_LENGTH} characters in {name} or in the file {name}_FILE."
    )


def env_secrets(name: str) -> list[str]:
    """Return secrets from NAME, with blanks between, and from the files that NAME_FILES names."""
    files = env_list(f"{name}_FILES", [])
    return [*os.environ.get(name, "").split(), *(_kept_secret(f"{name}_FILES", f) for f in files)]


def _kept_secret(name: str, path: str) -> str:
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except OSError as error:
        raise ImproperlyConfigured(f"{name} cannot be read: {error}.") from error
    except UnicodeDecodeError as error:
        raise ImproperlyConfigured(
            f"{name} is no text: a secret is written in letters, digits and signs, "
            "such as `openssl rand -base64 60` prints."
        ) from error


def _own_secret(path: Path) -> str:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        with open(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(64))
    except FileExistsError:
        pass
    try:
        kept = path.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise ImproperlyConfigured(f"The secret kept in {path} cannot be read: {error}.") from error
    if not kept:
        raise ImproperlyConfigured(f"The secret kept in {path} is empty: restore or remove it.")
    return kept
