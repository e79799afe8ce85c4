"""An import accounts for every record; what it stores, and what it keeps of the rest."""

import random
import zlib
from datetime import UTC, datetime
from hashlib import sha256

import pytest
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext

from corpus.importing import limits, pipeline
from corpus.importing.records import Record
from corpus.models import (
    Capture,
    Document,
    ImportRun,
    Mention,
    Original,
    Passage,
    Reject,
    Sighting,
    Source,
)
from tests.factories import make_entity

TEXT = "NASA and ESA agreed\n\nESA and NASA agreed on Monday. They will fly together in 2028.\n"
MARCH, APRIL = datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 4, 1, tzinfo=UTC)


def passages(document):
    return [passage.text for passage in document.current_capture.passages.all()]


def test_file_becomes_a_document_with_passages(folder, take_in):
    run = take_in(folder({"a.txt": TEXT}), source_name="Perigee Wire", collected_at=MARCH)

    assert (run.state, run.read, run.new) == ("finished", 1, 1)
    document = Document.objects.get()
    assert document.title == "NASA and ESA agreed"
    assert document.source.name == "Perigee Wire"
    assert (document.source_as_given, document.path) == ("Perigee Wire", "a.txt")
    assert passages(document) == [
        "NASA and ESA agreed",
        "ESA and NASA agreed on Monday.",
        "They will fly together in 2028.",
    ]
    capture = document.current_capture
    assert all(
        capture.text[passage.start : passage.end] == passage.text
        for passage in capture.passages.all()
    )
    sighting = capture.sightings.get()
    assert (sighting.path, sighting.source_name) == ("a.txt", "Perigee Wire")
    assert sighting.collected_at == MARCH
    assert sighting.import_run == run


def test_bytes_are_kept_as_they_came(folder, take_in):
    raw = b"\xef\xbb\xbfESA and NASA agreed.\r\n"
    take_in(folder({"a.txt": raw}))
    original = Original.objects.get()
    assert zlib.decompress(original.content) == raw
    assert (original.size, original.sha256) == (len(raw), sha256(raw).hexdigest())
    assert Capture.objects.get().text == "ESA and NASA agreed.\n"


def test_suggestions_with_their_reasons_are_stored(folder, take_in):
    take_in(folder({"a.txt": TEXT + "\nLeave a Reply\n"}))
    document = Document.objects.get()
    spam = document.current_capture.passages.get(text="Leave a Reply")
    assert spam.suggested_reliability == "spam"
    assert spam.suggestion_reasons
    assert spam.suggestion_version
    assert document.suggested_reliability == "news"
    assert document.suggestion_reasons


def test_repeated_passage_points_at_the_first(folder, take_in):
    again = "ESA and NASA agreed on Monday to fly together."
    take_in(folder({"a.txt": f"{again}\nSomething else happened then.\n{again}\n{again}\n"}))
    first, *others = Passage.objects.filter(text=again)
    assert first.repeats is None
    assert [other.repeats for other in others] == [first, first]


def test_names_are_found(folder, take_in):
    esa, nasa = make_entity("ESA"), make_entity("NASA")
    take_in(folder({"a.txt": "A NASA-ESA mission. ESA said so."}))
    found = Mention.objects.order_by("start").values_list("entity", "passage__text")
    assert list(found) == [
        (nasa.pk, "A NASA-ESA mission."),
        (esa.pk, "A NASA-ESA mission."),
        (esa.pk, "ESA said so."),
    ]


def test_importing_again_changes_nothing_but_adds_sightings(folder, take_in):
    root = folder({"a.txt": TEXT, "b/c.txt": "JAXA joined."})
    take_in(root)
    before = [list(model.objects.values()) for model in (Document, Capture, Passage, Mention)]

    run = take_in(root)

    assert (run.read, run.unchanged) == (2, 2)
    after = [list(model.objects.values()) for model in (Document, Capture, Passage, Mention)]
    assert after == before
    assert Sighting.objects.count() == 4


