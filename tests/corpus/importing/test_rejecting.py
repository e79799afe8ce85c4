"""What was rejected is read again as the document that it would have been at first."""

import csv
import gzip
import io
import json
import stat
import zipfile
import zlib

import pytest
from django.db import transaction

from corpus.importing import jobs
from corpus.importing.readers import answer_bodies, archives, feeds, rows
from corpus.importing.readers.incoming import Unreadable
from corpus.models import Document, Reject
from tests.corpus.importing.readers import test_warcs

pytestmark = pytest.mark.django_db

ROW = {
    "text": "ESA and NASA agrée.",
    "title": "One",
    "url": "https://perigee.example/1",
    "date": "2024-05-02",
    "source": "Perigee Wire",
    "data": [{"text": "No document of its own."}],
}


def table(separator, name="", row=ROW):
    cells = {key: value for key, value in row.items() if key != "data"}
    written = io.StringIO(newline="")
    made = csv.DictWriter(written, list(cells), delimiter=separator)
    made.writeheader()
    made.writerow({"text": "JAXA joined."})
    made.writerow(cells)
    return name + written.getvalue()


def feed(encoding):
    return (
        f"<?xml version='1.0' encoding='{encoding}'?>"
        "<rss xmlns:c='http://purl.org/rss/1.0/modules/content/' xml:lang='en'><channel>"
        "<title>Perigee &amp; Wire</title><item><title>Zero</title><description>JAXA joined."
        "</description></item>\n<item xmlns:dc='http://purl.org/dc/elements/1.1/'>"
        "<title>One</title><link>https://perigee.example/1</link><dc:date>2024-05-02</dc:date>"
        "<c:encoded><![CDATA[<p>ESA and NASA agrée.</p>]]></c:encoded></item></channel></rss>"
    ).encode(encoding)


def zipped(name, raw):
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as members:
        members.writestr(name, raw)
    return written.getvalue()


def web_archive(packed):
    body = gzip.compress("<title>One</title><p>ESA and NASA agrée.</p>".encode(), mtime=0)
    answers = [test_warcs.page("0"), test_warcs.page("1", body, Content_Encoding="gzip")]
    return test_warcs.archive(*answers, packed=packed)


FILES = {
    "a.jsonl": (json.dumps({"text": "JAXA joined."}) + "\n" + json.dumps(ROW)).encode(),
    "a.json": json.dumps({"items": [{"text": "JAXA joined."}, ROW]}, indent=1).encode(),
    "a.csv": table(",").encode("cp1252"),
    "a.csv.gz": gzip.compress(table(";", "sep=;\r\n").encode()),
    "a.tsv": table("\t").encode("utf-16"),
    "a.rss": feed("iso-8859-1"),
    "a.xml": feed("utf-16"),
    "a.warc": web_archive(packed=False),
    "a.warc.gz": web_archive(packed=True),
    "a.zip": zipped("b/a.rss", feed("utf-8")),
    "b.zip": zipped("b/a.jsonl.gz", gzip.compress(json.dumps(ROW).encode())),
}
SAID = (
    *("path", "canonical_address", "source_as_given", "title", "published", "language"),
    *("current_capture__text", "current_capture__original__sha256"),
    *("current_capture__sightings__bases", "current_capture__sightings__remarks"),
)


def said():
    return list(Document.objects.order_by("path").values(*SAID))


def at_first(root):
    """What the documents are if nothing is refused; it leaves nothing behind."""
    with transaction.atomic():
        work(root)
        found = said()
        transaction.set_rollback(True)
    return found


def refuse(monkeypatch):
    """Let every reader fail at the words that hold an é."""
    row_at_first, entry_at_first = rows.fields.read, feeds._words

    def of_a_row(row, *args):
        if "agrée" in row["text"]:
            raise Unreadable("Not yet.")
        return row_at_first(row, *args)

    def of_an_answer(body, packing):
        raise Unreadable("Not yet.")

    def of_an_entry(element):
        words = entry_at_first(element)
        return words if "agrée" not in words[0] else ("", "text/plain", "")

    monkeypatch.setattr(rows.fields, "read", of_a_row)
    monkeypatch.setattr(feeds, "_words", of_an_entry)
    monkeypatch.setattr(answer_bodies, "_unpacked", of_an_answer)


def work(path):
    return jobs.work(jobs.wait(label="test", paths=[path]))


def tried_again(run):
    return jobs.work(jobs.retry(list(jobs.to_retry(run)), label="again"))


@pytest.mark.parametrize("name", FILES)
def test_reject_becomes_the_document_that_it_would_have_been(name, folder, monkeypatch):
    root = folder({name: FILES[name]})
    would_be = at_first(root)
    with monkeypatch.context() as patched:
        refuse(patched)
        run = work(root)
    assert run.rejected == 1

    again = tried_again(run)

    assert (again.read, again.new) == (1, 1)
    assert said() == would_be
    assert any("agrée" in each["current_capture__text"] for each in would_be)


@pytest.mark.parametrize("name", ["a.txt", "a.html", "a.txt.gz", "c.zip"])
def test_file_becomes_the_document_that_it_would_have_been(name, folder, monkeypatch):
    words = b"<html><title>One</title><p>ESA and NASA agreed.</p></html>"
    raw = {"a.txt.gz": gzip.compress(words), "c.zip": zipped("b/a.txt", words)}.get(name, words)
    root = folder({name: raw})
    would_be = at_first(root)
    with monkeypatch.context() as patched:
        for ending in (".txt", ".html"):
            patched.delitem(jobs.read.__globals__["formats"].BY_ENDING, ending)
        patched.setattr(jobs.read.__globals__["formats"], "FORMATS", archives_only())
        run = work(root)
    assert (run.new, run.rejected) == (0, 1)

    assert tried_again(run).new == 1
    assert said() == would_be


def archives_only():
    return [each for each in jobs.read.__globals__["formats"].FORMATS if "archive" in each.what]


@pytest.mark.parametrize(("name", "what"), [("../a.txt", ""), ("a.txt", archives.A_LINK)])
def test_member_that_is_refused_for_what_it_is_stays_out(name, what, folder):
    member = zipfile.ZipInfo(name)
    member.external_attr = (stat.S_IFLNK if what else stat.S_IFREG) << 16
    run = work(folder({"a.zip": zipped(member, b"elsewhere/b.txt")}))
    (reject,) = Reject.objects.all()

    again = tried_again(run)

    assert (again.new, again.rejected) == (0, 1)
    second = Reject.objects.get(import_run=again)
    assert (second.reason, second.name, second.raw) == (reject.reason, reject.name, reject.raw)
    assert zlib.decompress(second.raw) == b"elsewhere/b.txt"
