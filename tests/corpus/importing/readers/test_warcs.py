"""Web archives, as warcio writes them: answers that are texts are documents, all else is told."""

import gzip
import io
import zlib
from datetime import UTC, datetime

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from corpus.importing.limits import DOCUMENT

URL = "https://perigee.example/"
PACKED = gzip.compress(b"Words.", mtime=0)
CHUNKED = b"4\r\n<p>W\r\n9\r\nords.</p>\r\n0\r\n\r\n"


def archive(*answers, packed=True):
    """Write answers as (path, body, status, headers) between a warcinfo and a request."""
    written = io.BytesIO()
    writer = WARCWriter(written, gzip=packed)
    writer.write_record(writer.create_warcinfo_record("a.warc", {"software": "test"}))
    for path, body, status, headers in answers:
        http = StatusAndHeaders(status, list(headers.items()), protocol="HTTP/1.1")
        record = writer.create_warc_record(
            URL + path,
            "response",
            payload=io.BytesIO(body),
            http_headers=http,
            warc_headers_dict={"WARC-Date": "2024-05-02T10:00:00Z"},
        )
        writer.write_record(record)
        record.raw_stream.close()
    return written.getvalue()


def page(path, body=b"<p>Words.</p>", status="200 OK", **headers):
    told = {name.replace("_", "-"): value for name, value in headers.items()}
    return (path, body, status, {"Content-Type": "text/html"} | told)


@pytest.mark.parametrize("packed", [True, False])
def test_answer_is_a_document_with_its_address_and_moment(packed, reading):
    raw = archive(page("1", Content_Type="text/html; charset=ISO-8859-1"), page("2"), packed=packed)
    name = "a.warc.gz" if packed else "a.warc"
    one, two = reading(name, raw)
    assert (one.address, two.address) == (f"{URL}1", f"{URL}2")
    assert (one.raw, one.media_type, one.charset) == (b"<p>Words.</p>", "text/html", "ISO-8859-1")
    assert one.collected_at == datetime(2024, 5, 2, 10, tzinfo=UTC)
    assert one.bases["address"] == "WARC-Target-URI"


def test_name_says_at_which_byte_the_record_begins(reading):
    raw = archive(page("1"), page("2"), packed=False)
    for record in reading("a.warc", raw):
        at = int(record.name.removeprefix("a.warc#"))
        assert raw[at:].startswith(b"WARC/1.0\r\n")
        assert record.address.encode() in raw[at : at + 300]


def test_whole_archive_packed_at_once_is_read_too(reading):
    found = reading("a.warc.gz", gzip.compress(archive(page("1"), page("2"), packed=False)))
    assert [record.error for record in found] == ["", ""]


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (PACKED, {"Content_Encoding": "gzip"}),
        (PACKED, {"Content_Encoding": "GZIP, identity"}),
        (zlib.compress(b"Words."), {"Content_Encoding": "deflate"}),
        (zlib.compress(b"Words.")[2:-4], {"Content_Encoding": "deflate"}),
        (b"3\r\nWor\r\n3\r\nds.\r\n0\r\n\r\n", {"Transfer_Encoding": "chunked"}),
        (b"Words.", {"Transfer_Encoding": "chunked"}),
        (
            b"3;name=value\r\nWor\r\n03\r\nds.\r\n0\r\nA: trailer\r\n\r\n",
            {"Transfer_Encoding": "Chunked"},
        ),
        (
            b"1a\r\n" + PACKED + b"\r\n0\r\n\r\n",
            {"Transfer_Encoding": "gzip, chunked"},
        ),
        (PACKED, {"Content_Encoding": "gzip", "Content_Length": "26"}),
        (PACKED + gzip.compress(b"", mtime=0), {"Content_Encoding": "gzip"}),
        (b"Words.", {"Content_Encoding": "gzip", "Content_Length": "26"}),
        (b"Words.", {"Content_Encoding": "br", "Content_Length": "26"}),
        (b"Words.", {"Content_Length": "4"}),
        (b"Words.", {"Content_Length": "as sent"}),
        (b"Words.", {"Content_Encoding": "gzip"}),
        (b"Words.", {"Content_Type": "TEXT/PLAIN"}),
    ],
)
def test_body_is_unwrapped_as_the_server_meant_it(body, headers, reading):
    (record,) = reading("a.warc", archive(page("1", body, **headers), packed=False))
    assert (record.raw, record.error, record.remarks) == (b"Words.", "", ())


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (PACKED[:-9], {"Content_Encoding": "gzip"}),
        (b"Words.", {"Content_Length": "7"}),
        (b"ff\r\nWords.", {"Transfer_Encoding": "chunked"}),
        (b"5\r\n" + PACKED[:5] + b"\r\n", {"Transfer_Encoding": "chunked"}),
    ],
)
def test_body_that_breaks_off_is_told(body, headers, reading):
    (record,) = reading("a.warc", archive(page("1", body, **headers)))
    assert not record.error
    assert "Its body breaks off" in record.remarks[-1]


def test_every_cut_of_a_body_in_chunks_is_told(reading):
    cuts = range(CHUNKED.index(b"\r\n") + 2, CHUNKED.rindex(b"0"))
    answers = [page(str(cut), CHUNKED[:cut], Transfer_Encoding="chunked") for cut in cuts]
    found = reading("a.warc", archive(*answers, packed=False))
    assert len(found) == len(cuts)
    for record in found:
        assert b"<p>Words.</p>".startswith(record.raw), record.raw
        assert [remark[:20] for remark in record.remarks] == ["Its body breaks off:"]


