"""The screens of alerts: what moved, who holds it, and what can be done there and then."""

import re

import pytest
from django.urls import reverse

from curation import claiming
from curation.admin import causes
from curation.admin.alert_moves import ConfirmForm
from curation.models import Alert, Decision, Summary
from curation.standings import refresh
from tests.curation.test_alerting import grade
from tests.factories import (
    make_alert,
    make_claim,
    make_draft,
    make_entity,
    make_news,
    make_published,
    make_source,
    make_user,
)

pytestmark = pytest.mark.django_db
LIST = reverse("admin:curation_alert_changelist")


@pytest.fixture
def source():
    return make_source("The Daily Orbit", grade="B")


@pytest.fixture
def edition(source):
    claim = make_claim(words="They agreed on a rover.", quotes=[make_news(source=source)])
    refresh([claim])
    return make_published(make_draft(claims=[claim]))


@pytest.fixture
def desk(client):
    client.force_login(make_user("editor"))
    return client


def cause():
    return reverse("admin:curation_alert_change", args=[Alert.objects.order_by("pk")[0].pk])


def move(verb):
    return reverse("admin:curation_alert_move", args=[Alert.objects.order_by("pk")[0].pk, verb])


def test_list_says_what_happened_and_how_far_it_reaches(desk, source, edition):
    assert "Nothing is open" in desk.get(LIST).content.decode()
    grade(source, "E")
    page = desk.get(LIST).content.decode()
    assert "Regraded: The Daily Orbit" in page
    assert "B → E" in page
    assert "critical: readers are told" in page


def test_front_page_leads_to_what_moved(desk, source, edition):
    grade(source, "E")
    page = desk.get(reverse("admin:index")).content.decode()
    assert "Evidence moved" in page
    assert cause() in page


def test_front_page_puts_first_what_readers_are_told_of(desk, source, edition):
    other = make_claim(quotes=[make_news()])
    refresh([other])
    make_published(make_draft(claims=[other]))
    grade(source, "E")
    how = {"by": make_user("editor"), "because": "reworded", "told_as": "fact"}
    claiming.replace(other, words="They agreed on one rover.", same_meaning=True, **how)

    heap = desk.get(reverse("admin:index")).content.decode().split("Decided last")[0]

    assert heap.index("B → E") < heap.index("They agreed on one rover")


def test_cause_shows_what_moved_and_each_sentence_that_rests_on_it(desk, source, edition):
    grade(source, "E")
    page = desk.get(cause()).content.decode()
    assert "They agreed on a rover." in page
    assert "its source’s grade: B → E" in page
    assert re.search(r"Was [^.]*\breported\b[^.]*, is [^.]*\bdoubtful\b", page)
    assert "Readers have, and the draft says" in page


def test_what_readers_are_told_wrongly_is_not_offered_for_confirming(desk, source, edition):
    grade(source, "E")
    page = desk.get(cause()).content.decode()
    public = Alert.objects.get(holder_kind="edition")
    draft = Alert.objects.get(holder_kind="summary")
    assert f'value="{public.pk}" form' not in page
    assert f'value="{draft.pk}" form' in page


def test_ticked_alerts_are_confirmed_with_one_reason(desk, source, edition):
    grade(source, "E")
    draft = Alert.objects.get(holder_kind="summary")
    answer = desk.post(move("confirm"), {"alerts": [draft.pk], "reason": "Told as doubtful."})
    assert answer.status_code == 302
    draft.refresh_from_db()
    assert (draft.resolution, draft.decision.reason) == ("reconfirmed", "Told as doubtful.")


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"reason": "Seen."}, "Tick what stands as it is"),
        ({"alerts": ["all"], "reason": ""}, "see what is asked for"),
        ({"alerts": ["999999"], "reason": "Seen."}, "see what is asked for"),
        ({"alerts": ["1", "x" * 50], "reason": "Seen."}, "see what is asked for"),
        ({"alerts": ["x"], "reason": "Seen."}, "see what is asked for"),
    ],
)
def test_what_cannot_be_confirmed_is_told_and_kept_on_the_page(desk, source, edition, sent, said):
    grade(source, "E")
    answer = desk.post(move("confirm"), sent)
    assert answer.status_code in (409, 422)
    assert said in answer.content.decode()
    assert not Alert.objects.exclude(closed_at=None).exists()


def test_draft_is_reworded_answered_and_submitted_on_the_screen(desk, source, edition):
    grade(source, "E")
    summary = Summary.objects.get()
    other = make_claim(
        partnership=summary.partnership,
        quotes=[make_news("They met.", source=make_source(grade="B"))],
    )
    refresh([other])
    sent = {
        "summary": summary.pk,
        "seen": summary.n,
        "title": summary.partnership.name,
        "standfirst": "",
        "text": f"They met. [@{other.key}]",
        "submit": "on",
    }
    answer = desk.post(move("reword"), sent)
    assert answer.status_code == 302, answer.content.decode()
    summary.refresh_from_db()
    assert summary.state == "in review"
    assert Alert.objects.get(holder_kind="summary").resolution == "removed"
    assert Alert.objects.get(holder_kind="edition").answered_in == summary.latest
    acts = Decision.objects.filter(act__in=["save", "answer alerts", "submit"])
    assert acts.count() >= 3


