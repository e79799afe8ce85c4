"""Files and folders become records; nothing is passed over in silence."""

import os
from hashlib import sha256
from pathlib import Path

import pytest

from corpus.importing import limits
from corpus.importing.readers import folders, read
from corpus.importing.readers.folders import printable


def records_of(*paths, **kwargs):
    return {record.name: record for record in read(paths, **kwargs)}


def test_folder_gives_its_files_by_their_paths_below_it(folder):
    root = folder({"b.txt": "B.", "a/deep/c.TXT": "C.", "a.txt": "A."})
    found = list(read([root]))
    assert [(record.name, record.raw) for record in found] == [
        ("a/deep/c.TXT", b"C."),
        ("a.txt", b"A."),
        ("b.txt", b"B."),
    ]


def test_single_file_is_called_by_its_name(folder):
    root = folder({"deep/one.txt": "One."})
    assert [record.name for record in read([root / "deep" / "one.txt"])] == ["one.txt"]


def test_other_formats_are_kept_with_the_reason(folder):
    records = records_of(folder({"a.txt": "A.", "page.odt": "words", "LICENCE": "MIT"}))
    assert records["page.odt"].raw == b"words"
    assert records["page.odt"].error.startswith("A file ending in .odt is not read here")
    assert records["LICENCE"].error.startswith("A file without an ending is not read here")


def test_hidden_files_and_folders_are_told_one_by_one(folder):
    root = folder({"a.txt": "A.", ".hidden.txt": "H.", ".git/config": "x", "b/.DS_Store": "x"})
    hidden = []
    assert list(records_of(root, on_hidden=hidden.append)) == ["a.txt"]
    assert hidden == [".git", ".hidden.txt", "b/.DS_Store"]


def test_hidden_file_that_is_named_itself_is_read(folder):
    root = folder({".hidden.txt": "H."})
    assert records_of(root / ".hidden.txt")[".hidden.txt"].raw == b"H."


def test_source_name_goes_with_each_record(folder):
    records = records_of(folder({"a.txt": "A."}), source_name="Perigee Wire")
    assert records["a.txt"].source_name == "Perigee Wire"


