import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.analysis import cues
from corpus.analysis.reliability import label_document, label_passages
from corpus.analysis.scenario import scenario_in
from corpus.text.decode import decode
from corpus.text.segment import segment

from . import sentences


def labelled(text):
    cuts = segment(text)
    return [
        (text[cut.start : cut.end], said.label)
        for cut, said in zip(cuts, label_passages(text, cuts), strict=True)
    ]


def label(sentence):
    return dict(labelled(f"A Heading\n\n{sentence}"))[sentence]


def spam(text):
    return [words for words, label in labelled(text) if label == "spam"]


def document(text):
    cuts = segment(text)
    return label_document(text, cuts, label_passages(text, cuts))


@pytest.mark.parametrize(
    "sentence",
    [
        "JAXA and ESA signed the lander agreement in Tokyo on 3 June 2024.",
        "According to the Italian ministry, the lander weighs two tonnes.",
        "“We will all go to the Moon and we may never return,” said Mario Rossi of the ministry.",
        "ESA plans to launch the lander in 2031.",
        "The two agencies have agreed on how to share the costs.",
        "NASA and ESA are jointly testing the parachutes.",
        "The agreement covers transport and insurance.",
        "The company halted its work in May 2023.",
    ],
)
def test_what_can_be_checked_is_news(sentence):
    assert label(sentence) == "news"


@pytest.mark.parametrize(
    "sentence",
    [
        "This partnership could redefine how we live among the stars.",
        "These efforts are not just useful; they are essential.",
        "Experts believe that a new era is near.",
        "The next decade will be crucial for exploration.",
        "The situation underscores what humanity can do.",
        "Who knows what the future holds?",
    ],
)
def test_praise_comment_and_forecast_are_speculative(sentence):
    assert label(sentence) == "speculative"


def test_a_quotation_goes_on_over_its_sentences():
    text = "Anna Rossi of the bank said, “The cost is high. We can only pay together.” We wonder."

    assert [label for _, label in labelled(text)] == ["news", "news", "speculative"]


def test_fiction_told_as_past_is_speculative():
    text = (
        "ESA and NASA built the harbour on the Moon together.\n\n"
        "2041 Preview: At the harbour a pilot signed for the cargo that JAXA delivered."
    )

    assert {label for _, label in labelled(text)} == {"speculative"}
    assert document(text).label == "speculative"
    assert "2041 Preview" in document(text).reasons[0]


KINDS_OF_TEXT = [
    (sentences.PRESS, "news"),
    (sentences.WIRE, "news"),
    (sentences.THINK, "speculative"),
    (sentences.BLOG, "speculative"),
    (sentences.FICTION, "speculative"),
]


@pytest.mark.parametrize(("text", "label"), KINDS_OF_TEXT)
def test_texts_of_five_kinds_are_read_sentence_by_sentence(text, label):
    passages = labelled("A Heading\n\n" + " ".join(text))[1:]

    assert len(passages) == len(text)
    assert [words for words, said in passages if said != label] == []


@pytest.mark.parametrize(("text", "label"), KINDS_OF_TEXT)
def test_texts_of_five_kinds_are_known_as_a_whole(text, label):
    assert document(" ".join(text)).label == label


@pytest.mark.parametrize(
    ("text", "label", "wrong"),
    [
        (sentences.PRESS_LATER, "news", ["Questions may be sent to the press office."]),
        (sentences.WIRE_LATER, "news", []),
        (sentences.WIRE_LAST, "news", []),
        (sentences.THINK_LATER, "speculative", []),
        (
            sentences.THINK_LAST,
            "speculative",
            [
                "In the worst case, the bloc splits and duplication follows.",
                "This is where the story gets interesting.",
            ],
        ),
        (sentences.BLOG_LATER, "speculative", []),
    ],
)
def test_later_texts_are_read_with_few_mistakes(text, label, wrong):
    """The mistakes are known; a change that makes others, or mends these, shows here."""
    passages = labelled("A Heading\n\n" + " ".join(text))[1:]

    assert [words for words, said in passages if said != label] == wrong
    assert document(" ".join(text)).label == label


@pytest.mark.parametrize("text", [sentences.PRESS, sentences.WIRE])
def test_short_sentences_of_the_press_are_news_when_they_stand_alone(text):
    wrong = [sentence for sentence in text if label(sentence) != "news"]

    assert wrong in ([], ["Data from the mission are free of charge for research."])


@pytest.mark.parametrize("text", [sentences.THINK, sentences.BLOG])
def test_comment_is_speculative_when_it_stands_alone(text):
    wrong = [sentence for sentence in text if label(sentence) != "speculative"]

    assert len(wrong) <= 1


def test_what_is_told_as_done_in_a_year_ahead_is_fiction():
    text = (
        "NASA and CNSA opened the docks in 2038. Roscosmos withdrew its last shuttle in 2044. "
        "Director Amara Osei signed the order at noon."
    )
    cuts = segment(text)

    assert {said.label for said in label_passages(text, cuts, as_of=2026)} == {"speculative"}
    assert {said.label for said in label_passages(text, cuts, as_of=2045)} == {"news"}


def test_a_plan_for_a_year_ahead_is_no_fiction():
    text = (
        "NASA plans to open the docks in 2038. ESA said that it had booked a flight in 2044. "
        "Both agencies signed the order in Rome."
    )
    cuts = segment(text)

    assert {said.label for said in label_passages(text, cuts, as_of=2026)} == {"news"}


