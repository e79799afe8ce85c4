"""What the rule of standing is told about the rows of the desk, and what is stored of it."""

import json
from datetime import date

import pytest
from django.utils import timezone

from corpus.models import Document, Entity, ImportRun, Passage
from curation.models import Assessment, Claim, SourceGrade, Standing
from curation.standing import RULE_VERSION, PassageFacts, Who
from curation.standings import facts, refresh, resting_on, standings
from tests.factories import (
    NOON,
    make_assessment,
    make_capture,
    make_claim,
    make_decision,
    make_document,
    make_entity,
    make_evidence,
    make_news,
    make_quote,
    make_source,
    passages_of,
)

pytestmark = pytest.mark.django_db


def told_of(claim):
    return facts([claim])[0]


def told_of_only_quote(claim):
    (evidence,) = told_of(claim).evidence
    return evidence


def word(claim):
    return standings([claim])[claim.pk].word


# --- what is gathered -------------------------------------------------------------------------


def test_claim_is_told_with_its_evidence():
    nasa, esa = make_entity("NASA"), make_entity("ESA")
    source = make_source("ESA Portal", grade="B", owner=esa)
    quote = make_news(source=source)
    claim = make_claim(
        acting=[nasa, esa], told_as="plan", date="2028", date_latest=date(2028, 12, 31)
    )
    evidence = make_evidence(claim, quote, own_record_of=[esa])

    told = told_of(claim)

    assert (told.told_as, told.last_day) == ("plan", date(2028, 12, 31))
    assert told.acting == (Who(esa.pk, "ESA"), Who(nasa.pk, "NASA"))
    (found,) = told.evidence
    assert (found.id, found.quote, found.document) == (
        evidence.pk,
        quote.pk,
        quote.capture.document_id,
    )
    assert found.passages == (PassageFacts("news", 2),)
    assert (found.stance, found.ticked, found.source, found.grade) == (
        "supports",
        True,
        "ESA Portal",
        "B",
    )
    assert found.owner == found.origin == Who(esa.pk, "ESA")
    assert found.own_record_of == (Who(esa.pk, "ESA"),)
    assert found.withdrawn == ""


def test_claims_are_told_in_the_order_asked():
    claims = [make_claim() for _ in range(3)]
    asked = [claims[2], claims[0], claims[1]]
    assert [told.id for told in facts(asked)] == [claim.pk for claim in asked]


def test_quote_touches_the_current_passages_it_overlaps():
    document = make_document("One is here. Two is here. Three is here.")
    one, two, three = passages_of(document)
    make_assessment(one, credibility=3)
    make_assessment(two, "speculative")
    make_assessment(three, "spam")
    claim = make_claim(quotes=[make_quote(document, "here. Two")])

    assert [passage.label for passage in told_of_only_quote(claim).passages] == [
        "news",
        "speculative",
    ]


def test_retired_passages_and_superseded_labels_are_left_out():
    document = make_document("One is here.")
    (passage,) = passages_of(document)
    make_assessment(passage, "spam", superseded_at=NOON)
    make_assessment(passage, "news")
    retired = Passage.objects.create(
        capture=passage.capture,
        start=0,
        end=3,
        text="One",
        text_sha256="",
        kind="fragment",
        made_by="test",
        retired_at=NOON,
    )
    make_assessment(retired, "spam")

    claim = make_claim(quotes=[make_quote(document)])

    assert [passage.label for passage in told_of_only_quote(claim).passages] == ["news"]


def test_headings_and_repetitions_are_told():
    document = make_document("Two is here. Two is here.")
    one, two = passages_of(document)
    Passage.objects.filter(pk=one.pk).update(kind="heading")
    Passage.objects.filter(pk=two.pk).update(repeats=one)

    claim = make_claim(quotes=[make_quote(document, document.current_capture.text)])

    assert told_of_only_quote(claim).passages == (
        PassageFacts(heading=True),
        PassageFacts(repeats=True),
    )


def test_nearly_the_same_words_are_no_repetition():
    """“They will fly” and “They will not fly” are alike to the machine; a person ticked one."""
    document = make_document("They will fly. They will not fly.", source=make_source(grade="B"))
    one, two = passages_of(document)
    Passage.objects.filter(pk=two.pk).update(repeats=one)
    make_assessment(two, credibility=2)

    claim = make_claim(quotes=[make_quote(document, two.text)])

    assert told_of_only_quote(claim).passages == (PassageFacts("news", 2),)
    assert word(claim) == "reported"


