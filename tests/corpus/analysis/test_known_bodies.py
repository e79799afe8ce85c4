import json

import pytest

from corpus.analysis.known_bodies import links, read_authority

ENTITIES = [
    {"slug": "esa", "name": "ESA", "kind": "agency", "wikidata": "Q42262", "part_of": ""}
    | {"aliases": ["European Space Agency"]},
    {"slug": "hera", "name": "Hera", "kind": "mission", "aliases": [], "wikidata": ""},
]
NAMES = [
    {"id": "1/SSC", "text": "SSC", "label": "Q618717", "name": "Stennis Space Center"},
    {"id": "2/SSC", "text": "SSC", "label": "Q1", "name": "Swedish Space Corporation"},
]


def linked(text, rows):
    known = read_authority(map(json.dumps, rows))
    return [(text[start:end], wikidata) for start, end, wikidata in links(text, known)]


def test_bodies_with_an_id_are_found_in_either_form_of_the_file():
    text = "The European Space Agency (ESA) launched Hera. Stennis Space Centre watched in space."

    assert linked(text, ENTITIES) == [("European Space Agency", "Q42262"), ("ESA", "Q42262")]
    assert linked(text, NAMES) == [("Stennis Space Centre", "Q618717")]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("SSC tests rockets for space flight to orbit.", []),
        ("Swedish SSC tests rockets for orbit.", [("SSC", "Q1")]),
        ("the Stennis Space Center Museum", []),
    ],
)
def test_what_the_text_leaves_in_doubt_is_left_out(text, found):
    assert linked(text, NAMES) == found


INPE = {"slug": "inpe", "name": "National Institute for Space Research", "wikidata": "Q2"}
IKI = {"slug": "iki", "name": "Space Research Institute", "wikidata": "Q3", "country": "RU"}
LORAL = {"slug": "loral", "name": "Loral (United States)", "wikidata": "Q4"}
LONG = "Institute of Transport, Planning, Roads, Rails, Rivers, Ports, Towns, Farms and Networks"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        # Many common words with capitals are a name; few of them, or without capitals, are not.
        ("The National Institute for Space Research agreed.", INPE["name"]),
        ("The national institute for space research agreed.", ""),
        ("The orbit was found by the Space Research Institute.", IKI["name"]),
        ("The Austrian Space Research Institute found the orbit.", ""),
        ("On Monday Space Research Institute staff found an orbit.", IKI["name"]),
        ("It was built by Loral (United States).", LORAL["name"]),
        ("It was built there (by Loral).", "Loral"),
        (f"It was given to the {LONG} in May.", LONG),
    ],
)
def test_a_full_name_is_found_from_its_first_word_to_its_last_mark(text, found):
    rows = [INPE, IKI, LORAL, {"slug": "long", "name": LONG, "wikidata": "Q5"}]
    assert [name for name, _ in linked(text, rows)] == [found] * bool(found)
