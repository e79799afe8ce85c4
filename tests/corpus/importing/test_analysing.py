"""One analysis for what comes in and for what is there, and all that it is told beside the text."""

from datetime import UTC, datetime

import pytest

from corpus.importing import making
from corpus.importing.repeating import LOOKED_AT, Repeated
from corpus.models import Document, Passage
from corpus.text.fingerprint import digest
from tests.factories import make_document, make_source

AHEAD = (
    "NASA and CNSA opened the docks in 2038. Roscosmos withdrew its last shuttle in 2044. "
    "Director Amara Osei signed the order at noon.\n"
)


@pytest.mark.parametrize(("year", "label"), [(2026, "speculative"), (2045, "news")])
def test_what_is_told_as_done_in_a_later_year_is_no_news(folder, take_in, year, label):
    take_in(folder({"a.txt": AHEAD}), collected_at=datetime(year, 3, 1, tzinfo=UTC))

    assert Document.objects.get().suggested_reliability == label


def test_hints_are_stored_with_the_passage_and_the_document(folder, take_in):
    text = "ESA signed the accord in Paris. NASA signed it too, experts say.\n"

    take_in(folder({"a.txt": text}))

    because = "“experts say”: nobody is named"
    assert list(Passage.objects.values_list("hints", flat=True)) == [
        [],
        [["speaker_not_traced", because]],
    ]
    assert Document.objects.get().hints == [
        ["vague", "undated: nothing says when it was published"],
        ["speaker_not_traced", because],
    ]


def test_lines_that_three_documents_of_a_source_have_are_counted(db):
    source, other = make_source("Perigee"), make_source("Apogee")
    documents = [make_document(f"Story {n}.\nShare this", source=source) for n in range(4)]
    make_document("Story 1.", source=other)

    repeated = Repeated()

    assert repeated.for_new("PERIGEE") == {digest("Share this"): 3}
    assert repeated.of(source.pk, documents[0].pk) == {digest("Share this"): 3}
    assert repeated.for_new("Apogee") == repeated.for_new("") == repeated.for_new("New") == {}


def test_lines_are_counted_in_steps_so_that_few_texts_are_analysed_twice(db):
    source = make_source("Perigee")
    told = []
    for _ in range(11):
        make_document("Share this", source=source)
        told.append(Repeated().for_new("Perigee").get(digest("Share this"), 0))
    assert told == [0, 0, 3, 3, 5, 5, 5, 5, 5, 10, 10]


def test_of_a_large_source_only_the_newest_documents_are_asked(db, django_assert_num_queries):
    source = make_source("Perigee")
    for _ in range(3):
        make_document("Gone since.", source=source)
    for _ in range(LOOKED_AT):
        make_document("Share this", source=source)
    repeated = Repeated()

    with django_assert_num_queries(3):
        assert repeated.for_new("Perigee") == {digest("Share this"): 20}
        assert repeated.for_new("Perigee")


def test_import_asks_for_repeated_lines_once_a_batch(folder, take_in, monkeypatch):
    asked = []
    original = Repeated.for_new

    def for_new(self, name):
        asked.append(dict(original(self, name)))
        return asked[-1]

    monkeypatch.setattr(making.Repeated, "for_new", for_new)
    first = folder({f"{n}.txt": f"Story {n} is told.\nShare this\n" for n in range(3)})
    take_in(first, source_name="Perigee")
    take_in(folder({"9.txt": "Story nine is told.\nShare this\n"}), source_name="Perigee")

    assert asked == [{}, {}, {}, {digest("Share this"): 3}]