def test_too_large_file_is_measured_and_not_loaded(tmp_path):
    path = tmp_path / "large.txt"
    content = b"Words. " * (limits.DOCUMENT // 7 + 1000)
    path.write_bytes(content)
    record = records_of(path)["large.txt"]
    assert record.raw is None
    assert record.size == len(content)
    assert record.sha256 == sha256(content).hexdigest()
    assert "at most 6 MB" in record.error


def test_file_of_just_the_limit_is_read(tmp_path):
    path = tmp_path / "just.txt"
    path.write_bytes(b"x" * limits.DOCUMENT)
    assert records_of(path)["just.txt"].error == ""


def test_pipe_does_not_make_the_import_wait(folder):
    root = folder({"a.txt": "A."})
    os.mkfifo(root / "pipe.txt")
    records = records_of(root)
    assert "no regular file" in records["pipe.txt"].error
    assert records["a.txt"].error == ""


def test_links_that_lead_nowhere_or_to_a_folder_are_told(folder):
    root = folder({"a.txt": "A.", "real/b.txt": "B."})
    (root / "nowhere.txt").symlink_to(root / "missing")
    (root / "itself.txt").symlink_to(root / "itself.txt")
    (root / "round").symlink_to(root)
    (root / "other").symlink_to("real")
    records = records_of(root)
    assert records["nowhere.txt"].error == "This is a link that leads nowhere."
    assert records["itself.txt"].error == "This is a link that leads nowhere."
    assert "link to a folder" in records["round"].error
    assert "link to a folder" in records["other"].error
    assert len(records) == 6


def test_link_to_a_file_in_the_folder_is_read(folder):
    root = folder({"a.txt": "A.", "deep/b.txt": "B."})
    (root / "again.txt").symlink_to("a.txt")
    (root / "deep" / "up.txt").symlink_to("../again.txt")
    records = records_of(root)
    assert (records["again.txt"].raw, records["deep/up.txt"].raw) == (b"A.", b"A.")


def test_link_that_leads_out_of_the_folder_is_not_followed(tmp_path):
    root, elsewhere = tmp_path / "in", tmp_path / "in-no-way"  # its name begins like the folder's
    for place in (root, elsewhere):
        place.mkdir()
    (elsewhere / "secret.txt").write_text("Nobody meant this.")
    (root / "file.txt").symlink_to(elsewhere / "secret.txt")
    (root / "relative.txt").symlink_to("../in-no-way/secret.txt")
    (root / "folder").symlink_to(elsewhere)
    (root / "up").symlink_to("..")
    (root / "by-way.txt").symlink_to("folder/secret.txt")
    records = records_of(root)
    assert sorted(records) == ["by-way.txt", "file.txt", "folder", "relative.txt", "up"]
    for record in records.values():
        assert (record.raw, record.error) == (None, folders.OUTSIDE)


def test_path_that_is_a_link_itself_is_followed(folder, tmp_path):
    root = folder({"a.txt": "A.", "again.txt": "B."})
    (root / "again.txt").unlink()
    (root / "again.txt").symlink_to("a.txt")
    (tmp_path / "link").symlink_to(root)
    (tmp_path / "one.txt").symlink_to(root / "a.txt")
    records = records_of(tmp_path / "link", tmp_path / "one.txt")
    assert {name: record.raw for name, record in records.items()} == dict.fromkeys(
        ["a.txt", "again.txt", "one.txt"], b"A."
    )


def test_folder_with_the_name_of_a_file_is_told_and_its_files_are_read(folder):
    records = records_of(folder({"x.txt/inside.txt": "Inside."}))
    assert "folder with the name of a file" in records["x.txt"].error
    assert records["x.txt/inside.txt"].raw == b"Inside."


def test_path_that_leads_nowhere_is_a_record_with_the_reason(folder):
    root = folder({"a.txt": "A."})
    records = records_of(root / "missing.txt", root)
    assert records["missing.txt"].error == "There is nothing at this path."
    assert records["a.txt"].raw == b"A."


@pytest.mark.parametrize("path", ["\0.txt", "\ud800.txt", "a" * 5000])
def test_impossible_paths_are_told_as_any_other(path):
    (record,) = read([Path(path)])
    assert record.error
    assert len(record.name) <= limits.NAME
    record.name.encode()


def test_names_that_no_database_takes_are_escaped(folder):
    root = folder({"a.txt": "A."})
    for name in (b"caf\xe9.txt", b"two\nlines.txt", "caf\u00e9.txt".encode()):
        (root / os.fsdecode(name)).write_text("Words.")
    assert set(records_of(root)) == {"a.txt", "caf\\xe9.txt", "two\\nlines.txt", "caf\u00e9.txt"}


@pytest.mark.parametrize(
    "names",
    [
        ("caf\u00e9.txt".encode(), "cafe\u0301.txt".encode()),
        (b"caf\xe9.txt", rb"caf\xe9.txt"),
        (b"a\x85.txt", "a\x85.txt".encode(), rb"a\x85.txt", rb"a\u0085.txt"),
        ("a\U000e0001.txt".encode(), rb"a\U000e0001.txt"),
        (b"a\n.txt", rb"a\n.txt"),
        (b" a.txt", b"a.txt"),
        (b"a.txt", b"A.txt"),
    ],
    ids=["composed", "byte", "control", "tag", "line", "space", "case"],
)
def test_two_names_on_disk_stay_two(names, folder):
    root = folder({})
    root.mkdir()
    for name in names:
        (root / os.fsdecode(name)).write_text("Words.")
    assert len(records_of(root)) == len(names)


def test_two_long_names_stay_two():
    one, two = printable("x" * 2000 + "1"), printable("x" * 2000 + "2")
    assert one != two
    assert len(one) == len(two) == limits.NAME


def test_long_names_in_any_script_fit_the_index():
    assert len(printable("日" * 3000).encode()) <= limits.NAME_BYTES


@pytest.fixture
def deep(tmp_path):
    """A folder in a folder in a folder …, taken away without recursion too."""
    depth, here = 1100, os.getcwd()
    os.chdir(tmp_path)
    for _ in range(depth):
        os.mkdir("d")
        os.chdir("d")
    Path("deep.txt").write_text("Deep.")
    yield tmp_path
    Path("deep.txt").unlink()
    for _ in range(depth):
        os.chdir("..")
        os.rmdir("d")
    os.chdir(here)


def test_folders_may_lie_deeper_than_python_calls(deep):
    (record,) = read([deep])
    assert record.raw == b"Deep."
