"""Sentences read for who says so, whose idea it is, what is doubted, and when it plays."""

import pytest

from curation import tenses, wording
from curation.presence import any_of


def found(reading, text, *asked):
    return [text[place.start : place.end] for place in reading(text, *asked)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("According to ESA, the rover flies.", "According to ESA"),
        ("The rover flies, ESA said on Monday.", "ESA said"),
        ("The mission will cost more, said ESA.", "said ESA"),
        ("The rover flies, Orbital Ledger reported in June 2025.", "Orbital Ledger reported"),
        ("If that holds, Orbital Ledger reports, it lands in 2030.", "Orbital Ledger reports"),
        ("By the accounts of ESA and JAXA, it passes.", "By the accounts of ESA and JAXA"),
        ("In NASA's view the plan holds.", "In NASA's view"),
        ("It may arrive by 2035, by the forecast of NASA.", "by the forecast of NASA"),
        ("The rover is late, the agency said.", "the agency said"),
        ("It was confirmed by Roscosmos.", "confirmed by Roscosmos"),
        ("ESA told Orbital Ledger that it was late.", "ESA told"),
        (
            "Two live there, according to people who spoke to Meridian Desk.",
            "according to people who spoke to Meridian Desk",
        ),
        (
            "Orbital Ledger, which has read the memorandum, says that it gives none.",
            "Orbital Ledger, which has read the memorandum, says",
        ),
    ],
)
def test_attribution_is_found_with_its_name(text, words):
    assert found(wording.attributes, text) == [words]


@pytest.mark.parametrize(
    "text",
    [
        "ESA and NASA agreed.",
        "The rover will reportedly fly in 2028.",
        "It is reported that the rover flies.",
        "The launch was reported to be late.",
        "Experts say that the rover may fly.",
        "Officials said on Monday that it flies.",
        "In March they said that it flies.",
        "ESA signed two reports.",
        "They say so.",
    ],
)
def test_nobody_who_is_named_says_so(text):
    assert found(wording.attributes, text) == []


def test_names_that_are_known_count_without_capitals():
    names = any_of(("eSpace News",))

    assert found(wording.attributes, "The eSpace News says so.", names) == ["eSpace News says"]


@pytest.mark.parametrize(
    ("text", "names", "unknown"),
    [
        ("An undated page of Noticeboard reports it; who said so is unknown.", True, True),
        ("Noticeboard reports it.", True, False),
        ("A report in Noticeboard, which names no source, has it.", True, True),
        ("Nobody has confirmed it.", False, True),
        ("The rover may reportedly fly.", False, False),
    ],
)
def test_report_and_what_is_unknown_about_it(text, names, unknown):
    assert bool(wording.names_the_report(text)) is names
    assert bool(wording.says_what_is_unknown(text)) is unknown


@pytest.mark.parametrize(
    "text",
    [
        "Tomorrow's Annex, a blog of scenarios, imagines a network.",
        "The return is a settlement of the past, which is their opinion.",
        "Bold Frontiers forecasts that the alliance ends it.",
        "The blog invents a scene for 2041.",
        "In its scenario any flag may use the depots.",
        "Its unnamed author expects ESA to join.",
        "That is a prediction of the essayist Ann Lee.",
        "It is NASA's hope that samples return.",
    ],
)
def test_idea_is_somebodys(text):
    assert wording.as_somebodys(text)


@pytest.mark.parametrize(
    "text",
    [
        "ESA may join.",
        "It is believed that ESA joins.",
        "Experts expect ESA to join.",
        "ESA could perhaps join one day.",
        "Orbital Ledger reports that ESA joins.",
    ],
)
def test_hedge_alone_is_nobodys_idea(text):
    assert wording.as_somebodys(text) == []


@pytest.mark.parametrize(
    ("text", "doubts"),
    [
        ("The date is doubtful, as it rests on a page graded D.", True),
        ("NASA denied it.", True),
        ("The person cannot be traced.", True),
        ("The rover flies before 2030.", False),
        ("The rover may fly before 2030.", False),
    ],
)
def test_doubt(text, doubts):
    assert bool(wording.about_the_doubt(text)) is doubts


@pytest.mark.parametrize(
    ("text", "whose"),
    [
        ("ESA plans to launch it in 2028.", True),
        ("NASA is to deliver the rover.", True),
        ("It plans to land there.", True),
        ("The two agencies aim at 2031.", True),
        ("The decision was due from the Member States of ESA.", True),
        ("According to ESA, launch is in 2028.", True),
        ("The launch is planned for 2028.", False),
        ("The rover will land in 2030.", False),
    ],
)
def test_whose_plan(text, whose):
    assert bool(wording.whose_plan(text)) is whose


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The mission was to leave in 2022.", ["was", "2022"]),
        ("In 2019 JAXA aimed at 2029.", ["2019", "aimed", "2029"]),
        ("The launch was planned for May 2022; ESA now plans 2028.", ["was", "May 2022", "2028"]),
        ("ESA said in 2020 that it will fly in 2022.", ["said", "2020", "2022"]),
        ("ESA plans to launch in 2022.", []),
        ("The launch is planned for 2022.", []),
        ("The rover will fly in 2022, as was agreed.", []),
        ("The launch was planned.", []),
        ("The rover flies in 2022.", []),
    ],
)
def test_past_with_its_date(text, words):
    assert found(tenses.past_with_date, text) == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("It may possibly fly.", ["may", "possibly"]),
        ("It may fly.", []),
        ("Up to 30 people may fly.", []),
        ("Reportedly it could fly.", ["Reportedly", "could"]),
        ("The launch in May may slip.", []),
    ],
)
def test_more_than_one_hedge(text, words):
    assert found(tenses.over_hedges, text) == words


@pytest.mark.parametrize(
    ("heading", "label"),
    [
        ("What is agreed", True),
        ("How it ended", True),
        ("The vehicle", True),
        ("The rover was cancelled", False),
        ("ESA leaves the mission", False),
    ],
)
def test_heading_that_tells_nothing(heading, label):
    assert tenses.is_a_label(heading) is label


def test_readings_of_long_and_odd_words_end():
    odd = ["", " ", "“", "A" * 50_000, "ESA said " * 10_000, "A b " * 20_000, "the " * 20_000]

    for text in odd:
        for reading in (wording.attributes, wording.as_somebodys, wording.whose_plan):
            assert isinstance(reading(text), list)
