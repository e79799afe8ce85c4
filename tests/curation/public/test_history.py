"""The history of a page: its editions, and two of them compared."""

import pytest

from curation.models import Address
from tests.factories import (
    make_content,
    make_entity,
    make_notice,
    make_page,
    make_told,
    make_withdrawn,
    republish,
    told_party,
)


@pytest.fixture
def rover(db):
    """Three editions: the second says and rests on something else, the third is as the second."""
    esa, claim = make_entity("ESA", slug="esa"), make_told(words="They fly in 2022.")
    gone = make_told(words="Roscosmos left.")
    before = make_content(
        claims=[claim, gone],
        text=["They plan to fly in 2022.", "Roscosmos left."],
        parties=[told_party(esa, claim)],
    )
    graded = [document | {"grade": "E"} for document in claim["documents"]]
    weaker = claim | {"standing": "doubtful", "documents": graded}
    after = make_content(
        claims=[weaker],
        text=["They plan to fly in 2028."],
        parties=[told_party(esa, claim, since="2024")],
        state="suspended",
    )
    page = make_page(before, slug="rover")
    republish(page, after, kind="correction", note="Corrected: the year.")
    return republish(page, after, kind="clarification", note="Clarified: “soon”.")


def told(client, query=""):
    return client.get(f"/partnerships/rover/history/{query}").content.decode()


def test_every_edition_is_listed_and_leads_to_what_it_changed(client, rover):
    make_notice(rover, "It is doubtful now.", sentence=3)

    html = told(client)

    for n in (1, 2, 3):
        assert f'<a href="/partnerships/rover/v/{n}/">Edition {n}</a>' in html
    assert 'href="/partnerships/rover/history/?from=1&amp;to=2"' in html
    assert html.count("compared with edition") == 2
    assert "It is doubtful now." in html
    for address in ("/partnerships/rover/", "/corrections/"):
        assert "/partnerships/rover/history/" in client.get(address).content.decode()


def test_two_editions_are_compared_by_sentence_and_by_evidence(client, rover):
    html = told(client, "?from=1&to=3")

    assert "<del>2022.</del>" in html
    assert "<ins>2028.</ins>" in html
    assert "Left out" in html
    assert "<del>Roscosmos left.</del>" in html
    assert "no longer told" in html
    assert "Grade of its source: was B, is E." in html
    assert '<span class="sign-word"> doubtful</span>' in html
    assert "ESA as partner, from 2024" in html
    assert "Since: was not told, is 2024." in html
    assert "and is told to be <strong>suspended</strong>" in html


def test_outcome_that_another_claim_tells_is_compared(client, db):
    claim = make_told(words="They fly in 2022.", told_as="plan", currency="did not happen")
    outcomes = {"by": 7, "reason": ""}, {"by": 9, "reason": "ESA said so."}
    one, other = (make_content(claims=[claim | {"outcome": each}]) for each in outcomes)
    republish(make_page(one, slug="rover"), other)

    page = client.get("/partnerships/rover/history/?from=1&to=2").content.decode()
    assert "The claim that tells its outcome: was c7, is c9." in page
    assert "How the desk knows its outcome: was not told, is ESA said so." in page


def test_editions_that_tell_the_same_are_said_to(client, rover):
    assert "Both tell the same" in told(client, "?from=2&to=3")
    left_out = rover.edition.content | {"left_out": ["NASA is left out."]}
    finding = {"id": 1, "key": "f1", "result": "No record was found."}
    republish(rover, left_out)
    republish(rover, left_out | {"findings": [finding]})
    assert "what differs stands under them" in told(client, "?from=3&to=4")
    assert "No record was found." in told(client, "?from=4&to=5")


@pytest.mark.parametrize(
    "query",
    [
        *("?from=1", "?to=2", "?from=0&to=1", "?from=x&to=2", "?from=1&to=%C2%B2", "?from=2&to=2"),
        *(f"?from=1&to={'9' * 4000}", "?from=-1&to=2", "?from=1&to=01", "?from=1&to=2%0A"),
    ],
)
def test_nonsense_is_told_in_a_sentence(client, rover, query):
    response = client.get(f"/partnerships/rover/history/{query}")

    assert response.status_code == 400
    assert b'role="alert"' in response.content


def test_edition_that_never_was_is_not_found(client, rover):
    for query in ("?from=1&to=4", "?from=998&to=999999999"):
        assert client.get(f"/partnerships/rover/history/{query}").status_code == 404
    assert client.get("/partnerships/nowhere/history/").status_code == 404


def test_turned_round_or_old_addresses_lead_to_the_one_address(client, rover):
    Address.objects.create(kind="partnership", slug="old", page=rover)

    for asked in ("rover/history/?from=3&to=1", "old/history/?from=1&to=3"):
        response = client.get(f"/partnerships/{asked}")
        assert response.status_code == 302
        assert response["Location"] == "/partnerships/rover/history/?from=1&to=3"
    assert client.get("/partnerships/old/history/")["Location"] == "/partnerships/rover/history/"


def test_what_was_published_in_error_is_in_no_history(client, rover):
    make_withdrawn(rover, "Another rover.", status="gone")
    for query in ("", "?from=1&to=2"):
        assert client.get(f"/partnerships/rover/history/{query}").status_code == 410

    republish(rover, kind="reinstatement", note="Mended.")
    html = told(client)
    assert "/partnerships/rover/v/4/" in html
    assert "/partnerships/rover/v/3/" not in html
    assert client.get("/partnerships/rover/history/?from=3&to=4").status_code == 410


def test_withdrawn_page_keeps_its_history(client, rover):
    make_withdrawn(rover, "It rested on one letter.")

    assert "It rested on one letter." in told(client)
    assert "<ins>2028.</ins>" in told(client, "?from=1&to=2")


def test_who_has_the_comparison_already_is_told_so(client, rover):
    address = "/partnerships/rover/history/?from=1&to=2"
    etag = client.get(address)["ETag"]

    assert client.get(address, headers={"if-none-match": etag}).status_code == 304
    other = client.get("/partnerships/rover/history/?from=1&to=3", headers={"if-none-match": etag})
    assert other.status_code == 200
