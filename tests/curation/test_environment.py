"""Settings read from the environment: strict, and told in sentences."""

import os
import shutil
import subprocess
import sys

import pytest
from django.core.exceptions import ImproperlyConfigured

from corpus.importing import limits
from curation import settings
from curation.environment import (
    env_bool,
    env_count,
    env_folder,
    env_list,
    env_port,
    env_secret,
    env_secrets,
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


@pytest.mark.parametrize(
    "value",
    [
        "desk.example.org",
        "ftp://a.org",
        "https://a.org/desk",
        "https://a.org?desk",
        "https://a.org/?desk=1",
        "https://a.org#desk",
        "https://a.org/#",
        "https://user@a.org",
        "https://user:word@a.org",
        "https://a .org",
        "https://a.org\thttps://b.org",
        "https://a..org",
        "https://a.org:",
        "https://a.org:port",
        "https://a.org:0",
        "https://a.org:65536",
        "https://[::1",
        "https://[:::::]",
        "https://",
        "https:///",
    ],
)
def test_no_address_of_a_site_stops_the_start(monkeypatch, value):
    monkeypatch.setenv("SITE_URL", value)
    with pytest.raises(ImproperlyConfigured, match="write it like"):
        env_url("SITE_URL", "")


@pytest.mark.parametrize(
    ("value", "read"),
    [
        ("https://desk.example.org/", "https://desk.example.org"),
        ("HTTPS://Desk.Example.org", "https://desk.example.org"),
        ("http://127.0.0.1:8000", "http://127.0.0.1:8000"),
        ("http://[::1]:8000", "http://[::1]:8000"),
    ],
)
def test_address_of_a_site_is_scheme_host_and_port(monkeypatch, value, read):
    monkeypatch.setenv("SITE_URL", value)
    assert env_url("SITE_URL", "") == read


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


def test_secret_file_that_is_no_text_is_told_in_a_sentence(monkeypatch, tmp_path):
    monkeypatch.delenv("SECRET_KEY", raising=False)
    (tmp_path / "key").write_bytes(bytes(range(256)))
    monkeypatch.setenv("SECRET_KEY_FILE", str(tmp_path / "key"))

    with pytest.raises(ImproperlyConfigured, match="SECRET_KEY_FILE is no text"):
        env_secret("SECRET_KEY", local=False, kept_in=tmp_path)


def test_old_secrets_are_given_side_by_side_and_in_files(monkeypatch, tmp_path):
    for name in ("one", "two"):
        (tmp_path / name).write_text(f"{name}\n")
    monkeypatch.setenv("LEDGER_OLD_KEYS", "three four")
    monkeypatch.setenv("LEDGER_OLD_KEYS_FILES", f"{tmp_path / 'one'}, {tmp_path / 'two'}")
    assert env_secrets("LEDGER_OLD_KEYS") == ["three", "four", "one", "two"]

    monkeypatch.setenv("LEDGER_OLD_KEYS_FILES", "/nowhere")
    with pytest.raises(ImproperlyConfigured, match="LEDGER_OLD_KEYS_FILES cannot be read"):
        env_secrets("LEDGER_OLD_KEYS")


@pytest.mark.parametrize(("kept", "words"), [(b"", "is empty"), (b"\xff" * 60, "cannot be read")])
def test_own_secret_that_was_damaged_is_told_and_never_replaced(monkeypatch, tmp_path, kept, words):
    monkeypatch.delenv("LEDGER_KEY", raising=False)
    (tmp_path / "ledger_key").write_bytes(kept)

    with pytest.raises(ImproperlyConfigured, match=words):
        env_secret("LEDGER_KEY", local=True, kept_in=tmp_path)

    assert (tmp_path / "ledger_key").read_bytes() == kept


def start(*command, at=ROOT, **env):
    """Start Django with an environment of its own; return what it said when it stopped."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    command = [sys.executable, *(command or ["-c", "import django; django.setup()"])]
    env = {"DJANGO_SETTINGS_MODULE": "curation.settings"} | kept | env
    run = subprocess.run(command, cwd=at, env=env, umask=0, capture_output=True, text=True)
    return run.stderr


PRODUCTION = {
    "SITE_URL": "https://desk.example.org",
    "ALLOWED_HOSTS": "desk.example.org",
    "SECRET_KEY": LONG,
    "LEDGER_KEY": f"ledger{LONG}",
}


def test_fresh_clone_starts_with_nothing_set(tmp_path):
    for package in ("corpus", "curation"):
        shutil.copytree(ROOT / package, tmp_path / package)

    assert start(at=tmp_path) == ""

    var = tmp_path / "var"
    modes = {path.name: oct(path.stat().st_mode & 0o777) for path in [var, *var.glob("*_key")]}
    assert modes == {"var": "0o700", "secret_key": "0o600", "ledger_key": "0o600"}


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
        ({"DATABASE_URL": "sqlite:///a?timeout=abc"}, "gives timeout as 'abc'"),
        ({"DATABASE_URL": "sqlite:///a?timeout="}, "gives timeout as ''"),
        ({"DATABASE_URL": "sqlite:///a?timeout=5&timeout=6"}, "gives timeout as '5, 6'"),
        ({"DATABASE_URL": "sqlite:///a?mode=ro"}, "asks for “mode”; what may be asked is"),
        ({"DATABASE_URL": "sqlite:///a#b"}, "has a # in it"),
        ({"DATABASE_URL": "postgres://a/b?pool=true"}, "asks for “pool”"),
        ({"DATABASE_URL": "postgres://a/b?sslmode=perhaps"}, "gives sslmode as 'perhaps'"),
        ({"DATABASE_URL": "postgres://a/b?connect_timeout=x"}, "gives connect_timeout as 'x'"),
        ({"PORT": "x"}, "PORT is 'x'"),
    ],
)
def test_production_refuses_to_start(change, sentence):
    assert sentence in start(**(PRODUCTION | change))


def test_command_stops_with_the_sentence_alone():
    said = start("manage.py", "check", **(PRODUCTION | {"SITE_URL": "https://[::1"}))

    assert said == "SITE_URL is 'https://[::1'; write it like https://desk.example.org.\n"


@pytest.mark.parametrize(
    ("address", "options"),
    [
        ("", {"timeout": 20}),
        ("sqlite:///a?timeout=5", {"timeout": 5}),
        (
            "postgres://a/b?sslmode=verify-full&options=-c%20lock_timeout%3D5s",
            {
                "sslmode": "verify-full",
                "options": f"{settings.POSTGRES_LIMITS} -c lock_timeout=5s",
            },
        ),
    ],
)
def test_what_a_database_may_be_asked_joins_what_the_desk_needs(monkeypatch, address, options):
    monkeypatch.setenv("DATABASE_URL", address)

    read = settings.database()["OPTIONS"]

    assert read == read | options


@pytest.mark.parametrize("value", ["0", "-1", "x", "1.5", "9" * 12])
def test_count_that_is_none_is_refused(value, monkeypatch):
    monkeypatch.setenv("COUNT", value)
    with pytest.raises(ImproperlyConfigured, match=r"COUNT is .*write a whole number"):
        env_count("COUNT", 5)


def test_count_is_read(monkeypatch):
    assert env_count("COUNT", 5) == 5
    monkeypatch.setenv("COUNT", " 7 ")
    assert env_count("COUNT", 5) == 7


def test_count_above_the_most_stops_the_start(monkeypatch):
    monkeypatch.setenv("COUNT", "11")
    with pytest.raises(ImproperlyConfigured, match="write a whole number from 1 to 10"):
        env_count("COUNT", 3, most=10)


def test_bounds_of_an_import_are_those_of_the_settings():
    bounds = settings.IMPORT_BOUNDS
    assert bounds == limits.Bounds()


def test_folder_is_made_for_our_user_alone(monkeypatch, tmp_path):
    monkeypatch.setenv("FOLDER", str(tmp_path / "a" / "b"))
    folder = env_folder("FOLDER", tmp_path)
    assert folder == tmp_path / "a" / "b"
    assert folder.stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize(
    ("value", "why"), [("a/b", "begins with a slash"), ("/dev/null/x", "cannot be made")]
)
def test_folder_that_cannot_be_is_refused(value, why, monkeypatch, tmp_path):
    monkeypatch.setenv("FOLDER", value)
    with pytest.raises(ImproperlyConfigured, match=why):
        env_folder("FOLDER", tmp_path)
