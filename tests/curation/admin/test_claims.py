"""The page of a claim: its standing and why, and what people do about it."""

import pytest
from django.urls import reverse

from curation.models import Claim, Decision, Evidence
from curation.standings import refresh
from tests.factories import (
    make_claim,
    make_entity,
    make_evidence,
    make_news,
    make_partnership,
    make_party,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client, contributor):
    client.force_login(contributor)
    return client


@pytest.fixture
def claim():
    return make_claim(quotes=[make_news("ESA and NASA agreed on it.")])


def page(claim):
    return reverse("admin:curation_claim_change", args=[claim.pk])


def move(claim, verb):
    return reverse("admin:curation_claim_move", args=[claim.pk, verb])


def listed(client, **asked):
    answer = client.get(reverse("admin:curation_claim_changelist"), asked)
    return [claim.words for claim in answer.context["cl"].result_list]


def test_page_says_how_it_stands_and_why(desk, claim):
    told = desk.get(page(claim)).content.decode()

    assert "Why reported:" in told
    assert "source graded B" in told
    assert "ESA and NASA agreed on it." in told
    assert "firm" in told


def test_quote_leads_to_its_place_in_the_reading_room(desk, claim):
    quote = claim.evidence.get().quote
    passage = quote.capture.passages.get()

    told = desk.get(page(claim)).content.decode()

    room = reverse("admin:corpus_document_change", args=[quote.capture.document_id])
    assert f"{room}?capture={quote.capture_id}&amp;at={passage.pk}" in told


def test_tick_is_taken_back_and_given_again(desk, claim):
    evidence = claim.evidence.get()

    desk.post(move(claim, "untick"), {"evidence": evidence.pk})
    evidence.refresh_from_db()
    assert evidence.ticked is None
    assert "Why unsupported:" in desk.get(page(claim)).content.decode()

    desk.post(move(claim, "tick"), {"evidence": evidence.pk})
    evidence.refresh_from_db()
    assert evidence.ticked is not None


def test_evidence_of_another_claim_is_not_moved_here(desk, claim):
    other = make_claim(quotes=[make_news("NASA will fly.")]).evidence.get()

    answer = desk.post(move(claim, "untick"), {"evidence": other.pk})

    assert answer.status_code == 422
    other.refresh_from_db()
    assert other.ticked is not None


def test_evidence_is_withdrawn_with_a_reason(desk, claim):
    evidence = claim.evidence.get()

    assert desk.post(move(claim, "withdraw-evidence"), {"evidence": evidence.pk}).status_code == 422
    desk.post(move(claim, "withdraw-evidence"), {"evidence": evidence.pk, "reason": "Misread."})

    assert not claim.evidence.in_force().exists()
    assert Decision.objects.filter(reason="Misread.").exists()


def test_words_quoted_already_become_further_evidence(desk, claim):
    partnership = claim.partnership
    agency = make_entity("Roscosmos")
    make_party(partnership, agency, claims=[claim])
    other = make_claim(partnership=partnership, quotes=[make_news("Roscosmos left.")])
    quote = other.evidence.get().quote
    sent = {"quote": quote.pk, "stance": "disputes", "own_record_of": [agency.pk], "ticked": "on"}

    answer = desk.post(move(claim, "add-evidence"), sent)

    assert answer.status_code == 302
    added = claim.evidence.in_force().get(quote=quote)
    assert (added.stance, list(added.own_record_of.all())) == ("disputes", [agency])
    assert added.ticked is not None


def test_quote_of_another_partnership_is_not_offered(desk, claim):
    elsewhere = make_claim(quotes=[make_news("NASA will fly.")]).evidence.get().quote

    answer = desk.post(move(claim, "add-evidence"), {"quote": elsewhere.pk, "stance": "supports"})

    assert answer.status_code == 422
    assert claim.evidence.count() == 1


def test_claim_is_replaced_and_its_quotes_go_along_without_their_ticks(desk, claim):
    sent = {
        "words": "ESA and NASA signed it.",
        "told_as": "fact",
        "because": "reworded",
        "take_quotes": "on",
    }

    answer = desk.post(move(claim, "replace"), sent)

    assert answer.status_code == 302
    new = Claim.objects.get(replaces=claim)
    assert (new.words, new.because) == ("ESA and NASA signed it.", "reworded")
    assert new.evidence.get().ticked is None
    assert claim.evidence.get().ticked is not None
    assert "Replaced as reworded by" in desk.get(page(claim)).content.decode()


