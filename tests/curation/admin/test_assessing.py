"""Labelling, accepting, splitting and joining from the reading room; saying what a document is."""

import pytest

from corpus.models import Document, Passage
from curation.models import Assessment, Decision
from tests.factories import (
    make_assessment,
    make_capture,
    make_document,
    make_entity,
    make_mention,
    make_source,
    make_user,
    passages_of,
)

pytestmark = pytest.mark.django_db
SCRIPT = {"x-desk": "fragment"}


@pytest.fixture
def document():
    return make_document("ESA and NASA agreed. They will fly.")


@pytest.fixture
def desk(client, contributor):
    client.force_login(contributor)
    return client


def post(desk, document, verb, data, **kwargs):
    return desk.post(f"/admin/corpus/document/{document.pk}/move/{verb}/", data, **kwargs)


def label(passage, reliability="news", **kwargs):
    return {"passage": passage.pk, "seen": "", "reliability": reliability} | kwargs


def whole(document, **kwargs):
    """The form for the document as a whole, as it stands beside the current text."""
    told = {"capture": document.current_capture_id, "seen": "", "reliability": "news"}
    return told | kwargs


def collect(document, text):
    """Another text comes in while somebody has the room open."""
    document.current_capture = make_capture(document, text)
    document.save()


def in_force(passage):
    found = Assessment.objects.in_force().filter(passage=passage).first()
    return found and (found.reliability, found.credibility, found.reasons)


def test_a_label_is_given_and_the_way_leads_back_to_the_passage(desk, document):
    passage = passages_of(document)[0]

    response = post(desk, document, "assess", label(passage, credibility="2", reasons=["specific"]))

    assert in_force(passage) == ("news", 2, ["specific"])
    assert response.status_code == 302
    assert response.url.endswith(f"/change/?at={passage.pk}#p-{passage.pk}")


def test_the_script_gets_the_passage_as_it_is_now(desk, document):
    passage = passages_of(document)[0]

    told = post(desk, document, "assess", label(passage), headers=SCRIPT).content.decode()

    assert 'data-kind="done">Labelled news.' in told
    assert f'id="p-{passage.pk}"' in told
    assert "label-news decided" in told
    assert 'id="tally"' in told
    assert f'id="p-{passages_of(document)[1].pk}"' not in told


HINTS = [["vague", "“some day”: names nobody"], ["padded", "says again what stands above"]]


def test_suggested_reasons_are_kept_as_the_person_left_them_and_as_they_were_shown(desk, document):
    passage = passages_of(document)[0]
    sent = label(passage, reasons=["vague"], hinted=["padded", "vague"])

    told = post(desk, document, "assess", sent, headers=SCRIPT).content.decode()

    row = Assessment.objects.get()
    assert (row.reasons, row.hinted) == (["vague"], ["vague", "padded"])
    assert "Labelled news (vague)." in told
    assert "(vague; suggested, not taken over: padded)" in told


def test_suggested_reasons_that_nobody_was_shown_are_nobodys(desk, document):
    passage = passages_of(document)[0]
    Passage.objects.filter(pk=passage.pk).update(suggested_reliability="news", hints=HINTS)
    Document.objects.update(suggested_reliability="news", hints=HINTS)
    desk.force_login(make_user("editor"))

    post(desk, document, "accept", {"capture": document.current_capture_id})

    rows = Assessment.objects.values_list("in_bulk", "reasons", "hinted")
    assert list(rows) == [(True, [], [])] * 2


def test_reasons_count_against_news_alone_and_what_was_shown_is_kept(desk, document):
    sent = whole(document, reliability="speculative", reasons=["vague"], hinted=["vague"])

    post(desk, document, "assess-document", sent)

    row = Assessment.objects.get()
    assert (row.reasons, row.hinted) == ([], ["vague"])


def test_credibility_left_in_the_form_is_not_judged_of_what_is_no_news(desk, document):
    passage = passages_of(document)[0]

    post(desk, document, "assess", label(passage, "spam", credibility="2", reasons=["vague"]))

    assert in_force(passage) == ("spam", 6, [])


def test_a_stale_editor_is_told_and_nothing_is_changed(desk, document):
    passage = passages_of(document)[0]
    make_assessment(passage, "speculative")

    response = post(desk, document, "assess", label(passage), headers=SCRIPT)

    assert response.status_code == 409
    assert "Somebody else" in response.content.decode()
    assert "label-speculative decided" in response.content.decode()
    assert in_force(passage)[0] == "speculative"


@pytest.mark.parametrize(
    ("data", "status"),
    [
        ({"reliability": "gossip"}, 422),
        ({"reliability": ""}, 422),
        ({"credibility": "7"}, 422),
        ({"reasons": ["because"]}, 422),
        ({"seen": "x"}, 409),
        ({"passage": "x"}, 404),
        ({"passage": "99999999999999999999"}, 404),
    ],
)
def test_bad_input_labels_nothing(desk, document, data, status):
    sent = label(passages_of(document)[0]) | data

    assert post(desk, document, "assess", sent, headers=SCRIPT).status_code == status
    assert not Assessment.objects.exists()


