"""Findings: what the desk searched, asked and compared, cited and shown like evidence."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from curation import drafting, gate, inquiring
from curation.content import content_of, evidence_digests
from curation.gathering import gather
from curation.ledger import Refused
from curation.models import Approval, Citation, Decision
from tests.factories import (
    make_approved,
    make_draft,
    make_entity,
    make_finding,
    make_partnership,
    make_published,
    make_user,
)

pytestmark = pytest.mark.django_db

SEARCHED = {
    "kind": "searched",
    "words": "agreements on a lander",
    "place": "the register of agreements",
    "date": "2026-03-01",
    "outcome": "not found",
    "result": "No agreement on a lander was found in the register.",
}


def with_finding(**kwargs):
    """A draft whose second sentence cites a finding alone."""
    summary = make_draft()
    finding = make_finding(summary.partnership, **kwargs)
    latest = summary.latest
    drafting.save(
        summary,
        by=make_user("contributor"),
        seen=summary.n,
        title=latest.title,
        standfirst="",
        text=f"{latest.text} No such agreement was found. [@{finding.key}]",
    )
    return summary, finding


def refusals(summary):
    return [each.words for each in gate.refusals(gather(summary))]


def test_finding_is_noted_with_its_line():
    partnership = make_partnership()
    finding = inquiring.note_finding(partnership, by=make_user("contributor"), **SEARCHED)
    line = Decision.objects.get(act="note finding")
    assert finding.decision == line
    assert "not found" in line.after
    assert finding.key == f"f{finding.pk}"


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"words": " "}, "Write what was done"),
        ({"result": ""}, "Write what came of it"),
        ({"kind": "guessed"}, "guessed"),
        ({"outcome": "answered"}, "Who was asked answers"),
        ({"kind": "asked", "outcome": "found"}, "Who was asked answers"),
        ({"date": "some day"}, "some day"),
    ],
)
def test_what_is_no_finding_is_refused_in_words(change, told):
    with pytest.raises(ValidationError, match=told):
        inquiring.note_finding(make_partnership(), by=make_user("contributor"), **SEARCHED | change)


def test_only_a_question_names_who_was_asked():
    said = SEARCHED | {"asked": make_entity()}
    with pytest.raises(ValidationError, match="Only a question"):
        inquiring.note_finding(make_partnership(), by=make_user("contributor"), **said)


def test_right_of_reply_is_a_finding():
    said = SEARCHED | {"kind": "asked", "outcome": "no answer", "asked": make_entity("ESA")}
    finding = inquiring.note_finding(make_partnership(), by=make_user("contributor"), **said)
    assert (finding.asked.name, finding.outcome) == ("ESA", "no answer")


def test_who_may_not_write_notes_none():
    with pytest.raises(PermissionDenied):
        inquiring.note_finding(make_partnership(), by=make_user(""), **SEARCHED)


def test_sentence_may_rest_on_a_finding_alone():
    summary, finding = with_finding()
    assert refusals(summary) == []
    assert Citation.objects.get(revision=summary.latest, finding=finding).claim is None


def test_number_that_the_finding_gives_is_no_objection():
    summary, finding = with_finding(result="It lists 4711 agreements, and none on a lander.")
    latest = summary.latest
    text = f"{latest.text} The register lists 4711 agreements. [@{finding.key}]"
    drafting.save(
        summary, by=latest.by, seen=summary.n, title=latest.title, standfirst="", text=text
    )
    told = [each.words for each in gate.obstacles(summary, step="submit")]
    assert not [words for words in told if "4711" in words]


def test_finding_of_another_partnership_leads_nowhere():
    summary = make_draft()
    finding = make_finding()
    latest = summary.latest
    drafting.save(
        summary,
        by=latest.by,
        seen=summary.n,
        title=latest.title,
        standfirst="",
        text=f"{latest.text} Nothing was found. [@{finding.key}]",
    )
    assert refusals(summary) == [
        f"[@{finding.key}] leads to no finding of this partnership that stands."
    ]


def test_withdrawn_finding_holds_the_draft_and_lapses_its_approval():
    summary, finding = with_finding()
    make_approved(summary)
    inquiring.withdraw_finding(finding, by=make_user("editor"), reason="The wrong register.")
    assert finding.key in Approval.objects.get().lapsed_because
    assert refusals(summary) == [
        f"[@{finding.key}] leads to no finding of this partnership that stands."
    ]
    with pytest.raises(Refused):
        inquiring.withdraw_finding(finding, by=make_user("editor"), reason="Again.")


def test_edition_freezes_the_finding_and_readers_see_it(client):
    summary, finding = with_finding()
    edition = make_published(summary)
    (frozen,) = edition.content["findings"]
    assert frozen["result"] == finding.result
    page = client.get(reverse("public:partnership", args=[edition.partnership.page.slug]))
    told = page.content.decode()
    assert finding.result in told
    assert "Not found." in told


def test_approval_holds_for_the_findings_too():
    summary, finding = with_finding()
    digests = evidence_digests(content_of(gather(summary)))
    assert finding.key in digests


def test_finding_is_noted_on_the_page_of_its_partnership(client):
    client.force_login(make_user("contributor"))
    partnership = make_partnership()
    address = reverse("admin:curation_partnership_move", args=[partnership.pk, "note-finding"])
    assert client.post(address, SEARCHED).status_code == 302
    page = client.get(reverse("admin:curation_partnership_change", args=[partnership.pk]))
    assert SEARCHED["result"] in page.content.decode()
    finding = partnership.findings.get()
    address = reverse("admin:curation_partnership_move", args=[partnership.pk, "withdraw-finding"])
    sent = {"finding": finding.pk, "reason": "The wrong register."}
    assert client.post(address, sent).status_code == 302
    assert not partnership.findings.in_force().exists()


def test_editor_offers_the_findings_to_cite(client):
    summary, finding = with_finding()
    client.force_login(make_user("contributor"))
    page = client.get(reverse("admin:curation_summary_change", args=[summary.pk]))
    assert f"[@{finding.key}]" in page.content.decode()
