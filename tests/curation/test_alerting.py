"""Evidence moves, and whoever holds the claim knows: drafts, current editions, their readers."""

from datetime import timedelta

import pytest
from django.db import connection

from corpus.importing import pipeline
from corpus.importing.records import Record
from corpus.models import Document
from curation import (
    claiming,
    concluding,
    copying,
    describing,
    drafting,
    evidencing,
    partnering,
    publishing,
    resolving,
)
from curation.assessing import assess_passage, text_collected
from curation.ledger import Refused
from curation.models import Alert, Decision, Evidence, Page, SourceGrade, Standing, Summary
from curation.standings import refresh
from tests.factories import (
    NOON,
    make_assessment,
    make_claim,
    make_copy,
    make_draft,
    make_entity,
    make_news,
    make_published,
    make_quote,
    make_source,
    make_user,
    passages_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def source():
    return make_source(grade="B")


@pytest.fixture
def claim(source):
    """A claim that is reported, from one source."""
    claim = make_claim(quotes=[make_news(source=source)])
    refresh([claim])
    return claim


@pytest.fixture
def edition(claim):
    """It is told in a current edition; the draft behind it holds it too."""
    return make_published(make_draft(claims=[claim]))


def grade(source, letter, by=None):
    seen = source.grades.in_force().first()
    return describing.grade(
        source,
        by=by or make_user("editor"),
        grade=letter,
        reason="Its record." if letter != "F" else "",
        seen=seen and seen.pk,
    )


def alerts():
    rows = Alert.objects.order_by("holder_kind", "pk")
    return [(row.holder_kind, row.severity, row.resolution) for row in rows]


def page_of(edition):
    return Page.objects.get(partnership=edition.partnership)


def told(edition):
    return [notice.words for notice in page_of(edition).notices.open()]


# --- causes -----------------------------------------------------------------------------------


def test_regrade_that_takes_a_standing_is_told_to_editors_and_readers_in_one_act(source, edition):
    grade(source, "E")

    assert alerts() == [("edition", "critical", ""), ("summary", "major", "")]
    assert page_of(edition).status == "under review"
    (notice,) = page_of(edition).notices.open()
    assert notice.decision == Decision.objects.get(act="grade", after='"E"')
    assert "It was reported then, and is doubtful now." in notice.words
    assert notice.sentence is not None


def test_alert_tells_what_moved(source, edition):
    grade(source, "E")
    alert = Alert.objects.first()
    assert [(each[0], *each[2:]) for each in alert.changes] == [("grade", "B", "E")]
    assert (alert.word_before, alert.word_after) == ("reported", "doubtful")


def test_alert_goes_to_who_wrote_the_draft(source, claim):
    writer = make_user("contributor")
    make_draft(claims=[claim], by=writer)
    grade(source, "E")
    assert Alert.objects.get().assignee == writer


def test_regrade_that_leaves_the_standing_closes_itself(source, edition):
    grade(source, "A")
    assert alerts() == [("edition", "minor", "as before"), ("summary", "minor", "as before")]
    assert told(edition) == []


def test_regrade_that_lifts_a_standing_is_for_editors_alone(claim, edition):
    other = make_source(grade="E")
    evidence = evidencing.add_evidence(
        claim,
        make_news("NASA says so.", source=other),
        by=make_user("editor"),
        ticked=True,
        origin_words="NASA",
    )
    assert evidence.ticked
    assert alerts() == []
    grade(other, "B")
    assert alerts() == [("edition", "major", ""), ("summary", "major", "")]
    assert told(edition) == []


def test_relabelled_passage_alerts(claim, edition):
    passage = passages_of(claim.evidence.get().quote.capture.document)[0]
    seen = passage.assessments.in_force().get()
    assess_passage(passage, by=make_user("editor"), seen=seen.pk, reliability="speculative")
    assert alerts() == [("edition", "critical", ""), ("summary", "major", "")]


def test_withdrawn_evidence_alerts_though_the_standing_is_as_before(claim, edition, source):
    again = evidencing.add_evidence(
        claim, make_news("They agreed.", source=source), by=make_user("editor"), ticked=True
    )
    evidencing.withdraw_evidence(again, by=make_user("editor"), reason="It says less.")
    assert alerts() == [("edition", "major", ""), ("summary", "major", "")]
    assert told(edition) == []


def test_unticked_evidence_alerts_and_ticking_it_again_undoes_it(claim, edition):
    evidence = claim.evidence.get()
    evidencing.untick(evidence, by=make_user("editor"))
    assert alerts() == [("edition", "critical", ""), ("summary", "major", "")]
    evidencing.tick(evidence, by=make_user("editor"))
    assert {resolution for _, _, resolution in alerts()} == {"undone"}
    assert told(edition) == []
    assert page_of(edition).status == "usable"


def test_replaced_claim_alerts(claim, edition):
    claiming.replace(
        claim, by=make_user("editor"), because="mistaken", words="ESA agreed with JAXA."
    )
    held = Alert.objects.filter(claim=claim)
    assert {alert.severity for alert in held} == {"major"}
    assert held.count() == 2


def test_new_disputing_evidence_alerts_where_it_takes_a_standing(claim, edition):
    quote = make_news("NASA never agreed.", source=make_source(grade="A"))
    evidencing.add_evidence(
        claim, quote, by=make_user("editor"), stance=Evidence.Stance.DISPUTES, ticked=True
    )
    assert alerts() == [("edition", "critical", ""), ("summary", "major", "")]


def test_looking_for_the_first_time_alerts_nobody(source):
    claim = make_claim()
    refresh([claim])
    make_draft(claims=[claim])
    evidence = evidencing.add_evidence(claim, make_news(source=source), by=make_user("editor"))
    evidencing.tick(evidence, by=make_user("editor"))
    assert alerts() == []


def test_nobody_is_alerted_of_what_nobody_holds(source, claim):
    grade(source, "E")
    assert alerts() == []


def test_found_copy_alerts_editors_and_changes_no_page(claim, edition):
    other = make_source(grade="B", name="Another wire")
    quote = make_news("Elsewhere.", source=other)
    evidencing.add_evidence(claim, quote, by=make_user("editor"), ticked=True, origin_words="NASA")
    corroborated = make_published(make_draft(claims=[claim]), kind="update")
    before = page_of(corroborated).version
    one, two = (each.quote.capture.document for each in claim.evidence.order_by("pk"))
    edge = make_copy(one, two)
    copying.copies_found({one.pk, two.pk})
    assert alerts() == [("edition", "major", ""), ("summary", "major", "")]
    assert {(each.cause_kind, each.cause_id) for each in Alert.objects.all()} == {
        ("copy edge", edge.pk)
    }
    assert page_of(edition).version == before


# --- undone, and as before ----------------------------------------------------------------------


def test_cause_undone_closes_its_own_and_the_notice(source, edition):
    grade(source, "E")
    grade(source, "B")
    assert [resolution for _, _, resolution in alerts()] == ["undone", "undone"]
    assert told(edition) == []
    assert page_of(edition).status == "usable"


def test_other_evidence_takes_the_weight_from_an_alert(claim, source, edition):
    grade(source, "E")
    evidencing.add_evidence(
        claim,
        make_news("NASA says so too.", source=make_source(grade="B")),
        by=make_user("editor"),
        ticked=True,
    )
    assert told(edition) == []
    assert not Alert.objects.open().exists()


def test_second_fall_tells_readers_of_the_present_standing(claim, source, edition):
    grade(source, "E")
    evidencing.untick(claim.evidence.get(), by=make_user("editor"))
    (words,) = told(edition)
    assert "is unsupported now" in words
    assert page_of(edition).notices.count() == 2


# --- what people do -----------------------------------------------------------------------------


def test_confirmed_alert_is_closed_by_a_decision_with_its_reason(source, claim):
    make_draft(claims=[claim])
    grade(source, "E")
    editor = make_user("editor")
    resolving.reconfirm(Alert.objects.all(), by=editor, reason="Told as doubtful.")
    alert = Alert.objects.get()
    assert alert.resolution == "reconfirmed"
    assert (alert.decision.by, alert.decision.reason) == (editor, "Told as doubtful.")


def test_one_click_confirms_all_of_a_cause(source, claim):
    other = make_claim(quotes=[make_news("They met.", source=source)])
    refresh([other])
    make_draft(claims=[claim])
    make_draft(claims=[other])
    grade(source, "E")
    count = resolving.reconfirm(Alert.objects.all(), by=make_user("editor"), reason="Seen.")
    assert count == 2
    acts = Decision.objects.filter(act="confirm evidence").values_list("act_id", flat=True)
    assert len(acts) == 2
    assert len(set(acts)) == 1


def test_what_readers_are_told_wrongly_is_not_confirmed_away(source, edition):
    grade(source, "E")
    critical = Alert.objects.filter(severity="critical")
    with pytest.raises(Refused, match=r"told that .* is reported, and it is doubtful now"):
        resolving.reconfirm(critical, by=make_user("editor"), reason="Fine.")
    assert critical.open().exists()


def test_second_to_confirm_is_told(source, claim):
    make_draft(claims=[claim])
    grade(source, "E")
    resolving.reconfirm(Alert.objects.all(), by=make_user("editor"), reason="Seen.")
    with pytest.raises(Refused, match="in the meantime"):
        resolving.reconfirm(Alert.objects.all(), by=make_user("editor"), reason="Seen.")


def test_claim_that_the_draft_drops_is_held_no_more(source, claim):
    other = make_claim(
        partnership=claim.partnership,
        quotes=[make_news("They met.", source=make_source(grade="B"))],
    )
    summary = make_draft(claims=[claim, other])
    grade(source, "E")
    writer = make_user("contributor")
    drafting.save(
        summary,
        by=writer,
        seen=summary.n,
        title=claim.partnership.name,
        standfirst="",
        text=f"They met. [@{other.key}]",
    )
    assert alerts() == [("summary", "major", "removed")]


def test_answered_alert_closes_when_the_draft_is_published(source, claim, edition):
    summary = Summary.objects.get()
    grade(source, "D")
    writer = make_user("contributor")
    carrying = make_claim(
        partnership=claim.partnership,
        quotes=[make_news("They met.", source=make_source(grade="B"))],
    )
    refresh([carrying])
    text = f"They met. [@{carrying.key}] Whether they agreed is in doubt. [@{claim.key}]"
    drafting.save(
        summary, by=writer, seen=summary.n, title=claim.partnership.name, standfirst="", text=text
    )
    resolving.answer(
        Alert.objects.open().filter(holder_kind="summary"), summary, by=writer, seen=summary.n
    )
    assert Alert.objects.filter(answered_in=None).count() == 0
    made = make_published(summary, kind="correction", note="It is in doubt.")
    assert alerts() == [("edition", "critical", "corrected"), ("summary", "major", "reworded")]
    assert told(made) == []
    assert page_of(made).status == "usable"


def test_answer_holds_while_the_sentence_stands_as_it_was(source, claim):
    summary = make_draft(claims=[claim])
    grade(source, "D")
    writer = make_user("contributor")
    resolving.answer(Alert.objects.all(), summary, by=writer, seen=summary.n)
    latest = summary.latest
    drafting.save(
        summary,
        by=writer,
        seen=summary.n,
        title=latest.title,
        standfirst="What is known. [@editorial]",
        text=latest.text,
    )
    assert Alert.objects.get().answered_in == summary.latest
    drafting.save(
        summary,
        by=writer,
        seen=summary.n,
        title=latest.title,
        standfirst="",
        text=f"They did agree. [@{claim.key}]",
    )
    assert Alert.objects.get().answered_in is None


def test_answer_for_what_tells_an_outcome_holds_while_its_plan_is_told_as_it_was(source, claim):
    plan = make_claim(
        partnership=claim.partnership, told_as="plan", quotes=[make_news("They will.")]
    )
    refresh([plan])
    writer = make_user("contributor")
    summary = make_draft(claims=[plan])
    concluding.conclude(plan, "happened", by=writer, by_claim=claim)
    grade(source, "D")
    alert = Alert.objects.get(claim=claim, holder_kind="summary")
    resolving.answer([alert], summary, by=writer, seen=summary.n)
    title = summary.latest.title
    drafting.save(
        summary,
        by=writer,
        seen=summary.n,
        title=title,
        standfirst="",
        text=f"It was to be. [@{plan.key}]",
    )
    assert Alert.objects.get(pk=alert.pk).answered_in is None


def test_withdrawal_closes_what_was_open_of_the_page(source, edition):
    grade(source, "E")
    publishing.withdraw(page_of(edition), by=make_user("publisher"), reason="It no longer stands.")
    held = Alert.objects.filter(holder_kind="edition")
    assert [alert.resolution for alert in held] == ["withdrawn"]


def test_withdrawn_party_takes_the_alerts_of_what_it_rested_on_along(source, claim):
    other = make_claim(partnership=claim.partnership, quotes=[make_news("They met.")])
    make_draft(claims=[other])
    by = make_user("editor")
    party = partnering.add_party(
        claim.partnership, by=by, entity=make_entity(), role="partner", claims=[claim]
    )
    grade(source, "E")
    assert alerts() == [("summary", "major", "")]
    partnering.withdraw_party(party, by=by, reason="It takes no part.")
    assert alerts() == [("summary", "major", "removed")]


def test_only_a_claim_that_takes_its_sentence_down_is_critical(claim, source):
    weak = make_claim(partnership=claim.partnership, quotes=[make_news("They met.", grade="E")])
    refresh([weak])
    text = f"The report says that they agreed. [@{claim.key}] [@{weak.key}]"
    make_published(make_draft(claim.partnership, claims=[claim, weak], text=text))
    passage = passages_of(weak.evidence.get().quote.capture.document)[0]
    seen = passage.assessments.in_force().get()
    grade(source, "E")  # now both are doubtful, as readers are told of the sentence
    assess_passage(passage, by=make_user("editor"), seen=seen.pk, reliability="speculative")
    grade(source, "D")
    public = Alert.objects.open().filter(holder_kind="edition")
    severities = {(each.claim, each.severity) for each in public}
    assert severities == {(claim, "major"), (weak, "critical")}


# --- texts that come again ----------------------------------------------------------------------


def collect(words, day):
    record = Record(
        "a.txt",
        raw=words.encode(),
        address="https://news.example.org/a",
        collected_at=NOON + timedelta(days=day),
    )
    return pipeline.run(
        [record],
        label="test",
        after_store=text_collected,
        after_copies=copying.copies_found,
    )


@pytest.fixture
def collected():
    """A claim whose quoted words are lost in the text of day 2."""
    collect("ESA and NASA agreed. They met.", 1)
    document = Document.objects.get()
    for passage in passages_of(document):
        make_assessment(passage, credibility=2)
    describing.describe(
        document,
        by=make_user("editor"),
        title="A report",
        source=make_source(grade="B"),
        published="",
        published_basis="",
        url="",
        origin_entity=None,
        origin_words="",
    )
    claim = make_claim(quotes=[make_quote(document, "ESA and NASA agreed.")])
    refresh([claim])
    make_draft(claims=[claim])
    return claim


def test_words_that_come_back_with_an_old_text_count_again(collected):
    collect("They met.", 2)
    assert Standing.objects.get(claim=collected).word == "unsupported"
    assert alerts() == [("summary", "major", "")]
    collect("ESA and NASA agreed. They met.", 3)
    assert Standing.objects.get(claim=collected).word == "reported"
    assert alerts()[0] == ("summary", "major", "undone")


def test_words_that_an_old_text_lacks_are_lost_when_it_is_in_force_again(collected):
    collect("They met.", 2)
    collect("ESA and NASA agreed. They met.", 3)
    collect("They met.", 4)
    assert Standing.objects.get(claim=collected).word == "unsupported"
    assert Alert.objects.open().exists()


def test_set_aside_import_gives_words_back_and_brought_back_takes_them_again(collected):
    run = collect("They met.", 2)
    by = make_user("editor")
    describing.set_aside(run, by=by, reason="It is broken.")
    assert Standing.objects.get(claim=collected).word == "reported"
    assert alerts()[0] == ("summary", "major", "undone")
    describing.bring_back(run, by=by, reason="It is not.")
    assert Standing.objects.get(claim=collected).word == "unsupported"
    assert alerts()[-1] == ("summary", "major", "")


# --- cost ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("n", [1, 3])
def test_regrade_asks_as_often_for_three_claims_as_for_one(n, source, django_assert_num_queries):
    for _ in range(n):
        claim = make_claim(quotes=[make_news(source=source)])
        refresh([claim])
        make_draft(claims=[claim])
    by, seen = make_user("editor"), source.grades.in_force().get()
    assert isinstance(seen, SourceGrade)
    by.has_perm("curation.add_sourcegrade")
    locks = connection.vendor == "postgresql"  # SQLite's transaction is the lock
    with django_assert_num_queries(47 + locks):
        describing.grade(source, by=by, grade="C", reason="Its record.", seen=seen.pk)
