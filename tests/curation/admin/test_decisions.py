"""The ledger at the desk: readable, filtered, never changed."""

import pytest
from django.urls import reverse

from curation import partnering
from curation.admin.decisions import changes
from curation.ledger import decide, one_writer
from curation.models import Decision
from tests.factories import make_decision, make_partnership, make_user

pytestmark = pytest.mark.django_db
LIST = "admin:curation_decision_changelist"


@pytest.fixture
def desk(client, editor):
    client.force_login(editor)
    return client


def line(*, reason="", **kwargs):
    partnership = make_partnership()
    with one_writer():
        return decide("rename", partnership, by=make_user(), reason=reason, **kwargs)


def test_line_says_from_where_to_where_and_why(desk):
    told_of = line(before={"name": "Old"}, after={"name": "New"}, reason="It was renamed.")

    for address in (reverse("admin:curation_decision_change", args=[told_of.pk]), reverse(LIST)):
        told = desk.get(address).content.decode()
        assert "Old" in told
        assert "New" in told
        assert "It was renamed." in told
        assert told_of.hash[:12] in told


def test_subject_leads_to_its_screen(desk):
    partnership = partnering.make_partnership(by=make_user("editor"), name="ExoMars")

    told = desk.get(reverse(LIST)).content.decode()

    assert reverse("admin:curation_partnership_change", args=[partnership.pk]) in told


def test_list_is_filtered_by_act_and_person(desk):
    wanted = line()
    make_decision(act="other")

    asked = {"act": "rename", "by__id__exact": wanted.by_id}
    answer = desk.get(reverse(LIST), asked)

    assert [each.pk for each in answer.context["cl"].result_list] == [wanted.pk]


@pytest.mark.parametrize("kind", ["curation.partnership", "no such.kind", "x"])
def test_list_is_filtered_by_kind_of_subject(desk, kind):
    wanted = line()
    make_decision(act="other")

    answer = desk.get(reverse(LIST), {"kind": kind})

    found = [each.pk for each in answer.context["cl"].result_list]
    assert found == ([wanted.pk] if kind == "curation.partnership" else [])


def test_nothing_is_added_changed_or_deleted(desk, admin_role):
    kept = line(reason="Kept.")
    desk.force_login(admin_role)
    change = reverse("admin:curation_decision_change", args=[kept.pk])

    desk.post(change, {"reason": "Other.", "_saveasnew": "1"})
    delete = desk.post(reverse("admin:curation_decision_delete", args=[kept.pk]), {"post": "yes"})
    add = desk.post(reverse("admin:curation_decision_add"), {"reason": "Other."})

    assert (delete.status_code, add.status_code) == (403, 403)
    assert Decision.objects.get(pk=kept.pk).reason == "Kept."


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("", "", []),
        ('{"a":1}', '{"a":2}', [("a", "1", "2")]),
        ("", '{"in_bulk":true,"of":["x","y"]}', [("in bulk", "", "yes"), ("of", "", "x, y")]),
        ('"B"', '"C"', [("", "B", "C")]),
        ("", '{"deep":{"state":"draft"},"none":null}',
         [("deep", "", "state: draft")]),
        ("words that were removed", "", [("", "words that were removed", "")]),
        ('{"state":"draft"}', '{"state":"draft"}', []),
        ("", '{"hash":"' + "ab" * 32 + '"}', [("hash", "", "abababababab…")]),
    ],
)  # fmt: skip
def test_what_a_line_moved_reads_as_words(before, after, told):
    assert changes(Decision(before=before, after=after)) == told


def test_list_query_count_does_not_grow(desk, queries):
    line()
    with_one = queries(reverse(LIST))
    line()
    line()

    assert queries(reverse(LIST)) == with_one


def test_list_shows_the_head_to_keep(desk):
    line()
    last = line()
    assert f"{last.seq}:{last.hash}" in desk.get(reverse(LIST)).content.decode()
