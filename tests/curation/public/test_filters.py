"""The list of partnerships, narrowed."""

from urllib.parse import quote

import pytest

from curation import publishing
from curation.models import Address, Page
from tests.factories import (
    make_content,
    make_entity,
    make_page,
    make_sentence,
    make_told,
    told_party,
)


def found(client, **asked):
    response = client.get("/partnerships/", asked)
    assert response.status_code == 200
    return {entry["page"].slug for entry in response.context["entries"]}


def make_page_of(*standings, slug, **kwargs):
    claims = [make_told(standing) for standing in standings]
    return make_page(make_content(claims=claims, **kwargs), slug=slug)


def test_by_party(client, db):
    esa, jaxa = make_entity("ESA", slug="esa"), make_entity("JAXA", slug="jaxa")
    make_page_of("reported", slug="one", parties=[told_party(esa)])
    make_page_of("reported", slug="two", parties=[told_party(jaxa), told_party(esa)])

    assert found(client, party="esa") == {"one", "two"}
    assert found(client, party="jaxa") == {"two"}


def test_by_party_follows_mergers_both_ways(client, db):
    esa, agency = make_entity("ESA", slug="esa"), make_entity("Agency", slug="agency")
    make_page_of("reported", slug="one", parties=[told_party(esa)])
    make_page_of("reported", slug="two", parties=[told_party(agency)])
    publishing.entity_merged(agency, esa)

    assert found(client, party="esa") == {"one", "two"}
    assert found(client, party="agency") == {"one", "two"}
    parties = client.get("/partnerships/").context["parties"]
    assert [address.slug for address in parties] == ["esa"]


def test_by_programme(client, db):
    exomars = make_entity("ExoMars", slug="exomars", kind="programme")
    make_page_of("reported", slug="one", parties=[told_party(exomars, role="programme")])
    make_page_of("reported", slug="two", parties=[told_party(exomars, role="host")])

    assert found(client, programme="exomars") == {"one"}


def test_by_standing_means_the_standing_of_a_sentence(client, db):
    strong, weak = make_told("on record"), make_told("doubtful")
    content = make_content(claims=[strong, weak])
    content["blocks"][0]["sentences"] = [make_sentence(3, "Both.", weak, strong)]
    make_page(content, slug="both-in-one-sentence")
    make_page_of("on record", "doubtful", slug="each-in-its-own")

    assert found(client, standing="on record") == {"each-in-its-own"}
    assert found(client, standing="doubtful") == {"both-in-one-sentence", "each-in-its-own"}
    assert found(client, standing="disputed") == set()


def test_by_state_and_by_words_of_the_title(client, db):
    make_page(make_content("The rover", state="ended"), slug="one")
    make_page(make_content("The orbiter"), slug="two")

    assert found(client, state="ended") == {"one"}
    assert found(client, q="ORBITER") == {"two"}
    assert found(client, q="100%") == set()


def test_withdrawn_and_gone_are_not_found(client, db):
    make_page(slug="usable")
    make_page(slug="withdrawn", status="withdrawn")
    make_page(slug="gone", status="gone")

    assert found(client) == {"usable"}


def test_empty_values_mean_any(client, db):
    make_page(slug="one")

    assert found(client, party="", standing="", state="", q="", unknown="x") == {"one"}


def test_nothing_found_says_what_to_do(client, db):
    make_page()

    html = client.get("/partnerships/", {"standing": "disputed"}).content.decode()

    assert "No partnership fits." in html
    assert "show all partnerships" in html


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"party": "nobody"}, "No edition here names a party “nobody”."),
        ({"programme": "nobody"}, "No edition here names a party “nobody”."),
        ({"standing": "splendid"}, "There is no standing “splendid”."),
        ({"state": "splendid"}, "There is no state “splendid”."),
        ({"q": "x" * 101}, "Search for at most 100 characters."),
    ],
)
def test_invalid_value_is_an_error_with_a_sentence(client, db, asked, sentence):
    response = client.get("/partnerships/", asked)

    assert response.status_code == 400
    assert sentence in response.content.decode()


HOSTILE = [
    "'; DROP TABLE curation_page; --",
    '"><script>alert(1)</script>',
    "../../etc/passwd",
    "{{ 7*7 }}{% load x %}",
    "\ud800",
    "\x01\x1f\uffff",
    "%" * 99,
    "_" * 99,
    "a" * 100_000,
    "[]",
    "__regex",
    "💥" * 50,
]


@pytest.mark.parametrize("value", HOSTILE)
@pytest.mark.parametrize("name", ["party", "programme", "standing", "state", "q", "page", "x"])
def test_hostile_queries_are_answered_calmly(client, db, name, value):
    make_page()
    query = f"{name}={quote(value, safe='', errors='surrogatepass')}"

    response = client.get("/partnerships/", QUERY_STRING=query)

    assert response.status_code in {200, 400}
    assert b"<script>" not in response.content


def test_lookups_beyond_the_filters_do_nothing(client, db):
    make_page(slug="one")

    asked = {"edition__text__contains": "x", "partnership__name__startswith": "x"}
    assert found(client, **asked) == {"one"}


def test_long_lists_come_in_parts_that_keep_the_question(client, db):
    for _ in range(21):
        make_page(make_content("Rover"))

    first = client.get("/partnerships/", {"q": "rover"})
    second = client.get("/partnerships/", {"q": "rover", "page": "2"})

    assert len(first.context["entries"]) == 20
    assert "?q=rover&amp;page=2" in first.content.decode()
    assert len(second.context["entries"]) == 1


def test_addresses_of_parties_leave_out_who_is_nowhere_named(db):
    make_page(make_content(parties=[told_party(make_entity("ESA", slug="esa"))]))
    make_page(
        make_content(parties=[told_party(make_entity("NASA", slug="nasa"))]), status="withdrawn"
    )

    addresses = Address.objects.of_parties(Page.objects.listed())
    assert [address.slug for address in addresses] == ["esa"]
