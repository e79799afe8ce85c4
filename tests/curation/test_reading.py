"""An edition's frozen content, joined up for its page."""

import pytest
from django.template.loader import render_to_string

from curation.reading import Reading
from tests.factories import make_content, make_page, make_sentence, make_told


def test_sentence_tells_the_reasons_of_its_weakest_claim():
    strong = make_told("on record", why=["own records of ESA"])
    weak = make_told("doubtful", why=["only weak support"])
    content = make_content(claims=[strong, weak])
    content["blocks"][0]["sentences"] = [make_sentence(3, "Both.", weak, strong)]

    sentence = Reading(content).blocks[0]["blocks"][0]["sentences"][0]

    assert sentence["gist"] == "only weak support (weakest of 2 claims)"
    assert [claim["standing"] for claim in sentence["told"]] == ["doubtful", "on record"]


def test_sentence_tells_that_its_claim_is_no_longer_current():
    claim = make_told(why=["one origin, ESA"], currency="overtaken")

    [sentence] = Reading(make_content(claims=[claim])).blocks[0]["blocks"][0]["sentences"]

    assert sentence["gist"] == "one origin, ESA; overtaken"


@pytest.mark.parametrize(
    ("because", "words"),
    [
        ("overtaken", "Replaces an earlier claim, which events overtook."),
        ("mistaken", "Replaces an earlier claim, which was mistaken."),
        ("reworded", "Replaces an earlier claim, which was reworded."),
        ("", "Replaces an earlier claim."),
    ],
)
def test_note_tells_why_a_claim_replaces_another(because, words):
    claim = make_told(replaces=1, replaced_because=because)
    [note] = Reading(make_content(claims=[claim])).notes

    assert words in render_to_string("public/_claims.html", {"told": note["told"]})


def test_standings_are_counted_from_strong_to_weak():
    claims = [make_told(word) for word in ("disputed", "reported", "reported", "on record")]

    counted = Reading(make_content(claims=claims)).standings

    assert counted == [("on record", 1), ("reported", 2), ("disputed", 1)]


def test_items_of_one_list_stand_together():
    item = {"kind": "item", "level": None, "list": "bullet"}
    blocks = [
        item | {"sentences": [make_sentence(3, "One.")]},
        item | {"sentences": [make_sentence(4, "Two.")]},
        item | {"list": "ordered", "sentences": [make_sentence(5, "First.")]},
        {"kind": "paragraph", "level": None, "list": None, "sentences": []},
        {"kind": "paragraph", "level": None, "list": None, "sentences": []},
    ]

    runs = Reading(make_content(blocks=blocks)).blocks

    assert [(run["kind"], run["list"], len(run["blocks"])) for run in runs] == [
        ("item", "bullet", 2),
        ("item", "ordered", 1),
        ("paragraph", None, 1),
        ("paragraph", None, 1),
    ]


def test_end_notes_tell_each_claim_in_full_once():
    claim = make_told()
    content = make_content(claims=[claim, claim], text=["Once.", "Again."])

    first, second = Reading(content).notes

    assert (first["label"], first["told"][0]["told_in"]) == ("3", "")
    assert (second["label"], second["told"][0]["told_in"]) == ("4", "3")


def test_description_is_the_standfirst_else_the_first_sentence():
    content = make_content(text=["The first sentence."])

    assert Reading(content).description == "What the agencies agreed."
    content["standfirst"] = []
    assert Reading(content).description == "The first sentence."
    content["blocks"] = []
    assert Reading(content).description == ""


def test_description_is_bounded():
    content = make_content(standfirst=[make_sentence(2, "word " * 500)])

    assert len(Reading(content).description) <= 240


def test_weight_is_said_once():
    def weighs(**kwargs):
        claim = make_told()
        claim["evidence"][0] |= kwargs
        [row] = Reading(make_content(claims=[claim])).blocks[0]["blocks"][0]["sentences"]
        return row["told"][0]["evidence"][0]["weighs"]

    assert weighs(weight="firm", why="firm: source graded B") == "firm: source graded B"
    assert weighs(weight="firm", why="source graded B") == "firm: source graded B"
    assert weighs(weight="none", why="does not count: not ticked") == "not ticked"
    assert weighs(weight="fair", why="") == "fair"


def test_words_that_were_redacted_leave_their_place(client, db):
    claim = make_told()
    claim["quotes"][0] |= {"exact": "", "prefix": "", "suffix": ""}
    make_page(make_content(claims=[claim]), slug="rover")

    html = client.get("/partnerships/rover/").content.decode()

    assert "These words were removed, as the law asked." in html
