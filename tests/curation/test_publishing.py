"""What is put on the public shelf, and how it is taken back."""

import json
from unicodedata import normalize

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st

from curation import identifying, publishing, workflow
from curation.ledger import Refused, canonical
from curation.models import (
    Address,
    Claim,
    Decision,
    EditionClaim,
    EditionParty,
    EditionQuote,
    Page,
    Revision,
)
from curation.sealing import composed, redacted, seal
from curation.standing import RULE_VERSION, weakest
from tests.factories import (
    make_claim,
    make_draft,
    make_entity,
    make_news,
    make_partnership,
    make_party,
    make_published,
    make_state,
    make_user,
)

pytestmark = pytest.mark.django_db


def publish_again(edition, *, title="", text="", kind="", note=""):
    summary = edition.partnership.summary
    latest = summary.latest
    workflow.save(
        summary,
        by=make_user("contributor"),
        seen=summary.n,
        title=title or latest.title,
        standfirst=f"{'Looked at again. [@editorial] ' * summary.n}",
        text=text or latest.text,
    )
    return make_published(summary, kind=kind, note=note)


def slugs(kind="partnership"):
    return list(Address.objects.filter(kind=kind).order_by("pk").values_list("slug", flat=True))


# --- the content --------------------------------------------------------------------------------


def make_whole():
    """A partnership of which an edition tells something in each of its fields."""
    esa = make_entity("ESA", slug="esa")
    partnership = make_partnership("ESA on Mars", succeeds=make_partnership("ESA before Mars"))
    quote = make_news("ESA signed it.", published="2024-05-16", published_basis="text")
    claim = make_claim(
        partnership=partnership,
        quotes=[quote],
        words="ESA signed.",
        said_by_entity=esa,
        acting=[esa],
        date="2024-05",
    )
    make_party(partnership, esa, role="lead", since="2024", claims=[claim])
    make_state(partnership, "active", since="2024-05", claims=[claim])
    draft = make_draft(
        partnership,
        claims=[claim],
        standfirst="In short. [@editorial]",
        text=f"*Signed* [@c{claim.pk}].",
    )
    return draft, claim, quote, esa


def test_content_of_an_edition_is_whole():
    summary, claim, quote, esa = make_whole()
    document = quote.capture.document

    edition = make_published(summary)

    told = edition.content
    partnership = summary.partnership
    assert told == {
        "format": 1,
        "rule_version": RULE_VERSION,
        "n": 1,
        "kind": "first",
        "note": "",
        "published": edition.published_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "partnership": {
            "uid": str(partnership.uid),
            "name": "ESA on Mars",
            "succeeds": {"uid": str(partnership.succeeds.uid), "name": "ESA before Mars"},
        },
        "title": [
            {
                "n": 1,
                "text": "ESA on Mars",
                "html": "ESA on Mars",
                "claims": [],
                "editorial": False,
                "standing": None,
                "unknown": [],
            }
        ],
        "standfirst": [
            {
                "n": 2,
                "text": "In short.",
                "html": "In short.",
                "claims": [],
                "editorial": True,
                "standing": None,
                "unknown": [],
            }
        ],
        "blocks": [
            {
                "kind": "paragraph",
                "level": None,
                "list": None,
                "sentences": [
                    {
                        "n": 3,
                        "text": "Signed.",
                        "html": "<em>Signed</em>.",
                        "claims": [claim.pk],
                        "editorial": False,
                        "standing": "reported",
                        "unknown": [],
                    }
                ],
            }
        ],
        "state": "active",
        "states": [
            {
                "word": "active",
                "since": "2024-05",
                "until": "",
                "claims": [claim.pk],
                "standing": "reported",
            }
        ],
        "parties": [
            {
                "entity": esa.pk,
                "slug": "esa",
                "name": "ESA",
                "kind": "agency",
                "identity": "confirmed",
                "role": "lead",
                "since": "2024",
                "until": "",
                "claims": [claim.pk],
                "standing": "reported",
            }
        ],
        "claims": [
            {
                "id": claim.pk,
                "key": claim.key,
                "number": 1,
                "words": "ESA signed.",
                "told_as": "fact",
                "said_by": {"name": "ESA", "slug": "esa"},
                "acting": [{"id": esa.pk, "name": "ESA", "slug": "esa"}],
                "date": "2024-05",
                "as_of": "",
                "attribute": "",
                "value": "",
                "replaces": None,
                "replaced_because": "",
                "currency": "current",
                "standing": "reported",
                "why": told["claims"][0]["why"],
                "evidence": [
                    {
                        "quote": quote.pk,
                        "stance": "supports",
                        "weight": "firm",
                        "counts": True,
                        "why": told["claims"][0]["evidence"][0]["why"],
                        "origin": "unknown origin",
                        "own_record_of": [],
                    }
                ],
            }
        ],
        "quotes": [
            {
                "id": quote.pk,
                "exact": "ESA signed it.",
                "prefix": "",
                "suffix": "",
                "exact_sha256": quote.exact_sha256,
                "document": document.pk,
                "start": 0,
                "end": 14,
                "reliability": "news",
                "credibility": 2,
                "credibility_words": "2: specific, attributed, fits",
            }
        ],
        "documents": [
            {
                "id": document.pk,
                "title": document.title,
                "source": document.source.name,
                "grade": "B",
                "grade_words": "B: usually reliable",
                "published": "2024-05-16",
                "published_basis": "text",
                "url": "",
                "origin": "",
            }
        ],
        "left_out": [],
    }
    assert told["claims"][0]["why"]


