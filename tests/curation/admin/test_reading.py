"""The reading room: a document as passages, with what people and the machine say of them."""

import html
import re

import pytest

from corpus.models import Document, Passage
from curation.admin import parts
from curation.admin.marking import Mark, pieces
from tests.factories import (
    NOON,
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
    document.captures.create(
        original=document.current_capture.original,
        text="ESA agrees.",
        text_sha256="0" * 64,
        extractor="test",
        mended=["Two NUL characters were taken out."],
    )

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


def test_hints_stand_beside_the_reasons_in_words(desk):
    document = make_document("ESA agreed, experts say.")
    (passage,) = passages_of(document)
    told = {"suggested_reliability": "news", "hints": [["speaker_not_traced", "“experts say”"]]}
    Passage.objects.filter(pk=passage.pk).update(**told)
    Document.objects.filter(pk=document.pk).update(
        suggested_reliability="news", hints=[["vague", "undated, and so on"]]
    )

    page = room(desk, document)

    assert "<li>“experts say”</li>" in page
    assert "<li>undated, and so on</li>" in page


def test_suggested_reasons_come_ticked_with_their_words_until_somebody_labels(desk):
    document = make_document("ESA agreed, experts say.")
    (passage,) = passages_of(document)
    told = {"suggested_reliability": "news", "hints": [["speaker_not_traced", "“experts say”"]]}
    Passage.objects.filter(pk=passage.pk).update(**told)
    ticked = 'name="reasons" value="speaker_not_traced" checked> <span>speaker not traced'
    shown = 'name="hinted" value="speaker_not_traced"'

    before = room(desk, document).partition('id="bar"')[2]
    make_assessment(passage, "news")
    after = room(desk, document)

    assert f'{ticked} <span class="quiet">“experts say”</span>' in before
    assert before.count(shown) == 1
    assert ticked not in after
    assert shown not in after


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


# --- a long text, in parts --------------------------------------------------------------------


@pytest.fixture
def long(monkeypatch):
    """Seven passages, three to a part: 1–3, 4–6, 7."""
    monkeypatch.setattr(parts, "PART", 3)
    return make_document("One is. Two is. Three is. Four is. Five is. Six is. Seven is.")


def shown_in(page):
    return [words for _, words in words_shown(page)]


def test_the_passage_asked_for_brings_its_part_and_links_to_the_others(desk, long):
    page = room(desk, long, f"?at={passages_of(long)[4].pk}")

    assert shown_in(page) == ["Four is.", "Five is.", "Six is."]
    assert "Passages 4–6 of 7" in page
    assert "Earlier: 1–3" in page
    assert "Later: 7–7" in page
    assert "Passage 7 begins: “Seven is.”" in page
    assert 'data-fill="number">5<' in page


def test_a_text_of_one_part_speaks_of_no_parts(desk):
    page = room(desk, make_document("One is. Two is."))

    assert 'class="parts"' not in page
    assert "Find in the whole text" not in page


def test_the_room_opens_in_the_part_of_the_first_passage_without_a_label(desk, long):
    for passage in passages_of(long)[:4]:
        make_assessment(passage)

    page = room(desk, long)

    assert "Passages 4–6 of 7" in page
    assert 'data-fill="number">5<' in page
    assert "4 of 7 passages assessed" in page


def test_a_passage_cut_anew_leads_to_where_it_stood(desk, long):
    old = passages_of(long)[5]
    Passage.objects.filter(pk=old.pk).update(retired_at=NOON)
    new = old.capture.passages.create(
        start=old.start, end=old.end - 1, text=old.text[:-1], text_sha256="0" * 64
    )

    page = room(desk, long, f"?at={old.pk}")

    assert f'id="p-{new.pk}"' in page
    assert 'data-fill="number">6<' in page


def leads(desk, document, query):
    answer = desk.get(f"/admin/corpus/document/{document.pk}/change/{query}")
    return re.search(r"[?&]at=(\d+)", answer["Location"])[1]


def test_a_place_a_word_and_the_next_open_passage_are_found_in_any_part(desk, long):
    *_, six, seven = passages_of(long)
    for passage in passages_of(long)[:5]:
        make_assessment(passage)

    assert leads(desk, long, f"?place={seven.start + 2}") == str(seven.pk)
    assert leads(desk, long, "?find=SIX++is&after=0") == str(six.pk)
    assert leads(desk, long, f"?find=six&after={seven.end}") == str(six.pk)  # from the beginning
    assert leads(desk, long, "?next=open&after=0") == str(six.pk)
    assert leads(desk, long, f"?next=open&after={six.end}") == str(seven.pk)


def test_what_is_not_found_is_said_and_one_stays_where_one_was(desk, long):
    second = passages_of(long)[1]

    address = f"/admin/corpus/document/{long.pk}/change/?find=eight&after={second.end}"
    answer = desk.get(address, follow=True)

    assert "No passage of this text holds “eight”." in answer.content.decode()
    assert 'data-fill="number">2<' in answer.content.decode()


def test_nonsense_asked_for_leads_to_the_text(desk, long):
    for query in ("?place=x", "?find=", "?find=(%5B*&after=-1", "?next=&after=99999999999999"):
        answer = desk.get(f"/admin/corpus/document/{long.pk}/change/{query}", follow=True)
        assert answer.status_code == 200


def test_what_is_repeated_keeps_its_number_in_another_part(desk, long):
    first, *_, last = passages_of(long)
    Passage.objects.filter(pk=last.pk).update(repeats=first)

    assert "Nearly repeats passage 1" in room(desk, long, f"?at={last.pk}")


def test_accepting_what_remains_is_of_the_whole_text_and_says_so(desk, long, editor):
    desk.force_login(editor)
    Passage.objects.update(suggested_reliability="news")
    last = passages_of(long)[-1]

    page = room(desk, long, f"?at={last.pk}")
    answer = desk.post(
        f"/admin/corpus/document/{long.pk}/move/accept/",
        {"capture": long.current_capture_id, "at": last.pk},
        headers={"X-Desk": "fragment"},
    ).content.decode()

    assert "Accept 7 remaining suggestions of the whole text" in page
    assert "7 of 7 passages assessed" in answer
    assert shown_in(answer) == ["Seven is."]  # the part that was on screen


def test_joining_at_the_edge_of_a_part_takes_the_first_of_the_next(desk, long):
    third = passages_of(long)[2]

    answer = desk.post(
        f"/admin/corpus/document/{long.pk}/move/join/",
        {"passage": third.pk, "capture": long.current_capture_id, "reliability": ""},
        headers={"X-Desk": "fragment"},
    ).content.decode()

    assert shown_in(answer) == ["One is.", "Two is.", "Three is. Four is."]
    assert "Passages 1–3 of 6" in answer


def test_an_answer_without_script_comes_back_to_its_part(desk, long):
    last = passages_of(long)[-1]

    answer = desk.post(
        f"/admin/corpus/document/{long.pk}/move/assess-document/",
        {"capture": long.current_capture_id, "seen": "", "at": last.pk, "reliability": "news"},
    )

    assert answer["Location"].endswith(f"?at={last.pk}#whole")


def test_evidence_and_names_lead_to_their_place_in_another_part(desk, long):
    last = passages_of(long)[-1]
    make_claim(quotes=[make_quote(long, "Seven is")])
    make_mention(long, "Two", make_entity("Two"))

    page = room(desk, long, f"?at={passages_of(long)[3].pk}")

    assert f'href="?place={last.start}">In the text' in page
    assert f'href="?place={passages_of(long)[1].start}"' in page


def test_query_count_is_the_same_in_any_part(desk, long, queries):
    address = f"/admin/corpus/document/{long.pk}/change/?at="
    first, *_, last = passages_of(long)

    assert queries(f"{address}{first.pk}") == queries(f"{address}{last.pk}")


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
