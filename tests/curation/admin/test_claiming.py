"""The claim dialog: from selected words to a claim with its evidence, in one act."""

import pytest

from corpus.models import Passage
from curation.models import Assessment, Claim, Decision, Evidence, Partnership, Quote
from tests.factories import (
    make_assessment,
    make_claim,
    make_document,
    make_entity,
    make_evidence,
    make_mention,
    make_partnership,
    make_quote,
    make_source,
    make_user,
    passages_of,
)

pytestmark = pytest.mark.django_db
SCRIPT = {"x-desk": "fragment"}
TEXT = "🚀 On 12 March 2022 ESA and NASA agreed. They will fly."


@pytest.fixture
def document():
    return make_document(TEXT, source=make_source(grade="B"), published="2022-03-14")


@pytest.fixture
def partnership():
    return make_partnership("ExoMars")


@pytest.fixture
def desk(client, contributor):
    client.force_login(contributor)
    return client


def address(document):
    return f"/admin/corpus/document/{document.pk}/move/claim/"


def selection(words):
    start = TEXT.index(words)
    return {"start": start, "end": start + len(words)}


def filled(document, selected, **kwargs):
    touched = [p for p in passages_of(document) if p.text in selected or selected in p.text]
    return selection(selected) | {
        "exact": selected,
        "seen": " ".join(f"{passage.pk}:" for passage in touched),
        "reliability": "news",
        "credibility": "2",
        "stance": "supports",
        "ticked": "on",
        "claim": "",
        "words": "ESA and NASA agreed.",
        "told_as": "fact",
    } | kwargs  # fmt: skip


def test_the_dialog_is_filled_in_from_the_text_and_its_labels(desk, document):
    esa = make_entity("ESA")
    make_mention(document, "ESA", esa)
    Passage.objects.update(suggested_reliability="speculative")
    make_assessment(passages_of(document)[0], credibility=3)

    page = desk.get(address(document), selection("On 12 March 2022 ESA and NASA agreed"))
    form = page.context["form"]

    assert form.initial["reliability"] == "news"
    assert form.initial["credibility"] == 3
    assert form.initial["words"] == "On 12 March 2022 ESA and NASA agreed"
    assert form.initial["date"] == "2022-03-12"
    assert form.initial["as_of"] == "2022-03-14"
    assert form.initial["acting"] == [esa.pk]


@pytest.mark.parametrize(
    ("published", "date", "help_text"),
    [
        ("2024-05-15", "2024-05-14", "“last Tuesday”: counted from the day of publication."),
        ("", "", "“last Tuesday”: it counts from the day of publication, which nobody entered."),
    ],
)
def test_a_relative_date_is_filled_in_only_where_the_document_is_dated(
    desk, published, date, help_text
):
    document = make_document("ESA and NASA agreed last Tuesday.", published=published)

    told = desk.get(f"/admin/corpus/document/{document.pk}/move/claim/", {"start": 0, "end": 33})

    form = told.context["form"]
    assert (form.initial["date"], form.fields["date"].help_text) == (date, help_text)
    assert help_text in told.content.decode()


def test_the_weakest_label_is_offered_for_several_passages(desk, document):
    first, second = passages_of(document)
    make_assessment(first, "news")
    Passage.objects.filter(pk=second.pk).update(suggested_reliability="speculative")

    page = desk.get(address(document), {"start": 0, "end": len(TEXT)})

    assert page.context["form"].initial["reliability"] == "speculative"
    assert page.context["form"].initial["told_as"] == "forecast"


def test_one_post_labels_quotes_claims_and_ticks(desk, document, partnership):
    nasa = make_entity("NASA")
    sent = filled(
        document, "ESA and NASA agreed", partnership=partnership.name, also_acting="nasa",
        said_by="a spokesman", date="2022-03-12",
    )  # fmt: skip

    response = desk.post(address(document), sent)

    claim, quote, evidence = Claim.objects.get(), Quote.objects.get(), Evidence.objects.get()
    assert response.status_code == 302
    assert (claim.words, claim.said_by_words, claim.date) == (
        "ESA and NASA agreed.",
        "a spokesman",
        "2022-03-12",
    )
    assert list(claim.acting.all()) == [nasa]
    assert quote.exact == "ESA and NASA agreed"
    assert evidence.ticked is not None
    assert Assessment.objects.in_force().get().credibility == 2
    assert claim.standing.word == "reported"


def test_the_claim_and_its_standing_appear_beside_the_text(desk, document, partnership):
    sent = filled(document, "ESA and NASA agreed", partnership=partnership.name)

    told = desk.post(address(document), sent, headers=SCRIPT).content.decode()

    assert 'id="claims"' in told
    assert "reported" in told
    assert "source graded B" in told
    assert '<span class="quoted">ESA and NASA agreed</span>' in told
    assert "desk-dialog-body" not in told


def test_an_editor_may_name_a_new_partnership_there(client, editor, document):
    client.force_login(editor)

    client.post(address(document), filled(document, "ESA and NASA agreed", new_partnership="MSR"))

    assert Claim.objects.get().partnership == Partnership.objects.get(name="MSR")
    assert Decision.objects.exclude(act="test").values("act_id").distinct().count() == 1


