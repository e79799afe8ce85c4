"""What people typed: made fit to be stored, or refused with the field and a sentence."""

import pytest
from django.core.exceptions import ValidationError

from curation import entering

REORDERING = [chr(n) for n in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))]


@pytest.mark.parametrize("sign", REORDERING)
@pytest.mark.parametrize("enter", [entering.line, entering.words, entering.prose])
def test_signs_that_turn_words_round_are_refused_by_name(enter, sign):
    with pytest.raises(ValidationError) as told:
        enter("title", f"Paid {sign}001 euros")

    (words,) = told.value.message_dict["title"]
    assert words.startswith(f"There is an invisible character in here (U+{ord(sign):04X})")


@pytest.mark.parametrize(
    "text", ["דוח של סוכנות החלל", "تقرير ESA 2028", "می\u200cخواهم", "ESA\u200e"]
)
def test_writing_from_right_to_left_is_not(text):
    assert [entering.line("title", text), entering.prose("title", text)] == [text, text]


@pytest.mark.parametrize("sign", ["\x00", "\x1b", "\ud800", "\uffff"])
def test_characters_that_cannot_be_stored_are_refused(sign):
    with pytest.raises(ValidationError, match="cannot be stored or shown"):
        entering.line("title", f"A{sign}B")


def test_a_line_is_folded_and_needed_words_are_asked_for():
    assert entering.line("title", " A\n rover ") == "A rover"
    with pytest.raises(ValidationError, match="Write what"):
        entering.words("reason", " \n", needed="Write what changed.")


@pytest.mark.parametrize("text", ["9999-12-31T23:59:59-23:00", "0001-01-01T00:00+23:00"])
def test_moment_that_is_none_in_utc_is_refused(text):
    with pytest.raises(ValueError, match="beyond the calendar"):
        entering.moment(text)
