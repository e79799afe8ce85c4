"""The reviewer's screen: each sentence beside what it rests on, and a tick for each."""

import re

import pytest
from django.urls import reverse

from curation import describing, workflow
from curation.confirming import evidence_seen
from curation.gathering import gather
from curation.models import Confirmation
from tests.factories import (
    answer_objections,
    make_alert,
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


@pytest.fixture
def source():
    return make_source("The Daily Orbit", grade="B")


@pytest.fixture
def summary(source):
    claim = make_claim(words="They agreed on a rover.", quotes=[make_news(source=source)])
    other = make_claim(partnership=claim.partnership, quotes=[make_news("They met.", grade="C")])
    text = f"According to ESA, they agreed. [@{claim.key}] They met. [@{other.key}]"
    summary = make_draft(claim.partnership, claims=[claim, other], text=text)
    answer_objections(summary)
    workflow.submit(summary, by=make_user("contributor"), seen=1)
    return summary


@pytest.fixture
def desk(client):
    client.force_login(make_user("editor"))
    return client


def address(summary):
    return reverse("admin:curation_summary_move", args=[summary.pk, "approve"])


def sent(summary, **kwargs):
    told = {"seen": summary.n, "evidence": evidence_seen(gather(summary)), "reason": ""}
    return told | {"confirmed": ticks(summary)} | kwargs


def ticked(page):
    boxes = re.findall(r'<input type="checkbox"[^>]*name="confirmed"[^>]*>', page)
    return [re.search('value="([^"]*)"', box)[1] for box in boxes if " checked" in box]


def test_each_sentence_stands_beside_its_claims_quotes_and_marks(desk, summary):
    page = desk.get(address(summary)).content.decode()
    for digest in ticks(summary):
        assert page.count(f'value="{digest}"') == 1
    assert "They agreed on a rover." in page
    assert "The Daily Orbit" in page
    assert "<mark>They met.</mark>" in page
    assert "Objection:" in page
    assert ticked(page) == []
    assert "Tick all" not in page


def test_screen_of_the_summary_leads_there(desk, summary):
    page = desk.get(reverse("admin:curation_summary_change", args=[summary.pk])).content.decode()
    assert f'method="get" action="{address(summary)}"' in page


def test_ticked_sentences_are_approved_and_kept(desk, summary):
    answer = desk.post(address(summary), sent(summary))
    assert answer.status_code == 302
    summary.refresh_from_db()
    assert summary.state == "approved"
    assert Confirmation.objects.count() == 2


def test_missing_ticks_are_told_at_their_sentences_and_the_others_stay(desk, summary):
    first, second = ticks(summary)
    answer = desk.post(address(summary), sent(summary, confirmed=[first], reason="Well done."))
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Sentence 3 is not confirmed" in page
    assert ticked(page) == [first]
    assert re.search(f'value="{second}"[^>]*aria-invalid="true"', page)
    assert "Well done.</textarea>" in page


@pytest.mark.parametrize(
    ("forged", "status", "said"),
    [
        ({"confirmed": ["0" * 64]}, 409, "is not confirmed"),
        ({"confirmed": ["x"]}, 422, "see what is asked for"),
        ({"evidence": "0" * 64}, 409, "The evidence moved since you opened this text"),
        ({"evidence": ""}, 422, "see what is asked for"),
        ({"seen": 0}, 409, "Somebody else was faster"),
        ({"seen": ""}, 422, "see what is asked for"),
    ],
)
def test_forged_and_stale_forms_approve_nothing(desk, summary, forged, status, said):
    answer = desk.post(address(summary), sent(summary, **forged))
    assert (answer.status_code, said in answer.content.decode()) == (status, True)
    summary.refresh_from_db()
    assert summary.state == "in review"


def test_ticks_given_before_the_evidence_moved_are_given_anew(desk, summary, source):
    told = sent(summary)
    seen = source.grades.in_force().get().pk
    describing.grade(source, by=make_user("editor"), grade="A", reason="Its record.", seen=seen)
    answer = desk.post(address(summary), told)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert ticked(page) == []
    assert f'name="evidence" value="{evidence_seen(gather(summary))}"' in page


def test_what_was_confirmed_before_comes_ticked_unless_something_moved(
    desk, client, source, summary
):
    editor = make_user("editor")
    client.force_login(editor)
    client.post(address(summary), sent(summary))
    seen = source.grades.in_force().get().pk
    describing.grade(source, by=make_user("editor"), grade="A", reason="Its record.", seen=seen)
    page = client.get(address(summary)).content.decode()
    assert ticked(page) == ticks(summary)[1:]
    assert "nothing under it or around it changed since" in page
    assert re.search(r"since then c\d+ moved: read it again", page)
    client.force_login(make_user("editor"))
    assert ticked(client.get(address(summary)).content.decode()) == []


@pytest.mark.parametrize(("role", "status"), [("contributor", 403), ("editor", 302)])
def test_only_reviewers_approve(client, summary, role, status):
    client.force_login(make_user(role))
    assert client.get(address(summary)).status_code == 200
    assert client.post(address(summary), sent(summary)).status_code == status


def test_who_may_not_approve_is_told_why_and_gets_no_ticks(client, summary):
    client.force_login(make_user("contributor"))
    page = client.get(address(summary)).content.decode()
    assert "This takes an editor who is no author of it." in page
    assert 'name="confirmed"' not in page


def test_what_is_not_in_review_leads_back_to_the_summary(desk):
    summary = make_draft()
    answer = desk.get(address(summary))
    assert answer.url == reverse("admin:curation_summary_change", args=[summary.pk])


@pytest.mark.parametrize("n", [1, 3])
def test_screen_asks_as_often_for_three_sentences_as_for_one(n, desk, queries):
    partnership = make_partnership()
    claims = [make_claim(partnership=partnership, quotes=[make_news()]) for _ in range(n)]
    finding = make_finding(partnership)
    told = " ".join(
        f"According to ESA, they agreed on {each.key}. [@{each.key}]" for each in claims
    )
    text = f"{told} No treaty was found. [@{finding.key}]"
    summary = make_draft(partnership, claims=claims, text=text)
    workflow.submit(summary, by=make_user("contributor"), seen=1)
    assert queries(address(summary)) == 41


@pytest.mark.parametrize("back", ["", "x", "999999", "9" * 30])
def test_who_came_from_what_moved_goes_on_there_and_others_to_the_summary(desk, summary, back):
    alert = make_alert(summary.partnership.claims.first(), summary, severity="minor")
    cause = reverse("admin:curation_alert_change", args=[alert.pk])
    assert cause in desk.get(address(summary), {"back": alert.pk}).content.decode()
    assert cause not in desk.get(address(summary), {"back": back}).content.decode()
    answer = desk.post(address(summary), sent(summary, back=back))
    assert answer.url == reverse("admin:curation_summary_change", args=[summary.pk])
