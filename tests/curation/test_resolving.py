"""What people do about alerts besides confirming and rewording: other evidence, handing on."""

import pytest
from django.core.exceptions import PermissionDenied

from curation import evidencing, resolving
from curation.ledger import Refused, canonical, one_writer, supersede
from curation.models import Alert, Evidence
from curation.standings import refresh
from tests.curation.test_alerting import alerts, grade, told
from tests.factories import (
    make_alert,
    make_claim,
    make_draft,
    make_news,
    make_published,
    make_source,
    make_user,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def claim():
    """Reported by one source, told in a current edition and its draft; then evidence is gone."""
    claim = make_claim(quotes=[make_news(source=make_source(grade="B"))])
    refresh([claim])
    make_published(make_draft(claims=[claim]))
    return claim


def put(claim, *, by=None, grade="B", **kwargs):
    """Put other words to it on the screen of the first open alert. Returns how many closed."""
    by = by or make_user("editor")
    alert = Alert.objects.open().earliest("pk")
    with one_writer():
        quote = make_news("NASA says so too.", source=make_source(grade=grade))
        evidence = evidencing.add_evidence(claim, quote, by=by, **{"ticked": True} | kwargs)
        return resolving.by_evidence(alert, evidence, by=by)


def take_away(claim):
    evidencing.withdraw_evidence(
        claim.evidence.in_force().first(), by=make_user("editor"), reason="It says less."
    )


def test_other_evidence_that_carries_a_claim_again_answers_what_took_it(claim):
    take_away(claim)
    assert alerts() == [("edition", "critical", ""), ("summary", "major", "")]
    assert put(claim) == 2
    assert alerts() == [("edition", "major", "replaced"), ("summary", "major", "replaced")]
    evidence = claim.evidence.in_force().get()
    assert {alert.decision for alert in Alert.objects.all()} == {evidence.decision}
    assert told(claim.partnership.editions.get()) == []


@pytest.mark.parametrize(
    "weak", [{"grade": "E"}, {"ticked": False}, {"stance": Evidence.Stance.MENTIONS}]
)
def test_evidence_that_does_not_carry_the_claim_answers_nothing(claim, weak):
    take_away(claim)
    assert put(claim, **weak) == 0
    assert Alert.objects.open().count() == 2


def test_evidence_answers_what_one_cause_did_to_one_claim(claim):
    take_away(claim)
    other = make_claim(quotes=[make_news("They met.", source=make_source(grade="B"))])
    refresh([other])
    make_draft(claims=[other])
    take_away(other)
    put(claim)
    assert [alert.claim for alert in Alert.objects.open()] == [other]


@pytest.mark.parametrize("of", ["contradicts", "outcome", "replaced", "link"])
def test_evidence_answers_nothing_that_no_quote_can_mend(claim, of):
    supersede(claim.evidence.get())
    refresh([claim])
    make_alert(claim, claim.partnership.summary, moved=canonical([[of, None, "so", "otherwise"]]))
    assert put(claim) == 0
    assert Alert.objects.open().count() == 1


def test_only_who_resolves_alerts_answers_them_by_evidence(claim):
    take_away(claim)
    with pytest.raises(PermissionDenied):
        put(claim, by=make_user("contributor"))
    assert not claim.evidence.in_force().exists()


def test_nothing_is_handed_to_who_writes_no_drafts(claim):
    take_away(claim)
    seen = dict(Alert.objects.values_list("pk", "assignee"))
    with pytest.raises(Refused, match="writes no drafts"):
        resolving.assign(seen, to=make_user(""), by=make_user("editor"))


def test_what_is_somebodys_already_is_not_handed_on(claim):
    grade(claim.evidence.get().quote.capture.document.source, "E")
    seen = dict(Alert.objects.values_list("pk", "assignee"))
    to = Alert.objects.first().assignee
    with pytest.raises(Refused, match="there already"):
        resolving.assign(seen, to=to, by=make_user("editor"))
