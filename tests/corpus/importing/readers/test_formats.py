"""A format is told by the name and checked against the bytes; a difference is told."""

import gzip
import io
import logging
import zipfile

import pytest

from corpus.importing.readers import formats, plain_text, read
from tests.conftest import ROOT

HTML = b"<!DOCTYPE html>\n<html><p>Words.</p>"
XHTML = b'<?xml version="1.0"?>\n<!-- a page --><html xmlns="http://www.w3.org/1999/xhtml"></html>'
FEED = (
    b'\xef\xbb\xbf<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom">'
    b"<entry><content>Words.</content></entry></feed>"
)
WARC = b"WARC/1.0\r\nWARC-Type: warcinfo\r\nContent-Length: 0\r\n\r\n\r\n\r\n"


def zipped():
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        archive.writestr("a.txt", "Words.")
    return written.getvalue()


@pytest.mark.parametrize(
    ("name", "raw", "what", "media_type"),
    [
        ("a.txt", HTML, "an HTML page", "text/html"),
        ("a.csv", XHTML, "an HTML page", "text/html"),
        ("a.xml", XHTML, "an HTML page", "text/html"),
        ("a.txt", FEED, "a feed", "application/xml"),
        ("a.html", gzip.compress(HTML, mtime=0), "a gzip archive", "text/html"),
        ("a.txt", zipped(), "a zip archive", "text/plain"),
    ],
)
def test_bytes_count_where_name_and_bytes_differ(name, raw, what, media_type, reading):
    (record,) = reading(name, raw)
    ending = name[name.rindex(".") :]
    said = f"Its name ends in {ending}, but it is {what}, and was read as that."
    assert record.remarks == (said,)
    assert (record.media_type, record.error) == (media_type, "")


@pytest.mark.parametrize(
    ("name", "raw", "media_type"),
    [
        ("a.html", HTML, "text/html"),
        ("a.htm", b"<p>Words.</p>", "text/html"),
        ("a.HTML", b"Words.", "text/html"),
        ("a.rss", FEED, "application/xml"),
        ("a.txt", b"{not json, WARC/1.0 and <html> in it}", "text/plain"),
        ("a.txt", b"PK is a name, and so is\x1f one.", "text/plain"),
    ],
)
def test_name_counts_where_the_bytes_leave_doubt(name, raw, media_type, reading):
    (record,) = reading(name, raw)
    assert (record.media_type, record.remarks, record.error) == (media_type, (), "")


def test_file_without_an_ending_is_read_where_the_bytes_leave_no_doubt(reading):
    (record,) = reading("index", HTML)
    assert record.media_type == "text/html"
    assert record.remarks == ("Its name has no ending; it is an HTML page, and was read as that.",)
    (record,) = reading("README", b"Words.")
    assert record.error.startswith("A file without an ending is not read here. What is read ends")


@pytest.mark.parametrize("name", ["a.docx", "a.epub", "a.pdf", "a.tar", "a.tgz", "a.bz2"])
def test_file_of_another_format_is_left_alone_whatever_its_bytes(name, reading):
    (record,) = reading(name, zipped())
    assert f"A file ending in {name[1:]} is not read here" in record.error
    assert record.raw == zipped()


@pytest.mark.parametrize("name", [f"a{ending}" for ending in formats.BY_ENDING])
@pytest.mark.parametrize("raw", [b"", b"\x00" * 50, bytes(range(256)) * 9, b"\xff\xfe", b"\n\n"])
def test_nonsense_under_any_name_is_a_record_or_a_reject(name, raw, reading, caplog):
    assert reading(name, raw)
    assert caplog.records == []


def test_failure_that_nobody_foresaw_is_told_and_the_next_file_is_read(
    tmp_path, monkeypatch, caplog
):
    def fail(incoming):
        yield from ()
        raise KeyError("nobody thought of it")

    monkeypatch.setitem(formats.BY_ENDING, ".md", formats.Format("Markdown", (".md",), fail))
    (tmp_path / "a.md").write_bytes(b"A.")
    (tmp_path / "b.txt").write_bytes(b"B.")
    one, two = read([tmp_path])
    assert "for a reason that nobody foresaw (KeyError)" in one.error
    assert (one.raw, two.raw) == (b"A.", b"B.")
    assert caplog.records[0].levelno == logging.ERROR


def test_every_ending_is_documented():
    told = (ROOT / "docs" / "formats.md").read_text(encoding="utf-8")
    assert [ending for ending in formats.BY_ENDING if f"`{ending}`" not in told] == []
    assert formats.BY_ENDING[".txt"].read is plain_text.read
