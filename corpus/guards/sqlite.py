"""The triggers as SQLite has them.

REPLACE deletes the row in its way past the DELETE trigger (recursive_triggers is off, and each
connection says so for itself), so what would take the key of a row that stands is refused before.
INSERT OR IGNORE of such a row, which no trigger can tell apart, is refused with it. UPDATE OR
REPLACE takes no key: keys stand, and what is out of force never comes back.
"""

import re
from itertools import groupby
from operator import itemgetter

from django.db import connection

from corpus.guards.rules import Guard, Reference, Rule

STANDING = "SELECT name FROM sqlite_master WHERE type = 'trigger'"

_UNIQUE_INDEXES = """
    SELECT list.name, master.sql, info.name
    FROM pragma_index_list(%s) AS list JOIN pragma_index_info(list.name) AS info
        LEFT JOIN sqlite_master AS master ON master.type = 'index' AND master.name = list.name
    WHERE list."unique" ORDER BY list.name, info.seqno
"""


def putting_up(rule: Rule) -> list[str]:
    return _guard(rule) if isinstance(rule, Guard) else _reference(rule)


def taking_down(rule: Rule) -> list[str]:
    acts = ("insert", "update", "delete")
    return [f'DROP TRIGGER IF EXISTS "{rule.name}_{act}"' for act in acts]


def _guard(guard: Guard) -> list[str]:
    taken = " OR ".join(
        f'EXISTS (SELECT 1 FROM "{guard.table}" WHERE {key})'
        for key in ('"id" = NEW."id"', *_unique_keys(guard.table))
    )
    return [
        _trigger(guard, "insert", "INSERT", taken, guard.message("replaced")),
        _trigger(guard, "update", "UPDATE", guard.broken("IS NOT"), guard.message("changed")),
        _trigger(guard, "delete", "DELETE", "1", guard.message("deleted")),
    ]


def _reference(reference: Reference) -> list[str]:
    update = f'UPDATE OF "{reference.field}"'
    return [
        _trigger(reference, "insert", "INSERT", reference.missing, reference.message),
        _trigger(reference, "update", update, reference.missing, reference.message),
    ]


def _trigger(rule: Rule, act: str, event: str, refused: str, message: str) -> str:
    return (
        f'CREATE TRIGGER "{rule.name}_{act}" BEFORE {event} ON "{rule.table}" '
        f"WHEN {refused} BEGIN SELECT RAISE(ABORT, '{message}'); END"
    )


def _unique_keys(table: str) -> list[str]:
    """For each unique index, SQL that is true of a row there that NEW would collide with."""
    with connection.cursor() as cursor:
        cursor.execute(_UNIQUE_INDEXES, [table])
        found = cursor.fetchall()
    keys = []
    for (_, sql), rows in groupby(found, itemgetter(0, 1)):
        tests = [f'"{column}" = NEW."{column}"' for _, _, column in rows]
        if condition := (sql or "").partition(" WHERE ")[2]:
            tests += [condition, re.sub(r'("\w+")', r"NEW.\1", condition)]
        keys.append(" AND ".join(tests))
    return keys
