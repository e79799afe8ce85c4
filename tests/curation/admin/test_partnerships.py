"""The page of a partnership: parties, states, claims, and what people do there."""

import pytest
from django.urls import reverse

from curation.models import Claim, Decision, Partnership, Summary
from tests.factories import (
    make_claim,
    make_entity,
    make_evidence,
    make_news,
    make_partnership,
    make_party,
    make_state,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def partnership():
    return make_partnership("ExoMars")


@pytest.fixture
def desk(client, editor):
    client.force_login(editor)
    return client


def page(partnership):
    return reverse("admin:curation_partnership_change", args=[partnership.pk])


def move(partnership, verb):
    return reverse("admin:curation_partnership_move", args=[partnership.pk, verb])


def test_page_shows_each_party_with_what_it_rests_on(desk, partnership):
    claim = make_claim(partnership=partnership, quotes=[make_news()])
    make_party(partnership, make_entity("Roscosmos"), claims=[claim], since="2022-03")

    told = desk.get(page(partnership)).content.decode()

    assert "Roscosmos" in told
    assert "March 2022" in told
    assert f"#claim-{claim.pk}" in told
    assert "reported" in told


def test_page_tells_of_each_quote_what_it_weighs(desk, partnership):
    claim = make_claim(partnership=partnership, quotes=[make_news("NASA will fly.")])

    told = desk.get(page(partnership)).content.decode()

    assert "NASA will fly." in told
    assert "firm" in told
    assert f"[@{claim.key}]" in told


def test_party_is_added_with_its_claim(desk, partnership):
    claim = make_claim(partnership=partnership)
    make_entity("NASA")
    sent = {"entity": "nasa", "role": "partner", "since": "2024", "until": "", "claims": [claim.pk]}

    answer = desk.post(move(partnership, "add-party"), sent)

    assert answer.status_code == 302
    party = partnership.parties.get()
    assert (party.entity.name, party.role, party.since) == ("NASA", "partner", "2024")
    assert list(party.claims.all()) == [claim]


def test_party_without_a_claim_is_refused_and_what_was_typed_is_kept(desk, partnership):
    make_claim(partnership=partnership)
    make_entity("NASA")

    answer = desk.post(move(partnership, "add-party"), {"entity": "NASA", "role": "lead"})

    assert answer.status_code == 422
    assert not partnership.parties.exists()
    assert 'value="NASA"' in answer.content.decode()
    assert "Tick at least one claim" in answer.content.decode()


def test_unknown_name_is_told_in_words(desk, partnership):
    claim = make_claim(partnership=partnership)

    answer = desk.post(
        move(partnership, "add-party"), {"entity": "Nasca", "role": "lead", "claims": [claim.pk]}
    )

    assert answer.status_code == 422
    assert "No entity goes by “Nasca”" in answer.content.decode()


def test_party_may_not_rest_on_a_claim_of_another_partnership(desk, partnership):
    make_entity("NASA")
    elsewhere = make_claim()

    answer = desk.post(
        move(partnership, "add-party"), {"entity": "NASA", "role": "lead", "claims": [elsewhere.pk]}
    )

    assert answer.status_code == 422
    assert not partnership.parties.exists()


def test_party_is_withdrawn_with_a_reason(desk, partnership):
    party = make_party(partnership, claims=[make_claim(partnership=partnership)])

    answer = desk.post(
        move(partnership, "withdraw-party"), {"row": party.pk, "reason": "It left in 2022."}
    )

    assert answer.status_code == 302
    assert not partnership.parties.in_force().exists()
    assert Decision.objects.filter(reason="It left in 2022.").exists()


def test_withdrawing_without_a_reason_changes_nothing(desk, partnership):
    party = make_party(partnership)

    answer = desk.post(move(partnership, "withdraw-party"), {"row": party.pk, "reason": "  "})

    assert answer.status_code == 422
    assert partnership.parties.in_force().get() == party


def test_state_is_added_and_is_the_state_now(desk, partnership):
    claim = make_claim(partnership=partnership)
    make_state(partnership, "proposed", claims=[claim], since="2020", until="2021")
    sent = {"word": "suspended", "since": "2022-03", "until": "", "claims": [claim.pk]}

    desk.post(move(partnership, "add-state"), sent)

    told = desk.get(page(partnership))
    assert told.context["state"] == "suspended"


def test_claim_is_written_on_the_page(desk, partnership):
    make_entity("NASA")
    sent = {
        "words": "NASA will launch it.",
        "told_as": "plan",
        "also_acting": "NASA",
        "date": "2028",
    }

    answer = desk.post(move(partnership, "write-claim"), sent)

    assert answer.status_code == 302
    claim = Claim.objects.get(partnership=partnership)
    assert (claim.words, claim.told_as, claim.date) == ("NASA will launch it.", "plan", "2028")
    assert [entity.name for entity in claim.acting.all()] == ["NASA"]


def test_date_that_is_none_is_told_beside_its_field(desk, partnership):
    sent = {"words": "NASA will launch it.", "told_as": "plan", "date": "the autumn"}

    answer = desk.post(move(partnership, "write-claim"), sent)

    assert answer.status_code == 422
    assert not Claim.objects.exists()
    assert "NASA will launch it." in answer.content.decode()


def test_summary_is_begun_and_opened(desk, partnership):
    answer = desk.post(move(partnership, "start-summary"))

    summary = Summary.objects.get(partnership=partnership)
    assert answer.url == reverse("admin:curation_summary_change", args=[summary.pk])


def test_new_partnership_is_made_and_opened(desk):
    answer = desk.post(reverse("admin:curation_partnership_add"), {"name": "Lunar Gateway"})

    partnership = Partnership.objects.get(name="Lunar Gateway")
    assert answer.url == page(partnership)


def test_making_a_partnership_is_told(desk):
    sent = {"name": "Lunar Gateway"}

    answer = desk.post(reverse("admin:curation_partnership_add"), sent, follow=True)

    assert "Made: Lunar Gateway." in answer.content.decode()


@pytest.mark.parametrize(("form", "field"), [("AddParty", "role"), ("AddState", "word")])
def test_role_and_state_are_chosen_never_taken_as_found(desk, partnership, form, field):
    make_claim(partnership=partnership)

    blank = desk.get(page(partnership)).context["forms"][form]

    assert '<option value="" selected>choose</option>' in str(blank[field])


def test_second_partnership_of_a_name_is_refused(desk, partnership):
    answer = desk.post(reverse("admin:curation_partnership_add"), {"name": "ExoMars"})

    assert answer.status_code == 422
    assert "of this name already" in answer.content.decode()
    assert Partnership.objects.count() == 1


def test_taken_name_is_refused_in_words_and_the_page_keeps_its_own(desk, partnership):
    make_partnership("Artemis")

    answer = desk.post(move(partnership, "rename"), {"name": "Artemis"})

    told = answer.content.decode()
    assert answer.status_code == 422
    assert "There is a partnership of this name already" in told
    assert "<h1>ExoMars</h1>" in told
    assert "&rsaquo; ExoMars" in told
    assert 'value="Artemis"' in told  # what was typed is kept


def test_reason_of_a_refused_withdrawal_is_kept(desk, partnership):
    party = make_party(partnership)
    sent = {"row": party.pk, "reason": "It left. " * 200}

    answer = desk.post(move(partnership, "withdraw-party"), sent)

    told = answer.content.decode()
    assert f'id="withdraw-party-{party.pk}" open' in told
    assert "It left. It left." in told


def test_script_gets_the_page_without_its_frame(desk, partnership):
    make_claim(partnership=partnership)
    sent = {"words": "NASA will launch it.", "told_as": "plan"}

    answer = desk.post(move(partnership, "write-claim"), sent, headers={"X-Desk": "fragment"})

    told = answer.content.decode()
    assert answer.status_code == 200
    assert 'id="desk-said"' in told
    assert 'id="partnership"' in told
    assert "NASA will launch it." in told
    assert "<html" not in told


def test_contributor_sees_no_button_that_would_be_refused(client, contributor, partnership):
    client.force_login(contributor)
    make_party(partnership, claims=[make_claim(partnership=partnership)])

    told = client.get(page(partnership)).content.decode()

    assert "Add a party" not in told
    assert "Withdraw…" not in told
    assert "Write a claim" in told


def test_contributor_may_not_add_a_party(client, contributor, partnership):
    client.force_login(contributor)
    claim = make_claim(partnership=partnership)
    make_entity("NASA")
    sent = {"entity": "NASA", "role": "lead", "claims": [claim.pk]}

    answer = client.post(move(partnership, "add-party"), sent)

    assert answer.status_code == 403
    assert not partnership.parties.exists()


def fill(partnership, at):
    claim = make_claim(partnership=partnership, acting=[make_entity(f"Entity {at}")])
    make_evidence(
        claim, make_news(f"Agency {at} agreed."), own_record_of=[make_entity(f"Own {at}")]
    )
    make_party(partnership, make_entity(f"Party {at}"), claims=[claim])
    make_state(partnership, "active", claims=[claim], since=f"202{at}")


def test_page_query_count_does_not_grow(desk, partnership, queries):
    fill(partnership, 1)
    with_one = queries(page(partnership))
    fill(partnership, 2)
    fill(partnership, 3)

    assert queries(page(partnership)) == with_one


def test_list_query_count_does_not_grow(desk, partnership, queries):
    address = reverse("admin:curation_partnership_changelist")
    fill(partnership, 1)
    with_one = queries(address)
    for at in (2, 3):
        fill(make_partnership(), at)

    assert queries(address) == with_one


def test_list_is_found_by_the_alias_of_a_party(desk, partnership):
    make_party(partnership, make_entity("Roscosmos", aliases=["Roskosmos"]))
    make_partnership("Artemis")

    told = desk.get(reverse("admin:curation_partnership_changelist"), {"q": "roskosmos"})

    assert [each.name for each in told.context["cl"].result_list] == ["ExoMars"]
