"""The reading room: a document as passages, with what people and the machine say of them."""

import html
import re

import pytest

from corpus.models import Document, Passage
from curation.admin.marking import Mark, pieces
from tests.factories import (
    make_assessment,
    make_capture,
    make_claim,
    make_document,
    make_entity,
    make_link,
    make_mention,
    make_quote,
    make_source,
    passages_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client, contributor):
    client.force_login(contributor)
    return client


def room(desk, document, query=""):
    return desk.get(f"/admin/corpus/document/{document.pk}/change/{query}").content.decode()


def words_shown(page):
    """[(start, text)] of each passage, as the script counts them."""
    found = re.findall(r'<p class="words" data-start="(\d+)">(.*?)</p>', page, re.DOTALL)
    return [(int(start), html.unescape(re.sub(r"<[^>]*>", "", text))) for start, text in found]


def test_passages_hold_exactly_their_text_at_their_place(desk):
    document = make_document("🚀 ESA <b>& NASA</b>  agreed.\n\nThey   will fly 🚀 “soon”.")
    make_mention(document, "NASA", make_entity("NASA"))
    make_claim(quotes=[make_quote(document, "will fly 🚀")])

    shown = words_shown(room(desk, document))

    assert shown == [(p.start, p.text) for p in passages_of(document)]
    assert all(document.current_capture.text[s : s + len(t)] == t for s, t in shown)


def test_each_passage_says_what_is_suggested_and_why(desk):
    document = make_document("Buy now. ESA agreed.")
    first = passages_of(document)[0]
    Passage.objects.filter(pk=first.pk).update(
        suggested_reliability="spam", suggestion_reasons=["it asks the reader to buy"]
    )

    page = room(desk, document)

    assert "(suggested)" in page
    assert "it asks the reader to buy" in page
    assert "label-spam is-suggested" in page


def test_a_decided_label_says_by_whom(desk, contributor):
    document = make_document("ESA agreed.")
    label = make_assessment(passages_of(document)[0], credibility=2, reasons=["specific"])

    page = room(desk, document)

    assert "label-news decided" in page
    assert f"labelled by {label.decision.by}" in page
    assert "(specific)" in page
    assert f'data-seen="{label.pk}"' in page


def test_names_are_marked_as_decided_or_not(desk):
    document = make_document("ESA agreed with NASA.")
    for name in ("ESA", "NASA"):
        make_mention(document, name, make_entity(name))
    make_link(document, "ESA", document.current_capture.mentions.first().entity)

    page = room(desk, document)

    assert re.search(r'<mark class="name name-linked"[^>]*>ESA</mark>', page)
    assert re.search(r'<mark class="name name-undecided"[^>]*>NASA</mark>', page)


def test_words_already_quoted_are_marked_and_lead_to_their_claim(desk):
    document = make_document("ESA and NASA agreed. They will fly.")
    claim = make_claim(words="They agreed.", quotes=[make_quote(document, "NASA agreed")])

    page = room(desk, document)

    assert '<span class="quoted">NASA agreed</span>' in page
    assert f'href="#claim-{claim.pk}"' in page
    assert f'id="claim-{claim.pk}"' in page
    assert "unsupported" in page  # nobody has labelled the passage


def test_repeats_and_mended_notes_are_told(desk):
    document = make_document("ESA agreed. ESA agreed.")
    first, second = passages_of(document)
    Passage.objects.filter(pk=second.pk).update(repeats=first)
    document.current_capture.mended = ["Two NUL characters were taken out."]
    document.current_capture.save()

    page = room(desk, document)

    assert "Repeats passage 1: it never counts" in page
    assert "Two NUL characters were taken out." in page


def test_what_nearly_repeats_is_told_as_a_suggestion(desk):
    document = make_document("ESA agreed in 2020. ESA agreed in 2021.")
    first, second = passages_of(document)
    Passage.objects.filter(pk=second.pk).update(repeats=first)

    page = room(desk, document)

    assert "Nearly repeats passage 1" in page
    assert "never counts" not in page


def test_an_earlier_text_is_there_to_read_only(desk):
    document = make_document("ESA agreed.")
    earlier = document.current_capture
    document.current_capture = make_capture(document, "ESA and NASA agreed.")
    document.save()

    now, then = room(desk, document), room(desk, document, f"?capture={earlier.pk}")

    assert "ESA and NASA agreed." in now
    assert 'id="bar"' in now
    assert "This is an earlier text" in then
    assert 'id="bar"' not in then
    assert words_shown(then) == [(0, "ESA agreed.")]


def test_the_text_of_another_document_is_not_found(desk):
    other = make_document("Other.")
    address = f"/admin/corpus/document/{make_document().pk}/change/?capture="

    assert desk.get(f"{address}{other.current_capture_id}").status_code == 404


def test_a_document_set_aside_keeps_its_text(desk):
    document = make_document("ESA agreed.")
    Document.objects.update(current_capture=None)

    page = room(desk, document)

    assert "not on the desk" in page
    assert "ESA agreed." in page
    assert 'id="bar"' not in page


def test_any_place_asked_for_is_answered(desk):
    address = f"/admin/corpus/document/{make_document().pk}/change/"

    for query in ("at=x", "at=0", "at=9999999999999999999999", "at=%F0%9F%9A%80", "capture=x"):
        assert desk.get(f"{address}?{query}").status_code == 200


def test_the_passage_asked_for_is_at_hand_without_script(desk):
    document = make_document("One stands. Two stands. Three stands.")
    second = passages_of(document)[1]

    page = room(desk, document, f"?at={second.pk}")

    assert 'data-fill="number">2<' in page
    assert f'name="passage" value="{second.pk}"' in page
    assert f'<option value="{second.start + 4}">…stands.</option>' in page


def test_query_count_does_not_grow_with_the_text(desk, queries):
    def make(n):
        document = make_document(" ".join(["ESA agreed."] * n), source=make_source(grade="B"))
        esa = make_entity(f"ESA {n}", aliases=["ESA"])
        for passage in passages_of(document):
            make_assessment(passage)
            passage.mentions.create(
                capture=passage.capture, start=passage.start, end=passage.start + 3, entity=esa
            )
            make_claim(
                quotes=[
                    passage.capture.quotes.create(
                        start=passage.start, end=passage.end, exact=passage.text
                    )
                ]
            )
        return f"/admin/corpus/document/{document.pk}/change/"

    assert queries(make(1)) == queries(make(3))


# --- cutting at marks -------------------------------------------------------------------------


def test_marks_may_overlap_and_reach_over_the_ends():
    marks = [Mark(0, 14, "quote"), Mark(12, 16, "name", "linked"), Mark(30, 40, "name")]

    cut = list(pieces("ESA and NASA", 10, marks))

    assert [(p.text, bool(p.name), p.quoted) for p in cut] == [
        ("ES", False, True),
        ("A ", True, True),
        ("an", True, False),
        ("d NASA", False, False),
    ]


def test_a_passage_without_marks_is_one_piece():
    assert [piece.text for piece in pieces("ESA", 5, [])] == ["ESA"]