@pytest.mark.parametrize(
    "widget",
    [
        "No products in the cart.", "Leave a Reply", "No time to read?", "Get a summary",
        "Share this", "Previous Article", "Read More →", "Advertisement", "You may also like",
        "Next Post", "Subscribe to our free newsletter",
        "© 2024 The Example. All rights reserved.", "3 Comments",
        "Your email address will not be published. Required fields are marked *", "5 min read",
    ],
)  # fmt: skip
def test_widgets_are_spam_with_a_reason(widget):
    cuts = segment(widget)
    for said in label_passages(widget, cuts):
        assert said.label == "spam"
        assert said.reasons


@pytest.mark.parametrize(
    "sentence",
    [
        "Copyright law was changed in Rome last year.",
        "More in 2025 than ever before, the agencies share their costs.",
        "Next year the agencies will meet again.",
        "The shop was out of stock, the minister said.",
        "Readers may leave a comment with the ministry until Friday.",
    ],
)
def test_sentences_of_an_article_are_not_spam(sentence):
    assert label(sentence) != "spam"


@pytest.mark.parametrize(
    "line", ["A Plain Heading", "By Anna Rossi", "Photo: ESA", "12 March 2024"]
)
def test_headings_bylines_and_captions_get_no_label(line):
    assert dict(labelled(f"{line}\n\nThe lander flew."))[line] == ""


BODY = "Italy and Japan agreed to share the cost of the lander. ESA signed in Rome on 3 June 2024."


def test_a_teaser_is_spam_and_the_sentence_behind_its_arrow_is_not():
    text = (
        f"{BODY}\nHome GardeningHow to Grow Better Beans: A Guide\nBeans need water.\n"
        f"Read More →{BODY}"
    )

    assert spam(text) == [
        "Home GardeningHow to Grow Better Beans: A Guide",
        "Beans need water.",
        "Read More →",
    ]


def test_a_teaser_without_a_glued_category_is_known_by_its_other_topic():
    text = f"{BODY}\nGrowing Better Beans\nGardeners swear by watering.\nRead More →\n{BODY}"

    assert spam(text) == ["Growing Better Beans", "Gardeners swear by watering.", "Read More →"]


def test_headlines_of_neighbours_are_spam():
    text = (
        f"{BODY}\n\nPrevious Article\n\nBeans and Politics\n\nNext Article\n\nBus Fares Rise Again"
    )

    assert spam(text)[1::2] == ["Beans and Politics", "Bus Fares Rise Again"]


def test_a_document_is_what_its_lead_claims():
    padding = "It could change everything. We all hope so. It is a unique and powerful vision. "

    assert document(f"Italy Signs\n\n{BODY} {padding * 9}").label == "news"
    assert document(f"A Dream\n\n{padding * 2} {BODY}").label == "speculative"


def test_the_passages_that_decided_are_named():
    assert document(BODY).reasons[0].startswith("“Italy and Japan agreed to share the cost …” ")


def test_a_page_of_widgets_is_spam_and_a_bare_heading_is_nothing():
    assert document("No products in the cart.\nAdd to cart\nCheckout").label == "spam"
    assert document("A Heading").label == ""
    assert document("").label == ""


pieces = st.sampled_from(
    [
        "“",
        "”",
        " said Anna Rossi. ",
        "Read More →",
        "\n",
        "Next Article\n",
        "Beans. ",
        "we may. ",
        "x",
    ]
)


@given(st.one_of(st.text(max_size=200), st.lists(pieces, max_size=40).map("".join)))
def test_every_passage_has_a_suggestion_with_score_and_reasons(text):
    cuts = segment(text)
    suggestions = label_passages(text, cuts)

    assert len(suggestions) == len(cuts)
    for said in [*suggestions, label_document(text, cuts, suggestions)]:
        assert said.label in ("", "news", "speculative", "spam")
        assert 0.0 <= said.score <= 1.0
        assert said.reasons


# The spam of the real texts, by position; the rest of each text is the piece itself.
SPAM = {
    "000": [13],
    "001": [0, 15, 16, 17, 32, 33, 34, 35, 50, 51, 52],
    "002": [],
    "003": [1, 2, 19, 20, 21, 22, 23, 24],
    "004": [],
}
LABELS = {"000": "speculative", "001": "news", "002": "news", "003": "news", "004": "news"}


def test_real_texts_are_labelled_as_editors_label_them(real_seeds):
    for path in real_seeds:
        text = decode(path.read_bytes()).text
        cuts = segment(text)
        labels = [said.label for said in label_passages(text, cuts)]
        assert [at for at, label in enumerate(labels) if label == "spam"] == SPAM[path.name[:3]]
        assert document(text).label == LABELS[path.name[:3]]


def test_the_scenario_among_the_real_texts_reports_nothing(real_seeds):
    assert "news" not in {label for _, label in labelled(decode(real_seeds[0].read_bytes()).text)}


def test_speaker_of_a_body_is_not_told_as_a_person_who_is_named():
    words = "According to a NASA spokesperson, “We will all go to the Moon, and all will return.”"
    cuts = segment(words)
    (said,) = label_passages(words, cuts)
    assert said.label == "news"
    assert said.reasons[0] == "quotes a person or body that is named"


@pytest.mark.parametrize(
    "words",
    [
        "2041, a base on the Moon: nobody sleeps.",
        "**2035, somewhere near the pole:** frost.",
        "The 2045 Dispatch",
        "THE YEAR İS 2077, and the station is old.",
        "Pıcture thiſ: a rover wakes.",
        "Fast forward to the next landing.",
        "Imagine a harbour on Mars in 2101.",
        "It is what we now call the Belt.",
        "In this future nobody launches.",
        "Looking back from 2090, it was easy.",
        "The engine was perfected twenty years ago.",
    ],
)
def test_quick_look_for_a_scenario_misses_none(words):
    assert cues.SCENARIO.search(words)
    assert scenario_in(words, [])
