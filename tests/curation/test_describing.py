"""What documents, sources and imports are, as people say."""

import json
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from corpus.models import Document, ImportRun, Source
from curation import describing
from curation.ledger import Refused, latest_about
from curation.models import Decision, Description, SetAside, SourceGrade, Standing
from curation.standings import refresh
from tests.factories import (
    NOON,
    make_claim,
    make_document,
    make_entity,
    make_evidence,
    make_news,
    make_quote,
    make_run,
    make_source,
    make_user,
)

pytestmark = pytest.mark.django_db


def acts():
    return list(Decision.objects.exclude(act="test").order_by("seq").values_list("act", flat=True))


def word(claim):
    return Standing.objects.get(claim=claim).word


# --- documents ------------------------------------------------------------------------------------


def describe(document, by, **values):
    told = {
        "title": "A title",
        "source": None,
        "published": "",
        "published_basis": "",
        "url": "",
        "origin_entity": None,
        "origin_words": "",
    }
    return describing.describe(document, by=by, **told | values)


def test_description_sets_the_values_in_force(contributor):
    document, source, esa = make_document(title="Cart"), make_source(), make_entity("ESA")

    description = describe(
        document,
        contributor,
        title="  A rover\nfor Mars ",
        source=source,
        published="2024-05",
        published_basis="text",
        url="https://example.org/rover",
        origin_entity=esa,
    )

    document.refresh_from_db()
    for row in (document, description):
        assert (row.title, row.source, row.url, row.origin_entity) == (
            "A rover for Mars",
            source,
            "https://example.org/rover",
            esa,
        )
        assert (row.published, row.published_basis) == ("2024-05", "text")
    assert (document.published_earliest, document.published_latest) == (
        date(2024, 5, 1),
        date(2024, 5, 31),
    )
    line = description.decision
    assert (line.act, json.loads(line.before)["title"]) == ("describe", "Cart")
    assert json.loads(line.after)["source"] == source.pk


def test_description_leaves_what_was_collected(contributor):
    document = make_document(path="a.txt", source_as_given="Wire")
    describe(document, contributor, title="Other")
    document.refresh_from_db()
    assert (document.path, document.source_as_given) == ("a.txt", "Wire")
    assert document.current_capture.sightings.get().path == "a.txt"


def test_date_that_a_person_entered_says_so(contributor):
    assert describe(make_document(), contributor, published="2024").published_basis == "person"


def test_date_taken_away_takes_its_basis_along(contributor):
    document = make_document(published="2024", published_basis="text")
    description = describe(document, contributor, published_basis="text")
    document.refresh_from_db()
    assert (description.published, description.published_basis) == ("", "")
    assert (document.published, document.published_basis) == ("", "")


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"title": " "}, "title"),
        ({"title": "x" * 301}, "title"),
        ({"title": "a\x00b"}, "title"),
        ({"published": "last spring"}, "published"),
        ({"published": "2024-02-30"}, "published"),
        ({"published": "2024", "published_basis": "guess"}, "published_basis"),
        ({"url": "javascript:alert(1)"}, "url"),
        ({"url": "example.org"}, "url"),
        ({"origin_words": "x" * 201}, "origin_words"),
    ],
)
def test_description_that_cannot_be_names_the_field(contributor, values, field):
    document = make_document(title="Kept")
    with pytest.raises(ValidationError) as refused:
        describe(document, contributor, **values)
    assert list(refused.value.message_dict) == [field]
    document.refresh_from_db()
    assert (document.title, Description.objects.count(), acts()) == ("Kept", 0, [])


def test_document_has_one_origin(contributor):
    with pytest.raises(ValidationError, match="not both"):
        describe(make_document(), contributor, origin_entity=make_entity(), origin_words="x")


def test_second_description_supersedes_the_first(contributor):
    document = make_document()
    first = describe(document, contributor, title="First")
    second = describe(document, contributor, title="Second", seen=first.pk)
    assert list(Description.objects.in_force()) == [second]
    assert Description.objects.count() == 2
    assert json.loads(second.decision.before)["title"] == "First"


def test_description_that_the_editor_did_not_see_is_not_overwritten(contributor):
    document = make_document()
    describe(document, contributor, title="First")
    for seen in (None, 10**6):
        with pytest.raises(Refused, match="Somebody else"):
            describe(document, contributor, title="Second", seen=seen)
    document.refresh_from_db()
    assert document.title == "First"


