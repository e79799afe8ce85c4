"""Signing in: guessing is slow, and nobody is told which names there are."""

from datetime import timedelta

import pytest
from django.utils import timezone

from curation import signing_in
from curation.models import FailedSignIn
from tests.factories import make_user

pytestmark = pytest.mark.django_db
PASSWORD = "correct horse battery"
WRONG = "Please enter the correct username and password"
LOCKED = "Too many failed attempts with this name. Try again in 15 minutes."


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


@pytest.mark.parametrize(("behind_proxy", "address"), [(True, "192.0.2.5"), (False, "127.0.0.1")])
def test_only_the_proxys_own_word_counts(rf, settings, behind_proxy, address):
    settings.BEHIND_PROXY = behind_proxy
    request = rf.get("/", HTTP_X_FORWARDED_FOR="203.0.113.1, 192.0.2.5")

    assert signing_in.address_of(request) == address
