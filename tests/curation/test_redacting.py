"""Words that have to go: from all places at once, by a line that tells so, and nothing breaks."""

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from corpus import search
from corpus.models import Capture, Document, Original, Passage, Sighting
from curation import alerting, drafting, gate, redacting, verifying
from curation.gathering import gather
from curation.ledger import Refused, canonical, decide, one_writer
from curation.models import (
    Alert,
    Claim,
    Decision,
    Edition,
    Notice,
    Override,
    Quote,
    ReviewDate,
    Revision,
    Summary,
)
from curation.moving import Change
from tests.factories import (
    make_alert,
    make_claim,
    make_decision,
    make_document,
    make_draft,
    make_entity,
    make_link,
    make_news,
    make_published,
    make_user,
    make_withdrawn,
    passages_of,
)

pytestmark = pytest.mark.django_db
WORDS = "John Doe of Kourou signed the secret treaty."
NAME = "John Doe"


@pytest.fixture
def published():
    """A page that rests on one quote and says its words; the draft says them no longer."""
    quote = make_news(WORDS, title="Doe tells all", url="https://doe.example.org/")
    claim = make_claim(quotes=[quote])
    edition = make_published(make_draft(claims=[claim], text=f"“{WORDS}” [@{claim.key}]"))
    summary = edition.partnership.summary
    drafting.save(
        summary,
        by=make_user("contributor"),
        seen=summary.n,
        title=summary.partnership.name,
        standfirst="",
        text=f"The report says that they signed. [@{claim.key}]",
    )
    return edition


@pytest.fixture
def document(published):
    return Quote.objects.get().capture.document


def remove(row, by, **kwargs):
    return redacting.redact(row, by=by, because="law", reason="A court said so.", **kwargs)


def everything_that_holds(words):
    """Every column of every row in which these words stand."""
    found = []
    for model in apps.get_models():
        for row in model._base_manager.all():
            for field in model._meta.concrete_fields:
                if words in str(getattr(row, field.attname)):
                    found.append(f"{model._meta.label}.{field.name}")
    return sorted(set(found))


def faults():
    return list(verifying.faults(verifying.Chain(verifying.keys())))


def test_words_of_a_document_go_from_everywhere(published, document, admin_role):
    make_link(document, NAME, make_entity("Doe"))
    before = published.hash, published.text

    line = remove(document, admin_role, named=True)

    assert everything_that_holds(NAME) == []
    assert everything_that_holds("Doe tells all") == []
    edition = Edition.objects.get(pk=published.pk)
    assert edition.hash == before[0]
    assert edition.text != before[1]
    assert faults() == []
    assert (line.by, line.reason) == (admin_role, "A court said so.")
    assert not search.found("Kourou").exists()


def test_title_and_addresses_stay_unless_they_are_to_go_too(document, admin_role):
    remove(document, admin_role)

    document.refresh_from_db()
    assert document.title == "Doe tells all"
    assert Sighting.objects.get(capture__document=document).path
    assert not Capture.objects.get(document=document).text
    assert faults() == []


def test_same_text_elsewhere_goes_with_it(admin_role):
    one, other = make_document(WORDS), make_document(WORDS)
    remove(one, admin_role)
    assert not Capture.objects.exclude(text="").exists()
    assert not Original.objects.exclude(content=b"").exists()
    assert not search.found("Kourou").exists()
    assert other.current_capture.redacted_by is None  # as it was read before
    assert faults() == []


def test_lines_and_notices_that_repeat_the_words_go_too(published, document, admin_role):
    page = published.partnership.page
    make_withdrawn(page, f"It said: {WORDS}")
    with one_writer():
        decide("withdraw", page, by=admin_role, reason=f"It said: {WORDS}")

    remove(document, admin_role)

    assert everything_that_holds(NAME) == []
    assert Notice.objects.get().words == ""
    assert faults() == []


