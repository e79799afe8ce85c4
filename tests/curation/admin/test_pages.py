"""Published pages at the desk: what readers see, and withdrawing it."""

import pytest
from django.urls import reverse

from curation.models import Decision, Edition, Page
from tests.factories import make_draft, make_published, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def page():
    return Page.objects.get(edition=make_published())


@pytest.fixture
def desk(client, publisher):
    client.force_login(publisher)
    return client


def screen(page):
    return reverse("admin:curation_page_change", args=[page.pk])


def withdraw(page):
    return reverse("admin:curation_page_move", args=[page.pk, "withdraw"])


def test_screen_leads_to_the_public_page_and_its_editions(desk, page):
    told = desk.get(screen(page)).content.decode()

    assert f"/partnerships/{page.slug}/" in told
    assert f"/partnerships/{page.slug}/v/1/" in told
    assert page.edition.hash[:12] in told


def test_withdrawing_wants_words_to_readers(desk, page):
    assert desk.post(withdraw(page), {"reason": " "}).status_code == 422
    assert (
        desk.post(withdraw(page), {"reason": "It was wrong.", "seen": page.version}).status_code
        == 302
    )

    page.refresh_from_db()
    assert (page.status, page.notices.get().words) == ("withdrawn", "It was wrong.")


def test_what_was_published_in_error_is_gone(desk, page):
    desk.post(withdraw(page), {"reason": "A slip.", "in_error": "on", "seen": page.version})

    page.refresh_from_db()
    assert page.status == "gone"


def test_withdrawn_page_leads_to_its_summary(desk, page):
    desk.post(withdraw(page), {"reason": "It was wrong.", "seen": page.version})

    told = desk.get(screen(page)).content.decode()

    summary = page.partnership.summary
    assert reverse("admin:curation_summary_change", args=[summary.pk]) in told
    assert "To publish again" in told
    assert "Withdraw this page" not in told


def test_status_is_told_in_words_of_editors(desk, page):
    addresses = [screen(page), reverse("admin:curation_page_changelist")]
    addresses.append(reverse("admin:curation_summary_changelist"))
    desk.post(withdraw(page), {"reason": "It was wrong.", "seen": page.version})
    make_published()

    line = Decision.objects.get(act="withdraw")
    addresses.append(reverse("admin:curation_decision_change", args=[line.pk]))
    told = [desk.get(each).content.decode() for each in addresses]
    assert [each for each in told if ">usable<" in each.lower()] == []
    assert "<td>public</td><td>withdrawn</td>" in told[-1]


def test_editor_may_not_withdraw(client, editor, page):
    client.force_login(editor)

    assert "Withdraw this page" not in client.get(screen(page)).content.decode()
    assert client.post(withdraw(page), {"reason": "No."}).status_code == 403
    page.refresh_from_db()
    assert page.status == "usable"


def test_what_is_frozen_is_not_changed_by_a_form(desk, page):
    desk.post(screen(page), {"status": "gone", "version": 9, "_saveasnew": "1"})

    page.refresh_from_db()
    assert (page.status, page.version) == ("usable", 1)
    assert Edition.objects.count() == 1


def test_withdrawal_answers_the_script_with_the_page(desk, page):
    answer = desk.post(
        withdraw(page), {"reason": "Wrong.", "seen": page.version}, headers={"X-Desk": "fragment"}
    )

    assert answer.status_code == 200
    assert 'id="page"' in answer.content.decode()
    assert "withdrawn" in answer.content.decode()


def test_screen_query_count_does_not_grow(desk, page, queries):
    with_one = queries(screen(page))
    summary = page.partnership.summary
    for _ in range(2):
        claims = list(page.partnership.claims.all())
        text = f"More. [@{claims[0].key}]" * (summary.n + 1)
        make_draft(page.partnership, claims=claims, text=text, by=make_user("contributor"))
        summary.refresh_from_db()
        make_published(summary, kind="update")

    assert Edition.objects.count() == 3
    assert queries(screen(page)) == with_one


def test_list_query_count_does_not_grow(desk, page, queries):
    address = reverse("admin:curation_page_changelist")
    with_one = queries(address)
    make_published()
    make_published()

    assert queries(address) == with_one
