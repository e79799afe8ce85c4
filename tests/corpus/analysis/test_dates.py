import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.analysis.dates import Edtf, NotADate, first_date, in_words, parse

DAY = datetime.date


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("2028", DAY(2028, 1, 1), DAY(2028, 12, 31)),
        ("2024-02", DAY(2024, 2, 1), DAY(2024, 2, 29)),
        ("2022-03-12", DAY(2022, 3, 12), DAY(2022, 3, 12)),
        ("2024?", DAY(2024, 1, 1), DAY(2024, 12, 31)),
        ("203X", DAY(2030, 1, 1), DAY(2039, 12, 31)),
        ("2022/..", DAY(2022, 1, 1), None),
        ("2022/", DAY(2022, 1, 1), None),
        ("../2022", None, DAY(2022, 12, 31)),
        ("2022-03/2023", DAY(2022, 3, 1), DAY(2023, 12, 31)),
        ("2022-24", DAY(2022, 12, 1), DAY(2023, 2, 28)),
    ],
)
def test_a_date_has_a_first_and_a_last_day(text, earliest, latest):
    assert parse(text) == Edtf(text, earliest, latest)


def test_white_space_and_small_letters_are_mended():
    assert parse(" 203x\n").text == "203X"


@pytest.mark.parametrize(
    "text",
    ["2022-02-30", "2022-13", "0000", "2023/2022", "Y17000", "2022-31", "20X2", "x" * 99, ""],
)
def test_what_is_no_date_is_refused_in_a_sentence(text):
    with pytest.raises(NotADate) as refused:
        parse(text)

    assert str(refused.value).endswith(".")


def test_a_date_in_words_is_answered_with_its_form():
    with pytest.raises(NotADate, match="write 2022-03"):
        parse("March 2022")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2022-03-12", "12 March 2022"),
        ("2022-03", "March 2022"),
        ("2024?", "2024 (uncertain)"),
        ("2024-05~", "May 2024 (approximate)"),
        ("2022/..", "from 2022"),
        ("../2022", "until 2022"),
        ("2022/2025", "2022 to 2025"),
        ("203X", "the 2030s"),
        ("2026-21", "spring 2026"),
        ("2026-XX", "2026"),
    ],
)
def test_dates_in_words(text, words):
    assert in_words(text) == words


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("It was signed on 12 March 2022 in Paris.", "2022-03-12"),
        ("On March 12, 2022, the two met.", "2022-03-12"),
        ("They met from 12–14 March 2022.", "2022-03-12/2022-03-14"),
        ("They met in Sept. 2021.", "2021-09"),
        ("The launch is in 2028.", "2028"),
        ("2028", "2028"),
        ("Crews land in the 2030s.", "203X"),
        ("No earlier than 2028, it says.", "2028/.."),
        ("It was built around 2016.", "2016~"),
        ("It flew from 2016 to 2022.", "2016/2022"),
        ("It is due in spring 2026.", "2026-21"),
        ("Not on 31 February 2022 but on 3 March 2022.", "2022-03-03"),
    ],
)
def test_a_written_date_is_found(text, date):
    assert first_date(text) == date


@pytest.mark.parametrize(
    "text",
    [
        "20% of the ExoMars-2022 hardware",
        "the ExoMars 2022 mission",
        "a budget of 2,028 euros",
        "a staff of 2000 engineers",
        "in 2000 people out of a million",
        "it may be so",
        "12/03/2022",
        "Horizon 2020",
        "early 20s",
    ],
)
def test_no_date_is_invented(text):
    assert first_date(text) is None


@given(st.text(alphabet="0123456789X?~%/.-Yx ", max_size=30))
def test_every_date_says_itself_in_words_and_reads_again(text):
    try:
        parsed = parse(text)
    except NotADate:
        return
    assert parse(parsed.text) == parsed
    assert in_words(text)
    if parsed.earliest and parsed.latest:
        assert parsed.earliest <= parsed.latest


@given(st.text(max_size=200))
def test_what_is_found_is_a_date(text):
    found = first_date(text)
    assert found is None or parse(found)