def test_words_are_kept_where_the_draft_is_not_fit_to_submit(desk, source, edition):
    grade(source, "E")
    summary = Summary.objects.get()
    claim = summary.partnership.claims.get()
    sent = {"summary": summary.pk, "seen": summary.n, "title": "T", "submit": "on"}
    sent["text"] = f"They agreed, we hear. [@{claim.key}][@c999]"
    answer = desk.post(move("reword"), sent, HTTP_X_DESK="fragment")
    assert answer.status_code == 200
    assert "Saved, and not submitted: " in answer.content.decode()
    summary.refresh_from_db()
    assert (summary.state, summary.latest.text) == ("draft", sent["text"])


def test_second_editor_of_the_draft_is_told_and_keeps_the_words(desk, source, edition):
    grade(source, "E")
    summary = Summary.objects.get()
    sent = {"summary": summary.pk, "seen": summary.n - 1, "title": "T", "text": "Mine alone."}
    answer = desk.post(move("reword"), sent)
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Mine alone." in page
    assert "was saved while you wrote" in page
    assert "<ins>" in page


# --- in place, by whom, and stale ---------------------------------------------------------------

IN_PLACE = {"HTTP_X_DESK": "fragment"}


def test_thousands_are_ticked_in_one_form(desk, source, edition):
    """And answered in words: none of these is an alert of this cause."""
    grade(source, "E")
    sent = {"alerts": list(range(1_000, 4_000)), "reason": "Told as doubtful."}
    answer = desk.post(move("confirm"), sent)
    assert answer.status_code == 422
    assert "Told as doubtful.</textarea>" in answer.content.decode()


def test_what_was_closed_meanwhile_is_not_confirmed_again(desk, source, edition):
    grade(source, "E")
    draft = Alert.objects.get(holder_kind="summary")
    sent = {"alerts": [draft.pk], "reason": "Told as doubtful."}
    desk.post(move("confirm"), sent)
    answer = desk.post(move("confirm"), sent)
    assert answer.status_code == 409
    assert "Somebody resolved this in the meantime" in answer.content.decode()


def test_act_answers_with_the_parts_that_it_moved_and_no_others(desk, source, edition):
    other = make_claim(words="They met.", quotes=[make_news("They met.", source=source)])
    refresh([other])
    make_draft(claims=[other])
    grade(source, "E")
    own = Alert.objects.get(claim=other)
    sent = {"alerts": [own.pk], "reason": "Told as doubtful."}
    answer = desk.post(move("confirm"), sent, **IN_PLACE).content.decode()
    assert f'id="group-{other.partnership_id}"' in answer
    assert f'id="group-{edition.partnership_id}"' not in answer
    assert '<div id="desk-said" data-kind="done">1 confirmed as it stands.</div>' in answer
    assert 'id="alert-head"' in answer


def test_reason_that_somebody_began_to_write_stays_until_it_is_sent(desk, source, edition):
    """The form that confirms comes anew with its own act alone."""
    grade(source, "E")
    alerts = Alert.objects.order_by("holder_kind")
    handed = {"partnership": edition.partnership_id, "to": make_user("editor").pk}
    handed["seen"] = " ".join(f"{each.pk}:{each.assignee_id}" for each in alerts)
    answer = desk.post(move("hand-on"), handed, **IN_PLACE).content.decode()
    assert 'id="alert-head"' in answer
    assert 'id="alert-confirm"' not in answer
    sent = {"alerts": [alerts.last().pk], "reason": "Told as doubtful."}
    answer = desk.post(move("confirm"), sent, **IN_PLACE).content.decode()
    assert 'id="alert-confirm"' in answer
    assert "Told as doubtful.</textarea>" not in answer


@pytest.mark.parametrize("n", [1, 3])
def test_confirming_asks_for_no_claim_of_what_is_offered(n, django_assert_num_queries):
    for _ in range(n):
        make_alert(cause_id=1)
    cause = list(Alert.objects.of_cause("decision", 1))
    with django_assert_num_queries(0):
        assert len(ConfirmForm({}, cause=cause).fields["alerts"].choices) == n


