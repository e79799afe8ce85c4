"""One login for each role of the sample desk, for a desk that only this machine can reach."""

import os
import secrets
from pathlib import Path

from django.conf import settings
from django.contrib.auth.models import Group, User

from curation.roles import ROLES

LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that is taken for another


def kept_in() -> Path:
    return settings.VAR / "demo-logins"


def people() -> dict[str, User]:
    """The sample desk's user of each role, made if nobody of that name is there.

    Their passwords are random and kept beside the database, readable by its user alone, so
    that they can be printed again. A desk that others can reach gets none: nobody signs in
    as these users until somebody sets a password.
    """
    passwords = _passwords() if settings.LOCAL else {}
    return {role: _user(role, passwords.get(role)) for role in ROLES}


def told(users: dict[str, User]) -> list[str]:
    """What to print of each login."""
    passwords = _passwords() if settings.LOCAL else {}
    lines = []
    for role, user in users.items():
        password = passwords.get(role, "")
        if not (password and user.check_password(password)):
            password = f"(not kept: manage.py changepassword {user.get_username()})"
        lines.append(f"{role}: {user.get_username()} {password}")
    return lines


def _user(role: str, password: str | None) -> User:
    user = User.objects.filter(username=role).first()
    if user is None:
        user = User.objects.create_user(role, password=password, is_staff=True)
        user.groups.add(Group.objects.get(name=role))
    return user


def _passwords() -> dict[str, str]:
    """Those that are kept; made and kept when there are none."""
    path = kept_in()
    try:
        with open(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
            file.writelines(f"{role} {_random()}\n" for role in ROLES)
    except FileExistsError:
        pass
    lines = path.read_text(encoding="ascii").splitlines()
    return dict(line.split(" ", 1) for line in lines if " " in line)


def _random() -> str:
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(5)) for _ in range(4))
