"""What editors write: blocks, sentences, citations, and what cannot be shown."""

import re
from html import unescape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curation.markdown import LONGEST, read, storable

TAG = re.compile(r"<[^>]*>")
ALLOWED = re.compile(r'</?(?:em|strong)>|</a>|<a href="https?://[^"<>]*">')


def sentences(text):
    return [(s.text, list(s.keys)) for s in read("", "", text).sentences]


def problems(text):
    return [problem.words for problem in read("", "", text).problems]


def shapes(text):
    return [(b.kind, b.level, b.list, b.sentences[0].text) for b in read("", "", text).blocks]


def test_citation_behind_the_full_stop_belongs_to_the_sentence_before():
    assert sentences("They agreed. [@c1] They will fly. [@c2]") == [
        ("They agreed.", ["c1"]),
        ("They will fly.", ["c2"]),
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("They agreed [@c1] [@c2].", [("They agreed.", ["c1", "c2"])]),
        ("They agreed.[@c1][@c2] Yes.", [("They agreed.", ["c1", "c2"]), ("Yes.", [])]),
        ("They [@c1] agreed. [@c1]", [("They agreed.", ["c1"])]),
        ("[@c1] They agreed.", [("They agreed.", ["c1"])]),
        ("They agreed.\n[@c1]\nThey will fly.", [("They agreed.", ["c1"]), ("They will fly.", [])]),
        (
            "“They agreed,” said Dr. Ray [@C7]. Yes.",
            [("“They agreed,” said Dr. Ray.", ["c7"]), ("Yes.", [])],
        ),
        ("[@c1]", [("", ["c1"])]),
    ],
)
def test_each_sentence_has_its_citations(text, found):
    assert sentences(text) == found


def test_editorial_is_a_mark_and_no_citation():
    (sentence,) = read("", "", "We look again soon. [@editorial]").sentences

    assert (sentence.keys, sentence.editorial) == ((), True)


def test_title_and_standfirst_are_counted_before_the_text():
    prose = read("ESA and NASA [@c1]", "One. [@c2] Two.", "Three.\n\n## Four")

    assert [(s.n, s.part, s.place, s.text) for s in prose.sentences] == [
        (1, "title", 0, "ESA and NASA"),
        (2, "standfirst", 0, "One."),
        (3, "standfirst", 1, "Two."),
        (4, "text", 0, "Three."),
        (5, "text", 1, "Four"),
    ]
    assert prose.title_text == "ESA and NASA"
    assert prose.keys == {"c1", "c2"}


def test_blocks_are_paragraphs_headings_items_and_quotations():
    assert shapes("## Two\n\n### Three\n\nPlain.\n\n- first\n- second\n\n1. third\n\n> quoted") == [
        ("heading", 2, None, "Two"),
        ("heading", 3, None, "Three"),
        ("paragraph", None, None, "Plain."),
        ("item", None, "bullet", "first"),
        ("item", None, "bullet", "second"),
        ("item", None, "ordered", "third"),
        ("quotation", None, None, "quoted"),
    ]


def test_emphasis_across_sentences_is_closed_and_opened_again():
    first, second = read("", "", "*They agreed. **They** fly*, it says.").sentences

    assert first.html == "<em>They agreed.</em>"
    assert second.html == "<em><strong>They</strong> fly</em>, it says."


def test_links_lead_to_http_addresses_only():
    prose = read(
        "", "", "See [it](https://esa.example/a?b=1&c=2) or [us](/admin/) or <mailto:a@b.c>."
    )

    assert prose.sentences[0].html == (
        'See <a href="https://esa.example/a?b=1&amp;c=2">it</a> or us or mailto:a@b.c.'
    )
    assert [problem.words[:6] for problem in prose.problems] == ["A link"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("# One", "Headings"),
        ("#### Four", "Headings"),
        ("One.\n\n---\n\nTwo.", "A line"),
        ("a | b\n--|--\nc | d", "A table"),
        ("```\ncode\n```", "A block of code"),
        ("Some `code` here.", "Code"),
        ("![A rover](https://esa.example/rover.png)", "A picture"),
        ("A <b>bold</b> word.", "HTML"),
        ("- one\n  - two", "A list inside"),
        ("- one\n\n  two", "A second paragraph"),
        ("They agreed [@c1; @c2].", "This looks like a citation"),
        ("a" * (LONGEST + 1), "The text is longer"),
    ],
)
def test_what_a_page_cannot_show_is_told_and_its_words_are_kept(text, words):
    told = problems(text)

    assert len(told) == 1
    assert told[0].startswith(words)
    for word in re.findall(r"\b(?:One|Four|Two|code|rover|bold|one|two|agreed)\b", text):
        assert any(word in sentence for sentence, _ in sentences(text)) or "rover.png" in text


