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
