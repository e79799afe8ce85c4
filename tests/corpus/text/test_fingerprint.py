from hypothesis import given
from hypothesis import strategies as st

from corpus.text.fingerprint import (
    ONE_IN,
    SEQUENCE,
    digest,
    fingerprints,
    in_common,
    readable,
    shingles,
    words,
)

SENTENCE = "The two agencies agreed on Tuesday to share the cost of one lander"


def test_a_text_is_read_without_its_spam():
    assert readable("One. Ad. Two.", [(5, 8)]) == "One. \n Two."


def test_a_digest_is_of_the_utf8():
    assert digest("é") == "4a99557e4033c3539de2eb65472017cad5f9557f7a0625a09f1c3f6e2ba69c4c"


def test_shingles_are_the_same_in_every_process():
    assert shingles("one two three four five") == {4475916206259131367}


def test_there_is_a_shingle_for_each_sequence():
    assert len(shingles("a b c d e f g")) == 3
    assert len(shingles("a b")) == 1
    assert shingles(" … ") == frozenset()


def test_a_text_that_grew_is_wholly_in_common():
    assert (
        in_common(SENTENCE, SENTENCE + ". More was said later about the launch in spring.") == 1.0
    )


def test_another_text_has_nothing_in_common():
    assert in_common(SENTENCE, "A bakery in the old town sells bread on Sundays again") == 0.0


def test_texts_and_their_shingles_may_be_compared():
    assert in_common(shingles(SENTENCE), SENTENCE.upper()) == 1.0


@given(st.text(), st.text())
def test_the_share_is_the_same_both_ways(a, b):
    assert in_common(a, b) == in_common(b, a)
    assert 0.0 <= in_common(a, b) <= 1.0


# --- the sample that copies are found by --------------------------------------------------------

WORDS = [f"word{n}" for n in range(2000)]


@given(st.integers(0, 1500), st.integers(SEQUENCE, 500), st.integers(0, 900))
def test_what_two_texts_share_is_kept_of_both_or_of_none(start, length, after):
    shared = WORDS[start : start + length]
    one = fingerprints(" ".join([*WORDS[:40], *shared]))
    other = fingerprints(" ".join([*shared, *(f"other{n}" for n in range(after))]))
    thinnest = 2**32 / ONE_IN
    part = {number for number in fingerprints(" ".join(shared)) if number < thinnest}
    assert part <= one & other


def test_short_texts_give_more_of_their_sequences():
    counts = [len(fingerprints(" ".join(WORDS[:n]))) for n in (40, 200, 2000)]
    assert counts[0] == 40 - SEQUENCE + 1
    assert 30 < counts[1] < 70
    assert 110 < counts[2] < 180


def test_fingerprints_are_the_same_in_every_process():
    assert fingerprints("one two three four") == {1613931443}


def test_fingerprints_fit_into_a_database():
    assert all(0 <= value < 2**63 for value in fingerprints(" ".join(WORDS)))


def test_texts_without_a_word_in_common_share_no_fingerprint():
    assert not fingerprints(" ".join(WORDS[:900])) & fingerprints(" ".join(WORDS[900:]))


def test_text_of_fewer_words_than_a_sequence_has_none():
    assert fingerprints("Three are few.") == frozenset()


@given(st.text(st.characters(max_codepoint=127)))
def test_plain_text_falls_into_the_same_words_as_beside_other_signs(text):
    assert words(text) == words(f"{text} …")
