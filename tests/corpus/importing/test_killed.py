"""Kill -9 at any point of an import: the next worker goes on, and nothing is lost or doubled."""

import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest

from tests.conftest import ROOT

pytestmark = pytest.mark.slow

FILES = 9
BATCH = 2

KILLED = f"""
import os, signal, sys
import django
django.setup()
from pathlib import Path
from corpus.importing import jobs, limits, pipeline, storing_new

limits.BATCH_DOCUMENTS = {BATCH}
function, times = sys.argv[1:3]
room = pipeline.Importing if function == "take_in" else storing_new
whole, left = getattr(room, function), int(times)

def killed(*args, **kwargs):
    global left
    result = whole(*args, **kwargs)
    left -= 1
    if not left:
        os.kill(os.getpid(), signal.SIGKILL)
    return result

setattr(room, function, killed)
jobs.work(jobs.wait(label="test", paths=[Path(sys.argv[3])]))
"""


def manage(database, *arguments):
    command = [sys.executable, "manage.py", *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment(database), check=True)


def environment(database):
    return os.environ | {
        "DATABASE_URL": f"sqlite:///{database}",
        "DJANGO_SETTINGS_MODULE": "curation.settings",
    }


def rows(database, question):
    with closing(sqlite3.connect(database)) as connection:
        return connection.execute(question).fetchall()


def long_ago(database):
    """Its process has been silent for long."""
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute("UPDATE corpus_importrun SET alive_at = '2026-01-01 00:00:00'")


COUNTS = "SELECT state, read, new, unchanged, changed, rejected FROM corpus_importrun"


@pytest.mark.parametrize(
    ("function", "times", "stored"),
    [
        ("_put_in_force", 1, 0),  # in the middle of its first transaction
        ("take_in", 1, BATCH),  # which is safe, and nobody was told
        ("_put_in_force", 2, BATCH),  # in the middle of the second
        ("take_in", 4, 4 * BATCH),  # before the last
        ("take_in", 5, FILES),  # all is stored, and not yet called finished
    ],
)
def test_import_killed_anywhere_ends_with_exactly_its_documents(
    function, times, stored, desk_file, tmp_path
):
    inside = tmp_path / "in"
    inside.mkdir()
    for n in range(FILES):
        (inside / f"{n}.txt").write_text(f"Text number {n} says something of its own.")

    killed = subprocess.run(
        [sys.executable, "-c", KILLED, function, str(times), str(inside)],
        cwd=ROOT,
        env=environment(desk_file),
    )
    assert killed.returncode == -signal.SIGKILL
    assert rows(desk_file, COUNTS) == [("running", stored, stored, 0, 0, 0)]
    assert rows(desk_file, "SELECT count(*) FROM corpus_sighting") == [(stored,)]

    long_ago(desk_file)
    manage(desk_file, "work", "--batch")

    assert rows(desk_file, COUNTS) == [("finished", FILES, FILES, 0, 0, 0)]
    assert rows(desk_file, "SELECT path FROM corpus_document ORDER BY path") == [
        (f"{n}.txt",) for n in range(FILES)
    ]
    assert rows(desk_file, "SELECT count(*) FROM corpus_sighting") == [(FILES,)]
    assert rows(desk_file, "SELECT count(*) FROM corpus_passage") == [(FILES,)]
