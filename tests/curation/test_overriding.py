"""Publishing over the gate: who may, what it passes, what readers and the desk are told."""

import json

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import call_command
from django.urls import reverse

from curation import overriding, publishing, workflow
from curation.ledger import Refused
from curation.models import Edition, Override
from tests.factories import (
    make_approved,
    make_claim,
    make_draft,
    make_published,
    make_user,
    ticks,
)

pytestmark = pytest.mark.django_db
REASON = "The launch is tonight, and the reviewer is on a plane."


def over(summary, by=None, **kwargs):
    by = by or make_user("admin")
    return overriding.override(summary, by=by, seen=summary.n, **{"reason": REASON, **kwargs})


def unsupported():
    return make_draft(claims=[make_claim()])


def test_edition_tells_the_reason_and_what_was_passed():
    summary, admin = unsupported(), make_user("admin")

    edition = over(summary, admin)

    row = Override.objects.get()
    assert "Nobody approved it." in row.refusals
    assert edition.content["override"] == {"reason": REASON, "passed": row.refusals}
    assert (row.reason, row.decision, row.revision.n) == (REASON, edition.decision, 1)
    assert (edition.decision.act, edition.decision.by) == ("override", admin)
    assert summary.state == "draft"
    call_command("verify_ledger")


def test_edition_that_passed_the_gate_says_nothing_of_an_override():
    assert "override" not in make_published().content


def test_page_tells_readers_before_the_text_and_later_editions_do_not(client):
    summary = make_draft()
    page = over(summary).partnership.page
    told = client.get(reverse("public:partnership", args=[page.slug])).content.decode()
    assert told.index(REASON) < told.index('class="text"')
    assert "Nobody approved it." in told

    make_published(make_draft(summary.partnership, standfirst="More. [@editorial]"))

    told = client.get(reverse("public:partnership", args=[page.slug])).content.decode()
    assert REASON not in told
    earlier = client.get(reverse("public:version", args=[page.slug, 1])).content.decode()
    assert REASON in earlier


@pytest.mark.parametrize("role", ["contributor", "editor", "publisher"])
def test_only_who_has_the_right_passes_the_gate(role):
    with pytest.raises(PermissionDenied):
        over(unsupported(), make_user(role))


def test_author_never_passes_the_gate_whatever_the_setting(settings):
    author = make_user("admin")
    summary = make_draft(by=author)
    with pytest.raises(workflow.MoveRefused, match="author"):
        over(summary, author)
    settings.AUTHORS_MAY_NOT_PUBLISH = False
    with pytest.raises(workflow.MoveRefused, match="author"):
        over(summary, author)
    assert not Edition.objects.exists()


def test_what_no_override_passes_is_told():
    with pytest.raises(workflow.MoveRefused, match="leads to no claim"):
        over(make_draft(text="They agreed. [@c999999]"))
    assert not Override.objects.exists()


def test_text_that_nothing_holds_back_is_published_as_usual():
    with pytest.raises(workflow.MoveRefused, match="publish it as usual"):
        over(make_approved())


def test_override_wants_a_reason_for_readers():
    with pytest.raises(ValidationError, match="Tell readers why"):
        over(unsupported(), reason="  ")


def test_second_of_two_who_publish_over_the_gate_is_told():
    summary = unsupported()
    over(summary)
    make_draft(summary.partnership, standfirst="More. [@editorial]")
    with pytest.raises(workflow.MoveRefused, match="Somebody else was faster"):
        over(summary)


def test_what_says_the_same_is_not_another_text_for_having_been_held_back():
    summary = make_draft()
    over(summary)
    with pytest.raises(workflow.MoveRefused, match="Nothing changed since edition 1"):
        workflow.submit(summary, by=make_user("contributor"), seen=1)
    with pytest.raises(workflow.MoveRefused, match="Nothing changed since edition 1"):
        over(summary)


# --- approved later -----------------------------------------------------------------------------


def test_somebody_else_approves_it_later_once(editor):
    over(make_draft())
    row = Override.objects.unapproved().get()

    decision = overriding.approve_later(
        row, by=editor, confirmed=ticks(row.revision.summary), reason="Read it."
    )

    row.refresh_from_db()
    assert (row.approved_later, decision.by) == (decision, editor)
    assert json.loads(decision.after) == {"edition": 1, "confirmed": ticks(row.revision.summary)}
    assert not Override.objects.unapproved().exists()
    with pytest.raises(Refused, match="already"):
        overriding.approve_later(row, by=make_user("editor"))


def test_neither_the_author_nor_who_published_it_approves_it_later():
    author, admin = make_user("editor"), make_user("admin")
    summary = make_draft(by=author)
    over(summary, admin)
    make_draft(summary.partnership, standfirst="More. [@editorial]")  # others wrote in it since
    row = Override.objects.get()

    for by, words in ((author, "author"), (admin, "You published it")):
        with pytest.raises(Refused, match=words):
            overriding.approve_later(row, by=by)
    with pytest.raises(PermissionDenied):
        overriding.approve_later(row, by=make_user("contributor"))


def test_what_readers_have_no_more_waits_for_nobody(editor):
    page = over(make_draft()).partnership.page
    publishing.withdraw(page, by=make_user("publisher"), reason="It was wrong.")
    assert not Override.objects.unapproved().exists()
    with pytest.raises(Refused, match="no more"):
        overriding.approve_later(Override.objects.get(), by=editor)


# --- its screens --------------------------------------------------------------------------------


def test_desk_offers_it_to_whom_it_is_and_lists_it_until_somebody_approves(client, editor):
    summary = make_draft()
    screen = reverse("admin:curation_summary_change", args=[summary.pk])

    def move(verb, **sent):
        address = reverse("admin:curation_summary_move", args=[summary.pk, verb])
        return client.post(address, {"seen": 1, **sent}).status_code

    client.force_login(make_user("publisher"))
    assert "Publish over the gate" not in client.get(screen).content.decode()
    client.force_login(make_user("admin"))
    assert "Publish over the gate" in client.get(screen).content.decode()
    assert move("override") == 422
    assert move("override", reason=REASON) == 302

    client.force_login(editor)
    front = client.get(reverse("admin:index")).content.decode()
    assert "Published over the gate, approved by nobody" in front
    assert REASON in front
    assert "approved by nobody yet" in client.get(screen).content.decode()
    page = client.get(reverse("admin:curation_summary_move", args=[summary.pk, "approve-later"]))
    assert f'value="{ticks(summary)[0]}"' in page.content.decode()
    sent = {"override": Override.objects.get().pk}
    assert move("approve-later", **sent) == 409
    assert move("approve-later", confirmed=ticks(summary), **sent) == 302
    assert "approved by nobody" not in client.get(screen).content.decode()


def test_before_the_click_it_is_shown_what_is_passed_and_what_readers_get(client):
    summary = make_draft(standfirst="More. [@editorial]")
    ask = reverse("admin:curation_summary_move", args=[summary.pk, "override"])
    client.force_login(make_user("admin"))

    told = client.get(ask).content.decode()
    assert "Publish edition 1 of" in told
    assert "over the gate?" in told
    assert "Nobody approved it." in told
    assert "More." in told

    again = client.post(ask, {"seen": 1, "reason": ""})
    assert again.status_code == 422
    assert "Nobody approved it." in again.content.decode()
    assert not Edition.objects.exists()

    assert client.post(ask, {"seen": 1, "reason": REASON}).status_code == 302
    assert client.get(ask).status_code == 302  # nothing is left that could be passed
    client.force_login(make_user("publisher"))
    assert client.get(ask).status_code == 302
