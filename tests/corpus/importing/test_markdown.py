"""A Markdown file is a document; the fields at its head say what it is."""

import pytest

from corpus.importing import pipeline
from corpus.importing.readers import read
from corpus.models import Document


def only(folder, text, name="a.md"):
    (folder / name).write_text(text, encoding="utf-8")
    (record,) = read([folder])
    return record


HEAD = '---\ntitle: "Rovers: a plan"\nDate: 2024-05-02\ntags:\n  - moon\nauthor: A Writer\n---\n'


def test_fields_at_the_head_are_taken_over_and_are_no_part_of_the_text(tmp_path):
    record = only(tmp_path, f"{HEAD}\n# Rovers\n\nThey drive.\n")
    assert (record.title, record.published, record.author) == (
        "Rovers: a plan",
        "2024-05-02",
        "A Writer",
    )
    assert record.bases["title"] == "field title"
    assert record.text == "\n# Rovers\n\nThey drive.\n"
    assert record.raw.decode().startswith(HEAD)


@pytest.mark.parametrize(
    "text", ["# Rovers\n\nThey drive.\n", "They.\n\n---\ntitle: No\n---\n", f"{HEAD}\n \n", "---\n"]
)
def test_without_such_a_head_the_whole_is_the_text(tmp_path, text):
    record = only(tmp_path, text)
    assert (record.title, record.text) == ("", None)


def test_it_is_stored_under_its_title_with_its_marks(db, tmp_path):
    (tmp_path / "a.md").write_text(f"{HEAD}# Rovers\n\nThey drive **far**.\n")
    pipeline.run(read([tmp_path]), label="a")
    document = Document.objects.get()
    assert (document.title, document.published) == ("Rovers: a plan", "2024-05-02")
    assert document.current_capture.text == "# Rovers\n\nThey drive **far**.\n"


def test_page_is_told_by_its_ending_and_by_its_bytes(tmp_path):
    page = "<!DOCTYPE html><html><body><p>They drive.</p></body></html>"
    (tmp_path / "a.html").write_text(page)
    (tmp_path / "b.txt").write_text(page)
    one, two = read([tmp_path])
    assert (one.media_type, one.remarks) == ("text/html", ())
    assert two.media_type == "text/html"
    assert two.remarks == ("Its name ends in .txt, but it is an HTML page, and was read as that.",)
