"""However many rows a file holds, as much of it is in memory as for a few; progress is told."""

import csv
import gzip
import io
import json
import tracemalloc
import zipfile
from itertools import islice

import pytest
from django.utils import feedgenerator
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from corpus.importing.limits import MB
from corpus.importing.readers import read, size_of


def words(n):
    return f"{n} " + "ESA and NASA agreed on rovers. " * 100


def json_lines(count):
    return "".join(json.dumps({"text": words(n)}) + "\n" for n in range(count)).encode()


def json_list(count):
    return json.dumps([{"text": words(n)} for n in range(count)], indent=1).encode()


def json_items(count):
    return json.dumps({"items": [{"text": words(n)} for n in range(count)]}).encode()


def table(count):
    written = io.StringIO(newline="")
    csv.writer(written).writerows([["text"], *([words(n)] for n in range(count))])
    return written.getvalue().encode()


def feed(count):
    made = feedgenerator.Rss201rev2Feed("Perigee Wire", "https://perigee.example/", "News")
    for n in range(count):
        made.add_item(str(n), f"https://perigee.example/{n}", words(n))
    return made.writeString("utf-8").encode()


def archive(count):
    written = io.BytesIO()
    writer = WARCWriter(written, gzip=False)
    http = StatusAndHeaders("200 OK", [("Content-Type", "text/plain")], protocol="HTTP/1.1")
    record = writer.create_warc_record(
        "https://perigee.example/",
        "response",
        payload=io.BytesIO(b"000000" + words(1).encode()),
        http_headers=http,
    )
    writer.write_record(record)
    record.raw_stream.close()
    one = written.getvalue()
    return b"".join(one.replace(b"000000", b"%06d" % n) for n in range(count))


def zipped(count):
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as members:
        members.writestr("a.jsonl", json_lines(count))
    return written.getvalue()


MADE = {
    "a.jsonl": json_lines,
    "a.json": json_list,
    "items.json": json_items,
    "a.csv": table,
    "a.rss": feed,
    "a.warc": archive,
    "a.zip": zipped,
    "a.jsonl.gz": lambda count: gzip.compress(json_lines(count)),
    "a.csv.gz": lambda count: gzip.compress(table(count)),
    "a.warc.gz": lambda count: gzip.compress(archive(count)),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", [name for name in MADE if name not in ("items.json", "a.csv.gz")])
def test_memory_does_not_grow_with_the_rows(name, tmp_path):
    (tmp_path / name).write_bytes(MADE[name](1_000))
    records = read([tmp_path / name])
    tracemalloc.start()
    assert sum(not record.error for record in islice(records, 200)) == 200
    _, few = tracemalloc.get_traced_memory()
    tracemalloc.reset_peak()
    assert sum(not record.error for record in records) == 800
    _, many = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert many < few + MB  # of the 3 MB that the rows are


@pytest.mark.parametrize("name", MADE)
def test_progress_rises_to_the_size_of_all_files(name, tmp_path):
    (tmp_path / name).write_bytes(MADE[name](300))
    (tmp_path / "z.txt").write_bytes(b"Words.")
    done = [record.done for record in read([tmp_path])]
    assert len(done) == 301
    assert done == sorted(done)
    assert (
        done[-1] == size_of([tmp_path]) == sum(each.stat().st_size for each in tmp_path.iterdir())
    )


@pytest.mark.parametrize("name", MADE)
def test_reading_again_gives_the_same_records(name, tmp_path):
    (tmp_path / name).write_bytes(MADE[name](100))
    assert list(read([tmp_path])) == list(read([tmp_path]))
