"""What every screen of the desk refuses, and how verbs are answered."""

import re

import pytest
from django.contrib.messages import get_messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import OperationalError
from django.forms import Form
from django.http import HttpResponse
from django.test import RequestFactory

from corpus.models import Source
from curation.admin.base import BUSY, answer, carry_out, seen_in
from curation.ledger import Refused, one_writer
from tests.factories import (
    make_document,
    make_entity,
    make_partnership,
    make_run,
    make_source,
    make_user,
)

pytestmark = pytest.mark.django_db

LISTS = ["document", "source", "entity", "importrun"]
HOSTILE = [
    "q=%00",
    "q=%ED%A0%80",
    "q=" + "(" * 60_000,
    "q=" + "a " * 5_000,
    "p=99999999999999999999999999",
    "p=-1",
    "o=99.x.-1",
    "all=",
    "e=1",
    "_facets=True",
    "name__regex=(a%2B)%2B%24",
    "title__startswith=a",
    "source__id__exact=99999999999999999999999",
    "source__id__exact=x",
    "import=99999999999999999999",
    "import=%D9%A3",
    "entity=" + "%F0%9F%9A%80" * 300,
    "dated_from=%00",
    "dated_from=9999-99",
    "decided=%27",
    "assessed=all&assessed=none",
    "_to_field=password",
]


@pytest.fixture
def desk(client, editor):
    client.force_login(editor)
    return client


def make_each():
    return {
        "document": make_document(),
        "source": make_source(),
        "entity": make_entity(),
        "importrun": make_run(),
    }


# --- what is refused --------------------------------------------------------------------------


@pytest.mark.parametrize("name", LISTS)
def test_nothing_can_be_deleted_even_by_a_superuser(client, name):
    row = make_each()[name]
    client.force_login(make_user("admin", is_superuser=True))

    one = client.post(f"/admin/corpus/{name}/{row.pk}/delete/", {"post": "yes"})
    client.post(
        f"/admin/corpus/{name}/", {"action": "delete_selected", "_selected_action": [row.pk]}
    )

    assert one.status_code == 403
    assert type(row).objects.filter(pk=row.pk).exists()


def test_save_as_new_makes_nothing_new(desk):
    source = make_source("Orbit Brief")

    sent = {"name": "Another", "seen": "", "_saveasnew": "1"}
    desk.post(f"/admin/corpus/source/{source.pk}/change/", sent)

    assert list(Source.objects.values_list("name", flat=True)) == ["Another"]


def test_view_on_site_tells_nothing(desk):
    assert desk.get("/admin/r/1/1/").status_code == 404


@pytest.mark.parametrize("address", ["/admin/", "/admin/login/", "/admin/corpus/document/"])
def test_only_plain_methods_are_answered(desk, address):
    for method in ("OPTIONS", "TRACE", "PUT", "DELETE"):
        assert desk.generic(method, address).status_code == 405


@pytest.mark.parametrize("name", LISTS)
def test_hostile_queries_are_answered_without_an_error(desk, name):
    make_each()

    answers = {query: desk.get(f"/admin/corpus/{name}/?{query}") for query in HOSTILE}

    assert [query for query, answer in answers.items() if answer.status_code >= 500] == []


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("asked", ["pk__gt=0", "nothing=1", "name__regex=a"])
def test_only_named_filters_look_anything_up_and_nothing_is_logged(desk, caplog, name, asked):
    assert desk.get(f"/admin/corpus/{name}/?{asked}").status_code == 400

    assert [record.name for record in caplog.records if record.levelname != "WARNING"] == []


@pytest.mark.parametrize("name", LISTS)
def test_unknown_rows_are_told_not_raised(desk, name):
    for pk in ("99999999999999999999", "abc", "_5F", "-1"):
        assert desk.get(f"/admin/corpus/{name}/{pk}/change/").status_code == 302


@pytest.mark.parametrize("name", LISTS)
def test_unknown_moves_are_not_found(desk, name):
    row = make_each()[name]

    assert desk.post(f"/admin/corpus/{name}/{row.pk}/move/nothing/").status_code == 404
    assert desk.post(f"/admin/corpus/{name}/99999999999999999999/move/nothing/").status_code == 404


@pytest.mark.parametrize("role", ["contributor", "editor", "publisher", "admin"])
def test_each_role_may_read_each_screen(client, role):
    client.force_login(make_user(role))

    for name, row in make_each().items():
        assert client.get(f"/admin/corpus/{name}/").status_code == 200
        assert client.get(f"/admin/corpus/{name}/{row.pk}/change/").status_code == 200
        assert client.get(f"/admin/corpus/{name}/{row.pk}/history/").status_code == 200


@pytest.mark.parametrize("name", LISTS)
def test_staff_without_a_role_and_strangers_see_nothing(client, name):
    row = make_each()[name]
    addresses = ["", f"{row.pk}/change/", f"{row.pk}/history/", "add/"]

    for address in addresses:
        assert client.get(f"/admin/corpus/{name}/{address}").status_code == 302
    client.force_login(make_user(""))
    for address in addresses:
        assert client.get(f"/admin/corpus/{name}/{address}").status_code == 403


