"""Passages of two texts stand beside each other where they say the same."""

from hypothesis import given
from hypothesis import strategies as st

from corpus.analysis.aligning import Row, align

AGREED = "The two agencies agreed on Tuesday to share the cost of one lander."
CHANGED = "The agencies agreed Tuesday to share the cost of the lander."
FLY = "It is to fly in 2031."
OTHER = "Visitors may watch the work through a window."


def test_same_words_stand_beside_each_other():
    assert align([AGREED, FLY], [AGREED, FLY]) == [Row(0, 0, same=True), Row(1, 1, same=True)]


def test_changed_passage_stands_beside_what_it_was():
    assert align([AGREED], [OTHER, CHANGED]) == [Row(right=0), Row(0, 1)]


def test_what_only_one_says_stands_alone_where_it_was():
    rows = align([AGREED, FLY], [AGREED, OTHER])
    assert rows == [Row(0, 0, same=True), Row(right=1), Row(left=1)]


def test_passages_in_another_order_are_found():
    assert align([AGREED, FLY], [FLY, AGREED]) == [Row(0, 1, same=True), Row(1, 0, same=True)]


def test_sentence_that_grew_stands_beside_the_shorter_one():
    grown = f"{FLY[:-1]} from the island range, if the parliaments of both sides agree to pay."
    assert align([FLY], [grown]) == [Row(0, 0)]


PASSAGES = st.lists(st.sampled_from([AGREED, CHANGED, FLY, OTHER, "…", ""]), max_size=8)


@given(PASSAGES, PASSAGES)
def test_each_passage_is_in_one_row(left, right):
    rows = align(left, right)
    assert [row.left for row in rows if row.left is not None] == list(range(len(left)))
    assert sorted(row.right for row in rows if row.right is not None) == list(range(len(right)))
