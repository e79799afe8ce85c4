"""The feeds of pages and of corrections, and the tombstones in them."""

from datetime import timedelta
from xml.etree import ElementTree

from tests.factories import (
    NOON,
    make_content,
    make_notice,
    make_page,
    make_sentence,
    make_withdrawn,
    republish,
)

ATOM = "{http://www.w3.org/2005/Atom}"
GONE = "{http://purl.org/atompub/tombstones/1.0}deleted-entry"
WHY = "{http://purl.org/atompub/tombstones/1.0}comment"
DAY = timedelta(days=1)


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


def feed_at(client, address):
    return ElementTree.fromstring(client.get(address).content)


def tombstones(client, address):
    """[(id, moment, reason)] of what a feed says is no longer there."""
    return [
        (each.get("ref"), each.get("when"), each.findtext(WHY))
        for each in feed_at(client, address).findall(GONE)
    ]


def corrected(client):
    """{title: words} of the feed of corrections, in order."""
    return {
        entry.findtext(f"{ATOM}title"): entry.findtext(f"{ATOM}summary")
        for entry in feed_at(client, "/corrections.atom").findall(f"{ATOM}entry")
    }


def test_withdrawn_page_leaves_a_tombstone_until_it_is_back(client, db):
    page = make_page(slug="rover")
    own = first_id(client)
    make_withdrawn(page, "It rested on \x0b one letter.", opened_at=NOON + DAY)

    told = tombstones(client, "/feed.atom")
    assert told == [(own, "2026-03-02T12:00:00+00:00", "It rested on  one letter.")]
    assert feed_at(client, "/feed.atom").findtext(f"{ATOM}updated") == told[0][1]
    assert not entries(client)

    republish(page, kind="reinstatement", note="Mended.")
    assert tombstones(client, "/feed.atom") == []
    assert first_id(client) == own


def test_what_was_published_in_error_leaves_tombstones_without_its_words(client, db):
    page = make_page(make_content("Secret"), slug="rover")
    republish(page, kind="correction", note="Another year.")
    (entry,) = feed_at(client, "/corrections.atom").findall(f"{ATOM}entry")
    make_withdrawn(page, "Another rover.", status="gone", opened_at=NOON + DAY)

    at = "2026-03-02T12:00:00+00:00"
    assert [each[1:] for each in tombstones(client, "/feed.atom")] == [(at, "Another rover.")]
    assert tombstones(client, "/corrections.atom") == [
        (entry.findtext(f"{ATOM}id"), at, "Another rover.")
    ]
    for address in ("/feed.atom", "/corrections.atom"):
        assert b"Secret" not in client.get(address).content
        assert b"Another year." not in client.get(address).content
    for address in ("/partnerships/rover/", "/partnerships/rover/v/1/", "/partnerships/rover/v/2/"):
        assert client.get(address).status_code == 410


def test_feed_of_corrections_tells_what_happened_but_no_first_edition(client, db):
    page = make_page(make_content("Rover"))
    make_notice(page, "It was reported, and is doubtful now.", sentence=3, closed_at=NOON + 2 * DAY)
    republish(page, kind="correction", note="The year \x1f.", published_at=NOON + 2 * DAY)
    make_notice(page, "It is disputed now.", opened_at=NOON + 3 * DAY)

    assert corrected(client) == {
        "Evidence moved: Rover, edition 2": "It is disputed now.",
        "Notice closed: Rover, edition 1, sentence 3": (
            "Edition 2 took the place of what it was about."
        ),
        "Correction: Rover, edition 2": "The year .",
        "Evidence moved: Rover, edition 1, sentence 3": "It was reported, and is doubtful now.",
    }
    ids = [each.text for each in feed_at(client, "/corrections.atom").iter(f"{ATOM}id")]
    assert len(set(ids)) == 5


def test_who_has_the_corrections_already_is_told_so(client, db):
    page = make_page()
    notice = make_notice(page, "It is doubtful now.")
    etag = client.get("/corrections.atom")["ETag"]
    assert client.get("/corrections.atom", headers={"if-none-match": etag}).status_code == 304

    notice.closed_at = NOON + DAY
    notice.save()
    assert client.get("/corrections.atom", headers={"if-none-match": etag}).status_code == 200
