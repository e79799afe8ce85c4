"""Mentions follow the names: found, found again, gone."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from corpus import revising
from corpus.importing import naming, pipeline
from corpus.importing.records import Record
from corpus.models import Alias, Mention
from corpus.writer import one_writer
from tests.factories import make_capture, make_document, make_entity, passages_of

pytestmark = pytest.mark.django_db


def found():
    return [
        (mention.entity.name, mention.capture.text[mention.start : mention.end])
        for mention in Mention.objects.standing().order_by("capture", "start", "entity")
    ]


def test_new_names_are_found_in_texts_that_are_there():
    make_document("ESA and NASA agreed. ESA paid.")
    esa = make_entity("ESA")
    naming.find_again()
    assert found() == [("ESA", "ESA"), ("ESA", "ESA")]
    assert {mention.alias for mention in Mention.objects.all()} == {esa.aliases.get()}


def test_finding_again_changes_nothing():
    make_document("ESA and NASA agreed.")
    make_entity("ESA")
    naming.find_again()
    before = list(Mention.objects.values())
    naming.find_again()
    assert list(Mention.objects.values()) == before


def test_mention_belongs_to_the_passage_in_which_it_begins():
    document = make_document("ESA agreed. NASA agreed, too.")
    make_entity("NASA")
    naming.find_again()
    assert Mention.objects.get().passage == passages_of(document)[1]


def test_mention_of_a_removed_alias_is_gone_and_not_deleted():
    make_document("The agency agreed.")
    esa = make_entity("ESA", aliases=["The agency"])
    naming.find_again()
    revising.remove_alias(esa.aliases.get(text="The agency"))
    naming.find_again()
    mention = Mention.objects.get()
    assert mention.gone_at
    assert mention.alias is None
    assert found() == []


def test_name_that_comes_back_is_found_again():
    make_document("The agency agreed.")
    esa = make_entity("ESA", aliases=["The agency"])
    for _ in range(2):
        naming.find_again()
        Alias.objects.filter(text="The agency").delete()
        naming.find_again()
        Alias.objects.create(entity=esa, text="The agency")
    naming.find_again()
    assert found() == [("ESA", "The agency")]


def test_longer_alias_takes_the_place_of_a_shorter():
    make_document("Mars Sample Return is late.")
    make_entity("Mars")
    naming.find_again()
    make_entity("Mars Sample Return")
    naming.find_again()
    assert found() == [("Mars Sample Return", "Mars Sample Return")]


def test_name_of_two_entities_is_ambiguous():
    make_document("Gateway is late.")
    make_entity("Gateway")
    make_entity("The station", aliases=["Gateway"])
    naming.find_again()
    assert found() == [("Gateway", "Gateway"), ("The station", "Gateway")]


def test_merged_entity_keeps_its_own_mentions():
    make_document("ESA agreed.")
    make_entity("ESA", merged_into=make_entity("European Space Agency"))
    naming.find_again()
    assert found() == [("ESA", "ESA")]


def test_alias_that_finds_the_same_place_replaces_the_one_that_is_gone():
    make_document("ESA agreed.")
    esa = make_entity("ESA")
    naming.find_again()
    esa.aliases.all().delete()
    alias = Alias.objects.create(entity=esa, text="ESA")
    naming.find_again()
    mention = Mention.objects.get()
    assert (mention.alias, mention.gone_at) == (alias, None)


def test_only_current_captures_are_looked_through():
    document = make_document("ESA agreed.")
    make_capture(document, "ESA agreed at last.")
    make_entity("ESA")
    naming.find_again()
    assert Mention.objects.get().capture == document.current_capture


def test_names_added_while_an_import_reads_are_found():
    def records():
        yield Record("a.txt", raw=b"ESA agreed.")
        make_entity("ESA")  # after the import read the names, before it stores the batch

    pipeline.run(records(), label="test")
    assert found() == [("ESA", "ESA")]


def test_find_in_looks_through_some_captures():
    one, two = make_document("ESA agreed."), make_document("ESA paid.")
    make_entity("ESA")
    with one_writer():
        naming.find_in([one.current_capture], naming.finder())
    assert Mention.objects.get().capture == one.current_capture
    assert two.current_capture.mentions.count() == 0


def test_query_count_does_not_grow_with_the_texts():
    counts = []
    for texts in (1, 2):  # then there are three
        for _ in range(texts):
            make_document("ESA agreed. NASA agreed.")
        make_entity("ESA" if texts == 1 else "NASA")
        with CaptureQueriesContext(connection) as queries:
            naming.find_again()
        counts.append(len(queries))
    assert counts[0] == counts[1]