def test_what_an_alert_tells_goes_where_it_tells_names_or_the_words(document, admin_role):
    claim = Claim.objects.get()
    origin = Change("origin", Quote.objects.get().pk, "ESA", NAME)
    link = Change("link", Quote.objects.get().pk, "“Doe” is Doe", "“Doe” is not Doe")
    grade = Change("grade", Quote.objects.get().pk, "B", "E")
    told = [
        make_alert(claim, moved=canonical([change]), cause_id=n, severity="major")
        for n, change in enumerate((origin, link, grade), start=10**6)
    ]

    remove(document, admin_role)
    assert [Alert.objects.get(pk=each.pk).changes == [] for each in told] == [False, True, False]

    remove(document, admin_role, named=True)
    assert everything_that_holds(NAME) == []
    alerting.weigh_anew([claim.pk])  # what moved cannot be read any more: it stays as heavy
    assert not Alert.objects.filter(severity="minor").exists()
    assert faults() == []


def test_reasons_given_for_an_override_or_a_day_go_where_they_say_the_words(document, admin_role):
    summary = Summary.objects.get()
    decision = make_decision(summary)
    revision = summary.revisions.first()
    said = {"refusals": [f"It says: {WORDS}"], "reason": f"It must: {WORDS}"}
    Override.objects.create(revision=revision, decision=decision, **said)
    today = timezone.localdate()
    ReviewDate.objects.create(summary=summary, on=today, reason=WORDS, decision=decision)

    remove(document, admin_role)

    assert everything_that_holds(NAME) == []
    assert (Override.objects.get().refusals, Override.objects.get().reason) == ([], "")
    assert faults() == []


def test_draft_that_cites_a_claim_without_words_is_held(published, admin_role):
    remove(Claim.objects.get(), admin_role)
    summary = Summary.objects.get()
    (found,) = [each for each in gate.refusals(gather(summary)) if each.code == "words_removed"]
    assert (found.words, found.passable) == (
        f"The words of {Claim.objects.get().key} were removed.",
        False,
    )


def test_words_of_a_claim_go_with_the_sentences_that_tell_it(published, admin_role):
    claim = Claim.objects.get()
    remove(claim, admin_role)

    content = Edition.objects.get().content
    (sentence,) = content["blocks"][0]["sentences"]
    assert list(sentence["text"]) == list(sentence["html"]) == ["redacted"]
    assert everything_that_holds(claim.words) == []
    assert str(Claim.objects.get()) == f"{claim.key}: (words removed)"
    assert faults() == []


def test_line_keeps_who_did_what_when_its_words_go(admin_role):
    line = make_decision()
    remove(line, admin_role)

    line.refresh_from_db()
    assert (line.act, line.subject_label) == ("test", "")
    assert faults() == []


def test_line_that_names_what_was_removed_stays(document, admin_role):
    with pytest.raises(Refused, match="no word left"):
        remove(remove(document, admin_role), admin_role)


def test_words_go_once(document, admin_role):
    remove(document, admin_role)
    with pytest.raises(Refused, match="no word left"):
        remove(document, admin_role)


def test_further_claim_of_the_same_edition_goes_later(published, document, admin_role):
    remove(document, admin_role)
    remove(Claim.objects.get(), admin_role)
    assert faults() == []


def test_newest_draft_is_mended_first(admin_role):
    claim = make_claim(quotes=[make_news(WORDS)])
    make_draft(claims=[claim], text=f"“{WORDS}” [@{claim.key}]")
    with pytest.raises(Refused, match="take them out of it"):
        remove(Quote.objects.get().capture.document, admin_role)
    assert Revision.objects.get().text


def test_only_who_may_removes_words(document, publisher):
    with pytest.raises(PermissionDenied):
        remove(document, publisher)
    assert Passage.objects.exclude(text="").exists()


def test_nothing_goes_without_a_reason(document, admin_role):
    with pytest.raises(Refused, match="Write why"):
        redacting.redact(document, by=admin_role, because="law", reason=" ")


