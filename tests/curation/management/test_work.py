"""`manage.py work`: the worker, and how it ends."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing

import pytest

from tests.conftest import ROOT

pytestmark = pytest.mark.slow

WAIT = """
import sys
import django
django.setup()
from pathlib import Path
from corpus.importing import jobs
jobs.wait(label="test", paths=[Path(sys.argv[1])])
"""
ROW = "SELECT state, read, new FROM corpus_importrun"


@pytest.fixture
def desk(desk_file, tmp_path):
    """A database with an import of many files that waits, though nobody enqueued it."""
    inside = tmp_path / "in"
    inside.mkdir()
    for n in range(3000):
        (inside / f"{n:04}.txt").write_text(f"Text number {n} says something.")
    run(tmp_path, "-c", WAIT, str(inside))
    return tmp_path


def environment(folder):
    return os.environ | {
        "DATABASE_URL": f"sqlite:///{folder / 'desk.sqlite3'}",
        "DJANGO_SETTINGS_MODULE": "curation.settings",
    }


def run(folder, *arguments):
    subprocess.run([sys.executable, *arguments], cwd=ROOT, env=environment(folder), check=True)


def row(folder):
    with closing(sqlite3.connect(folder / "desk.sqlite3")) as database:
        return database.execute(ROW).fetchone()


@pytest.mark.parametrize("times", [1, 2])
def test_worker_that_is_asked_to_end_leaves_its_import_to_the_next(times, desk):
    command = [sys.executable, "manage.py", "work"]
    with subprocess.Popen(
        command, cwd=ROOT, env=environment(desk), stderr=subprocess.DEVNULL
    ) as worker:
        while row(desk)[1] == 0:
            assert worker.poll() is None
            time.sleep(0.05)
        for _ in range(times):
            worker.send_signal(signal.SIGTERM)
            time.sleep(0.05)
        worker.wait(60)

    state, read, new = row(desk)
    assert (state, read) == ("waiting", new)
    assert 100 <= read < 3000
