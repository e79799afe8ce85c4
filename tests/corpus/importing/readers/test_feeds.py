"""Feeds: each entry is a document, read while the feed passes by."""

from datetime import UTC, datetime

import pytest
from django.utils import feedgenerator

from corpus.importing import dating
from corpus.importing.limits import Bounds
from corpus.importing.readers import feeds

KINDS = [
    feedgenerator.Atom1Feed,
    feedgenerator.Rss201rev2Feed,
    feedgenerator.RssUserland091Feed,
]


def feed(kind, entries=2, encoding="utf-8"):
    made = kind("Perigee Wire", "https://perigee.example/", "News", language="en")
    for n in range(1, entries + 1):
        made.add_item(
            f"One & {n}",
            f"https://perigee.example/{n}",
            f"<p>ESA &amp; NASA <b>agreed</b> on {n}.</p>",
            author_name="A. Writer",
            author_email="writer@perigee.example",
            pubdate=datetime(2024, 5, n % 28 + 1, 10, tzinfo=UTC),
            unique_id=f"tag:{n}",
        )
    return made.writeString(encoding).encode(encoding)


@pytest.mark.parametrize("kind", KINDS)
def test_entry_is_a_document_with_all_that_it_says(kind, reading):
    one, two = reading("a.xml", feed(kind))
    assert (one.name, two.name) == ("a.xml#1", "a.xml#2")
    assert (one.text, one.text_type) == ("<p>ESA &amp; NASA <b>agreed</b> on 1.</p>", "text/html")
    assert (one.title, one.address) == ("One & 1", "https://perigee.example/1")
    assert (one.source_name, one.bases["source_name"]) == ("Perigee Wire", "title of the feed")
    assert one.language == "en"
    assert one.remarks == (feeds.SUMMARY,)
    if kind is not feedgenerator.RssUserland091Feed:
        assert dating.as_given(one.published) == "2024-05-02"
        assert "A. Writer" in one.author
        assert one.bases["published"] in ("published", "pubDate")


@pytest.mark.parametrize("kind", KINDS)
def test_bytes_of_an_entry_are_its_own(kind, reading):
    whole = feed(kind, entries=500)
    found = reading("a.xml", whole)
    mark = b"entry>" if kind is feedgenerator.Atom1Feed else b"item>"
    assert b"".join(record.raw for record in found) in whole
    assert all(record.raw.endswith(b"</" + mark) for record in found)
    assert len(found) == 500


@pytest.mark.parametrize("kind", KINDS)
def test_every_cut_is_told_and_what_came_before_is_read(kind, reading):
    whole = feed(kind, entries=3)
    entries = reading("a.xml", whole)
    ends = [whole.index(entry.raw) + len(entry.raw) for entry in entries]
    for end in range(ends[0] - 200, len(whole) - 1, 11):
        *before, last = reading("a.xml", whole[:end])
        assert "breaks off" in last.error
        assert last.raw == whole[:end]
        assert [each.raw for each in before] == [
            entry.raw for entry, its_end in zip(entries, ends, strict=True) if its_end <= end
        ]


def test_full_text_goes_before_the_summary(reading):
    raw = b"""<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
      xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/">
      <channel><title>Perigee</title><item><media:title>Picture</media:title><title>One</title>
      <media:description>A picture.</media:description><description>Short.</description>
      <content:encoded><![CDATA[<p>The whole.</p>]]></content:encoded>
      <dc:creator>A. Writer</dc:creator><dc:date>2024-05-02</dc:date>
      <guid isPermaLink="true">https://perigee.example/1</guid>
      <source url="https://other.example/feed">Other Wire</source></item></channel></rss>"""
    (record,) = reading("a.rss", raw)
    assert (record.text, record.bases["text"]) == ("<p>The whole.</p>", "encoded")
    assert (record.title, record.author) == ("One", "A. Writer")
    assert (record.address, record.published) == ("https://perigee.example/1", "2024-05-02")
    assert (record.source_name, record.remarks) == ("Other Wire", ())


