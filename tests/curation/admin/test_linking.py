"""Names in a document: decided in the panel, by place, or from a selection."""

import pytest

from corpus.importing import naming
from corpus.models import Entity
from curation.models import Decision, Link
from tests.factories import (
    make_capture,
    make_document,
    make_entity,
    make_link,
    make_mention,
    make_user,
)

pytestmark = pytest.mark.django_db
SCRIPT = {"x-desk": "fragment"}
TEXT = "ESA agreed. ESA will fly with the agency of Japan."


@pytest.fixture
def document():
    return make_document(TEXT)


@pytest.fixture
def esa(document):
    entity = make_entity("ESA")
    make_mention(document, "ESA", entity)
    return entity


@pytest.fixture
def desk(client, contributor):
    client.force_login(contributor)
    return client


def post(desk, document, verb, data, **kwargs):
    return desk.post(f"/admin/corpus/document/{document.pk}/move/{verb}/", data, **kwargs)


def acts_of(act):
    return set(Decision.objects.filter(act=act).values_list("act_id", flat=True))


def verdict(entity, **kwargs):
    return {"name": "ESA", "entity": entity.pk, "verdict": "is", "seen": ""} | kwargs


def selection(words):
    start = TEXT.index(words)
    return {"start": start, "end": start + len(words)}


def link_form(words, **kwargs):
    empty = {"new_name": "", "new_kind": "", "new_identity": "untraced", "new_aliases": ""}
    told = {"exact": words, "seen_document": "", "seen_place": "", "entity": ""}
    return selection(words) | empty | told | {"scope": "document", "verdict": "is"} | kwargs


def test_the_panel_offers_each_name_with_its_candidates(desk, document, esa):
    page = desk.get(f"/admin/corpus/document/{document.pk}/change/").content.decode()

    assert "undecided" in page
    assert f'name="entity" value="{esa.pk}"' in page


def test_those_who_share_a_name_are_offered_best_first_with_the_reason(desk):
    document = make_document("SSC, the company, launches a rocket into orbit.")
    make_entity("A Space Centre", kind="organisation", aliases=["SSC"])
    make_entity("Swedish Space Corporation", kind="company", aliases=["SSC"])
    naming.find_again()

    page = desk.get(f"/admin/corpus/document/{document.pk}/change/").content.decode()

    panel = page[page.index('id="names"') :]
    assert panel.index("Swedish Space Corporation") < panel.index("A Space Centre")
    assert "; “company” stands beside it" in panel


def test_a_name_is_linked_in_the_whole_document(desk, document, esa):
    told = post(desk, document, "verdict", verdict(esa), headers=SCRIPT).content.decode()

    link = Link.objects.in_force().get()
    assert (link.name, link.entity, link.verdict, link.capture) == ("ESA", esa, "is", None)
    assert 'id="names"' in told
    assert "name-linked" in told


def test_a_single_place_is_decided_by_itself(desk, document, esa):
    seen = document.current_capture_id
    sent = verdict(esa, verdict="is_not", capture=seen, **selection("ESA"))

    post(desk, document, "verdict", sent)

    link = Link.objects.in_force().get()
    assert (link.start, link.end, link.verdict) == (0, 3, "is_not")


def test_a_place_of_an_earlier_text_is_not_decided(desk, document, esa):
    sent = verdict(esa, capture=document.current_capture_id, **selection("ESA"))
    document.current_capture = make_capture(document, "Buy mugs.")
    document.save()

    response = post(desk, document, "verdict", sent, headers=SCRIPT)

    assert response.status_code == 409
    assert "collected again" in response.content.decode()
    assert not Link.objects.exists()


def test_a_selection_in_an_earlier_text_is_not_linked(desk, document):
    jaxa = make_entity("JAXA")
    sent = link_form("Japan", entity="JAXA", scope="place", capture=document.current_capture_id)
    document.current_capture = make_capture(document, "Buy.")
    document.save()

    response = post(desk, document, "link", sent, headers=SCRIPT)

    assert response.status_code == 409
    assert "collected again" in response.content.decode()
    assert "<mark>Japan</mark>" in response.content.decode()  # the dialog stays as it was
    assert not Link.objects.filter(entity=jaxa).exists()


