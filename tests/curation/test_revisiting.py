"""The day to look at a summary again."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from curation import alerting, drafting, evidencing, gate, resolving, revisiting
from curation.gathering import gather_all
from curation.ledger import Refused
from curation.models import Alert, Claim, Decision, ReviewDate, Summary
from curation.standings import refresh
from tests.factories import (
    make_claim,
    make_decision,
    make_draft,
    make_entity,
    make_news,
    make_partnership,
    make_published,
    make_source,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def summary():
    """A draft that tells one claim, as its edition does."""
    claim = make_claim(quotes=[make_news()])
    refresh([claim])
    make_published(make_draft(claims=[claim]))
    return Summary.objects.get()


@pytest.fixture
def day():
    return timezone.localdate() + timedelta(days=30)


def alerts():
    rows = Alert.objects.order_by("holder_kind", "pk")
    return [(row.holder_kind, row.severity, row.resolution) for row in rows]


def passed(summary, *, by):
    """A day that has come, and of which its writers were told."""
    decision = make_decision(summary, by=by)
    today = timezone.localdate()
    row = ReviewDate.objects.create(summary=summary, on=today, decision=decision)
    assert list(revisiting.tell_what_passed()) == [row]


def of_review(summary):
    return [each.words for each in gate.warnings(summary) if each.code == "review_date"]


def test_day_is_set_and_told_by_the_ledger(summary, day, editor):
    row = revisiting.look_again(summary, by=editor, on=day, reason=" The launch. ")
    assert (row.on, row.reason, row.decision.by) == (day, "The launch.", editor)
    assert (row.decision.act, row.decision.reason) == ("set review date", "The launch.")


def test_day_that_has_come_tells_nothing_of_how_a_claim_stood(summary, editor):
    """What moves after it is weighed against how it stood then."""
    passed(summary, by=editor)
    claim = Claim.objects.get()
    for words in ("ESA says so.", "NASA says so too."):
        evidence = evidencing.add_evidence(claim, owned(words), by=editor, ticked=True)
    evidencing.withdraw_evidence(evidence, by=editor, reason="It says less.")
    moved = Alert.objects.exclude(cause_kind=Alert.Cause.REVIEW_DATE)
    assert set(moved.values_list("word_before", flat=True)) == {"corroborated"}


def owned(words):
    return make_news(words, source=make_source(grade="B", owner=make_entity()))


def test_other_day_takes_its_place(summary, day, editor):
    first = revisiting.look_again(summary, by=editor, on=day)
    revisiting.look_again(summary, by=editor, on=day + timedelta(days=1), seen=first.pk)
    assert ReviewDate.objects.in_force().get().on == day + timedelta(days=1)


def test_day_that_somebody_else_set_meanwhile_is_not_overwritten(summary, day, editor):
    revisiting.look_again(summary, by=editor, on=day)
    with pytest.raises(Refused, match="Somebody"):
        revisiting.look_again(summary, by=editor, on=day)
    with pytest.raises(Refused, match="Somebody"):
        revisiting.look_no_more(summary, by=editor, seen=None)


@pytest.mark.parametrize("days", [-1, 0, 4000])
def test_day_that_has_come_or_is_far_off_is_refused(summary, editor, days):
    with pytest.raises(ValidationError):
        revisiting.look_again(summary, by=editor, on=timezone.localdate() + timedelta(days=days))


def test_day_is_set_by_editors(summary, day, contributor):
    with pytest.raises(PermissionDenied):
        revisiting.look_again(summary, by=contributor, on=day)


def test_nothing_is_told_before_the_day(summary, day, editor):
    revisiting.look_again(summary, by=editor, on=day)
    assert list(revisiting.tell_what_passed()) == []
    assert (alerts(), of_review(summary)) == ([], [])


def test_on_the_day_what_is_told_is_put_before_its_writers_once(summary, day, editor):
    row = revisiting.look_again(summary, by=editor, on=day)
    assert list(revisiting.tell_what_passed(day)) == [row]
    assert list(revisiting.tell_what_passed(day)) == []
    assert alerts() == [("edition", "minor", ""), ("summary", "minor", "")]


def test_passed_day_is_a_warning_and_holds_up_nothing(summary, day, editor):
    passed(summary, by=editor)
    assert len(of_review(summary)) == 1
    assert [each.code for each in gate.obstacles(summary, step="submit")] == ["unchanged"]


@pytest.fixture
def unwritten(editor):
    """A draft of which nothing is saved yet, and its day has come."""
    decision = make_decision(editor)
    summary = drafting.start(make_partnership(), by=editor)
    return ReviewDate.objects.create(summary=summary, on=timezone.localdate(), decision=decision)


def test_day_on_which_there_is_nothing_to_tell_takes_no_lock(unwritten, monkeypatch):
    monkeypatch.setattr(revisiting, "one_writer", pytest.fail)
    assert list(revisiting.tell_what_passed()) == []


def test_it_is_listed_on_the_front_page_until_it_is_moved(unwritten, client, editor, day):
    client.force_login(editor)
    (row,) = heap(client)
    assert row["words"] == unwritten.summary.partnership.name
    assert row["address"] == reverse("admin:curation_summary_change", args=[unwritten.summary.pk])
    revisiting.look_again(unwritten.summary, by=editor, on=day, seen=unwritten.pk)
    assert heap(client) == []


def test_front_page_leads_to_what_was_put_before_the_writers(summary, client, editor):
    passed(summary, by=editor)
    client.force_login(editor)
    (row,) = heap(client)
    alert = Alert.objects.earliest("pk")
    assert row["address"] == reverse("admin:curation_alert_change", args=[alert.pk])
    resolving.reconfirm(Alert.objects.open(), by=editor, reason="I read it all again.")
    assert heap(client) == []


def heap(client):
    """What the front page lists as to be looked at again."""
    heaps = client.get(reverse("admin:index")).context["heaps"]
    return [row for each in heaps if each["title"] == "To look at again" for row in each["rows"]]


def test_day_is_told_when_its_lock_is_free_again(summary, editor):
    """Whoever is told of it may write at once."""
    decision = make_decision(summary, by=editor)
    ReviewDate.objects.create(summary=summary, on=timezone.localdate(), decision=decision)
    depth = len(connection.savepoint_ids)
    for _ in revisiting.tell_what_passed():
        assert len(connection.savepoint_ids) == depth


@pytest.mark.parametrize("n", [1, 3])
def test_days_that_have_come_are_asked_for_all_drafts_at_once(n, editor, django_assert_num_queries):
    summaries = [make_draft(claims=[make_claim(quotes=[make_news()])]) for _ in range(n)]
    for summary in summaries:
        passed(summary, by=editor)
    tellings = gather_all({summary: summary.latest for summary in summaries})
    with django_assert_num_queries(0):
        found = [
            warning for each in tellings for warning in gate.warnings(each.summary, telling=each)
        ]
    assert [each.code for each in found].count("review_date") == n


def test_what_is_confirmed_is_dealt_with(summary, day, editor):
    passed(summary, by=editor)
    resolving.reconfirm(Alert.objects.open(), by=editor, reason="I read it all again.")
    assert of_review(summary) == []
    assert list(revisiting.tell_what_passed()) == []


@pytest.mark.parametrize("again", [True, False])
def test_day_moved_or_taken_back_takes_its_alerts_along(summary, day, editor, again):
    row = revisiting.look_again(summary, by=editor, on=day)
    list(revisiting.tell_what_passed(day))
    if again:
        revisiting.look_again(summary, by=editor, on=day, seen=row.pk)
    else:
        revisiting.look_no_more(summary, by=editor, seen=row.pk)
    assert [resolution for *_, resolution in alerts()] == ["undone", "undone"]
    assert Alert.objects.first().decision == Decision.objects.order_by("seq").last()


def test_open_reminder_is_as_it_was_when_evidence_moves(summary, day, editor):
    revisiting.look_again(summary, by=editor, on=day)
    list(revisiting.tell_what_passed(day))
    alerting.weigh_anew(Alert.objects.values_list("claim", flat=True))
    assert alerts() == [("edition", "minor", ""), ("summary", "minor", "")]
