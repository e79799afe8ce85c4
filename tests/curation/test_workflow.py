"""A summary's way, and who may take each step of it."""

import itertools

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from curation import publishing, workflow
from curation.ledger import Refused, decide, one_writer, supersede
from curation.models import Approval, Citation, Decision, Edition, SourceGrade, Summary
from tests.factories import (
    make_approved,
    make_claim,
    make_draft,
    make_news,
    make_partnership,
    make_published,
    make_source,
    make_user,
    ticks,
)

pytestmark = pytest.mark.django_db

STATES = list(Summary.State)


def acts(summary):
    return [line.act for line in Decision.objects.about(summary).order_by("seq")]


def words(summary, **changes):
    latest = summary.latest
    return {"title": latest.title, "standfirst": latest.standfirst, "text": latest.text} | changes


def regrade(source, grade, by=None):
    with one_writer():
        supersede(SourceGrade.objects.in_force().get(source=source))
        decision = decide("grade", source, by=by or make_user())
        SourceGrade.objects.create(source=source, grade=grade, reason="New.", decision=decision)


def source_of(summary):
    claim = summary.partnership.claims.first()
    return claim.evidence.first().quote.capture.document.source


# --- writing ------------------------------------------------------------------------------------


def test_partnership_has_one_summary(contributor):
    partnership = make_partnership()
    workflow.start(partnership, by=contributor)

    with pytest.raises(Refused, match="already"):
        workflow.start(partnership, by=contributor)


def test_saving_keeps_each_revision_and_its_citations(contributor):
    claim = make_claim()
    summary = make_draft(claims=[claim], by=contributor, text="One. [@c999999]")

    workflow.save(
        summary, by=contributor, seen=1, **words(summary, text=f"One. Two. [@{claim.key}]")
    )

    assert list(summary.revisions.values_list("n", "text")) == [
        (2, f"One. Two. [@{claim.key}]"),
        (1, "One. [@c999999]"),
    ]
    rows = Citation.objects.order_by("pk").values_list(
        "revision__n", "part", "sentence", "key", "claim"
    )
    assert list(rows) == [
        (1, "text", 0, "c999999", None),
        (2, "text", 1, claim.key, claim.pk),
    ]


def test_citation_of_another_partnerships_claim_leads_nowhere(contributor):
    other = make_claim()

    make_draft(partnership=make_partnership(), claims=[other], by=contributor)

    assert Citation.objects.get().claim is None


def test_second_of_two_editors_saving_one_draft_is_told_and_nothing_is_overwritten():
    first, second = make_user(username="ana"), make_user()
    summary = make_draft(text="Mine. [@editorial]")
    stale = Summary.objects.get(pk=summary.pk)
    workflow.save(summary, by=first, seen=1, **words(summary, text="Hers. [@editorial]"))

    with pytest.raises(workflow.MoveRefused, match="Somebody else was faster: ana") as refusal:
        workflow.save(stale, by=second, seen=1, **words(summary, text="His. [@editorial]"))

    assert refusal.value.current.text == "Hers. [@editorial]"
    assert summary.revisions.count() == 2


def test_saving_without_saying_which_revision_was_seen_is_refused(contributor):
    summary = make_draft()

    with pytest.raises(workflow.MoveRefused, match="did not say which revision"):
        workflow.save(summary, by=contributor, seen=None, **words(summary, text="x"))


def test_saving_what_is_there_already_writes_nothing_and_makes_no_author(editor):
    summary = make_approved()

    revision = workflow.save(summary, by=editor, seen=1, **words(summary))

    assert (revision.n, summary.state) == (1, "approved")
    assert editor.pk not in workflow.authors(summary)


def test_saving_a_text_in_review_leaves_it_there_with_one_more_author(editor):
    summary = make_draft()
    workflow.submit(summary, by=editor, seen=1)

    workflow.save(summary, by=editor, seen=1, **words(summary, standfirst="New. [@editorial]"))

    assert (summary.state, summary.n) == ("in review", 2)
    with pytest.raises(workflow.MoveRefused, match="authors do not approve"):
        workflow.approve(summary, by=editor, seen=2)


def test_saving_an_approved_text_returns_it_to_review(editor):
    summary = make_approved()

    workflow.save(summary, by=editor, seen=1, **words(summary, standfirst="New. [@editorial]"))

    assert summary.state == "in review"
    approval = Approval.objects.get()
    assert approval.lapsed
    assert approval.lapsed_because == f"{editor} saved revision 2."


def test_too_long_words_are_told_by_field_and_nothing_is_saved(contributor):
    summary = make_draft()

    with pytest.raises(ValidationError) as refusal:
        workflow.save(summary, by=contributor, seen=1, title="t" * 301, standfirst="", text="x")

    assert list(refusal.value.message_dict) == ["title"]
    assert summary.revisions.count() == 1


