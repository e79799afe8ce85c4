"""The whole line: a collected file becomes a published page, by three people in a browser."""

from io import StringIO

import pytest
from django.core.management import call_command

from tests.browser.test_reading_room import SELECT
from tests.factories import make_entity, make_user

PASSWORD = "correct horse battery"
DOCUMENT = """ESA and NASA Agree on a Rover

PARIS, 16 May 2024 — ESA and NASA signed an agreement on the Rosalind Franklin rover on Thursday. \
NASA will provide the launch in 2028, the agencies said in a joint statement.

Leave a Reply
"""
QUOTED = "will provide the launch in 2028, the agencies said in a joint statement."


@pytest.fixture
def sign_in(open_as):
    """Return a function: a person with a role signs in through the form, in a browser of theirs."""

    def enter(role):
        user = make_user(role, username=role)
        user.set_password(PASSWORD)
        user.save()
        page = open_as(viewport={"width": 1280, "height": 900})
        page.goto("/admin/")
        page.fill("#id_username", role)
        page.fill("#id_password", PASSWORD)
        page.click("[type=submit]")
        page.user = user
        return page

    return enter


@pytest.fixture
def collected(committing, tmp_path):
    make_entity("ESA")
    make_entity("NASA")
    path = tmp_path / "rover.txt"
    path.write_text(DOCUMENT)
    call_command("import_documents", str(path), source="Perigee Wire", stdout=StringIO())


def grade_the_source(page):
    page.goto("/admin/corpus/source/")
    page.click("text=Perigee Wire")
    page.select_option("[name=grade]", "B")
    page.fill("[name=reason]", "Its reports were borne out for years.")
    page.click("button:has-text('Grade')")
    page.wait_for_selector("text=Its reports were borne out for years.")


def make_the_partnership(page):
    page.goto("/admin/curation/partnership/add/")
    page.fill("[name=name]", "ESA and NASA on a rover")
    page.click("text=Make the partnership")
    page.wait_for_selector("h1:has-text('ESA and NASA on a rover')")


def read_and_claim(page):
    page.goto("/admin/corpus/document/")
    page.click("text=ESA and NASA Agree on a Rover")
    page.wait_for_selector("text=Leave a Reply")
    page.wait_for_load_state()  # the script that hears of selections has run by then
    for _ in range(40):  # a page that is redrawn meanwhile drops the selection
        page.evaluate(SELECT, [" will provide the launch", "in a joint statement."])
        page.wait_for_timeout(250)
        if page.is_visible("#selection-claim"):
            break
    page.click("#selection-claim")
    page.wait_for_selector("dialog[open]")
    page.select_option("#claim-reliability", "news")
    page.select_option("#claim-credibility", "2")
    page.fill("#claim-partnership", "ESA and NASA on a rover")
    page.fill("#claim-words", "NASA is to provide the launch of the rover in 2028.")
    page.check("#claim-ticked")
    page.click("dialog button.main")
    page.wait_for_selector("#claims >> text=reported")


def write(page, text):
    page.goto("/admin/curation/summary/")
    page.click("text=ESA and NASA on a rover")
    page.fill("[name=title]", "ESA and NASA on a rover")
    page.fill("[name=text]", text)
    # The live view may show the words before they are saved: wait for the answer itself.
    with page.expect_response(lambda response: "/move/save/" in response.url):
        page.click("#draft button:has-text('Save')")


def move(page, label, **fields):
    page.goto("/admin/curation/summary/")
    page.click("text=ESA and NASA on a rover")
    opener = page.locator(f".bar-moves summary:has-text('{label}')")
    if opener.count():
        opener.click()
    for name, value in fields.items():
        page.fill(f".bar-moves details[open] [name={name}]", value)
    scope = ".bar-moves details[open]" if opener.count() else ".bar-moves"
    page.click(f"{scope} button:has-text('{label}')")
    page.wait_for_selector(".messagelist")


def approve(page):
    page.goto("/admin/curation/summary/")
    page.click("text=ESA and NASA on a rover")
    page.click(".bar-moves button:has-text('Approve')")
    page.wait_for_selector("#confirmed-count:has-text('0 of 1 confirmed')")
    page.check(".review input[type=checkbox]")
    page.click("#approving button")
    page.wait_for_selector(".messagelist >> text=is approved")


def test_collected_file_becomes_a_published_page_by_three_people(collected, sign_in, open_as):
    editor, author, publisher = map(sign_in, ["editor", "contributor", "publisher"])
    reader = open_as(java_script_enabled=False)

    grade_the_source(editor)
    make_the_partnership(editor)
    read_and_claim(author)

    author.goto("/admin/curation/partnership/")
    author.click("text=ESA and NASA on a rover")
    author.click("button:has-text('summary')")
    write(author, "NASA is to provide the launch.")
    author.wait_for_selector("#gate >> text=cites nothing")
    key = author.inner_text("#side code")  # as an author copies it: [@c12]
    write(author, f"NASA is to provide the launch in 2028, Perigee Wire reported. {key}")
    author.wait_for_selector("#preview .sign-reported")
    move(author, "Submit")

    move(editor, "Send back", reason="Say who says so at the start.")
    write(author, f"Perigee Wire reported that NASA is to provide the launch in 2028. {key}")
    author.wait_for_selector("#draft-state:has-text('Saved')")
    move(author, "Submit")
    approve(editor)
    assert reader.goto("/partnerships/esa-and-nasa-on-a-rover/").status == 404
    publisher.goto("/admin/curation/summary/")
    publisher.click("text=ESA and NASA on a rover")
    publisher.click(".bar-moves button:has-text('Publish')")
    publisher.wait_for_selector("text=/partnerships/esa-and-nasa-on-a-rover/")
    publisher.click("button:has-text('Publish edition 1')")
    publisher.wait_for_selector(".messagelist >> text=Edition 1 is public")

    assert reader.goto("/partnerships/esa-and-nasa-on-a-rover/").status == 200
    reader.click("article details.evidence >> nth=-1")
    assert QUOTED in reader.inner_text("article")
    assert "Perigee Wire" in reader.inner_text("article")

    publisher.goto("/admin/curation/page/")
    publisher.click("text=ESA and NASA on a rover")
    publisher.click("summary:has-text('Withdraw')")
    publisher.fill("[name=reason]", "The statement was about another rover.")
    publisher.click("button:has-text('Withdraw')")
    publisher.wait_for_selector("text=readers see your reason in its place")
    assert reader.goto("/partnerships/esa-and-nasa-on-a-rover/").status == 200
    assert "The statement was about another rover." in reader.inner_text("main")