def test_a_passage_cut_anew_in_the_meantime_is_told(desk, document):
    passage = passages_of(document)[0]
    Passage.objects.filter(pk=passage.pk).update(retired_at="2026-01-01T00:00Z")

    response = post(desk, document, "assess", label(passage), headers=SCRIPT)

    assert response.status_code == 409
    assert "cut this passage anew" in response.content.decode()


def test_passages_of_another_document_are_not_found(desk, document):
    other = passages_of(make_document("Other."))[0]

    assert post(desk, document, "assess", label(other)).status_code == 404


def test_moves_are_posted(desk, document):
    for verb in ("assess", "accept", "split", "join", "describe", "tick", "withdraw", "verdict"):
        address = f"/admin/corpus/document/{document.pk}/move/{verb}/"
        assert desk.get(address).url == f"/admin/corpus/document/{document.pk}/change/"


def test_those_without_the_right_are_refused(client, document):
    client.force_login(make_user(""))
    passage = passages_of(document)[0]

    assert post(client, document, "assess", label(passage)).status_code == 403
    assert not Assessment.objects.exists()


def test_the_document_is_labelled_by_itself(desk, document):
    sent = whole(document, credibility="4", reasons=["padded"])

    post(desk, document, "assess-document", sent)
    page = desk.get(f"/admin/corpus/document/{document.pk}/change/").content.decode()

    assert Assessment.objects.in_force().get().capture == document.current_capture
    assert "(padded)" in page


def test_other_text_is_to_be_assessed_again(desk, document):
    make_assessment(document)
    collect(document, "ESA alone agreed.")

    page = desk.get(f"/admin/corpus/document/{document.pk}/change/").content.decode()

    assert "Nobody has labelled it" in page


def test_remaining_suggestions_are_accepted_in_one_act(desk, document):
    first, second = passages_of(document)
    Passage.objects.update(suggested_reliability="news")
    make_assessment(first, "speculative")

    sent = {"capture": document.current_capture_id}
    told = post(desk, document, "accept", sent, headers=SCRIPT).content.decode()

    assert in_force(first)[0] == "speculative"
    assert Assessment.objects.in_force().get(passage=second).in_bulk
    assert "1 label without any reason, marked as given in bulk" in told
    assert "accepted in bulk" in told


def test_button_offers_as_many_labels_as_the_answer_tells(desk, document):
    Passage.objects.update(suggested_reliability="news")
    Document.objects.update(suggested_reliability="news")
    address = f"/admin/corpus/document/{document.pk}/change/"

    offered = desk.get(address).content.decode()
    sent = {"capture": document.current_capture_id}
    told = post(desk, document, "accept", sent, headers=SCRIPT).content.decode()

    assert "Accept 3 remaining suggestions, the document’s own among them" in offered
    assert "3 labels without any reason, marked as given in bulk" in told
    assert "remaining suggestion" not in desk.get(address).content.decode()


def test_every_form_of_the_room_says_which_text_is_on_screen(desk, document):
    make_mention(document, "ESA", make_entity("ESA"))
    Passage.objects.update(suggested_reliability="news")

    page = desk.get(f"/admin/corpus/document/{document.pk}/change/").content.decode()

    hidden = f'<input type="hidden" name="capture" value="{document.current_capture_id}">'
    for verb in ("accept", "assess", "assess-document", "describe", "join", "split", "verdict"):
        form = page.split(f'/move/{verb}/"', 1)[1].split("</form>")[0]
        assert hidden in form, verb


@pytest.mark.parametrize("verb", ["assess-document", "accept"])
def test_a_text_that_came_in_between_is_shown_and_not_labelled(desk, document, verb):
    sent = whole(document)
    collect(document, "Another text.")
    Passage.objects.update(suggested_reliability="news")

    response = post(desk, document, verb, sent, headers=SCRIPT)

    told = response.content.decode()
    assert response.status_code == 409
    assert "collected again in the meantime" in told
    assert "Another text." in told  # beside forms that are about it now
    assert not Assessment.objects.exists()


@pytest.mark.parametrize("verb", ["assess-document", "accept"])
def test_a_form_that_does_not_say_what_was_seen_labels_nothing(desk, document, verb):
    sent = whole(document)
    del sent["capture"]

    assert post(desk, document, verb, sent, headers=SCRIPT).status_code == 409
    assert not Assessment.objects.exists()


def test_an_act_on_an_earlier_text_brings_the_new_one_on_screen(desk, document):
    passage = passages_of(document)[0]
    sent = label(passage, capture=document.current_capture_id)
    collect(document, "Another text.")

    response = post(desk, document, "assess", sent, headers=SCRIPT)

    assert response.status_code == 409
    assert 'id="passages"' in response.content.decode()
    assert "Another text." in response.content.decode()


