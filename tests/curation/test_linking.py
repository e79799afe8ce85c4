"""Who a name stands for: decided by name or by place."""

import json

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from corpus.importing import naming
from corpus.models import Document, Mention
from curation import linking
from curation.ledger import Refused
from curation.models import Decision, Link
from curation.refused_names import refused_names
from tests.factories import (
    NOON,
    make_assessment,
    make_capture,
    make_document,
    make_entity,
    make_link,
    make_mention,
    make_user,
    passages_of,
)

pytestmark = pytest.mark.django_db


def acts():
    return list(Decision.objects.exclude(act="test").order_by("seq").values_list("act", flat=True))


def in_force(document):
    """What was decided, in words."""
    links = Link.objects.in_force().filter(document=document).order_by("pk")
    return [f"{link.name} {link.verdict} {link.entity.name}" for link in links]


def link_place(document, start, end, entity, verdict, **kwargs):
    """By a person who saw the current text."""
    text = document.current_capture.text
    kwargs.setdefault("exact", text[max(0, start) : end].strip())
    kwargs.setdefault("capture", document.current_capture_id)
    return linking.link_place(document, start, end, entity, verdict, **kwargs)


# --- names --------------------------------------------------------------------------------------


def test_name_is_linked_in_the_whole_document(contributor):
    document, esa = make_document("ESA and NASA agreed. ESA paid."), make_entity("ESA")

    link = linking.link_name(document, "ESA", esa, "is", by=contributor)

    assert (link.document, link.name, link.capture, link.entity) == (document, "ESA", None, esa)
    line = link.decision
    assert (line.act, line.by, line.subject_id) == ("link", contributor, str(document.pk))
    assert json.loads(line.after) == {"name": "ESA", "entity": esa.pk, "verdict": "is"}


def test_name_is_linked_as_it_stands_in_the_text(contributor):
    document = make_document("The European\n  Space Agency agreed.")
    link = linking.link_name(
        document, "European  Space Agency", make_entity("ESA"), "is", by=contributor
    )
    assert link.name == "European Space Agency"


@pytest.mark.parametrize("name", ["JAXA", "SA", "esa"])
def test_name_that_does_not_stand_in_the_text_is_refused(contributor, name):
    document = make_document("ESA agreed.")
    with pytest.raises(Refused, match="does not stand in this text"):
        linking.link_name(document, name, make_entity(), "is", by=contributor)


@pytest.mark.parametrize("name", ["", "E\x00SA"])
def test_name_that_cannot_be_stored_is_refused(contributor, name):
    with pytest.raises(ValidationError):
        linking.link_name(make_document(), name, make_entity(), "is", by=contributor)


def test_unknown_verdict_is_refused(contributor):
    with pytest.raises(ValidationError):
        linking.link_name(make_document(), "ESA", make_entity(), "maybe", by=contributor)
    assert acts() == []


def test_merged_entity_is_linked_as_what_it_was_merged_into(contributor):
    esa = make_entity("ESA")
    merged = make_entity("European Space Agency", merged_into=esa)
    assert linking.link_name(make_document(), "ESA", merged, "is", by=contributor).entity == esa


def test_name_is_one_entity_the_newest_that_somebody_named(contributor):
    document, esa, other = make_document(), make_entity("ESA"), make_entity("Other")
    first = linking.link_name(document, "ESA", other, "is", by=contributor)
    linking.link_name(document, "ESA", esa, "is", by=contributor, seen=first.pk)
    assert in_force(document) == ["ESA is ESA"]


def test_name_may_be_one_entity_and_not_others(contributor):
    document = make_document()
    esa, one, other = (make_entity(name) for name in ("ESA", "One", "Other"))
    seen = linking.link_name(document, "ESA", one, "is_not", by=contributor).pk
    seen = linking.link_name(document, "ESA", other, "unsure", by=contributor, seen=seen).pk
    linking.link_name(document, "ESA", esa, "is", by=contributor, seen=seen)
    assert in_force(document) == ["ESA is_not One", "ESA unsure Other", "ESA is ESA"]


def test_verdict_on_an_entity_takes_the_place_of_the_one_before(contributor):
    document, esa = make_document(), make_entity("ESA")
    first = linking.link_name(document, "ESA", esa, "is", by=contributor)
    second = linking.link_name(document, "ESA", esa, "is_not", by=contributor, seen=first.pk)
    assert in_force(document) == ["ESA is_not ESA"]
    assert json.loads(second.decision.before) == {"entity": esa.pk, "verdict": "is"}


