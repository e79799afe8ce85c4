"""Quoted words that a newer text lacks, or has twice: a person looks, and says so at the cause."""

import pytest
from django.urls import reverse

from curation.models import Alert, Anchor, Standing, Summary
from curation.standings import refresh
from tests.curation.test_alerting import collect, collected, told  # noqa: F401 (a fixture)
from tests.factories import make_evidence, make_published, make_quote, make_user

pytestmark = pytest.mark.django_db
IN_PLACE = {"HTTP_X_DESK": "fragment"}
TWICE = "Yes. ESA and NASA agreed. No. ESA and NASA agreed. So."


@pytest.fixture
def claim(collected):  # noqa: F811
    """Told in a page and its draft; its words are those of day 1."""
    make_published(Summary.objects.get())
    return collected


@pytest.fixture
def desk(client):
    client.force_login(make_user("editor"))
    return client


def cause():
    return Alert.objects.filter(cause_kind="sighting").earliest("pk")


def shown(desk):
    address = reverse("admin:curation_alert_change", args=[cause().pk])
    return desk.get(address).content.decode()


def say(desk, verb, **sent):
    anchor = Anchor.objects.in_force().latest("pk")
    address = reverse("admin:curation_alert_move", args=[cause().pk, verb])
    return desk.post(address, {"anchor": anchor.pk} | sent, **IN_PLACE)


def test_lost_words_are_shown_where_they_stood_and_with_what_stands_there_now(desk, claim):
    collect("ESA and JAXA spoke. They met.", 2)
    page = shown(desk)
    assert "stand nowhere in its newest text" in page
    assert "whether its words still stand in the text: yes → no" in page
    assert "<mark>ESA and NASA agreed.</mark>" in page
    assert "Where they stood, it reads now:" in page
    assert "ESA and JAXA spoke." in page
    assert f"Put these words to {claim.key}" in page


def test_editor_says_that_words_are_lost_and_readers_are_told_at_once(desk, claim):
    collect("They met.", 2)
    answer = say(desk, "lost", reason="I read the whole text.").content.decode()
    assert "The words are lost" in answer
    assert f'id="group-{claim.partnership_id}"' in answer
    asked = Alert.objects.filter(cause_kind="sighting")
    assert {each.resolution for each in asked} == {"reconfirmed"}
    followed = Alert.objects.open().filter(cause_kind="decision")
    assert {each.severity for each in followed} == {"critical", "major"}
    (words,) = told(claim.partnership.editions.get())
    assert "is unsupported now" in words


def test_editor_says_which_of_two_places_is_meant(desk, claim):
    collect(TWICE, 2)
    page = shown(desk)
    assert "stand at 2 places of its newest text" in page
    answer = say(desk, "place", start=TWICE.rindex("ESA"))
    assert answer.status_code == 200
    assert "They stand" not in answer.content.decode()
    assert Anchor.objects.in_force().get().start == TWICE.rindex("ESA")
    assert not Alert.objects.open().exists()
    assert Standing.objects.get(claim=claim).word == "reported"


@pytest.mark.parametrize(
    ("verb", "sent", "status", "said"),
    [
        ("place", {"start": 3}, 409, "These are not the quoted words"),
        ("place", {"start": 10**9}, 409, "These are not the quoted words"),
        ("place", {"start": -1}, 422, "see what is asked for"),
        ("place", {}, 422, "see what is asked for"),
        ("place", {"anchor": "999999", "start": 5}, 409, "asks of no such words"),
        ("place", {"anchor": "x", "start": 5}, 422, "see what is asked for"),
        ("lost", {"reason": "  "}, 422, "see what is asked for"),
        ("lost", {"anchor": "999999", "reason": "Read."}, 409, "asks of no such words"),
    ],
)
def test_what_does_not_fit_the_text_is_refused_in_words(desk, claim, verb, sent, status, said):
    collect(TWICE, 2)
    answer = say(desk, verb, **sent)
    assert (answer.status_code, said in answer.content.decode()) == (status, True)
    assert Anchor.objects.in_force().get().decision is None


def test_second_to_look_is_told_that_somebody_was_faster(desk, claim):
    collect(TWICE, 2)
    stale = Anchor.objects.in_force().get().pk
    say(desk, "place", start=5)
    answer = say(desk, "lost", anchor=stale, reason="I read it.")
    assert answer.status_code == 409
    assert Anchor.objects.in_force().get().state == "moved"


def test_alert_of_two_quotes_waits_until_both_were_looked_for(desk, claim):
    document = claim.evidence.get().quote.capture.document
    make_evidence(claim, make_quote(document, "They met."))
    refresh([claim])
    collect("Nothing.", 2)
    waiting = Alert.objects.open().filter(cause_kind="sighting")
    assert waiting.count() == 2
    say(desk, "lost", reason="I read it.")
    assert waiting.count() == 2
    left = Anchor.objects.in_force().get(decision=None)
    say(desk, "lost", anchor=left.pk, reason="I read it.")
    assert waiting.count() == 0


def test_contributor_sees_what_is_lost_and_cannot_say_so(client, claim):
    collect("They met.", 2)
    client.force_login(make_user("contributor"))
    assert "stand nowhere" in shown(client)
    assert "Say that they are lost" not in shown(client)
    assert say(client, "lost", reason="I read it.").status_code == 403
