import pytest

from corpus.analysis.repeats import repetitions
from corpus.text.decode import decode
from corpus.text.segment import segment

SENTENCE = "Italy’s lander, which is to reach the Moon by 2031, was tested in Turin."


def repeated(*lines):
    text = "\n\n".join(lines)
    return repetitions(text, segment(text))


@pytest.mark.parametrize(
    "again",
    [
        SENTENCE,
        SENTENCE.upper().replace("’", "'"),
        f"What went before {SENTENCE}",
    ],
)
def test_the_same_words_again_are_a_repetition(again):
    assert repeated(SENTENCE, "Nothing else was said.", again) == {2: 0}


@pytest.mark.parametrize(
    "other",
    [
        SENTENCE.replace("2031", "2033"),
        "Italy’s lander was tested.",
        f"{SENTENCE[:-1]}, and after a long winter of talks the ministry, the two agencies and "
        "the firm that built it said in Rome that the costs would be shared among all of them.",
    ],
)
def test_another_statement_is_none(other):
    assert repeated(SENTENCE, other) == {}


def test_few_words_are_no_repetition():
    assert repeated("They agreed.", "They agreed.") == {}


def test_a_title_that_comes_back_slightly_changed_is_found():
    assert repeated(
        "Italy and Japan Plan Joint Test of Luna-9 Lander",
        "Italy and Japan Outline Plan for Joint Test of Luna-9 Lander",
    ) == {1: 0}


def test_a_third_time_points_to_the_first():
    assert repeated(SENTENCE, SENTENCE, SENTENCE) == {1: 0, 2: 0}


def test_many_repetitions_are_bearable():
    assert len(repeated(*[f"The lander number {n} flew on time." for n in range(2000)])) == 0
    assert len(repeated(*[SENTENCE] * 2000)) == 1999


def test_repetitions_in_real_texts(real_seeds):
    counts = []
    for path in real_seeds:
        text = decode(path.read_bytes()).text
        counts.append(len(repetitions(text, segment(text))))

    assert counts == [0, 2, 0, 1, 0]
