"""The desk's front page: what waits for whom."""

import pytest
from django.urls import reverse

from curation import workflow
from curation.models import Claim
from curation.standings import refresh
from tests.factories import (
    make_approved,
    make_assessment,
    make_claim,
    make_document,
    make_draft,
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


def test_draft_that_rests_on_nothing_is_held_back(client, contributor):
    partnership = make_partnership("Unified Gateway")
    claim = make_claim(partnership=partnership)
    refresh(Claim.objects.all())
    make_draft(claims=[claim])

    assert heaps(client, contributor)["Held back by the gate"] == ["Unified Gateway"]


def test_front_page_says_so_when_nothing_waits(client, editor):
    client.force_login(editor)

    assert "Nothing waits for you" in client.get(reverse(FRONT)).content.decode()


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
