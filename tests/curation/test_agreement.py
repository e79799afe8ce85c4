"""How often people agreed with the machine, of labels in force that it had suggested."""

import pytest

from curation import agreement
from curation.agreement import Agreement
from tests.factories import NOON, make_assessment, make_document, make_source, passages_of

pytestmark = pytest.mark.django_db


def test_labels_of_passages_are_counted_by_what_was_suggested():
    one, two, three = passages_of(make_document("One fell. Two rose. Three sat."))
    make_assessment(one, "news", suggested="news")
    make_assessment(two, "speculative", suggested="news")
    make_assessment(three, "heading", suggested="spam")

    assert agreement.by_label("passage") == [
        Agreement("news", decided=2, agreed=1, instead={"speculative or comment": 1}),
        Agreement("speculative or comment"),
        Agreement("spam", decided=1, agreed=0, instead={"heading": 1}),
    ]
    assert [row.percent for row in agreement.by_label("passage")] == [50, None, 0]
    assert [row.decided for row in agreement.by_label("capture")] == [0, 0, 0]


def test_labels_accepted_in_bulk_are_told_apart():
    one, two = passages_of(make_document("One fell. Two rose."))
    make_assessment(one, "news", suggested="news", in_bulk=True)
    make_assessment(two, "news", suggested="news")
    assert agreement.by_label("passage")[0] == Agreement("news", decided=1, agreed=1, in_bulk=1)


def test_superseded_labels_and_those_without_a_suggestion_do_not_count():
    one, two = passages_of(make_document("One fell. Two rose."))
    make_assessment(one, "news", suggested="spam", superseded_at=NOON)
    make_assessment(two, "news")
    assert agreement.by_label("passage") == [
        Agreement("news"),
        Agreement("speculative or comment"),
        Agreement("spam"),
    ]
    assert agreement.by_source() == []


def test_sources_stand_by_how_often_people_disagreed():
    wire = make_document("One fell. Two rose.", source=make_source(name="A wire"))
    blog = make_document("Three sat.", source=make_source(name="A blog"))
    make_assessment(passages_of(wire)[0], "news", suggested="news")
    make_assessment(wire, "news", suggested="news")
    make_assessment(passages_of(blog)[0], "spam", suggested="news")
    make_assessment(make_document(), "news", suggested="news", in_bulk=True)

    assert agreement.by_source() == [
        Agreement("A blog", decided=1, agreed=0),
        Agreement("A wire", decided=2, agreed=2),
        Agreement("no source", decided=0, agreed=0, in_bulk=1),
    ]
