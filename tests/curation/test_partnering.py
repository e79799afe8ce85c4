"""Partnerships, their parties and states: each names the claims it rests on."""

import json
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from curation import partnering
from curation.ledger import Refused
from curation.models import Decision, Partnership, PartnershipState, Party
from tests.factories import (
    make_claim,
    make_entity,
    make_partnership,
    make_party,
    make_state,
)

pytestmark = pytest.mark.django_db


def acts():
    return list(Decision.objects.exclude(act="test").order_by("seq").values_list("act", flat=True))


def test_partnership_is_made_and_renamed(editor):
    former = make_partnership("ExoMars with Roscosmos")
    partnership = partnering.make_partnership(
        by=editor, name=" ExoMars  with NASA", succeeds=former
    )

    partnering.rename(partnership, by=editor, name="ExoMars Rosalind Franklin")

    partnership.refresh_from_db()
    assert (partnership.name, partnership.succeeds) == ("ExoMars Rosalind Franklin", former)
    made, renamed = Decision.objects.about(partnership).order_by("seq")
    assert json.loads(made.after) == {"name": "ExoMars with NASA", "succeeds": former.pk}
    assert (json.loads(renamed.before), json.loads(renamed.after)) == (
        "ExoMars with NASA",
        "ExoMars Rosalind Franklin",
    )


@pytest.mark.parametrize("name", ["", "  ", "x" * 201, "a\x00b", "Artemis"])
def test_partnership_needs_a_name_of_its_own(editor, name):
    make_partnership("Artemis")
    with pytest.raises(ValidationError):
        partnering.make_partnership(by=editor, name=name)
    with pytest.raises(ValidationError):
        partnering.rename(make_partnership("Gateway"), by=editor, name=name)
    assert set(Partnership.objects.values_list("name", flat=True)) == {"Artemis", "Gateway"}
    assert acts() == []


def test_party_is_added_with_role_times_and_claims(editor):
    claim, esa = make_claim(), make_entity("ESA")

    party = partnering.add_party(
        claim.partnership,
        by=editor,
        entity=esa,
        role="lead",
        since="2012-03",
        until="2022~",
        claims=[claim, claim],
    )

    party.refresh_from_db()
    assert (party.entity, party.role, party.since, party.until) == (esa, "lead", "2012-03", "2022~")
    assert (party.since_earliest, party.until_latest) == (date(2012, 3, 1), date(2022, 12, 31))
    assert list(party.claims.all()) == [claim]
    assert json.loads(party.decision.after) == {
        "entity": esa.pk,
        "role": "lead",
        "since": "2012-03",
        "until": "2022~",
        "claims": [claim.pk],
    }


def test_merged_party_is_recorded_as_what_it_was_merged_into(editor):
    claim, esa = make_claim(), make_entity("ESA")
    merged = make_entity("European Space Agency", merged_into=esa)
    party = partnering.add_party(
        claim.partnership, by=editor, entity=merged, role="lead", claims=[claim]
    )
    assert party.entity == esa


def test_state_is_added_with_times_and_claims(editor):
    claim = make_claim()
    state = partnering.add_state(
        claim.partnership, by=editor, word="ended", since="2022-07-12", claims=[claim]
    )
    state.refresh_from_db()
    assert (state.word, state.since_earliest) == ("ended", date(2022, 7, 12))
    assert list(state.claims.all()) == [claim]


def add_party(claim, by, **values):
    told = {"entity": make_entity(), "role": "lead", "claims": [claim]} | values
    return partnering.add_party(claim.partnership, by=by, **told)


def add_state(claim, by, **values):
    told = {"word": "active", "claims": [claim]} | values
    return partnering.add_state(claim.partnership, by=by, **told)


BOTH = pytest.mark.parametrize("add", [add_party, add_state])


@BOTH
def test_everything_rests_on_at_least_one_claim(editor, add):
    with pytest.raises(ValidationError, match="at least one claim"):
        add(make_claim(), editor, claims=[])


