"""What follows when evidence moves: claims are weighed anew, approvals lapse, in one act."""

import pytest

from curation import assessing, describing, evidencing, identifying, partnering
from curation.models import Approval, Decision, Standing, Summary
from tests.factories import (
    make_approved,
    make_claim,
    make_draft,
    make_entity,
    make_news,
    make_partnership,
    make_party,
    make_source,
    passages_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def source():
    return make_source("Orbital Ledger", grade="B")


@pytest.fixture
def claim(source):
    return make_claim(quotes=[make_news(source=source)])


@pytest.fixture
def approved(claim):
    return make_approved(make_draft(claims=[claim]))


def regrade(claim, source, editor):
    seen = source.grades.in_force().get().pk
    describing.grade(source, by=editor, grade="D", reason="Wrong twice.", seen=seen)


def relabel(claim, source, editor):
    passage = passages_of(claim.evidence.get().quote.capture.document)[0]
    seen = passage.assessments.in_force().get().pk
    assessing.assess_passage(passage, by=editor, reliability="speculative", seen=seen)


def untick(claim, source, editor):
    evidencing.untick(claim.evidence.get(), by=editor)


def withdraw(claim, source, editor):
    evidencing.withdraw_evidence(claim.evidence.get(), by=editor, reason="Not said there.")


def rename_source(claim, source, editor):
    seen = Decision.objects.about(source).first().pk
    describing.change_source(source, by=editor, name="The Ledger", host="", owner=None, seen=seen)


def add_party(claim, source, editor):
    partnering.add_party(
        claim.partnership, by=editor, entity=make_entity("JAXA"), role="partner", claims=[claim]
    )


MOVES = [regrade, relabel, untick, withdraw, rename_source, add_party]


@pytest.mark.parametrize("move", MOVES, ids=lambda move: move.__name__)
def test_approval_lapses_at_once_when_readers_would_be_told_otherwise(
    move, approved, claim, source, editor
):
    move(claim, source, editor)

    approved.refresh_from_db()
    approval = Approval.objects.get()
    assert approved.state == Summary.State.IN_REVIEW
    assert "The evidence changed since it was approved" in approval.lapsed_because
    lapse, act = Decision.objects.order_by("-seq")[:2]
    assert (lapse.act, lapse.act_id, lapse.by) == ("lapse", act.act_id, editor)


def test_renamed_party_lets_the_approval_lapse(claim, editor):
    party = make_party(claim.partnership, make_entity("Roskosmos"), claims=[claim])
    approved = make_approved(make_draft(claims=[claim]))

    identifying.change_entity(
        party.entity,
        by=editor,
        name="Roscosmos",
        kind=party.entity.kind,
        identity=party.entity.identity,
        wikidata_id="",
        part_of=None,
        aliases=[],
    )

    approved.refresh_from_db()
    assert approved.state == Summary.State.IN_REVIEW


def test_approval_stands_when_something_else_moved(approved, editor):
    other = make_source(grade="B")
    make_claim(quotes=[make_news(source=other)])

    regrade(None, other, editor)

    approved.refresh_from_db()
    assert approved.state == Summary.State.APPROVED


def test_standing_moves_with_the_grade(claim, source, editor):
    regrade(claim, source, editor)

    assert Standing.objects.get(claim=claim).word == "doubtful"


def test_renaming_lapses_the_approval_of_a_successor_that_names_it(editor):
    before = make_partnership("Aurora")
    summary = make_approved(make_draft(make_partnership("ExoMars", succeeds=before)))

    partnering.rename(before, by=editor, name="Aurora programme")

    summary.refresh_from_db()
    assert summary.state == "in review"
    assert "partnership" in Approval.objects.get().lapsed_because