@pytest.mark.parametrize("name", LISTS)
def test_pages_hold_nothing_inline(desk, name):
    row = make_each()[name]
    for address in (f"/admin/corpus/{name}/", f"/admin/corpus/{name}/{row.pk}/change/"):
        page = desk.get(address).content.decode()
        assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=", page)


# --- how verbs are answered -------------------------------------------------------------------


def ask(do, *, script=False, **kwargs):
    headers = {"x-desk": "fragment"} if script else {}
    request = RequestFactory().post("/", headers=headers)
    request.session = {}
    request._messages = Remembered()
    return request, answer(request, do, "/back/", **kwargs)


class Remembered(list):
    def add(self, level, message, extra_tags=""):
        self.append(str(message))


def raises(error):
    def do():
        raise error

    return do


def test_an_act_leads_back_with_its_sentence():
    request, response = ask(lambda: "Labelled news.")

    assert (response.status_code, response.url) == (302, "/back/")
    assert list(get_messages(request)) == ["Labelled news."]


def test_the_script_gets_the_sentence_and_what_moved():
    _, response = ask(lambda: "Done <b>.", script=True, fragments=lambda told: '<p id="x"></p>')

    assert response.content.decode() == (
        '<div id="desk-said" data-kind="done">Done &lt;b&gt;.</div><p id="x"></p>'
    )


@pytest.mark.parametrize(
    ("error", "status", "words"),
    [
        (Refused("Somebody was faster."), 409, "Somebody was faster."),
        (ValidationError({"title": "A title is needed."}), 422, "A title is needed."),
        (PermissionDenied("Not you."), 403, "Not you. Nothing was changed."),
    ],
)
def test_what_a_verb_will_not_do_is_told_in_words(error, status, words):
    _, response = ask(raises(error), script=True)

    assert response.status_code == status
    assert f'data-kind="error">{words}<' in response.content.decode()


@pytest.mark.django_db(transaction=True)
def test_a_desk_that_stays_locked_is_told_as_busy_and_nothing_is_changed(busy):
    source = make_source("Orbit Brief")

    def rename():
        with one_writer():
            Source.objects.update(name="Another")

    with busy():
        _, response = ask(rename, script=True)

    assert response.status_code == 503
    assert "The desk is busy with something large. Nothing was changed: try again." in (
        response.content.decode()
    )
    assert Source.objects.get().name == source.name


def test_an_error_of_the_database_that_is_no_lock_is_an_error():
    failing = raises(OperationalError("disk I/O error"))

    with pytest.raises(OperationalError, match="disk"):
        ask(failing)
    with pytest.raises(OperationalError, match="disk"):
        carry_out(Form({}), failing)


def test_a_form_keeps_what_was_typed_while_the_desk_is_busy():
    form = Form({})

    assert not carry_out(form, raises(OperationalError("database is locked")))
    assert form.non_field_errors() == [BUSY]


def test_a_refusal_shows_the_page_again_with_what_was_typed():
    _, response = ask(raises(Refused("No.")), again=lambda told: HttpResponse(told.words))

    assert (response.status_code, response.content) == (409, b"No.")


def test_without_the_right_there_is_no_way_back():
    with pytest.raises(PermissionDenied):
        ask(raises(PermissionDenied("Not you.")))


@pytest.mark.parametrize("sent", [{}, {"seen": "x"}, {"seen": "1.5"}, {"seen": "None"}])
def test_a_form_that_does_not_say_what_was_seen_is_refused(sent):
    with pytest.raises(Refused, match="reload"):
        seen_in(RequestFactory().post("/", sent))


@pytest.mark.parametrize(("sent", "seen"), [("", None), ("12", 12)])
def test_what_was_seen_is_a_row_or_nothing(sent, seen):
    assert seen_in(RequestFactory().post("/", {"seen": sent})) == seen


def test_whoever_signs_in_again_after_a_move_is_told_that_it_was_not_done(client):
    entity, editor = make_entity("ESA"), make_user("editor")
    address = f"/admin/corpus/entity/{entity.pk}/move/merge/"
    asked = client.post(address, {"into": "ESA", "reason": "The same."})
    assert asked.url == f"/admin/login/?next={address}"
    client.force_login(editor)

    answer = client.get(address, follow=True)

    assert answer.redirect_chain == [(f"/admin/corpus/entity/{entity.pk}/change/", 302)]
    assert "Nothing was changed: what was sent did not arrive." in answer.content.decode()


def test_refusal_of_the_desk_says_whose_right_is_missing(client):
    partnership = make_partnership()
    client.force_login(make_user("contributor", username="anna"))

    answer = client.post(f"/admin/curation/partnership/{partnership.pk}/move/rename/", {})

    assert answer.status_code == 403
    assert "anna may not do this" in answer.content.decode()