def test_what_waits_is_handed_on_and_listed_for_whom_it_is(desk, client, source, edition):
    grade(source, "E")
    to = make_user("contributor")
    group = edition.partnership_id
    seen = " ".join(f"{each.pk}:{each.assignee_id}" for each in Alert.objects.open())
    sent = {"partnership": group, "seen": seen, "to": to.pk}
    answer = desk.post(move("hand-on"), sent, **IN_PLACE).content.decode()
    assert f"for {to.username}" in answer
    assert f'<option value="{to.pk}" selected>{to.username}</option>' in answer
    assert {each.assignee for each in Alert.objects.all()} == {to}
    assert Decision.objects.filter(act="assign alert").values("act_id").distinct().count() == 1
    assert "Regraded: The Daily Orbit" not in desk.get(f"{LIST}?which=mine").content.decode()
    client.force_login(to)
    assert "B → E · for you" in client.get(reverse("admin:index")).content.decode()
    assert "Regraded: The Daily Orbit" in client.get(f"{LIST}?which=mine").content.decode()


@pytest.mark.parametrize(
    ("seen", "to", "status", "said"),
    [
        ("{pk}:999999", "editor", 409, "Somebody handed this on in the meantime"),
        ("999999:", "editor", 409, "Somebody resolved this in the meantime"),
        ("{pk}:{was}", "", 200, "Nobody is named"),
        ("{pk}:{was}", "999999", 422, "see what is asked for"),
        ("{pk}:{was}", "nobody", 422, "see what is asked for"),
        ("{pk}:x", "editor", 422, "see what is asked for"),
        ("", "editor", 422, "see what is asked for"),
    ],
)
def test_stale_and_forged_forms_hand_nothing_on(desk, source, edition, seen, to, status, said):
    grade(source, "E")
    alert = Alert.objects.earliest("pk")
    people = {"editor": make_user("editor").pk, "nobody": make_user("").pk}
    sent = {"seen": seen.format(pk=alert.pk, was=alert.assignee_id), "to": people.get(to, to)}
    answer = desk.post(move("hand-on"), sent, **IN_PLACE)
    assert answer.status_code == status
    assert said in answer.content.decode()


def test_page_is_withdrawn_without_leaving(client, source, edition):
    client.force_login(make_user("publisher"))
    grade(source, "E")
    page = edition.partnership.page
    page.refresh_from_db()
    shown = client.get(cause()).content.decode()
    assert f'id="withdraw-{edition.partnership_id}"' in shown
    sent = {"partnership": edition.partnership_id, "seen": page.version, "reason": "It fell."}
    answer = client.post(move("withdraw"), sent)
    assert (answer.status_code, answer.url) == (302, cause())
    page.refresh_from_db()
    assert page.status == "withdrawn"
    assert Alert.objects.get(holder_kind="edition").resolution == "withdrawn"
    assert f'id="withdraw-{edition.partnership_id}"' not in client.get(cause()).content.decode()


def test_withdrawal_of_a_page_that_moved_is_refused_and_keeps_the_reason(client, source, edition):
    client.force_login(make_user("publisher"))
    grade(source, "E")
    sent = {"partnership": edition.partnership_id, "seen": 1, "reason": "It fell."}
    answer = client.post(move("withdraw"), sent)
    assert answer.status_code == 409
    assert "It fell.</textarea>" in answer.content.decode()


def test_only_pages_of_the_cause_are_withdrawn_there(client, source, edition):
    client.force_login(make_user("publisher"))
    other = make_published()
    grade(source, "E")
    sent = {"partnership": other.partnership_id, "seen": 1, "reason": "It fell."}
    assert client.post(move("withdraw"), sent, **IN_PLACE).status_code == 409
    other.partnership.page.refresh_from_db()
    assert other.partnership.page.status == "usable"


@pytest.mark.parametrize("verb", ["confirm", "hand-on", "withdraw"])
def test_contributor_is_offered_no_act_that_takes_an_editor(client, source, edition, verb):
    client.force_login(make_user("contributor"))
    grade(source, "E")
    assert move(verb) not in client.get(cause()).content.decode()
    assert client.post(move(verb), {"partnership": edition.partnership_id}).status_code == 403


@pytest.mark.parametrize("n", [1, 3])
def test_cause_asks_as_often_for_three_partnerships_as_for_one(
    n, desk, source, django_assert_num_queries
):
    for _ in range(n):
        claim = make_claim(quotes=[make_news(source=source)])
        refresh([claim])
        make_published(make_draft(claims=[claim]))
    grade(source, "E")
    address = cause()
    desk.get(address)
    with django_assert_num_queries(15):
        desk.get(address)
    with django_assert_num_queries(6):
        desk.get(LIST)


def test_cause_that_made_something_is_told_by_what_it_says(contributor):
    """Not by the numbers of rows that its line keeps."""
    held = make_claim(attribute="launch date", value="2028", told_as="plan", quotes=[make_news()])
    make_draft(claims=[held])
    told = {"words": "They launch in 2030.", "attribute": "launch date", "value": "2030"}
    claiming.make_claim(held.partnership, by=contributor, acting=[make_entity("ESA")], **told)
    (row,) = causes.listed("open", contributor)
    assert "“They launch in 2030.”" in row["cause"].words
    assert row["cause"].detail == "2030"
