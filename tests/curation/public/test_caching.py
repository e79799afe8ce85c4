"""ETags: made of edition and page version, compared after the access rule."""

from datetime import timedelta

import pytest
from django.utils.http import http_date

from tests.factories import NOON, make_content, make_notice, make_page, make_withdrawn, republish


@pytest.fixture
def page(db):
    return make_page(make_content(), slug="rover")


def test_who_has_it_already_is_told_so(client, page):
    for address in ("/partnerships/rover/", "/partnerships/rover/v/1/", "/feed.atom"):
        first = client.get(address)
        again = client.get(address, headers={"if-none-match": first["ETag"]})

        assert (again.status_code, again.content) == (304, b"")
        assert again["ETag"] == first["ETag"]
        assert again["Cache-Control"] == first["Cache-Control"] == "no-cache"


def test_last_modified_is_when_readers_were_told(client, page):
    response = client.get("/partnerships/rover/")

    assert response["Last-Modified"] == http_date(NOON.timestamp())
    since = {"if-modified-since": http_date(NOON.timestamp())}
    assert client.get("/partnerships/rover/", headers=since).status_code == 304


@pytest.mark.parametrize("address", ["/partnerships/rover/", "/partnerships/rover/v/1/"])
def test_etag_changes_with_the_version_though_the_edition_stands(client, page, address):
    before = client.get(address)["ETag"]
    make_withdrawn(page, opened_at=NOON + timedelta(days=1))
    after = client.get(address, headers={"if-none-match": before})

    assert after.status_code == 200
    assert after["ETag"] != before
    assert after["Last-Modified"] == http_date((NOON + timedelta(days=1)).timestamp())


def test_etag_changes_with_the_edition(client, page):
    before = {
        address: client.get(address)["ETag"]
        for address in ("/partnerships/rover/", "/partnerships/rover/v/1/", "/feed.atom")
    }
    republish(page, kind="clarification", note="“Soon” was unclear.")

    for address, etag in before.items():
        assert client.get(address, headers={"if-none-match": etag}).status_code == 200


def test_etag_is_no_key_to_what_is_gone(client, page):
    etag = client.get("/partnerships/rover/")["ETag"]
    make_withdrawn(page, status="gone")

    for condition in (etag, "*"):
        response = client.get("/partnerships/rover/", headers={"if-none-match": condition})
        assert response.status_code == 410
    assert client.get("/partnerships/no/", headers={"if-none-match": "*"}).status_code == 404


def test_etag_changes_with_a_document_page(client, page):
    address = f"/documents/{page.edition.content['documents'][0]['id']}/"
    before = client.get(address)["ETag"]
    republish(page)

    assert client.get(address, headers={"if-none-match": before}).status_code == 200


def test_withdrawal_is_news_to_feed_and_documents_by_date_alone(client, db):
    """Of two pages, the one told last is withdrawn: what is left looks older, and is not."""
    content = make_content()
    make_page(content, slug="old")
    new = make_page(content, slug="new", published_at=NOON + timedelta(days=1))
    addresses = ["/feed.atom", f"/documents/{content['documents'][0]['id']}/"]
    before = {address: client.get(address)["Last-Modified"] for address in addresses}
    make_withdrawn(new, opened_at=NOON + timedelta(days=2))

    for address, since in before.items():
        response = client.get(address, headers={"if-modified-since": since})
        assert response.status_code == 200
        assert b"partnerships/new" not in response.content


def test_date_of_a_withdrawn_page_is_that_of_its_notice(client, page):
    since = client.get("/partnerships/rover/")["Last-Modified"]
    make_withdrawn(page, opened_at=NOON + timedelta(days=1))

    response = client.get("/partnerships/rover/", headers={"if-modified-since": since})

    assert response.status_code == 200


def test_closed_notice_is_news_by_date_alone(client, page):
    """What readers were told is over is told to whoever asks only for what changed since."""
    notice = make_notice(page)
    document = f"/documents/{page.edition.content['documents'][0]['id']}/"
    addresses = ["/partnerships/rover/", "/partnerships/rover/v/1/", "/feed.atom", document]
    before = {address: client.get(address)["Last-Modified"] for address in addresses}
    notice.closed_at = NOON + timedelta(days=1)
    notice.save()

    for address, since in before.items():
        response = client.get(address, headers={"if-modified-since": since})
        assert response.status_code == 200, address
