"""What is written in bulk is what would have been written one by one."""

import json
import random
import re
from datetime import UTC, datetime

import pytest
from django.db import DataError, connection, transaction
from django.db.models import JSONField
from django.test.utils import CaptureQueriesContext

from corpus.importing import copying, cutting, naming, pipeline, storing_batch, storing_new
from corpus.importing.records import Record
from corpus.models import (
    Capture,
    CopyEdge,
    Document,
    Fingerprint,
    Mention,
    Original,
    Passage,
    Reject,
    SearchText,
    Sighting,
    Source,
)
from tests.factories import make_entity

ROWS = {
    Source: "name",
    Original: "sha256 size media_type content",
    Document: "source__name title url published published_earliest published_basis language "
    "canonical_address source_as_given path current_capture__text_sha256 suggested_reliability "
    "suggestion_score suggestion_reasons suggestion_version hints suggested_origin_entity__name "
    "suggested_origin_words suggested_origin_because",
    Capture: "document__path document__url original__sha256 text text_sha256 title structure "
    "mended extractor",
    Sighting: "capture__document__path capture__text_sha256 original__sha256 collected_at address "
    "path source_name title author published published_basis language bases remarks words_sha256",
    Passage: "capture__document__path capture__text_sha256 start end text text_sha256 kind "
    "made_by retired_at repeats__start suggested_reliability suggestion_score suggestion_reasons "
    "suggestion_version suggestion_pattern hints",
    Mention: "capture__document__path capture__text_sha256 start end entity__name alias__text "
    "passage__start rank because gone_at",
    SearchText: "document__path document__url text",
    Fingerprint: "document__path document__url algorithm value",
    CopyEdge: "a__path b__path score algorithm",
    Reject: "name reason",
}
SENTENCES = (
    "ESA and NASA agreed on Monday to fly together.",
    "Leave a Reply",
    "According to Roscosmos, the engine will be delivered by 2028 at the latest.",
    "The Moon could one day be covered with hotels.",
    "The rover weighs 310 kilograms and was built in Turin for ESA.",
    "Officials in Paris signed the agreement after eleven months of talks about the budget.",
    "- a list item of NASA",
)


def rows_of(model, fields):
    rows = CopyEdge.objects.standing() if model is CopyEdge else model._base_manager.all()
    named = dict(Document.objects.values_list("pk", "path"))
    told = [
        tuple(re.sub(r"ocument (\d+)", lambda n: named[int(n[1])], repr(value)) for value in row)
        for row in rows.values_list(*fields.split())
    ]
    # Which of two is a, depends on the keys alone.
    return sorted(tuple(sorted(row)) for row in told) if model is CopyEdge else sorted(told)


@pytest.fixture
def every_copy(monkeypatch):
    """Of many that are equally likely some are compared, the first: that is the keys' doing."""
    monkeypatch.setattr(copying, "COMPARED", 1000)
    monkeypatch.setattr(copying, "COMMON", 1000)


def objects(model, columns, rows):
    """Insert rows as objects, as Django itself would."""
    made = [model(**dict(zip(columns, row, strict=True))) for row in rows]
    for each in made:
        for field in model._meta.concrete_fields:
            if isinstance(field, JSONField):
                setattr(each, field.name, json.loads(getattr(each, field.name)))
    return [each.pk for each in model._base_manager.bulk_create(made)]


def imported(batches, monkeypatch, one_by_one):
    """Import the batches, one import each; return all rows without keys, and forget them."""
    heard = []
    with transaction.atomic(), monkeypatch.context() as patched:
        if one_by_one:
            patched.setattr(storing_batch, "store_new", lambda *_: {})
            for room in (cutting, naming, copying):
                patched.setattr(room, "insert", objects)
        runs = [
            pipeline.run(
                records,
                label="test",
                source_name="Perigee Wire",
                collected_at=datetime(2026, 3, n + 1, tzinfo=UTC),
                on_outcome=lambda each: heard.append((each.name, each.word, len(each.words))),
            )
            for n, records in enumerate(batches)
        ]
        counts = [(run.read, run.new, run.changed, run.rejected, run.copies) for run in runs]
        rows = {model.__name__: rows_of(model, fields) for model, fields in ROWS.items()}
        transaction.set_rollback(True)
    return heard, counts, rows


def some_records(draw):
    for _ in range(draw.randint(1, 14)):
        lines = draw.choices(SENTENCES, k=draw.randint(0, 9))
        if draw.random() < 0.7:
            lines.append(f"Only here: {draw.random()} kilograms were sold by JAXA.")
        number = draw.randint(1, 6)
        yield Record(
            f"{draw.randint(1, 12)}.txt",
            "\n".join(lines).encode() or b"\0\1",
            address=draw.choice(["", "", f"https://wire.example/{number}", "not an address"]),
            source_name=draw.choice(["", "", "Orbit Post", "ORBIT POST", "Straße", "STRASSE"]),
            title=draw.choice(["", "A headline of its own"]),
            published=draw.choice(["", "2024-05-06", "some day"]),
        )


@pytest.mark.parametrize("seed", range(12))
def test_bulk_and_one_by_one_write_the_same(db, monkeypatch, every_copy, seed):
    for name in ("ESA", "NASA", "JAXA", "Roscosmos"):
        make_entity(name)
    draw = random.Random(seed)
    batches = [list(some_records(draw)) for _ in range(3)]

    heard, counts, rows = imported(batches, monkeypatch, one_by_one=False)

    heard_one_by_one, counts_one_by_one, rows_one_by_one = imported(batches, monkeypatch, True)
    assert (heard, counts) == (heard_one_by_one, counts_one_by_one)
    for model, written in rows.items():
        assert written == rows_one_by_one[model], model


def records(count):
    return [
        Record(f"{n}.txt", f"ESA agreed to {n} things in Paris.".encode()) for n in range(count)
    ]


def test_statements_do_not_grow_with_the_documents(db):
    make_entity("ESA")
    asked = []
    for count in (3, 30):
        with CaptureQueriesContext(connection) as queries, transaction.atomic():
            assert pipeline.run(records(count), label="test").new == count
            transaction.set_rollback(True)
        under_the_lock = [each for each in queries if not each["sql"].startswith("SELECT 1")]
        asked.append(len(under_the_lock))
    assert asked[0] == asked[1]


def test_what_fails_in_bulk_is_stored_one_by_one(db, monkeypatch, caplog):
    def fails(*args):
        Source.objects.create(name="Left over")
        raise DataError("too long")

    monkeypatch.setattr(storing_new, "_write", fails)

    assert pipeline.run(records(3), label="test").new == 3

    assert not Source.objects.exists()
    assert "one by one" in caplog.text
