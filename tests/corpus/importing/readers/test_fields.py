"""Fields of rows are found by the names that people give them, or by the name they say."""

import pytest

from corpus.importing.limits import Bounds
from corpus.importing.readers import fields, rows
from corpus.importing.readers.incoming import Unreadable
from tests.conftest import ROOT


def found(row, mapped=None, bounds=None):
    return fields.read(row, mapped or {}, bounds or Bounds())


@pytest.mark.parametrize(
    "name", ["pub_date", "pubDate", "PubDate", "Pub-Date", "pub date", "PUB_DATE", " pub.date "]
)
def test_name_is_known_however_it_is_written(name):
    values = found({name: "2024-05-02"})
    assert values["published"] == "2024-05-02"
    assert values.bases == {"published": f"field {name}"}


@pytest.mark.parametrize(
    ("value", "name"), [(value, name) for value, names in fields.NAMES.items() for name in names]
)
def test_every_known_name_is_read_and_documented(value, name):
    assert found({name.upper(): "words"})[value] == "words"
    assert f"`{name}`" in (ROOT / "docs" / "formats.md").read_text(encoding="utf-8")


def test_first_name_that_says_something_counts():
    values = found({"body": "The whole.", "text": " ", "content": "", "headline": "H"})
    assert (values["text"], values.bases["text"]) == ("The whole.", "field body")
    assert values["title"] == "H"


def test_field_that_was_named_is_the_only_one_asked():
    row = {"text": "A teaser.", "story": "The story."}
    assert found(row, {"text": "story"})["text"] == "The story."
    assert found({"text": "A teaser."}, {"text": "story"})["text"] == ""
    assert found({"Story": "S."}, {"text": "story"}).bases == {"text": "field Story"}


@pytest.mark.parametrize(
    ("told", "words"),
    [
        (["One.", "Two."], "One.\n\nTwo."),
        ({"rendered": "<p>One.</p>"}, "<p>One.</p>"),
        ([{"text": "One."}, {"other": 1}, None], "One."),
        (None, ""),
        (True, ""),
    ],
)
def test_words_inside_lists_and_objects_are_found(told, words):
    assert found({"text": told})["text"] == words


def test_point_in_a_name_looks_inside():
    assert found({"data": {"story": "S."}}, {"text": "data.story"})["text"] == "S."
    assert found({"data": "flat"}, {"text": "data.story"})["text"] == ""
    assert found({"data.story": "S."}, {"text": "data.story"})["text"] == "S."


def test_names_of_fields_are_told_as_an_option():
    told = fields.mapping(["text=story", " URL = Seite ", "source=Blatt"])
    assert told == {"text": "story", "address": "Seite", "source_name": "Blatt"}


@pytest.mark.parametrize("wrong", ["story", "text=", "=story", "colour=red"])
def test_wrong_option_is_told_with_what_can_be_named(wrong):
    with pytest.raises(ValueError, match="write it as text=story"):
        fields.mapping([wrong])


def test_more_or_longer_fields_than_agreed_are_refused():
    with pytest.raises(Unreadable, match="It has 4 fields; a row has at most 3"):
        found(dict.fromkeys("abcd", ""), bounds=Bounds(fields=3))
    with pytest.raises(Unreadable, match="Its field text has 11 characters; a field has at most"):
        found({"text": "x" * 11}, bounds=Bounds(field=10))
    assert found({"text": "x" * 10}, bounds=Bounds(field=10))["text"] == "x" * 10


@pytest.mark.parametrize("words", ["9999-12-31T23:59:59-23:00", "0001-01-01T00:00+23:00"])
def test_moment_that_is_none_in_utc_is_told_and_not_taken_over(words):
    collected, (told,) = rows._moment(words)
    assert collected is None
    assert "could not be read" in told
