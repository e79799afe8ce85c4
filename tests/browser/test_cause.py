"""The main job in a browser: a source is regraded, all that rested on it is dealt with on one
screen, and readers get a corrected edition."""

import pytest

from corpus import search
from curation.models import Alert
from curation.standings import refresh
from tests.factories import (
    make_claim,
    make_document,
    make_draft,
    make_news,
    make_partnership,
    make_published,
    make_source,
    make_user,
)

WIDE = {"width": 1280, "height": 900}
AGREED = "According to The Daily Orbit, ESA and NASA agreed on a rover."
BUILT = "The Daily Orbit reports that the rover is built."
MET = "The Daily Orbit reports that they met."


@pytest.fixture
def source(committing):
    return make_source("The Daily Orbit", grade="B")


@pytest.fixture
def page(source):
    """A published page of two sentences that rest on the source; what a better one says."""
    rover = make_partnership("A rover for two")
    agreed = make_claim(partnership=rover, words="They agreed.", quotes=[make_news(source=source)])
    built = make_claim(
        partnership=rover, words="It is built.", quotes=[make_news("It is built.", source=source)]
    )
    text = f"{AGREED} [@{agreed.key}]\n\n{BUILT} [@{built.key}]"
    edition = make_published(make_draft(rover, claims=[agreed, built], text=text))
    better = make_document("NASA confirms the rover.", source=make_source("NASA News", grade="A"))
    search.store_words(better)
    return edition.partnership.page


@pytest.fixture
def draft(source):
    """Another partnership, not published, with a sentence on it."""
    claim = make_claim(words="They met.", quotes=[make_news("They met.", source=source)])
    refresh([claim])
    return make_draft(claims=[claim], text=f"{MET} [@{claim.key}]", title="An orbiter")


def regrade(desk, source):
    desk.goto(f"/admin/corpus/source/{source.pk}/change/")
    desk.select_option("[name=grade]", "E")
    desk.fill("[name=reason]", "It erred three times.")
    desk.click("button:has-text('Grade')")
    desk.wait_for_selector("text=It erred three times.")


def said(desk, words):
    """What screen readers hear."""
    desk.wait_for_selector(f"#desk-said:has-text('{words}')")


def test_regraded_source_is_dealt_with_on_one_screen_and_readers_get_a_corrected_edition(
    open_as, source, page, draft
):
    desk, writer = open_as(make_user("editor"), viewport=WIDE), make_user("contributor")
    errors = []
    desk.on("pageerror", lambda error: errors.append(str(error)))
    regrade(desk, source)
    desk.goto("/admin/")
    desk.click("text=Regraded: The Daily Orbit")
    for words in (AGREED, BUILT, MET):
        assert words in desk.inner_text("#content")
    cause = desk.url
    agreed, _, met = sorted(set(Alert.objects.values_list("claim", flat=True)))

    # Other evidence, found and put to the claim without leaving.
    desk.click(f"#held-{agreed} >> text=Put other evidence to it")
    desk.fill(f"#search-{agreed}", "nasa rover")
    desk.keyboard.press("Enter")
    said(desk, "1 passage found.")
    desk.click(f"#evidence-{agreed} >> text=Put these words to")
    desk.wait_for_selector("dialog[open]")
    assert desk.is_hidden("dialog [data-new-claim]")
    desk.select_option("#claim-reliability", "news")
    desk.select_option("#claim-credibility", "2")
    desk.check("#claim-ticked")
    desk.click("dialog button.main")
    said(desk, "What waited of it here is dealt with.")
    assert desk.locator("dialog[open]").count() == 0
    assert desk.locator(f"#held-{agreed}").count() == 0
    desk.wait_for_selector(f"#group-{page.partnership_id}:focus")

    # The other partnership: confirmed, by keys alone; what is typed elsewhere stays.
    rover = desk.locator(f"#group-{page.partnership_id}")
    rover.locator("summary:has-text('Reword')").focus()
    desk.keyboard.press("Enter")
    text = rover.locator("textarea[name=text]")
    text.fill(text.input_value().replace(BUILT, "Whether the rover is built is in doubt."))
    desk.locator(f"#held-{met} input[type=checkbox]").focus()
    desk.keyboard.press("Space")
    desk.fill("#confirm-reason", "It is told as what they report.")
    desk.focus("#confirm-all button[type=submit]")
    desk.keyboard.press("Enter")
    said(desk, "1 confirmed as it stands.")
    assert "in doubt" in text.input_value()

    # Handed on: its part comes anew, and what is typed and ticked in it stays.
    ticked = rover.locator("input[name=alerts]").first
    ticked.check()
    rover.locator("summary:has-text('Hand it on')").click()
    rover.locator("select[name=to]").select_option(label=writer.username)
    rover.locator("button:has-text('Hand it on')").click()
    said(desk, f"Handed on to {writer.username}.")
    assert f"for {writer.username}" in rover.inner_text()
    assert "in doubt" in text.input_value()
    assert ticked.is_checked()
    ticked.uncheck()

    # The draft is reworded, and leads to its corrected edition.
    rover.locator("[name=submit]").check()
    rover.locator("button:has-text('Save')").click()
    said(desk, "Saved and submitted")
    assert "is in review: read it and approve it" in rover.inner_text()
    assert desk.url == cause

    reviewer = open_as(make_user("editor"), viewport=WIDE)
    reviewer.goto(cause)
    reviewer.click("text=read it and approve it")
    for box in reviewer.locator(".review input[type=checkbox]").all():
        box.check()
    reviewer.click("#approving button")
    reviewer.wait_for_selector(".messagelist >> text=is approved")
    assert reviewer.url == cause

    publisher = open_as(make_user("publisher"), viewport=WIDE)
    publisher.goto(cause)
    publisher.click("text=publish it as a corrected edition")
    publisher.check("[name=kind][value=correction]")
    publisher.fill(".publishing-act [name=note]", "Whether it is built is in doubt.")
    publisher.click("button:has-text('Publish edition 2')")
    publisher.wait_for_selector(".messagelist >> text=Edition 2 is public")

    assert publisher.url == cause
    assert "All that rested on it is dealt with." in publisher.inner_text("#alert-head")
    reader = open_as(java_script_enabled=False)
    reader.goto(f"/partnerships/{page.slug}/")
    assert "Whether the rover is built is in doubt." in reader.inner_text("article")
    assert "under review" not in reader.inner_text("main")
    assert errors == []
