"""What must never change cannot; the search index stays in step, whatever happens to tables."""

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from corpus import guards, search
from corpus.models import Capture, Original, Passage, SearchText, Sighting
from tests.factories import make_document, passages_of

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


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("model", "change"),
    [
        (Original, {"size": 7}),
        (Original, {"content": b"other"}),
        (Capture, {"text": "Other."}),
        (Capture, {"text_sha256": "0" * 64}),
        (Passage, {"text": "Other."}),
        (Passage, {"start": 1}),
        (Sighting, {"path": "other.txt"}),
    ],
)
def test_what_was_collected_never_changes(model, change):
    make_document()
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        model._base_manager.update(**change)


@pytest.mark.django_db
@pytest.mark.parametrize("model", [Sighting, Passage, Capture, Original])
def test_what_was_collected_is_never_deleted(model):
    make_document()
    rows = model._base_manager.all()
    with pytest.raises(DatabaseError, match="never deleted"), transaction.atomic():
        rows._raw_delete(rows.db)


@pytest.mark.django_db
def test_suggestions_and_the_cut_may_change():
    document = make_document()
    passage = passages_of(document)[0]
    Passage.objects.filter(pk=passage.pk).update(suggested_reliability="news", kind="fragment")
    assert passages_of(document)[0].kind == "fragment"


@pytest.mark.django_db
def test_text_is_redacted_only_together_with_who_did_it():
    capture = make_document().current_capture
    Capture.objects.filter(pk=capture.pk).update(text="", redacted_by=1)
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        Capture.objects.filter(pk=capture.pk).update(text="Back again.")


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
        for name in guards.INDEX_TRIGGERS:
            cursor.execute(f"DROP TRIGGER {name}")
    SearchText.objects.update(text="nasa refused")
    assert list(search.found("refused")) == []

    guards.reinstate_index()

    assert list(search.found("refused")) == [document]
    integrity_of_the_index()
    assert guards.standing() >= set(guards.INDEX_TRIGGERS)


@sqlite_only
def test_table_that_is_rebuilt_has_its_triggers_after_migrate(committing):
    index_anew("ESA agreed.")
    field = SearchText._meta.get_field("text")
    with connection.schema_editor() as editor:
        editor._remake_table(SearchText, alter_fields=[(field, field)])
    assert not guards.standing() & set(guards.INDEX_TRIGGERS)

    call_command("migrate", verbosity=0)

    assert guards.standing() >= set(guards.INDEX_TRIGGERS)
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
