"""What people change: the cut, the description, entities, whether an import counts."""

from datetime import UTC, datetime

import pytest
from django.core.exceptions import ValidationError

from corpus import revising, search
from corpus.importing import naming, pipeline
from corpus.importing.records import Record
from corpus.models import Capture, Document, Entity, ImportRun, Mention, Passage
from tests.factories import (
    make_capture,
    make_document,
    make_entity,
    make_run,
    make_source,
    passages_of,
)

pytestmark = pytest.mark.django_db


def texts(document):
    return [passage.text for passage in passages_of(document)]


# --- the cut ----------------------------------------------------------------------------------


def test_passage_is_split_where_the_person_says():
    document = make_document("Read on ESA and NASA agreed. They will fly.")
    first, second = passages_of(document)

    parts = revising.split(first, [len("Read on ")])

    assert [(part.text, part.start, part.made_by) for part in parts] == [
        ("Read on", 0, "person"),
        ("ESA and NASA agreed.", 8, "person"),
    ]
    assert texts(document) == ["Read on", "ESA and NASA agreed.", "They will fly."]
    first.refresh_from_db()
    assert first.retired_at
    assert second in passages_of(document)


def test_places_are_those_of_the_text_not_of_the_passage():
    document = make_document("First one. Second part and more.")
    second = passages_of(document)[1]
    parts = revising.split(second, [document.current_capture.text.index("part")])
    assert [part.text for part in parts] == ["Second", "part and more."]


def test_passage_is_split_at_several_places():
    document = make_document("one two three")
    parts = revising.split(passages_of(document)[0], [8, 4, 4])
    assert [part.text for part in parts] == ["one", "two", "three"]


@pytest.mark.parametrize("at", [[], [0], [13], [-1], [99], [4, 99]])
def test_place_outside_the_passage_is_refused(at):
    document = make_document("one two three")
    with pytest.raises(ValidationError, match="inside the passage"):
        revising.split(passages_of(document)[0], at)
    assert texts(document) == ["one two three"]


def test_current_passages_never_overlap_and_cover_all_words():
    document = make_document("ESA and NASA agreed. They will fly.\n\nJAXA joins them.")
    parts = revising.split(passages_of(document)[1], [26, 30])
    revising.join([parts[2], passages_of(document)[-1]])
    revising.join(passages_of(document)[:2])
    text, at, between = document.current_capture.text, 0, ""
    for passage in passages_of(document):
        assert passage.start >= at
        between, at = between + text[at : passage.start], passage.end
    assert (between + text[at:]).strip() == ""


def test_neighbours_are_joined():
    document = make_document("Dr. Chen agreed. They will fly. JAXA joins.")
    first, second, third = passages_of(document)
    joined = revising.join([second, first])
    assert joined.text == "Dr. Chen agreed. They will fly."
    assert joined.made_by == "person"
    assert passages_of(document) == [joined, third]


def test_heading_and_sentence_become_a_sentence():
    document = make_document("A heading\n\nESA agreed.")
    heading, sentence = passages_of(document)
    assert heading.kind == "heading"
    assert revising.join([heading, sentence]).kind == "sentence"


def test_joining_what_was_split_revives_the_passage():
    document = make_document("ESA and NASA agreed.")
    (whole,) = passages_of(document)
    parts = revising.split(whole, [4])
    joined = revising.join(parts)
    assert joined == whole
    assert joined.retired_at is None
    assert Passage.everything.count() == 3
    assert [part.pk for part in revising.split(joined, [4])] == [part.pk for part in parts]


def test_only_neighbours_of_one_text_are_joined():
    document, other = make_document("One. Two. Three."), make_document("Four. Five.")
    first, second, third = passages_of(document)
    with pytest.raises(ValidationError, match="Only neighbours"):
        revising.join([first, third])
    with pytest.raises(ValidationError, match="Passages of two texts"):
        revising.join([first, passages_of(other)[0]])
    with pytest.raises(ValidationError, match="at least two"):
        revising.join([first])
    revising.join([first, second])
    with pytest.raises(ValidationError, match="cut this text differently"):
        revising.join([second, third])
    with pytest.raises(ValidationError, match="cut this text differently"):
        revising.split(second, [7])


def test_mentions_move_to_the_passages_that_hold_them_now():
    document = make_document("ESA agreed, NASA agreed.")
    make_entity("ESA"), make_entity("NASA")
    naming.find_again()
    parts = revising.split(passages_of(document)[0], [12])
    assert [mention.passage for mention in Mention.objects.order_by("start")] == parts
    joined = revising.join(parts)
    assert {mention.passage for mention in Mention.objects.all()} == {joined}


def test_new_passages_get_suggestions_over_the_new_cut():
    text = "Leave a Reply ESA and NASA agreed on Monday to fly together, ESA said."
    pipeline.run([Record("a.txt", raw=text.encode())], label="test")
    passage = Passage.objects.get()
    spam, rest = revising.split(passage, [len("Leave a Reply ")])
    assert spam.suggested_reliability == "spam"
    assert spam.suggestion_reasons
    assert spam.suggestion_version
    assert rest.suggested_reliability == "news"


