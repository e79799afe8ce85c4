"""Two people at once, on real connections: whatever the order, nothing is lost or let slip."""

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from curation import describing, scheduling, workflow
from curation.ledger import Refused
from curation.models import Decision, Edition, Revision, SourceGrade, Summary
from tests.factories import make_approved, make_draft, make_user

pytestmark = pytest.mark.usefixtures("committing")

ROUNDS = 100


def at_once(*acts):
    """Run each act in a thread with a connection of its own; return what each gave or raised."""
    results = [None] * len(acts)
    barrier = threading.Barrier(len(acts))

    def run(n, act):
        try:
            barrier.wait(timeout=30)
            results[n] = act()
        except Refused as refusal:
            results[n] = refusal
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return results


def a_copy(summary):
    return Summary.objects.get(pk=summary.pk)


def grade_of(source):
    return SourceGrade.objects.in_force().get(source=source)


def test_publishing_beside_a_regrade_never_shows_lost_standing():
    editor, publisher = make_user("editor"), make_user("publisher")
    summary = make_approved()
    source = summary.partnership.claims.get().evidence.get().quote.capture.document.source
    outcomes = []

    def regrade(grade):
        seen = grade_of(source).pk
        return describing.grade(source, by=editor, grade=grade, reason="Looked again.", seen=seen)

    for _ in range(ROUNDS):
        published, regraded = at_once(
            lambda: workflow.publish(a_copy(summary), by=publisher, seen=summary.n),
            lambda: regrade("D"),
        )

        if isinstance(published, Edition):
            assert published.decision.seq < regraded.decision.seq
            assert [claim["standing"] for claim in published.content["claims"]] == ["reported"]
        else:
            assert isinstance(published, workflow.MoveRefused)
        outcomes.append(type(published))
        regrade("B")
        make_ready(summary, editor)

    assert Edition.objects.count() == outcomes.count(Edition)
    assert Edition.objects.filter(text__contains='"standing":"doubtful"').count() == 0


def make_ready(summary, reviewer):
    """Bring a summary that was published, refused or lapsed back to approved, with news in it."""
    summary.refresh_from_db()
    if summary.state == "approved":
        workflow.send_back(summary, by=reviewer, seen=summary.n, reason="Again.")
    if summary.state == "draft":
        make_draft(
            summary.partnership,
            claims=[summary.partnership.claims.get()],
            standfirst=f"{'Looked at again. [@editorial] ' * summary.n}",
        )
        summary.refresh_from_db()
        workflow.submit(summary, by=reviewer, seen=summary.n)
    workflow.approve(summary, by=reviewer, seen=summary.n)


def test_two_editors_saving_one_draft_never_overwrite_each_other():
    first, second = make_user(), make_user()
    summary = make_draft()

    for n in range(1, 16):
        results = at_once(
            *(
                lambda by=by, n=n: workflow.save(
                    a_copy(summary), by=by, seen=n, title="T", standfirst="", text=f"{by} {n}"
                )
                for by in (first, second)
            )
        )

        (saved,) = [each for each in results if isinstance(each, Revision)]
        (refused,) = [each for each in results if isinstance(each, workflow.MoveRefused)]
        assert refused.current == saved
        assert saved.n == n + 1

    assert summary.revisions.count() == 16


def test_two_publishers_make_one_edition():
    publishers = [make_user("publisher"), make_user("publisher")]

    for _ in range(10):
        summary = make_approved()

        results = at_once(
            *(
                lambda by=by, each=summary: workflow.publish(a_copy(each), by=by, seen=1)
                for by in publishers
            )
        )

        assert sorted(type(each).__name__ for each in results) == ["Edition", "MoveRefused"]
        assert summary.partnership.editions.count() == 1


def test_two_workers_publish_what_is_due_once_and_neither_takes_its_time_back():
    publisher = make_user("publisher")
    for _ in range(5):
        summary, soon = make_approved(), timezone.now() + timedelta(hours=1)
        scheduling.schedule(summary, by=publisher, seen=1, at=soon)

        def work(soon=soon):
            return list(scheduling.publish_due(soon))

        outcomes = [each for found in at_once(work, work) for each in found]

        assert [each.edition.n for each in outcomes] == [1]
        assert Decision.objects.about(summary).order_by("-seq").first().act == "publish"
