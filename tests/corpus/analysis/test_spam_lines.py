"""Which lines of a collected text are suggested as no part of the piece, and why."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.analysis import line_model, line_places
from corpus.analysis import lines as measured
from corpus.analysis.line_model import SUGGEST, grown
from corpus.analysis.spam_lines import Known, spam_scores

HEADLINE = "Two agencies agree to build a lunar relay"
PIECE = [
    HEADLINE,
    "The space agencies of two countries agreed on Tuesday to build a relay satellite that will "
    "carry messages between landers on the far side of the Moon and stations on Earth.",
    "The relay is to be launched in 2029, the agencies said in a joint statement, and will serve "
    "landers of both countries for at least eight years after it has reached its orbit.",
    "Engineers of the two agencies have worked on the antenna of the relay since last year, and a "
    "first model of it was tested in March, according to the statement.",
    "Neither agency named the cost of the satellite, but both said that they would share it.",
]


def flagged(lines, **told):
    scores = spam_scores(lines, **told)
    return [line for line, said in zip(lines, scores, strict=True) if said.score >= SUGGEST]


def test_piece_alone_has_nothing_to_flag():
    assert flagged(PIECE) == []


@pytest.mark.parametrize(
    "widget",
    [
        "Leave a Reply",
        "Subscribe to our newsletter",
        "Share this article",
        "Read more",
        "Related Articles",
        "© 2025 All rights reserved.",
        "Advertisement",
    ],
)
def test_widget_behind_the_piece_is_flagged(widget):
    assert flagged([*PIECE, widget]) == [widget]


def test_neighbours_headlines_are_flagged_with_the_links_that_announce_them():
    neighbours = [
        "Previous Article",
        "Ten gardens to visit before the summer ends",
        "Next Article",
        "Why the price of coffee keeps rising",
    ]

    assert flagged([*PIECE, *neighbours]) == neighbours


def test_what_stands_before_the_piece_is_flagged_and_its_headline_is_not():
    before = ["No products in the cart.", "No time to read?", "Get a summary"]

    assert flagged([*before, *PIECE]) == before


def test_title_is_never_suggested_whatever_stands_around_it():
    widgets = ["Home", "Menu", "Log in", "Subscribe", "Search", "Share"]
    around = [*widgets, "Relay agreed", *widgets]

    assert "Relay agreed" in flagged(around)
    assert "Relay agreed" not in flagged(around, title="Relay agreed")


def test_what_is_known_of_a_line_raises_its_score_and_is_told_first():
    line = "The desk wishes all its readers a calm and happy week."
    known = Known(3.0, "the page marks it as navigation")

    alone = spam_scores([*PIECE, line])[-1]
    raised = spam_scores([*PIECE, line], known=[[] for _ in PIECE] + [[known]])[-1]

    assert raised.score > alone.score
    assert raised.reasons[0] == known.reason


def test_reason_names_the_words_it_rests_on():
    said = spam_scores([*PIECE, "Leave a Reply"])[-1]

    assert "a prompt for comments: “leave a reply”" in said.reasons


def test_every_suggestion_has_one_to_three_reasons_and_nothing_else_has_any():
    lines = ["Menu", *PIECE, "Photo: the relay", "Tags: Moon, relay", "Log in"]

    for said in spam_scores(lines):
        assert (1 <= len(said.reasons) <= 3) == (said.score >= SUGGEST)


@pytest.mark.parametrize("lines", [[], [""], ["∅"], ["\u00a0"], ["x" * 100_000], ["a\n"] * 3])
def test_odd_lines_get_a_score_each(lines):
    assert len(spam_scores(lines)) == len(lines)


def test_measures_have_one_number_for_each_name():
    page = measured.page(PIECE)
    said = [0.0] * len(PIECE)

    assert {len(row) for row in line_places.rows(page.own, said)} == {len(line_places.NAMES)}


def test_numbers_learned_from_other_measures_are_refused(monkeypatch, tmp_path):
    other = tmp_path / "lines.json"
    other.write_text('{"names": ["chars"]}', encoding="utf-8")
    monkeypatch.setattr(line_model, "LEARNED", other)
    line_model.model.cache_clear()

    with pytest.raises(ValueError, match="train it again"):
        spam_scores(["A line."])

    line_model.model.cache_clear()


def test_trees_as_a_function_are_what_walking_them_gives():
    tree = [0, 0.5, [1, -1.25, 0.1, 0.2], [1, 3.0, 0.3, [0, 2.0, -0.4, 5]]]
    function = grown([tree, 0.7], measures=2)

    rows = [[a, b] for a in (0.5, 0.6, 2.1) for b in (-1.25, 3.0, 3.1)]

    assert [function(row) for row in rows] == [_walked(tree, row) + 0.7 for row in rows]


def _walked(tree, row):
    while isinstance(tree, list):
        at, most, low, high = tree
        tree = low if row[at] <= most else high
    return tree


@given(st.text(st.characters(max_codepoint=127), max_size=200))
def test_plain_line_falls_into_the_same_words_as_beside_other_signs(line):
    alone, beside = measured.page([line]), measured.page([f"{line} …"])

    assert alone.words == [beside.words[0][:-1]]
