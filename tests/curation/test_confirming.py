"""The reviewer confirms each sentence that cites: it says no more than its claims."""

import pytest
from django.db import connection

from curation import describing, drafting, workflow
from curation.confirming import confirmed_before, evidence_seen, to_confirm
from curation.gathering import gather, prose_of
from curation.models import Approval, Confirmation
from tests.factories import (
    make_approved,
    make_claim,
    make_draft,
    make_finding,
    make_news,
    make_partnership,
    make_source,
    make_user,
    ticks,
)

pytestmark = pytest.mark.django_db
ONE, TWO = "According to ESA, they agreed.", "According to ESA, they met."


@pytest.fixture
def reviewer():
    return make_user("editor")


@pytest.fixture
def source():
    return make_source(grade="B")


@pytest.fixture
def summary(source):
    """In review: two paragraphs of a cited sentence each, and one of the desk's own words."""
    one = make_claim(words="They agreed.", quotes=[make_news(source=source)])
    two = make_claim(
        partnership=one.partnership, words="They met.", quotes=[make_news("They met.")]
    )
    text = f"{ONE} [@{one.key}]\n\n{TWO} [@{two.key}] So it is. [@editorial]"
    summary = make_draft(one.partnership, claims=[one, two], text=text)
    workflow.submit(summary, by=make_user("contributor"), seen=1)
    return summary


def approve(summary, by, **kwargs):
    kwargs.setdefault("confirmed", ticks(summary))
    return workflow.approve(summary, by=by, seen=summary.n, **kwargs)


def send_back(summary, by):
    workflow.send_back(summary, by=by, seen=summary.n, reason="Say less.")


def rewrite(summary, text):
    before, by = summary.latest, make_user("contributor")
    words = {"title": before.title, "standfirst": before.standfirst}
    drafting.save(summary, by=by, seen=summary.n, text=text, **words)
    summary.refresh_from_db()
    if summary.state == "draft":
        workflow.submit(summary, by=by, seen=summary.n)


def before(summary, reviewer):
    found = confirmed_before(gather(summary), reviewer)
    text = {each.sha256: each.text for each in prose_of(summary.latest).sentences}
    return {text[digest]: (each.moved, each.elsewhere) for digest, each in found.items()}


def test_each_sentence_that_cites_is_to_be_confirmed_and_no_other(summary):
    assert [each.text for each in to_confirm(prose_of(summary.latest))] == [ONE, TWO]


def test_title_and_finding_are_confirmed_too_and_the_same_sentence_once():
    partnership = make_partnership()
    finding = make_finding(partnership)
    claim = make_claim(partnership=partnership, quotes=[make_news()])
    summary = make_draft(
        partnership,
        claims=[claim],
        title=f"A rover for two [@{claim.key}]",
        text=f"No treaty was found. [@{finding.key}] {ONE} [@{claim.key}]\n\n{ONE} [@{claim.key}]",
    )
    asked = to_confirm(prose_of(summary.latest))
    assert [(each.n, each.text) for each in asked] == [
        (1, "A rover for two"),
        (2, "No treaty was found."),
        (3, ONE),
    ]


def test_confirmations_are_kept_with_the_approval(summary, reviewer):
    approval = approve(summary, reviewer)
    kept = Confirmation.objects.values_list("approval", "sentence_sha256")
    assert set(kept) == {(approval.pk, digest) for digest in ticks(summary)}


def test_approval_is_refused_in_words_while_a_sentence_is_not_confirmed(summary, reviewer):
    with pytest.raises(workflow.MoveRefused) as refused:
        approve(summary, reviewer, confirmed=ticks(summary)[:1])
    assert f"Sentence 3 is not confirmed: “{TWO}”." in str(refused.value)
    assert [each.sentence for each in refused.value.obstacles] == [3]
    summary.refresh_from_db()
    assert summary.state == "in review"
    assert not Approval.objects.exists()


def test_many_that_are_not_confirmed_are_told_by_number(reviewer):
    claim = make_claim(quotes=[make_news()])
    told = ["agreed", "so agreed", "did agree", "have agreed"]
    text = " ".join(f"According to ESA, they {words}. [@{claim.key}]" for words in told)
    summary = make_draft(claims=[claim], text=text)
    workflow.submit(summary, by=make_user("contributor"), seen=1)
    with pytest.raises(workflow.MoveRefused) as refused:
        approve(summary, reviewer, confirmed=[])
    assert str(refused.value) == "Sentences 2, 3, 4 and 5 are not confirmed."
    assert len(refused.value.obstacles) == 4


