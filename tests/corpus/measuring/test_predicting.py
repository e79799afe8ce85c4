"""Predictions for labelled sets: from texts alone, in the form in which they are scored."""

import json
import random
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from corpus.measuring.sets import Unreadable, items

PAGE = [
    "NASA and ESA agreed on Monday to build a relay together, officials of both said.",
    "The relay will fly in 2028 on a rocket that Europe provides, the agencies said.",
    "Share this article on Facebook",
    "Subscribe to our newsletter",
]
KINDS = ["article", "boilerplate", "title", "mixed"]
SETS = {
    "lines": [
        {"id": n, "url": "https://a.example/", "lines": [{"t": t, "y": KINDS[0]} for t in PAGE]}
        for n in range(2)
    ],
    "labels": [
        {
            "id": 1,
            "text": "The rover could fly in 2030.",
            "label": "uncertain",
            "events": [["x", 1]],
        },
        {"id": 2, "text": "The rover landed on Monday.", "label": "certain", "score": 3},
    ],
    "links": [
        {"id": 1, "text": "ESA and NASA agreed.", "mentions": [{"span": [0, 3], "qid": "Q42262"}]},
        {"id": 2, "text": "Nobody else.", "mentions": []},
    ],
    "pairs": [
        {"id": 1, "a": " ".join(PAGE), "b": " ".join(PAGE[:2]), "label": "copy"},
        {"id": 2, "text_a": PAGE[0], "text_b": "Rain fell in the night.", "label": "other"},
    ],
}
MORE = {"labels": ["--kind", "uncertain"]}


def written(tmp_path, rows):
    path = tmp_path / "gold.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def predicted(task, path, *more):
    out = StringIO()
    call_command("predict", task, str(path), *(more or MORE.get(task, ())), stdout=out)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def shuffled(value, name=""):
    """The same row with every label another: of lines, sentences, spans and pairs."""
    if name in ("y", "label"):
        return random.choice([kind for kind in KINDS if kind != value])
    if name in ("mentions", "events", "score"):
        return [{"span": [1, 2], "qid": "Q1"}]
    if isinstance(value, dict):
        return {key: shuffled(each, key) for key, each in value.items()}
    return [shuffled(each) for each in value] if isinstance(value, list) else value


@pytest.mark.parametrize("task", SETS)
def test_labels_are_never_read(tmp_path, task):
    rows = SETS[task]
    changed = [shuffled(row) for row in rows]
    assert changed != rows

    assert predicted(task, written(tmp_path, changed)) == predicted(task, written(tmp_path, rows))


@pytest.mark.parametrize("task", SETS)
def test_items_hold_no_label(task):
    for item in items(map(json.dumps, SETS[task]), task):
        assert set(item.__slots__) == {"id", "texts", "title"}
        assert all(isinstance(text, str) for text in item.texts)


def test_each_line_of_a_page_gets_a_score(tmp_path):
    (page, _) = predicted("lines", written(tmp_path, SETS["lines"]))

    assert [flag >= 0.5 for flag in page["flag"]] == [False, False, True, True]


def test_sentences_pairs_and_links_get_what_is_scored(tmp_path):
    open_, certain = predicted("labels", written(tmp_path, SETS["labels"]))
    assert open_["score"] > 0.5 > certain["score"]

    copied, other = predicted("pairs", written(tmp_path, SETS["pairs"]))
    assert copied["score"] > 0.5 > other["score"]

    assert predicted("links", written(tmp_path, SETS["links"])) == [
        {"id": 1, "links": [[0, 3, "Q42262"], [8, 12, "Q23548"]]},
        {"id": 2, "links": []},
    ]


def test_links_are_those_of_the_authority_file_that_is_named(tmp_path):
    authority = tmp_path / "authority.jsonl"
    authority.write_text('{"id": "1/ESA", "text": "NASA", "label": "Q7", "name": "Else"}\n')

    found = predicted("links", written(tmp_path, SETS["links"]), "--authority", str(authority))

    assert found[0]["links"] == [[8, 12, "Q7"]]


@pytest.mark.parametrize(
    ("task", "line", "said"),
    [
        ("lines", '{"id": 1}', "Line 1: there is no list “lines”"),
        ("lines", '{"id": 1, "lines": [{"t": 3}]}', "Line 1: “t” holds no text"),
        ("links", '{"id": 1, "text": null}', "Line 1: “text” holds no text"),
        ("links", "[1]", "Line 1: this is no object with an id"),
        ("links", "{", "Line 1: this is no JSON"),
        ("pairs", '{"id": 1, "a": "words"}', "Line 1: the two texts of the pair are not found"),
    ],
)
def test_line_that_does_not_fit_is_told_with_its_number(task, line, said):
    with pytest.raises(Unreadable, match=said):
        list(items([line], task))


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (["links", "nowhere.jsonl"], "nowhere.jsonl cannot be read"),
        (["labels", "nowhere.jsonl"], "--kind"),
        (["lines", "nowhere.jsonl", "--kind", "forecast"], "--kind"),
        (["lines", "nowhere.jsonl", "--authority", "x"], "goes with links only"),
    ],
)
def test_what_cannot_be_predicted_is_said_in_a_sentence(asked, said):
    with pytest.raises(CommandError, match=said):
        call_command("predict", *asked)
