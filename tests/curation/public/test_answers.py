"""What each public address answers, and that it answers alike for everybody."""

from datetime import timedelta

import pytest
from django.db.models import F

from corpus.models import Entity
from curation import labels, publishing
from curation.models import Address, Edition, Page
from tests.factories import (
    NOON,
    make_content,
    make_decision,
    make_entity,
    make_notice,
    make_page,
    make_told,
    make_user,
    make_withdrawn,
    republish,
    told_party,
)

ADDRESSES = [
    "/",
    "/partnerships/",
    "/partnerships/rover/",
    "/partnerships/rover/v/1/",
    "/partnerships/rover/history/",
    "/documents/{document}/",
    "/entities/esa/",
    "/corrections/",
    "/method/",
    "/corrections.atom",
    "/feed.atom",
    "/sitemap.xml",
    "/robots.txt",
    "/healthz",
]


@pytest.fixture
def rover(db):
    """A page on the rover, with ESA as a party."""
    claim = make_told()
    esa = make_entity("ESA", slug="esa")
    return make_page(make_content(claims=[claim], parties=[told_party(esa, claim)]), slug="rover")


def at(address, page):
    return address.format(document=page.edition.content["documents"][0]["id"])


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_address_answers(client, rover, address):
    assert client.get(at(address, rover)).status_code == 200


@pytest.mark.parametrize("address", ADDRESSES)
def test_head_answers_without_a_body(client, rover, address):
    response = client.head(at(address, rover))

    assert response.status_code == 200
    assert response.content == b""
    assert response["Content-Length"] == client.get(at(address, rover))["Content-Length"]


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "trace", "options"])
@pytest.mark.parametrize("address", ADDRESSES)
def test_nothing_but_reading_is_allowed(client, rover, address, method):
    assert getattr(client, method)(at(address, rover)).status_code == 405


@pytest.mark.parametrize("address", ADDRESSES)
def test_who_asks_makes_no_difference(client, rover, address):
    anonymous = client.get(at(address, rover))
    client.force_login(make_user("publisher"))
    signed_in = client.get(at(address, rover))

    assert signed_in.content == anonymous.content
    for response in (anonymous, signed_in):
        assert "Cookie" not in response.get("Vary", "")
        assert not response.cookies


@pytest.mark.parametrize(
    "address",
    [
        "/partnerships/nowhere/",
        "/partnerships/rover/v/2/",
        "/partnerships/rover/v/0/",
        "/partnerships/rover/v/999999999999999999/",
        "/partnerships/rover/v/99999999999999999999/",
        "/documents/999999999999999999/",
        "/documents/0/",
        "/documents/x/",
        "/entities/nobody/",
        f"/entities/{'a' * 5000}/",
        "/partnerships/r%C3%B6ver/",
        "/nowhere",
    ],
)
def test_what_is_not_there_is_not_found(client, rover, address):
    assert client.get(address).status_code == 404


def test_nul_in_an_address_is_refused(client, rover):
    assert client.get("/partnerships/?q=%00").status_code == 400
    assert client.get("/partnerships/ro%00ver/").status_code == 400


def test_old_address_of_a_renamed_page_redirects(client, rover):
    Address.objects.create(kind="partnership", slug="old-rover", page=rover)

    page = client.get("/partnerships/old-rover/")
    version = client.get("/partnerships/old-rover/v/1/")

    assert (page.status_code, page["Location"]) == (302, "/partnerships/rover/")
    assert (version.status_code, version["Location"]) == (302, "/partnerships/rover/v/1/")


def test_merged_entity_redirects_and_its_pages_are_those_of_the_other(client, rover):
    agency = make_entity("European Space Agency", slug="european-space-agency")
    party = told_party(agency, role="lead")
    other = make_page(make_content("Another page", parties=[party]), slug="other")
    esa = Entity.objects.get(slug="esa")
    publishing.entity_merged(agency, esa)

    response = client.get("/entities/european-space-agency/")
    merged = client.get("/entities/esa/").content.decode()

    assert (response.status_code, response["Location"]) == (302, "/entities/esa/")
    assert "/partnerships/rover/" in merged
    assert f"/partnerships/{other.slug}/" in merged


def test_withdrawn_page_tells_why_in_place_of_its_text(client, rover):
    make_withdrawn(rover, "The agency took it back.")

    response = client.get("/partnerships/rover/")
    html = response.content.decode()

    assert response.status_code == 200
    assert "The agency took it back." in html
    assert "/partnerships/rover/v/1/" in html
    assert "Sentence on claim" not in html


def test_old_editions_of_a_withdrawn_page_can_be_read_and_say_so(client, rover):
    make_withdrawn(rover)

    html = client.get("/partnerships/rover/v/1/").content.decode()

    assert "Sentence on claim" in html
    assert "This page was withdrawn." in html


def test_withdrawn_page_leaves_lists_and_documents(client, rover):
    document = at("/documents/{document}/", rover)
    make_withdrawn(rover)

    for address in ("/", "/partnerships/", "/feed.atom", "/sitemap.xml"):
        assert b"partnerships/rover" not in client.get(address).content
    assert client.get(document).status_code == 404
    assert b"No current page" in client.get("/entities/esa/").content


def test_lists_say_which_page_is_under_review(client, rover):
    addresses = ["/", "/partnerships/", "/entities/esa/"]
    assert not any("Under review" in client.get(each).content.decode() for each in addresses)
    Page.objects.update(status=Page.Status.UNDER_REVIEW, version=F("version") + 1)
    assert all("Under review" in client.get(each).content.decode() for each in addresses)


