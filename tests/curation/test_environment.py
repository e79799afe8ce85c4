"""Settings read from the environment: strict, and told in sentences."""

import os
import subprocess
import sys

import pytest
from django.core.exceptions import ImproperlyConfigured

from curation.environment import (
    env_bool,
    env_list,
    env_port,
    env_secret,
    env_url,
    on_this_machine,
)
from tests.conftest import ROOT

LONG = "x" * 60


@pytest.mark.parametrize(
    ("value", "read"), [("1", True), ("Yes", True), ("off", False), ("0", False), ("", True)]
)
def test_yes_and_no_are_read(monkeypatch, value, read):
    monkeypatch.setenv("ANY", value)
    assert env_bool("ANY", True) is read


def test_neither_yes_nor_no_stops_the_start(monkeypatch):
    monkeypatch.setenv("ANY", "maybe")
    with pytest.raises(ImproperlyConfigured, match="ANY is 'maybe'; write 1 or 0"):
        env_bool("ANY", False)


@pytest.mark.parametrize("value", ["0", "65536", "eighty", "-1", "80 80"])
def test_no_port_stops_the_start(monkeypatch, value):
    monkeypatch.setenv("PORT", value)
    with pytest.raises(ImproperlyConfigured, match="write a port"):
        env_port("PORT", 8000)


@pytest.mark.parametrize("value", ["desk.example.org", "ftp://a.org", "https://a.org/desk"])
def test_no_address_of_a_site_stops_the_start(monkeypatch, value):
    monkeypatch.setenv("SITE_URL", value)
    with pytest.raises(ImproperlyConfigured, match="write it like"):
        env_url("SITE_URL", "")


def test_list_leaves_out_what_is_empty(monkeypatch):
    monkeypatch.setenv("ANY", "a, ,b,")
    assert env_list("ANY", []) == ["a", "b"]


@pytest.mark.parametrize(
    ("host", "here"),
    [
        ("localhost", True),
        ("127.0.0.1", True),
        ("[::1]", True),
        ("desk.localhost", True),
        ("192.168.0.7", False),
        ("desk.example.org", False),
        ("*", False),
        (".localhost.example.org", False),
    ],
)
def test_who_can_reach_a_host(host, here):
    assert on_this_machine(host) is here


def test_laptop_makes_its_own_secret_and_keeps_it(monkeypatch, tmp_path):
    monkeypatch.delenv("SECRET_KEY", raising=False)

    made = env_secret("SECRET_KEY", local=True, kept_in=tmp_path)

    assert len(made) >= 50
    assert env_secret("SECRET_KEY", local=True, kept_in=tmp_path) == made
    assert (tmp_path / "secret_key").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(("value", "word"), [("", "missing"), ("short", "too short")])
def test_desk_that_others_reach_needs_a_secret(monkeypatch, tmp_path, value, word):
    monkeypatch.setenv("LEDGER_KEY", value)
    with pytest.raises(ImproperlyConfigured, match=f"LEDGER_KEY is {word}"):
        env_secret("LEDGER_KEY", local=False, kept_in=tmp_path)


def test_secret_may_come_from_a_file(monkeypatch, tmp_path):
    monkeypatch.delenv("SECRET_KEY", raising=False)
    (tmp_path / "key").write_text(f"{LONG}\n")
    monkeypatch.setenv("SECRET_KEY_FILE", str(tmp_path / "key"))

    assert env_secret("SECRET_KEY", local=False, kept_in=tmp_path) == LONG


def start(**env):
    """Start Django with an environment of its own; return what it said when it stopped."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    command = [sys.executable, "-c", "import django; django.setup()"]
    env = {"DJANGO_SETTINGS_MODULE": "curation.settings"} | kept | env
    return subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True).stderr


PRODUCTION = {
    "SITE_URL": "https://desk.example.org",
    "ALLOWED_HOSTS": "desk.example.org",
    "SECRET_KEY": LONG,
    "LEDGER_KEY": f"ledger{LONG}",
}


def test_fresh_clone_starts_with_nothing_set():
    assert start() == ""


def test_production_starts_when_all_is_given():
    assert start(**PRODUCTION) == ""


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"SECRET_KEY": ""}, "SECRET_KEY is missing"),
        ({"LEDGER_KEY": ""}, "LEDGER_KEY is missing"),
        ({"LEDGER_KEY": LONG}, "are the same"),
        ({"DEBUG": "1"}, "DEBUG is on, but other machines"),
        ({"DEBUG": "perhaps"}, "DEBUG is 'perhaps'"),
        ({"SITE_URL": "http://desk.example.org"}, "served over https"),
        ({"DATABASE_URL": "oracle://a/b"}, "DATABASE_URL"),
        ({"DATABASE_URL": "mysql://a/b"}, "neither SQLite nor PostgreSQL"),
        ({"PORT": "x"}, "PORT is 'x'"),
    ],
)
def test_production_refuses_to_start(change, sentence):
    assert sentence in start(**(PRODUCTION | change))
