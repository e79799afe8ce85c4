"""The screen of patterns: what there is, how often it decided, and how one is added and retired."""

import pytest

from corpus.models import Passage
from curation.models import Pattern
from tests.factories import make_document, make_pattern

pytestmark = pytest.mark.django_db

LIST = "/admin/curation/pattern/"
NEW = {"words": "Leave us a word.", "fits": "whole", "reason": "A prompt."}


@pytest.fixture
def desk(client, editor):
    client.force_login(editor)
    return client


def test_list_counts_what_each_pattern_decided_with_an_example(desk):
    pattern = make_pattern()
    make_document("The rover flew on Monday.")
    Passage.objects.update(suggestion_pattern=f"desk:{pattern.pk}")

    page = desk.get(LIST).content.decode()

    assert pattern.words in page
    assert "The rover flew on Monday." in page
    assert "a prompt for comments" in page


def test_pattern_is_added_and_says_when_it_takes_effect(desk):
    page = desk.post(f"{LIST}add/", NEW, follow=True).content.decode()

    assert "when the texts are analysed next" in page
    assert Pattern.objects.get().words == NEW["words"]


def test_form_begins_with_the_words_of_a_passage(desk):
    assert "Join our club" in desk.get(f"{LIST}add/?words=Join+our+club").content.decode()


def test_what_the_verb_refuses_is_told_beside_what_was_typed(desk):
    page = desk.post(f"{LIST}add/", NEW | {"fits": "part", "words": "Moon"})

    assert page.status_code == 422
    assert "This would fit too much" in page.content.decode()
    assert not Pattern.objects.exists()


def test_pattern_is_retired_with_a_reason(desk):
    pattern = make_pattern()

    desk.post(f"{LIST}{pattern.pk}/move/retire/", {"reason": "It fits reports."})

    assert Pattern.objects.get().superseded_at
    assert pattern.words not in desk.get(LIST).content.decode()


def test_passage_of_spam_leads_editors_to_the_form(desk, client, contributor):
    document = make_document("ESA agreed. Join our club & win.")
    Passage.objects.filter(text__startswith="Join").update(suggested_reliability="spam")
    room = f"/admin/corpus/document/{document.pk}/change/"
    form = f"{LIST}add/?words=Join%20our%20club%20%26%20win."

    assert f'href="{form}"' in desk.get(room).content.decode()
    assert "club &amp; win." in desk.get(form).content.decode()
    client.force_login(contributor)
    assert form not in client.get(room).content.decode()


@pytest.mark.parametrize("n", [1, 3])
def test_number_of_queries_does_not_grow(desk, n, django_assert_num_queries):
    for i in range(n):
        make_pattern(words=f"Join club {i}")
        make_document(f"ESA agreed. Join club {i}.")
    Passage.objects.filter(text__startswith="Join").update(suggestion_pattern="desk:1")
    with django_assert_num_queries(7):
        desk.get(LIST)