def test_characters_that_no_database_keeps_are_replaced(contributor):
    summary = make_draft()

    revision = workflow.save(
        summary, by=contributor, seen=1, title="A\x00B", standfirst="\ud800", text="One.\r\nTwo."
    )

    revision.refresh_from_db()
    assert [revision.title, revision.standfirst, revision.text] == [
        "A\ufffdB",
        "\ufffd",
        "One.\nTwo.",
    ]


@pytest.mark.parametrize("part", ["title", "standfirst", "text"])
@pytest.mark.parametrize("sign", ["\u202e", "&#8238;", "&#x202E;"])
def test_text_that_readers_would_see_in_another_order_is_not_saved(contributor, part, sign):
    summary = make_draft()
    changed = words(summary)
    changed[part] = f"Paid {sign}001 euros. [@editorial]"

    with pytest.raises(ValidationError, match=r"invisible character in here \(U\+202E\)") as told:
        workflow.save(summary, by=contributor, seen=1, **changed)

    assert list(told.value.message_dict) == [part]
    assert summary.revisions.count() == 1


def test_note_that_readers_would_see_in_another_order_is_refused(publisher, editor):
    note = "Back \u2067again."

    with pytest.raises(ValidationError, match="2067"):
        workflow.publish(make_approved(), by=publisher, seen=1, note=note)
    with pytest.raises(ValidationError, match="2067"):
        workflow.approve(make_draft(), by=editor, seen=1, reason=note)
    with pytest.raises(ValidationError, match="2067"):
        workflow.send_back(make_approved(), by=editor, seen=1, reason=note)
    with pytest.raises(ValidationError, match="2067"):
        publishing.withdraw(make_published().partnership.page, by=publisher, reason=note)


# --- the table ----------------------------------------------------------------------------------


def test_whole_way_leaves_a_line_for_each_step():
    edition = make_published()
    summary = edition.partnership.summary

    assert acts(summary) == ["start", "save", "submit", "approve", "publish"]
    assert summary.state == "draft"
    assert Approval.objects.get().lapsed_because == "Published as edition 1."


@pytest.mark.parametrize(
    ("verb", "state"),
    [
        (verb, state)
        for verb, state in itertools.product(workflow.MOVES, STATES)
        if state not in workflow.MOVES[verb].sources
    ],
)
def test_each_move_is_refused_from_every_other_state(verb, state, publisher):
    summary = make_draft()
    Summary.objects.filter(pk=summary.pk).update(state=state)
    summary.refresh_from_db()
    reason = {"reason": "Mend it."} if verb == "send_back" else {}

    with pytest.raises(workflow.MoveRefused, match=f"This summary is (a )?{state}"):
        getattr(workflow, verb)(summary, by=publisher, seen=1, **reason)

    assert acts(summary) == ["start", "save"]


@pytest.mark.parametrize(
    ("verb", "role"),
    [("approve", "contributor"), ("send_back", "contributor"), ("publish", "editor")],
)
def test_each_move_needs_its_right(verb, role):
    summary = make_draft()
    reason = {"reason": "Mend it."} if verb == "send_back" else {}

    with pytest.raises(PermissionDenied):
        getattr(workflow, verb)(summary, by=make_user(role), seen=1, **reason)


def test_second_of_two_editors_is_told_somebody_was_faster(editor):
    summary = make_draft()
    stale = Summary.objects.get(pk=summary.pk)
    workflow.submit(summary, by=editor, seen=1)

    with pytest.raises(workflow.MoveRefused, match="Somebody else moved this summary"):
        workflow.submit(stale, by=editor, seen=1)

    assert acts(summary).count("submit") == 1


def test_reviewer_of_an_older_revision_is_told(editor, contributor):
    summary = make_draft()
    workflow.submit(summary, by=contributor, seen=1)
    workflow.save(summary, by=contributor, seen=1, **words(summary, standfirst="x. [@editorial]"))

    with pytest.raises(workflow.MoveRefused, match="saved revision 2"):
        workflow.approve(summary, by=editor, seen=1, confirmed=ticks(summary))


@pytest.mark.parametrize("before", ["in review", "approved"])
def test_reviewer_sends_back_with_a_reason(before, editor):
    summary = make_approved() if before == "approved" else make_draft()
    if before == "in review":
        workflow.submit(summary, by=editor, seen=1)

    with pytest.raises(ValidationError):
        workflow.send_back(summary, by=editor, seen=1, reason="  ")
    workflow.send_back(summary, by=editor, seen=1, reason="Name the source.")

    assert summary.state == "draft"
    assert Decision.objects.about(summary).first().reason == "Name the source."
    assert not Approval.objects.filter(lapsed=None).exists()


def test_refused_move_leaves_the_summary_as_it_was(editor):
    summary = make_draft(text="Nothing cited.")

    with pytest.raises(workflow.MoveRefused) as refusal:
        workflow.submit(summary, by=editor, seen=1)

    assert "uncited" in [obstacle.code for obstacle in refusal.value.obstacles]
    assert summary.state == Summary.objects.get().state == "draft"


# --- who may ------------------------------------------------------------------------------------


