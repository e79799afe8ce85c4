import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.analysis.hedging import SAYS, hedges, of_kind, read, tokens


def kinds(sentence):
    return {cue.words: cue.kind for cue in read(sentence)}


@pytest.mark.parametrize(
    ("sentence", "words", "kind"),
    [
        ("The rover could land in 2030.", "could", "possibility"),
        ("ESA will launch it.", "will", "future"),
        ("It won’t fly.", "wo", "future"),
        ("ESA is going to launch it.", "going to", "future"),
        ("If the money comes, it flies.", "if", "condition"),
        ("It would have flown.", "would have", "hypothesis"),
        ("NASA plans to buy a launch.", "plans to", "intention"),
        ("They built a dome to store water.", "to store", "purpose"),
        ("According to ESA it flew.", "according to", "attribution"),
        ("The agency said so.", "said", "attribution"),
        ("It reportedly failed.", "reportedly", "hearsay"),
        ("It does not fly.", "not", "negation"),
        ("The partners signed it.", "signed", "past"),
        ("It flew.", "flew", "past"),
        ("A unique mission.", "unique", "evaluation"),
        ("The base of 2041 is open.", "2041", "year ahead"),
    ],
)
def test_cues_are_read_with_their_kind(sentence, words, kind):
    assert kinds(sentence)[words] == kind


def test_the_longest_wording_is_one_cue():
    assert [cue.words for cue in read("It is expected to fly.")] == ["is expected", "to fly"]


@pytest.mark.parametrize(
    "sentence",
    ["In May 2025 the rover left.", "On 3 May the rover left.", "The rover left in May."],
)
def test_the_month_of_may_is_no_hedge(sentence):
    assert hedges(sentence) == []
    assert hedges("The rover may have left.") != []


@pytest.mark.parametrize(
    "sentence", ["The United Nations met.", "We need speed.", "It flew to the Moon."]
)
def test_words_that_only_look_like_cues_are_none(sentence):
    assert not set(kinds(sentence)) & {"united", "need to", "speed", "to the"}


def test_kinds_can_be_asked_for_alone():
    cues = of_kind("NASA said it may sign.", "attribution")

    assert [(cue.start, cue.end, cue.words) for cue in cues] == [(5, 9, "said")]


@given(st.text(max_size=300))
def test_every_cue_stands_where_it_says(sentence):
    last = 0
    for cue in read(sentence):
        assert last <= cue.start < cue.end <= len(sentence)
        assert cue.kind in SAYS
        last = cue.end


@pytest.mark.parametrize(
    "sentence", ["NASA’s rover couldn’t  land, they\u00a0said.", "İstanbul may sign."]
)
def test_places_hold_in_spite_of_other_signs(sentence):
    for cue in read(sentence):
        words = sentence[cue.start : cue.end].lower().replace("’", "'")
        assert "".join(words.split()) == "".join(cue.words.split())


@given(st.text(st.characters(max_codepoint=127), max_size=300))
def test_plain_text_falls_into_the_same_words_as_beside_other_signs(text):
    assert tokens(text) == tokens(f"{text} …")[:-1]
