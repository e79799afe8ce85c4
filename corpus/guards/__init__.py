"""Triggers that keep what must never change, on both databases.

Kept apart from the migrations: SQLite drops a table's triggers when a migration rebuilds
it, so they are put up again after every migrate, and tests that commit take them down.
"""

from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.db import connection
from django.db.models import Model

from corpus.guards import postgresql, sqlite
from corpus.guards.rules import Guard, Reference, Rule

__all__ = [
    "Guard",
    "Reference",
    "guards_of",
    "reinstate",
    "reinstate_after_migrate",
    "standing",
    "step_aside",
    "take_down",
    "words_of",
]

DATABASES: dict[str, Any] = {"sqlite": sqlite, "postgresql": postgresql}


def guards_of(app_label: str) -> Iterable[Rule]:
    """The guards that an app declares."""
    app: Any = apps.get_app_config(app_label)
    return app.guards


def words_of(model: type[Model]) -> tuple[str, ...]:
    """The fields of a model whose words go by redaction; none for a model that holds none."""
    rules = (rule for app in apps.get_app_configs() for rule in getattr(app, "guards", ()))
    found = (rule for rule in rules if isinstance(rule, Guard) and rule.model == model._meta.label)
    return next((rule.words for rule in found), ())


def reinstate(guards: Iterable[Rule]) -> None:
    database = DATABASES[connection.vendor]
    with connection.cursor() as cursor:
        for guard in guards:
            for statement in [*database.taking_down(guard), *database.putting_up(guard)]:
                cursor.execute(statement)


def take_down(guards: Iterable[Rule]) -> None:
    """For tests that commit: their teardown empties every table."""
    with connection.cursor() as cursor:
        for guard in guards:
            for statement in DATABASES[connection.vendor].taking_down(guard):
                cursor.execute(statement)


def step_aside(*_: object) -> None:
    """Take down all guards until the end of migrate: the first operation of a migration, by
    RunPython, that SQLite would refuse otherwise (see Reference)."""
    for app in apps.get_app_configs():
        take_down(getattr(app, "guards", ()))


def standing() -> set[str]:
    """Names of the guards' triggers that the database holds."""
    with connection.cursor() as cursor:
        cursor.execute(DATABASES[connection.vendor].STANDING)
        return {name for (name,) in cursor.fetchall()}


def reinstate_after_migrate(sender, **kwargs) -> None:
    tables = set(connection.introspection.table_names())
    reinstate(guard for guard in sender.guards if guard.needs <= tables)
