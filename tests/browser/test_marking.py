"""Words of a sentence are marked as a person does it: with the mouse, by keys, without script."""

import pytest

from curation.models import Mark
from tests.factories import make_claim, make_draft, make_news, make_user

TEXT = "The 🚀 mission is good in the telling of its makers."


@pytest.fixture
def summary(committing):
    claim = make_claim(quotes=[make_news(grade="C")])
    return make_draft(claims=[claim], text=f"{TEXT} [@{claim.key}]")


def marked():
    return [TEXT[mark.start : mark.end] for mark in Mark.objects.in_force()]


def test_words_are_selected_or_chosen_and_marked(open_as, summary):
    page = open_as(make_user("contributor"), viewport={"width": 1280, "height": 900})
    page.goto(f"/admin/curation/summary/{summary.pk}/change/")
    page.click(".marking > summary")

    box = page.locator(".marking-words span").filter(has_text="telling").bounding_box()
    last = page.locator(".marking-words span").filter(has_text="makers.").bounding_box()
    page.mouse.move(box["x"] + 1, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(last["x"] + last["width"] - 2, last["y"] + last["height"] / 2)
    page.mouse.up()
    page.wait_for_selector(".marking-chosen >> text=of")
    assert page.locator(".marking-chosen").all_inner_texts() == ["telling", "of", "its", "makers."]

    page.focus(".marking select[name=start]")
    page.keyboard.press("ArrowDown")
    assert page.locator(".marking-chosen").first.inner_text() == "of"
    page.click(".marking button[type=submit]")
    page.wait_for_selector("#gate-answered mark")

    assert marked() == ["of its makers."]
    assert page.locator("#gate-answered mark").inner_text() == "of its makers."
    page.fill("#draft-standfirst", "Typed.")
    assert page.locator("#gate-answered [data-saved-only]").first.is_disabled()


def test_words_are_marked_without_script(open_as, summary):
    page = open_as(make_user("contributor"), java_script_enabled=False)
    page.goto(f"/admin/curation/summary/{summary.pk}/change/")
    page.click(".marking > summary")

    page.select_option(".marking select[name=start]", label="6: in")
    page.click(".marking button[type=submit]")

    assert marked() == ["in the telling of its makers."]
    assert page.locator("#gate-answered mark").inner_text() == "in the telling of its makers."