def test_replacing_wants_a_reason(desk, claim):
    answer = desk.post(move(claim, "replace"), {"words": "Else.", "told_as": "fact"})

    assert answer.status_code == 422
    assert Claim.objects.count() == 1
    assert "Else." in answer.content.decode()


def test_script_gets_the_claim_alone(desk, claim):
    sent = {"evidence": claim.evidence.get().pk, "back": "partnership"}

    answer = desk.post(move(claim, "untick"), sent, headers={"X-Desk": "fragment"})

    told = answer.content.decode()
    assert f'id="claim-{claim.pk}"' in told
    assert "unsupported" in told
    assert "<html" not in told


def test_without_script_the_answer_leads_back_to_the_partnership(desk, claim):
    sent = {"evidence": claim.evidence.get().pk, "back": "partnership"}

    answer = desk.post(move(claim, "untick"), sent)

    page = reverse("admin:curation_partnership_change", args=[claim.partnership_id])
    assert answer.url == f"{page}#claim-{claim.pk}"


def test_words_are_never_changed_by_a_form(desk, claim):
    desk.post(page(claim), {"words": "Other.", "_saveasnew": "1"})

    assert Claim.objects.get().words == claim.words


def test_list_is_filtered_by_standing_and_by_entity(desk, claim):
    agency = make_entity("JAXA")
    make_claim(words="JAXA will build it.", acting=[agency])
    refresh(Claim.objects.all())

    assert listed(desk, standing__word__exact="reported") == [claim.words]
    assert listed(desk, entity=agency.pk) == ["JAXA will build it."]
    assert listed(desk, q="build") == ["JAXA will build it."]


@pytest.mark.parametrize("entity", ["x", "-1", "9" * 40, "²", ""])
def test_entity_that_is_none_filters_nothing(desk, claim, entity):
    assert listed(desk, entity=entity) == [claim.words]


def test_list_tells_what_is_overtaken(desk, claim):
    make_claim(
        partnership=claim.partnership, words="It ended.", replaces=claim, because="overtaken"
    )

    assert "overtaken" in desk.get(reverse("admin:curation_claim_changelist")).content.decode()


def test_page_query_count_does_not_grow(desk, claim, queries):
    with_one = queries(page(claim))
    for words in ("NASA will fly.", "JAXA will drive."):
        make_evidence(claim, make_news(words), own_record_of=[make_entity(words)])

    assert queries(page(claim)) == with_one
    assert Evidence.objects.count() == 3


def test_list_query_count_does_not_grow(desk, claim, queries):
    address = reverse("admin:curation_claim_changelist")
    with_one = queries(address)
    for _ in range(2):
        old = make_claim(partnership=make_partnership())
        make_claim(partnership=old.partnership, replaces=old, because="overtaken")

    assert queries(address) == with_one


def test_claims_that_contradict_stand_side_by_side_and_are_left_so(client, editor):
    client.force_login(editor)
    one, other = contradicting_claims()
    for told in (client.get(page(one)), client.get(partnership_page(one))):
        assert told.status_code == 200
        words = told.content.decode()
        assert words.count('class="contradiction"') == 1
        assert words.index("<strong>2028</strong>") < words.index("<strong>2030</strong>")
        assert "these cannot all be so" in words

    client.post(move(one, "leave-disputed"), {"other": other.pk, "reason": "Both insist."})

    told = client.get(page(one)).content.decode()
    assert "left as disputed, and each claim stands so" in told
    assert [each.stance for each in one.evidence.order_by("pk")] == ["supports", "disputes"]


def test_contributor_is_not_offered_to_leave_claims_as_disputed(desk):
    one, _ = contradicting_claims()
    told = desk.get(page(one)).content.decode()
    assert "Other claims say otherwise" in told
    assert "Leave them as disputed…" not in told


def contradicting_claims():
    """Two launch dates of one partnership, each with its quote."""
    partnership = make_partnership()
    claims = [
        make_claim(
            partnership=partnership,
            attribute="launch",
            value=value,
            quotes=[make_news(f"They launch in {value}.")],
        )
        for value in ("2028", "2030")
    ]
    refresh(claims)
    return claims


def partnership_page(claim):
    return reverse("admin:curation_partnership_change", args=[claim.partnership_id])
