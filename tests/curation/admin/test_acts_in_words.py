"""What somebody decided, as the list of causes tells it."""

import pytest

from curation import (
    assessing,
    claiming,
    concluding,
    copying,
    describing,
    evidencing,
    identifying,
    ledger,
    linking,
)
from curation.admin.acts_in_words import headings
from curation.models import Decision
from curation.standings import refresh
from tests.factories import (
    make_claim,
    make_document,
    make_entity,
    make_news,
    make_partnership,
    make_source,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(editor):
    """What the last act is told as."""

    def last():
        decision = Decision.objects.order_by("-seq").first()
        return headings([decision])[decision.pk]

    return last


@pytest.fixture
def claim():
    quote = make_news(
        "ESA and NASA agreed.", title="A rover", source=make_source("Wire", grade="B")
    )
    claim = make_claim(words="They agreed.", quotes=[quote], told_as="plan")
    refresh([claim])
    return claim


@pytest.fixture
def document(claim):
    return claim.evidence.get().quote.capture.document


def test_grade(told, document, editor):
    seen = document.source.grades.in_force().get().pk
    describing.grade(document.source, by=editor, grade="D", reason="Its record.", seen=seen)
    assert told() == "Regraded: Wire"


def test_label_of_a_passage(told, document, editor):
    passage = document.current_capture.passages.first()
    seen = passage.assessments.get().pk
    assessing.assess_passage(passage, by=editor, reliability="speculative", seen=seen)
    assert told() == "Labelled anew: a passage of “A rover”"


@pytest.mark.parametrize(
    ("verdict", "words"), [("is", "stands for"), ("is_not", "does not stand for")]
)
def test_link(told, document, editor, verdict, words):
    linking.link_name(document, "NASA", make_entity("The agency"), verdict, by=editor, seen=None)
    assert told() == f"“NASA” {words} The agency, in A rover"


def test_merging(told, editor):
    one, other = make_entity("Roskosmos"), make_entity("Roscosmos")
    identifying.merge(one, other, by=editor, reason="They are one.")
    assert told() == "Roskosmos merged into Roscosmos"
    one.refresh_from_db()
    identifying.unmerge(one, by=editor, reason="They are two.")
    assert told() == "Roskosmos parted again from Roscosmos"


def test_evidence(told, claim, editor):
    evidence = claim.evidence.get()
    evidencing.untick(evidence, by=editor)
    assert told() == f"Tick taken away: what is put to {claim.key}, “They agreed.”"
    evidencing.withdraw_evidence(evidence, by=editor, reason="It says less.")
    assert told() == f"Evidence withdrawn from {claim.key}, “They agreed.”"


def test_verdict_on_copies(told, document, editor):
    other = make_document("ESA and NASA agreed.", title="A copy")
    copying.judge(document, other, "same_story", by=editor, reason="I asked.", seen=None)
    assert told() == "One story: A rover / A copy"


def test_claims(told, claim, editor):
    made = claiming.make_claim(make_partnership("An orbiter"), by=editor, words="They met.")
    assert told() == f"New claim {made.key}, “They met.”, on An orbiter"
    new = claiming.replace(claim, by=editor, because="reworded", words="They did agree.")
    assert told() == f"{claim.key} replaced by {new.key}, “They did agree.”"


def test_outcome(told, claim, editor):
    concluding.conclude(claim, "happened", by=editor, reason="I asked.")
    assert told() == f"Outcome told of {claim.key}: They agreed."


def test_act_that_nobody_foresaw_is_told_as_the_ledger_has_it(told, document, editor):
    with ledger.one_writer():
        ledger.decide("turn_round", document, by=editor, after="{broken")
    assert told() == "Turn round: A rover"


def test_line_whose_words_were_removed_is_told_without_them(told, document, editor):
    linking.link_name(document, "NASA", make_entity("The agency"), "is", by=editor, seen=None)
    line = Decision.objects.order_by("-seq").first()
    line.after, line.subject_label = "", ""
    assert headings([line])[line.pk] == "“” was linked to somebody, in (words removed)"


@pytest.mark.parametrize("n", [1, 3])
def test_lines_are_told_in_as_many_queries_as_one(n, editor, django_assert_num_queries):
    for number in range(n):
        claim = make_claim(quotes=[make_news(f"NASA met {number} times.")])
        refresh([claim])
        document = claim.evidence.get().quote.capture.document
        linking.link_name(document, "NASA", make_entity(), "is", by=editor, seen=None)
        claiming.replace(claim, by=editor, because="mistaken", words="They met.")
        evidencing.withdraw_evidence(claim.evidence.get(), by=editor, reason="It says less.")
    lines = list(Decision.objects.filter(act__in=["link", "make claim", "withdraw evidence"]))
    with django_assert_num_queries(3):
        assert len(set(headings(lines))) == 3 * n