def test_naming_the_source_and_origin_moves_what_rests_on_the_document(contributor):
    document = make_news(grade="A").capture.document
    claim = make_claim(quotes=document.current_capture.quotes.all())
    refresh([claim])
    assert word(claim) == "reported"

    first = describe(document, contributor, source=None)
    assert word(claim) == "reported"  # not graded, credibility 2: fair
    describe(document, contributor, source=make_source(grade="E"), seen=first.pk)

    assert word(claim) == "doubtful"


# --- grades ---------------------------------------------------------------------------------------


def test_grade_moves_what_rests_on_the_source(editor):
    quote = make_news(grade="B")
    claim, source = make_claim(quotes=[quote]), quote.capture.document.source
    before = source.grades.get()

    row = describing.grade(
        source, by=editor, grade="D", reason="Two inventions this year.", seen=before.pk
    )

    assert word(claim) == "doubtful"
    assert list(source.grades.in_force()) == [row]
    line = row.decision
    assert (line.act, line.reason) == ("grade", "Two inventions this year.")
    assert (json.loads(line.before), json.loads(line.after)) == ("B", "D")


def test_letter_needs_a_written_reason(editor):
    source = make_source()
    for reason in ("", "  "):
        with pytest.raises(ValidationError, match="why this source has earned its grade"):
            describing.grade(source, by=editor, grade="B", reason=reason)
    assert describing.grade(source, by=editor, grade="F", reason="").grade == "F"


@pytest.mark.parametrize("letter", ["", "G", "a"])
def test_grade_is_a_letter_from_a_to_f(editor, letter):
    with pytest.raises(ValidationError):
        describing.grade(make_source(), by=editor, grade=letter, reason="x")
    assert SourceGrade.objects.count() == 0


def test_grade_that_the_editor_did_not_see_is_not_overwritten(editor):
    source = make_source(grade="B")
    with pytest.raises(Refused, match="Somebody else"):
        describing.grade(source, by=editor, grade="A", reason="x")
    assert source.grades.in_force().get().grade == "B"


def test_of_two_who_grade_a_source_at_once_the_second_is_told(at_once):
    source, one, other = make_source(), make_user(), make_user()

    raised = at_once(
        lambda: describing.grade(source, by=one, grade="A", reason="x"),
        lambda: describing.grade(source, by=other, grade="E", reason="x"),
    )

    assert [type(error) for error in raised if error] == [Refused]
    assert source.grades.count() == 1


# --- sources --------------------------------------------------------------------------------------


def test_source_is_made_and_changed(editor):
    esa = make_entity("ESA")
    merged = make_entity("European Space Agency", merged_into=esa)

    source = describing.make_source(by=editor, name=" ESA  Portal ", host="www.esa.int")
    seen = latest_about(source)
    describing.change_source(source, by=editor, seen=seen, name="ESA", host="esa.int", owner=merged)

    source.refresh_from_db()
    assert (source.name, source.host, source.owner) == ("ESA", "esa.int", esa)
    made, changed = Decision.objects.about(source).order_by("seq")
    assert (made.act, json.loads(made.after)["name"]) == ("make source", "ESA Portal")
    assert (changed.act, json.loads(changed.before)["name"]) == ("change source", "ESA Portal")
    assert json.loads(changed.after)["owner"] == esa.pk


@pytest.mark.parametrize("name", ["", "x" * 201, "a\x00", "wire", "WIRE"])
def test_source_needs_a_name_of_its_own(editor, name):
    make_source("Wire")
    with pytest.raises(ValidationError):
        describing.make_source(by=editor, name=name)
    other = make_source("Other")
    with pytest.raises(ValidationError):
        describing.change_source(other, by=editor, name=name, host="", owner=None)
    assert set(Source.objects.values_list("name", flat=True)) == {"Wire", "Other"}
    assert acts() == []


def test_source_that_nobody_changed_gets_no_line(editor):
    source = make_source("ESA press", owner=make_entity())
    told = {"name": " ESA press ", "host": source.host, "owner": source.owner}

    assert not describing.change_source(source, by=editor, **told)

    assert not Decision.objects.about(source).exists()