def test_page_published_in_error_is_gone_with_its_words(client, rover):
    make_withdrawn(rover, "It was about another rover.", status="gone")

    for address in ("/partnerships/rover/", "/partnerships/rover/v/1/"):
        response = client.get(address)
        assert response.status_code == 410
        assert b"It was about another rover." in response.content
        assert rover.edition.title.encode() not in response.content
    for address in ("/entities/esa/", at("/documents/{document}/", rover)):
        assert client.get(address).status_code == 404
    assert rover.edition.title.encode() not in client.get("/corrections/").content


def test_edition_published_in_error_stays_gone_when_the_page_is_back(client, rover):
    make_withdrawn(rover, "It was about another rover.", status="gone")
    republish(rover, make_content("The right rover"), kind="reinstatement", note="Mended.")

    assert client.get("/partnerships/rover/").status_code == 200
    assert client.get("/partnerships/rover/v/2/").status_code == 200
    gone = client.get("/partnerships/rover/v/1/")
    assert gone.status_code == 410
    assert b"It was about another rover." in gone.content
    assert b"/partnerships/rover/v/1/" not in client.get("/partnerships/rover/").content
    assert client.get("/partnerships/rover/v/3/").status_code == 404


def test_old_edition_says_so_and_leads_to_the_current_one(client, rover, settings):
    republish(rover, kind="correction", note="The year was wrong.")

    old = client.get("/partnerships/rover/v/1/").content.decode()
    current = client.get("/partnerships/rover/v/2/").content.decode()

    assert "This is an old edition." in old
    assert '<meta name="robots" content="noindex">' in old
    assert "This is an old edition." not in current
    assert f'rel="canonical" href="{settings.SITE_URL}/partnerships/rover/"' in current


@pytest.mark.parametrize(
    ("kind", "note", "words"),
    [
        ("correction", "The year was wrong.", "corrected it: The year was wrong."),
        ("clarification", "Who signed is said.", "clarified it: Who signed is said."),
        ("update", "", "brought it up to date."),
    ],
)
def test_old_edition_says_what_the_one_after_it_did(client, rover, kind, note, words):
    republish(rover, kind=kind, note=note)
    republish(rover, kind="update", note="Something else.")

    html = client.get("/partnerships/rover/v/1/").content.decode()

    notice = html[html.index("This is an old edition.") : html.index("Read the current edition")]
    assert f'<a href="/partnerships/rover/v/2/">Edition 2</a> {words}' in notice
    assert "Something else." not in notice


def test_every_kind_of_edition_but_the_first_did_something():
    assert set(labels.DID) == set(Edition.Kind.values) - {"first"}


def test_corrections_tell_everything_but_first_editions(client, rover):
    republish(rover, kind="correction", note="The year was wrong.")
    republish(rover, kind="clarification", note="“Soon” was unclear.")
    make_withdrawn(make_page(title="Withdrawn page"), "It no longer stands.")

    html = client.get("/corrections/").content.decode()

    for words in ("The year was wrong.", "“Soon” was unclear.", "It no longer stands."):
        assert words in html
    assert "edition 1" not in html


@pytest.mark.parametrize(
    ("again", "words"),
    [(False, "What it was about stands again"), (True, "is told anew")],
    ids=["stands again", "told anew"],
)
def test_corrections_tell_notices_of_evidence_and_what_closed_them(client, rover, again, words):
    at = NOON + timedelta(days=1)
    make_notice(rover, "It is doubtful now.", sentence=3, closed_at=at)
    if again:
        make_notice(rover, "That is told anew.", sentence=3, opened_at=at)
    make_notice(rover, "A party is disputed now.")

    html = client.get("/corrections/").content.decode()

    assert words in html
    assert '<a href="/partnerships/rover/v/1/#s3">' in html
    assert html.count("Notice closed") == (0 if again else 1)
    assert html.count(", closed on") == 1
    assert html.count("</time>, open") == 1 + again


def test_notice_stands_at_its_sentence_of_the_current_edition_alone(client, rover):
    make_notice(rover, "It is doubtful now.", sentence=3)
    make_notice(rover, "A party is disputed now.")
    make_notice(rover, "It was closed.", sentence=3, closed_at=NOON)

    html = client.get("/partnerships/rover/").content.decode()
    above, text = html.split('<div class="text">')

    assert "A party is disputed now." in above
    assert '<a href="#s3">sentence 3</a>' in above
    assert "It is doubtful now." in text
    assert "It is doubtful now." not in above
    assert "It was closed." not in html
    assert b"It is doubtful now." in client.get("/partnerships/rover/v/1/").content
    republish(rover)
    assert b"It is doubtful now." not in client.get("/partnerships/rover/v/1/").content


def test_corrections_show_the_head_of_the_ledger_as_of_the_last_public_act(client, rover):
    def shown():
        return client.get("/corrections/").content.decode()

    first = rover.edition.decision
    make_decision(act="save")  # of a draft: nobody's business yet
    assert f"{first.seq}:{first.hash}" in shown()

    notice = make_withdrawn(rover)
    assert f"{notice.decision.seq}:{notice.decision.hash}" in shown()


def test_desk_that_published_nothing_shows_no_head(client, db):
    make_decision()
    assert "Head of the ledger" not in client.get("/corrections/").content.decode()


@pytest.mark.parametrize("page", ["0", "-1", "x", "1e3", "99999", "9" * 4000, "²", "2"])
def test_wrong_page_number_is_told_in_a_sentence(client, rover, page):
    for address in ("/partnerships/", "/corrections/"):
        response = client.get(address, {"page": page})
        assert response.status_code == 400
        assert b'role="alert"' in response.content


def test_empty_site_says_so(client, db):
    for address in ("/", "/partnerships/", "/corrections/", "/method/", "/feed.atom"):
        assert client.get(address).status_code == 200
