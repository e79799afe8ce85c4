"""Gzip: read as what it packs; one that breaks off, or grows without end, is told."""

import gzip
import io
import json
import tracemalloc

import pytest

from corpus.importing.limits import MB, Bounds

LINES = b"".join(json.dumps({"text": f"Document {n}."}).encode() + b"\n" for n in range(5000))


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        ("a.txt.gz", b"Words."),
        ("a.csv.gz", b"text\nWords.\n"),
        ("a.json.gz", b'[{"text": "Words."}]'),
        ("a.JSONL.GZ", b'{"text": "Words."}'),
    ],
)
def test_file_is_read_as_its_name_says_without_the_last_ending(name, raw, reading):
    (record,) = reading(name, gzip.compress(raw))
    assert record.name.startswith(name)
    assert (record.text or record.raw.decode(), record.remarks) == ("Words.", ())


def test_several_members_in_a_row_are_one_file(reading):
    raw = gzip.compress(b'{"text": "One."}\n') + gzip.compress(b'{"text": "Two."}\n')
    assert [record.text for record in reading("a.jsonl.gz", raw)] == ["One.", "Two."]


@pytest.mark.parametrize("kept", [0.1, 0.5, 0.9, 0.999])
def test_one_that_breaks_off_is_told_after_what_could_be_read(kept, reading):
    packed = gzip.compress(LINES)
    packed = packed[: int(len(packed) * kept)]
    found = reading("a.jsonl.gz", packed)
    last = found.pop()
    assert "The gzip archive breaks off after" in last.error
    assert (last.name, last.raw) == ("a.jsonl.gz", packed)
    assert [record.text for record in found] == [f"Document {n}." for n in range(len(found))]
    assert len(found) > 4000 * kept - 1000


def test_damage_is_told(reading):
    packed = bytearray(gzip.compress(LINES))
    packed[-6] ^= 0xFF  # the checksum
    assert "is damaged after" in reading("a.jsonl.gz", bytes(packed))[-1].error
    assert "is damaged after" in reading("a.jsonl.gz", gzip.compress(LINES) + b"more")[-1].error


def test_what_only_claims_to_be_packed_is_read_all_the_same(reading):
    (record,) = reading("a.jsonl.gz", b'{"text": "Words."}')
    assert record.text == "Words."
    assert "it is no gzip archive" in record.remarks[0]


def test_archive_under_another_name_is_read_and_told(reading):
    (record,) = reading("a.txt", gzip.compress(b"Words."))
    assert record.raw == b"Words."
    assert record.remarks == (
        "Its name ends in .txt, but it is a gzip archive, and was read as that.",
    )


@pytest.fixture(scope="module")
def bomb():
    packed = io.BytesIO()
    with gzip.GzipFile(fileobj=packed, mode="wb") as file:
        for _ in range(64):
            file.write(bytes(MB))
    return packed.getvalue()


@pytest.mark.parametrize("ending", ["txt", "html", "jsonl", "json", "csv", "xml", "warc", "zip"])
@pytest.mark.parametrize("bounds", [Bounds(), Bounds(unpacked=20 * MB, ratio=5000)])
def test_bomb_of_any_format_is_refused_within_little_memory(ending, bounds, bomb, reading):
    tracemalloc.start()
    (record,) = reading(f"a.{ending}.gz", bomb, bounds=bounds)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert record.error
    assert record.text is None
    assert peak < 40 * MB


def test_what_grows_beyond_the_ratio_is_refused(bomb, reading):
    (record,) = reading("a.txt.gz", bomb)
    assert "more than 200 times its size" in record.error
    assert record.raw == bomb


def test_more_than_was_agreed_does_not_come_out(reading):
    found = reading("a.jsonl.gz", gzip.compress(LINES), bounds=Bounds(unpacked=len(LINES) - 1))
    assert "come out of this file" in found[-1].error
    found = reading("a.jsonl.gz", gzip.compress(LINES), bounds=Bounds(unpacked=len(LINES)))
    assert len(found) == 5000
    assert found[-1].error == ""


def test_archives_in_archives_are_unpacked_as_deep_as_agreed(reading):
    packed = b"Words."
    for depth in range(1, 5):
        packed = gzip.compress(packed)
        (record,) = reading("a.txt" + ".gz" * depth, packed)
        assert bool(record.error) is (depth > 3)
    assert "at most 3 are unpacked inside each other" in record.error