def test_source_is_changed_by_who_saw_the_last_decision_about_it(editor):
    source = make_source("Wire")
    describing.grade(source, by=editor, grade="B", reason="Corrects itself.")

    with pytest.raises(Refused, match="Somebody else"):
        describing.change_source(source, by=editor, name="Other", host="", owner=None)
    source.refresh_from_db()
    assert source.name == "Wire"


def test_owner_of_a_source_is_the_origin_of_what_it_publishes(editor):
    esa = make_entity("ESA")
    sources = [make_source(grade="B"), make_source(grade="B")]
    claim = make_claim(quotes=[make_news(source=source) for source in sources])
    refresh([claim])
    assert word(claim) == "reported"  # both origins unknown

    seen = latest_about(sources[0])
    describing.change_source(sources[0], by=editor, seen=seen, name="ESA", host="", owner=esa)

    assert word(claim) == "corroborated"


# --- imports --------------------------------------------------------------------------------------


def test_import_is_set_aside_and_brought_back(editor):
    run = make_run()
    document = make_document(run=run)
    capture = document.current_capture

    row = describing.set_aside(run, by=editor, reason="Wrong folder.")

    run.refresh_from_db()
    document.refresh_from_db()
    assert run.set_aside_at is not None
    assert document.current_capture is None
    assert (row.reason, row.decision.act, row.decision.reason) == (
        "Wrong folder.",
        "set aside",
        "Wrong folder.",
    )

    describing.bring_back(run, by=editor, reason="It was the right one.")

    run.refresh_from_db()
    document.refresh_from_db()
    assert (run.set_aside_at, document.current_capture) == (None, capture)
    assert SetAside.objects.in_force().count() == 0
    assert acts() == ["set aside", "bring back"]


def test_import_is_not_set_aside_where_a_claim_rests_on_it(editor):
    run = make_run()
    document = make_document(run=run, title="A rover for Mars")
    evidence = make_evidence(make_claim(), make_quote(document))

    with pytest.raises(Refused, match="A rover for Mars"):
        describing.set_aside(run, by=editor, reason="x")
    assert acts() == []

    type(evidence).objects.update(superseded_at=NOON)
    assert describing.set_aside(run, by=editor, reason="x").pk


def test_import_is_set_aside_where_another_saw_the_quoted_text_too(editor):
    first, second = make_run(), make_run()
    quote = make_news(run=first)
    claim = make_claim(quotes=[quote])
    sighting = quote.capture.sightings.get()
    sighting.pk, sighting.import_run = None, second
    sighting.save()
    refresh([claim])

    describing.set_aside(second, by=editor, reason="Twice.")

    assert Document.objects.get().current_capture == quote.capture
    assert word(claim) == "reported"
    with pytest.raises(Refused, match="Claims rest on"):
        describing.set_aside(first, by=editor, reason="x")


def test_import_is_set_aside_once_and_brought_back_once(editor):
    run = make_run()
    with pytest.raises(Refused, match="is not set aside"):
        describing.bring_back(run, by=editor, reason="x")
    describing.set_aside(run, by=editor, reason="x")
    with pytest.raises(Refused, match="set aside already"):
        describing.set_aside(run, by=editor, reason="x")


def test_running_import_is_not_set_aside(editor):
    run = make_run(state=ImportRun.State.RUNNING)
    with pytest.raises(Refused, match="is not over"):
        describing.set_aside(run, by=editor, reason="x")


def test_setting_aside_and_bringing_back_ask_why(editor):
    run = make_run()
    with pytest.raises(ValidationError, match="Write why"):
        describing.set_aside(run, by=editor, reason="")
    describing.set_aside(run, by=editor, reason="x")
    with pytest.raises(ValidationError, match="Write why"):
        describing.bring_back(run, by=editor, reason=" ")


# --- who may --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "act",
    [
        lambda by: describing.grade(make_source(), by=by, grade="A", reason="x"),
        lambda by: describing.make_source(by=by, name="x"),
        lambda by: describing.change_source(make_source(), by=by, name="x", host="", owner=None),
        lambda by: describing.set_aside(make_run(), by=by, reason="x"),
        lambda by: describing.bring_back(make_run(), by=by, reason="x"),
    ],
)
def test_contributor_may_not_decide_on_sources_and_imports(contributor, act):
    with pytest.raises(PermissionDenied):
        act(contributor)


def test_person_without_a_role_may_not_describe():
    with pytest.raises(PermissionDenied):
        describe(make_document(), make_user(role=""))
