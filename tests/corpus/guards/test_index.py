"""The search index stays in step with the texts, whatever happens to tables."""

import pytest
from django.core.management import call_command
from django.db import connection

from corpus import guards, search
from corpus.guards import index
from corpus.models import SearchText
from tests.factories import make_document

sqlite_only = pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite's triggers")


def integrity_of_the_index():
    """Raise if SQLite's index holds other words than the table."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {search.INDEX} ({search.INDEX}, rank) VALUES ('integrity-check', 1)"
        )


def index_anew(text):
    document = make_document(text)
    search.store_words(document)
    return document


@sqlite_only
@pytest.mark.django_db
def test_index_follows_the_texts():
    document = index_anew("ESA agreed.")
    SearchText.objects.update(text="nasa refused")
    assert list(search.found("refused")) == [document]
    assert list(search.found("agreed")) == []
    integrity_of_the_index()
    SearchText.objects.all().delete()
    assert list(search.found("refused")) == []
    integrity_of_the_index()


@sqlite_only
@pytest.mark.django_db
def test_index_whose_triggers_were_lost_is_made_anew():
    """As when a migration rebuilds the table."""
    document = index_anew("ESA agreed.")
    with connection.cursor() as cursor:
        for name in index.TRIGGERS:
            cursor.execute(f"DROP TRIGGER {name}")
    SearchText.objects.update(text="nasa refused")
    assert list(search.found("refused")) == []

    index.reinstate()

    assert list(search.found("refused")) == [document]
    integrity_of_the_index()
    assert guards.standing() >= set(index.TRIGGERS)


@sqlite_only
def test_table_that_is_rebuilt_has_its_triggers_after_migrate(committing):
    index_anew("ESA agreed.")
    field = SearchText._meta.get_field("text")
    with connection.schema_editor() as editor:
        editor._remake_table(SearchText, alter_fields=[(field, field)])
    assert not guards.standing() & set(index.TRIGGERS)

    call_command("migrate", verbosity=0)

    assert guards.standing() >= set(index.TRIGGERS)
    assert search.found("agreed").count() == 1
    integrity_of_the_index()


def test_flush_leaves_an_empty_index(committing):
    index_anew("ESA agreed.")
    assert search.found("agreed").count() == 1
    for app in ("corpus", "curation"):
        guards.take_down(guards.guards_of(app))

    call_command("flush", interactive=False, verbosity=0)

    assert SearchText.objects.count() == 0
    again = index_anew("NASA refused.")
    assert list(search.found("refused")) == [again]
    assert list(search.found("agreed")) == []
    if connection.vendor == "sqlite":
        integrity_of_the_index()
