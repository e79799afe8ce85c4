"""Objections on the editor's screen, and the forms that mark words and take marks away."""

import re

import pytest
from django.urls import reverse

from curation import gate, gathering
from curation.models import Mark
from tests.factories import make_claim, make_draft, make_news, make_user

pytestmark = pytest.mark.django_db
FRAGMENT = {"X-Desk": "fragment"}
TEXT = "The mission is good in the telling of its makers."


@pytest.fixture
def summary():
    claim = make_claim(quotes=[make_news(grade="C")])
    return make_draft(claims=[claim], text=f"{TEXT} [@{claim.key}]")


def address(summary, verb):
    return reverse("admin:curation_summary_move", args=[summary.pk, verb])


def shown(client, summary, role="contributor"):
    client.force_login(make_user(role))
    page = reverse("admin:curation_summary_change", args=[summary.pk])
    return client.get(page).content.decode()


def fields(html, verb):
    """What the form of a move would send."""
    form = re.search(rf'action="[^"]*/move/{verb}/".*?</form>', html, re.DOTALL)[0]
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form))


def test_objection_is_listed_apart_with_its_sentence_and_the_words_to_choose(client, summary):
    html = shown(client, summary)

    assert "Gate: 1 objection" in html
    assert "Write who says so: “according to" in html
    assert "1 objection stands in the way: see the gate." in html
    assert '<option value="0">1: The</option>' in html
    assert f'<option value="{len(TEXT)}" selected>10: makers.</option>' in html
    assert "sentence-objected" in html
    assert "{#" not in html


def test_marked_words_are_shown_to_the_reviewer_and_the_mark_can_go(client, summary):
    sent = fields(shown(client, summary), "mark") | {"start": "20", "end": str(len(TEXT))}

    answer = client.post(address(summary, "mark"), sent, headers=FRAGMENT)

    assert answer.status_code == 200
    assert "1 objection answered by marked words" in answer.content.decode()
    html = shown(client, summary, "editor")
    assert "<mark>in the telling of its makers.</mark>" in html
    assert "Gate: open" in html

    client.post(address(summary, "unmark"), fields(html, "unmark"))
    assert not Mark.objects.in_force().exists()
    assert len(gate.unanswered(gate.objections(gathering.gather(summary)))) == 1


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"start": "20", "end": "12"}, "stands before the first"),
        ({"start": "20", "end": "900"}, "not in the sentence"),
        ({"start": "", "end": "12"}, "Nothing was changed"),
        ({"start": "0", "end": "12", "seen": "0"}, "Somebody else was faster"),
    ],
)
def test_mark_that_fits_nothing_is_told_in_words(client, summary, changed, words):
    sent = fields(shown(client, summary), "mark") | changed

    for headers in (FRAGMENT, {}):
        answer = client.post(address(summary, "mark"), sent, headers=headers)
        assert answer.status_code in (409, 422)
        assert words in answer.content.decode()
    assert not Mark.objects.exists()


def test_nobody_marks_in_a_preview_or_without_the_right(client, summary):
    client.force_login(make_user("contributor"))
    told = {"seen": summary.n, "title": "T", "standfirst": "", "text": summary.latest.text}
    preview = client.post(address(summary, "preview"), told, headers=FRAGMENT).content.decode()

    assert "1 objection" in preview
    assert "/move/mark/" not in preview
    assert client.post(address(summary, "unmark"), {"seen": 1, "mark_id": 999}).status_code == 422