@pytest.mark.parametrize("is_superuser", [False, True])
def test_author_neither_approves_nor_publishes(is_superuser):
    author = make_user("publisher", is_superuser=is_superuser)
    summary = make_draft(by=author)
    workflow.submit(summary, by=author, seen=1)

    with pytest.raises(workflow.MoveRefused, match="authors do not approve"):
        workflow.approve(summary, by=author, seen=1)
    workflow.approve(summary, by=make_user("editor"), seen=1, confirmed=ticks(summary))
    with pytest.raises(workflow.MoveRefused, match="authors do not publish"):
        workflow.publish(summary, by=author, seen=1)

    assert not Edition.objects.exists()


def test_small_desk_may_let_authors_publish(settings):
    settings.AUTHORS_MAY_NOT_PUBLISH = False
    author = make_user("publisher")
    summary = make_draft(by=author)

    make_published(summary, reviewer=author, publisher=author)

    assert Edition.objects.count() == 1


def test_authors_are_those_who_saved_since_the_last_edition():
    first, second = make_user("contributor"), make_user("editor")
    edition = make_published(make_draft(by=first))
    summary = edition.partnership.summary

    assert workflow.authors(summary) == {first.pk}

    workflow.save(summary, by=second, seen=1, **words(summary, standfirst="New. [@editorial]"))

    assert workflow.authors(summary) == {second.pk}


def test_author_of_a_withdrawn_text_neither_approves_nor_publishes_its_return():
    author = make_user("publisher")
    summary = make_published(make_draft(by=author)).partnership.summary
    for _ in range(2):  # also when it came back unchanged before
        publishing.withdraw(summary.partnership.page, by=make_user("publisher"), reason="A letter.")
        workflow.submit(summary, by=author, seen=1)

        with pytest.raises(workflow.MoveRefused, match="authors do not approve"):
            workflow.approve(summary, by=author, seen=1)
        workflow.approve(summary, by=make_user("editor"), seen=1, confirmed=ticks(summary))
        with pytest.raises(workflow.MoveRefused, match="authors do not publish"):
            workflow.publish(summary, by=author, seen=1, note="It holds.")
        workflow.publish(summary, by=make_user("publisher"), seen=1, note="It holds.")

    assert workflow.authors(summary) == {author.pk}


# --- approvals lapse ----------------------------------------------------------------------------


def test_publishing_after_the_evidence_moved_is_refused_and_the_lapse_is_kept(publisher):
    summary = make_approved()
    claim = summary.partnership.claims.get()
    regrade(source_of(summary), "C")

    with pytest.raises(workflow.MoveRefused, match=f"changed since .*: {claim.key}"):
        workflow.publish(summary, by=publisher, seen=1)

    assert summary.state == Summary.objects.get().state == "in review"
    assert Approval.objects.get().lapsed
    assert acts(summary)[-1] == "lapse"
    assert not Edition.objects.exists()


def test_approving_again_after_the_evidence_moved_lets_it_out(publisher, editor):
    summary = make_approved()
    regrade(source_of(summary), "C")
    with pytest.raises(workflow.MoveRefused):
        workflow.publish(summary, by=publisher, seen=1)

    workflow.approve(summary, by=editor, seen=1, confirmed=ticks(summary))
    edition = workflow.publish(summary, by=publisher, seen=1)

    assert edition.content["documents"][0]["grade"] == "C"


def test_verb_that_moves_evidence_lapses_what_rests_on_it(editor):
    moved, untouched = make_approved(), make_approved()
    claims = moved.partnership.claims.all()
    with one_writer():
        regrade(source_of(moved), "D", by=editor)
        workflow.evidence_moved(claims, by=editor)

    assert list(Summary.objects.order_by("pk").values_list("state", flat=True)) == [
        "in review",
        "approved",
    ]
    assert untouched.state == "approved"
    assert Decision.objects.about(moved).first().by == editor


def test_evidence_that_moved_nothing_leaves_approvals(editor):
    summary = make_approved()

    with one_writer():
        workflow.evidence_moved(summary.partnership.claims.all(), by=editor)

    assert Summary.objects.get().state == "approved"


def test_evidence_under_no_approval_costs_one_query(editor, django_assert_num_queries):
    claims = list(make_draft().partnership.claims.all())

    with django_assert_num_queries(1):
        workflow.evidence_moved(claims, by=editor)


def test_relabelled_quote_of_a_field_lapses_the_approval_too(publisher):
    from tests.factories import make_party

    partnership = make_partnership()
    claim = make_claim(partnership=partnership, quotes=[make_news()])
    other = make_claim(partnership=partnership, quotes=[make_news(source=make_source(grade="B"))])
    make_party(partnership, claims=[other])
    summary = make_approved(claims=[claim])
    regrade(other.evidence.get().quote.capture.document.source, "D")

    with pytest.raises(workflow.MoveRefused, match="parties"):
        workflow.publish(summary, by=publisher, seen=1)
