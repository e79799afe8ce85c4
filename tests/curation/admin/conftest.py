"""What the desk's tests share."""

from contextlib import contextmanager
from threading import Event, Thread

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from curation.ledger import one_writer


@pytest.fixture
def queries(client):
    """How many queries an address takes for whoever is signed in."""

    def count(address, **kwargs):
        client.get(address, **kwargs)  # what is looked up once a process is no part of it
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address, **kwargs).status_code == 200
        return len(captured)

    return count


@pytest.fixture
def busy(committing):
    """A context in which somebody else writes on and on, and nobody waits for long."""
    return _busy


@contextmanager
def _busy():
    held, enough = Event(), Event()

    def write_on():
        with one_writer():
            held.set()
            enough.wait(30)
        connection.close()

    writing = Thread(target=write_on)
    writing.start()
    try:
        assert held.wait(30)
        with _impatient():
            yield
    finally:
        enough.set()
        writing.join()


@contextmanager
def _impatient():
    """Wait for the writer's lock for a moment only, on either database."""
    short, usual = {
        "sqlite": ("PRAGMA busy_timeout = 50", "PRAGMA busy_timeout = 20000"),
        "postgresql": ("SET lock_timeout = '50ms'", "RESET lock_timeout"),
    }[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(short)
        yield
        cursor.execute(usual)
