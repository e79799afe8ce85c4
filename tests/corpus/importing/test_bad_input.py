"""Bad input is imported with what was mended shown, or kept as a reject with its reason.

The same on SQLite and PostgreSQL; the rest of the batch always goes in.
"""

import os
import zlib
from hashlib import sha256

import pytest

from corpus.importing import limits, pipeline
from corpus.importing.readers import folders
from corpus.importing.records import Record
from corpus.models import Capture, Document, Passage, Reject, Sighting
from tests.factories import make_entity

GOOD = "ESA and NASA agreed."


def bad(folder, take_in, content, name="bad.txt"):
    """Import a bad file between two good ones; return its outcome."""
    root = folder({"a-good.txt": GOOD, name: content, "z-good.txt": "JAXA joined them."})
    run = take_in(root)
    assert run.outcomes["a-good.txt"].word == "new"
    assert run.outcomes["z-good.txt"].word == "new"
    return run.outcomes[name]


@pytest.mark.parametrize(
    ("content", "text", "words"),
    [
        (b"ESA\x00 agreed.\x00", "ESA agreed.", "2 NUL characters were removed."),
        (b"ESA agr\xc3\xa9\xffed. \xe2\x82\xac", "ESA agré\ufffded. €", "no UTF-8"),
        (b"L\xe9 caf\xe9 agreed.", "Lé café agreed.", "Windows-1252"),
        ("ESA agréed.".encode("utf-16"), "ESA agréed.", None),
        ("ESA agreed at length.".encode("utf-16-be"), "ESA agreed at length.", "UTF-16"),
        (b"ESA \xed\xa0\xbd agreed.", "ESA \ufffd agreed.", "lone"),
        ("ESA \ud83d agreed.".encode("utf-16", "surrogatepass"), "ESA \ufffd agreed.", "lone"),
        (b"ESA\x07 agreed.", "ESA agreed.", "control"),
    ],
    ids=[
        "nul",
        "utf8",
        "latin",
        "utf16",
        "utf16-unmarked",
        "surrogate",
        "surrogate-utf16",
        "control",
    ],
)
def test_damaged_text_is_imported_with_what_was_mended(content, text, words, folder, take_in):
    outcome = bad(folder, take_in, content)
    assert outcome.word == "new"
    capture = Document.objects.get(pk=outcome.document_id).current_capture
    assert capture.text == text
    assert zlib.decompress(capture.original.content) == content
    assert bool(capture.mended) == (words is not None)
    if words:
        assert any(words in sentence for sentence in capture.mended)
        assert list(outcome.words) == capture.mended


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "The file is empty."),
        (b" \n\t\n ", "nothing but white space"),
        (b"\x00" * 200, "binary"),
        (bytes(range(256)) * 50, "binary"),
        (b"%PDF-1.7 " + b"\x00\xff\x80" * 100, "PDF"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "PNG"),
    ],
    ids=["empty", "blank", "nuls", "bytes", "pdf", "png"],
)
def test_what_is_no_text_is_kept_with_the_reason(content, reason, folder, take_in):
    outcome = bad(folder, take_in, content)
    assert outcome.word == "rejected"
    reject = Reject.objects.get()
    assert reason in reject.reason
    assert outcome.words == (reject.reason,)
    assert (reject.name, reject.size) == ("bad.txt", len(content))
    assert zlib.decompress(reject.raw) == content


def test_file_of_50_mb_is_kept_by_name_size_and_digest(folder, take_in):
    root = folder({"a.txt": GOOD})
    with open(root / "large.txt", "wb") as file:
        file.truncate(50 * limits.MB)
    run = take_in(root)
    assert (run.new, run.rejected) == (1, 1)
    reject = Reject.objects.get()
    assert (reject.name, reject.size, reject.raw) == ("large.txt", 50 * limits.MB, None)
    assert len(reject.sha256) == 64
    assert "50.0 MB" in reject.reason


def test_record_that_is_too_large_is_rejected_too(db):
    raw = b"x" * (limits.DOCUMENT + 1)
    run = pipeline.run([Record("a.txt", raw=raw)], label="test")
    assert run.rejected == 1
    reject = Reject.objects.get()
    assert (reject.reason, reject.size) == ("A document has at most 6 MB.", len(raw))
    assert reject.sha256 == sha256(raw).hexdigest()


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (
            "ESA agreed.\n" * 11,
            "Its text falls into 11 passages; a document has at most 10. Split it and import the "
            "parts.",
        ),
        (
            "ESA, ESA, ESA, ESA and ESA agreed.\n" * 2,
            "Its text falls into 2 passages, and names stand at 10 places; a document has at most "
            "10 of both. Split it and import the parts.",
        ),
    ],
    ids=["passages", "names"],
)
def test_text_of_too_many_rows_is_kept_with_the_reason(text, reason, folder, take_in, monkeypatch):
    make_entity("ESA")
    monkeypatch.setattr(limits, "ROWS", 10)
    outcome = bad(folder, take_in, text)
    assert (outcome.word, outcome.words) == ("rejected", (reason,))
    reject = Reject.objects.get()
    assert (reject.name, reject.reason) == ("bad.txt", reason)
    assert zlib.decompress(reject.raw) == text.encode()


def test_text_of_just_as_many_rows_as_fit_is_imported(folder, take_in, monkeypatch):
    monkeypatch.setattr(limits, "ROWS", 10)
    text = "\n".join(f"Line {n} says something." for n in range(10))
    assert bad(folder, take_in, text).word == "new"