def test_edition_is_frozen_with_its_index_rows_and_hash():
    summary, claim, quote, esa = make_whole()

    edition = make_published(summary)

    assert edition.text == canonical(edition.content)
    assert edition.hash == seal(edition.content)
    assert (edition.title, edition.state, edition.kind) == ("ESA on Mars", "active", "first")
    rows = EditionClaim.objects.order_by("pk").values_list("claim_id", "sentence", "standing")
    assert list(rows) == [(claim.pk, 3, "reported"), (claim.pk, None, "reported")]
    assert EditionParty.objects.get().entity_id == esa.pk
    assert EditionQuote.objects.get().document_id == quote.capture.document_id
    published = Decision.objects.get(act="publish")
    assert json.loads(published.after)["hash"] == edition.hash
    with pytest.raises(DatabaseError), transaction.atomic():
        type(edition).objects.filter(pk=edition.pk).update(hash="other")


def test_preview_is_what_would_be_frozen():
    summary, *_ = make_whole()
    preview = publishing.content(summary, kind="first")

    told = make_published(summary).content

    assert preview | {"published": ""} == told | {"published": ""}


def test_preview_of_words_that_nobody_saved():
    summary = make_draft()

    told = publishing.content(summary, revision=Revision(title="Typed", text="Just now. [@c99]"))

    assert told["title"][0]["text"] == "Typed"
    assert told["blocks"][0]["sentences"][0]["unknown"] == ["c99"]
    assert summary.revisions.count() == 1


def test_preview_of_an_empty_summary_is_empty(contributor):
    summary = workflow.start(make_partnership(), by=contributor)

    told = publishing.content(summary)

    assert (told["title"], told["blocks"], told["claims"]) == ([], [], [])


def test_claims_are_numbered_in_the_order_of_their_citation():
    partnership = make_partnership()
    one, two = (make_claim(partnership=partnership, quotes=[make_news()]) for _ in range(2))

    summary = make_draft(partnership, claims=[one, two], text=f"B [@{two.key}] [@{one.key}].")

    numbers = [(claim["id"], claim["number"]) for claim in publishing.content(summary)["claims"]]
    assert numbers == [(two.pk, 1), (one.pk, 2)]


@pytest.mark.parametrize("kind", ["party", "state"])
def test_field_that_rests_on_less_than_unverified_is_left_out_and_named(kind):
    partnership = make_partnership()
    firm = make_claim(partnership=partnership, quotes=[make_news()])
    weak = make_claim(partnership=partnership, quotes=[make_news(grade="D")])
    if kind == "party":
        make_party(partnership, make_entity("NASA"), claims=[weak])
    else:
        make_state(partnership, "ended", claims=[weak])
    make_party(partnership, make_entity("ESA"), claims=[firm])

    told = make_published(make_draft(partnership, claims=[firm])).content

    assert [party["name"] for party in told["parties"]] == ["ESA"]
    assert told["states"] == []
    name = "NASA as partner" if kind == "party" else "The state “ended”"
    assert told["left_out"] == [f"{name} is left out: it rests on {weak.key} and is doubtful."]
    assert weak.pk not in [claim["id"] for claim in told["claims"]]


