"""The reading room as a person uses it: keys, selected words, the claim dialog."""

import pytest

from corpus.models import Passage
from curation.admin import parts
from curation.models import Assessment, Claim, Evidence, Link, Quote
from tests.factories import (
    make_document,
    make_entity,
    make_mention,
    make_partnership,
    make_user,
    passages_of,
)

TEXT = "🚀🚀 ESA and 🚀 NASA agreed “at last” — finally. They  will fly.\n\nNobody doubts it."

SELECT = """([from, to]) => {
  const all = [];
  const walker = document.createTreeWalker(document.getElementById("text"), NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) if (walker.currentNode.parentElement.closest(".words")) all.push(walker.currentNode);
  const find = (words) => { for (const node of all) { const at = node.data.indexOf(words); if (at >= 0) return [node, at]; } };
  const [first, start] = find(from);
  const [last, end] = find(to);
  const range = document.createRange();
  range.setStart(first, start);
  range.setEnd(last, end + to.length);
  getSelection().removeAllRanges();
  getSelection().addRange(range);
}"""  # noqa: E501


@pytest.fixture
def document(committing):
    document = make_document(TEXT)
    make_mention(document, "NASA", make_entity("NASA"))
    Passage.objects.update(suggested_reliability="news")
    return document


@pytest.fixture
def room(open_as, document):
    page = open_as(make_user("editor"), viewport={"width": 1280, "height": 900})
    page.errors = []
    page.on("pageerror", lambda error: page.errors.append(str(error)))
    page.goto(f"/admin/corpus/document/{document.pk}/change/")
    return page


@pytest.mark.parametrize(
    ("first", "last", "quoted"),
    [
        ("NASA", "at last", "NASA agreed “at last"),
        ("ESA", "agreed", "ESA and 🚀 NASA agreed"),
        ("finally", "Nobody", "finally. They  will fly.\n\nNobody"),
    ],
)
def test_selected_words_become_a_claim_of_exactly_these_words(room, document, first, last, quoted):
    make_partnership("ExoMars")

    room.evaluate(SELECT, [first, last])
    room.click("#selection-claim")
    room.wait_for_selector("dialog[open]")
    room.fill("#claim-partnership", "ExoMars")
    room.check("#claim-ticked")
    room.click("dialog button.main")
    room.wait_for_selector("#claims li")

    assert Quote.objects.get().exact == quoted
    assert Evidence.objects.get().ticked is not None
    assert room.locator("dialog[open]").count() == 0
    assert room.locator(".quoted").first.is_visible()
    assert room.errors == []


def test_what_is_wrong_is_told_in_the_dialog_and_nothing_typed_is_lost(room, document):
    room.evaluate(SELECT, ["NASA", "agreed"])
    room.click("#selection-claim")
    room.fill("#claim-words", "NASA agreed to something.")
    room.click("dialog button.main")
    room.wait_for_selector("dialog .errorlist")

    assert room.input_value("#claim-words") == "NASA agreed to something."
    assert "Choose the partnership" in room.inner_text("dialog")
    assert not Claim.objects.exists()


def test_what_is_asked_for_has_the_focus_and_is_said_inside_the_dialog(room, document):
    room.evaluate(SELECT, ["NASA", "agreed"])
    room.click("#selection-claim")
    room.fill("#claim-words", "NASA agreed to something.")
    room.click("dialog button.main")
    room.wait_for_selector("dialog #desk-said >> text=Nothing was changed")

    assert room.evaluate("document.activeElement.id") == "claim-partnership"


def test_keys_label_and_move_while_the_text_has_the_focus(room, document):
    first, second, third = passages_of(document)
    Passage.objects.filter(pk=third.pk).update(hints=[["vague", "“nobody”"]])
    room.reload()

    room.focus(f"#g-{first.pk}")
    room.keyboard.press("2")
    room.wait_for_selector(f"#p-{first.pk}.decided")
    room.keyboard.press("j")
    room.keyboard.press("x")
    room.wait_for_selector(f"#p-{second.pk}.label-spam.decided")

    labels = dict(Assessment.objects.in_force().values_list("passage", "reliability"))
    assert labels == {first.pk: "news", second.pk: "spam"}
    assert room.evaluate("document.activeElement.id") == f"g-{second.pk}"
    room.wait_for_selector("#desk-said >> text=Labelled spam")

    room.keyboard.press("j")
    assert room.inner_text("#bar .hinted label") == "vague “nobody”"
    assert not room.is_visible("#bar .ticks [value=vague]")
    room.keyboard.press("n")
    room.wait_for_selector("#desk-said >> text=Labelled news (vague).")
    assert Assessment.objects.get(passage=third).hinted == ["vague"]
    assert room.locator("#bar .hinted").count() == 0


def test_keys_mean_nothing_in_a_field(room, document):
    room.click("#about > summary")
    room.fill("#about-title", "")
    room.type("#about-title", "nsx 1")

    assert not Assessment.objects.exists()


def test_keys_lead_over_the_edge_of_a_part_and_back(room, document, monkeypatch):
    monkeypatch.setattr(parts, "PART", 2)
    first, second, third = passages_of(document)
    room.goto(f"/admin/corpus/document/{document.pk}/change/?at={second.pk}#g-{second.pk}")

    room.focus(f"#g-{second.pk}")
    room.keyboard.press("j")
    room.wait_for_selector(f"#p-{third.pk}.at-hand")
    assert room.locator(".passage").count() == 1
    assert room.evaluate("document.activeElement.id") == f"g-{third.pk}"
    room.keyboard.press("s")
    room.wait_for_selector(f"#p-{third.pk}.label-speculative.decided")
    room.keyboard.press("k")
    room.wait_for_selector(f"#p-{second.pk}.at-hand")
    room.fill("#find", "NOBODY")
    room.keyboard.press("Enter")
    room.wait_for_selector(f"#p-{third.pk}.at-hand")
    room.locator("#names .places > summary").click()
    room.locator("#names .to-place").first.click()
    room.wait_for_selector(f"#p-{first.pk}.at-hand")

    assert room.errors == []


def test_a_name_is_decided_where_it_is_offered(room, document):
    room.click('#names button[value="is"]')
    room.wait_for_selector("mark.name-linked")

    assert Link.objects.in_force().get().verdict == "is"


def test_the_whole_line_works_without_script(open_as, document):
    make_partnership("ExoMars")
    page = open_as(make_user("contributor"), java_script_enabled=False)
    page.goto(f"/admin/corpus/document/{document.pk}/change/")

    page.click('#bar button[value="news"]')
    assert "Labelled news." in page.inner_text(".messagelist")
    page.click("#bar .bar-more a >> nth=0")
    page.fill("#only", "NASA agreed")
    page.click("text=Narrow")
    page.fill("#claim-partnership", "ExoMars")
    page.check("#claim-ticked")
    page.click("text=Make the claim")

    assert Quote.objects.get().exact == "NASA agreed"
    assert "unverified" in page.inner_text("#claims")