def test_changed_sentence_makes_a_second_capture_and_keeps_the_first(folder, take_in):
    take_in(folder({"a.txt": TEXT}))
    first = Capture.objects.get()
    heard = []

    run = take_in(
        folder({"a.txt": TEXT.replace("Monday", "Tuesday")}),
        after_store=lambda capture, previous: heard.append((capture, previous)),
    )

    assert run.outcomes["a.txt"].word == "changed"
    document = Document.objects.get()
    second = document.current_capture
    assert heard == [(second, first)]
    assert list(document.captures.all()) == [first, second]
    assert first.passages.count() == 3


def test_nobody_is_told_of_text_that_was_there(folder, take_in):
    root = folder({"a.txt": TEXT})
    heard = []
    for _ in range(2):
        take_in(root, after_store=lambda *captures: heard.append(captures))
    assert heard == [(Capture.objects.get(), None)]


def test_older_collection_imported_later_moves_nothing(folder, take_in):
    take_in(folder({"a.txt": TEXT}), collected_at=APRIL)
    current = Capture.objects.get()

    older = folder({"a.txt": TEXT.replace("Monday", "Tuesday")})
    run = take_in(older, collected_at=MARCH)

    assert run.outcomes["a.txt"].word == "changed"
    assert "earlier than the text in force" in run.outcomes["a.txt"].words[0]
    document = Document.objects.get()
    assert document.current_capture == current
    assert document.captures.count() == 2


def test_page_that_went_back_to_its_old_text_is_current_with_that_text(folder, take_in):
    old, new = folder({"a.txt": TEXT}), folder({"a.txt": TEXT.replace("Monday", "Tuesday")})
    for root in (old, new, old):
        run = take_in(root)
    assert run.outcomes["a.txt"].word == "unchanged"
    assert run.outcomes["a.txt"].words == ("This text was there before; it is in force again.",)
    assert "Monday" in Document.objects.get().current_capture.text


def test_record_says_itself_when_it_was_collected(take_in):
    record = Record("a.txt", raw=TEXT.encode(), collected_at=MARCH)
    pipeline.run([record], label="test", collected_at=APRIL)
    assert Sighting.objects.get().collected_at == MARCH


def test_what_the_record_brings_comes_before_what_the_text_says(db):
    record = Record(
        "2020-01-01-a.txt",
        raw=TEXT.encode(),
        title="A\nheadline",
        published="2024-05",
        language="en",
        source_name="Meridian",
    )
    pipeline.run([record], label="test", source_name="Somebody else")
    document = Document.objects.get()
    assert document.title == "A headline"
    assert (document.published, document.published_basis) == ("2024-05", "metadata")
    assert f"{document.published_earliest} {document.published_latest}" == "2024-05-01 2024-05-31"
    assert document.language == "en"
    assert document.source == Source.objects.get(name="Meridian")
    assert document.current_capture.title == "NASA and ESA agreed"


@pytest.mark.parametrize(
    ("name", "head", "published", "basis"),
    [
        ("a.txt", "Paris, 13 July 2022", "2022-07-13", "text"),
        ("a.txt", "Published 21 May 2024", "2024-05-21", "text"),
        ("2020-01-02-a.txt", "Paris, 13 July 2022", "2022-07-13", "text"),
        ("2020-01-02-a.txt", "By nobody", "2020-01-02", "file name"),
        ("2020-13-02-a.txt", "By nobody", "", ""),
        ("a.txt", "The rover waits on Earth until 2022", "", ""),
        ("a.txt", "They met on Monday and will meet again in Paris on 13 July 2022", "", ""),
    ],
)
def test_date_is_read_from_a_dateline_or_the_name(name, head, published, basis, folder, take_in):
    take_in(folder({name: f"A headline of some words\n\n{head}\n\nESA agreed to fly.\n"}))
    document = Document.objects.get()
    assert (document.published, document.published_basis) == (published, basis)


def test_date_that_cannot_be_read_is_told(take_in):
    outcomes = []
    record = Record("a.txt", raw=TEXT.encode(), published="last spring")
    pipeline.run([record], label="test", on_outcome=outcomes.append)
    assert Document.objects.get().published == ""
    assert outcomes[0].words[0].startswith("Its date was not taken over.")