def test_party_that_was_merged_is_told_as_the_one_that_survives():
    partnership = make_partnership()
    claim = make_claim(partnership=partnership, quotes=[make_news()])
    into, entity = make_entity("ESA", slug="esa"), make_entity("E.S.A.", slug="e-s-a")
    make_party(partnership, entity, claims=[claim])
    type(entity).objects.filter(pk=entity.pk).update(merged_into=into)

    told = make_published(make_draft(partnership, claims=[claim])).content

    assert (told["parties"][0]["entity"], told["parties"][0]["slug"]) == (into.pk, "esa")


def test_parties_that_were_merged_are_one_party_on_the_claims_of_both(editor):
    partnership = make_partnership()
    claims = [make_claim(partnership=partnership, quotes=[make_news(grade=g)]) for g in "AF"]
    esa, other = make_entity("ESA", slug="esa"), make_entity("E.S.A.", slug="e-s-a")
    for entity, claim in zip([esa, other], claims, strict=True):
        make_party(partnership, entity, role="lead", since="2020", claims=[claim])
    make_party(partnership, other, role="host", claims=claims[:1])
    summary = make_draft(partnership, claims=claims)
    identifying.merge(other, esa, by=editor, reason="One agency.")

    preview, edition = publishing.content(summary), make_published(summary)

    told = [(each["entity"], each["role"], each["claims"]) for each in preview["parties"]]
    assert told == [
        (esa.pk, "lead", [claim.pk for claim in claims]),
        (esa.pk, "host", [claims[0].pk]),
    ]
    assert preview["parties"][0]["standing"] == weakest(
        each["standing"] for each in preview["claims"]
    )
    assert edition.content["parties"] == preview["parties"]
    assert EditionParty.objects.filter(edition=edition, role="lead").count() == 1


def test_present_state_is_the_one_that_began_last_and_has_not_ended():
    partnership = make_partnership()
    claim = make_claim(partnership=partnership, quotes=[make_news()])
    make_state(partnership, "active", since="2013", until="2022", claims=[claim])
    make_state(partnership, "ended", since="2022", claims=[claim])

    assert publishing.content(make_draft(partnership, claims=[claim]))["state"] == "ended"


def make_draft_of(n):
    """A draft with n claims, parties and states, each party merged into another."""
    partnership, into = make_partnership(), make_entity("ESA")
    claims = []
    for year in range(2000, 2000 + n):
        entity = make_entity()
        type(entity).objects.filter(pk=entity.pk).update(merged_into=into)
        claims.append(make_claim(partnership=partnership, quotes=[make_news()], acting=[entity]))
        make_party(partnership, entity, role="lead", since=str(year), claims=claims)
        make_state(partnership, since=str(year), claims=claims)
    return make_draft(partnership, claims=claims)


def test_query_count_of_the_content_does_not_grow(django_assert_num_queries):
    one, three = make_draft_of(1), make_draft_of(3)
    with CaptureQueriesContext(connection) as asked:
        publishing.content(one)

    with django_assert_num_queries(len(asked)):
        publishing.content(three)


# --- the page and its addresses -----------------------------------------------------------------


def test_first_edition_makes_the_page_and_takes_its_slug():
    edition = make_published(make_draft(title="Rover & Lander: who? [@editorial]"))

    page = Page.objects.get()
    assert (page.edition, page.slug, page.version) == (edition, "rover-lander-who", 1)
    assert page.status == "usable"
    assert page.first_published_at == page.updated_at == edition.published_at
    assert slugs() == ["rover-lander-who"]


def test_same_title_of_another_page_gets_a_number():
    for _ in range(3):
        make_published(make_draft(title="Rover [@editorial]"))

    assert slugs() == ["rover", "rover-2", "rover-3"]


