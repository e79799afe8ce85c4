"""Tables that a migration rebuilds: SQLite drops their triggers, and migrate puts them up again."""

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection

from corpus import guards
from curation.models import Decision


@pytest.mark.skipif(connection.vendor != "sqlite", reason="only SQLite rebuilds tables")
def test_ledger_is_rebuilt_once_the_guards_step_aside(committing):
    field = Decision._meta.get_field("reason")

    def rebuild():
        with connection.schema_editor() as editor:
            editor._remake_table(Decision, alter_fields=[(field, field)])

    standing = guards.standing()
    with pytest.raises(DatabaseError, match="no such table"):
        rebuild()

    guards.step_aside()
    rebuild()
    call_command("migrate", verbosity=0)

    assert guards.standing() == standing
    assert any(name.startswith("curation_decision_stands") for name in standing)
