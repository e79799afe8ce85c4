"""Numbers, dates, quoted words and names of a sentence that no source has."""

import pytest

from curation.presence import Said, dates_not_in, names_not_in, numbers_not_in, quoted_not_in

SAID = Said(
    texts=(
        "The board found that it costs $11bn, of which 522 million euros are Europe’s, and it "
        "said: “We stop here, and now.” Two agencies and thirty-two people watched 31,860 km away.",
    ),
    dates=("2022-03-17", "2021/..", "2020-05"),
)


def missing(reading, text, **kwargs):
    return [text[place.start : place.end] for place in reading(text, SAID, **kwargs)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("It costs 11 billion dollars, €522 million of them here.", []),
        ("It costs 12 billion dollars.", ["12 billion"]),
        ("32 people and two agencies watched.", []),
        ("Thirty-two people watched.", []),
        ("Three agencies watched.", ["Three"]),
        ("The three agencies watched one launch.", []),
        ("About 32,000 kilometres away.", []),
        ("Exactly 32,000 kilometres away.", ["32,000"]),
        ("Artemis VII flies with an H3 and Sentinel-6.", []),
        ("In March 2022 and on 18 May it stopped.", []),
        ("It weighs 40kg and 31,860 km.", ["40"]),
    ],
)
def test_numbers(text, words):
    assert missing(numbers_not_in, text) == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("In March 2022 it stopped, as in 2022.", []),
        ("On 17 March 2022 it stopped.", []),
        ("On 18 March 2022 it stopped.", ["18 March 2022"]),
        ("On 17 March it stopped.", []),
        ("On 18 March it stopped.", ["18 March"]),
        ("It has flown since 2021.", []),
        ("By May 2020 it flew.", []),
        ("On 3 May 2020 it flew.", ["3 May 2020"]),
        ("It aimed at 2031.", ["2031"]),
        ("In the 2020s it flew.", []),
        ("It may fly.", []),
    ],
)
def test_dates_are_covered_by_more_exact_ones_alone(text, words):
    assert missing(dates_not_in, text) == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("It said “we stop here”.", []),
        ("It said “We stop … now.”", []),
        ('It said "We stop here, and now".', []),
        ("It said “we stopped here”.", ["“we stopped here”"]),
        ("It stopped.", []),
    ],
)
def test_quoted_words(text, words):
    assert missing(quoted_not_in, text) == words


def test_block_quotation_is_quoted_whole():
    assert missing(quoted_not_in, "We stop here, and now.", whole=True) == []
    assert missing(quoted_not_in, "We go on.", whole=True) == ["We go on."]


def test_names_go_by_any_alias():
    names = {1: ("ESA", "European Space Agency"), 2: ("NASA",), 3: ("JAXA",)}
    said = Said(("The European Space Agency agreed.",), (), frozenset({3}))

    found = names_not_in("ESA, NASA and JAXA agreed; ESAs did not.", said, names)

    assert found == {2: [(5, 9)]}