def test_problem_names_the_sentence_it_is_in():
    prose = read("Title", "", "Fine. Also <i>fine</i>.\n\n## Head\n\nSome `code`.")

    assert [(p.sentence, p.part) for p in prose.problems] == [(3, "text"), (5, "text")]


HOSTILE = [
    "<script>alert(1)</script>",
    "[x](javascript:alert(1))",
    "[x](data:text/html,<script>)",
    "<a href=x onclick=alert(1)>",
    '[x](https://e.org/"onmouseover="alert(1))',
    "![x](https://e.org/x.png)",
    "<javascript:alert(1)>",
    "&lt;script&gt;",
    "[<img src=x onerror=alert(1)>](https://e.org)",
    "**<svg/onload=alert(1)>**",
    "[x]: javascript:alert(1)\n\n[x]",
    "</p></div><style>*{}</style>",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_markup_is_words(text):
    for sentence in read(text, text, text).sentences:
        assert "<" not in ALLOWED.sub("", sentence.html)


@pytest.mark.parametrize(
    "piece",
    [
        "[",
        "![",
        "**a",
        "*_",
        "> ",
        "- ",
        "[a](",
        "<",
        "`",
        "[@",
        "a. [@c1] ",
        "a. ",
        "<a",
        "|",
        "&",
        "* a\n",
    ],
)
def test_long_hostile_text_is_read(piece):
    prose = read("", "", (piece * LONGEST)[:LONGEST])

    assert isinstance(prose.sentences, list)


def test_unstorable_characters_are_replaced_and_lines_end_alike():
    assert storable("a\x00b\ud800c\r\nd\re\u0301") == "a\ufffdb\ufffdc\nd\n\u00e9"
    assert read("\x00", "\ud800", "\ufffe").sentences[0].text == "\ufffd"


MARKDOWN = st.text(
    alphabet=st.one_of(
        st.sampled_from("[]()*_`<>#-!@|.:\\\"'&;~+= \n\tac1é\u0301"), st.characters()
    ),
    max_size=120,
) | st.lists(
    st.sampled_from(
        [
            "[@c1]",
            "[@editorial]",
            "They agreed. ",
            "*",
            "**",
            "[x](https://e.org)",
            "\n\n",
            "- ",
            "> ",
            "## ",
            "\n",
            "<b>",
            "`",
            "Dr. ",
            " ",
        ]
    )
).map("".join)


@settings(max_examples=100, deadline=None)
@given(MARKDOWN, MARKDOWN, MARKDOWN)
def test_reading_never_raises_and_html_holds_allowed_tags_and_the_words_alone(
    title, standfirst, text
):
    prose = read(title, standfirst, text)

    assert [s.n for s in prose.sentences] == list(range(1, len(prose.sentences) + 1))
    for sentence in prose.sentences:
        assert "<" not in ALLOWED.sub("", sentence.html)
        assert unescape(TAG.sub("", sentence.html)) == sentence.text


PLAIN = st.text(alphabet=st.sampled_from("ab C.!?,;:“”’0189é\n "), max_size=200)


@settings(max_examples=100, deadline=None)
@given(PLAIN)
def test_sentences_in_order_cover_the_words(text):
    def without_space(words):
        return re.sub(r"\s", "", words)

    told = "".join(sentence.text for sentence in read("", text, "").sentences)
    assert without_space(told) == without_space(text)
