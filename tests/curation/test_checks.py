"""System checks for what would lose decisions without a word."""

import pytest
from django.db import connection

from curation.checks import sqlite_keeps_what_it_acknowledged

pytestmark = pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite's settings")


def test_settings_as_shipped_keep_everything():
    assert sqlite_keeps_what_it_acknowledged(None) == []


@pytest.mark.parametrize(
    ("option", "value", "missing"),
    [
        ("transaction_mode", "DEFERRED", ["transaction_mode IMMEDIATE"]),
        ("init_command", "PRAGMA synchronous=FULL;", ["journal_mode=WAL", "foreign_keys=ON"]),
    ],
)
def test_weaker_settings_are_an_error(monkeypatch, option, value, missing):
    monkeypatch.setitem(connection.settings_dict["OPTIONS"], option, value)

    found = [error.msg for error in sqlite_keeps_what_it_acknowledged(None)]

    assert found == [f"SQLite runs without {word}: decisions could be lost." for word in missing]
