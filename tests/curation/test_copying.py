"""Verdicts on copies: who may, what they need, and how claims stand afterwards."""

import json
import random

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from corpus.importing import pipeline
from corpus.importing.records import Record
from corpus.models import CopyEdge, Document
from curation import assessing, copying
from curation.copying import judge, take_back
from curation.ledger import Refused
from curation.models import Approval, Claim, CopyVerdict, Decision, Standing
from curation.standings import refresh, standings
from tests.corpus.analysis.test_copies import REWORDED, WIRE
from tests.factories import (
    make_approved,
    make_claim,
    make_copy,
    make_draft,
    make_entity,
    make_news,
    make_source,
    make_user,
)

pytestmark = pytest.mark.django_db


def news():
    """A firm quote of a document, source, owner and origin of its own."""
    owner = make_entity(f"Owner {Document.objects.count()}")
    return make_news(source=make_source(grade="B", owner=owner))


def document_of(quote):
    return quote.capture.document


def words(claim):
    row = Standing.objects.get(claim=claim)
    return row.word, row.confirmed_word


@pytest.fixture
def pair():
    """A claim that two documents corroborate, of which the machine says that they are copies."""
    quotes = [news(), news()]
    claim = make_claim(quotes=quotes)
    one, other = map(document_of, quotes)
    make_copy(one, other)
    refresh([claim])
    return claim, one, other


def test_copy_that_the_machine_found_counts_once_for_drafts_alone(pair):
    assert words(pair[0]) == ("reported", "corroborated")


def test_independent_documents_count_as_two(pair, contributor):
    claim, one, other = pair
    verdict = judge(one, other, "independent", by=contributor, reason="Each has its own interview.")

    assert words(claim) == ("corroborated", "corroborated")
    assert (verdict.a, verdict.b, verdict.word) == (one, other, "independent")
    line = Decision.objects.first()
    assert (line.act, line.by, line.reason) == (
        "judge copies",
        contributor,
        "Each has its own interview.",
    )
    assert json.loads(line.after) == {"documents": [one.pk, other.pk], "word": "independent"}


def test_same_story_counts_once_for_readers_too(pair, contributor):
    claim, one, other = pair
    judge(other, one, "same_story", by=contributor)
    assert words(claim) == ("reported", "reported")


def test_later_verdict_supersedes_the_earlier_one(pair, contributor):
    claim, one, other = pair
    first = judge(one, other, "same_story", by=contributor)
    second = judge(one, other, "independent", by=contributor, reason="Two visits.", seen=first.pk)
    assert list(CopyVerdict.objects.in_force()) == [second]
    assert json.loads(Decision.objects.first().before)["word"] == "same_story"
    assert words(claim) == ("corroborated", "corroborated")


def test_verdict_is_taken_back_with_a_reason_and_the_machines_word_counts_again(pair, contributor):
    claim, one, other = pair
    verdict = judge(one, other, "independent", by=contributor, reason="Two visits.")

    take_back(other, one, by=contributor, reason="It was one visit.", seen=verdict.pk)

    assert words(claim) == ("reported", "corroborated")
    assert not CopyVerdict.objects.in_force().exists()
    line = Decision.objects.first()
    assert (line.act, line.reason) == ("judge copies", "It was one visit.")
    told = {"documents": [one.pk, other.pk]}
    assert json.loads(line.before) == told | {"word": "independent"}
    assert json.loads(line.after) == told | {"word": "undecided"}


def test_what_people_alone_joined_counts_apart_once_they_take_it_back(contributor):
    quotes = [news(), news()]
    claim = make_claim(quotes=quotes)
    one, other = map(document_of, quotes)
    verdict = judge(one, other, "same_story", by=contributor)
    assert words(claim) == ("reported", "reported")

    take_back(one, other, by=contributor, reason="Wrong pair.", seen=verdict.pk)

    assert words(claim) == ("corroborated", "corroborated")


def test_only_a_verdict_that_the_person_saw_is_taken_back_and_for_a_reason(pair, contributor):
    _, one, other = pair
    with pytest.raises(Refused, match="no verdict to take back"):
        take_back(one, other, by=contributor, reason="Wrong.", seen=None)
    verdict = judge(one, other, "same_story", by=contributor)
    with pytest.raises(Refused, match="Somebody else"):
        take_back(one, other, by=contributor, reason="Wrong.", seen=None)
    with pytest.raises(ValidationError, match="why this is undecided again"):
        take_back(one, other, by=contributor, reason=" ", seen=verdict.pk)
    with pytest.raises(PermissionDenied):
        take_back(one, other, by=make_user(""), reason="Wrong.", seen=verdict.pk)
    assert CopyVerdict.objects.in_force().get() == verdict


