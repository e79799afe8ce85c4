"""Every reason why a summary may not be published, each with where it is and what mends it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from corpus.models import Entity
from curation import gate, gathering, publishing, workflow
from curation.models import Claim, Evidence
from curation.objections import OF_WORDING
from curation.warnings import WARNINGS
from tests.factories import (
    make_approved,
    make_claim,
    make_document,
    make_draft,
    make_entity,
    make_evidence,
    make_news,
    make_partnership,
    make_party,
    make_published,
    make_quote,
    make_source,
    make_state,
)

pytestmark = pytest.mark.django_db


OBJECTIONS = {rule.code for rule in gate.OBJECTIONS}


def found(summary, **kwargs):
    """(code, part, sentence, claim) of each refusal; the wording has tests of its own."""
    kwargs.setdefault("step", "submit")
    return [
        (each.code, each.part, each.sentence, each.claim_id)
        for each in gate.obstacles(summary, **kwargs)
        if each.code not in OBJECTIONS
    ]


def warned(summary):
    return [(each.code, each.sentence, each.claim_id) for each in gate.warnings(summary)]


def make_reported(partnership=None, **kwargs):
    return make_claim(partnership=partnership or make_partnership(), quotes=[make_news()], **kwargs)


def test_summary_whose_sentences_rest_on_reported_claims_may_be_submitted():
    assert found(make_draft()) == []


def test_each_obstacle_says_what_would_mend_it():
    partnership = make_partnership()
    claim = make_claim(partnership=partnership)
    summary = make_draft(
        partnership,
        claims=[claim],
        title="Other",
        text=f"One. Two [@c999]. Three [@c{claim.pk}]. # x\n\n---",
    )

    obstacles = gate.obstacles(summary)

    assert len({each.code for each in obstacles}) >= 5
    assert all(each.words and each.mend for each in obstacles)


def test_mends_name_what_to_do():
    partnership = make_partnership()
    claim = make_reported(partnership, words="ESA signed the memorandum in Paris.")
    bare = make_claim(partnership=partnership)
    unlabelled = make_claim(partnership=partnership)
    make_evidence(unlabelled, make_quote(make_document(title="A page")))
    summary = make_draft(
        claims=[claim],
        text=f"A [@{claim.key}] [@{bare.key}] [@{unlabelled.key}]. The memorandum was signed.",
    )

    mends = {(each.code, each.claim_id): each.mend for each in gate.obstacles(summary)}

    assert mends["uncited", None].startswith(
        f"Cite the claim that it tells, such as [@{claim.key}]"
    )
    assert mends["unsupported", bare.pk].startswith(f"Put a quote to {bare.key}")
    assert mends["unsupported", unlabelled.pk] == "Label the passage of “A page” that is quoted."


# --- the words ----------------------------------------------------------------------------------


def test_empty_summary_is_held(contributor):
    summary = workflow.start(make_partnership(), by=contributor)

    assert found(summary) == [
        ("no_title", "title", None, None),
        ("nothing_carries_it", "", None, None),
    ]


@pytest.mark.parametrize("part", ["standfirst", "text", "heading"])
def test_sentence_without_citation_is_held_wherever_it_is(part):
    claim = make_reported()
    cited = f"Cited [@{claim.key}]."
    parts = {
        "standfirst": {"standfirst": "Bare.", "text": cited},
        "text": {"text": f"{cited} Bare."},
        "heading": {"text": f"{cited}\n\n## Bare"},
    }

    summary = make_draft(claims=[claim], **parts[part])

    place = ("standfirst", 2) if part == "standfirst" else ("text", 3)
    assert found(summary) == [("uncited", *place, None)]


def test_editorial_sentence_needs_no_citation():
    claim = make_reported()

    assert found(make_draft(claims=[claim], text=f"A [@{claim.key}]. B. [@editorial]")) == []


@pytest.mark.parametrize(
    ("title", "codes"),
    [
        ("ESA and NASA", []),
        ("esa and nasa", []),
        ("ESA beats NASA", ["uncited"]),
        ("ESA beats NASA [@editorial]", []),
        ("ESA and NASA agreed {claim}", []),
    ],
)
def test_title_is_cited_unless_it_is_the_plain_name(title, codes):
    claim = make_reported(make_partnership("ESA and NASA"))
    title = title.format(claim=f"[@{claim.key}]")

    assert [code for code, *_ in found(make_draft(claims=[claim], title=title))] == codes


@pytest.mark.parametrize("key", ["c999999", "c0", "nonsense", "c" + "9" * 30])
def test_citation_to_nothing_is_held_and_nothing_passes_it(key):
    claim = make_reported()
    summary = make_draft(claims=[claim], text=f"A [@{claim.key}] [@{key}].")

    (obstacle,) = gate.obstacles(summary, step="submit")

    assert (obstacle.code, obstacle.sentence, obstacle.passable) == (
        "citation_to_nothing",
        2,
        False,
    )
    assert obstacle.words == f"[@{key}] leads to no claim."


def test_citation_to_a_claim_of_another_partnership_is_held():
    claim, other = make_reported(), make_reported()
    summary = make_draft(claims=[claim], text=f"A [@{claim.key}] [@{other.key}].")

    (obstacle,) = gate.obstacles(summary, step="submit")

    assert obstacle.words == f"[@{other.key}] is a claim of another partnership."


def test_what_cannot_be_shown_is_held():
    claim = make_reported()

    summary = make_draft(claims=[claim], text=f"A `b` [@{claim.key}].")

    assert found(summary) == [("cannot_be_shown", "text", 2, None)]


def test_codes_of_the_rules_are_told_apart():
    rules = [*gate.RULES, *gate.OBJECTIONS, *WARNINGS, *OF_WORDING]

    assert len({rule.code for rule in rules}) == len(rules)


# --- the evidence -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("because", "codes"),
    [("reworded", ["replaced"]), ("mistaken", ["replaced"]), ("overtaken", [])],
)
def test_claim_that_was_replaced_may_be_cited_only_when_overtaken(because, codes):
    claim = make_reported()
    new = make_reported(claim.partnership, replaces=claim, because=because)

    telling = gathering.gather(make_draft(claims=[claim]))
    obstacles = gate.refusals(telling)

    assert [each.code for each in obstacles] == codes
    assert all(new.key in each.words and new.key in each.mend for each in obstacles)


def test_replaced_claim_is_named_at_each_place_that_uses_it():
    claim = make_reported()
    make_reported(claim.partnership, replaces=claim, because="mistaken")
    make_party(claim.partnership, claims=[claim])
    summary = make_draft(
        claims=[claim], text=f"They agreed [@{claim.key}]. They fly [@{claim.key}]."
    )

    assert found(summary) == [
        ("replaced", "text", 2, claim.pk),
        ("replaced", "text", 3, claim.pk),
        ("replaced", "party", None, claim.pk),
    ]


def test_evidence_that_nobody_ticked_is_held_until_it_is_ticked_or_withdrawn():
    claim = make_reported()
    evidence = make_evidence(claim, make_news(), ticked=False)
    summary = make_draft(claims=[claim])

    assert found(summary) == [("unticked", "text", 2, claim.pk)]

    Evidence.objects.filter(pk=evidence.pk).update(superseded_at="2026-01-01T00:00:00Z")
    assert found(summary) == []


def test_cited_claim_that_is_unsupported_is_held():
    claim = make_reported()
    bare = make_claim(partnership=claim.partnership)

    assert found(make_draft(claims=[claim, bare])) == [("unsupported", "text", 3, bare.pk)]


def test_fictional_party_is_held():
    claim = make_reported()
    nobody = make_entity("Mars Port Authority", identity=Entity.Identity.FICTIONAL)
    make_party(claim.partnership, nobody, claims=[claim])

    assert found(make_draft(claims=[claim])) == [("fictional_party", "party", None, claim.pk)]


def test_act_of_a_fictional_party_is_held():
    nobody = make_entity("Mars Port Authority", identity=Entity.Identity.FICTIONAL)
    claim = make_reported(acting=[nobody])

    assert found(make_draft(claims=[claim])) == [("fictional_party", "text", 2, claim.pk)]


@pytest.mark.parametrize(
    ("grade", "credibility", "held"), [("F", 6, False), ("D", 2, True), ("B", 5, True)]
)
def test_page_none_of_whose_claims_is_above_doubtful_is_held(grade, credibility, held):
    claim = make_claim(quotes=[make_news(grade=grade, credibility=credibility)])

    codes = [code for code, *_ in found(make_draft(claims=[claim]))]

    assert codes == (["nothing_carries_it"] if held else [])


def test_disputed_claim_carries_a_page():
    claim = make_reported()
    make_evidence(claim, make_news(), stance="disputes")

    assert found(make_draft(claims=[claim])) == []


# --- who may, and the approval ------------------------------------------------------------------


def test_submitting_asks_no_approval_and_publishing_does():
    summary = make_draft()

    assert found(summary, step="approve") == []
    assert found(summary, step="publish") == [("approval_lapsed", "", None, None)]
    assert found(make_approved(), step="publish") == []


def test_lapsed_approval_is_told_with_its_reason(editor):
    summary = make_approved()
    workflow.send_back(summary, by=editor, seen=1, reason="Name the source.")

    (obstacle,) = gate.obstacles(summary)

    assert obstacle.words == f"The approval has lapsed: {editor} sent it back: Name the source."


def test_published_approval_does_not_serve_twice(publisher):
    edition = make_published()

    assert found(edition.partnership.summary, step="publish") == [
        ("approval_lapsed", "", None, None)
    ]


@pytest.mark.parametrize("step", ["approve", "publish"])
def test_author_is_held_and_nothing_passes_it(step, contributor):
    summary = make_approved(make_draft(by=contributor))

    (obstacle,) = gate.obstacles(summary, by=contributor, step=step)

    assert (obstacle.code, obstacle.passable) == ("author", False)
    assert gate.obstacles(summary, by=contributor, step="submit") == []


def test_text_that_says_what_readers_have_is_not_submitted_again(contributor):
    summary = make_published().partnership.summary

    with pytest.raises(workflow.MoveRefused, match="Nothing changed since edition 1"):
        workflow.submit(summary, by=contributor, seen=1)

    assert gate.refusals(gathering.gather(summary)) == []


def test_text_may_be_submitted_unchanged_when_its_evidence_moved(contributor):
    summary = make_published().partnership.summary
    make_evidence(summary.partnership.claims.get(), make_news(grade="A"))

    workflow.submit(summary, by=contributor, seen=1)


def test_text_may_be_submitted_unchanged_after_a_withdrawal(contributor, publisher):
    edition = make_published()
    publishing.withdraw(edition.partnership.page, by=publisher, reason="One letter.")

    workflow.submit(edition.partnership.summary, by=contributor, seen=1)


# --- warnings -----------------------------------------------------------------------------------


def test_one_origin_only_is_a_warning():
    claim = make_claim(quotes=[make_news(origin_words="NASA press release")])
    summary = make_draft(claims=[claim])

    (warning,) = [each for each in gate.warnings(summary) if each.code == "one_origin"]

    assert warning.words == f"All that supports {claim.key} goes back to NASA press release."

    make_evidence(claim, make_news(origin_words="ESA press release"))
    assert "one_origin" not in [code for code, *_ in warned(summary)]


def test_source_that_is_the_voice_of_a_party_is_a_warning():
    esa = make_entity("ESA")
    source = make_source(owner=esa, grade="A")
    claim = make_claim(quotes=[make_news(source=source, published="2024")])
    summary = make_draft(claims=[claim])
    assert warned(summary) == [("one_origin", 2, claim.pk)]

    make_party(claim.partnership, esa, claims=[claim])

    assert warned(summary) == [("one_origin", 2, claim.pk), ("speaks_for_a_party", 2, claim.pk)]


def test_undated_source_is_a_warning():
    claim = make_claim(quotes=[make_news(title="A page", published="")])

    (warning,) = [
        each for each in gate.warnings(make_draft(claims=[claim])) if each.code == "undated"
    ]

    assert warning.words == f"“A page”, a source of {claim.key}, has no date."


# --- cost ---------------------------------------------------------------------------------------


def make_draft_of(n):
    partnership = make_partnership()
    claims = [make_reported(partnership) for _ in range(n)]
    for year, claim in enumerate(claims, 2000):
        make_party(partnership, claims=[claim])
        make_state(partnership, since=str(year), claims=[claim])
        make_reported(partnership, replaces=claim, because=Claim.Because.MISTAKEN)
    return make_draft(partnership, claims=claims)


def test_query_count_does_not_grow(editor, django_assert_num_queries):
    one, three = make_draft_of(1), make_draft_of(3)
    with CaptureQueriesContext(connection) as asked:
        gate.obstacles(one, by=editor)
        gate.warnings(one)

    with django_assert_num_queries(len(asked)):
        gate.obstacles(three, by=editor)
        gate.warnings(three)
