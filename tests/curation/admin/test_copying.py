"""Copies at the desk: the tree beside a text, two texts side by side, verdicts."""

import re

import pytest

from corpus.importing.copying import follow
from corpus.models import Passage
from curation.admin.copying import side_by_side
from curation.models import CopyVerdict
from tests.corpus.analysis.test_copies import OTHER, REWORDED, WIRE
from tests.factories import (
    make_copy,
    make_copy_verdict,
    make_document,
    make_user,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client, contributor):
    client.force_login(contributor)
    return client


@pytest.fixture
def pair():
    wire = make_document(WIRE, title="Wire report")
    paper = make_document(f"{REWORDED} {OTHER}", title="Paper’s story")
    follow([wire.pk, paper.pk])
    return wire, paper


def address(document, verb=""):
    end = f"move/{verb}/" if verb else "change/"
    return f"/admin/corpus/document/{document.pk}/{end}"


def room(client, document):
    return client.get(address(document)).content.decode()


def judge(client, one, other, word, **given):
    sent = {"other": other.pk, "word": word, "seen": "", "reason": ""} | given
    headers = {"X-Desk": "fragment"} if given.pop("fragment", False) else {}
    return client.post(address(one, "judge"), sent, headers=headers)


def test_room_shows_the_copies_with_their_share_and_who_decided(desk, pair):
    wire, paper = pair
    page = room(desk, wire)
    assert "Copies <span" in page
    assert "Paper’s story" in page
    assert "nobody has decided" in page
    assert re.search(r"\d+ % of the shorter text stands", page)

    judge(desk, wire, paper, "same_story")

    assert "same story, says contributor" in room(desk, paper)


def test_room_without_copies_says_so(desk):
    assert "found no text that shares much" in room(desk, make_document())


def test_texts_are_put_side_by_side_with_the_words_that_differ(desk, pair):
    page = desk.get(address(pair[0], "compare"), {"with": pair[1].pk}).content.decode()

    assert "word for word" in page
    assert "<del>that painter</del>" not in page
    assert re.search(r"<ins>[^<]*jointly", page)
    assert "only there" in page
    assert page.count("<tbody>") == 1


def test_spam_is_not_compared(desk, pair):
    Passage.objects.filter(text__startswith="The museum").update(suggested_reliability="spam")
    page = desk.get(address(pair[0], "compare"), {"with": pair[1].pk}).content.decode()
    assert "museum" not in page


@pytest.mark.parametrize("asked", ["", "x", "0", "9" * 40, "self"])
def test_document_that_is_not_there_cannot_be_compared(desk, pair, asked):
    asked = pair[0].pk if asked == "self" else asked
    assert desk.get(address(pair[0], "compare"), {"with": asked}).status_code == 404


def test_documents_off_the_desk_can_be_compared(desk, pair):
    wire, paper = pair
    wire.current_capture = None
    wire.save()
    page = desk.get(address(paper, "compare"), {"with": wire.pk})
    assert page.status_code == 200


def test_verdict_is_kept_and_answered_in_place(desk, pair):
    answer = judge(desk, *pair, "same_story", fragment=True)
    assert answer.status_code == 200
    assert 'id="copies"' in answer.content.decode()
    assert CopyVerdict.objects.in_force().get().word == "same_story"


def test_independence_without_a_reason_comes_back_with_the_form(desk, pair):
    answer = judge(desk, *pair, "independent")
    assert answer.status_code == 422
    assert "how you know that they are independent" in answer.content.decode()
    assert not CopyVerdict.objects.exists()


def test_verdict_is_taken_back_from_the_comparison(desk, pair):
    compared = {"with": pair[1].pk}
    button = "Undecided again</button>"
    assert button not in desk.get(address(pair[0], "compare"), compared).content.decode()
    verdict = make_copy_verdict(*pair)
    assert button in desk.get(address(pair[0], "compare"), compared).content.decode()

    assert judge(desk, *pair, "undecided", seen=verdict.pk).status_code == 422
    sent = {"seen": verdict.pk, "reason": "Wrong pair.", "fragment": True}
    answer = judge(desk, *pair, "undecided", **sent)

    assert "nobody has decided" in answer.content.decode()
    assert not CopyVerdict.objects.in_force().exists()


def test_reason_that_was_typed_is_kept_when_somebody_was_faster(desk, pair):
    make_copy_verdict(*pair)
    answer = judge(desk, *pair, "independent", reason="Two visits.")
    assert answer.status_code == 409
    assert 'value="Two visits."' in answer.content.decode()


def test_who_may_not_judge_sees_no_buttons(client, pair):
    user = make_user("")
    user.user_permissions.add(*_viewing())
    client.force_login(user)
    assert "Paper’s story" in room(client, pair[0])
    assert "same story</button>" not in room(client, pair[0])
    compared = client.get(address(pair[0], "compare"), {"with": pair[1].pk}).content.decode()
    assert "Independent</button>" not in compared
    assert judge(client, *pair, "same_story").status_code == 403


def _viewing():
    from django.contrib.auth.models import Permission

    return Permission.objects.filter(codename="view_document")


def test_runs_of_what_only_one_says_are_one_row():
    rows = side_by_side(["A one.", "B two.", "Same here."], ["Same here.", "C three."])
    assert [(row.kind, row.count) for row in rows] == [("gone", 2), ("same", 1), ("come", 1)]


# --- the list -----------------------------------------------------------------------------------


def listed(client, value):
    page = client.get("/admin/corpus/document/", {"copies": value})
    assert page.status_code == 200
    return {document.title for document in page.context["cl"].queryset}


def test_documents_are_filtered_by_their_copies(desk, pair):
    one, other = (make_document(title=title) for title in ("One", "Other"))
    make_copy(one, other)
    make_copy_verdict(one, other, "independent")
    joined, with_it = (make_document(title=title) for title in ("Joined", "With it"))
    make_copy_verdict(joined, with_it)

    titles = {each.title for each in pair}
    assert listed(desk, "some") == titles | {"Joined", "With it"}
    assert listed(desk, "open") == titles
    assert listed(desk, "none") == {"One", "Other"}
    assert listed(desk, "nonsense") == titles | {"One", "Other", "Joined", "With it"}


@pytest.mark.parametrize("verb", ["", "compare"])
def test_query_count_does_not_grow_with_the_copies(desk, queries, verb):
    def asked(n):
        wire = make_document(WIRE, title=f"Wire {n}")
        others = [make_document(f"{WIRE} Site {k} of {n}.") for k in range(n)]
        for other in others:
            make_copy(wire, other)
        query = f"?with={others[0].pk}" if verb else ""
        return queries(address(wire, verb) + query)

    assert asked(1) == asked(3)