@pytest.mark.parametrize("seen", [None, 10**6])
def test_decision_that_the_editor_did_not_see_is_not_overwritten(contributor, seen):
    document, esa = make_document(), make_entity("ESA")
    make_link(document, "ESA", esa)
    with pytest.raises(Refused, match="Somebody else decided on this name"):
        linking.link_name(document, "ESA", esa, "is_not", by=contributor, seen=seen)
    assert in_force(document) == ["ESA is ESA"]


def test_of_two_who_link_a_name_at_once_the_second_is_told(at_once):
    document, esa, other = make_document(), make_entity("ESA"), make_entity("Other")
    one, two = make_user(), make_user()

    raised = at_once(
        lambda: linking.link_name(document, "ESA", esa, "is", by=one),
        lambda: linking.link_name(document, "ESA", other, "is", by=two),
    )

    assert [type(error) for error in raised if error] == [Refused]
    assert len(in_force(document)) == 1


# --- places -------------------------------------------------------------------------------------


def test_missed_name_is_linked_from_a_selection(contributor):
    document, esa = make_document("The Paris agency agreed."), make_entity("ESA")

    link = link_place(document, 3, 17, esa, "is", by=contributor)

    assert (link.capture, link.start, link.end) == (document.current_capture, 4, 16)
    assert link.name == "Paris agency"
    assert json.loads(link.decision.after) == {
        "name": "Paris agency",
        "entity": esa.pk,
        "verdict": "is",
        "capture": link.capture_id,
        "start": 4,
        "end": 16,
    }


def test_single_place_may_differ_from_the_name(contributor):
    document = make_document("ESA agreed. The other ESA is a company.")
    agency, company = make_entity("ESA"), make_entity("ESA Ltd")
    linking.link_name(document, "ESA", agency, "is", by=contributor)
    link_place(document, 22, 25, company, "is", by=contributor)
    assert in_force(document) == ["ESA is ESA", "ESA is ESA Ltd"]


def test_place_is_decided_again_by_who_saw_the_decision(contributor):
    document, esa = make_document(), make_entity("ESA")
    first = link_place(document, 0, 3, esa, "is", by=contributor)
    with pytest.raises(Refused, match="Somebody else"):
        link_place(document, 0, 3, esa, "is_not", by=contributor)
    link_place(document, 0, 3, esa, "is_not", by=contributor, seen=first.pk)
    assert in_force(document) == ["ESA is_not ESA"]


def test_place_of_a_text_that_was_collected_again_is_refused(contributor):
    """Old places would link “Buy” to NASA."""
    document, nasa = make_document("NASA agreed."), make_entity("NASA")
    seen = document.current_capture_id
    Document.objects.update(current_capture=make_capture(document, "Buy NASA mugs."))

    with pytest.raises(Refused, match="collected again in the meantime"):
        linking.link_place(document, 0, 4, nasa, "is", by=contributor, capture=seen, exact="NASA")
    assert in_force(document) == []


def test_other_words_at_the_place_are_refused(contributor):
    document = make_document("Buy NASA mugs.")
    with pytest.raises(Refused, match="reads otherwise now"):
        link_place(document, 0, 4, make_entity("NASA"), "is", by=contributor, exact="NASA")
    assert in_force(document) == []


@pytest.mark.parametrize(("start", "end"), [(0, 0), (3, 4), (-2, 3), (0, 999)])
def test_nothing_is_no_place(contributor, start, end):
    with pytest.raises(Refused, match="Select some words"):
        link_place(make_document(), start, end, make_entity(), "is", by=contributor)


def test_name_has_at_most_as_many_words_as_are_looked_for(contributor):
    document = make_document(" ".join(["word"] * linking.MOST_WORDS) + " more.")
    words = document.current_capture.text
    with pytest.raises(Refused, match=f"at most {linking.MOST_WORDS} words"):
        linking.link_name(document, words, make_entity("ESA"), "is", by=contributor)
    with pytest.raises(Refused, match=f"at most {linking.MOST_WORDS} words"):
        linking.link_place(
            document, 0, len(words), make_entity("JAXA"), "is", by=contributor,
            capture=document.current_capture_id, exact=words,
        )  # fmt: skip
    assert not Link.objects.exists()


