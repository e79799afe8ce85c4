"""`manage.py desk`: web server and worker together, and a clean stop."""

import os
import random
import signal
import socket
import subprocess
import sys
from contextlib import contextmanager
from urllib.request import urlopen

import pytest

from tests.conftest import ROOT

pytestmark = pytest.mark.slow


@pytest.fixture
def database(desk_file):
    return f"sqlite:///{desk_file}"


def free_port():
    """One that nobody uses, below those that systems give away by themselves meanwhile."""
    while True:
        port = random.randrange(20_000, 32_000)
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) != 0:
                return port


@contextmanager
def desk_at(database, port):
    with subprocess.Popen(
        [sys.executable, "manage.py", "desk"],
        cwd=ROOT,
        env=os.environ | {"DATABASE_URL": database, "PORT": str(port)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as desk:
        try:
            yield desk
        finally:
            desk.terminate()


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_desk_says_where_it_is_answers_and_stops_cleanly(database, how):
    port = free_port()
    with desk_at(database, port) as desk:
        said = [desk.stdout.readline().strip() for _ in range(2)]
        with urlopen(f"http://127.0.0.1:{port}/admin/login/", timeout=10) as answer:
            page = answer.read().decode()
        desk.send_signal(how)
        rest, _ = desk.communicate(timeout=60)

    assert said == [
        f"Public site: http://localhost:{port}/",
        f"Desk: http://localhost:{port}/admin/",
    ]
    assert "Concordat" in page
    assert desk.returncode == 0
    assert "The desk has stopped." in rest
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", port)) != 0


def test_taken_port_is_told_in_a_sentence(database):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with desk_at(database, taken.getsockname()[1]) as desk:
            said, _ = desk.communicate(timeout=60)

    assert desk.returncode == 1
    assert "is taken: stop what uses it, or set PORT" in said


def test_database_without_tables_is_told_in_a_sentence(tmp_path):
    with desk_at(f"sqlite:///{tmp_path / 'empty.sqlite3'}", free_port()) as desk:
        said, _ = desk.communicate(timeout=60)

    assert desk.returncode == 1
    assert "run manage.py migrate first" in said
