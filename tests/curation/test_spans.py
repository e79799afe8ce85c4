"""Many numbers in few words."""

from hypothesis import given
from hypothesis import strategies as st

from curation import spans

NUMBERS = st.sets(st.integers(1, 40))


def test_neighbours_are_told_as_one():
    assert spans.told([7, 3, 4, 5, 12, 4]) == "3–5, 7, 12"
    assert spans.told([]) == ""


@given(NUMBERS)
def test_what_was_told_holds_just_these(numbers):
    told = spans.told(numbers)
    assert {number for number in range(42) if spans.holds(told, number)} == numbers