def test_a_passage_is_split_at_a_place_and_joined_again(desk, document):
    first, _ = passages_of(document)

    told = post(desk, document, "split", {"passage": first.pk, "at": first.start + 8})
    parts = passages_of(document)
    post(desk, document, "join", {"passage": parts[0].pk, "reliability": ""})

    assert told.status_code == 302
    assert [part.text for part in parts[:2]] == ["ESA and", "NASA agreed."]
    assert [p.text for p in passages_of(document)] == ["ESA and NASA agreed.", "They will fly."]


def test_joining_unlike_labels_asks_what_they_are_together(desk, document):
    first, second = passages_of(document)
    make_assessment(first, "news")
    make_assessment(second, "speculative")

    asked = post(desk, document, "join", {"passage": first.pk}, headers=SCRIPT)
    done = post(desk, document, "join", {"passage": first.pk, "reliability": "speculative"})

    assert asked.status_code == 409
    assert "say what they are together" in asked.content.decode()
    assert done.status_code == 302
    assert len(passages_of(document)) == 1


@pytest.mark.parametrize("at", ["", "x", "0", "-1", "99999999999999999999999"])
def test_a_place_that_is_none_splits_nothing(desk, document, at):
    first = passages_of(document)[0]

    answer = post(desk, document, "split", {"passage": first.pk, "at": at}, headers=SCRIPT)

    assert answer.status_code in (409, 422)
    assert len(passages_of(document)) == 2


def test_the_last_passage_has_none_to_be_joined_with(desk, document):
    answer = post(desk, document, "join", {"passage": passages_of(document)[1].pk}, headers=SCRIPT)

    assert answer.status_code == 409
    assert "last passage" in answer.content.decode()


# --- what the document is -----------------------------------------------------------------------


def described(**kwargs):
    return {
        "seen": "",
        "title": "Agreement",
        "source": "",
        "published": "2022-03",
        "published_basis": "text",
        "url": "",
        "origin": "",
    } | kwargs


def test_what_a_document_is_stands_beside_what_was_collected(desk, document):
    source = make_source("Orbit Brief")
    make_entity("Roscosmos")

    post(desk, document, "describe", described(source=source.pk, origin="roscosmos"))
    page = desk.get(f"/admin/corpus/document/{document.pk}/change/").content.decode()
    document.refresh_from_db()

    assert (document.title, document.published, document.source) == ("Agreement", "2022-03", source)
    assert document.origin_entity.name == "Roscosmos"
    assert "Collected:" in page


def test_an_origin_that_is_no_entity_is_kept_in_words(desk, document):
    post(desk, document, "describe", described(origin="a press release"))
    document.refresh_from_db()

    assert (document.origin_entity, document.origin_words) == (None, "a press release")


def test_a_suggested_origin_is_taken_over_with_one_click(desk, document):
    roscosmos = make_entity("Roscosmos")
    Document.objects.update(
        suggested_origin_entity=roscosmos, suggested_origin_because="the lead says “told”"
    )
    room = f"/admin/corpus/document/{document.pk}/change/"
    before = desk.get(room).content.decode()
    assert "the lead says “told”" in before
    assert before.index("Save what it is") < before.index("Take it over")  # Enter saves

    taken = described(origin="typed", take_origin=f"Roscosmos #{roscosmos.pk}")
    post(desk, document, "describe", taken)

    document.refresh_from_db()
    assert (document.origin_entity, document.origin_words) == (roscosmos, "")
    assert "Take it over" not in desk.get(room).content.decode()


def test_what_was_typed_comes_back_with_what_is_wrong(desk, document):
    response = post(desk, document, "describe", described(title="Typed here", published="soon"))
    page = response.content.decode()

    assert response.status_code == 422
    assert "Typed here" in page
    assert "is no date" in page
    assert not Decision.objects.exists()


def test_a_name_of_several_entities_asks_which(desk, document):
    one, two = make_entity("Gateway"), make_entity("Gateway", kind="programme")

    response = post(desk, document, "describe", described(origin="Gateway"), headers=SCRIPT)
    done = post(desk, document, "describe", described(origin=f"Gateway #{two.pk}"))
    document.refresh_from_db()

    assert response.status_code == 422
    assert f"Gateway #{one.pk}" in response.content.decode()
    assert done.status_code == 302
    assert document.origin_entity == two


def test_a_form_that_comes_back_does_not_pretend_to_have_seen_what_came_in_between(desk, document):
    post(desk, document, "describe", described(title="First"))

    response = post(desk, document, "describe", described(title=""), headers=SCRIPT)

    assert '<input type="hidden" name="seen" value="">' in response.content.decode()


def test_a_stale_description_is_refused(desk, document):
    post(desk, document, "describe", described(title="First"))

    response = post(desk, document, "describe", described(title="Second"))
    document.refresh_from_db()

    assert response.status_code == 409
    assert "Second" in response.content.decode()
    assert document.title == "First"