def test_record_whose_storing_fails_is_rejected_alone(folder, take_in):
    def fails_for_b(capture, previous):
        if capture.document.path == "b.txt":
            raise IntegrityError("no reason")

    root = folder({"a.txt": "A text.", "b.txt": "B text.", "c.txt": "C text."})
    run = take_in(root, after_store=fails_for_b)

    assert (run.new, run.rejected) == (2, 1)
    assert {document.path for document in Document.objects.all()} == {"a.txt", "c.txt"}
    reject = Reject.objects.get()
    assert reject.name == "b.txt"
    assert "IntegrityError" in reject.reason
    assert zlib.decompress(reject.raw) == b"B text."


def test_record_that_breaks_a_constraint_is_rejected_alone(folder, take_in):
    def breaks(capture, previous):
        if capture.document.path == "b.txt":
            Passage.objects.create(capture=capture, start=2, end=1)

    root = folder({"a.txt": "A text.", "b.txt": "B text.", "c.txt": "C text."})
    run = take_in(root, after_store=breaks)
    assert (run.new, run.rejected) == (2, 1)


def test_import_that_is_stopped_keeps_what_it_stored(monkeypatch, db):
    monkeypatch.setattr(limits, "BATCH_DOCUMENTS", 2)

    def records():
        for n in range(4):
            yield Record(f"{n}.txt", raw=f"Text {n}.".encode())
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        pipeline.run(records(), label="test")

    run = ImportRun.objects.get()
    assert (run.state, run.read, run.new) == ("stopped", 4, 4)
    assert run.finished_at
    assert Document.objects.count() == 4


def test_import_that_is_asked_to_stop_stores_what_it_read(db):
    records = [Record(f"{n}.txt", raw=f"Text {n}.".encode()) for n in range(4)]
    answers = iter([False, False, False, True])
    run = pipeline.run(records, label="test", asked_to_stop=lambda: next(answers))
    assert (run.state, run.read, run.new) == ("stopped", 3, 3)
    assert run.finished_at
    assert Document.objects.count() == 3


def test_import_that_had_read_everything_is_finished_whatever_was_asked(db):
    answers = iter([False, True])
    records = [Record("a.txt", raw=b"Text.")]
    run = pipeline.run(records, label="test", asked_to_stop=lambda: next(answers))
    assert (run.state, run.read) == ("finished", 1)


def test_rejects_are_kept_up_to_the_limit(db):
    noise = random.Random(1).randbytes(2 * limits.MB)
    records = [
        Record("small.bin", raw=b"\x00\x01" * 500, error="No text."),
        Record("large.bin", raw=noise, error="No text."),
    ]
    pipeline.run(records, label="test")
    small, large = Reject.objects.order_by("pk")
    assert (small.name, small.size) == ("small.bin", 1000)
    assert zlib.decompress(small.raw) == b"\x00\x01" * 500
    assert (large.name, large.size, large.raw) == ("large.bin", 2 * limits.MB, None)
    assert large.sha256 == sha256(noise).hexdigest()


def test_queries_do_not_grow_with_the_length_of_a_document(db):
    make_entity("ESA")
    counts = []
    for sentences, word in ((10, "signed"), (100, "flew")):  # no copy of each other
        text = " ".join(f"ESA {word} {word}{n} with {word}{n + 1}." for n in range(sentences))
        with CaptureQueriesContext(connection) as queries:
            pipeline.run([Record("a.txt", raw=text.encode(), source_name=str(sentences))], label="")
        counts.append(len([query for query in queries if not query["sql"].startswith("INSERT")]))
    assert counts[0] == counts[1]


def test_source_is_found_in_whatever_case(folder, take_in):
    take_in(folder({"a.txt": TEXT}), source_name="Élan  Presse")
    run = take_in(folder({"a.txt": TEXT}), source_name="éLAN presse")
    assert run.unchanged == 1
    assert Source.objects.get().name == "Élan Presse"
    assert Sighting.objects.last().source_name == "éLAN presse"


def test_store_is_whole_or_nothing(folder, take_in):
    def fails(capture, previous):
        raise ValueError

    take_in(folder({"a.txt": TEXT}), source_name="New source", after_store=fails)
    models = (Document, Capture, Passage, Sighting, Original, Source)
    assert [model.objects.count() for model in models] == [0] * len(models)
