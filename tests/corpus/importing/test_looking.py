"""Looking before an import: the first items, within bounds, for somebody waits."""

import gzip
import io
import zipfile
from itertools import count

import pytest

from corpus.importing import limits, looking
from corpus.models import ImportRun, Reject

pytestmark = pytest.mark.django_db
LINE = b'{"text": "' + b"ESA agreed. " * 200_000 + b'"}\n'
SHORT = b'{"text": "ESA agreed."}\n'


def zipped(raw):
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as members:
        members.writestr("a.jsonl.gz", raw)
    return written.getvalue()


@pytest.mark.parametrize(
    ("name", "wrap"),
    [
        ("a.jsonl", bytes),
        ("a.jsonl.gz", gzip.compress),
        ("a.zip", lambda raw: zipped(gzip.compress(raw))),
    ],
)
def test_look_ends_once_so_much_was_read_or_came_out_of_archives(name, wrap, folder, monkeypatch):
    monkeypatch.setattr(limits, "LOOK_BYTES", 4 * limits.MB)
    root = folder({name: wrap(SHORT + LINE * 20)})

    look = looking.look([root])

    assert [item.would for item in look.items] == ["new", "not looked into"]
    assert look.unseen == (
        "Looking ended once 4 MB were read: what follows was not looked at. The import reads all "
        "of it."
    )
    assert not ImportRun.objects.exists()
    assert not Reject.objects.exists()


def test_look_ends_after_some_seconds(folder, monkeypatch):
    seconds = count(0, 0.25)
    monkeypatch.setattr(looking, "monotonic", lambda: next(seconds))
    look = looking.look([folder({f"{n}.txt": f"ESA agreed {n}." for n in range(9)})])
    assert 0 < len(look.items) < 9
    assert look.unseen.startswith("Looking ended after 2 seconds")


def test_first_items_are_all_that_was_asked_for(folder, monkeypatch):
    seconds = iter([*[0] * 7, *[9] * 99])
    monkeypatch.setattr(limits, "LOOKED_AT", 3)
    monkeypatch.setattr(looking, "monotonic", lambda: next(seconds))
    look = looking.look([folder({"a.jsonl": SHORT * 9})])
    assert (len(look.items), look.unseen) == (3, "")


def test_long_item_is_told_and_not_read_through(folder, monkeypatch):
    long = "ESA agreed. " * 30_000
    look = looking.look([folder({"a.txt": long, "b.html": f"<p>{long}</p>", "c.txt": "ESA."})])
    assert [item.would for item in look.items] == ["not looked into", "not looked into", "new"]
    assert look.items[0].words == (
        "It has 0.3 MB, and only 0.25 MB of one are read through here. The import reads it whole.",
    )
