"""Zip archives: members are files; no name leads anywhere, and no bomb goes off."""

import gzip
import io
import stat
import struct
import zipfile

import pytest

from corpus.importing.limits import MB, Bounds
from corpus.importing.readers import archives


def packed(members, compression=zipfile.ZIP_DEFLATED):
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", compression) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return written.getvalue()


MEMBERS = {
    "news/one.txt": "One.",
    "rows.csv": "text\nTwo.\nThree.\n",
    "more/lines.jsonl.gz": gzip.compress(b'{"text": "Four."}'),
}


def test_members_are_files_called_after_archive_and_path(reading):
    found = reading("a.zip", packed(MEMBERS))
    assert [(record.name, record.text or record.raw.decode()) for record in found] == [
        ("a.zip!news/one.txt", "One."),
        ("a.zip!rows.csv#2", "Two."),
        ("a.zip!rows.csv#3", "Three."),
        ("a.zip!more/lines.jsonl.gz#1", "Four."),
    ]


def test_packed_member_without_another_ending_is_told_by_its_own_name(reading):
    (record,) = reading("a.zip", packed({"notes.gz": gzip.compress(b"One.")}))
    assert record.name == "a.zip!notes.gz"
    assert "zip!" not in record.error
    assert record.error.startswith("A file without an ending is not read here.")


@pytest.mark.parametrize("compression", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_archive_in_an_archive_is_read(compression, reading):
    inner = packed(MEMBERS, compression)
    found = reading("a.zip", packed({"b.zip": inner, "c.txt": "C."}, compression))
    assert found[0].name == "a.zip!b.zip!news/one.txt"
    assert len(found) == 5


def test_hidden_members_and_those_of_an_operating_system_are_told(reading):
    hidden = []
    members = {".DS_Store": "x", "__MACOSX/._a.txt": "x", "a/.git/b.txt": "x", "a.txt": "A."}
    (record,) = reading("a.zip", packed(members), on_hidden=hidden.append)
    assert record.raw == b"A."
    assert hidden == ["a.zip!.DS_Store", "a.zip!__MACOSX/._a.txt", "a.zip!a/.git/b.txt"]


@pytest.mark.parametrize(
    "name", ["../out.txt", "a/../../out.txt", "/etc/out.txt", "C:/out.txt", "..\\out.txt"]
)
def test_name_that_leads_out_is_told_and_its_bytes_kept(name, reading, tmp_path):
    before = set(tmp_path.parent.rglob("*"))
    (record,) = reading("a.zip", packed({name: "Words."}))
    assert (record.error, record.raw) == (archives.LEADS_OUT, b"Words.")
    assert set(tmp_path.parent.rglob("*")) - before == {tmp_path / "a.zip"}


def test_names_are_shown_safely(reading):
    names = ["two\nlines.txt", "right\u202etxt.txt", "tab\t.txt", "x" * 3000 + ".txt"]
    found = reading("a.zip", packed(dict.fromkeys(names, "Words.")))
    assert [record.name for record in found[:3]] == [
        "a.zip!two\\nlines.txt",
        "a.zip!right\\u202etxt.txt",
        "a.zip!tab\\t.txt",
    ]
    assert len(found[3].name) <= 1000
    assert [record.raw for record in found] == [b"Words."] * 4


def test_link_is_not_followed(reading):
    info = zipfile.ZipInfo("link.txt")
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        archive.writestr(info, "/etc/passwd")
    (record,) = reading("a.zip", written.getvalue())
    assert (record.error, record.raw) == (archives.LINK, b"/etc/passwd")


def test_encrypted_member_is_told_and_the_next_is_read(reading):
    raw = bytearray(packed({"secret.txt": "S.", "open.txt": "O."}))
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        raw[raw.index(mark) + flags] |= 1
    secret, read = reading("a.zip", bytes(raw))
    assert (secret.name, secret.error) == ("a.zip!secret.txt", archives.ENCRYPTED)
    assert read.raw == b"O."


def test_damaged_member_is_told_and_the_next_is_read(reading):
    raw = packed({"a.jsonl": '{"text": "One."}\n' * 3, "b.txt": "B."}, zipfile.ZIP_STORED)
    damaged, read = reading("a.zip", raw.replace(b'"One."', b'"Eno."', 1))[-2:]
    assert damaged.name == "a.zip!a.jsonl"
    assert "is damaged after" in damaged.error
    assert read.raw == b"B."


def test_every_cut_of_an_archive_is_told(reading):
    whole = packed(MEMBERS)
    for end in range(4, len(whole), 7):
        (record,) = reading("a.zip", whole[:end])
        assert record.error.startswith("This is no zip archive, or one that breaks off")
        assert record.raw == whole[:end]


def test_unknown_compression_is_told(reading):
    raw = bytearray(packed({"a.txt": "A."}))
    for mark, method in ((b"PK\x03\x04", 8), (b"PK\x01\x02", 10)):
        raw[raw.index(mark) + method] = 99
    (record,) = reading("a.zip", bytes(raw))
    assert "cannot be read" in record.error


def test_bomb_in_a_member_is_refused_and_the_next_is_read(reading):
    raw = packed({"bomb.txt": bytes(30 * MB), "bomb.jsonl": b"0" * 30 * MB, "b.txt": "B."})
    text, rows, read = reading("a.zip", raw)
    assert "more than 200 times its size" in text.error
    assert "more than 200 times its size" in rows.error
    assert read.raw == b"B."


def test_all_members_together_unfold_to_what_was_agreed(reading):
    raw = packed({f"{n}.txt": f"{n}" * 1000 for n in range(10)})
    found = reading("a.zip", raw, bounds=Bounds(unpacked=5000))
    assert [bool(record.error) for record in found] == [False] * 5 + [True] * 5


def test_archives_that_unfold_in_each_other_stop_at_the_agreed_depth(reading):
    raw = b"Words."
    for depth in range(6):
        raw = packed({f"{depth}.zip" if depth else "a.txt": raw})
    (record,) = reading("a.zip", raw)
    assert record.name.count("!") == 3
    assert "at most 3 are unpacked inside each other" in record.error


def test_members_are_counted_before_they_are_loaded(reading, monkeypatch):
    raw = packed({f"{n}.txt": "" for n in range(200)})
    loaded = []
    monkeypatch.setattr(zipfile.ZipFile, "infolist", lambda self: loaded.append(self) or [])
    (record,) = reading("a.zip", raw, bounds=Bounds(members=199))
    assert "more than 199 members" in record.error
    assert loaded == []
    reading("a.zip", raw, bounds=Bounds(members=200))
    assert len(loaded) == 1


def test_bounds_of_the_settings_rule(reading, settings):
    settings.IMPORT_BOUNDS = Bounds(members=1)
    (record,) = reading("a.zip", packed(MEMBERS))
    assert "more than 1 members" in record.error


def test_count_that_an_archive_gives_of_itself_is_not_believed(reading):
    raw = bytearray(packed({f"{n}.txt": "" for n in range(200)}))
    struct.pack_into("<HH", raw, raw.rindex(b"PK\x05\x06") + 8, 1, 1)
    (record,) = reading("a.zip", bytes(raw), bounds=Bounds(members=199))
    assert "more than 199 members" in record.error


def test_archive_of_nothing_that_can_be_read_is_told(reading):
    (record,) = reading("a.zip", packed({".hidden": "x"}))
    assert record.error == "It holds no document."