@pytest.mark.parametrize("title", ["ロケット", "!!!"])
def test_title_without_latin_letters_has_an_address_all_the_same(title):
    partnership = make_partnership("協力")
    claim = make_claim(partnership=partnership, quotes=[make_news()])

    make_published(make_draft(partnership, claims=[claim], title=f"{title} [@editorial]"))

    assert slugs() == [f"partnership-{partnership.pk}"]


def test_renamed_title_adds_an_address_and_an_earlier_one_is_taken_again():
    edition = make_published(make_draft(title="Rover [@editorial]"))
    edition = publish_again(edition, title="Lander [@editorial]")
    assert (Page.objects.get().slug, slugs()) == ("lander", ["rover", "lander"])

    publish_again(edition, title="Rover [@editorial]")

    assert (Page.objects.get().slug, slugs()) == ("rover", ["rover", "lander"])


def test_slug_that_is_in_force_is_kept_while_the_title_is():
    make_published(make_draft(title="Rover [@editorial]"))
    edition = make_published(make_draft(title="Rover [@editorial]"))

    publish_again(edition, text="More. [@editorial] " + edition.partnership.summary.latest.text)

    assert slugs() == ["rover", "rover-2"]


def test_parties_have_addresses_under_their_present_name():
    summary, _, _, esa = make_whole()
    make_published(summary)
    address = Address.objects.get(kind="entity")

    assert (address.slug, address.entity_id, address.name) == ("esa", esa.pk, "ESA")


def test_address_of_a_merged_entity_leads_to_the_surviving_one_and_back():
    summary, _, _, esa = make_whole()
    make_published(summary)
    into = make_entity("European Space Agency", slug="european-space-agency")

    type(esa).objects.filter(pk=esa.pk).update(merged_into=into)
    publishing.entity_merged(esa, into)

    rows = Address.objects.filter(kind="entity").order_by("pk")
    assert list(rows.values_list("slug", "entity_id", "leads_to", "name")) == [
        ("esa", esa.pk, into.pk, "ESA"),
        ("european-space-agency", into.pk, into.pk, "European Space Agency"),
    ]

    type(esa).objects.filter(pk=esa.pk).update(merged_into=None)
    publishing.entity_unmerged(esa)

    assert list(rows.values_list("slug", "leads_to")) == [
        ("esa", esa.pk),
        ("european-space-agency", into.pk),
    ]


def test_merging_an_entity_that_readers_never_saw_gives_no_address():
    publishing.entity_merged(make_entity(), make_entity())

    assert not Address.objects.exists()


# --- kinds of edition ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "note", "moves"),
    [
        ("", "", True),
        ("update", "", True),
        ("correction", "The year was wrong.", True),
        ("clarification", "Who signed is said now.", False),
    ],
)
def test_further_editions_move_the_feed_unless_they_clarify(kind, note, moves):
    first = make_published()
    Page.objects.update(updated_at="2020-01-01T00:00:00Z")

    edition = publish_again(first, kind=kind, note=note)

    page = Page.objects.get()
    assert (edition.n, edition.kind, edition.note) == (2, kind or "update", note)
    assert (page.edition, page.version) == (edition, 2)
    assert (page.updated_at == edition.published_at) is moves
    assert page.first_published_at == first.published_at


@pytest.mark.parametrize("kind", ["correction", "clarification"])
def test_what_mends_something_says_what(kind):
    first = make_published()

    with pytest.raises(ValidationError, match="Tell readers in a note"):
        publish_again(first, kind=kind, note=" ")

    assert Page.objects.get().version == 1


def test_kind_must_fit_what_readers_saw_before():
    with pytest.raises(ValidationError, match="published as first edition"):
        make_published(kind="update")


def test_withdrawn_page_comes_back_as_a_reinstatement_with_a_note(publisher):
    first = make_published()
    page = Page.objects.get()
    publishing.withdraw(page, by=publisher, reason="It rested on a forged letter.")

    with pytest.raises(ValidationError, match="Tell readers in a note"):
        publish_again(first)
    summary = first.partnership.summary
    edition = workflow.publish(summary, by=publisher, seen=summary.n, note="The letter is genuine.")

    page.refresh_from_db()
    assert (edition.n, edition.kind, page.status, page.version) == (2, "reinstatement", "usable", 3)
    assert not page.notices.open().exists()


