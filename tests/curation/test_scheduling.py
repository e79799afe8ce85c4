"""Publishing at a time: who sets it, what happens when it comes, and what takes it back."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import CommandError, call_command
from django.utils import timezone

from curation import scheduling, tasks, workflow
from curation.ledger import Refused
from curation.models import Approval, Decision, Edition
from tests.curation.test_workflow import regrade, source_of
from tests.factories import make_approved, make_draft, make_published, make_user

pytestmark = pytest.mark.django_db
SOON = timedelta(hours=1)


def set_time(summary, by=None, **kwargs):
    at = timezone.now() + SOON
    by = by or make_user("publisher")
    return scheduling.schedule(summary, by=by, seen=summary.n, at=at, **kwargs)


def come(now=None):
    """The time has come."""
    return list(scheduling.publish_due(now or timezone.now() + 2 * SOON))


def last(summary):
    return Decision.objects.about(summary).order_by("-seq").first()


def test_approved_summary_is_published_once_its_time_has_come():
    summary, publisher = make_approved(), make_user("publisher")
    set_time(summary, publisher)

    assert come(timezone.now()) == []
    (outcome,) = come()

    assert (outcome.edition.n, outcome.edition.decision.by) == (1, publisher)
    assert come() == []


def test_kind_and_note_are_those_that_were_given_with_the_time():
    summary = make_published().partnership.summary
    make_approved(make_draft(summary.partnership, standfirst="More. [@editorial]"))
    summary.refresh_from_db()
    set_time(summary, kind="correction", note="We erred.")

    come()

    edition = Edition.objects.get(n=2)
    assert (edition.kind, edition.note) == ("correction", "We erred.")


def test_later_time_replaces_the_first():
    summary = make_approved()
    set_time(summary)
    at = timezone.now() + timedelta(days=3)
    scheduling.schedule(summary, by=make_user("publisher"), seen=1, at=at)

    assert come() == []
    assert Approval.objects.get().publish_at == at


def test_time_is_taken_back_and_the_approval_stands():
    summary, publisher = make_approved(), make_user("publisher")
    set_time(summary)

    scheduling.unschedule(summary, by=publisher, seen=1)

    assert come() == []
    approval = Approval.objects.get()
    assert (approval.lapsed, approval.publish_at, approval.scheduled_by) == (None, None, None)
    assert (last(summary).act, last(summary).by) == ("unschedule", publisher)
    with pytest.raises(Refused, match="No time is set"):
        scheduling.unschedule(summary, by=publisher, seen=1)


@pytest.mark.parametrize("role", ["contributor", "editor"])
def test_only_a_publisher_sets_a_time(role):
    with pytest.raises(PermissionDenied):
        set_time(make_approved(), make_user(role))


def test_author_sets_no_time():
    author = make_user("publisher")
    with pytest.raises(workflow.MoveRefused, match="authors do not publish"):
        set_time(make_approved(make_draft(by=author)), author)


def test_draft_has_no_time():
    with pytest.raises(workflow.MoveRefused, match="Nobody approved it"):
        set_time(make_draft())


@pytest.mark.parametrize("ahead", [timedelta(0), timedelta(days=400)])
def test_time_lies_ahead_and_within_a_year(ahead):
    summary, publisher = make_approved(), make_user("publisher")
    with pytest.raises(ValidationError):
        scheduling.schedule(summary, by=publisher, seen=1, at=timezone.now() + ahead)


def test_correction_without_a_note_is_refused_when_the_time_is_set():
    summary = make_published().partnership.summary
    make_approved(make_draft(summary.partnership, standfirst="More. [@editorial]"))
    summary.refresh_from_db()
    with pytest.raises(ValidationError, match="note"):
        set_time(summary, kind="correction")


def test_scheduler_who_lost_the_right_publishes_nothing_and_the_desk_is_told():
    summary, publisher = make_approved(), make_user("publisher")
    set_time(summary, publisher)
    publisher.groups.clear()

    (outcome,) = come()

    assert outcome.edition is None
    assert not Edition.objects.exists()
    assert Approval.objects.get().publish_at is None
    assert last(summary).act == "not_published"
    assert "may not do this" in last(summary).reason
    assert come() == []


def test_evidence_that_moves_before_the_time_ends_the_schedule(editor):
    summary = make_approved()
    set_time(summary)
    workflow.send_back(summary, by=editor, seen=1, reason="Not yet.")

    assert come() == []
    assert not Edition.objects.exists()


def test_approval_that_no_verb_let_lapse_is_found_out_at_its_time():
    summary = make_approved()
    set_time(summary)
    regrade(source_of(summary), "D")

    (outcome,) = come()

    assert "The evidence changed" in outcome.because
    summary.refresh_from_db()
    assert summary.state == "in review"
    assert "It was to be published on" in Decision.objects.get(act="lapse").reason
    assert not Edition.objects.exists()


def test_one_that_fails_holds_up_no_other(monkeypatch, caplog):
    first, second = make_approved(), make_approved()
    set_time(first)
    set_time(second)
    publish = workflow.publish

    def broken(summary, **kwargs):
        if summary == first:
            raise RuntimeError("A fault of ours.")
        return publish(summary, **kwargs)

    monkeypatch.setattr(workflow, "publish", broken)

    assert [each.summary for each in come()] == [second]
    assert "could not be published" in caplog.text


def test_command_tells_what_came_of_it(capsys):
    summary, publisher = make_approved(), make_user("publisher")
    refused = make_approved()
    set_time(summary)
    set_time(refused, publisher)
    publisher.groups.clear()
    Approval.objects.update(publish_at=timezone.now())

    with pytest.raises(CommandError, match="1 not published"):
        call_command("publish_due")

    told = capsys.readouterr().out
    assert "edition 1 is public" in told
    assert "not published." in told


def test_worker_looks_for_what_is_due():
    set_time(make_approved())
    Approval.objects.update(publish_at=timezone.now())

    tasks.look_round()

    assert Edition.objects.count() == 1
