import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.text.decode import decode
from corpus.text.segment import KINDS, LONGEST, segment, sentences


def passages(text):
    return [text[cut.start : cut.end] for cut in segment(text)]


def kinds(text):
    return [cut.kind for cut in segment(text)]


@pytest.mark.parametrize(
    "expected",
    [
        ["The U.S. agency agreed.", "Dr. Ito of J. R. Smith Inc. did not."],
        ["He came from Bonn, e.g. by train.", "She did not."],
        ["Washington, D.C. — The talks began.", "They go on."],
        ["It lives in the U.S. now.", "This was known."],
        ["It works in the U.S.", "This was known."],
        ["It costs 3.5 billion.", "No. 5 was cheaper."],
        ["“We agreed.”", "“Then we left,” she said."],
        ["“Are we ready?” Dr. Ito asked.", "Nobody knew."],
        ["They waited …", "Then it flew."],
        ["The lander (built in Turin. Paid in Rome) flew.", "It landed."],
        ["The lander flew.[12]", "It landed."],
        ["It flew in 2028.", "NASA paid."],
        ["It was agreed.", "eROSITA was switched off."],
        ["Was it agreed?", "Yes!", "So they say."],
        ["それは飛んだ。", "着陸した。"],
    ],
)
def test_sentences_end_where_people_end_them(expected):
    text = "".join(expected) if "。" in expected[0] else " ".join(expected)

    assert passages(text) == expected


def test_a_space_that_scraping_lost_is_no_obstacle():
    assert passages("The partners agreed.The lander flew. See example.com now.") == [
        "The partners agreed.",
        "The lander flew.",
        "See example.com now.",
    ]


def test_a_teaser_link_is_cut_from_the_sentence_behind_it():
    text = (
        "Working LifeHow to Rest Well: A Guide\nRest is good for you.\nRead More →Italy built it."
    )

    assert passages(text) == [
        "Working LifeHow to Rest Well: A Guide",
        "Rest is good for you.",
        "Read More →",
        "Italy built it.",
    ]
    assert kinds(text) == ["heading", "sentence", "fragment", "sentence"]


def test_a_list_item_keeps_its_marker():
    text = "What follows:\n1. **Mining:** Drills are used.\n2) Ships sail.\n- no full stop"

    assert passages(text)[1:] == [
        "1. **Mining:** Drills are used.",
        "2) Ships sail.",
        "- no full stop",
    ]
    assert kinds(text) == ["heading", "list_item", "list_item", "list_item"]


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Europe and Japan Go to the Moon", "heading"),
        ("## What was agreed", "heading"),
        ("**The upshot:**", "heading"),
        ("Who Pays For The Lander?", "heading"),
        ("Who pays for it?", "sentence"),
        ("https://example.org/a", "fragment"),
        ("* * *", "fragment"),
        ("word " * 40, "fragment"),
    ],
)
def test_a_line_alone_is_told_by_its_shape(line, kind):
    assert kinds(line) == [kind]


def test_lines_wrapped_by_hand_are_one_paragraph():
    text = (
        "Agreement on the lander\n\n"
        "The two agencies have agreed that the lander will be built in\n"
        "Turin and shipped to the launch site by sea. Officials of the\n"
        "ministry said that nothing had been signed by the new\n"
        "Italians.\n"
    )

    assert kinds(text) == ["heading", "sentence", "sentence"]


def test_what_has_no_full_stop_is_cut_to_a_bearable_length():
    assert max(map(len, passages("word " * 5_000))) <= LONGEST
    assert "".join(passages("x" * 12_000)) == "x" * 12_000


@pytest.mark.parametrize("text", ["[" * 50_000, "." * 1_000_000, "x" * 1_000_000, "(A. " * 50_000])
def test_pathological_texts_are_cut_too(text):
    assert segment(text)


def test_citations_behind_the_full_stop_belong_to_the_sentence():
    text = "ESA\nagreed. [@c12] NASA left [@c3].\n\n- It flew.[@c4; @c5]\n"

    assert [text[slice(*span)] for span in sentences(text)] == [
        "ESA\nagreed. [@c12]",
        "NASA left [@c3].",
        "- It flew.[@c4; @c5]",
    ]


def test_sentences_of_a_part_lie_inside_it():
    assert sentences("One. Two. Three.", 5, 9) == [(5, 9)]


pieces = st.sampled_from(
    [". ", "! ", "…", "“", "”", "(", ")", "\n", "\n\n", "Read More →", "U.S. ", "Dr. ", "1. ", "- ",
     "word ", "Word ", "[@c1]", "[", "\u00a0", "\u2028", "\x1f", "é", "。", "😀", "**", "# "]
)  # fmt: skip
texts = st.one_of(st.text(max_size=200), st.lists(pieces, max_size=60).map("".join))


@given(texts)
def test_cuts_cover_everything_but_white_space_and_never_overlap(text):
    at = 0
    for cut in segment(text):
        assert cut.kind in KINDS
        assert cut.start < cut.end
        assert not text[at : cut.start].strip()
        assert cut.start >= at
        words = text[cut.start : cut.end]
        assert words == words.strip()
        at = cut.end
    assert not text[at:].strip()


@given(texts, st.integers(0, 50), st.integers(0, 220))
def test_sentences_cover_the_part_that_was_asked_for(text, start, end):
    at = start
    for first, last in sentences(text, start, end):
        assert at <= first < last <= end
        assert not text[at:first].strip()
        at = last
    assert not text[at:end].strip()


def test_real_texts_are_covered(real_seeds):
    for path in real_seeds:
        text = decode(path.read_bytes()).text
        covered = "".join(passages(text))
        assert "".join(covered.split()) == "".join(text.split())