@pytest.mark.parametrize("at", [7, 8, 9, 10, 11, 21, 22, 23])
def test_damage_in_a_body_in_chunks_is_told_and_its_words_are_read(at, reading):
    raw = archive(page("1", CHUNKED, Transfer_Encoding="chunked"), packed=False)
    start = raw.index(CHUNKED)
    (record,) = reading("a.warc", raw[: start + at] + b"*" + raw[start + at + 1 :])
    damage, changed = record.remarks
    assert damage.startswith("Its body is damaged after")
    assert changed == "Its bytes are not those of which the archive keeps the check sum (sha1)."
    assert record.raw.startswith(b"<p>W")
    assert b"ords.</p>" in record.raw


def test_byte_that_changed_since_the_archive_was_written_is_told(reading):
    raw = archive(page("1"), page("2"), packed=False)
    one, two = reading("a.warc", raw.replace(b"Words", b"Wards", 1))
    assert (one.raw, len(one.remarks)) == (b"<p>Wards.</p>", 1)
    assert "check sum (sha1)" in one.remarks[0]
    assert two.remarks == ()


def test_what_is_no_document_is_counted_and_told(reading):
    told = []
    answers = [
        page("1"),
        page("2", status="404 Not Found"),
        page("3", Content_Type="image/png"),
        page("4", Content_Type="image/png"),
    ]
    (record,) = reading("a.warc", archive(*answers), on_passed=told.append)
    assert record.address == f"{URL}1"
    assert told == [
        "a.warc: 4 records are no documents (2 response: image/png, 1 warcinfo, 1 response with "
        "status 404)."
    ]


def test_archive_without_a_document_is_told(reading):
    (record,) = reading("a.warc", archive(page("1", status="301 Moved")))
    assert record.error == "It holds no document."


@pytest.mark.parametrize("kept", [0.2, 0.5, 0.8, 0.97])
@pytest.mark.parametrize("packed", [True, False])
def test_archive_that_breaks_off_is_told_after_what_could_be_read(kept, packed, reading):
    raw = archive(*(page(str(n)) for n in range(40)), packed=packed)
    raw = raw[: int(len(raw) * kept)]
    found = reading("a.warc.gz" if packed else "a.warc", raw)
    last = found.pop()
    assert "breaks off" in last.error
    assert last.raw == raw
    assert [record.address for record in found] == [f"{URL}{n}" for n in range(len(found))]
    assert 40 * kept - 3 < len(found) < 40 * kept + 1


def test_every_cut_is_told_unless_it_lies_between_records(reading):
    raw = archive(page("1"), page("2"), packed=False)
    first = raw.index(b"WARC/1.0", 10)
    begins = (first, raw.index(b"WARC/1.0", first + 1), len(raw))
    for end in range(first, len(raw)):
        last = reading("a.warc", raw[:end])[-1]
        between = any(begin - 3 <= end <= begin for begin in begins)  # of four that end a record
        assert ("break" in last.error) is not between, raw[:end]


def test_damage_is_told_with_its_place(reading):
    raw = archive(page("1"), page("2"), packed=False)
    start = raw.index(b"WARC/1.0", raw.index(b"<p>Words"))
    found = reading("a.warc", raw[:start] + b"XXXX" + raw[start + 4 :])
    assert [record.error for record in found[:-1]] == [""]
    assert f"damaged at byte {start:,}" in found[-1].error
    found = reading("a.warc", raw.replace(b"Content-Length", b"Content-Langth", 1))
    assert "does not say how long it is" in found[-1].error


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (page("1", b"\x0b\x02\x80Words.\x03", Content_Encoding="br"), "as br, which is not read"),
        (page("1", PACKED[:12] + b"*" + PACKED[13:], Content_Encoding="gzip"), "body is damaged"),
        (
            page(
                "1",
                b"1\r\n\x1fx\r\n0\r\n\r\n",
                Content_Encoding="gzip",
                Transfer_Encoding="chunked",
            ),
            "body is damaged after 4 bytes",
        ),
        (
            page("1", zlib.compress(bytes(DOCUMENT + 1)), Content_Encoding="deflate"),
            "more than 6 MB",
        ),
    ],
)
def test_body_that_cannot_be_unwrapped_is_kept_and_the_next_is_read(answer, reason, reading):
    one, two = reading("a.warc", archive(answer, page("2"), packed=False))
    assert reason in one.error
    assert two.error == ""
    (again,) = reading("one.warc", one.raw)
    assert again.error == one.error


def test_answer_larger_than_a_document_is_measured_and_the_next_is_read(reading):
    body = b"x" * (DOCUMENT + 2_000_000)
    one, two = reading("a.warc", archive(page("1", body), page("2"), packed=False))
    assert "This answer has 7.9 MB; a document has at most 6 MB" in one.error
    assert (one.raw, one.address) == (None, f"{URL}1")
    assert one.size > len(body)
    assert two.error == ""


@pytest.mark.parametrize("line", [b"x" * 3_000_000, b"A: b\r\n" * 5000])
def test_head_without_end_does_not_fill_the_memory(line, reading):
    (record,) = reading("a.warc", b"WARC/1.0\r\n" + line)
    assert record.error


@pytest.mark.parametrize(
    "block",
    [
        b"",
        b"\xff\xfe\x00",
        b"HTTP/1.1 200 OK",
        b"nonsense\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n: \r\n\r\n",
    ],
)
def test_nonsense_in_a_record_is_told_or_counted(block, reading):
    head = (
        b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://a.example/\r\n"
        b"Content-Type: application/http\r\nContent-Length: %d\r\n\r\n" % len(block)
    )
    (record,) = reading("a.warc", head + block + b"\r\n\r\n")
    assert record.error
    assert "nobody foresaw" not in record.error


def test_record_without_an_address_is_told(reading):
    head = b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 2\r\n\r\nOK\r\n\r\n"
    (record,) = reading("a.warc", head)
    assert record.error.startswith("This record is damaged")
