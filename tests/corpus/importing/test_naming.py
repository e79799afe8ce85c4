"""Mentions follow the names: found, found again, gone."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from corpus import revising, search
from corpus.analysis.ranking import Refusal
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
            make_document("JAXA agreed. NASA agreed.")
        make_entity("JAXA" if texts == 1 else "NASA")
        with CaptureQueriesContext(connection) as queries:
            naming.find_again()
        counts.append(len(queries))
    assert counts[0] == counts[1]


def indexed(text):
    document = make_document(text)
    search.store_words(document)
    return document


def test_only_texts_that_can_hold_the_names_that_changed_are_looked_through(monkeypatch):
    with_name = [
        indexed("Goddard Space Flight Centre agreed."),
        indexed("The GODDARD\nspace flight center: nothing."),
        indexed("Many Goddard’s Space-Flight centers."),
    ]
    without = indexed("The Space Flight Center agreed.")
    looked = []
    find = naming.Finder.find
    monkeypatch.setattr(
        naming.Finder, "find", lambda self, text: looked.append(text) or find(self, text)
    )

    naming.find_again(["Goddard Space Flight Center"])

    assert set(looked) == {document.current_capture.text for document in with_name}
    assert without.current_capture.text not in looked


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("CubeSat", "Three CubeSats flew."),
        ("日本", "日本の宇宙"),
        ("नासा", "The नासा agreed."),
        ("L'Oréal", "L’Oreal agreed."),
        ("Europe's Spaceport", "Europe\u02bcs Spaceport opened."),
        ("Horizon & Home", "Horizon and Home opened."),
        ("US Space Force", "The U.S. Space Force agreed."),
        ("Thales Alenia Space (Italy)", "Thales Alenia Space agreed."),
        ("Collins Center", "The Collins Centre opened."),
        ("Ariane 6", "Ariane\u20116 flew."),
        ("Space_Lab", "The Space_Lab flew."),
        ("Groß GmbH", "At Groß they agreed."),
    ],
)
def test_no_text_is_passed_over_in_which_a_name_that_changed_is_found(name, text):
    indexed(text)
    make_entity(name)

    naming.find_again([name])

    assert len(found()) == 1


def test_a_text_whose_words_are_not_all_indexed_is_looked_through():
    indexed(f"{'n' * 99} " * 5_000 + "ESA agreed.")
    make_entity("ESA")

    naming.find_again(["ESA"])

    assert found() == [("ESA", "ESA")]


def test_mentions_of_a_removed_name_are_gone_after_looking_for_another():
    indexed("The agency agreed.")
    esa = make_entity("ESA", aliases=["The agency"])
    naming.find_again()
    revising.remove_alias(esa.aliases.get(text="The agency"))

    naming.find_again(["NASA"])

    assert found() == []


def test_the_lock_is_held_for_so_many_mentions_at_most(monkeypatch):
    monkeypatch.setattr(naming.limits, "BATCH_ROWS", 3)
    for _ in range(4):
        indexed("ESA met ESA.")
    make_entity("ESA")
    written = []
    write = naming.write
    monkeypatch.setattr(naming, "write", lambda found: written.append(len(found)) or write(found))

    naming.find_again()

    assert written == [2, 2]
    assert len(found()) == 8


def test_mentions_at_one_place_are_ranked_with_the_reason():
    indexed("The Swedish company SSC launches a rocket into orbit.")
    american = make_entity("Stennis Space Center", kind="organisation", aliases=["SSC"])
    swedish = make_entity("Swedish Space Corporation", kind="company", aliases=["SSC"])

    naming.find_again()

    ranked = Mention.objects.order_by("rank").values_list("entity", "rank")
    assert list(ranked) == [(swedish.pk, 1), (american.pk, 2)]
    assert "“company” stands beside it" in Mention.objects.get(rank=1).because


def test_rank_follows_when_another_name_is_known():
    indexed("SSC launches a rocket into orbit.")
    make_entity("Stennis Space Center", aliases=["SSC"])
    naming.find_again()
    assert Mention.objects.get().rank == 1

    make_entity("SSC", kind="company")
    naming.find_again(["SSC"])

    assert sorted(Mention.objects.values_list("entity__name", "rank")) == [
        ("SSC", 1), ("Stennis Space Center", 2),
    ]  # fmt: skip


def test_a_name_refused_in_such_words_ranks_last_in_other_texts():
    indexed("Visitors of the Gateway hotel pay for forty rooms.")
    station = make_entity("Gateway")
    refusal = Refusal("gateway", station.pk, frozenset({"visitors", "hotel", "rooms"}))

    naming.find_again(refusals=[refusal])
    assert "refused" in Mention.objects.get().because

    naming.find_again()
    assert "refused" not in Mention.objects.get().because


def test_an_import_hears_of_refusals():
    station = make_entity("Gateway")
    refusal = Refusal("gateway", station.pk, frozenset({"visitors", "hotel", "rooms"}))
    record = Record("a.txt", raw=b"Visitors of the Gateway hotel pay for forty rooms.")

    pipeline.run([record], label="test", refusals=[refusal])

    assert "refused" in Mention.objects.get().because
