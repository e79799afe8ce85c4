"""What became of a plan: told by a fact or with how one knows; whoever tells the plan is told."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone

from curation import concluding, evidencing, gate, gathering, publishing
from curation.gathering import gather, is_above
from curation.holding import holdings
from curation.ledger import Refused
from curation.models import Alert, Claim, EditionClaim, Outcome, Summary
from curation.standing import CURRENCIES
from curation.standings import refresh
from tests.factories import (
    make_approved,
    make_claim,
    make_draft,
    make_entity,
    make_news,
    make_partnership,
    make_party,
    make_published,
    make_user,
)

pytestmark = pytest.mark.django_db
PASSED = {"told_as": "plan", "date": "2022", "date_latest": date(2022, 12, 31)}


@pytest.fixture
def plan():
    """A plan whose day has passed, reported."""
    claim = make_claim(words="They fly in 2022.", quotes=[make_news("They fly in 2022.")], **PASSED)
    refresh([claim])
    return claim


@pytest.fixture
def fact(plan):
    """It tells that the plan came to nothing."""
    words = "They did not fly in 2022."
    claim = make_claim(partnership=plan.partnership, words=words, quotes=[make_news(words)])
    refresh([claim])
    return claim


def told(plan):
    text = f"According to ESA, they were to fly in 2022. [@{plan.key}]"
    return make_draft(plan.partnership, claims=[plan], text=text)


def currency(summary):
    (claim,) = [each for each in publishing.content(summary)["claims"] if each["number"] == 1]
    return claim["currency"]


# --- telling ------------------------------------------------------------------------------------


def test_outcome_is_told_by_a_fact_and_stands_in_the_ledger(plan, fact, contributor):
    row = concluding.conclude(plan, "did not happen", by=contributor, by_claim=fact)
    assert (row.by_claim, row.decision.by, row.decision.act) == (fact, contributor, "tell outcome")
    assert f'"by":"{fact.key}"' in row.decision.after


def test_outcome_may_be_told_with_how_one_knows(plan, contributor):
    row = concluding.conclude(plan, "not known", by=contributor, reason="ESA did not answer.")
    assert (row.by_claim, row.reason) == (None, "ESA did not answer.")


def test_outcome_rests_on_something(plan, contributor):
    with pytest.raises(ValidationError, match="how you know"):
        concluding.conclude(plan, "happened", by=contributor)


def test_word_is_one_of_the_list(plan, contributor):
    with pytest.raises(ValidationError):
        concluding.conclude(plan, "perhaps", by=contributor, reason="I heard so.")


def test_only_plans_and_forecasts_have_one(fact, contributor):
    with pytest.raises(Refused, match="told as a fact"):
        concluding.conclude(fact, "happened", by=contributor, reason="I saw it.")


def test_replaced_plan_has_none(plan, contributor):
    other = make_claim(partnership=plan.partnership, replaces=plan, because="reworded")
    with pytest.raises(Refused, match=other.key):
        concluding.conclude(plan, "happened", by=contributor, reason="I saw it.")


@pytest.mark.parametrize("which", ["itself", "elsewhere", "a plan", "replaced"])
def test_what_tells_it_is_a_current_fact_of_the_partnership(plan, contributor, which):
    here = {"partnership": plan.partnership}
    one = {
        "itself": lambda: plan,
        "elsewhere": make_claim,
        "a plan": lambda: make_claim(told_as="plan", **here),
        "replaced": lambda: make_claim(**here),
    }[which]()
    if which == "replaced":
        make_claim(replaces=one, because="mistaken", **here)
    with pytest.raises(Refused, match="cannot tell it"):
        concluding.conclude(plan, "happened", by=contributor, by_claim=one)


def test_another_outcome_takes_its_place_and_the_slower_is_told(plan, fact, contributor):
    first = concluding.conclude(plan, "in part", by=contributor, reason="Half of it.")
    concluding.conclude(plan, "did not happen", by=contributor, by_claim=fact, seen=first.pk)
    assert Outcome.objects.in_force().get().word == "did not happen"
    with pytest.raises(Refused, match="Somebody"):
        concluding.conclude(plan, "happened", by=contributor, reason="Late.", seen=first.pk)


def test_outcome_taken_back_is_open_again(plan, contributor):
    row = concluding.conclude(plan, "happened", by=contributor, reason="I saw it.")
    concluding.reopen(plan, by=contributor, reason="It was another one.", seen=row.pk)
    assert not Outcome.objects.in_force().exists()
    with pytest.raises(Refused, match="No outcome"):
        concluding.reopen(plan, by=contributor, reason="Again.", seen=None)


def test_outcome_is_told_by_who_may(plan):
    with pytest.raises(PermissionDenied):
        concluding.conclude(plan, "happened", by=make_user(role=""), reason="I saw it.")


# --- what follows -------------------------------------------------------------------------------


@pytest.mark.parametrize("word", Outcome.Word.values)
def test_currency_says_what_became_of_it(plan, contributor, word):
    summary = told(plan)
    assert currency(summary) == "date passed"
    concluding.conclude(plan, word, by=contributor, reason="I looked.")
    assert currency(summary) == Outcome.Word(word).label
    assert currency(summary) in dict(CURRENCIES)


def test_whoever_tells_the_plan_is_told_and_no_more_when_it_is_taken_back(plan, contributor):
    make_published(told(plan))
    row = concluding.conclude(plan, "did not happen", by=contributor, reason="I looked.")
    alerts = Alert.objects.order_by("holder_kind")
    assert [(each.holder_kind, each.severity) for each in alerts] == [
        ("edition", "major"),
        ("summary", "major"),
    ]
    concluding.reopen(plan, by=contributor, reason="It was another one.", seen=row.pk)
    assert {each.resolution for each in alerts.all()} == {"undone"}


def test_approval_lapses_when_an_outcome_is_told(plan, contributor):
    summary = make_approved(told(plan))
    concluding.conclude(plan, "did not happen", by=contributor, reason="I looked.")
    summary.refresh_from_db()
    assert summary.state == "in review"


def test_same_outcome_told_by_another_fact_lapses_approvals_and_alarms_nobody(
    plan, fact, contributor
):
    row = concluding.conclude(plan, "did not happen", by=contributor, by_claim=fact)
    make_published(told(plan))
    other = make_claim(partnership=plan.partnership, quotes=[make_news()])
    refresh([other])
    text = f"According to ESA, they were to fly in 2022. [@{plan.key}] So it was. [@editorial]"
    summary = make_approved(make_draft(plan.partnership, claims=[plan], text=text))

    told_so = {"by_claim": other, "seen": row.pk}
    concluding.conclude(plan, "did not happen", by=contributor, **told_so)

    assert not Alert.objects.exists()
    summary.refresh_from_db()
    assert summary.state == "in review"
    evidencing.withdraw_evidence(fact.evidence.get(), by=contributor, reason="It says otherwise.")
    assert {each.holder_kind for each in Alert.objects.open()} == {"edition"}


def test_plan_of_which_the_outcome_is_known_is_told_in_the_past(plan, contributor):
    concluding.conclude(plan, "did not happen", by=contributor, reason="I looked.")
    ahead = f"According to ESA, they fly in 2022. [@{plan.key}]"
    summary = make_draft(plan.partnership, claims=[plan], text=ahead)
    found = gate.objections(gather(summary))
    (past,) = [each for each in found if each.code == "past_with_date"]
    assert "the outcome is known (did not happen)" in past.words
    assert past.mend == "Write “was to … in 2022, which did not happen”."
    assert "past_with_date" not in [each.code for each in gate.objections(gather(told(plan)))]


def test_outcome_that_is_left_out_is_no_reason_to_write_in_the_past(contributor):
    """Its day is to come, and what readers are told of it is that, until the outcome is carried."""
    plan = make_claim(quotes=[make_news()], told_as="plan", date="2999", date_latest=date.max)
    fact = make_claim(partnership=plan.partnership, words="It was given up.")
    refresh([plan, fact])
    ahead = f"According to ESA, they fly in 2999. [@{plan.key}]"
    summary = make_draft(plan.partnership, claims=[plan], text=ahead)

    row = concluding.conclude(plan, "did not happen", by=contributor, by_claim=fact)
    assert currency(summary) == "current"
    assert "past_with_date" not in [each.code for each in gate.objections(gather(summary))]

    told_so = {"by_claim": fact, "reason": "ESA told the desk.", "seen": row.pk}
    concluding.conclude(plan, "did not happen", by=contributor, **told_so)
    assert currency(summary) == "did not happen"
    assert "past_with_date" in [each.code for each in gate.objections(gather(summary))]


# --- what readers are told ----------------------------------------------------------------------


def test_content_of_a_plan_without_outcome_is_as_it_was(plan):
    (claim,) = publishing.content(told(plan))["claims"]
    assert "outcome" not in claim


def test_readers_see_the_fact_and_its_quotes_beside_the_plan(plan, fact, contributor, client):
    told_so = {"by_claim": fact, "reason": "ESA said so."}
    concluding.conclude(plan, "did not happen", by=contributor, **told_so)
    edition = make_published(told(plan))
    assert [claim["id"] for claim in edition.content["claims"]] == [plan.pk, fact.pk]
    rows = EditionClaim.objects.filter(edition=edition, claim_id=fact.pk)
    assert [row.sentence for row in rows] == [None]

    page = client.get(reverse("public:partnership", args=[edition.partnership.page.slug]))
    words = page.content.decode()
    assert "Did not happen." in words
    assert f"Claim {fact.key} tells so. How the desk knows: ESA said so." in words
    assert "They did not fly in 2022." in words


def test_fact_that_nothing_carries_is_not_published_by_it(plan, contributor):
    fact = make_claim(partnership=plan.partnership, words="They did not.")
    refresh([fact])
    concluding.conclude(plan, "did not happen", by=contributor, by_claim=fact)
    content = publishing.content(told(plan))
    assert [claim["id"] for claim in content["claims"]] == [plan.pk]
    assert "outcome" not in content["claims"][0]
    assert content["claims"][0]["currency"] == "date passed"
    assert content["left_out"] == [
        f"What became of {plan.key} is left out: it rests on {fact.key} and is unsupported."
    ]


def test_how_one_knows_is_told_though_nothing_carries_the_fact(plan, contributor):
    fact = make_claim(partnership=plan.partnership, words="They did not.")
    refresh([fact])
    told_so = {"by_claim": fact, "reason": "ESA told the desk."}
    concluding.conclude(plan, "did not happen", by=contributor, **told_so)
    (claim,) = publishing.content(told(plan))["claims"]
    assert claim["outcome"] == {"by": None, "reason": "ESA told the desk."}
    assert claim["currency"] == "did not happen"


def test_fact_is_told_of_a_plan_that_only_a_party_rests_on(plan, fact, contributor):
    make_party(plan.partnership, claims=[plan])
    concluding.conclude(plan, "did not happen", by=contributor, by_claim=fact)
    other = make_claim(partnership=plan.partnership, quotes=[make_news()])
    refresh([other])
    summary = make_draft(plan.partnership, claims=[other])
    content = publishing.content(summary)
    assert {claim["id"] for claim in content["claims"]} == {other.pk, plan.pk, fact.pk}
    assert (fact.pk, "summary", summary.pk) in {each[:3] for each in holdings([fact.pk])}


def test_nobody_is_asked_any_longer_of_a_fact_that_tells_it_no_more(plan, fact, contributor):
    row = concluding.conclude(plan, "happened", by=contributor, by_claim=fact)
    told(plan)
    evidence = fact.evidence.first()
    evidencing.withdraw_evidence(evidence, by=contributor, reason="It says otherwise.")
    alert = Alert.objects.open().get(claim=fact)

    concluding.conclude(plan, "happened", by=contributor, reason="I saw it.", seen=row.pk)
    alert.refresh_from_db()
    assert alert.resolution == "removed"


def test_gate_reads_the_fact_too(plan, contributor):
    fictional = make_entity("Nobody", identity="fictional")
    fact = make_claim(partnership=plan.partnership, quotes=[make_news()], acting=[fictional])
    refresh([fact])
    concluding.conclude(plan, "did not happen", by=contributor, by_claim=fact)
    codes = [each.code for each in gate.refusals(gather(told(plan)))]
    assert "fictional_party" in codes


def test_fact_that_was_replaced_is_mended_where_the_outcome_is_told(plan, fact, contributor):
    concluding.conclude(plan, "did not happen", by=contributor, by_claim=fact)
    new = make_claim(partnership=plan.partnership, replaces=fact, because="mistaken")
    (found,) = [each for each in gate.refusals(gather(told(plan))) if each.code == "replaced"]
    assert found.words == f"{fact.key} was replaced by {new.key}: mistaken."
    assert found.mend == f"{fact.key} tells the outcome of {plan.key}: let {new.key} tell it."
    assert found.claim_id == plan.pk

    row = plan.outcomes.get()
    refresh([new])
    concluding.conclude(plan, "did not happen", by=contributor, by_claim=new, seen=row.pk)
    codes = [each.code for each in gate.refusals(gather(Summary.objects.get()))]
    assert "replaced" not in codes


def test_draft_and_edition_hold_the_fact(plan, fact, contributor):
    concluding.conclude(plan, "did not happen", by=contributor, by_claim=fact)
    make_published(told(plan))
    evidence = fact.evidence.first()
    evidencing.withdraw_evidence(evidence, by=contributor, reason="It says otherwise.")
    held = Alert.objects.filter(claim=fact).order_by("holder_kind")
    assert [each.holder_kind for each in held] == ["edition", "summary"]
    assert Summary.objects.get().partnership.page.notices.open().count() == 1


# --- the desk -----------------------------------------------------------------------------------


def test_plans_whose_day_has_passed_are_listed_until_their_outcome_is_told(
    plan, contributor, client
):
    make_claim(told_as="plan", date="2999", date_latest=date(2999, 12, 31))
    client.force_login(contributor)
    front = reverse("admin:index")
    listed = f"{reverse('admin:curation_claim_changelist')}?outcome=waits"
    assert "Did it happen?" in client.get(front).content.decode()
    assert list(client.get(listed).context["cl"].queryset) == [plan]

    address = reverse("admin:curation_claim_move", args=[plan.pk, "conclude"])
    assert client.post(address, {"word": "happened"}).status_code == 422
    sent = {"word": "happened", "reason": "I saw it."}
    assert client.post(address, sent).status_code == 302

    assert "Did it happen?" not in client.get(front).content.decode()
    assert list(client.get(listed).context["cl"].queryset) == []
    page = client.get(reverse("admin:curation_claim_change", args=[plan.pk])).content.decode()
    assert "I saw it." in page
    again = reverse("admin:curation_claim_move", args=[plan.pk, "reopen"])
    row = Outcome.objects.get()
    assert client.post(again, {"seen": row.pk, "reason": "It was not."}).status_code == 302
    assert list(Claim.objects.to_conclude(timezone.localdate())) == [plan]


def test_claim_that_is_no_plan_asks_nothing(fact, contributor, client):
    client.force_login(contributor)
    page = client.get(reverse("admin:curation_claim_change", args=[fact.pk])).content.decode()
    assert "Did it happen?" not in page


@pytest.mark.parametrize("n", [1, 3])
def test_gathering_asks_as_often_for_three_outcomes_as_for_one(
    n, contributor, django_assert_num_queries
):
    partnership = make_partnership("Rover")
    plans = [make_claim(partnership=partnership, quotes=[make_news()], **PASSED) for _ in range(n)]
    facts = [make_claim(partnership=partnership, quotes=[make_news()]) for _ in range(n)]
    refresh([*plans, *facts])
    for plan, fact in zip(plans, facts, strict=True):
        concluding.conclude(plan, "happened", by=contributor, by_claim=fact)
    summary = make_draft(partnership, claims=plans)
    with django_assert_num_queries(COUNTED):
        gather(summary)


COUNTED = 29


def test_what_is_told_of_outcomes_is_worked_out_once_a_page(contributor, monkeypatch):
    """Each claim of a page asks for it: a page of many plans must not ask for all of them each."""
    partnership = make_partnership("Rover")
    plans = [make_claim(partnership=partnership, quotes=[make_news()], **PASSED) for _ in range(3)]
    fact = make_claim(partnership=partnership, quotes=[make_news()])
    refresh([*plans, fact])
    for plan in plans:
        concluding.conclude(plan, "happened", by=contributor, by_claim=fact)
    summary = make_draft(partnership, claims=plans)
    weighed = []

    def weighing(word, other):
        weighed.append(word)
        return is_above(word, other)

    monkeypatch.setattr(gathering, "is_above", weighing)
    publishing.content(summary)
    assert len(weighed) == len(plans)
