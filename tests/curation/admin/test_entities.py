"""Entities: their kinds, names and identity; merging two, and un-merging."""

import pytest

from corpus.models import Entity
from curation.models import Decision
from tests.factories import make_claim, make_document, make_entity, make_link, make_mention

pytestmark = pytest.mark.django_db
LIST = "/admin/corpus/entity/"


@pytest.fixture
def desk(client, editor):
    client.force_login(editor)
    return client


def page(entity, move=""):
    return f"{LIST}{entity.pk}/{move or 'change/'}"


def filled(**kwargs):
    return {
        "name": "ESA",
        "kind": "agency",
        "identity": "confirmed",
        "wikidata_id": "Q42262",
        "part_of": "",
        "aliases": "European Space Agency\nEuropean space agency",
        "seen": "",
    } | kwargs


def aliases(entity):
    return sorted(entity.aliases.values_list("text", flat=True))


def test_an_entity_is_made_with_its_names(desk):
    response = desk.post(f"{LIST}add/", filled())

    esa = Entity.objects.get()
    assert response.status_code == 302
    assert aliases(esa) == ["ESA", "European Space Agency", "European space agency"]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"name": ""}, "required"),
        ({"kind": "gang"}, "valid choice"),
        ({"wikidata_id": "23548"}, "A Wikidata id is a Q and a number"),
        ({"part_of": "Nobody"}, "No entity goes by"),
        ({"name": "n" * 201}, "200 characters"),
    ],
)
def test_what_is_wrong_is_told_and_what_was_typed_comes_back(desk, data, words):
    response = desk.post(f"{LIST}add/", filled(aliases="Typed here") | data)
    told = response.content.decode()

    assert response.status_code == 422
    assert words in told
    assert "Typed here" in told
    assert not Entity.objects.exists()


def test_an_entity_is_changed_with_its_names(desk):
    esa = make_entity("ESA", aliases=["Esa"])

    desk.post(page(esa), filled(name="European Space Agency", aliases="ESA"))
    esa.refresh_from_db()

    assert (esa.name, esa.wikidata_id) == ("European Space Agency", "Q42262")
    assert aliases(esa) == ["ESA", "European Space Agency"]


def test_of_two_who_change_an_entity_the_second_is_told_and_keeps_what_was_typed(desk):
    esa = make_entity("ESA")
    desk.post(page(esa), filled(wikidata_id="Q1"))

    stale = desk.post(page(esa), filled(name="Typed here"))
    again = desk.post(page(esa), filled(name="Typed here", seen=""))
    esa.refresh_from_db()

    assert [each.status_code for each in (stale, again)] == [422, 422]
    assert "Somebody else decided this" in stale.content.decode()
    assert "Typed here" in stale.content.decode()
    assert (esa.name, esa.wikidata_id) == ("ESA", "Q1")


def test_the_form_says_what_was_decided_last(desk):
    esa = make_entity("ESA")
    desk.post(page(esa), filled())
    last = Decision.objects.about(esa).get()

    assert f'name="seen" value="{last.pk}"' in desk.get(page(esa)).content.decode()
    assert desk.post(page(esa), filled(name="Esa", seen=last.pk)).status_code == 302


def test_two_are_merged_and_unmerged(desk):
    esa, double = make_entity("ESA"), make_entity("E.S.A.")

    desk.post(page(double, "move/merge/"), {"into": "esa", "reason": "One and the same."})
    double.refresh_from_db()
    merged_into = double.merged_into
    desk.post(page(double, "move/unmerge/"), {"reason": "Two after all."})
    double.refresh_from_db()

    assert merged_into == esa
    assert double.merged_into is None


@pytest.mark.parametrize(
    "data", [{"into": "", "reason": "x"}, {"into": "ESA", "reason": ""}, {"into": "E.S.A."}]
)
def test_a_merge_that_is_not_said_whole_comes_back(desk, data):
    make_entity("ESA")
    double = make_entity("E.S.A.")

    response = desk.post(page(double, "move/merge/"), {"reason": "Typed here"} | data)
    double.refresh_from_db()

    assert response.status_code in (409, 422)
    assert double.merged_into is None


def test_both_are_named_and_what_follows_is_counted_before_they_are_merged(desk):
    esa, double = make_entity("ESA"), make_entity("Esa agency", aliases=["E.S.A."])
    document = make_document("E.S.A. agreed.")
    make_link(document, "E.S.A.", double)
    make_claim(acting=[double])

    asked = desk.get(page(double, "move/merge/"), {"into": "ESA"}).content.decode()

    assert "Merge Esa agency into ESA?" in asked
    assert "E.S.A., Esa agency." in asked
    assert "1 document and 1 link that people decided on" in asked
    assert "1 claim is told of ESA" in asked
    assert "No public page names it." in asked
    assert f'name="into" value="ESA #{esa.pk}"' in asked
    double.refresh_from_db()
    assert double.merged_into is None


@pytest.mark.parametrize("into", ["", "nobody goes by it", "Itself"])
def test_entity_that_it_cannot_be_merged_into_comes_back_with_the_form(desk, into):
    entity = make_entity("Itself")

    answer = desk.get(page(entity, "move/merge/"), {"into": into})

    assert answer.context["merge_form"].errors["into"]
    assert "Merge…</button>" in answer.content.decode()


def test_merged_ones_wait_behind_a_filter(desk):
    esa = make_entity("ESA")
    double = make_entity("Doublet", merged_into=esa)

    assert double.name not in desk.get(LIST).content.decode()
    assert double.name in desk.get(f"{LIST}?merged=yes").content.decode()
    assert double.name in desk.get(f"{LIST}?merged=all").content.decode()


def test_any_of_its_names_finds_it(desk):
    make_entity("ESA", aliases=["European Space Agency"])

    told = desk.get(f"{LIST}?q=european+space").content.decode()

    assert "1 entity" in told or "1 result" in told


def test_the_page_shows_the_documents_that_name_it(desk):
    esa = make_entity("ESA")
    make_mention(make_document(title="Agreement"), "ESA", esa)

    assert "Agreement" in desk.get(page(esa)).content.decode()


def test_names_are_offered_while_one_types(desk):
    esa = make_entity("ESA", aliases=["European Space Agency"])
    make_entity("Doublet of ESA", merged_into=esa)

    told = desk.get(f"{LIST}names/", {"q": "NASA; europ"}).content.decode()

    assert told == f'<option value="ESA #{esa.pk}">Agency</option>'
    assert desk.get(f"{LIST}names/", {"q": " "}).content.decode() == ""


def test_contributors_read_but_change_nothing(client, contributor):
    esa = make_entity("ESA")
    client.force_login(contributor)

    answers = [
        client.post(page(esa), filled(name="Other")),
        client.get(f"{LIST}add/"),
        client.post(f"{LIST}add/", filled(name="Other")),
        client.post(page(esa, "move/merge/"), {"into": "ESA", "reason": "x"}),
        client.post(page(esa, "move/unmerge/"), {"reason": "x"}),
    ]

    assert {answer.status_code for answer in answers} == {403}
    assert "Save</button>" not in client.get(page(esa)).content.decode()


def test_query_counts_do_not_grow(desk, queries):
    def make(n=1):
        for _ in range(n):
            esa = make_entity("ESA", aliases=["Esa", "European Space Agency"])
            make_mention(make_document(), "ESA", esa)
        return esa

    one = queries(page(make())), queries(LIST)

    assert (queries(page(make(2))), queries(LIST)) == one