def test_chain_through_a_document_that_no_claim_quotes_counts_once(contributor):
    quotes = [news(), news()]
    claim = make_claim(quotes=quotes)
    between = document_of(news())
    one, other = map(document_of, quotes)
    make_copy(one, between)
    refresh([claim])
    assert words(claim) == ("corroborated", "corroborated")

    judge(between, other, "same_story", by=contributor)

    assert words(claim) == ("reported", "corroborated")


def test_independence_needs_a_reason(pair, contributor):
    with pytest.raises(ValidationError, match="how you know that they are independent"):
        judge(*pair[1:], "independent", by=contributor, reason=" ")
    assert not CopyVerdict.objects.exists()


def test_second_of_two_people_is_told_that_somebody_was_faster(pair, contributor):
    judge(*pair[1:], "same_story", by=contributor)
    with pytest.raises(Refused, match="Somebody else"):
        judge(*pair[1:], "independent", by=contributor, reason="Two visits.")


def test_document_is_not_judged_with_itself(pair, contributor):
    with pytest.raises(Refused, match="no copy of itself"):
        judge(pair[1], pair[1], "same_story", by=contributor)


def test_unknown_word_is_refused(pair, contributor):
    with pytest.raises(ValidationError, match="none of"):
        judge(*pair[1:], "unsure", by=contributor)


def test_nobody_judges_without_the_right(pair):
    with pytest.raises(PermissionDenied):
        judge(*pair[1:], "same_story", by=make_user(""))


def test_verdict_lets_the_approval_lapse_when_readers_would_be_told_otherwise(pair, editor):
    claim, one, other = pair
    make_approved(make_draft(claims=[claim]))

    judge(one, other, "independent", by=editor, reason="Two visits.")

    assert "The evidence changed" in Approval.objects.get().lapsed_because
    assert len({line.act_id for line in Decision.objects.order_by("-seq")[:2]}) == 1


def test_import_that_finds_a_copy_moves_what_drafts_are_told_and_nothing_else():
    quotes = [news(), news()]
    claim = make_claim(quotes=quotes)
    for n, quote in enumerate(quotes):
        address = f"https://paper.example/{n}"
        Document.objects.filter(pk=document_of(quote).pk).update(canonical_address=address)
    refresh([claim])
    lines = Decision.objects.count()

    pipeline.run(
        [
            Record(
                f"{n}.txt",
                raw=f"{quotes[n].exact}\n\n{text}".encode(),
                address=f"https://paper.example/{n}",
            )
            for n, text in enumerate([WIRE, REWORDED])
        ],
        label="test",
        after_store=assessing.text_collected,
        after_copies=copying.copies_found,
    )

    assert words(claim) == ("reported", "corroborated")
    assert Decision.objects.count() == lines


def test_stored_standings_are_those_of_a_slow_recomputation(contributor):
    """Whatever is found and said, in whatever order."""
    rng = random.Random(7)
    quotes = [news() for _ in range(6)]
    claims = [make_claim(quotes=rng.sample(quotes, 3)) for _ in range(6)]
    refresh(claims)
    documents = [document_of(quote) for quote in quotes]
    for step in range(25):
        one, other = sorted(rng.sample(documents, 2), key=lambda each: each.pk)
        if rng.random() < 0.5:
            edge, _ = CopyEdge.objects.get_or_create(
                a=one, b=other, defaults={"score": 1, "algorithm": 1}
            )
            gone = rng.choice([None, edge.a.current_capture.sightings.first().collected_at])
            CopyEdge.objects.filter(pk=edge.pk).update(gone_at=gone)
            copying.copies_found({one.pk, other.pk})
        else:
            seen = CopyVerdict.objects.in_force().filter(a=one, b=other).first()
            word = rng.choice(["same_story", "independent"])
            if seen and step % 2:
                take_back(one, other, by=contributor, reason="Wrong.", seen=seen.pk)
            else:
                reason, was = f"Seen {step}.", seen and seen.pk
                judge(one, other, word, by=contributor, reason=reason, seen=was)
        stored = dict(Standing.objects.values_list("claim", "inputs"))
        told = dict(Standing.objects.values_list("claim", "word"))
        assert told == {pk: each.word for pk, each in standings(Claim.objects.all()).items()}
        refresh(Claim.objects.all())
        assert stored == dict(Standing.objects.values_list("claim", "inputs"))
    assert Decision.objects.filter(after__contains="undecided").exists()