def test_a_selection_is_linked_at_its_place_alone(desk, document):
    make_entity("JAXA")
    sent = link_form("Japan", entity="JAXA", scope="place", capture=document.current_capture_id)

    post(desk, document, "link", sent)

    link = Link.objects.in_force().get()
    assert (link.name, link.start, link.capture) == ("Japan", 44, document.current_capture)


def test_a_stale_verdict_is_told(desk, document, esa):
    make_link(document, "ESA", esa, "is_not")

    response = post(desk, document, "verdict", verdict(esa), headers=SCRIPT)

    assert response.status_code == 409
    assert "Somebody else" in response.content.decode()
    assert Link.objects.in_force().get().verdict == "is_not"


@pytest.mark.parametrize(
    "data", [{"entity": "x"}, {"verdict": "perhaps"}, {"name": ""}, {"start": "-1", "end": "2"}]
)
def test_bad_input_links_nothing(desk, document, esa, data):
    response = post(desk, document, "verdict", verdict(esa) | data, headers=SCRIPT)

    assert response.status_code in (409, 422)
    assert not Link.objects.exists()


def test_a_missed_name_is_linked_from_a_selection(desk, document):
    jaxa = make_entity("JAXA")
    address = f"/admin/corpus/document/{document.pk}/move/link/"

    page = desk.get(address, selection("the agency of Japan")).content.decode()
    done = post(desk, document, "link", link_form("the agency of Japan", entity="jaxa"))

    assert "<mark>the agency of Japan</mark>" in page
    assert done.status_code == 302
    assert Link.objects.in_force().get().entity == jaxa


def test_a_new_entity_is_made_and_linked_in_one_act(client, editor, document):
    client.force_login(editor)

    post(client, document, "link", link_form(
        "the agency of Japan", new_name="JAXA", new_kind="agency", new_identity="confirmed",
        new_wikidata_id="Q179103", new_aliases="Jaxa; Japan Aerospace Exploration Agency",
    ))  # fmt: skip

    jaxa = Entity.objects.get()
    assert Link.objects.in_force().get().entity == jaxa
    assert acts_of("make entity") == acts_of("link")
    assert {alias.text for alias in jaxa.aliases.all()} == {
        "JAXA",
        "Jaxa",
        "Japan Aerospace Exploration Agency",
    }


def test_when_the_link_fails_no_entity_is_left(client, editor, document):
    client.force_login(editor)
    sent = link_form("the agency of Japan", new_name="JAXA", new_kind="agency", seen_document="9")

    response = post(client, document, "link", sent)

    assert response.status_code == 409
    assert "JAXA" in response.content.decode()
    assert not Entity.objects.exists()


def test_contributors_are_not_offered_new_entities(desk, document):
    address = f"/admin/corpus/document/{document.pk}/move/link/"

    assert "new_name" not in desk.get(address, selection("Japan")).content.decode()
    sent = link_form("Japan", new_name="Japan", new_kind="place")
    assert post(desk, document, "link", sent).status_code == 422
    assert not Entity.objects.exists()


def test_other_words_at_the_place_are_refused(desk, document):
    make_entity("JAXA")

    response = post(desk, document, "link", link_form("Japan", entity="JAXA", exact="China"))

    assert response.status_code == 409
    assert not Link.objects.exists()


@pytest.mark.parametrize(
    "query",
    ["", "start=0", "start=5&end=5", "start=9&end=2", "start=0&end=99999999999999", "start=x"],
)
def test_a_place_that_is_none_is_not_found(desk, document, query):
    for verb in ("link", "claim"):
        address = f"/admin/corpus/document/{document.pk}/move/{verb}/?{query}"
        assert desk.get(address).status_code == 404


def test_staff_without_a_role_get_no_dialog(client, document):
    client.force_login(make_user(""))
    address = f"/admin/corpus/document/{document.pk}/move/link/?start=0&end=3"

    assert client.get(address).status_code == 403