def test_name_has_at_most_200_characters(contributor):
    document = make_document("word " * 100)
    with pytest.raises(Refused, match="Select the name alone"):
        link_place(document, 0, 300, make_entity(), "is", by=contributor)


def test_document_without_text_on_the_desk_has_no_names(contributor):
    document = make_document()
    Document.objects.update(current_capture=None)
    document.refresh_from_db()
    assert linking.names_in(document) == []
    with pytest.raises(Refused, match="set aside"):
        linking.link_name(document, "ESA", make_entity(), "is", by=contributor)


# --- what is offered ------------------------------------------------------------------------------


def told(document):
    return [
        (each.name, [entity.name for entity in each.candidates])
        for each in linking.names_in(document)
    ]


def test_names_are_offered_as_they_stand_in_order_of_the_text():
    document = make_document("The European Space  Agency and NASA agreed. NASA paid.")
    esa, nasa = make_entity("ESA"), make_entity("NASA")
    make_mention(document, "European Space  Agency", esa)
    make_mention(document, "NASA", nasa)
    second = Mention.objects.get(entity=nasa)
    Mention.objects.create(
        capture=second.capture,
        start=44,
        end=48,
        entity=nasa,
        passage=passages_of(document)[1],
    )

    european, american = linking.names_in(document)

    first, last = passages_of(document)
    assert (european.name, american.name) == ("European Space Agency", "NASA")
    assert american.places == [(31, 35, first.pk), (44, 48, last.pk)]
    assert (american.candidates, american.link, american.only_in_spam) == ([nasa], None, False)


def test_ambiguous_name_offers_all_it_may_stand_for():
    document = make_document("Gateway flies.")
    make_mention(document, "Gateway", make_entity("Lunar Gateway"))
    make_mention(document, "Gateway", make_entity("Gateway Airport"))
    assert told(document) == [("Gateway", ["Gateway Airport", "Lunar Gateway"])]


def test_merged_candidates_are_offered_as_what_they_were_merged_into():
    document = make_document("ESA flies.")
    esa = make_entity("European Space Agency")
    make_mention(document, "ESA", make_entity("ESA", merged_into=esa))
    make_mention(document, "ESA", esa)
    assert told(document) == [("ESA", ["European Space Agency"])]


def test_mentions_that_are_gone_are_not_offered():
    document = make_document("ESA flies.")
    make_mention(document, "ESA", make_entity("ESA"))
    Mention.objects.update(gone_at=NOON)
    assert told(document) == []


def test_decision_on_the_name_is_told():
    document, esa, other = make_document("ESA flies."), make_entity("ESA"), make_entity("Other")
    make_mention(document, "ESA", esa)
    link = make_link(document, "ESA", esa)
    make_link(document, "ESA", other, "is_not")

    (name,) = linking.names_in(document)

    assert (name.link, name.candidates) == (link, [esa, other])


def test_missed_name_that_was_placed_is_told():
    document, esa = make_document("The Paris agency agreed."), make_entity("ESA")
    link = make_link(
        document, "Paris agency", esa, capture=document.current_capture, start=4, end=16
    )
    (name,) = linking.names_in(document)
    (passage,) = passages_of(document)
    assert (name.name, name.places, name.at_places, name.link) == (
        "Paris agency",
        [(4, 16, passage.pk)],
        [link],
        None,
    )


def test_name_linked_without_an_alias_is_told_where_its_letters_are():
    document, esa = make_document("The Paris\nagency agreed."), make_entity("ESA")
    make_link(document, "Paris agency", esa)
    (name,) = linking.names_in(document)
    assert [place[:2] for place in name.places] == [(4, 16)]


def test_decisions_on_words_that_are_gone_are_not_told():
    document = make_document("ESA flies.")
    make_link(document, "NASA", make_entity("NASA"))
    old = make_capture(document, "NASA flies.")
    make_link(document, "NASA", make_entity("NASA"), capture=old, start=0, end=4)
    assert linking.names_in(document) == []


