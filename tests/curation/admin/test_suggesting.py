"""Fields that find claims and partnerships by what one types, with and without the script."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from curation.admin.suggesting import ClaimField, PartnershipField
from tests.factories import make_claim, make_partnership, make_user

pytestmark = pytest.mark.django_db


def offered(client, what, words):
    client.force_login(make_user("contributor"))
    return client.get(reverse(f"admin:{what}_names"), {"q": words}).content.decode()


def test_claims_are_offered_by_key_words_and_partnership(client):
    claim = make_claim(words="They fly.", partnership=make_partnership("ExoMars"))
    make_claim(words="It ended.")

    for words in (claim.key, "they fl", "exomars"):
        found = offered(client, "claim", words)
        assert found == f'<option value="{claim.key}: They fly.">ExoMars</option>'


def test_partnerships_are_offered_by_part_of_the_name_and_few_at_once(client):
    for n in range(30):
        make_partnership(f"Rover {n}")
    make_partnership("Gateway")

    assert offered(client, "partnership", "gate") == '<option value="Gateway"></option>'
    assert offered(client, "partnership", "rover").count("<option") == 20
    assert offered(client, "partnership", " ") == ""


def test_what_is_offered_is_understood():
    claim = make_claim(words="They fly; they land.")

    assert ClaimField().clean(f"{claim.key}: They fly; they land.") == claim
    assert ClaimField().clean(claim.key) == claim
    assert PartnershipField().clean(claim.partnership.name.upper()) == claim.partnership
    assert (ClaimField(required=False).clean(""), PartnershipField(required=False).clean("")) == (
        None,
        None,
    )


@pytest.mark.parametrize("typed", ["c999999999999", "c", "words of no claim", "c12345678901234567"])
def test_claim_that_is_none_is_refused_in_words(typed):
    with pytest.raises(ValidationError, match="is no claim in use"):
        ClaimField().clean(typed)


def test_claim_that_was_replaced_takes_no_more_quotes():
    old = make_claim()
    make_claim(partnership=old.partnership, replaces=old, because="overtaken")

    with pytest.raises(ValidationError, match="is no claim in use"):
        ClaimField().clean(old.key)


def test_partnership_that_is_none_is_refused_in_words():
    with pytest.raises(ValidationError, match="No partnership is called “Nowhere”"):
        PartnershipField().clean("Nowhere")
