"""Triggers that keep what must never change, on both databases.

Kept apart from the migrations: SQLite drops a table's triggers when a migration rebuilds
it, so they are put up again after every migrate, and tests that commit take them down.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import connection, models


@dataclass(frozen=True)
class Guard:
    """What may still change in the rows of a model; nothing in it may ever be deleted.

    `words` change in one way only: by redaction, in the update that sets `redacted_by`.
    """

    model: str  # "app.Model"
    words: tuple[str, ...] = ()
    free: tuple[str, ...] = ()

    @property
    def table(self) -> str:
        return self._model._meta.db_table

    @property
    def _model(self) -> type[models.Model]:
        return apps.get_model(self.model)

    @property
    def name(self) -> str:
        return f"{self.table}_stands"

    def broken(self, differs: str) -> str:
        """SQL that is true for an update that the guard refuses."""
        columns = {f.name: f.column for f in self._model._meta.concrete_fields}

        def changed(field: str) -> str:
            return f'(OLD."{columns[field]}" {differs} NEW."{columns[field]}")'

        loose = {*self.words, *self.free, "redacted_by"}
        tests = [changed(field) for field in columns if field not in loose]
        if "redacted_by" in columns:
            # By one decision after another: a text may name many who ask to be left out.
            redacts = f'({changed("redacted_by")} AND NEW."{columns["redacted_by"]}" IS NOT NULL)'
            moved = " OR ".join(changed(field) for field in (*self.words, "redacted_by"))
            tests.append(f"(({moved}) AND NOT {redacts})")
        return " OR ".join(tests)


CORPUS = (
    Guard("corpus.Original", words=("content",)),
    Guard("corpus.Capture", words=("text", "title"), free=("mended",)),
    Guard(
        "corpus.Passage",
        words=("text",),
        free=(
            "kind",
            "made_by",
            "retired_at",
            "repeats",
            "suggested_reliability",
            "suggestion_score",
            "suggestion_reasons",
            "suggestion_version",
        ),
    ),
    Guard("corpus.Sighting", words=("address", "path", "source_name", "title", "remarks")),
)


INDEX = "corpus_searchindex"
_INDEXED = "corpus_searchtext"
_FORGET = f"INSERT INTO {INDEX} ({INDEX}, rowid, text) VALUES ('delete', OLD.document_id, OLD.text)"
_LEARN = f"INSERT INTO {INDEX} (rowid, text) VALUES (NEW.document_id, NEW.text)"
INDEX_TRIGGERS = {  # OF text: or any other change would index the row again
    f"{INDEX}_insert": f"AFTER INSERT ON {_INDEXED} BEGIN {_LEARN}; END",
    f"{INDEX}_delete": f"AFTER DELETE ON {_INDEXED} BEGIN {_FORGET}; END",
    f"{INDEX}_update": f"AFTER UPDATE OF text ON {_INDEXED} BEGIN {_FORGET}; {_LEARN}; END",
}


def guards_of(app_label: str) -> Iterable[Guard]:
    """The guards that an app declares."""
    app: Any = apps.get_app_config(app_label)
    return app.guards


def reinstate(guards: Iterable[Guard]) -> None:
    with connection.cursor() as cursor:
        for guard in guards:
            for statement in [*_takedown(guard), *_statements(guard)]:
                cursor.execute(statement)


def take_down(guards: Iterable[Guard]) -> None:
    """For tests that commit: their teardown empties every table."""
    with connection.cursor() as cursor:
        for guard in guards:
            for statement in _takedown(guard):
                cursor.execute(statement)


def reinstate_index() -> None:
    """Put up the triggers that keep SQLite's search index in step with the search texts.

    Where one was missing, writes may have passed it by: the index is made anew.
    """
    if connection.vendor != "sqlite" or INDEX not in connection.introspection.table_names():
        return
    whole = standing() >= set(INDEX_TRIGGERS)
    with connection.cursor() as cursor:
        for name, trigger in INDEX_TRIGGERS.items():
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
            cursor.execute(f"CREATE TRIGGER {name} {trigger}")
        if not whole:
            cursor.execute(f"INSERT INTO {INDEX} ({INDEX}) VALUES ('rebuild')")


def standing() -> set[str]:
    """Names of the guards' triggers that the database holds."""
    query = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal",
    }[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(query)
        return {name for (name,) in cursor.fetchall()}


def reinstate_after_migrate(sender, **kwargs) -> None:
    tables = connection.introspection.table_names()
    reinstate(guard for guard in sender.guards if guard.table in tables)


def reinstate_index_after_migrate(sender, **kwargs) -> None:
    reinstate_index()


def _message(guard: Guard, act: str) -> str:
    return f"{guard.model}: a row here is never {act}."


def _statements(guard: Guard) -> list[str]:
    return _sqlite(guard) if connection.vendor == "sqlite" else _postgresql(guard)


def _takedown(guard: Guard) -> list[str]:
    table, name = guard.table, guard.name
    if connection.vendor == "sqlite":
        return [f'DROP TRIGGER IF EXISTS "{name}_{act}"' for act in ("update", "delete")]
    drops = ("update", "delete", "truncate")
    return [f'DROP TRIGGER IF EXISTS "{name}_{act}" ON "{table}"' for act in drops]


def _sqlite(guard: Guard) -> list[str]:
    table, name = guard.table, guard.name
    return [
        f'CREATE TRIGGER "{name}_update" BEFORE UPDATE ON "{table}" '
        f"WHEN {guard.broken('IS NOT')} "
        f"BEGIN SELECT RAISE(ABORT, '{_message(guard, 'changed')}'); END",
        f'CREATE TRIGGER "{name}_delete" BEFORE DELETE ON "{table}" '
        f"BEGIN SELECT RAISE(ABORT, '{_message(guard, 'deleted')}'); END",
    ]


def _postgresql(guard: Guard) -> list[str]:
    table, name = guard.table, guard.name
    refuse = (
        'CREATE OR REPLACE FUNCTION "concordat_refuse"() RETURNS trigger LANGUAGE plpgsql AS '
        "$$ BEGIN RAISE EXCEPTION USING MESSAGE = TG_ARGV[0], "
        "ERRCODE = 'integrity_constraint_violation'; END $$"
    )
    changed, deleted = _message(guard, "changed"), _message(guard, "deleted")
    return [
        refuse,
        f'CREATE TRIGGER "{name}_update" BEFORE UPDATE ON "{table}" FOR EACH ROW '
        f"WHEN ({guard.broken('IS DISTINCT FROM')}) EXECUTE FUNCTION "
        f"\"concordat_refuse\"('{changed}')",
        f'CREATE TRIGGER "{name}_delete" BEFORE DELETE ON "{table}" FOR EACH ROW '
        f"EXECUTE FUNCTION \"concordat_refuse\"('{deleted}')",
        f'CREATE TRIGGER "{name}_truncate" BEFORE TRUNCATE ON "{table}" FOR EACH STATEMENT '
        f"EXECUTE FUNCTION \"concordat_refuse\"('{deleted}')",
    ]
