"""JSON Lines: a line is a document; a wrong one is told, and the next is read."""

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.importing.limits import Bounds
from tests.corpus.importing.readers.conftest import PROPERTY


def lines(*rows):
    return b"".join(json.dumps(row).encode() + b"\n" for row in rows)


def test_line_is_a_document_with_all_that_it_says(reading):
    row = {
        "headline": "A rover",
        "body": "ESA and NASA agreed.",
        "url": "https://perigee.example/1",
        "date": "2024-05-02",
        "site": "Perigee Wire",
        "lang": "en",
        "author": "A. Writer",
        "crawled_at": "2024-05-03T10:00:00Z",
    }
    (record,) = reading("wire.jsonl", lines(row))
    assert record.name == "wire.jsonl#1"
    assert record.text == "ESA and NASA agreed."
    assert (record.title, record.published) == ("A rover", "2024-05-02")
    assert (record.source_name, record.language) == ("Perigee Wire", "en")
    assert (record.address, record.author) == ("https://perigee.example/1", "A. Writer")
    assert record.collected_at == datetime(2024, 5, 3, 10, tzinfo=UTC)
    assert record.bases["title"] == "field headline"
    assert record.raw == json.dumps(row).encode()
    assert record.media_type == "application/json"


def test_wrong_lines_are_told_with_their_bytes_and_the_rest_is_read(reading):
    raw = lines({"text": "One."}) + b"{broken\n\n[1]\nnull\n" + lines({"x": 1}, {"text": ""})
    found = reading("a.jsonl", raw + b'{"text": "Two."}')
    assert [record.name.partition("#")[2] for record in found] == [
        "1",
        "2",
        "4",
        "5",
        "6",
        "7",
        "8",
    ]
    assert [record.text for record in found] == ["One.", *[None] * 5, "Two."]
    broken, listed, null, unknown, empty = found[1:6]
    assert (broken.raw, listed.raw) == (b"{broken", b"[1]")
    assert broken.error.startswith("This is no JSON: ")
    assert listed.error == "This is no object but a list."
    assert null.error == "This is no object but null."
    assert unknown.error.startswith("None of its fields is known to hold its text. Its fields: x.")
    assert empty.error == "The field of its text is empty."


def test_text_with_tags_is_read_as_a_page(reading):
    found = reading(
        "a.jsonl", lines({"text": "<p>Read<br>it.</p>"}, {"text": "If a < b and c > d."})
    )
    assert [record.text_type for record in found] == ["text/html", "text/plain"]


def test_bytes_that_are_no_utf8_are_read_as_what_they_are(reading):
    (record,) = reading("a.jsonl", b'{"text": "L\xe9 caf\xe9 agreed."}\n')
    assert record.text == "Lé café agreed."
    assert any("Windows-1252" in remark for remark in record.remarks)


def test_mark_of_utf8_at_the_beginning_is_no_part_of_it(reading):
    (record,) = reading("a.jsonl", b"\xef\xbb\xbf" + lines({"text": "One."}))
    assert (record.text, record.raw) == ("One.", b'{"text": "One."}')


def test_line_longer_than_agreed_is_measured_and_the_next_is_read(reading):
    long = lines({"text": "x" * 5000})
    found = reading("a.jsonl", long + lines({"text": "Two."}), bounds=Bounds(row=1000))
    assert "a row has at most" in found[0].error
    assert (found[0].raw, found[0].size) == (None, len(long))
    assert len(found[0].sha256) == 64
    assert found[1].text == "Two."


def test_line_of_just_the_agreed_length_is_read(reading):
    line = lines({"text": "x" * 100})
    (record,) = reading("a.jsonl", line, bounds=Bounds(row=len(line) - 1))
    assert record.error == ""


@pytest.mark.parametrize("deep", [101, 5000, 100_000])
def test_lists_too_deep_in_each_other_are_refused(deep, reading):
    raw = b'{"text": ' + b"[" * deep + b"]" * deep + b"}\n" + lines({"text": "Two."})
    found = reading("a.jsonl", raw)
    assert "more than 100 deep" in found[0].error
    assert found[1].text == "Two."


def test_number_of_a_million_digits_does_no_harm(reading):
    (record,) = reading("a.jsonl", b'{"text": "One.", "n": ' + b"9" * 1_000_000 + b"}")
    assert record.text == "One."


def test_nothing_in_a_field_is_nothing(reading):
    found = reading("a.jsonl", b'{"text": NaN}\n{"text": null}\n{"text": {}}\n')
    assert [record.error for record in found] == ["The field of its text is empty."] * 3


def test_moment_that_cannot_be_read_is_told(reading):
    (record,) = reading("a.jsonl", lines({"text": "One.", "scraped_at": "last week"}))
    assert record.collected_at is None
    assert record.remarks[0].startswith("When it was collected, “last week”, could not be read")


WORDS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1).filter(str.strip)


@PROPERTY
@given(rows=st.lists(WORDS, min_size=1, max_size=8))
def test_every_text_comes_back(rows, reading):
    raw = "\n".join(
        json.dumps({"text": row}, ensure_ascii=bool(i % 2)) for i, row in enumerate(rows)
    )
    found = reading("a.jsonl", raw.encode("utf-8", "surrogatepass"))
    if any("\ud800" <= char <= "\udfff" for row in rows for char in row):
        return
    assert [record.text for record in found] == [row.strip() for row in rows]


def test_field_that_is_named_twice_is_told(reading):
    (record,) = reading("a.jsonl", b'{"text": "One.", "text": "Two."}')
    assert (record.text, record.remarks) == (
        "Two.",
        ("It names a field twice; the last one was read, and its bytes keep both.",),
    )
