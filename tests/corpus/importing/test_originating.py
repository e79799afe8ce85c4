"""Who may have first said what a document reports follows its current text."""

import pytest

from corpus import revising
from corpus.importing import pipeline
from corpus.importing.records import Record
from corpus.models import Document
from tests.factories import make_entity

pytestmark = pytest.mark.django_db


def collect(text):
    record = Record("a.txt", raw=text.encode(), address="https://example.org/a")
    return pipeline.run([record], label="test")


def suggested():
    document = Document.objects.get()
    entity = document.suggested_origin_entity
    return entity, document.suggested_origin_words, document.suggested_origin_because


def test_an_origin_in_words_is_suggested_with_what_decided():
    collect("The arrangement was reported by DEA News on Monday. It will fly.")
    assert suggested() == (None, "DEA News", "the lead says “reported by DEA News”")


def test_a_known_origin_is_suggested_as_what_it_was_merged_into():
    roscosmos = make_entity("Roscosmos")
    make_entity("Roskosmos", merged_into=roscosmos)
    collect("According to Roskosmos, the lander came back to Earth.")
    assert suggested()[:2] == (roscosmos, "")


def test_another_text_has_another_origin():
    run = collect("The lander came back to Earth, according to DEA News.")
    later = collect("The lander came back to Earth, nobody knows how or when.")
    assert suggested() == (None, "", "")

    revising.set_aside(later)
    assert suggested()[1] == "DEA News"
    revising.set_aside(run)
    assert suggested() == (None, "", "")