def test_words_in_xhtml_keep_their_elements(reading):
    raw = b"""<feed xmlns="http://www.w3.org/2005/Atom"><entry>
      <title type="html">A &lt;i&gt;B&lt;/i&gt;</title><link rel="self" href="https://perigee.example/1.xml"/>
      <link href="https://perigee.example/1"/><content type="xhtml">
      <div xmlns="http://www.w3.org/1999/xhtml"><p>One<br/>two.</p></div></content></entry></feed>"""
    (record,) = reading("a.atom", raw)
    assert record.text.strip() == "<div><p>One<br>two.</p></div>"
    assert (record.title, record.text_type) == ("A B", "text/html")
    assert record.address == "https://perigee.example/1"


def test_rss_of_the_first_kind_is_read(reading):
    raw = b"""<?xml version="1.0"?>
      <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">
      <channel><title>Perigee</title></channel>
      <item rdf:about="https://perigee.example/1"><title>One</title><description>Plain.</description>
      </item></rdf:RDF>"""
    (record,) = reading("a.rdf", raw)
    assert (record.address, record.text) == ("https://perigee.example/1", "Plain.")
    assert (record.source_name, record.text_type) == ("Perigee", "text/plain")


def test_feed_in_utf16_is_read(reading):
    raw = feed(feedgenerator.Atom1Feed).decode().replace('encoding="utf-8"', 'encoding="utf-16"')
    found = reading("a.atom", raw.encode("utf-16"))
    assert [record.title for record in found] == ["One & 1", "One & 2"]


@pytest.mark.parametrize("encoding", ["shift_jis", "stf-8"])
def test_feed_in_an_encoding_that_is_not_read_is_told(encoding, reading):
    raw = feed(feedgenerator.Atom1Feed).replace(b"utf-8", encoding.encode())
    (record,) = reading("a.atom", raw)
    assert "Its encoding is not read here" in record.error


def test_entry_without_words_is_told(reading):
    raw = b"<rss><channel><item><title>One</title></item></channel></rss>"
    (record,) = reading("a.rss", raw)
    assert record.error == "This entry holds no words, only a title or less."
    assert b"<feed>\n<item><title>One</title></item>\n</feed>" in record.raw


@pytest.mark.parametrize(
    "entity",
    [
        b'<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">',
        b'<!ENTITY b SYSTEM "file:///etc/passwd">',
        b'<!ENTITY % b SYSTEM "https://elsewhere.example/x.dtd"> %b;',
    ],
)
def test_entities_of_its_own_are_refused(entity, reading):
    raw = (
        b"<!DOCTYPE rss ["
        + entity
        + b"]><rss><channel><item><title>&b;</title></item></channel></rss>"
    )
    (record,) = reading("a.rss", raw)
    assert record.error.startswith("It defines entities of its own")


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"<rss><channel><item></channel></rss>", "The feed is damaged in line 1"),
        (b"<rss><channel>&nbsp;</channel></rss>", "The feed is damaged in line 1"),
        (b"<rss>" + b"<a>" * 200 + b"</a>" * 200 + b"</rss>", "more than 100 deep"),
        (b"<opml><body/></opml>", "It holds no document."),
        (b"no markup at all", "The feed is damaged in line 1"),
    ],
)
def test_what_is_no_feed_is_told(raw, reason, reading):
    (record,) = reading("a.xml", raw)
    assert reason in record.error


@pytest.mark.parametrize("around", [b"%s", b"<![CDATA[%s]]>", b"<a b='%s'/>", b"<!--%s-->"])
def test_entry_longer_than_agreed_ends_the_reading(around, reading):
    long = around.replace(b"%s", b"x" * 500_000)
    raw = b"<rss><channel><item><description>One.</description></item><item><description>" + long
    found = reading(
        "a.rss", raw + b"</description></item></channel></rss>", bounds=Bounds(row=200_000)
    )
    assert found[0].text == "One."
    assert "Entry 2 is longer than 0.2 MB" in found[1].error
