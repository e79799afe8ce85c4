"""Pages for what goes wrong: in words, without help from the database."""

import pytest
from django.template.loader import render_to_string
from django.test import Client

from curation.urls import handler500


@pytest.mark.parametrize("name", ["400", "403", "403_csrf", "404", "405", "500", "503"])
def test_error_pages_need_nothing(name):
    html = render_to_string(f"{name}.html")

    assert "<h1>" in html
    assert "/partnerships/" in html
    assert 'rel="canonical"' not in html


@pytest.mark.parametrize("address", ["/?q=%00", "/?q=%00&x=%F0"])
def test_nul_in_an_address_is_told_on_a_page(client, address):
    told = client.get(address).content.decode()

    assert "<h1>This address or form cannot be read</h1>" in told


@pytest.mark.django_db
def test_form_that_is_too_long_is_told_as_that(client, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100

    answer = client.post("/admin/login/", {"username": "x" * 200})

    assert answer.status_code == 400
    assert "the form is too long" in answer.content.decode()


def test_form_without_its_token_is_told_why():
    answer = Client(enforce_csrf_checks=True).post("/admin/login/", {"username": "x"})

    assert answer.status_code == 403
    assert "This form was not accepted" in answer.content.decode()


@pytest.mark.parametrize("address", ["/", "/method/"])
def test_request_that_nothing_takes_is_answered_with_a_page(client, address):
    answer = client.post(address)

    assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD")
    assert "Nothing to see at this address" in answer.content.decode()


@pytest.mark.parametrize(("path", "leads"), [("/admin/x/", True), ("/method/", False)])
def test_failure_leads_back_to_the_desk_from_the_desk_alone(rf, path, leads):
    answer = handler500(rf.get(path))

    assert answer.status_code == 500
    assert ("To the desk" in answer.content.decode()) == leads
