"""Which passages are suggested as no part of the piece, from rules, lines, markup and people."""

import pytest

from corpus.analysis.reliability import label_passages
from corpus.analysis.widgets import APPARATUS, WIDGETS
from corpus.text.segment import segment
from tests.corpus.analysis.test_spam_lines import PIECE

REMARK = "The desk wishes all its readers a calm and happy week."
TEXT = "\n".join([*PIECE, REMARK])
DESK = "desk:7"


def suggested(text, **told):
    cuts = segment(text)
    if words := told.pop("repeated_words", ""):
        told["repeated"] = [12 * (text[cut.start : cut.end] in words) for cut in cuts]
    labels = label_passages(text, cuts, **told)
    return {text[cut.start : cut.end]: said for cut, said in zip(cuts, labels, strict=True)}


def spam(text, **told):
    return [words for words, said in suggested(text, **told).items() if said.label == "spam"]


def sign(words, name):
    start = TEXT.index(words)
    return [(start, start + len(words), name)]


def test_sentences_of_a_piece_are_no_spam():
    assert spam("\n".join(PIECE)) == []


def test_a_rule_says_first_why_and_names_itself():
    said = suggested(TEXT + "\nLeave a Reply")["Leave a Reply"]

    assert said.label == "spam"
    assert said.reasons[0] == "a prompt for comments: “Leave a Reply”"
    assert said.pattern == "comments"
    assert len([reason for reason in said.reasons if "prompt for comments" in reason]) == 1


def test_what_was_learned_of_lines_decides_without_a_pattern():
    line = "Get our best stories each Friday morning"
    said = suggested("\n".join([*PIECE, "Log in", line, "Menu"]))[line]

    assert (said.label, said.pattern) == ("spam", "")
    assert said.reasons


def test_same_sentences_again_are_no_spam():
    assert spam("\n".join([*PIECE, "Read more", *PIECE])) == ["Read more"]


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("left out", "the extractor leaves it out of the article"),
        ("navigation", "the page marks it as navigation"),
    ],
)
def test_markup_raises_the_score_of_a_line_and_says_so(name, reason):
    line = "News from the observatory and the harbour"
    text = "\n".join([*PIECE, line])
    start = text.index(line)
    marked = suggested(text, structure=[(start, start + len(line), name)])[line]

    assert marked.label == "spam"
    assert marked.reasons[0] == reason


def test_extractor_that_leaves_out_a_report_does_not_make_it_spam():
    left_out = PIECE[2]

    assert spam(TEXT, structure=sign(left_out, "left out")) == []


def test_caption_gets_no_label_whatever_it_says():
    caption = PIECE[3]
    said = suggested(TEXT, structure=sign(caption, "caption"))[caption]

    assert (said.label, said.reasons) == ("", ("a caption: these get no label",))


def test_widget_in_a_caption_is_spam():
    text = TEXT + "\nAdvertisement"
    start = text.index("Advertisement")

    assert spam(text, structure=[(start, len(text), "caption")]) == ["Advertisement"]


def test_line_that_many_documents_of_its_source_hold_is_spam_and_says_so():
    said = suggested(TEXT, repeated_words=REMARK)[REMARK]

    assert said.label == "spam"
    assert said.reasons[0] == "the same line stands in 12 documents of this source"


def test_document_that_stands_elsewhere_as_a_whole_is_a_copy_and_no_spam():
    assert spam(TEXT, repeated_words=TEXT) == []


def test_title_is_no_spam_though_widgets_stand_around_it():
    around = ["Home", "Menu", "Log in", "Subscribe", "Search", "Share"]
    text = "\n".join([*around, "Relay agreed", *around, *PIECE])

    assert "Relay agreed" not in spam(text, title="Relay agreed")


# --- patterns of editors ------------------------------------------------------------------------


def test_pattern_fits_a_whole_passage_whatever_its_case_and_marks():
    patterns = [(DESK, "the desk wishes all its readers a calm and happy WEEK", "whole", "A wish.")]

    said = suggested(TEXT, patterns=patterns)[REMARK]

    assert (said.label, said.pattern, said.reasons[0]) == ("spam", DESK, "A wish.")


@pytest.mark.parametrize(
    ("words", "fits", "found"),
    [
        ("wishes all its readers", "part", [REMARK]),
        ("wishes all its readers", "whole", []),
        ("wishes all its read", "part", []),
        ("…", "part", []),
    ],
)
def test_part_of_a_passage_is_whole_words(words, fits, found):
    assert spam(TEXT, patterns=[(DESK, words, fits, "A wish.")]) == found


def test_every_pattern_has_a_key_of_its_own_that_a_passage_can_keep():
    keys = [each.key for each in (*WIDGETS, *APPARATUS)]

    assert len(set(keys)) == len(keys)
    assert all(key and len(key) <= 40 and ":" not in key for key in keys)


# --- teasers ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "headline",
    [
        "Is your kettle making you tired?",
        "Healthy HomesIs Your Kettle Making You Tired? What Hard Water Does",
        "Ten Herbs That Forgive You",
    ],
)
def test_teaser_is_known_whatever_its_headline_looks_like(headline):
    blurb = "Limescale is more than an eyesore. Find out what it could mean for you!"
    text = "\n".join([*PIECE[:3], headline, blurb, "Read More →" + PIECE[3], *PIECE[1:3]])

    found = spam(text)

    assert " ".join(found) == f"{headline} {blurb} Read More →"
