from hypothesis import given
from hypothesis import strategies as st

from corpus.text.fingerprint import digest, in_common, shingles

SENTENCE = "The two agencies agreed on Tuesday to share the cost of one lander"


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
