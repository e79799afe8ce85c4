"""Every format goes through to documents, the same on SQLite and PostgreSQL."""

import csv
import gzip
import io
import json
import zipfile
import zlib

import pytest
from django.utils import feedgenerator
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from corpus.importing import identity
from corpus.models import Capture, Document, Reject, Sighting

HOSTILE = "ESA\x00 and\x07 NASA \ud83d agreed.\u2028Soon."
MENDED = "ESA and NASA \ufffd agreed.\nSoon."


def as_jsonl(rows):
    return "".join(json.dumps(row) + "\n" for row in rows).encode()


def as_json(rows):
    return json.dumps(rows, indent=1).encode()


def as_csv(rows):
    written = io.StringIO(newline="")
    table = csv.DictWriter(written, ["text", "url", "title"], restval="")
    table.writeheader()
    table.writerows(rows)
    return written.getvalue().encode("utf-8", "surrogatepass")


def as_zip(rows):
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as members:
        members.writestr("rows.jsonl", as_jsonl(rows))
    return written.getvalue()


def as_feed(rows):
    made = feedgenerator.Atom1Feed("Perigee Wire", "https://perigee.example/", "News")
    for row in rows:
        made.add_item(row.get("title", ""), row.get("url", ""), row["text"])
    return made.writeString("utf-8").encode()


def as_warc(rows):
    written = io.BytesIO()
    writer = WARCWriter(written, gzip=True)
    for row in rows:
        http = StatusAndHeaders("200 OK", [("Content-Type", "text/plain")], protocol="HTTP/1.1")
        record = writer.create_warc_record(
            row["url"],
            "response",
            payload=io.BytesIO(row["text"].encode("utf-8", "surrogatepass")),
            http_headers=http,
        )
        writer.write_record(record)
        record.raw_stream.close()
    return written.getvalue()


FORMATS = {
    "a.jsonl": as_jsonl,
    "a.jsonl.gz": lambda rows: gzip.compress(as_jsonl(rows)),
    "a.json": as_json,
    "a.csv": as_csv,
    "a.zip": as_zip,
    "a.atom": as_feed,
    "a.warc.gz": as_warc,
}
ROWS = [
    {"text": "ESA and NASA agreed on a rover.", "url": "https://perigee.example/1", "title": "One"},
    {"text": "JAXA joined them at last.", "url": "https://perigee.example/2", "title": "Two"},
]


@pytest.mark.parametrize("name", FORMATS)
def test_rows_become_documents_and_come_again_as_sightings(name, folder, take_in):
    root = folder({name: FORMATS[name](ROWS)})
    run = take_in(root)
    assert (run.new, run.rejected) == (2, 0)
    assert take_in(root).unchanged == 2
    assert {document.current_capture.text for document in Document.objects.all()} == {
        row["text"] for row in ROWS
    }
    assert {document.canonical_address for document in Document.objects.all()} == {
        row["url"] for row in ROWS
    }
    sighting = Sighting.objects.first()
    assert sighting.path.startswith(name)
    assert sighting.bases["address"]


@pytest.mark.parametrize("name", [name for name in FORMATS if name != "a.atom"])
def test_hostile_characters_in_any_format_are_mended_and_told(name, folder, take_in):
    rows = [ROWS[0], {"text": HOSTILE, "url": "https://perigee.example/h", "title": "A\x00B\ud800"}]
    run = take_in(folder({name: FORMATS[name](rows)}))
    assert (run.new, run.rejected) == (2, 0)
    capture = Capture.objects.get(document__canonical_address="https://perigee.example/h")
    assert capture.text == MENDED
    assert capture.mended or capture.sightings.get().remarks


@pytest.mark.parametrize("name", FORMATS)
def test_file_cut_short_is_told_and_the_other_files_go_in(name, folder, take_in):
    whole = FORMATS[name](ROWS)
    cut = whole[: len(whole) - len(whole) // 4]
    run = take_in(folder({"0.txt": "Before.", name: cut, "z.txt": "Behind it."}))
    assert run.new in (2, 3)
    assert run.rejected == 1
    reject = Reject.objects.get()
    assert "break" in reject.reason or "no JSON" in reject.reason
    assert reject.raw


@pytest.mark.parametrize("name", FORMATS)
def test_nonsense_in_any_format_is_a_reject_and_the_other_files_go_in(name, folder, take_in):
    nonsense = bytes(range(256)) * 20
    run = take_in(folder({"0.txt": "Before.", name: nonsense, "z.txt": "Behind it."}))
    assert run.new == 2
    assert run.rejected >= 1
    assert all(name in reject.name and reject.reason for reject in Reject.objects.all())


def test_row_with_an_address_is_known_by_it_and_one_without_by_its_place(folder, take_in):
    at = {"text": "ESA and NASA agreed on a rover this week.", "url": "https://perigee.example/1"}
    without = {"text": "JAXA will join them in the coming year, it said."}
    take_in(folder({"a.jsonl": as_jsonl([at, without])}))
    at["text"] += " More."
    without["text"] += " More."
    run = take_in(folder({"a.jsonl": as_jsonl([at, without])}))
    assert (run.new, run.changed) == (0, 2)
    moved = take_in(folder({"other.csv": as_csv([at])}))
    assert (moved.new, moved.unchanged) == (0, 1)
    paths = Document.objects.values_list("path", "canonical_address")
    assert set(paths) == {
        ("a.jsonl#1", identity.canonical("https://perigee.example/1")),
        ("a.jsonl#2", ""),
    }


def test_row_that_is_rejected_keeps_its_bytes(folder, take_in):
    raw = b'{"text": "One."}\n{"headline": "No text"}\n'
    run = take_in(folder({"a.jsonl": raw}))
    assert (run.read, run.new, run.rejected) == (2, 1, 1)
    reject = Reject.objects.get()
    assert (reject.name, zlib.decompress(reject.raw)) == ("a.jsonl#2", b'{"headline": "No text"}')


def test_day_of_an_export_is_not_the_day_of_its_rows(folder, take_in):
    root = folder({"2024-05-02.jsonl": as_jsonl([{"text": "One."}]), "2024-05-03 a.txt": "Two."})
    take_in(root)
    assert Document.objects.get(path="2024-05-02.jsonl#1").published == ""
    assert Document.objects.get(path="2024-05-03 a.txt").published == "2024-05-03"


def test_day_in_the_name_of_a_member_is_its_own(folder, take_in):
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as members:
        members.writestr("2024-05-02 a.txt", "One.")
    take_in(folder({"2023-01-01.zip": written.getvalue()}))
    assert Document.objects.get().published == "2024-05-02"


def test_date_of_a_field_becomes_edtf_or_is_told(folder, take_in):
    rows = [
        {"text": "One.", "pubDate": "Thu, 02 May 2024 10:00:00 GMT"},
        {"text": "Two.", "timestamp": 1714643000},
        {"text": "Three.", "date": "03/04/2024"},
    ]
    take_in(folder({"a.jsonl": as_jsonl(rows)}))
    dates = dict(Document.objects.values_list("path", "published"))
    assert dates == {"a.jsonl#1": "2024-05-02", "a.jsonl#2": "2024-05-02", "a.jsonl#3": ""}
    remarks = Sighting.objects.get(path="a.jsonl#3").remarks
    assert any("Its date was not taken over." in remark for remark in remarks)


def test_name_that_says_another_format_than_the_bytes_is_told_at_the_document(folder, take_in):
    take_in(folder({"a.txt": gzip.compress(b"Words.")}))
    assert Sighting.objects.get().remarks == [
        "Its name ends in .txt, but it is a gzip archive, and was read as that."
    ]
