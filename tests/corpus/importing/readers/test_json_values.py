"""JSON files: a list of objects, one object, or an object that holds a list."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.importing.limits import Bounds
from tests.corpus.importing.readers.conftest import PROPERTY

ROWS = [{"text": "One.", "title": "1"}, {"text": "Two."}, {"other": [1, {"a": "b"}]}]


def told(records):
    return [(record.name, record.text) for record in records]


@pytest.mark.parametrize("indent", [None, 4])
def test_list_of_objects_is_a_document_each(indent, reading):
    found = reading("a.json", json.dumps(ROWS, indent=indent).encode())
    assert told(found) == [("a.json#1", "One."), ("a.json#2", "Two."), ("a.json#3", None)]
    assert [json.loads(record.raw) for record in found] == ROWS


def test_one_object_is_one_document(reading):
    raw = json.dumps(ROWS[0], indent=2).encode()
    (record,) = reading("a.json", raw + b"\n")
    assert (record.name, record.text, record.raw) == ("a.json#1", "One.", raw)


@pytest.mark.parametrize("name", ["items", "Articles", "results"])
def test_object_that_holds_a_list_is_read_as_the_list(name, reading):
    holder = {"meta": {"count": 3, "list": [1]}, name: ROWS, "next": None}
    found = reading("a.json", json.dumps(holder).encode())
    assert [record.text for record in found] == ["One.", "Two.", None]


def test_list_of_words_in_a_document_is_no_list_of_documents(reading):
    (record,) = reading("a.json", json.dumps({"items": ["a", "b"], "text": "One."}).encode())
    assert record.text == "One."


def test_lines_in_a_file_named_json_are_read_as_lines(reading):
    found = reading("a.json", "\n".join(map(json.dumps, ROWS)).encode())
    assert [record.text for record in found] == ["One.", "Two.", None]
    assert found[0].remarks == (
        "Its name ends in .json, but it holds JSON Lines, and was read as that.",
    )


def test_list_in_a_file_named_jsonl_is_read_as_a_list(reading):
    found = reading("a.jsonl", json.dumps(ROWS, indent=1).encode())
    assert [record.text for record in found] == ["One.", "Two.", None]
    assert "it holds one list" in found[0].remarks[0]


def test_every_cut_of_a_list_is_told_and_what_came_before_is_read(reading):
    whole = json.dumps(ROWS).encode()
    first = len(json.dumps(ROWS[0])) + 1
    for end in range(2, len(whole)):
        found = reading("a.json", whole[:end])
        assert found[-1].name == "a.json"
        assert found[-1].error, end
        assert found[-1].raw == whole[:end]
        assert [record.text for record in found[:-1]][:1] == (["One."] if end >= first else [])


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"words", "it begins with neither a list nor an object"),
        (b'[{"text": "One."} {"text": "Two."}]', "The list is damaged behind item 1"),
        (b'[{"text": "One."}] more', "Behind its JSON something follows"),
        (b'{"items": [{"text": "One."}], "b" 1}', "“:” is missing"),
        (b'{"text": "One."', "breaks off"),
        (b"[{\"text\": 'One.'}]", "Item 1 is no JSON"),
        (b"[]", "It holds no document."),
        (b"[" * 100_000, "more than 100 deep"),
        (b'{"a": ' * 100_000, "more than 100 deep"),
    ],
)
def test_what_is_no_json_is_told(raw, reason, reading):
    found = reading("a.json", raw)
    assert reason in found[-1].error
    assert found[-1].raw == raw


def test_empty_file_is_told_as_any_other(reading):
    (record,) = reading("a.json", b"")
    assert (record.raw, record.error) == (b"", "")  # a text without words, when it is collected


def test_item_longer_than_agreed_ends_the_reading(reading):
    rows = [{"text": "One."}, {"text": "x" * 200_000}, {"text": "Three."}]
    found = reading("a.json", json.dumps(rows).encode(), bounds=Bounds(row=100_000))
    assert [record.text for record in found] == ["One.", None]
    assert "Item 2 is longer than 0.1 MB, or no JSON" in found[1].error


def test_items_longer_than_what_is_read_at_once_come_whole(reading):
    rows = [{"text": letter * 300_000} for letter in "abc"]
    found = reading("a.json", json.dumps(rows).encode())
    assert [record.text for record in found] == [row["text"] for row in rows]


@PROPERTY
@given(
    rows=st.lists(
        st.dictionaries(
            st.text(max_size=5),
            st.recursive(st.text(max_size=9) | st.integers() | st.none(), st.lists, max_leaves=4),
            max_size=4,
        ),
        min_size=1,
        max_size=6,
    ),
    indent=st.sampled_from([None, 1]),
    pad=st.integers(65_500, 65_540),
)
def test_every_object_comes_back_wherever_a_piece_ends(rows, indent, pad, reading):
    rows = [{"text": "x" * pad}, *rows]
    found = reading("a.json", json.dumps(rows, indent=indent).encode())
    assert [json.loads(record.raw) for record in found] == rows
