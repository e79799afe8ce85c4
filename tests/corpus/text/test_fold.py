import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.text.fold import fold, like_lower, search_text


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Ariane‑6", "ariane-6"),
        ("European\u00a0Space Agency’s", "european space agency's"),
        ("ÉCOLE Žižek Ёлка", "ecole zizek елка"),
        ("straße İzmir ﬁ", "straße izmir ﬁ"),
        ("が 각", "が 각"),
        ("AẞB Ꭰꭰ", "aẞb ᎠᎠ"),  # as they were always compared, though they have a lower case
    ],
)
def test_case_accents_and_variants_are_folded(text, folded):
    assert fold(text) == folded


@given(st.text())
def test_folding_keeps_every_place(text):
    assert len(fold(text)) == len(text)


def test_search_text_is_words_and_single_spaces():
    assert search_text("Ariane‑6: Straße, “ÉCOLE” — U.S.!") == "ariane 6 strasse ecole u s"


@pytest.mark.parametrize("limit", [0, 1, 7, 8, 12])
def test_search_text_keeps_within_its_limit(limit):
    assert len(search_text("école été ciel", limit).encode()) <= limit


def test_search_text_is_cut_between_words():
    assert search_text("one two three", 9) == "one two"


@given(st.text())
def test_search_text_holds_letters_and_digits_only(text):
    assert "  " not in search_text(text)
    assert not set(search_text(text)) & set("-.,;:'\"\n\0*()")


def test_letter_that_a_pattern_takes_for_another_is_that_one_in_lower_case():
    pattern = re.compile("[a-z0-9]", re.IGNORECASE)
    odd = [char for char in map(chr, range(0x30000)) if pattern.match(char)]

    assert len(odd) > 62
    assert all(re.fullmatch("[a-z0-9]", like_lower(char)) for char in odd)
    assert len(like_lower("İı")) == 2