def test_label_of_a_document_is_that_of_the_capture_quoted():
    document = make_document()
    claim = make_claim(quotes=[make_quote(document)])
    make_assessment(document, credibility=2, reasons=["specific"])
    other = make_capture(document, "Other text.")
    Document.objects.filter(pk=document.pk).update(current_capture=other)
    document.refresh_from_db()
    make_assessment(document, credibility=5)

    told = told_of_only_quote(claim)

    assert (told.document_credibility, told.document_reasons) == (2, ("specific",))


def test_source_without_a_grade_in_force_is_not_graded():
    quote = make_news(grade="A")
    claim = make_claim(quotes=[quote])
    SourceGrade.objects.update(superseded_at=timezone.now())

    assert told_of_only_quote(claim).grade == "F"


def test_document_without_a_source_is_told():
    claim = make_claim(quotes=[make_quote(make_document(source=None))])
    told = told_of_only_quote(claim)
    assert (told.source, told.grade, told.owner, told.origin) == ("", "F", None, None)


def test_origin_is_the_evidences_else_the_documents_else_the_owners_of_the_source():
    owner, of_document, of_evidence = (make_entity(name) for name in ("Owner", "Doc", "Evidence"))
    document = make_document(source=make_source(owner=owner))
    evidence = make_evidence(make_claim(), make_quote(document))

    def origin():
        return told_of_only_quote(evidence.claim).origin

    assert origin() == Who(owner.pk, "Owner")
    Document.objects.filter(pk=document.pk).update(origin_words="a ministry")
    assert origin() == Who(None, "a ministry")
    Document.objects.filter(pk=document.pk).update(origin_words="", origin_entity=of_document)
    assert origin() == Who(of_document.pk, "Doc")
    other = make_evidence(make_claim(), evidence.quote, origin_entity=of_evidence)
    assert told_of_only_quote(other.claim).origin == Who(of_evidence.pk, "Evidence")


def test_merged_entities_are_told_as_what_they_were_merged_into():
    last = make_entity("Last")
    middle = make_entity("Middle", merged_into=last)
    first = make_entity("First", merged_into=middle)
    quote = make_news(source=make_source(grade="B", owner=first))
    claim = make_claim(acting=[first, middle])
    make_evidence(claim, quote, own_record_of=[middle])

    told = told_of(claim)

    who = Who(last.pk, "Last")
    assert told.acting == (who,)
    assert (told.evidence[0].owner, told.evidence[0].own_record_of) == (who, (who,))
    assert word(claim) == "on record"


def test_superseded_evidence_is_left_out():
    claim = make_claim()
    make_evidence(claim, superseded_at=NOON)
    assert told_of(claim).evidence == ()


def test_text_of_an_import_set_aside_is_withdrawn_unless_another_import_saw_it():
    claim = make_claim(quotes=[make_news()])
    ImportRun.objects.update(set_aside_at=NOON)
    assert told_of_only_quote(claim).withdrawn == "its import was set aside"
    assert word(claim) == "unsupported"


def test_redacted_words_are_withdrawn():
    quote = make_news()
    claim = make_claim(quotes=[quote])
    by = make_decision().pk
    type(quote).objects.filter(pk=quote.pk).update(exact="", redacted_by=by)
    assert told_of_only_quote(claim).withdrawn == "its words were removed"


def test_replaced_claim_is_told_why():
    claim = make_claim()
    make_claim(replaces=claim, because="overtaken")
    make_claim(replaces=claim, because="reworded")
    assert told_of(claim).replaced_because == ("overtaken", "reworded")


# --- each row of the rule, from rows of the desk --------------------------------------------------


@pytest.mark.parametrize(
    ("grade", "reliability", "credibility", "expected"),
    [
        ("B", "news", 2, "reported"),
        ("B", "news", 6, "reported"),
        ("F", "news", 3, "unverified"),
        ("D", "news", 2, "doubtful"),
        ("B", "speculative", 6, "speculative"),
        ("B", "spam", 6, "unsupported"),
    ],
)
def test_one_quote_makes_a_claim_stand(grade, reliability, credibility, expected):
    quote = make_news(grade=grade, credibility=credibility) if reliability == "news" else None
    if quote is None:
        document = make_document(source=make_source(grade=grade))
        quote = make_quote(document)
        make_assessment(passages_of(document)[0], reliability)
    assert word(make_claim(quotes=[quote])) == expected


