"""Other evidence is found, and put to a claim, at the screen of what moved under it."""

import pytest
from django.urls import reverse

from corpus import search
from curation.models import Alert, Claim, Evidence, Quote
from curation.standings import refresh
from tests.curation.test_alerting import grade
from tests.factories import (
    make_claim,
    make_document,
    make_draft,
    make_news,
    make_published,
    make_source,
    make_user,
)

pytestmark = pytest.mark.django_db
IN_PLACE = {"HTTP_X_DESK": "fragment"}


@pytest.fixture
def claim():
    """What a regrade took the standing of, in a page and its draft."""
    source = make_source("The Daily Orbit", grade="B")
    claim = make_claim(words="They agreed on a rover.", quotes=[make_news(source=source)])
    refresh([claim])
    make_published(make_draft(claims=[claim]))
    grade(source, "E")
    return claim


@pytest.fixture
def desk(client):
    client.force_login(make_user("editor"))
    return client


@pytest.fixture
def elsewhere():
    """Words of a better source, which nobody quoted."""
    document = make_document(
        "NASA confirms the rover.\n\nNobody doubts it.", source=make_source("NASA News", grade="A")
    )
    search.store_words(document)
    return document


def panel():
    return reverse(
        "admin:curation_alert_move", args=[Alert.objects.earliest("pk").pk, "other-evidence"]
    )


def test_search_finds_passages_with_what_is_known_of_them(desk, claim, elsewhere):
    asked = {"claim": claim.pk, "q": "nasa ROVER"}
    answer = desk.get(panel(), asked, **IN_PLACE).content.decode()
    assert "1 passage found." in answer
    assert "NASA confirms the rover." in answer
    assert "NASA News, graded A" in answer
    assert "Nobody doubts it." not in answer
    page = desk.get(panel(), asked).content.decode()  # without script
    assert "NASA confirms the rover." in page
    put = reverse("admin:corpus_document_move", args=[elsewhere.pk, "claim"])
    assert f'<a data-fragment href="{put}' in answer
    assert f'<a href="{put}' in page  # no dialog is there to open
    assert "No text on the desk" in desk.get(panel(), asked | {"q": "zeppelin"}).content.decode()


def test_found_words_are_put_to_the_claim_and_answer_at_the_cause(desk, claim, elsewhere):
    alert = Alert.objects.earliest("pk")
    start, end = 0, len("NASA confirms the rover.")
    capture = elsewhere.current_capture_id
    place = {"capture": capture, "start": start, "end": end, "alert": alert.pk}
    address = reverse("admin:corpus_document_move", args=[elsewhere.pk, "claim"])
    dialog = desk.get(address, place | {"claim": claim.key}, **IN_PLACE).content.decode()
    assert f'value="{claim.key}"' in dialog
    assert f'name="alert" value="{alert.pk}"' in dialog
    passages = elsewhere.current_capture.passages.filter(start=0)
    said = {
        "exact": "NASA confirms the rover.",
        "seen": f"{passages.get().pk}:",
        "reliability": "news",
        "credibility": 2,
        "stance": "supports",
        "claim": f"{claim.key}: {claim.words}",
        "ticked": "on",
    }
    answer = desk.post(address, place | said, **IN_PLACE)
    told = answer.content.decode()
    assert answer.status_code == 200, told
    assert f"{claim.key} is reported now. What waited of it here is dealt with." in told
    assert f'id="group-{claim.partnership_id}"' in told
    assert not Alert.objects.open().exists()


