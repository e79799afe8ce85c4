"""Which document a collected text belongs to: DESIGN section 5, "Identity"."""

import threading

import pytest
from django.db import connection

from corpus.importing import pipeline
from corpus.importing.identity import canonical
from corpus.importing.records import Record
from corpus.models import Capture, Document, Sighting

TEXT = "ESA and NASA agreed on Monday to fly a rover to Mars together in the year 2028."
OTHER = "The harvest of apples was poor this autumn, and cider makers expect higher prices soon."


def import_record(name="a.txt", text=TEXT, **values):
    outcomes = []
    record = Record(name, raw=text.encode(), **values)
    pipeline.run([record], label="test", on_outcome=outcomes.append)
    return outcomes[0]


@pytest.mark.parametrize(
    ("address", "same"),
    [
        ("https://example.org/a", "https://example.org/a"),
        ("HTTPS://Example.ORG:443/a#part", "https://example.org/a"),
        ("http://example.org", "http://example.org/"),
        ("http://example.org:8080/", "http://example.org:8080/"),
        ("https://example.org/a?utm_source=x&id=7&fbclid=y", "https://example.org/a?id=7"),
        ("https://example.org/a?b=%20c&d", "https://example.org/a?b=%20c&d"),
        ("ftp://example.org/a", ""),
        ("not an address", ""),
        ("https://[broken/", ""),
        ("https://example.org:notaport/", ""),
        ("", ""),
    ],
)
def test_address_without_fragment_and_trackers(address, same):
    assert canonical(address) == same


@pytest.mark.django_db
class TestIdentity:
    def test_same_address_is_the_same_document(self):
        one = import_record(address="https://example.org/a?utm_medium=mail")
        two = import_record("b.txt", OTHER, address="https://EXAMPLE.org/a#top")
        assert two.word == "changed"
        assert two.document_id == one.document_id

    def test_same_address_under_another_source_is_one_document_and_told(self):
        one = import_record(address="https://example.org/a", source_name="Meridian")
        two = import_record(address="https://example.org/a", source_name="Orbit Brief")
        assert (two.word, two.document_id) == ("unchanged", one.document_id)
        assert "collected from Meridian and now from Orbit Brief" in two.words[0]
        assert Document.objects.get().source.name == "Meridian"
        assert [sighting.source_name for sighting in Sighting.objects.all()] == [
            "Meridian",
            "Orbit Brief",
        ]

    def test_same_source_and_name_with_like_text_is_the_same_document(self):
        one = import_record(source_name="Meridian")
        two = import_record(text=TEXT.replace("Monday", "Tuesday"), source_name="Meridian")
        assert (two.word, two.document_id) == ("changed", one.document_id)

    def test_same_name_of_another_source_is_another_document(self):
        one = import_record(source_name="Meridian")
        two = import_record(source_name="Orbit Brief")
        assert two.word == "new"
        assert two.words == (
            f"The same text was collected from Meridian as document {one.document_id}.",
        )

    def test_same_source_and_text_is_the_same_document_whatever_its_name(self):
        one = import_record("a.txt", source_name="Meridian")
        two = import_record("b.txt", source_name="Meridian")
        assert (two.word, two.document_id) == ("unchanged", one.document_id)
        assert "collected as a.txt" in two.words[0]
        assert [sighting.path for sighting in Sighting.objects.all()] == ["a.txt", "b.txt"]

    def test_same_name_with_other_text_is_another_document_and_told(self):
        one = import_record()
        two = import_record(text=OTHER)
        assert two.word == "new"
        assert f"Document {one.document_id} has the same name" in two.words[0]

    def test_of_two_documents_of_one_name_the_like_one_is_taken(self):
        import_record()
        other = import_record(text=OTHER)
        again = import_record(text=OTHER.replace("poor", "rich"))
        assert (again.word, again.document_id) == ("changed", other.document_id)

    def test_text_that_grew_is_the_same_document(self):
        one = import_record()
        two = import_record(text=f"{TEXT} {OTHER}")
        assert (two.word, two.document_id) == ("changed", one.document_id)

    def test_text_first_seen_without_address_takes_the_one_it_is_found_at(self):
        one = import_record(source_name="Meridian")
        import_record(source_name="Meridian", address="https://example.org/a")
        two = import_record(
            text=TEXT.replace("Monday", "Tuesday"), address="https://example.org/a#x"
        )
        assert (two.word, two.document_id) == ("changed", one.document_id)
        document = Document.objects.get()
        assert document.canonical_address == "https://example.org/a"
        assert document.url == "https://example.org/a"

    def test_address_is_looked_at_before_source_and_text(self):
        import_record("a.txt")
        other = import_record("b.txt", OTHER, address="https://example.org/b")
        moved = import_record("c.txt", TEXT, address="https://example.org/b")
        assert (moved.word, moved.document_id) == ("changed", other.document_id)

    def test_what_a_person_described_does_not_move_identity(self):
        one = import_record(source_name="Meridian")
        Document.objects.update(source=None, url="https://elsewhere.example/", title="Described")
        two = import_record(text=TEXT.replace("Monday", "Tuesday"), source_name="Meridian")
        assert two.document_id == one.document_id
        assert Document.objects.get().title == "Described"


@pytest.mark.parametrize(("one", "two"), [("caf\u00e9.txt", "cafe\u0301.txt"), ("a.txt", " a.txt")])
def test_names_that_look_alike_are_of_two_documents(one, two, folder, take_in):
    """Their texts are alike too, so that the names alone keep them apart."""
    root = folder({one: TEXT, two: TEXT.replace("Monday", "Tuesday")})
    run = take_in(root)
    assert run.new == 2
    assert {document.path for document in Document.objects.all()} == {one, two}

    run = take_in(root)
    assert (run.read, run.unchanged) == (2, 2)
    assert Document.objects.count() == Capture.objects.count() == 2


def test_two_imports_of_one_new_file_make_one_document(committing):
    together = threading.Barrier(4)
    failed = []

    def import_it():
        try:
            together.wait()
            import_record(source_name="Meridian")
        except Exception as error:
            failed.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=import_it) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert failed == []
    assert Document.objects.count() == Capture.objects.count() == 1
    assert Sighting.objects.count() == 4