def test_person_decides_on_what_was_shown(document, admin_role):
    seen = redacting.plan(document).seen
    make_link(document, NAME, make_entity("Doe"))
    with pytest.raises(Refused, match="not what you saw"):
        remove(document, admin_role, seen=seen)
    assert remove(document, admin_role, seen=redacting.plan(document).seen)


def test_readers_are_told_anew_and_nothing_breaks(published, document, admin_role, client):
    page = published.partnership.page
    addresses = [
        "/",
        "/partnerships/",
        f"/partnerships/{page.slug}/",
        f"/partnerships/{page.slug}/v/1/",
        f"/documents/{document.pk}/",
        "/corrections/",
        "/feed.atom",
        "/sitemap.xml",
    ]
    before = {each: client.get(each) for each in addresses}
    claim = Claim.objects.get()
    remove(document, admin_role, named=True)
    remove(claim, admin_role)

    for address, was in before.items():
        answer = client.get(address, headers={"if-none-match": was.headers.get("ETag", "x")})
        assert answer.status_code == 200, address
        assert NAME not in answer.content.decode(), address
        since = was.headers.get("Last-Modified")
        if since:
            later = client.get(address, headers={"if-modified-since": since})
            assert b"John" not in later.content
    assert "removed" in client.get(addresses[2]).content.decode()


def test_desk_shows_that_words_went_and_breaks_nowhere(published, document, admin_role, client):
    passage, claim = passages_of(document)[0], Claim.objects.get()
    line = Decision.objects.about(published.partnership.summary).first()
    for row in (claim, document, line):
        remove(row, admin_role, **({"named": True} if row is document else {}))
    client.force_login(admin_role)
    rows = {
        "corpus_document": document,
        "curation_claim": claim,
        "curation_decision": line,
        "curation_summary": published.partnership.summary,
        "curation_partnership": published.partnership,
        "curation_page": published.partnership.page,
        "corpus_source": document.source,
    }
    for name, row in rows.items():
        for address in (
            reverse(f"admin:{name}_changelist"),
            reverse(f"admin:{name}_change", args=[row.pk]),
            reverse(f"admin:{name}_history", args=[row.pk]),
        ):
            answer = client.get(address, follow=True)
            assert answer.status_code == 200, address
            assert NAME not in answer.content.decode(), address
    answer = client.get(reverse("admin:corpus_document_change", args=[document.pk]))
    assert f"?at={passage.pk}" in answer.content.decode()
    assert "The words of this text were removed" in answer.content.decode()


# --- the screen -----------------------------------------------------------------------------------


def test_screen_shows_what_goes_and_then_does_it(document, admin_role, client):
    client.force_login(admin_role)
    address = reverse("admin:corpus_document_move", args=[document.pk, "redact"])

    shown = client.get(address)
    assert WORDS in shown.content.decode()
    kinds = {name for name, _, _ in shown.context["kinds"]}
    assert {"originals", "captures", "passages", "quotes", "editions", "revisions"} == kinds
    assert "sightings" in client.get(f"{address}?named=1").content.decode()
    form = {"because": "request", "reason": "He asked.", "sure": "on"}
    form["seen"] = shown.context["form"].initial["seen"]

    assert client.post(address, form | {"sure": ""}).status_code == 422
    assert Quote.objects.get().exact
    assert client.post(address, form | {"seen": "other"}).status_code == 409
    assert Quote.objects.get().exact
    assert client.post(address, form).status_code == 302
    assert not Quote.objects.get().exact


def test_screen_opens_to_nobody_else(document, publisher, client):
    client.force_login(publisher)
    assert (
        client.get(reverse("admin:corpus_document_move", args=[document.pk, "redact"])).status_code
        == 403
    )
    room = client.get(reverse("admin:corpus_document_change", args=[document.pk]))
    assert "Remove its words" not in room.content.decode()
    assert Document.objects.get(pk=document.pk).title
