import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.analysis.dates import Edtf, NotADate, dates_in, first_date, in_words, parse

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
        ("It flies in late 2027.", "2027-09~/2027-12"),
        ("It flies by the end of 2027.", "../2027-12"),
        ("It flies in mid-2027.", "2027-05~/2027-08~"),
        ("Crews land in the early 2030s.", "2030/2033~"),
        ("They land by 2030.", "../2030"),
        ("They land before 2030.", "../2029"),
        ("They land before March 2028.", "../2028-02"),
        ("Not after 1 March 2028.", "2028-03-02/.."),
        ("Flights go on beyond 2030.", "2031/.."),
        ("It flies no earlier than September 2027.", "2027-09/.."),
        ("It is due no later than 2028.", "../2028"),
        ("It is due in the third quarter of 2027.", "2027-07/2027-09"),
        ("It is due in Q1 2027 or the second half of 2027.", "2027-01/2027-03"),
        ("By the end of the 2020s it flies.", "../2029"),
        ("They plan a 2028 launch.", "2028"),
        ("They read research from 2014.", "2014"),
        ("They fly from 2028 on.", "2028/.."),
        ("It will not be launched until 2010.", "2010/.."),
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
        "about 3000°F (1650°C)",
        "a meeting at 15:00 (1900 UTC)",
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


SAID = "2024-05-15"  # a Wednesday


def read(text, published=SAID):
    return [(text[each.start : each.end], each.date) for each in dates_in(text, published)]


@pytest.mark.parametrize(
    ("text", "words", "date"),
    [
        ("They met last Tuesday.", "last Tuesday", "2024-05-14"),
        ("They met last Wednesday.", "last Wednesday", "2024-05-08"),
        ("ESA said on Monday that it works.", "on Monday", "2024-05-13"),
        ("It will launch on Monday.", "on Monday", "2024-05-20"),
        ("They met yesterday.", "yesterday", "2024-05-14"),
        ("Launch is tomorrow.", "tomorrow", "2024-05-16"),
        ("It was announced today.", "today", "2024-05-15"),
        ("They meet next week.", "next week", "2024-05-20/2024-05-26"),
        ("They met last month.", "last month", "2024-04"),
        ("It flies next year.", "next year", "2025"),
        ("It will fly in March.", "in March", "2025-03"),
        ("It flew in March.", "in March", "2024-03"),
        ("The planned launch on Monday was scrubbed.", "on Monday", "2024-05-13"),
        ("It will be buried in Rome on Monday.", "on Monday", "2024-05-20"),
        ("It was signed on 12 March.", "on 12 March", "2024-03-12"),
        ("It will be signed on March 12.", "on March 12", "2025-03-12"),
        ("It flies this summer.", "this summer", "2024-22"),
        ("It flew last winter.", "last winter", "2023-24"),
        ("It flies next spring.", "next spring", "2025-21"),
        ("It flew three years ago.", "three years ago", "2021~"),
        ("It flew 10 days ago.", "10 days ago", "2024-05-05"),
        ("It flies in two years.", "in two years", "2026~"),
        ("It flies within five years.", "within five years", "2024/2029~"),
        ("It flies by the end of the decade.", "by the end of the decade", "../2029"),
        ("It flies later this decade.", "later this decade", "2024/2029"),
    ],
)
def test_a_date_that_counts_from_publication_is_resolved_against_it(text, words, date):
    assert read(text) == [(words, date)]
    [unresolved] = dates_in(text)
    assert unresolved.date == ""
    assert "which nobody entered" in unresolved.because


@pytest.mark.parametrize(
    "text",
    [
        "They meet next Tuesday.",
        "In March all is well.",
        "It flew last spring.",
        "the next decade",
        "Two years later it fell.",
    ],
)
def test_what_people_may_mean_in_two_ways_is_left_open(text):
    published = "2024-09-15" if "spring" in text else SAID
    assert [date for _, date in read(text, published) if date] == []


def test_years_later_count_from_the_date_before():
    text = "It flew in 2019. Two years later it fell, and a year earlier was better."

    assert read(text, "")[:2] == [("2019", "2019"), ("Two years later", "2021~")]
    assert "counted from “2019”" in dates_in(text)[1].because


def test_a_publication_known_to_the_year_resolves_years_only():
    text = "Last Tuesday they said: next year."

    assert read(text, "2024") == [("Last Tuesday", ""), ("next year", "2025")]


@pytest.mark.parametrize(
    "text",
    ["20% of it", "Today, all is well.", "it may march on", "in ten years of work", "over 5 years"],
)
def test_no_relative_date_is_invented(text):
    assert dates_in(text, SAID) == []


def test_a_weekday_beside_a_date_is_part_of_it():
    assert read("They met on Monday, March 4, 2019.") == [("March 4, 2019", "2019-03-04")]


NEAR_TIME = "last next this Tuesday year in March 2027 late by the end of decade two years later"
WORDS = st.sampled_from([*NEAR_TIME.split(), "ago", "12", "May", "2030s", ".", "will", "said"])


@given(st.lists(WORDS, max_size=14).map(" ".join), st.sampled_from(["", "2024", "2024-05", SAID]))
def test_places_of_dates_are_exact_and_in_order_and_each_is_a_date_or_says_why(text, published):
    at = 0
    for place in dates_in(text, published):
        assert at <= place.start < place.end <= len(text)
        assert text[place.start : place.end] == text[place.start : place.end].strip()
        assert parse(place.date) if place.date else place.because
        at = place.end
    assert dates_in(text, published) == dates_in(text, published)
