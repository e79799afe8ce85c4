"""Quotes: the exact words of a place, once, and never what was withdrawn."""

import pytest
from django.core.exceptions import PermissionDenied

from corpus.models import Capture, Document, ImportRun
from corpus.text.fingerprint import digest
from curation import quoting
from curation.ledger import Refused
from curation.models import Decision
from tests.factories import (
    NOON,
    make_capture,
    make_decision,
    make_document,
    make_user,
)

pytestmark = pytest.mark.django_db


def acts():
    return list(Decision.objects.exclude(act="test").order_by("seq").values_list("act", flat=True))


def test_quote_keeps_the_exact_words_their_place_and_what_stands_around(contributor):
    text = "A" * 40 + " ESA and NASA agreed. " + "B" * 40
    capture = make_document(text).current_capture

    quote = quoting.quote(capture, 41, 61, by=contributor)

    assert (quote.start, quote.end, quote.exact) == (41, 61, "ESA and NASA agreed.")
    assert (quote.prefix, quote.suffix) == ("A" * 31 + " ", " " + "B" * 31)
    assert quote.exact_sha256 == digest("ESA and NASA agreed.")


def test_quote_is_counted_in_code_points(contributor):
    capture = make_document("🚀 ESA agreed. 🚀").current_capture
    assert quoting.quote(capture, 2, 13, by=contributor).exact == "ESA agreed."


def test_white_space_around_a_quote_is_left_out(contributor):
    capture = make_document("One.  Two is here. \n Three.").current_capture
    quote = quoting.quote(capture, 4, 21, by=contributor)
    assert (quote.start, quote.end, quote.exact) == (6, 18, "Two is here.")


def test_same_place_is_one_quote(contributor):
    capture = make_document().current_capture
    first = quoting.quote(capture, 0, 20, by=contributor)
    assert quoting.quote(capture, 0, 21, by=contributor) == first
    assert acts() == ["quote"]


@pytest.mark.parametrize(("start", "end"), [(0, 0), (5, 2), (-1, 4), (0, 10_000), (3, 4)])
def test_nothing_is_no_quote(contributor, start, end):
    capture = make_document("ESA and NASA agreed.").current_capture
    with pytest.raises(Refused, match="Select some words"):
        quoting.quote(capture, start, end, by=contributor)


def test_quote_has_at_most_700_characters(contributor):
    capture = make_document("word " * 200).current_capture
    assert len(quoting.quote(capture, 0, 700, by=contributor).exact) == 699
    with pytest.raises(Refused, match="at most 700 characters, and these are 704"):
        quoting.quote(capture, 0, 704, by=contributor)


def test_text_of_an_import_set_aside_cannot_be_quoted(contributor):
    capture = make_document().current_capture
    ImportRun.objects.update(set_aside_at=NOON)
    with pytest.raises(Refused, match="set aside"):
        quoting.quote(capture, 0, 5, by=contributor)


def test_removed_text_cannot_be_quoted(contributor):
    capture = make_document().current_capture
    Capture.objects.filter(pk=capture.pk).update(text="", redacted_by=make_decision().pk)
    with pytest.raises(Refused):
        quoting.quote(capture, 0, 5, by=contributor)


def test_older_capture_can_still_be_quoted(contributor):
    document = make_document("Old words.")
    old = document.current_capture
    Document.objects.update(current_capture=make_capture(document, "New words."))
    assert quoting.quote(old, 0, 10, by=contributor).exact == "Old words."


def test_person_without_a_role_may_not_quote():
    with pytest.raises(PermissionDenied):
        quoting.quote(make_document().current_capture, 0, 3, by=make_user(role=""))
