"""Evidence: quotes put to claims, ticked and withdrawn."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from corpus.models import ImportRun
from curation import evidencing
from curation.ledger import Refused
from curation.models import Decision, Evidence, Quote, Standing
from tests.factories import (
    NOON,
    make_claim,
    make_decision,
    make_entity,
    make_evidence,
    make_news,
    make_quote,
    make_user,
)

pytestmark = pytest.mark.django_db


def acts():
    return list(Decision.objects.exclude(act="test").order_by("seq").values_list("act", flat=True))


def word(claim):
    return Standing.objects.get(claim=claim).word


def test_evidence_ticked_counts_at_once(contributor):
    claim, esa = make_claim(), make_entity("ESA")
    evidence = evidencing.add_evidence(
        claim,
        make_news(),
        by=contributor,
        ticked=True,
        origin_entity=esa,
        own_record_of=[esa],
    )
    assert evidence.ticked == evidence.decision
    assert (evidence.stance, evidence.origin_entity) == ("supports", esa)
    assert list(evidence.own_record_of.all()) == [esa]
    assert word(claim) == "reported"


def test_evidence_waits_for_its_tick(contributor):
    claim = make_claim()
    evidence = evidencing.add_evidence(claim, make_news(), by=contributor)
    assert word(claim) == "unsupported"

    evidencing.tick(evidence, by=contributor)
    assert word(claim) == "reported"
    assert evidence.ticked.act == "tick"

    evidencing.untick(evidence, by=contributor)
    assert word(claim) == "unsupported"
    assert evidence.ticked is None
    assert acts() == ["add evidence", "tick", "untick"]


def test_ticking_twice_is_refused(contributor):
    evidence = make_evidence(make_claim(), ticked=True)
    with pytest.raises(Refused, match="Somebody ticked"):
        evidencing.tick(evidence, by=contributor)
    assert acts() == []


def test_unticking_twice_is_refused(contributor):
    evidence = make_evidence(make_claim(), ticked=False)
    with pytest.raises(Refused, match="Somebody unticked"):
        evidencing.untick(evidence, by=contributor)


def test_same_words_are_evidence_of_a_claim_once(contributor):
    evidence = make_evidence(make_claim())
    with pytest.raises(ValidationError, match="evidence of this claim already"):
        evidencing.add_evidence(evidence.claim, evidence.quote, by=contributor, stance="disputes")


def test_withdrawn_evidence_no_longer_counts_and_stays_on_record(contributor):
    evidence = make_evidence(make_claim(), make_news())

    evidencing.withdraw_evidence(evidence, by=contributor, reason="Another mission is meant.")

    assert Evidence.objects.get().superseded_at is not None
    assert word(evidence.claim) == "unsupported"
    line = Decision.objects.about(evidence).get()
    assert (line.act, line.reason) == ("withdraw evidence", "Another mission is meant.")


def test_withdrawn_evidence_may_be_put_anew(contributor):
    evidence = make_evidence(make_claim(), make_news())
    evidencing.withdraw_evidence(evidence, by=contributor, reason="Wrong stance.")
    evidencing.add_evidence(evidence.claim, evidence.quote, by=contributor, ticked=True)
    assert word(evidence.claim) == "reported"


def test_withdrawing_asks_why(contributor):
    evidence = make_evidence(make_claim())
    with pytest.raises(ValidationError, match="why this evidence is withdrawn"):
        evidencing.withdraw_evidence(evidence, by=contributor, reason=" ")


@pytest.mark.parametrize("verb", [evidencing.tick, evidencing.untick])
def test_withdrawn_evidence_cannot_be_ticked_or_unticked(contributor, verb):
    evidence = make_evidence(make_claim(), ticked=verb is evidencing.untick, superseded_at=NOON)
    with pytest.raises(Refused, match="withdrew"):
        verb(evidence, by=contributor)


def test_second_withdrawal_is_told_somebody_was_faster(contributor):
    evidence = make_evidence(make_claim())
    stale = Evidence.objects.get(pk=evidence.pk)
    evidencing.withdraw_evidence(evidence, by=contributor, reason="x")
    with pytest.raises(Refused, match="Somebody else"):
        evidencing.withdraw_evidence(stale, by=contributor, reason="x")


def test_nothing_rests_on_removed_words(contributor):
    quote = make_quote()
    Quote.objects.filter(pk=quote.pk).update(exact="", redacted_by=make_decision().pk)
    with pytest.raises(Refused, match="removed"):
        evidencing.add_evidence(make_claim(), quote, by=contributor)


def test_nothing_rests_on_an_import_set_aside(contributor):
    quote = make_quote()
    ImportRun.objects.update(set_aside_at=NOON)
    with pytest.raises(Refused, match="set aside"):
        evidencing.add_evidence(make_claim(), quote, by=contributor)


@pytest.mark.parametrize("values", [{"stance": "proves"}, {"origin_words": "x\x00"}])
def test_evidence_that_cannot_be_stored_is_refused(contributor, values):
    with pytest.raises(ValidationError):
        evidencing.add_evidence(make_claim(), make_quote(), by=contributor, **values)
    assert Evidence.objects.count() == 0


@pytest.mark.parametrize(
    "act",
    [
        lambda by: evidencing.add_evidence(make_claim(), make_quote(), by=by),
        lambda by: evidencing.tick(make_evidence(make_claim(), ticked=False), by=by),
        lambda by: evidencing.untick(make_evidence(make_claim()), by=by),
        lambda by: evidencing.withdraw_evidence(make_evidence(make_claim()), by=by, reason="x"),
    ],
)
def test_person_without_a_role_may_not(act):
    with pytest.raises(PermissionDenied):
        act(make_user(role=""))


def test_of_two_who_tick_at_once_the_second_is_told(at_once):
    evidence, one, other = make_evidence(make_claim(), ticked=False), make_user(), make_user()

    raised = at_once(
        lambda: evidencing.tick(Evidence.objects.get(), by=one),
        lambda: evidencing.tick(Evidence.objects.get(), by=other),
    )

    assert [type(error) for error in raised if error] == [Refused]
    assert Decision.objects.about(evidence).count() == 1