def test_repetitions_follow_the_cut():
    again = "ESA and NASA agreed on Monday to fly together."
    more = "JAXA joined them with an instrument that listens for quakes under the dust of Mars."
    text = f"{again} {more}\n\n{again}\n\nSomething else happened."
    pipeline.run([Record("a.txt", raw=text.encode())], label="test")
    first, joined, second, other = Passage.objects.all()
    assert second.repeats == first

    whole = revising.join([first, joined])
    second.refresh_from_db()
    assert second.repeats is None

    revising.split(whole, [joined.start])
    second.refresh_from_db()
    assert second.repeats == first
    assert other.repeats is None


# --- descriptions -----------------------------------------------------------------------------

NOTHING = {
    "title": "A title",
    "source": None,
    "published": "",
    "published_basis": "",
    "url": "",
    "origin_entity": None,
    "origin_words": "",
}


def test_description_is_in_force():
    document = make_document(source_as_given="Meridian")
    source, esa = make_source("Orbit Brief"), make_entity("ESA")
    revising.describe(
        document,
        **NOTHING
        | {
            "title": "Bridges to the Moon",
            "source": source,
            "published": "2022-03",
            "published_basis": "text",
            "url": "https://example.org/",
            "origin_entity": esa,
        },
    )
    document.refresh_from_db()
    assert (document.title, document.source) == ("Bridges to the Moon", source)
    assert f"{document.published_earliest} {document.published_latest}" == "2022-03-01 2022-03-31"
    assert (document.published_basis, document.origin_entity) == ("text", esa)
    assert (document.canonical_address, document.source_as_given) == ("", "Meridian")
    assert list(search.found("bridges moon")) == [document]


def test_date_without_basis_is_a_persons_and_no_date_has_none():
    document = make_document()
    revising.describe(document, **NOTHING | {"published": "2024?"})
    assert document.published_basis == "person"
    revising.describe(document, **NOTHING | {"published_basis": "text"})
    assert (document.published, document.published_basis) == ("", "")
    assert document.published_earliest is None


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("published", "last spring"),
        ("title", ""),
        ("title", "x" * 301),
        ("url", "https://example.org/" + "x" * 2001),
        ("url", "javascript:alert(1)"),
        ("published_basis", "a guess"),
    ],
)
def test_what_cannot_be_described_is_told_by_field(field, value):
    document = make_document()
    with pytest.raises(ValidationError) as refused:
        revising.describe(document, **NOTHING | {"published": "2024"} | {field: value})
    assert list(refused.value.message_dict) == [field]


def test_document_has_one_origin():
    values = NOTHING | {"origin_entity": make_entity(), "origin_words": "a report"}
    with pytest.raises(ValidationError, match="not both"):
        revising.describe(make_document(), **values)


def test_source_gets_an_owner_and_loses_it():
    source, esa = revising.add_source(" ESA  press "), make_entity("ESA")
    assert source.name == "ESA press"
    revising.set_source_owner(source, esa)
    source.refresh_from_db()
    assert source.owner == esa
    revising.change_source(source, name="ESA", host="esa.example", owner=None)
    assert (source.name, source.owner) == ("ESA", None)
    revising.change_source(source, name="Ésa", host="", owner=None)
    with pytest.raises(ValidationError, match="a source of this name"):
        revising.add_source("éSA")


# --- imports set aside ------------------------------------------------------------------------


def seen_on(document, text, day):
    run = make_run()
    make_capture(document, text, run=run, collected_at=datetime(2026, 3, day, tzinfo=UTC))
    revising.follow_sightings(document)
    return run


def test_document_goes_back_to_the_text_of_the_imports_that_count():
    document = make_document("ESA agreed.", title="In force", published="2024")
    first = document.current_capture
    later = seen_on(document, "ESA refused.", day=9)
    assert list(search.found("refused")) == [document]

    revising.set_aside(later)

    document.refresh_from_db()
    assert later.set_aside_at
    assert document.current_capture == first
    assert (document.title, document.published) == ("In force", "2024")
    assert list(search.found("agreed")) == [document]
    assert list(search.found("refused")) == []

    revising.bring_back(later)
    document.refresh_from_db()
    assert document.current_capture.text == "ESA refused."
    assert list(search.found("refused")) == [document]


def test_document_that_no_import_counts_for_leaves_the_desk_and_comes_back():
    run = make_run()
    document, other = make_document("ESA agreed.", run=run), make_document("NASA agreed.")
    search.store_words(document)
    revising.set_aside(run)
    assert list(Document.objects.on_the_desk()) == [other]
    assert list(search.found("esa")) == []
    revising.bring_back(run)
    assert set(Document.objects.on_the_desk()) == {document, other}
    assert list(search.found("esa")) == [document]
    assert Capture.objects.count() == 2


def test_suggestion_follows_the_text_in_force():
    spam = "Leave a Reply\n\nNo products in the cart.\n\nRead More →\n"
    news = "ESA and NASA signed an agreement on Monday, ESA said. It takes effect in May 2024."
    pipeline.run([Record("a.txt", raw=news.encode())], label="one")
    document = Document.objects.get()
    suggested = document.suggested_reliability
    assert suggested == "news"
    record = Record("a.txt", raw=f"{spam}\n{news}".encode())
    run = pipeline.run([record], label="two")
    Document.objects.update(suggested_reliability="spam")
    revising.set_aside(run)
    document.refresh_from_db()
    assert document.suggested_reliability == suggested