@BOTH
def test_claims_are_all_of_this_partnership(editor, add):
    claim, other = make_claim(), make_claim()
    with pytest.raises(ValidationError, match=f"{other.key} is a claim about another"):
        add(claim, editor, claims=[claim, other])


@BOTH
@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"since": "2024", "until": "2023"}, "until"),
        ({"since": "2024-05-02", "until": "2024-05-01"}, "until"),
        ({"since": "soon"}, "since"),
        ({"until": "2024-02-30"}, "until"),
    ],
)
def test_times_that_cannot_be_are_refused(editor, add, values, field):
    with pytest.raises(ValidationError) as refused:
        add(make_claim(), editor, **values)
    assert list(refused.value.message_dict) == [field]
    assert (Party.objects.count(), PartnershipState.objects.count(), acts()) == (0, 0, [])


@BOTH
@pytest.mark.parametrize(
    "values",
    [
        {"since": "2024", "until": "2024"},
        {"since": "2024-06", "until": "2024"},
        {"since": "2024/..", "until": ""},
        {"since": "", "until": "2024?"},
    ],
)
def test_times_that_may_be_are_taken(editor, add, values):
    assert add(make_claim(), editor, **values).pk


def test_unknown_roles_and_states_are_refused(editor):
    with pytest.raises(ValidationError):
        add_party(make_claim(), editor, role="friend")
    with pytest.raises(ValidationError):
        add_state(make_claim(), editor, word="cordial")


def test_same_party_role_and_time_is_there_once(editor):
    claim, esa = make_claim(), make_entity("ESA")
    add_party(claim, editor, entity=esa, since="2020")
    with pytest.raises(ValidationError, match="has that role from that date already"):
        add_party(claim, editor, entity=esa, since="2020")
    assert add_party(claim, editor, entity=esa, since="2024").pk


def test_same_state_and_time_is_there_once(editor):
    claim = make_claim()
    add_state(claim, editor, since="2020")
    with pytest.raises(ValidationError, match="has this state from that date already"):
        add_state(claim, editor, since="2020")


def rows():
    partnership = make_partnership()
    return [
        (partnering.withdraw_party, make_party(partnership)),
        (partnering.withdraw_state, make_state(partnership)),
    ]


def test_withdrawn_row_stays_out_of_force_with_the_reason(editor):
    for withdraw, row in rows():
        withdraw(row, by=editor, reason="It was another agency.")
        row.refresh_from_db()
        assert row.superseded_at is not None
        assert Decision.objects.about(row).get().reason == "It was another agency."


def test_withdrawn_row_may_be_added_anew(editor):
    claim, esa = make_claim(), make_entity("ESA")
    party = add_party(claim, editor, entity=esa)
    partnering.withdraw_party(party, by=editor, reason="Wrong claim.")
    assert add_party(claim, editor, entity=esa).pk != party.pk


def test_withdrawing_asks_why(editor):
    for withdraw, row in rows():
        with pytest.raises(ValidationError, match="Write why"):
            withdraw(row, by=editor, reason="")


def test_second_withdrawal_is_told_somebody_was_faster(editor):
    for withdraw, row in rows():
        withdraw(row, by=editor, reason="x")
        with pytest.raises(Refused, match="Somebody else"):
            withdraw(row, by=editor, reason="x")


@pytest.mark.parametrize(
    "act",
    [
        lambda by: partnering.make_partnership(by=by, name="x"),
        lambda by: partnering.rename(make_partnership(), by=by, name="x"),
        lambda by: add_party(make_claim(), by),
        lambda by: add_state(make_claim(), by),
        lambda by: partnering.withdraw_party(make_party(make_partnership()), by=by, reason="x"),
        lambda by: partnering.withdraw_state(make_state(make_partnership()), by=by, reason="x"),
    ],
)
def test_contributor_may_not_say_what_a_partnership_is(contributor, act):
    with pytest.raises(PermissionDenied):
        act(contributor)