def test_when_the_claim_fails_no_partnership_is_left(client, editor, document):
    client.force_login(editor)
    sent = filled(document, "ESA and NASA agreed", new_partnership="MSR", exact="Other words")

    response = client.post(address(document), sent)

    assert response.status_code == 409
    assert not Partnership.objects.exists()


def test_contributors_choose_a_partnership_that_is_there(desk, document):
    sent = filled(document, "ESA and NASA agreed", new_partnership="MSR")

    response = desk.post(address(document), sent)

    assert response.status_code == 422
    assert "Choose the partnership" in response.content.decode()
    assert not Partnership.objects.exists()


def test_words_may_dispute_a_claim_that_is_there(desk, document):
    claim = make_claim()
    sent = filled(
        document, "They will fly.", claim=claim.key, words="", stance="disputes", ticked=""
    )

    desk.post(address(document), sent)

    evidence = Evidence.objects.get()
    assert (evidence.claim, evidence.stance, evidence.ticked) == (claim, "disputes", None)
    assert Claim.objects.count() == 1


def test_what_was_typed_comes_back_with_what_is_asked_for(desk, document):
    sent = filled(document, "ESA and NASA agreed", words="Typed here", date="soon")

    response = desk.post(address(document), sent, headers=SCRIPT)
    told = response.content.decode()

    assert response.status_code == 422
    assert "Typed here" in told
    assert "is no date" in told
    assert "Choose the partnership" in told
    assert 'id="desk-dialog-body"' in told


def test_a_label_given_in_the_meantime_is_told(desk, document, partnership):
    sent = filled(document, "ESA and NASA agreed", partnership=partnership.name)
    make_assessment(passages_of(document)[0], "speculative")

    response = desk.post(address(document), sent)

    assert response.status_code == 409
    assert not Claim.objects.exists()


def test_spam_is_never_evidence(desk, document, partnership):
    sent = filled(document, "ESA and NASA agreed", partnership=partnership.name, reliability="spam")

    assert desk.post(address(document), sent).status_code == 422
    assert not Quote.objects.exists()


def test_a_quote_that_is_too_long_is_refused_with_its_length(desk, partnership):
    document = make_document("word " * 200)
    sent = {"start": 0, "end": 999, "exact": document.current_capture.text[:999].strip()}

    page = desk.get(address(document), {"start": 0, "end": 999})
    response = desk.post(address(document), filled(make_document(TEXT), "They will fly.") | sent)

    assert "299 characters longer" in page.content.decode()
    assert response.status_code == 422
    assert not Quote.objects.exists()


def test_without_script_a_passage_is_narrowed_to_some_of_its_words(desk, document):
    passage = passages_of(document)[0]

    page = desk.get(
        address(document), {"start": passage.start, "end": passage.end, "only": "NASA agreed"}
    )

    assert page.context["selected"].exact == "NASA agreed"
    assert "<mark>NASA agreed</mark>" in page.content.decode()


@pytest.mark.parametrize(
    "data",
    [
        {"seen": "x"},
        {"claim": "999"},
        {"partnership": "x"},
        {"stance": "perhaps"},
        {"acting": ["999999"]},
        {"own_record_of": ["x"]},
        {"said_by": "ESA #99999"},
        {"reliability": ""},
        {"credibility": "0"},
        {"words": "w" * 501},
    ],
)
def test_bad_input_claims_nothing(desk, document, partnership, data):
    sent = filled(document, "ESA and NASA agreed", partnership=partnership.name) | data

    assert desk.post(address(document), sent, headers=SCRIPT).status_code == 422
    assert not Claim.objects.exists()


# --- evidence beside the text -------------------------------------------------------------------


@pytest.fixture
def evidence(document):
    return make_evidence(make_claim(), make_quote(document, "They will fly."), ticked=False)


def move(desk, evidence, verb, **data):
    document = evidence.quote.capture.document
    sent = {"evidence": evidence.pk} | data
    return desk.post(f"/admin/corpus/document/{document.pk}/move/{verb}/", sent)


def test_the_tick_is_given_and_taken_away(desk, evidence):
    move(desk, evidence, "tick", do="tick")
    evidence.refresh_from_db()
    given = evidence.ticked
    move(desk, evidence, "tick", do="untick")
    evidence.refresh_from_db()

    assert given is not None
    assert evidence.ticked is None


def test_evidence_is_withdrawn_with_a_reason(desk, evidence):
    move(desk, evidence, "withdraw", reason="")
    assert Evidence.objects.in_force().exists()

    move(desk, evidence, "withdraw", reason="Another mission is meant.")
    assert not Evidence.objects.in_force().exists()


def test_evidence_of_another_document_is_not_found(desk, evidence):
    other = make_document("Other.")
    sent = {"evidence": evidence.pk, "do": "tick"}

    response = desk.post(f"/admin/corpus/document/{other.pk}/move/tick/", sent)

    assert response.status_code == 404


@pytest.mark.parametrize(("role", "told"), [("contributor", True), ("editor", False)])
def test_who_makes_no_partnership_is_told_who_does(client, document, role, told):
    client.force_login(make_user(role))

    page = client.get(address(document), selection("ESA and NASA agreed")).content.decode()

    assert ("Not there? An editor makes it." in page) == told