def test_import_is_set_aside_once():
    run = make_run()
    with pytest.raises(ValidationError, match="not set aside"):
        revising.bring_back(run)
    revising.set_aside(run)
    with pytest.raises(ValidationError, match="set aside already"):
        revising.set_aside(ImportRun.objects.get())


def test_text_imported_again_after_setting_aside_is_on_the_desk():
    run = pipeline.run([Record("a.txt", raw=b"ESA agreed.")], label="one")
    revising.set_aside(run)
    outcomes = []
    record = Record("a.txt", raw=b"ESA agreed.")
    pipeline.run([record], label="two", on_outcome=outcomes.append)
    assert outcomes[0].word == "unchanged"
    assert outcomes[0].words == ("This text was there before; it is in force again.",)
    assert Document.objects.on_the_desk().count() == 1


# --- entities ---------------------------------------------------------------------------------


def test_entity_is_made_with_its_names():
    entity = revising.add_entity(
        name=" European  Space Agency ",
        kind="agency",
        aliases=["ESA", "ESA", "European Space Agency"],
    )
    assert (entity.name, entity.slug) == ("European Space Agency", "european-space-agency")
    assert entity.identity == "untraced"
    assert {alias.text for alias in entity.aliases.all()} == {"European Space Agency", "ESA"}


@pytest.mark.parametrize("name", ["ESA", "日本", "!!!", "x" * 200])
def test_slugs_are_made_from_names_and_never_clash(name):
    slugs = {revising.add_entity(name=name, kind="agency").slug for _ in range(3)}
    assert len(slugs) == 3
    assert all(slugs)


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"name": "  "}, "cannot be blank"),
        ({"kind": "planet"}, "not a valid choice"),
        ({"wikidata_id": "23548"}, "A Wikidata id is a Q and a number"),
        ({"wikidata_id": "Q1"}, "merge the two"),
        ({"aliases": [""]}, "cannot be blank"),
        ({"aliases": ["x" * 201]}, "at most 200"),
    ],
)
def test_what_is_no_entity_is_refused_in_words(values, message):
    make_entity("Other", wikidata_id="Q1")
    with pytest.raises(ValidationError, match=message):
        revising.add_entity(**{"name": "ESA", "kind": "agency"} | values)


def test_former_name_stays_an_alias():
    entity = revising.add_entity(name="Roskosmos", kind="agency")
    values = {"kind": "agency", "identity": "confirmed", "wikidata_id": "", "part_of": None}
    revising.change_entity(entity, name="Roscosmos", **values)
    entity.refresh_from_db()
    assert (entity.name, entity.slug, entity.identity) == ("Roscosmos", "roskosmos", "confirmed")
    assert {alias.text for alias in entity.aliases.all()} == {"Roscosmos", "Roskosmos"}
    with pytest.raises(ValidationError, match="own name"):
        revising.remove_alias(entity.aliases.get(text="Roscosmos"))
    revising.remove_alias(entity.aliases.get(text="Roskosmos"))
    assert entity.aliases.count() == 1


def test_nothing_is_part_of_its_own_part():
    whole = make_entity("ExoMars")
    part = make_entity("Rover", part_of=whole)
    values = {"name": "ExoMars", "kind": "mission", "identity": "confirmed", "wikidata_id": ""}
    with pytest.raises(ValidationError, match="itself part of"):
        revising.change_entity(whole, **values, part_of=part)


def test_merging_sets_where_to_and_nothing_else():
    esa, agency = make_entity("ESA"), make_entity("European Space Agency")
    make_document("ESA agreed.")
    naming.find_again()
    before = [list(model.objects.values()) for model in (Mention, Document)]

    revising.merge(esa, agency)

    esa.refresh_from_db()
    assert esa.resolved == agency
    assert esa.aliases.count() == 1
    assert [list(model.objects.values()) for model in (Mention, Document)] == before
    revising.unmerge(esa)
    assert Entity.objects.get(pk=esa.pk).merged_into is None


def test_merging_in_a_circle_is_refused():
    one, two, three = make_entity("One"), make_entity("Two"), make_entity("Three")
    revising.merge(one, two)
    revising.merge(two, three)
    for entity, into in [(three, one), (three, three), (one, three)]:
        with pytest.raises(ValidationError):
            revising.merge(entity, into)
    assert one.resolved == three


def test_unmerging_what_is_not_merged_is_refused():
    with pytest.raises(ValidationError, match="is not merged"):
        revising.unmerge(make_entity())


def test_unmerging_is_refused_while_another_has_the_wikidata_id():
    one, two = make_entity("One", wikidata_id="Q1"), make_entity("Two")
    revising.merge(one, two)
    two.wikidata_id = "Q1"
    two.save()
    with pytest.raises(ValidationError, match="Another entity has this Wikidata id"):
        revising.unmerge(one)
