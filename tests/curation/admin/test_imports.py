"""Imports: what came in, what could not and why; setting aside and bringing back."""

from datetime import UTC, datetime

import pytest

from corpus.models import Document, Reject
from curation.models import SetAside
from tests.factories import (
    make_capture,
    make_claim,
    make_document,
    make_quote,
    make_run,
)

pytestmark = pytest.mark.django_db
LIST = "/admin/corpus/importrun/"


@pytest.fixture
def desk(client, editor):
    client.force_login(editor)
    return client


def page(run, move=""):
    return f"{LIST}{run.pk}/{move or 'change/'}"


def aside(desk, run, reason="Collected by mistake."):
    return desk.post(page(run, "move/set-aside/"), {"reason": reason})


def test_the_page_tells_what_was_new_changed_and_unchanged(desk):
    make_document("ESA agreed.", title="Same")
    changed = make_document("NASA agreed.", title="Other text")
    run = make_run(read=3, new=1, changed=1, unchanged=1)
    make_document("JAXA agreed.", title="Fresh", run=run)
    make_capture(changed, "NASA did not agree.", run=run)
    same = Document.objects.get(title="Same").current_capture
    same.sightings.create(import_run=run, original=same.original, collected_at=run.started_at)

    groups = desk.get(page(run)).context["groups"]

    told = {name: [row.capture.document.title for row in rows] for name, rows, _ in groups}
    assert told == {"New": ["Fresh"], "Changed": ["Other text"], "Unchanged": ["Same"]}


def test_rejects_are_told_with_their_reasons(desk):
    run = make_run(read=1, rejected=1)
    Reject.objects.create(import_run=run, name="a.txt", reason="It is empty.", size=0)

    told = desk.get(page(run)).content.decode()

    assert "a.txt" in told
    assert "It is empty." in told


def test_an_import_is_set_aside_and_brought_back(desk):
    run = make_run()
    document = make_document(run=run)

    aside(desk, run)
    document.refresh_from_db()
    gone = document.current_capture
    desk.post(page(run, "move/bring-back/"), {"reason": "It was right."})
    document.refresh_from_db()

    assert gone is None
    assert document.current_capture is not None
    assert "Collected by mistake." in desk.get(page(run)).content.decode()


def test_setting_aside_needs_a_reason(desk):
    run = make_run()

    response = aside(desk, run, reason=" ")

    assert response.status_code == 422
    assert "Write why" in response.content.decode()
    assert not SetAside.objects.exists()


def test_what_claims_rest_on_is_not_set_aside(desk):
    run = make_run()
    make_claim(quotes=[make_quote(make_document(run=run, title="Relied on"))])

    response = aside(desk, run, reason="Typed here")
    told = response.content.decode()

    assert response.status_code == 409
    assert "Relied on" in told
    assert "Typed here" in told


def test_before_the_click_the_page_says_what_cannot_be_set_aside(desk):
    told = desk.get(page(make_run())).content.decode()

    assert '<h2 id="counts-title">Setting it aside</h2>' in told
    assert "It cannot be set aside while claims rest on words that it alone brought in" in told


def test_the_list_tells_hours_as_everywhere(desk):
    make_run(started_at=datetime(2026, 3, 1, 6, 39, tzinfo=UTC))

    assert "1 Mar 2026, 06:39" in desk.get(LIST).content.decode()


def test_a_second_setting_aside_is_told(desk):
    run = make_run()
    aside(desk, run)

    assert aside(desk, run).status_code == 409


def test_contributors_read_but_set_nothing_aside(client, contributor):
    run = make_run()
    client.force_login(contributor)

    assert "Set aside</button>" not in client.get(page(run)).content.decode()
    assert aside(client, run).status_code == 403


def test_query_counts_do_not_grow(desk, queries):
    run = make_run()
    make_document(run=run)
    one = queries(LIST), queries(page(run))
    for _ in range(2):
        make_document(run=run)
        make_run()

    assert (queries(LIST), queries(page(run))) == one
