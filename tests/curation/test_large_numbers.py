"""Numbers that no database holds, wherever an address takes a number: told, never an error."""

from urllib.parse import urlencode

import pytest
from django.contrib import admin

from curation.admin.base import _lookups
from tests.factories import make_document, make_draft, make_page, make_user

pytestmark = pytest.mark.django_db

LARGE = [str(2**63), str(-(2**63) - 1), "9" * 30, "9" * 5000]
SCREENS = sorted(admin.site._registry.items(), key=lambda pair: pair[0]._meta.label_lower)
IDS = [model._meta.label_lower for model, _ in SCREENS]


@pytest.fixture
def desk(client, db):
    client.force_login(make_user("admin", is_superuser=True))
    return client


def base(model):
    return f"/admin/{model._meta.app_label}/{model._meta.model_name}/"


@pytest.mark.parametrize(("model", "screen"), SCREENS, ids=IDS)
def test_desk_finds_no_row_of_such_a_number(desk, model, screen):
    for number in LARGE:
        for end in ("change/", "history/", "delete/", "", "password/"):
            answer = desk.get(f"{base(model)}{number}/{end}")
            assert answer.status_code in (301, 302, 403, 404), (number[:30], end)
        for verb in ("nothing", *screen.moves):
            for ask in (desk.get, desk.post):
                answer = ask(f"{base(model)}{number}/move/{verb}/")
                assert answer.status_code in (302, 404), (number[:30], verb)


@pytest.mark.parametrize(("model", "screen"), SCREENS, ids=IDS)
def test_lists_of_the_desk_are_narrowed_by_no_such_number(desk, rf, model, screen):
    request = rf.get("/")
    request.user = make_user("admin", is_superuser=True)
    filters = screen.get_list_filter(request)
    fields = {name for each in filters if not isinstance(each, type) for name in _lookups(each)}
    own = {name for each in filters if isinstance(each, type) for name in _lookups(each)}
    for number in LARGE:
        for name in fields:
            answer = desk.get(f"{base(model)}?{urlencode({name: number})}")
            assert answer.status_code == 400, (name, number[:30])
        for name in (*own, "q", "p", "o", "e", "all"):
            answer = desk.get(f"{base(model)}?{urlencode({name: number})}")
            assert answer.status_code in (200, 302, 400), (name, number[:30])


@pytest.mark.parametrize("number", LARGE, ids=lambda number: number[:20])
def test_places_of_the_desk_that_an_address_names_are_not_there(desk, number):
    document, summary = make_document(), make_draft()
    addresses = [
        f"/admin/corpus/document/{document.pk}/change/?at={number}",
        f"/admin/corpus/document/{document.pk}/change/?capture={number}",
        f"/admin/curation/summary/{summary.pk}/move/history/?from={number}&to={number}",
        f"/admin/curation/partnership/add/?succeeds={number}",
    ]
    for address in addresses:
        assert desk.get(address).status_code in (200, 302, 400, 404), address[:80]


@pytest.mark.parametrize("number", LARGE, ids=lambda number: number[:20])
def test_public_site_finds_nothing_of_such_a_number(client, number):
    page = make_page()
    paths = [f"/documents/{number}/", f"/partnerships/{page.slug}/v/{number}/"]
    lists = [f"/{name}/?page={number}" for name in ("partnerships", "corrections")]

    assert [client.get(path).status_code for path in paths] == [404, 404]
    assert [client.get(address).status_code for address in lists] == [400, 400]
    assert client.get(f"/partnerships/{number}/").status_code == 404
    assert client.get(f"/entities/{number}/").status_code == 404
    for name in ("party", "programme", "standing", "state", "q"):
        answer = client.get(f"/partnerships/?{urlencode({name: number})}")
        assert answer.status_code in (200, 400), name