# --- withdrawing --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("in_error", "status", "kind"),
    [(False, "withdrawn", "withdrawal"), (True, "gone", "error")],
)
def test_withdrawing_leaves_a_notice_with_the_reason(publisher, in_error, status, kind):
    edition = make_published()
    page = Page.objects.get()

    publishing.withdraw(page, by=publisher, reason=" It rested on one letter. ", in_error=in_error)

    page.refresh_from_db()
    notice = page.notices.open().get()
    assert (page.status, page.version, page.edition) == (status, 2, edition)
    assert (notice.kind, notice.edition) == (kind, edition)
    assert notice.words == "It rested on one letter."
    assert Decision.objects.about(page).get().reason == "It rested on one letter."


def test_withdrawn_page_may_turn_out_to_be_published_in_error_and_never_back(publisher):
    make_published()
    page = Page.objects.get()
    publishing.withdraw(page, by=publisher, reason="One letter.")

    publishing.withdraw(page, by=publisher, reason="Another rover.", in_error=True)

    assert page.status == "gone"
    assert [notice.words for notice in page.notices.open()] == ["Another rover."]
    for in_error in (True, False):
        with pytest.raises(Refused, match="gone already"):
            publishing.withdraw(page, by=publisher, reason="x", in_error=in_error)


def test_withdrawing_needs_a_reason_a_right_and_a_page_that_stands(publisher, editor):
    make_published()
    page = Page.objects.get()

    with pytest.raises(ValidationError, match="why the page is withdrawn"):
        publishing.withdraw(page, by=publisher, reason=" ")
    with pytest.raises(PermissionDenied):
        publishing.withdraw(page, by=editor, reason="Because.")
    publishing.withdraw(page, by=publisher, reason="Because.")
    with pytest.raises(Refused, match="already"):
        publishing.withdraw(Page.objects.get(), by=publisher, reason="Because.")

    assert page.notices.count() == 1


# --- the evidence digest ------------------------------------------------------------------------


def test_evidence_digest_moves_with_the_evidence_and_not_with_the_day():
    summary, claim, *_ = make_whole()
    before = publishing.evidence_digest(summary)

    assert publishing.evidence_digest(summary) == before

    make_claim(partnership=summary.partnership, replaces=claim, because=Claim.Because.OVERTAKEN)
    assert publishing.evidence_digest(summary) != before


# --- the seal -----------------------------------------------------------------------------------

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text("abcz_", max_size=5), inner, max_size=4)
    ),
    max_leaves=12,
)


def every_leaf_redacted(content):
    if isinstance(content, str):
        return redacted(content)
    if isinstance(content, dict):
        return {key: every_leaf_redacted(value) for key, value in content.items()}
    if isinstance(content, list):
        return [every_leaf_redacted(value) for value in content]
    return content


@settings(max_examples=100, deadline=None)
@given(JSON)
def test_hash_outlives_redaction_and_storage(content):
    content = composed(content)

    assert seal(every_leaf_redacted(content)) == seal(content)
    assert seal(json.loads(canonical(content))) == seal(content)
    assert canonical(content) == normalize("NFC", canonical(content))


@settings(max_examples=100, deadline=None)
@given(JSON, JSON)
def test_other_content_has_another_hash(one, other):
    assert (seal(one) == seal(other)) is (canonical(one) == canonical(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [("1", 1), (None, ""), ([], {}), (["a", "b"], ["ab"]), (["a"], "a"), (0, False)],
)
def test_hash_tells_kinds_of_value_apart(one, other):
    assert seal(one) != seal(other)


def test_page_that_changed_since_it_was_looked_at_is_not_withdrawn(publisher):
    make_published()
    page = Page.objects.get()

    with pytest.raises(Refused, match="The page changed after you opened this"):
        publishing.withdraw(page, by=publisher, reason="x", seen=page.version - 1)

    assert Page.objects.get().status == "usable"
