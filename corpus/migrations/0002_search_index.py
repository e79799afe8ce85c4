"""Index the search texts: FTS5 on SQLite, GIN on PostgreSQL, neither in the models' state.

The triggers that keep the FTS5 table in step are put up after every migrate (corpus.guards.index).
"""

from django.db import migrations

CREATE = {
    # Words are cut at white space: the text is folded already, and all beyond ASCII is a letter.
    "sqlite": (
        "CREATE VIRTUAL TABLE corpus_searchindex USING fts5(text, content='corpus_searchtext', "
        "content_rowid='document_id', "
        "tokenize='ascii')"
    ),
    # The same: the parser of to_tsvector would cut otherwise.
    "postgresql": (
        "CREATE INDEX corpus_searchindex ON corpus_searchtext "
        "USING gin (array_to_tsvector(string_to_array(text, ' ')))"
    ),
}
DROP = {
    "sqlite": "DROP TABLE corpus_searchindex",
    "postgresql": "DROP INDEX corpus_searchindex",
}


def create(apps, schema_editor):
    schema_editor.execute(CREATE[schema_editor.connection.vendor])


def drop(apps, schema_editor):
    schema_editor.execute(DROP[schema_editor.connection.vendor])


class Migration(migrations.Migration):
    dependencies = [("corpus", "0001_initial")]

    operations = [migrations.RunPython(create, drop)]
