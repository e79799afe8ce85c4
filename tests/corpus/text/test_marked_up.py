"""The markup of a page decides what is a heading and a list item, and where they end."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.text import marked_up
from corpus.text import segment as words
from corpus.text.page import read_page
from corpus.text.segment import KINDS, LONGEST

LONG = "What the agencies agreed on for the rover and its lander"
GOES_ON = "eROSITA is switched off for now. It may wake."


def cut(body):
    page = read_page(f"<html><body>{body}</body></html>".encode())
    return [
        (page.text[each.start : each.end], each.kind)
        for each in marked_up.segment(page.text, page.structure)
    ]


def sentences(*told):
    return [(each, "sentence") for each in told]


@pytest.mark.parametrize("tag", ["h1", "h2", "h3", "h4", "h5", "h6"])
def test_heading_without_an_end_does_not_run_into_the_sentence_behind_it(tag):
    assert cut(f"<{tag}>{LONG}</{tag}><p>{GOES_ON}</p>") == [
        (LONG, "heading"),
        *sentences("eROSITA is switched off for now.", "It may wake."),
    ]


@pytest.mark.parametrize(
    "heading",
    [
        "The rover flies in 2028.",
        "A rover. A lander. And who pays?",
        "what we know so far",
        "Live: rover → lander",
        "How its own engineers and those of its partners in Turin came to build the both of them",
    ],
)
def test_heading_is_one_passage_however_it_is_written(heading):
    assert cut(f"<h2>{heading}</h2><p>{GOES_ON}</p>")[0] == (heading, "heading")


def test_paragraph_set_as_a_heading_is_cut_as_its_words_say():
    told = [f"The agency agreed on part {n} of the rover in Paris." for n in range(5)]
    assert cut(f"<h3>{' '.join(told)}</h3>") == sentences(*told)


def test_heading_of_two_lines_stays_one_where_its_words_go_on():
    assert cut(f"<h1>{LONG},<br>and who pays</h1><p>They agreed.</p>") == [
        (f"{LONG},\nand who pays", "heading"),
        *sentences("They agreed."),
    ]


def test_item_of_a_list_ends_with_it_and_keeps_its_marker():
    assert cut(f"<ul><li>{LONG}</ul><p>{GOES_ON}</p>") == [
        (f"• {LONG}", "list_item"),
        *sentences("eROSITA is switched off for now.", "It may wake."),
    ]


def test_what_stands_in_an_item_is_no_heading():
    assert cut("<ol><li><p>The rover</p><p>Its six wheels</p><p>It flies in 2028.</p></ol>") == [
        ("1. The rover", "list_item"),
        ("Its six wheels", "list_item"),
        ("It flies in 2028.", "sentence"),
    ]
    assert cut("<ul><li>A card<h3>The rover flies.</h3></ul>") == [
        ("• A card", "list_item"),
        ("The rover flies.", "heading"),
    ]


def test_item_behind_the_thousandth_is_one_too():
    items = "".join(f"<li>Rover number {n} flies." for n in range(1001))
    assert {kind for _, kind in cut(f"<ol>{items}</ol>")} == {"list_item"}


def test_widget_in_a_heading_is_none():
    told = cut("<h3>Rovers Read More → Landers</h3>")
    assert told == [("Rovers", "heading"), ("Read More →", "fragment"), ("Landers", "heading")]


def test_lines_without_a_sign_are_cut_as_in_any_text():
    text = f"{LONG}\nand its wheels.\nHeading\nA rover flew."
    assert marked_up.segment(text, [(0, len(LONG), "caption")]) == words.segment(text)
    assert marked_up.pieces(text) == words.pieces(text)


LINES = st.lists(st.text(st.sampled_from("abC .!?\u2022→1()\u00a0"), max_size=30), max_size=8).map(
    "\n".join
)
PLACE = st.integers(-2, 80)
SIGN = st.tuples(PLACE, PLACE, st.sampled_from(["heading", "list item", "link"]))


@given(LINES, st.lists(SIGN, max_size=6), st.data())
def test_whatever_the_markup_says_passages_cover_all_words_and_never_overlap(text, signs, data):
    at = 0
    for line in text.split("\n"):
        if data.draw(st.booleans()):
            signs = [
                *signs,
                (at, at + len(line), data.draw(st.sampled_from(["heading", "list item"]))),
            ]
        at += len(line) + 1
    behind = 0
    for start, end, kind in marked_up.segment(text, signs):
        assert not text[behind:start].strip()
        assert text[start:end] == text[start:end].strip() != ""
        assert end - start <= LONGEST
        assert kind in KINDS
        behind = end
    assert not text[behind:].strip()
