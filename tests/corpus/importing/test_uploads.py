"""Where uploaded files wait."""

import stat

import pytest

from corpus.importing import uploads


def test_files_are_kept_under_their_names_for_our_user_alone(upload, settings):
    name = upload({"b.txt": b"two", "a.txt": b"one"})

    assert [path.name for path in uploads.files_of(name)] == ["a.txt", "b.txt"]
    assert [path.read_bytes() for path in uploads.files_of(name)] == [b"one", b"two"]
    assert stat.S_IMODE((settings.UPLOADS / name).stat().st_mode) == 0o700


def test_long_name_is_shortened_and_keeps_its_ending(upload):
    (path,) = uploads.files_of(upload({"é" * 150 + ".jsonl.gz": b"x"}))
    assert len(path.name.encode()) <= uploads.LONGEST
    assert path.name.endswith("é.gz") or path.name.endswith(".jsonl.gz")


@pytest.mark.parametrize("name", ["../../etc/passwd", "/etc/passwd", ".."])
def test_name_leads_nowhere_else(name, settings, tmp_path):
    settings.UPLOADS = tmp_path

    class File:
        def __init__(self, name):
            self.name = name

        def chunks(self):
            yield b"x"

    if name == "..":
        with pytest.raises(uploads.Refused):
            uploads.keep([File(name)])
        assert list(tmp_path.iterdir()) == []
    else:
        (path,) = uploads.files_of(uploads.keep([File(name)]))
        assert path.name == "passwd"
        assert path.is_relative_to(tmp_path)


def test_upload_that_fails_half_way_leaves_nothing(settings, upload):
    with pytest.raises(AttributeError):
        uploads.keep([object()])
    assert not any(settings.UPLOADS.iterdir())


@pytest.mark.parametrize("name", ["..", "x", "", "0" * 31])
def test_no_other_folder_is_an_upload(name, settings, tmp_path):
    settings.UPLOADS = tmp_path
    with pytest.raises(ValueError, match="badly formed"):
        uploads.files_of(name)


def test_folder_that_cannot_be_written_is_told_in_a_sentence(settings, tmp_path):
    settings.UPLOADS = tmp_path / "a file"
    settings.UPLOADS.write_text("no folder")

    with pytest.raises(uploads.Refused, match="Nothing was imported"):
        uploads.keep([])
