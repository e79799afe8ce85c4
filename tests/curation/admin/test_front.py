"""The desk's front page: what waits for whom."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from curation import gate, scheduling, workflow
from curation.admin.front import in_a_line
from curation.models import Summary
from tests.factories import (
    make_approved,
    make_assessment,
    make_claim,
    make_document,
    make_draft,
    make_evidence,
    make_news,
    make_partnership,
    make_published,
    make_user,
    passages_of,
)

pytestmark = pytest.mark.django_db
FRONT = "admin:index"


def heaps(client, user):
    client.force_login(user)
    context = client.get(reverse(FRONT)).context
    return {heap["title"]: [row["words"] for row in heap["rows"]] for heap in context["heaps"]}


def test_document_waits_until_somebody_assesses_it(client, contributor):
    document = make_document(title="Rovers")
    assert heaps(client, contributor) == {"Documents nobody assessed": ["Rovers"]}

    make_assessment(passages_of(document)[0])

    assert heaps(client, contributor) == {}


def test_document_that_is_labelled_as_a_whole_does_not_wait(client, contributor):
    make_assessment(make_document())

    assert heaps(client, contributor) == {}


def test_draft_sent_back_waits_for_its_author_alone(client, contributor, editor):
    summary = make_draft(make_partnership("ExoMars"), by=contributor)
    workflow.submit(summary, by=contributor, seen=1)
    workflow.send_back(summary, by=editor, seen=1, reason="Name who says so.")

    assert heaps(client, contributor)["Sent back to you"] == ["ExoMars"]
    assert "Name who says so." in client.get(reverse(FRONT)).content.decode()
    assert "Sent back to you" not in heaps(client, make_user("contributor"))


def test_draft_submitted_again_waits_no_more_for_its_author(client, contributor, editor):
    summary = make_draft(by=contributor)
    workflow.submit(summary, by=contributor, seen=1)
    workflow.send_back(summary, by=editor, seen=1, reason="Name who says so.")
    workflow.submit(summary, by=contributor, seen=1)

    assert "Sent back to you" not in heaps(client, contributor)


def test_review_waits_for_editors_and_publication_for_publishers(client, contributor, editor):
    workflow.submit(make_draft(make_partnership("ExoMars")), by=contributor, seen=1)
    make_approved(make_draft(make_partnership("Gateway")))

    assert heaps(client, editor)["In review"] == ["ExoMars"]
    assert "Approved, to publish" not in heaps(client, editor)
    assert heaps(client, make_user("publisher"))["Approved, to publish"] == ["Gateway"]
    assert "In review" not in heaps(client, contributor)


def notes(client, user, title):
    client.force_login(user)
    context = client.get(reverse(FRONT)).context
    return [
        row["note"] for each in context["heaps"] if each["title"] == title for row in each["rows"]
    ]


def test_draft_waits_with_what_the_gate_says_of_it(client, contributor):
    bare = make_claim(partnership=make_partnership("Unified Gateway"))
    make_draft(claims=[bare])
    make_draft(make_partnership("ExoMars"))
    make_draft(make_partnership("Moon base"), text="Nothing cited.")

    assert heaps(client, contributor)["Being written"] == [
        "Unified Gateway",
        "ExoMars",
        "Moon base",
    ]
    assert notes(client, contributor, "Being written") == [
        in_a_line(gate.obstacles(summary, step="submit"))
        for summary in Summary.objects.order_by("pk")
    ]
    assert notes(client, contributor, "Being written")[1] == "nothing stands in its way"


def test_draft_whose_evidence_nobody_ticked_is_not_called_free(client, contributor):
    claim = make_claim(quotes=[make_news()])
    make_evidence(claim, make_news(), ticked=False)
    make_draft(claims=[claim])

    (words,) = notes(client, contributor, "Being written")

    assert words.startswith("Nobody has ticked that the passage says this")


def test_text_that_readers_have_is_not_being_written(client, contributor):
    summary = make_published().partnership.summary
    assert "Being written" not in heaps(client, contributor)

    claims = list(summary.partnership.claims.all())
    make_draft(summary.partnership, claims=claims, standfirst="New. [@editorial]")

    assert heaps(client, contributor)["Being written"] == [summary.partnership.name]


def test_five_drafts_are_shown_and_the_others_counted(client, contributor):
    for _ in range(7):
        make_draft()

    assert len(heaps(client, contributor)["Being written"]) == 5
    assert "And 2 more" in client.get(reverse(FRONT)).content.decode()


def test_front_page_says_so_when_nothing_waits(client, editor):
    client.force_login(editor)

    words = client.get(reverse(FRONT)).content.decode()

    assert (
        "Nothing waits for you: no evidence moved under what is written, "
        "nothing is to be looked at again, "
        "no plan’s day has passed without an outcome, nothing was sent back to you, "
        "nothing is in review, nothing is public that nobody approved, "
        "nothing is being written and no document waits to be assessed."
    ) in words


def test_front_page_says_what_does_not_wait_so_that_nobody_reads_the_opposite(client, contributor):
    make_draft()
    client.force_login(contributor)

    words = client.get(reverse(FRONT)).content.decode()

    assert "nothing was sent back to you" in words
    assert "Nothing else waits" not in words


def test_person_without_a_role_is_told_so(client):
    client.force_login(make_user(""))

    assert "no role yet" in client.get(reverse(FRONT)).content.decode()


def test_query_count_does_not_grow(client, admin_role, queries):
    def fill():
        user = make_user("contributor")
        make_document()
        workflow.submit(make_draft(by=user), by=user, seen=1)
        make_approved()
        make_published()
        make_draft(claims=[make_claim()])

    client.force_login(admin_role)
    fill()
    with_one = queries(reverse(FRONT))
    fill()
    fill()

    assert queries(reverse(FRONT)) == with_one


def test_what_was_not_published_at_its_time_waits_for_publishers_with_the_reason(client):
    publisher, other = make_user("publisher"), make_user("publisher")
    summary = make_approved(make_draft(make_partnership("Gateway")))
    at = timezone.now() + timedelta(hours=1)
    scheduling.schedule(summary, by=publisher, seen=1, at=at)
    assert "Not published at its time" not in heaps(client, other)
    publisher.groups.clear()

    assert [each.edition for each in scheduling.publish_due(at)] == [None]

    assert heaps(client, other)["Not published at its time"] == ["Gateway"]
    assert "may not do this" in client.get(reverse(FRONT)).content.decode()
    assert (
        "Not published at its time"
        in client.get(reverse("admin:curation_summary_change", args=[summary.pk])).content.decode()
    )
