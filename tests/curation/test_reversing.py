"""A name turns out to stand for somebody else: whoever quotes it is told."""

import pytest

from corpus.models import Document
from curation import linking
from curation.models import Alert
from curation.standings import refresh
from tests.factories import (
    make_anchor,
    make_capture,
    make_claim,
    make_draft,
    make_entity,
    make_news,
    make_published,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def quote():
    """It is quoted for a claim that a draft and its edition tell."""
    quote = make_news("ESA and NASA agreed. ESA paid.")
    claim = make_claim(quotes=[quote])
    refresh([claim])
    make_published(make_draft(claims=[claim]))
    return quote


@pytest.fixture
def esa():
    return make_entity("European Space Agency")


@pytest.fixture
def other():
    return make_entity("Ethiopian Sheep Association")


def decide(quote, entity, verdict, *, name="ESA", by=None):
    held = linking.deciding(quote.capture.document.links.in_force().filter(name=name, capture=None))
    return linking.link_name(
        quote.capture.document, name, entity, verdict, by=by, seen=held and held.pk
    )


def decide_place(quote, start, entity, verdict, by):
    at = {"capture": quote.capture_id, "start": start}
    held = linking.deciding(quote.capture.document.links.in_force().filter(**at))
    return linking.link_place(
        quote.capture.document,
        start,
        start + 3,
        entity,
        verdict,
        by=by,
        capture=quote.capture_id,
        exact="ESA",
        seen=held and held.pk,
    )


def alerts():
    rows = Alert.objects.order_by("holder_kind", "pk")
    return [(row.holder_kind, row.severity, row.resolution) for row in rows]


OPEN = [("edition", "major", ""), ("summary", "major", "")]


@pytest.mark.parametrize("was", ["is", "is_not"])
def test_reversed_link_alerts_who_quotes_the_name(was, quote, esa, editor):
    decide(quote, esa, was, by=editor)
    assert alerts() == []
    decide(quote, esa, "is_not" if was == "is" else "is", by=editor)
    assert alerts() == OPEN
    said = {"is": "is", "is_not": "is not"}
    ((of, at, before, after),) = Alert.objects.first().changes
    assert (of, at) == ("link", quote.pk)
    assert before == f"“ESA” {said.pop(was)} European Space Agency"
    assert after == f"“ESA” {said.popitem()[1]} European Space Agency"


def test_name_that_is_somebody_else_alerts(quote, esa, other, editor):
    decide(quote, esa, "is", by=editor)
    decide(quote, other, "is", by=editor)
    assert alerts() == OPEN


def test_first_word_and_another_refusal_alert_nobody(quote, esa, other, editor):
    decide(quote, esa, "unsure", by=editor)
    decide(quote, esa, "is", by=editor)
    decide(quote, other, "is_not", by=editor)
    assert alerts() == []


def test_link_back_undoes_the_alerts_and_opens_none(quote, esa, editor):
    for verdict in ("is", "is_not", "is"):
        decide(quote, esa, verdict, by=editor)
    assert [resolution for *_, resolution in alerts()] == ["undone", "undone"]


def test_place_that_no_quote_holds_alerts_nobody(quote, esa, editor):
    outside = quote.capture.text.rindex("ESA")
    for verdict in ("is", "is_not"):
        decide_place(quote, outside, esa, verdict, editor)
    assert alerts() == []


def test_place_is_taken_out_of_what_is_held_of_the_name(quote, esa, other, editor):
    decide(quote, esa, "is", by=editor)
    decide_place(quote, quote.start, other, "is", editor)
    assert alerts() == OPEN


def test_reversed_name_leaves_places_that_were_decided_by_themselves(quote, esa, editor):
    decide(quote, esa, "is", by=editor)
    decide_place(quote, quote.start, esa, "is", editor)
    decide(quote, esa, "is_not", by=editor)
    assert alerts() == []


def test_place_that_moved_with_its_text_is_the_quotes_still(quote, esa, editor):
    document = quote.capture.document
    later = make_capture(document, f"It was said. {quote.exact}")
    start = later.text.index("ESA")
    make_anchor(quote, later, "moved", start=start, end=len(later.text))
    Document.objects.filter(pk=document.pk).update(current_capture=later)
    quote.capture = later
    for verdict in ("is", "is_not"):
        decide_place(quote, start, esa, verdict, editor)
    assert alerts() == OPEN