@pytest.mark.parametrize("other", ["", "a new one", "c999", "one that is not moved"])
def test_dialog_at_a_cause_takes_one_of_its_claims(desk, claim, elsewhere, other):
    if other == "one that is not moved":
        other = make_claim(partnership=claim.partnership).key
    alert = Alert.objects.earliest("pk")
    said = {
        "capture": elsewhere.current_capture_id,
        "start": 0,
        "end": len("NASA confirms the rover."),
        "alert": alert.pk,
        "exact": "NASA confirms the rover.",
        "reliability": "news",
        "credibility": 2,
        "stance": "supports",
        "claim": other,
        "words": "They will fly.",
        "partnership": claim.partnership.name,
        "ticked": "on",
    }
    address = reverse("admin:corpus_document_move", args=[elsewhere.pk, "claim"])
    before = Evidence.objects.count(), Claim.objects.count()
    answer = desk.post(address, said, **IN_PLACE)
    assert answer.status_code == 422
    assert "data-new-claim" not in answer.content.decode()
    assert (Evidence.objects.count(), Claim.objects.count()) == before


def test_dialog_without_script_leads_back_to_the_cause(desk, claim, elsewhere):
    alert = Alert.objects.earliest("pk")
    place = {"capture": elsewhere.current_capture_id, "start": 0, "end": 24, "alert": alert.pk}
    address = reverse("admin:corpus_document_move", args=[elsewhere.pk, "claim"])
    cause = reverse("admin:curation_alert_change", args=[alert.pk])
    assert cause in desk.get(address, place).content.decode()
    said = {
        "exact": "NASA confirms the rover.",
        "seen": f"{elsewhere.current_capture.passages.get(start=0).pk}:",
        "reliability": "news",
        "credibility": 2,
        "stance": "supports",
        "claim": claim.key,
    }
    answer = desk.post(address, place | said)
    assert (answer.status_code, answer.url) == (302, cause)
    assert Alert.objects.open().exists()  # nobody ticked it


def test_quoted_words_are_put_to_the_claim_where_it_waits(desk, claim):
    make_claim(
        partnership=claim.partnership,
        quotes=[make_news("NASA agreed.", source=make_source(grade="A"))],
    )
    quote = Quote.objects.get(exact="NASA agreed.")
    sent = {"claim": claim.pk, "quote": quote.pk, "stance": "supports", "ticked": "on"}
    answer = desk.post(panel(), sent)
    assert answer.status_code == 302
    assert answer.url == reverse(
        "admin:curation_alert_change", args=[Alert.objects.earliest("pk").pk]
    )
    assert not Alert.objects.open().exists()


@pytest.mark.parametrize("quote", ["999999", "x", ""])
def test_words_that_nobody_quoted_are_refused_in_place(desk, claim, quote):
    sent = {"claim": claim.pk, "quote": quote, "stance": "supports"}
    answer = desk.post(panel(), sent, **IN_PLACE)
    assert answer.status_code == 422
    assert f'id="evidence-{claim.pk}"' in answer.content.decode()
    assert Evidence.objects.count() == 1


@pytest.mark.parametrize("given", ["", "x", "999999", "9" * 30])
def test_claims_that_the_cause_did_not_move_are_not_there(desk, claim, given):
    other = make_claim()
    assert desk.get(panel(), {"claim": given}).status_code == 404
    assert desk.post(panel(), {"claim": other.pk}).status_code == 404


def test_contributor_puts_evidence_and_an_editor_closes_what_is_left(client, claim, elsewhere):
    client.force_login(make_user("contributor"))
    make_claim(
        partnership=claim.partnership,
        quotes=[make_news("NASA agreed.", source=make_source(grade="E"))],
    )
    quote = Quote.objects.get(exact="NASA agreed.")
    sent = {"claim": claim.pk, "quote": quote.pk, "stance": "supports", "ticked": "on"}
    told = client.post(panel(), sent, **IN_PLACE).content.decode()
    assert f"{claim.key} is doubtful now. 2 places of it wait here still." in told
    assert Alert.objects.open().count() == 2


@pytest.mark.parametrize("n", [1, 3])
def test_search_asks_as_often_for_three_passages_as_for_one(
    n, desk, claim, django_assert_num_queries
):
    for _ in range(n):
        search.store_words(make_document("NASA confirms it.", source=make_source(grade="A")))
    asked = {"claim": claim.pk, "q": "nasa confirms"}
    desk.get(panel(), asked, **IN_PLACE)
    with django_assert_num_queries(32):
        desk.get(panel(), asked, **IN_PLACE)
