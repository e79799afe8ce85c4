"""The sitemap, robots.txt and the health check."""

from xml.etree import ElementTree

from django.db import DatabaseError, connection

from tests.factories import make_content, make_entity, make_page, make_told, told_party

MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


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
