"""What was collected stands; tests/curation/test_guards.py says it of every row of both apps."""

import pytest
from django.db import DatabaseError, transaction

from corpus.models import Capture, Original, Passage, Sighting
from tests.factories import make_decision, make_document, passages_of


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("model", "change"),
    [
        (Original, {"size": 7}),
        (Original, {"content": b"other"}),
        (Capture, {"text": "Other."}),
        (Capture, {"text_sha256": "0" * 64}),
        (Capture, {"mended": ["Other."]}),
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
    Capture.objects.filter(pk=capture.pk).update(text="", redacted_by=make_decision().pk)
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        Capture.objects.filter(pk=capture.pk).update(text="Back again.")
