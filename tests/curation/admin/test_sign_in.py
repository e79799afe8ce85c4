"""Signing in: guessing is slow, and nobody is told which names there are."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from curation import signing_in
from curation.models import FailedSignIn
from tests.factories import make_user

pytestmark = pytest.mark.django_db
PASSWORD = "correct horse battery"
WRONG = "No account of this desk has this name and password."
LOCKED = "Too many failed attempts with this name. Try again in 15 minutes, or now with a browser"


@pytest.fixture
def person():
    user = make_user(username="person")
    user.set_password(PASSWORD)
    user.save()
    return user


def sign_in(client, name, password, **headers):
    form = {"username": name, "password": password}
    return client.post("/admin/login/", form, **headers).content.decode()


def test_right_password_opens_the_desk(client, person):
    sign_in(client, "person", PASSWORD)

    assert client.get("/admin/").status_code == 200


@pytest.mark.parametrize("name", ["person", "nobody"])
def test_after_five_failures_the_name_is_locked_from_there(client, person, name):
    said = [sign_in(client, name, "wrong") for _ in range(6)]

    assert [WRONG in each for each in said] == [True] * 5 + [False]
    assert LOCKED in said[-1]
    assert LOCKED in sign_in(client, f" {name.upper()}", PASSWORD)


def test_lock_holds_for_one_name_and_one_address(client, person):
    for _ in range(5):
        sign_in(client, "person", "wrong")

    assert WRONG in sign_in(client, "other", "wrong")
    sign_in(client, "person", PASSWORD, REMOTE_ADDR="192.0.2.7")
    assert client.get("/admin/").status_code == 200


def test_lock_opens_again(client, person):
    for _ in range(5):
        sign_in(client, "person", "wrong")
    FailedSignIn.objects.update(at=timezone.now() - timedelta(minutes=16))

    sign_in(client, "person", PASSWORD)

    assert client.get("/admin/").status_code == 200
    assert not FailedSignIn.objects.exists()


def test_many_addresses_together_are_locked_too(client, person, monkeypatch):
    monkeypatch.setattr(signing_in, "TRIES_OF_ALL", 3)
    for n in range(3):
        sign_in(client, "person", "wrong", REMOTE_ADDR=f"192.0.2.{n}")

    assert LOCKED in sign_in(client, "person", PASSWORD, REMOTE_ADDR="192.0.2.9")


# --- a browser that somebody signed in with before ------------------------------------------------


@pytest.fixture
def known(client, person):
    """The browser of the person, who signed in with it once and signed out again."""
    sign_in(client, "person", PASSWORD)
    client.post("/admin/logout/")
    return client


def is_in(client):
    return client.get("/admin/").status_code == 200


def test_strangers_lock_nobody_out_who_signed_in_with_this_browser(known, monkeypatch):
    monkeypatch.setattr(signing_in, "TRIES_OF_ALL", 10)
    for n in range(15):  # from many addresses, and from that of the person too
        sign_in(Client(), "person", "wrong", REMOTE_ADDR=f"192.0.2.{n % 3}")
        sign_in(Client(), "person", "wrong")

    new = Client()
    assert LOCKED in sign_in(new, "person", PASSWORD, REMOTE_ADDR="192.0.2.9")
    sign_in(known, "person", PASSWORD)
    assert (is_in(new), is_in(known)) == (False, True)


def test_strangers_end_no_session(client, person):
    sign_in(client, "person", PASSWORD)
    for _ in range(6):
        sign_in(Client(), "person", "wrong")

    assert is_in(client)


def test_known_browser_is_locked_by_its_own_failures_from_wherever(known):
    said = [sign_in(known, "person", "wrong", REMOTE_ADDR=f"192.0.2.{n}") for n in range(6)]

    assert [LOCKED in each for each in said] == [False] * 5 + [True]


def test_browser_is_known_for_the_name_that_signed_in_with_it(known):
    for _ in range(5):
        sign_in(Client(), "other", "wrong")

    assert LOCKED in sign_in(known, "other", "wrong")


@pytest.mark.parametrize("shown", ["", "x", "W10:1tXXXX:abc", "{}"])
def test_cookie_that_the_desk_did_not_sign_is_none(client, person, shown):
    for _ in range(5):
        sign_in(Client(), "person", "wrong")
    client.cookies[signing_in.COOKIE] = shown

    assert LOCKED in sign_in(client, "person", PASSWORD)


def test_address_that_looks_like_a_browser_is_an_address(rf):
    request = rf.get("/", REMOTE_ADDR=f"{signing_in.BROWSER}x")

    assert not signing_in.place_of(request, "person").startswith(signing_in.BROWSER)


def test_browser_is_remembered_after_a_success_only_and_for_the_sign_in_alone(client, person):
    sign_in(client, "person", "wrong")
    assert signing_in.COOKIE not in client.cookies

    sign_in(client, "person", PASSWORD)

    cookie = client.cookies[signing_in.COOKIE]
    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == (
        "/admin/login/",
        True,
        "Lax",
    )
    assert "person" not in cookie.value


@pytest.mark.parametrize(("behind_proxy", "address"), [(True, "192.0.2.5"), (False, "127.0.0.1")])
def test_only_the_proxys_own_word_counts(rf, settings, behind_proxy, address):
    settings.BEHIND_PROXY = behind_proxy
    request = rf.get("/", HTTP_X_FORWARDED_FOR="203.0.113.1, 192.0.2.5")

    assert signing_in.address_of(request) == address


@pytest.mark.skipif(connection.vendor != "sqlite", reason="only on SQLite does it wait for others")
@pytest.mark.django_db(transaction=True)
def test_signing_in_to_a_busy_desk_is_told_and_works_later(client, person, busy):
    form = {"username": "person", "password": PASSWORD}

    with busy():
        answer = client.post("/admin/login/", form)

    assert answer.status_code == 503
    assert "<h1>The desk is busy</h1>" in answer.content.decode()
    sign_in(client, "person", PASSWORD)
    assert is_in(client)
