import pytest

from corpus.analysis import hints
from corpus.analysis.hints import of_document, of_passages
from corpus.text.segment import segment
from curation.models import Assessment


def told(text, published="2024-05-02", repeats=None):
    """The hints on every sentence, taken as news, and on the document: (reason, because)."""
    cuts = segment(text)
    found = of_passages(text, cuts, ["news"] * len(cuts), repeats or {})
    passages = [tuple(hint) for at in sorted(found) for hint in found[at]]
    return passages, [tuple(hint) for hint in of_document(cuts, found, published)]


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ("Experts say the rover will be late.", "Experts say"),
        ("The launch will slip, analysts believe.", "analysts believe"),
        ("Sources close to the talks said the deal was off.", "Sources close to the talks said"),
        ("The deal is off, according to unnamed sources.", "according to unnamed sources"),
        ("He spoke on condition of anonymity.", "on condition of anonymity"),
    ],
)
def test_speaker_whom_nobody_names_is_told_in_the_words_of_the_text(sentence, said):
    because = f"“{said}”: nobody is named"

    assert told(sentence) == (
        [("speaker_not_traced", because)],
        [("speaker_not_traced", because)],
    )


@pytest.mark.parametrize(
    "sentence",
    [
        "NASA officials said the rover is late.",
        "Its engineers said the rover is late.",
        "According to reports from ESA, the rover is late.",
        "The head of ESA, Josef Aschbacher, said the rover is late.",
        "Scientists at the lab tested the parachute.",
    ],
)
def test_speaker_who_can_be_traced_is_no_hint(sentence):
    assert told(sentence) == ([], [])


def test_two_years_of_one_launch_are_a_contradiction_at_both_places():
    text = "Mars Express was launched in 2003. It is old. Mars Express launched on 2 June 2004."
    because = "Mars Express: “launched” is told of 2003 and 2004"

    assert told(text) == (
        [("contradicts_itself", because)] * 2,
        [("contradicts_itself", because)],
    )


@pytest.mark.parametrize(
    "text",
    [
        "Mars Express was launched in 2003. Venus Express was launched in 2005.",
        "Mars Express was launched in 2003. Mars Express was launched in 2003 from Baikonur.",
        "Trace was originally launched in 2016. Trace was launched in 2018.",
        "Falcon 9 launched in 2020. Falcon 9 launched in 2021.",
        "ESA launched a probe in 2003. ESA launched another in 2004.",
    ],
)
def test_years_that_can_both_be_true_are_no_contradiction(text):
    assert told(text) == ([], [])


def test_what_names_nobody_and_no_day_is_vague():
    (hint,), _ = told("Cooperation with various partners will grow at some point.")

    assert hint == ("vague", "“various partners”: names nobody, and no day or number")
    assert told("ESA will fly with various partners in 2028.") == ([], [])


def test_document_without_a_date_says_so():
    assert told("ESA and NASA agreed.", published="") == (
        [],
        [("vague", "undated: nothing says when it was published")],
    )


def test_document_that_says_things_again_is_padded():
    text = "ESA and NASA signed an agreement. ESA and NASA signed an agreement. It holds."

    passages, document = told(text, repeats={1: 0})

    assert passages == [("padded", "says again what stands above")]
    assert document == [("padded", "44% of it says again what it said before")]


def test_only_what_is_taken_for_news_is_looked_at():
    text = "Experts say so."

    assert of_passages(text, segment(text), ["speculative"], {}) == {}


def test_every_reason_is_one_that_people_can_tick():
    reasons = {
        hints.VAGUE,
        hints.PADDED,
        hints.SPEAKER_NOT_TRACED,
        hints.CONTRADICTS_ITSELF,
    }

    assert reasons <= set(Assessment.Reason.values)


@pytest.mark.parametrize("who", ["expert", "ANALYSTS", "inſider", "observers", "critics",
    "Commentator", "specialists", "officıals", "scientists", "engineers", "researchers",
    "unnamed sources"])  # fmt: skip
def test_quick_look_for_speakers_without_a_name_misses_none(who):
    passages, _ = told(f"The rover will be late, {who} say.")

    assert [reason for reason, _ in passages] == ["speaker_not_traced"]