def test_two_owners_corroborate_and_one_owner_does_not():
    esa, nasa = make_entity("ESA"), make_entity("NASA")
    one, other, third = (
        make_news(source=make_source(grade="B", owner=owner)) for owner in (esa, nasa, esa)
    )
    assert word(make_claim(quotes=[one, other])) == "corroborated"
    assert word(make_claim(quotes=[one, third])) == "reported"


def test_merging_two_owners_makes_two_origins_one():
    esa, also_esa = make_entity("ESA"), make_entity("European Space Agency")
    quotes = [make_news(source=make_source(grade="B", owner=owner)) for owner in (esa, also_esa)]
    claim = make_claim(quotes=quotes)
    assert word(claim) == "corroborated"
    Entity.objects.filter(pk=also_esa.pk).update(merged_into=esa)
    assert word(claim) == "reported"


# --- storing ----------------------------------------------------------------------------------


def test_refreshing_stores_the_word_the_version_and_what_the_rule_was_told():
    claim = make_claim(quotes=[make_news()])

    refresh([claim])

    row = Standing.objects.get(claim=claim)
    assert (row.word, row.confirmed_word, row.rule_version) == (
        "reported",
        "reported",
        RULE_VERSION,
    )
    assert json.loads(row.inputs)["evidence"][0]["grade"] == "B"


def test_refreshing_again_overwrites_what_was_stored():
    claim = make_claim()
    refresh([claim])
    make_evidence(claim, make_news())

    refresh(Claim.objects.all())

    assert Standing.objects.get().word == "reported"


def test_inputs_are_the_same_text_for_the_same_evidence():
    claim = make_claim(quotes=[make_news()], acting=[make_entity("B"), make_entity("A")])
    refresh([claim])
    first = Standing.objects.get().inputs
    refresh([claim])
    assert Standing.objects.get().inputs == first


def test_refreshing_nothing_is_fine():
    refresh([])
    assert Standing.objects.count() == 0


@pytest.mark.parametrize("n", [1, 3])
def test_number_of_queries_does_not_grow_with_the_claims(n, django_assert_num_queries):
    claims = []
    for i in range(n):
        owner = make_entity("Owner", merged_into=make_entity(f"Entity {i}"))
        quotes = [make_news(source=make_source(grade="B", owner=owner)) for _ in range(n)]
        claim = make_claim(acting=[owner])
        for quote in quotes:
            make_evidence(claim, quote, own_record_of=[owner])
        claims.append(claim)

    with django_assert_num_queries(16):
        refresh(claims)

    assert set(Standing.objects.values_list("word", flat=True)) == {"on record"}


# --- what rests on what -----------------------------------------------------------------------


def test_what_rests_on_a_source_document_passage_or_quote():
    quote, other = make_news("ESA agreed. NASA agreed."), make_news()
    claim = make_claim(quotes=[quote])
    make_claim(quotes=[other])
    document = quote.capture.document
    first, second = passages_of(document)

    assert list(resting_on(source=document.source)) == [claim]
    assert list(resting_on(document=document)) == [claim]
    assert list(resting_on(quote=quote)) == [claim]
    assert list(resting_on(passage=first)) == [claim]
    assert list(resting_on(passage=second)) == []


def test_nothing_rests_on_superseded_evidence():
    quote = make_news()
    make_evidence(make_claim(), quote, superseded_at=NOON)
    assert list(resting_on(quote=quote)) == []


def test_what_rests_on_an_entity():
    esa = make_entity("ESA")
    merged = make_entity("European Space Agency", merged_into=esa)
    owned = make_claim(quotes=[make_news(source=make_source(grade="B", owner=merged))])
    acting = make_claim(acting=[esa])
    origin = make_evidence(make_claim(), make_news(), origin_entity=esa).claim
    of_document = make_claim(quotes=[make_news(origin_entity=esa)])
    recorded = make_evidence(make_claim(), make_news(), own_record_of=[merged]).claim
    make_claim(quotes=[make_news()], acting=[make_entity("NASA")])

    found = resting_on(entity=esa)

    assert set(found) == {owned, acting, origin, of_document, recorded}
    assert found.count() == 5


def test_resting_on_counts_every_claim_once():
    quote = make_news("ESA agreed. NASA agreed.")
    document = quote.capture.document
    claim = make_claim(quotes=[quote, make_quote(document, "NASA agreed.")])
    assert list(resting_on(document=document)) == [claim]


def test_labels_are_those_of_people_not_suggestions():
    document = make_document()
    Passage.objects.update(suggested_reliability="news")
    assert Assessment.objects.count() == 0
    assert word(make_claim(quotes=[make_quote(document)])) == "unsupported"