@pytest.mark.parametrize(
    ("piece", "megabytes"),
    [
        ("x", 5),
        ("word{} ", 1),
        ("The rover drove on to point {} and stopped. ", 0.2),
        ("日本", 0.2),
    ],
    ids=["letters", "words", "sentences", "japanese"],
)
def test_long_single_line_is_imported_whole(piece, megabytes, folder, take_in):
    size = int(megabytes * limits.MB)
    line = "".join(piece.format(n) for n in range(size // len(piece.encode())))
    outcome = bad(folder, take_in, line[:size])
    assert outcome.word == "new"
    capture = Capture.objects.get(document=outcome.document_id)
    left_out, at = "", 0
    for start, end in capture.passages.values_list("start", "end"):
        left_out, at = left_out + capture.text[at:start], end
    assert (left_out + capture.text[at:]).strip() == ""


def test_unreadable_files_do_not_stop_the_rest(folder, take_in):
    root = folder({"a.txt": GOOD, "x.txt/inside.txt": "Inside."})
    os.mkfifo(root / "pipe.txt")
    (root / "nowhere.txt").symlink_to(root / "missing")
    run = take_in(root, root / "missing")
    assert run.new == 2
    rejected = {reject.name for reject in Reject.objects.all()}
    assert rejected == {"pipe.txt", "nowhere.txt", "x.txt", "missing"}
    assert all(reject.raw is None for reject in Reject.objects.all())


def test_link_out_of_the_folder_is_a_reject_with_its_reason(folder, take_in):
    elsewhere = folder({"secret.txt": "Nobody meant this."})
    root = folder({"a.txt": GOOD})
    (root / "out.txt").symlink_to(elsewhere / "secret.txt")
    run = take_in(root)
    assert (run.new, run.rejected) == (1, 1)
    reject = Reject.objects.get()
    assert (reject.name, reject.reason, reject.raw) == ("out.txt", folders.OUTSIDE, None)


def test_link_inside_the_folder_makes_no_second_document(folder, take_in):
    root = folder({"a.txt": GOOD})
    (root / "again.txt").symlink_to("a.txt")
    run = take_in(root)
    assert (run.new, run.unchanged) == (1, 1)
    assert Document.objects.get().path == "a.txt"


def test_odd_file_names_are_stored_as_they_can_be_shown(folder, take_in):
    root = folder({"a.txt": GOOD})
    for n, name in enumerate([b"caf\xe9.txt", b"two\nlines.txt", "😀.txt".encode()]):
        (root / os.fsdecode(name)).write_text(f"Text number {n}.")
    (root / os.fsdecode(b"bad\xff\n.pdf")).write_bytes(b"%PDF-\x00\x00")
    run = take_in(root)
    assert (run.new, run.rejected) == (4, 1)
    paths = set(Document.objects.values_list("path", flat=True))
    assert paths == {"a.txt", "caf\\xe9.txt", "two\\nlines.txt", "😀.txt"}
    assert Reject.objects.get().name == "bad\\xff\\n.pdf"


def test_hostile_values_of_a_record_are_cleaned(db):
    record = Record(
        "a.txt",
        raw=GOOD.encode(),
        title="A\x00 \ud800 title" + "x" * 500,
        source_name="S\x00" + "y" * 500,
        language="e\x00" * 100,
        address="https://example.org/\x00",
        published="20\x0024",
    )
    run = pipeline.run([record], label="l\x00\ud800" * 400, source_name="\x00")
    assert (run.new, run.rejected) == (1, 0)
    document = Document.objects.get()
    assert len(document.title) == 300
    assert "\x00" not in document.title + document.source.name + document.language
    assert "\x00" not in "".join(Sighting.objects.get().remarks)


@pytest.mark.parametrize("script", ["x", "é", "日", "😀"])
def test_longest_names_and_addresses_fit_both_databases(script, db):
    noise = "".join(f"{script}{n}" for n in range(700))
    records = [
        Record(noise * 3, raw=GOOD.encode(), source_name=noise),
        Record(noise * 2, raw=b"\x00" * 100),
        Record("a.txt", raw=b"NASA agreed.", address=f"https://example.org/{noise}"[:600]),
        Record("b.txt", raw=b"JAXA agreed.", address=f"https://example.org/{noise * 9}"),
    ]
    run = pipeline.run(records, label="test")
    assert (run.new, run.rejected) == (2, 2)
    assert "longer than 2,000 bytes" in Reject.objects.last().reason


def test_name_that_no_database_takes_is_cleaned(db):
    run = pipeline.run(
        [Record("a\x00\ud800", raw=GOOD.encode()), Record("", error="\x00")], label=""
    )
    assert (run.new, run.rejected) == (1, 1)
    assert Document.objects.get().path == "a\ufffd\ufffd"
    assert Reject.objects.get().name == "(without a name)"


def test_address_that_is_none_is_kept_with_the_sighting_alone(db):
    pipeline.run([Record("a.txt", raw=GOOD.encode(), address="javascript:alert(1)")], label="test")
    assert Document.objects.get().url == ""
    assert Sighting.objects.get().address == "javascript:alert(1)"


def test_text_of_many_passages_keeps_every_one(folder, take_in):
    text = "\n".join(f"Line number {n} says something." for n in range(3000))
    take_in(folder({"a.txt": text}))
    assert Passage.objects.count() == 3000


@pytest.mark.django_db
def test_address_that_is_none_stops_no_import_and_loses_no_text(settings):
    settings.IMPORT_PROCESSES = 2
    count = limits.ALONE + 20
    texts = [f"ESA agreed to {n} things in Paris, and told so." for n in range(count)]
    records = [
        Record(f"a.jsonl#{n}", text=text, raw=text.encode(), address="http://[::1")
        for n, text in enumerate(texts)
    ]

    run = pipeline.run(records, label="a.jsonl")

    assert (run.state, run.read, run.new, run.rejected) == ("finished", count, count, 0)