@pytest.mark.parametrize("forged", ["0" * 64, "x", ""])
def test_sentences_of_another_text_are_refused(summary, reviewer, forged):
    with pytest.raises(workflow.MoveRefused, match="not in this text"):
        approve(summary, reviewer, confirmed=[*ticks(summary), forged])


def test_changed_sentence_is_confirmed_anew(summary, reviewer):
    seen = ticks(summary)
    approve(summary, reviewer)
    one, two = summary.partnership.claims.order_by("pk")
    rewrite(summary, f"{ONE} [@{one.key}]\n\n{TWO} [@{two.key}] [@{one.key}]")
    with pytest.raises(workflow.MoveRefused, match="Sentence 3 is not confirmed"):
        approve(summary, reviewer, confirmed=seen)


def test_evidence_that_moved_since_it_was_shown_is_read_again(summary, reviewer, source):
    shown = evidence_seen(gather(summary))
    describing.grade(
        source,
        by=reviewer,
        grade="A",
        reason="Its record.",
        seen=source.grades.in_force().get().pk,
    )
    with pytest.raises(workflow.MoveRefused, match="The evidence moved since you opened"):
        approve(summary, reviewer, evidence=shown)
    approve(summary, reviewer, evidence=evidence_seen(gather(summary)))


# --- confirmed before ---------------------------------------------------------------------------


def test_what_was_confirmed_before_counts_while_nothing_under_or_around_it_changed(
    summary, reviewer
):
    approve(summary, reviewer)
    send_back(summary, reviewer)
    one, two = summary.partnership.claims.order_by("pk")
    rewrite(summary, f"{ONE} [@{one.key}]\n\n{TWO} [@{two.key}] So it was. [@editorial]")
    assert before(summary, reviewer) == {ONE: ((), False), TWO: ((), True)}
    assert before(summary, make_user("editor")) == {}


def test_sentence_that_stands_twice_is_read_again_where_either_place_changed(summary, reviewer):
    one = summary.partnership.claims.order_by("pk")[0]
    told = f"{ONE} [@{one.key}]"
    send_back(summary, reviewer)
    rewrite(summary, f"{told}\n\n{told} So it is. [@editorial]")
    approve(summary, reviewer)
    send_back(summary, reviewer)
    rewrite(summary, f"{told}\n\n{told} So it was. [@editorial]")
    assert before(summary, reviewer) == {ONE: ((), True)}


def test_what_moved_under_a_sentence_confirmed_before_is_named(summary, reviewer, source):
    approve(summary, reviewer)
    seen = source.grades.in_force().get().pk
    describing.grade(source, by=reviewer, grade="A", reason="Its record.", seen=seen)
    one = summary.partnership.claims.order_by("pk")[0]
    assert before(summary, reviewer) == {ONE: ((one.key,), False), TWO: ((), False)}


def test_other_citations_make_it_another_sentence(summary, reviewer):
    approve(summary, reviewer)
    send_back(summary, reviewer)
    two = summary.partnership.claims.latest("pk")
    rewrite(summary, f"{ONE} [@{two.key}]\n\n{TWO} [@{two.key}] So it is. [@editorial]")
    assert before(summary, reviewer) == {TWO: ((), False)}


def test_confirmed_before_tells_of_the_last_approval_alone(summary, reviewer):
    approve(summary, reviewer)
    send_back(summary, reviewer)
    one = summary.partnership.claims.order_by("pk")[0]
    rewrite(summary, f"{ONE} [@{one.key}]")
    approve(summary, reviewer)
    send_back(summary, reviewer)
    two = summary.partnership.claims.order_by("pk")[1]
    rewrite(summary, f"{ONE} [@{one.key}]\n\n{TWO} [@{two.key}]")
    assert before(summary, reviewer) == {ONE: ((), False)}


@pytest.mark.parametrize("n", [1, 3])
def test_confirming_asks_as_often_for_three_sentences_as_for_one(
    n, reviewer, django_assert_num_queries
):
    partnership = make_partnership()
    claims = [make_claim(partnership=partnership, quotes=[make_news()]) for _ in range(n)]
    summary = make_draft(partnership, claims=claims)
    workflow.submit(summary, by=make_user("contributor"), seen=1)
    confirmed = ticks(summary)
    reviewer.has_perm("curation.review_summary")
    locks = connection.vendor == "postgresql"  # SQLite's transaction is the lock
    with django_assert_num_queries(43 + locks):
        approve(summary, reviewer, confirmed=confirmed)
    assert make_approved().state == "approved"
