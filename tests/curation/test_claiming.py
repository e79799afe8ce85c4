"""Claims: what is said of them, and how one replaces another."""

import json
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from corpus.models import ImportRun
from curation import claiming, concluding, gate, publishing
from curation.gathering import gather
from curation.ledger import Refused
from curation.models import Alert, Claim, Decision, Standing
from curation.standings import facts, refresh
from tests.factories import (
    NOON,
    make_approved,
    make_claim,
    make_draft,
    make_entity,
    make_evidence,
    make_news,
    make_partnership,
    make_quote,
    make_user,
)

pytestmark = pytest.mark.django_db


def acts():
    return list(Decision.objects.exclude(act="test").order_by("seq").values_list("act", flat=True))


def word(claim):
    return Standing.objects.get(claim=claim).word


def test_claim_is_made_with_all_that_is_said_of_it(contributor):
    esa, nasa, roscosmos = make_entity("ESA"), make_entity("NASA"), make_entity("Roscosmos")
    partnership = make_partnership()

    claim = claiming.make_claim(
        partnership,
        by=contributor,
        words="  ESA and NASA\nwill launch in 2028. ",
        told_as="plan",
        said_by_entity=roscosmos,
        acting=[esa, nasa, esa],
        date="2028",
        as_of="2024-05-16",
        attribute="launch",
        value="2028",
    )

    claim.refresh_from_db()
    assert claim.words == "ESA and NASA will launch in 2028."
    assert (claim.told_as, claim.said_by_entity) == ("plan", roscosmos)
    assert set(claim.acting.all()) == {esa, nasa}
    assert (claim.date_earliest, claim.date_latest) == (date(2028, 1, 1), date(2028, 12, 31))
    assert (claim.as_of, claim.as_of_latest) == ("2024-05-16", date(2024, 5, 16))
    assert word(claim) == "unsupported"


def test_making_a_claim_is_written_down(contributor):
    partnership = make_partnership()
    claim = claiming.make_claim(partnership, by=contributor, words="ESA agreed.")

    line = claim.decision

    assert (line.act, line.by, line.subject_id) == ("make claim", contributor, str(partnership.pk))
    assert json.loads(line.after) == {"words": "ESA agreed.", "told_as": "fact"}


def test_merged_parties_are_recorded_as_what_they_were_merged_into(contributor):
    esa = make_entity("ESA")
    merged = make_entity("European Space Agency", merged_into=esa)
    claim = claiming.make_claim(
        make_partnership(), by=contributor, words="x", acting=[merged, esa], said_by_entity=merged
    )
    assert list(claim.acting.all()) == [esa]
    assert claim.said_by_entity == esa


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"words": "  "}, "words"),
        ({"words": "x" * 501}, "words"),
        ({"words": "a\x00b"}, "words"),
        ({"words": "a\ud800b"}, "words"),
        ({"told_as": "rumour"}, "told_as"),
        ({"date": "next year"}, "date"),
        ({"date": "2024-13"}, "date"),
        ({"as_of": "yesterday"}, "as_of"),
        ({"said_by_words": "x" * 201}, "said_by_words"),
        ({"value": "2028"}, "__all__"),
        ({"because": "mistaken"}, "__all__"),
    ],
)
def test_claim_that_cannot_be_stored_names_the_field(contributor, values, field):
    with pytest.raises(ValidationError) as refused:
        claiming.make_claim(make_partnership(), by=contributor, **{"words": "x"} | values)
    assert list(refused.value.message_dict) == [field]
    assert Claim.objects.count() == 0
    assert acts() == []


def test_claim_has_one_speaker(contributor):
    with pytest.raises(ValidationError, match="entity or in words, not both"):
        claiming.make_claim(
            make_partnership(),
            by=contributor,
            words="x",
            said_by_entity=make_entity(),
            said_by_words="somebody",
        )


def test_rewording_makes_a_claim_that_replaces_the_other(contributor):
    old = make_claim(words="ESA agreed.")
    new = claiming.make_claim(
        old.partnership, by=contributor, words="ESA signed.", replaces=old, because="reworded"
    )
    old.refresh_from_db()
    assert old.words == "ESA agreed."
    assert list(Claim.objects.current()) == [new]
    assert json.loads(old.standing.inputs)["replaced_because"] == ["reworded"]


def test_replacing_says_why(contributor):
    old = make_claim()
    with pytest.raises(ValidationError, match="why this claim replaces"):
        claiming.make_claim(old.partnership, by=contributor, words="x", replaces=old)


def test_replacing_a_claim_takes_its_quotes_along_in_one_act(contributor):
    esa = make_entity("ESA")
    claim = make_claim(quotes=[make_news()])
    make_evidence(claim, own_record_of=[esa], stance="disputes", origin_words="a letter")
    make_evidence(claim, superseded_at=NOON)

    new = claiming.replace(
        claim, by=contributor, because="reworded", take_quotes=True, words="They agreed in 2022."
    )

    assert (new.replaces, new.because, new.words) == (claim, "reworded", "They agreed in 2022.")
    told = [(each.stance, each.origin_words, each.ticked) for each in new.evidence.order_by("pk")]
    assert told == [("supports", "", None), ("disputes", "a letter", None)]
    assert list(new.evidence.last().own_record_of.all()) == [esa]
    lines = Decision.objects.exclude(act="test")
    assert set(lines.values_list("act", flat=True)) == {"make claim", "add evidence"}
    assert lines.values("act_id").distinct().count() == 1


