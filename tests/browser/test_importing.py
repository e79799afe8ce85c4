"""Bringing texts in as a person does: choose files, look first, watch it, read the report."""

from datetime import timedelta

import pytest
from django.utils import timezone

from corpus.models import Document, ImportRun
from tests.factories import make_run, make_user

LIST = "/admin/corpus/importrun/"


@pytest.fixture
def desk(open_as):
    page = open_as(make_user("contributor"))
    page.errors = []
    page.on("pageerror", lambda error: page.errors.append(str(error)))
    page.on("console", lambda said: said.type == "error" and page.errors.append(said.text))
    return page


def running(**kwargs):
    now = timezone.now()
    begun = {"at": (now - timedelta(minutes=5)).isoformat(), "done": 0}
    kwargs = {"size": 1000, "done": 250, "options": {"begun": begun}} | kwargs
    return make_run(state="running", alive_at=now, **kwargs)


def test_files_are_looked_at_and_imported(desk):
    desk.goto(LIST)
    desk.click(".object-tools a")
    desk.set_input_files(
        "#upload-chosen",
        [{"name": "a.txt", "mimeType": "text/plain", "buffer": b"ESA and NASA agreed."}],
    )
    desk.fill("#upload-source_name", "Meridian")
    desk.click("text=Look first")
    assert "a.txt" in desk.inner_text("#looked")
    assert desk.evaluate("document.activeElement.id") == "looked-title"
    assert Document.objects.count() == 0

    desk.click("button[value=import]")
    desk.wait_for_selector("text=1 read: 1 new.")

    assert Document.objects.get().source.name == "Meridian"
    assert desk.errors == []


def test_files_that_are_too_large_are_told_before_they_are_sent(desk, settings):
    settings.UPLOAD_MB = 1
    desk.goto(f"{LIST}add/")
    desk.set_input_files(
        "#upload-chosen",
        [{"name": "a.txt", "mimeType": "text/plain", "buffer": b"x" * 1_100_000}],
    )
    assert "Together they have 2 MB" in desk.inner_text("[data-said]")


def test_progress_moves_by_itself_until_the_report_is_there(desk):
    run = running()
    desk.goto(f"{LIST}{run.pk}/change/")
    assert desk.get_attribute("#import-bar", "value") == "25"

    ImportRun.objects.update(done=780, read=39, new=39)
    desk.wait_for_selector("#import-bar[value='78']")
    assert desk.inner_text("#import-said").startswith("70 % or more is stored.")
    assert not desk.is_visible("text=Look again")
    ImportRun.objects.update(state="finished", done=1000)
    desk.wait_for_selector("text=Setting it aside")

    assert "39 read: 39 new." in desk.inner_text("#content")
    assert desk.errors == []


def test_progress_is_looked_at_again_without_script(open_as):
    run = running()
    page = open_as(make_user("contributor"), java_script_enabled=False)
    page.goto(f"{LIST}{run.pk}/change/")
    ImportRun.objects.update(done=780)

    page.click("text=Look again")

    assert page.get_attribute("#import-bar", "value") == "78"
    page.click("text=Cancel")
    assert "It is being cancelled" in page.inner_text("#content")
