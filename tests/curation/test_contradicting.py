"""Claims that give different values of what has only one: found, told to holders, settled."""

import pytest
from django.core.exceptions import PermissionDenied

from curation import claiming, contradicting
from curation.ledger import Refused
from curation.models import Alert, Claim, Decision, Evidence, Standing
from tests.factories import make_claim, make_draft, make_news, make_partnership, make_user

pytestmark = pytest.mark.django_db


def claim(**kwargs):
    return Claim(**{"attribute": "launch date", "told_as": "plan"} | kwargs)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ({"value": "2028"}, {"value": "2030"}, True),
        ({"value": "2028"}, {"value": "2028-03"}, False),
        ({"value": "March 2028"}, {"value": "2028-03"}, False),
        ({"value": "March 2028"}, {"value": "2028-05"}, True),
        ({"value": "2028/.."}, {"value": "2030"}, False),
        ({"value": "2028", "attribute": "Launch"}, {"value": "2030"}, True),
        ({"value": "2028", "attribute": "crew"}, {"value": "2030", "attribute": "crew"}, False),
        ({"value": "2028", "as_of": "2020"}, {"value": "2030", "as_of": "2024"}, False),
        ({"value": "2028", "as_of": "2024"}, {"value": "2030", "as_of": "2024-05"}, True),
        ({"value": "2028", "as_of": "2024"}, {"value": "2030"}, True),
        ({"value": "2028", "told_as": "scenario"}, {"value": "2030"}, False),
        ({"value": ""}, {"value": "2030"}, False),
        (
            {"value": "Ended", "attribute": "state"},
            {"value": "ended", "attribute": "status"},
            False,
        ),
        ({"value": "ended", "attribute": "state"}, {"value": "active", "attribute": "state"}, True),
        (
            {"value": "€1 bn", "attribute": "budget"},
            {"value": "€2 bn", "attribute": "budget"},
            True,
        ),
    ],
)
def test_values_of_one_attribute_contradict(one, other, expected):
    one, other = claim(pk=1, **one), claim(pk=2, **other)
    assert contradicting.contradict(one, other) is expected
    assert contradicting.contradict(other, one) is expected


@pytest.fixture
def partnership():
    return make_partnership()


@pytest.fixture
def held(partnership):
    """A claim that a draft holds: the launch is in 2028."""
    held = make_claim(
        partnership=partnership, attribute="launch", value="2028", quotes=[make_news("In 2028.")]
    )
    make_draft(claims=[held])
    return held


def say(partnership, value="2030", **kwargs):
    return claiming.make_claim(
        partnership,
        by=make_user("editor"),
        words=f"They launch in {value}.",
        attribute="launch date",
        value=value,
        **kwargs,
    )


def quoted(partnership, value):
    made = say(partnership, value)
    quote = make_news(f"In {value}.")
    Evidence.objects.create(claim=made, quote=quote, decision=made.decision, ticked=made.decision)
    return made


def moved():
    rows = Alert.objects.order_by("pk")
    return [(row.claim_id, row.severity, row.resolution, row.changes) for row in rows]


def test_claim_that_contradicts_is_told_to_who_holds_the_other(partnership, held):
    made = say(partnership)
    change = ["contradicts", None, None, f"{made.key}: 2030"]
    assert moved() == [(held.pk, "major", "", [change])]
    assert Alert.objects.get().cause_id == made.decision_id


def test_claim_that_agrees_or_tells_of_another_partnership_alerts_nobody(partnership, held):
    say(partnership, "2028-03")
    say(make_partnership())
    assert moved() == []


def test_replacing_one_side_settles_a_contradiction(partnership, held):
    made = say(partnership)
    claiming.replace(
        made,
        by=make_user("editor"),
        because="mistaken",
        words="They launch in 2028.",
        attribute="launch date",
        value="2028",
    )
    assert [row[1:3] for row in moved()] == [("major", "undone")]
    assert contradicting.among(partnership.claims.current()) == []


def test_contradictions_of_a_partnership_are_listed_by_attribute(partnership, held):
    made, agreeing = say(partnership), make_claim(partnership=partnership)
    (found,) = contradicting.among(partnership.claims.current())
    assert (found.attribute, found.claims) == ("launch date", (held, made))
    assert agreeing not in found.claims


def test_contradiction_left_as_disputed_disputes_each_claim(partnership, held):
    made = quoted(partnership, "2030")
    quote = made.evidence.get().quote
    editor = make_user("editor")

    contradicting.leave_disputed(held, made, by=editor, reason="Both agencies insist.")

    assert [each.word for each in Standing.objects.order_by("claim")] == ["disputed", "disputed"]
    assert contradicting.are_left([held, made])
    line = Decision.objects.get(act="leave as disputed")
    assert line.reason == "Both agencies insist."
    assert held.evidence.get(quote=quote).ticked.by == editor


def test_what_nobody_quoted_is_not_left_as_disputed(partnership):
    one, other = say(partnership, "2028"), say(partnership, "2030")
    with pytest.raises(Refused, match="rests on a quote"):
        contradicting.leave_disputed(one, other, by=make_user("editor"), reason="Who knows.")


def test_leaving_as_disputed_takes_an_editor_and_a_contradiction(partnership, held):
    made = say(partnership, "2028-03")
    with pytest.raises(PermissionDenied):
        contradicting.leave_disputed(held, made, by=make_user("contributor"), reason="Why not.")
    with pytest.raises(Refused, match="do not contradict"):
        contradicting.leave_disputed(held, made, by=make_user("editor"), reason="Why not.")


def test_alert_of_a_contradiction_closes_when_it_is_left(partnership, held):
    made = quoted(partnership, "2030")
    contradicting.leave_disputed(held, made, by=make_user("editor"), reason="Two plans.")
    told = Alert.objects.get(cause_id=made.decision_id)
    assert (told.resolution, told.decision.act) == ("reconfirmed", "leave as disputed")
    # That it is disputed now is another matter, and waits.
    assert Alert.objects.open().filter(claim=held).exists()


def test_third_side_is_open_while_two_are_left(partnership, held):
    second, third = (quoted(partnership, value) for value in ("2030", "2031"))
    contradicting.leave_disputed(held, second, by=make_user("editor"), reason="Two plans.")
    sides = [held, second, third]
    beside = contradicting.left_beside(sides)
    assert (beside[held], beside[second], beside[third]) == ([second], [held], [])
    assert not contradicting.are_left(sides)
    for one in (held, second):
        contradicting.leave_disputed(one, third, by=make_user("editor"), reason="Three plans.")
    assert contradicting.are_left(sides)
