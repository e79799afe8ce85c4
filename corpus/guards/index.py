"""Triggers that keep SQLite's search index in step with the search texts."""

from django.db import connection

from corpus.guards import standing

INDEX = "corpus_searchindex"
_INDEXED = "corpus_searchtext"
_FORGET = f"INSERT INTO {INDEX} ({INDEX}, rowid, text) VALUES ('delete', OLD.document_id, OLD.text)"
_LEARN = f"INSERT INTO {INDEX} (rowid, text) VALUES (NEW.document_id, NEW.text)"
TRIGGERS = {  # OF text: or any other change would index the row again
    f"{INDEX}_insert": f"AFTER INSERT ON {_INDEXED} BEGIN {_LEARN}; END",
    f"{INDEX}_delete": f"AFTER DELETE ON {_INDEXED} BEGIN {_FORGET}; END",
    f"{INDEX}_update": f"AFTER UPDATE OF text ON {_INDEXED} BEGIN {_FORGET}; {_LEARN}; END",
}


def reinstate() -> None:
    """Put the triggers up again.

    Where one was missing, writes may have passed it by: the index is made anew.
    """
    if connection.vendor != "sqlite" or INDEX not in connection.introspection.table_names():
        return
    whole = standing() >= set(TRIGGERS)
    with connection.cursor() as cursor:
        for name, trigger in TRIGGERS.items():
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
            cursor.execute(f"CREATE TRIGGER {name} {trigger}")
        if not whole:
            cursor.execute(f"INSERT INTO {INDEX} ({INDEX}) VALUES ('rebuild')")


def reinstate_after_migrate(sender, **kwargs) -> None:
    reinstate()
