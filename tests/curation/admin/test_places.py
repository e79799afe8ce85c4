"""The way to every place of the desk, from every screen; and lists that have nothing to show."""

import re

import pytest
from django.urls import reverse

from tests.factories import make_document, make_user

pytestmark = pytest.mark.django_db
EVERYBODY = ["Desk", "Documents", "Claims", "Partnerships", "Summaries", "Pages",
             "Entities", "Sources", "Imports", "Decisions"]  # fmt: skip
NAV = re.compile(r'<nav class="desk-places".*?</nav>', re.S)


def places(client, address):
    nav = NAV.search(client.get(address).content.decode())
    return re.findall(r"<a [^>]*>(.*?)</a>", nav.group()) if nav else None


def current(client, address):
    nav = NAV.search(client.get(address).content.decode()).group()
    return re.findall(r'aria-current="(\w+)">(.*?)</a>', nav)


@pytest.mark.parametrize(
    ("role", "more"),
    [("contributor", []), ("editor", []), ("publisher", []), ("admin", ["People"])],
)
def test_each_role_is_led_to_what_it_may_see(client, role, more):
    client.force_login(make_user(role))

    assert places(client, reverse("admin:index")) == EVERYBODY + more


def test_staff_without_a_role_is_led_nowhere_but_to_the_desk(client):
    client.force_login(make_user(""))

    assert places(client, reverse("admin:index")) == ["Desk"]


def test_strangers_see_no_places(client):
    assert places(client, reverse("admin:login")) is None


def test_the_place_where_one_is_is_told_on_lists_and_below_them(client, editor):
    client.force_login(editor)
    room = reverse("admin:corpus_document_change", args=[make_document().pk])

    assert current(client, reverse("admin:index")) == [("page", "Desk")]
    assert current(client, reverse("admin:corpus_document_changelist")) == [("page", "Documents")]
    assert current(client, room) == [("true", "Documents")]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("corpus_document", "There is no document yet. Texts come in by"),
        ("corpus_importrun", "There is no import yet. Texts come in by"),
        ("curation_claim", "There is no claim yet. Select words in a"),
        ("curation_summary", "There is no summary yet. Each begins on the screen of its"),
        ("curation_page", "There is no page yet. One comes with the first publication of a"),
        ("curation_partnership", "There is no partnership yet."),
    ],
)
def test_an_empty_list_says_where_its_rows_come_from(client, editor, name, words):
    client.force_login(editor)
    page = client.get(reverse(f"admin:{name}_changelist")).content.decode()

    assert words in re.sub(r"\s+", " ", page)


def test_a_search_that_finds_nothing_leads_back_to_all(client, editor):
    make_document(title="Rovers")
    client.force_login(editor)
    page = client.get(reverse("admin:corpus_document_changelist"), {"q": "zebra"}).content.decode()

    assert "No document fits." in page
    assert '<a href="?">Show all documents</a>' in page