@pytest.mark.parametrize(
    ("suggested", "decided", "offered"),
    [
        ("", None, True),
        ("spam", None, False),
        ("news", None, True),
        ("spam", "news", True),
        ("news", "spam", False),
        ("spam", "heading", True),
    ],
)
def test_names_found_only_in_spam_are_not_offered(suggested, decided, offered):
    document = make_document("ESA flies.")
    make_mention(document, "ESA", make_entity("ESA"))
    (passage,) = passages_of(document)
    passage.suggested_reliability = suggested
    passage.save()
    if decided:
        make_assessment(passage, decided)
    assert bool(linking.names_in(document)) == offered


def test_name_found_in_spam_and_elsewhere_is_offered_with_all_its_places():
    document = make_document("ESA flies. Buy ESA mugs.")
    esa = make_entity("ESA")
    make_mention(document, "ESA flies", esa)
    Mention.objects.update(end=3)
    spam = passages_of(document)[1]
    Mention.objects.create(
        capture=document.current_capture, start=15, end=18, entity=esa, passage=spam
    )
    make_assessment(spam, "spam")
    (name,) = linking.names_in(document)
    assert len(name.places) == 2


def test_name_found_only_in_spam_is_told_once_somebody_decided_on_it():
    document, esa = make_document("Buy ESA mugs."), make_entity("ESA")
    make_mention(document, "ESA", esa)
    make_assessment(passages_of(document)[0], "spam")
    make_link(document, "ESA", esa)
    (name,) = linking.names_in(document)
    assert name.only_in_spam


@pytest.mark.parametrize("n", [1, 3])
def test_number_of_queries_does_not_grow_with_the_names(n, django_assert_num_queries):
    names = [f"Agency{i}" for i in range(n)]
    document = make_document(" ".join(f"{name} flies." for name in names))
    for name in names:
        entity = make_entity(name, merged_into=make_entity(f"Into {name}"))
        make_mention(document, name, entity)
        make_link(document, name, entity)
        start = document.current_capture.text.index(name)
        capture = document.current_capture
        make_link(document, name, entity, capture=capture, start=start, end=start + len(name))

    with django_assert_num_queries(5):
        found = linking.names_in(document)

    assert len(found) == n


# --- refusals that are remembered ---------------------------------------------------------------


HOTEL = "The visitors stayed at the Gateway hotel in forty rooms."


def test_a_refusal_is_remembered_for_the_name_in_such_words(
    editor, django_capture_on_commit_callbacks
):
    station, document = make_entity("Gateway"), make_document(HOTEL)
    alike = make_document("Forty visitors left the Gateway hotel and its rooms.")
    other = make_document("NASA assembles the Gateway in lunar orbit.")
    naming.find_again()

    with django_capture_on_commit_callbacks(execute=True):
        refusal = linking.link_name(document, "Gateway", station, "is_not", by=editor)

    assert "refused" in Mention.objects.get(capture=alike.current_capture).because
    assert Mention.objects.get(capture=other.current_capture).because == ""
    with django_capture_on_commit_callbacks(execute=True):
        linking.link_name(document, "Gateway", station, "is", by=editor, seen=refusal.pk)
    assert Mention.objects.get(capture=alike.current_capture).because == ""


def test_a_refusal_at_one_place_is_remembered_with_the_words_there(editor):
    station, document = make_entity("Gateway"), make_document(HOTEL)
    start = HOTEL.index("Gateway")
    link_place(document, start, start + 7, station, "is_not", by=editor)

    [refusal] = refused_names()

    assert (refusal.name, refusal.entity) == ("gateway", station.pk)
    assert refusal.around >= {"visitors", "hotel", "forty", "rooms"}


def test_a_refusal_of_an_entity_is_one_of_those_merged_into_it_too(editor):
    station, document = make_entity("Gateway"), make_document(HOTEL)
    former = make_entity("Deep Space Gateway", merged_into=station)
    linking.link_name(document, "Gateway", station, "is_not", by=editor)

    assert {refusal.entity for refusal in refused_names()} == {station.pk, former.pk}


# --- who may --------------------------------------------------------------------------------------


def test_person_without_a_role_may_not_link():
    nobody, document, esa = make_user(role=""), make_document(), make_entity()
    with pytest.raises(PermissionDenied):
        linking.link_name(document, "ESA", esa, "is", by=nobody)
    with pytest.raises(PermissionDenied):
        link_place(document, 0, 3, esa, "is", by=nobody)
