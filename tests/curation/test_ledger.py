"""The ledger's lines."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction

from curation.ledger import FIRST, authorise, decide, keyed_hash, label_of, one_writer
from curation.models import Decision
from tests.factories import (
    make_claim,
    make_decision,
    make_document,
    make_evidence,
    make_partnership,
    make_quote,
    make_source,
    make_user,
    passages_of,
)

pytestmark = pytest.mark.django_db


def test_lines_are_numbered_and_chained_from_the_first_on(editor):
    first, second = make_decision(by=editor), make_decision(by=editor)

    assert (first.seq, first.prev) == (1, FIRST)
    assert (second.seq, second.prev) == (2, first.hash)


def test_stored_line_hashes_to_its_own_hash_again(editor):
    with one_writer():
        decide("grade", make_source(), by=editor, before={"grade": "F"}, after={"grade": "B"})

    line = Decision.objects.get()

    assert keyed_hash(line) == line.hash


@pytest.mark.parametrize("field", ["reason", "act", "hash"])
def test_line_cannot_be_changed(field):
    line = make_decision()

    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        Decision.objects.filter(pk=line.pk).update(**{field: "other"})


def test_line_cannot_be_deleted():
    line = make_decision()

    with pytest.raises(DatabaseError, match="never deleted"), transaction.atomic():
        Decision.objects.filter(pk=line.pk)._raw_delete("default")


def test_words_of_a_line_may_go_by_one_redaction_after_another():
    with one_writer():
        line = decide("test", make_partnership(), by=make_user(), reason="A name.")
    lines = Decision.objects.filter(pk=line.pk)

    lines.update(subject_label="", redacted_by=make_decision().pk)
    lines.update(reason="", redacted_by=make_decision().pk)

    line.refresh_from_db()
    assert keyed_hash(line) == line.hash
    for words in [{"reason": "again"}, {"reason": "again", "redacted_by": None}]:
        with pytest.raises(DatabaseError), transaction.atomic():
            lines.update(**words)


def test_what_a_line_is_about_is_told_without_the_words_of_others():
    document = make_document("Some prose. ESA and NASA agreed.")
    passage, quote = passages_of(document)[1], make_quote(document, "ESA and NASA")
    evidence = make_evidence(make_claim(), quote)
    words = f"words 12–24 of document {document.pk}"

    assert label_of(passage) == f"passage 2 of document {document.pk}"
    assert label_of(quote) == words
    assert label_of(evidence) == f"{evidence.claim.key} ← {words}"
    for subject in (passage, quote, evidence):
        assert make_decision(subject).subject_label == label_of(subject)


def test_person_without_the_right_is_refused(contributor):
    with pytest.raises(PermissionDenied, match="may not do this"):
        authorise(contributor, "curation.publish_summary")