def test_when_a_quote_cannot_go_along_nothing_is_replaced(contributor):
    claim = make_claim(quotes=[make_quote()])
    ImportRun.objects.update(set_aside_at=NOON)

    with pytest.raises(Refused, match="set aside"):
        claiming.replace(
            claim, by=contributor, because="reworded", take_quotes=True, words="They agreed."
        )
    assert Claim.objects.get() == claim


def test_claim_of_another_partnership_is_not_replaced(contributor):
    old = make_claim()
    with pytest.raises(Refused, match="another partnership"):
        claiming.make_claim(
            make_partnership(), by=contributor, words="x", replaces=old, because="mistaken"
        )


def test_claim_is_replaced_once(contributor):
    old = make_claim()
    told = {"by": contributor, "replaces": old, "because": "reworded"}
    new = claiming.make_claim(old.partnership, words="x", **told)
    with pytest.raises(Refused, match=f"{new.key} replaces {old.key} already"):
        claiming.make_claim(old.partnership, words="y", **told)


def test_person_without_a_role_may_not_claim():
    with pytest.raises(PermissionDenied):
        claiming.make_claim(make_partnership(), by=make_user(role=""), words="x")


def test_person_who_left_may_not(contributor):
    contributor.is_active = False
    with pytest.raises(PermissionDenied):
        claiming.make_claim(make_partnership(), by=contributor, words="x")


def test_of_two_who_replace_a_claim_at_once_the_second_is_told(at_once):
    one, other = make_user(), make_user()
    old = make_claim()
    told = {"replaces": old, "because": "reworded"}

    raised = at_once(
        lambda: claiming.make_claim(old.partnership, by=one, words="One.", **told),
        lambda: claiming.make_claim(old.partnership, by=other, words="Other.", **told),
    )

    assert sorted(type(error) for error in raised if error) == [Refused]
    assert old.replaced_by.count() == 1


def reword(claim, by, **kwargs):
    return claiming.replace(claim, by=by, words="ESA and NASA did agree.", **kwargs)


def test_ticks_go_along_where_a_person_says_that_the_meaning_is_the_same(contributor):
    ticked, waiting = make_news(), make_quote()
    claim = make_claim(quotes=[ticked])
    make_evidence(claim, waiting, ticked=False)

    made = reword(claim, contributor, because="reworded", same_meaning=True)

    assert {each.quote: each.ticked and each.ticked.by for each in made.evidence.all()} == {
        ticked: contributor,
        waiting: None,
    }
    assert word(made) == "reported"
    assert acts() == ["make claim", "same meaning", "add evidence", "add evidence"]


def test_what_became_of_a_plan_goes_along_where_the_meaning_is_the_same(contributor):
    passed = {"told_as": "plan", "date": "2022"}
    plan = make_claim(quotes=[make_news()], date_latest=date(2022, 12, 31), **passed)
    concluding.conclude(plan, "did not happen", by=contributor, reason="ESA said so.")

    made = reword(plan, contributor, because="reworded", same_meaning=True, **passed)

    for each in (made, plan):  # who cites the older one tells it too
        row = each.outcomes.in_force().get()
        assert (row.word, row.reason) == ("did not happen", "ESA said so.")
    assert facts([made])[0].outcome == "did not happen"
    assert not Claim.objects.to_conclude(date(2026, 1, 1)).exists()
    line = made.outcomes.get().decision
    assert (line.act, line.by, line.reason) == ("tell outcome", contributor, "ESA said so.")
    assert line.act_id == made.decision.act_id


@pytest.mark.parametrize(
    ("told_as", "because"), [("plan", "reworded"), ("plan", "mistaken"), ("fact", "reworded")]
)
def test_what_became_of_a_plan_stays_where_the_meaning_is_another(told_as, because, contributor):
    """A claim that is told as a fact is no plan, whatever was ticked."""
    plan = make_claim(told_as="plan", quotes=[make_news()])
    concluding.conclude(plan, "did not happen", by=contributor, reason="ESA said so.")
    same = told_as == "fact"
    made = reword(plan, contributor, because=because, same_meaning=same, told_as=told_as)
    assert not made.outcomes.exists()


def test_fact_of_the_same_meaning_tells_what_became_of_a_plan(contributor):
    plan = make_claim(told_as="plan", quotes=[make_news()])
    fact = make_claim(partnership=plan.partnership, quotes=[make_news()])
    refresh([plan, fact])
    concluding.conclude(plan, "happened", by=contributor, by_claim=fact)
    summary = make_approved(make_draft(claims=[plan]))

    made = reword(fact, contributor, because="reworded", same_meaning=True)

    assert plan.outcomes.in_force().get().by_claim == made
    assert [each["id"] for each in publishing.content(summary)["claims"]] == [plan.pk, made.pk]
    assert "replaced" not in [each.code for each in gate.refusals(gather(summary))]
    assert not Alert.objects.open().exists()  # the draft tells the older fact no more
    summary.refresh_from_db()
    assert summary.state == "in review"


@pytest.mark.parametrize("because", ["mistaken", "overtaken"])
def test_what_is_more_than_reworded_has_not_the_same_meaning(contributor, because):
    claim = make_claim(quotes=[make_news()])
    with pytest.raises(ValidationError, match="Only a claim that is reworded"):
        reword(claim, contributor, because=because, same_meaning=True)
    assert Claim.objects.count() == 1
