"""What the server hands to Django."""

import pytest
from django.test import RequestFactory

from curation.wsgi import application

pytestmark = pytest.mark.django_db


def status_of(content_type, address="/robots.txt?q=ab"):
    environ = RequestFactory().get(address, headers={"host": "localhost"}).environ
    told = []
    response = application(
        environ | {"CONTENT_TYPE": content_type}, lambda status, headers: told.append(status)
    )
    b"".join(response)
    getattr(response, "close", lambda: None)()
    return told[0]


@pytest.mark.parametrize("charset", ["hex", "utf-16", "utf-7", "nonsense", '"hex"', "base64"])
def test_other_encodings_than_utf8_are_refused_before_django_reads(charset):
    assert status_of(f"text/plain; charset={charset}").startswith("415")


@pytest.mark.parametrize(
    "content_type", ["", "text/plain", "text/plain; charset=UTF-8", 'a/b; charset="utf-8"']
)
def test_utf8_is_served(content_type):
    assert status_of(content_type) == "200 OK"
