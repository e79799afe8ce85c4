"""The feed, the sitemap, robots.txt and the health check."""

from datetime import timedelta
from xml.etree import ElementTree

from django.db import DatabaseError, connection

from tests.factories import (
    NOON,
    make_content,
    make_entity,
    make_page,
    make_sentence,
    make_told,
    republish,
    told_party,
)

ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def entries(client):
    response = client.get("/feed.atom")
    assert response["Content-Type"].startswith("application/atom+xml")
    feed = ElementTree.fromstring(response.content)
    return {
        entry.findtext(f"{ATOM}title"): entry.findtext(f"{ATOM}updated")
        for entry in feed.findall(f"{ATOM}entry")
    }


def test_feed_names_the_latest_first(client, db):
    make_page(make_content("Old"))
    make_page(make_content("New"), published_at=NOON + timedelta(days=1))

    assert list(entries(client)) == ["New", "Old"]


def test_updates_and_corrections_move_the_feed_and_clarifications_do_not(client, db):
    page = make_page(make_content("Rover"))
    moved = {}
    for day, kind in enumerate(["clarification", "update", "correction"], 1):
        republish(page, kind=kind, note="Why.", published_at=NOON + timedelta(days=day))
        moved[kind] = entries(client)["Rover"]

    assert moved == {
        "clarification": "2026-03-01T12:00:00+00:00",
        "update": "2026-03-03T12:00:00+00:00",
        "correction": "2026-03-04T12:00:00+00:00",
    }


def test_feed_addresses_come_from_the_setting_never_from_the_host(client, db, settings):
    settings.SITE_URL = "https://desk.example.org"
    settings.ALLOWED_HOSTS = ["*"]
    make_page(slug="rover")

    for address in ("/feed.atom", "/sitemap.xml", "/robots.txt", "/partnerships/rover/"):
        body = client.get(address, headers={"host": "evil.example"}).content.decode()
        assert "evil.example" not in body
        assert "https://desk.example.org/" in body


def test_feed_stays_well_formed_whatever_was_written(client, db):
    unfit = "Rover\x00\x0b\x1f\ufffe\uffff <b>&amp;</b> ]]> \U0001f680"
    content = make_content("x", standfirst=[make_sentence(2, unfit)])
    content["title"] = [make_sentence(1, unfit.replace("\x00", ""))]
    make_page(content)

    assert list(entries(client)) == ["Rover <b>&amp;</b> ]]> \U0001f680"]


def first_id(client):
    feed = ElementTree.fromstring(client.get("/feed.atom").content)
    return feed.findtext(f"{ATOM}entry/{ATOM}id")


def test_entry_keeps_its_id_when_its_address_changes(client, db):
    page = make_page(slug="rover")
    before = first_id(client)
    page.slug = "renamed"
    page.save()

    assert first_id(client) == before
    assert before.startswith("urn:uuid:")


def test_sitemap_names_what_can_be_read(client, db, settings):
    claim = make_told()
    esa = make_entity("ESA", slug="esa")
    make_page(make_content(claims=[claim], parties=[told_party(esa, claim)]), slug="rover")
    make_page(slug="withdrawn", status="withdrawn")

    sitemap = ElementTree.fromstring(client.get("/sitemap.xml").content)

    found = {place.text.removeprefix(settings.SITE_URL) for place in sitemap.iter(f"{MAP}loc")}
    assert found == {
        "/",
        "/partnerships/",
        "/corrections/",
        "/method/",
        "/partnerships/rover/",
        "/entities/esa/",
        f"/documents/{claim['documents'][0]['id']}/",
    }
    for address in found:
        assert client.get(address).status_code == 200


def test_robots_keep_out_of_the_desk(client, settings):
    body = client.get("/robots.txt").content.decode()

    assert "Disallow: /admin/" in body
    assert f"Sitemap: {settings.SITE_URL}/sitemap.xml" in body


def test_health_asks_the_database(client, db):
    assert client.get("/healthz").content == b"ok\n"

    def broken(*args):
        raise DatabaseError("gone")

    with connection.execute_wrapper(broken):
        response = client.get("/healthz")
    assert response.status_code == 503
    assert b"does not answer" in response.content
