"""The words of a record are read by its media type; what a page says of itself fills the gaps."""

from hashlib import sha256

from corpus.importing import pipeline
from corpus.importing.reading import read_words
from corpus.importing.records import Record
from corpus.models import Document, Sighting

PAGE = (
    b'<html lang="en"><head><title>Agencies sign</title>'
    b'<meta property="og:site_name" content="A wire"><meta name="author" content="A Writer">'
    b'<meta property="article:published_time" content="2024-05-02T10:00:00Z">'
    b'<link rel="canonical" href="https://example.org/a?utm_source=x"></head>'
    b"<body><nav><a href=/>Home</a></nav><article><h1>Agencies sign</h1>"
    b"<p>The two agencies signed an agreement in Paris on Tuesday to build a lander together, they"
    b" said in a joint statement. The lander is to fly in 2028 with six instruments.</p></article>"
    b"</body></html>"
)


def page(**given):
    return Record("a.html", raw=PAGE, media_type="text/html", **given)


def test_page_is_stored_with_its_structure_and_what_it_says_of_itself(db):
    pipeline.run([page()], label="a.html")

    document = Document.objects.get()
    capture = document.current_capture
    sighting = Sighting.objects.get()
    assert (document.title, document.source.name) == ("Agencies sign", "A wire")
    assert (document.published, document.published_basis) == ("2024-05-02", "metadata")
    assert document.canonical_address == "https://example.org/a"
    assert (document.language, sighting.author) == ("en", "A Writer")
    assert sighting.bases["published"] == "meta article:published_time"
    assert capture.text.startswith("Home\nAgencies sign\nThe two agencies signed")
    assert [0, 4, "left out"] in capture.structure
    assert capture.extractor == "page-1"
    assert capture.original.media_type == "text/html"
    assert capture.original.sha256 == sha256(PAGE).hexdigest()


def test_what_the_collection_says_goes_before_what_the_page_says(db):
    record = page(
        title="Given", source_name="Another", published="2023", address="https://example.org/b",
        bases={"title": "field headline"},
    )  # fmt: skip
    pipeline.run([record], label="rows")

    document = Document.objects.get()
    assert (document.title, document.source.name, document.published) == (
        "Given",
        "Another",
        "2023",
    )
    assert document.canonical_address == "https://example.org/b"
    assert Sighting.objects.get().bases == {
        "title": "field headline",
        "author": "meta author",
        "language": "html lang",
    }


def test_words_that_a_reader_took_from_a_field_go_before_the_bytes():
    record = Record("a.jsonl#1", raw=b'{"text": "cafe\\u0301"}', text="cafe\u0301")
    read = read_words(record)
    assert (read.text, read.extractor) == ("caf\u00e9", "text-1")


def test_field_may_hold_a_page():
    record = Record("a.jsonl#1", raw=b"{}", text="<p>One</p><p>Two</p>", text_type="text/html")
    assert read_words(record).text == "One\nTwo"


def test_page_without_words_is_a_reject(db):
    record = Record("a.html", raw=b"<html></html>", media_type="text/html")
    run = pipeline.run([record], label="a.html")
    assert run.rejects.get().reason == "The page shows no words."
