"""The authority file: entities are added and updated, all or none, and never undone."""

import io
import json

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from corpus import revising
from corpus.models import Alias, Entity, Mention
from curation import identifying
from tests.factories import make_document, make_entity, make_partnership, make_party

pytestmark = pytest.mark.django_db

ESA = {
    "slug": "esa",
    "name": "ESA",
    "kind": "agency",
    "aliases": ["European Space Agency"],
    "identity": "confirmed",
    "wikidata": "Q42262",
    "part_of": "",
}
ROVER = {"slug": "rover", "name": "Rosalind Franklin", "kind": "spacecraft", "part_of": "exomars"}
EXOMARS = {"slug": "exomars", "name": "ExoMars", "kind": "programme", "part_of": "esa"}


@pytest.fixture
def load(tmp_path):
    def load(*lines):
        path = tmp_path / "authority.jsonl"
        written = [line if isinstance(line, str) else json.dumps(line) for line in lines]
        path.write_text("\n".join(written), encoding="utf-8")
        said = io.StringIO()
        call_command("load_authority", path, stdout=said)
        return said.getvalue()

    return load


def everything():
    return list(Entity.objects.values()), list(Alias.objects.values())


def test_entities_are_loaded_with_names_and_wholes(load):
    said = load(ROVER, EXOMARS, ESA)
    assert said == "3 entities: 3 added, 0 changed, 0 unchanged.\n"
    esa, exomars, rover = Entity.objects.order_by("name")
    assert (esa.slug, esa.kind, esa.identity, esa.wikidata_id) == (
        "esa",
        "agency",
        "confirmed",
        "Q42262",
    )
    assert {alias.text for alias in esa.aliases.all()} == {"ESA", "European Space Agency"}
    assert (exomars.part_of, rover.part_of) == (esa, exomars)
    assert rover.identity == "untraced"


def test_loading_again_changes_nothing(load):
    load(ESA, EXOMARS)
    before = everything()
    assert load(ESA, EXOMARS) == "2 entities: 0 added, 0 changed, 2 unchanged.\n"
    assert everything() == before


def test_loading_again_updates_and_deletes_nothing(load):
    load(ESA, EXOMARS)
    said = load(ESA | {"name": "E.S.A.", "aliases": ["Europe’s agency"], "kind": "organisation"})
    assert said == "1 entities: 0 added, 1 changed, 0 unchanged.\n"
    esa = Entity.objects.get(slug="esa")
    assert (esa.name, esa.kind) == ("E.S.A.", "organisation")
    names = {"ESA", "E.S.A.", "European Space Agency", "Europe’s agency"}
    assert {alias.text for alias in esa.aliases.all()} == names
    assert Entity.objects.filter(slug="exomars").exists()


def test_loading_never_unmerges(load):
    load(ESA, EXOMARS)
    esa, into = Entity.objects.get(slug="esa"), make_entity("Agency")
    revising.merge(esa, into)
    load(ESA | {"aliases": ["New name"]})
    esa.refresh_from_db()
    assert esa.merged_into == into
    assert esa.aliases.filter(text="New name").exists()


def test_what_the_desk_changed_stays_as_it_is(load, editor):
    load(ESA, EXOMARS)
    esa = Entity.objects.get(slug="esa")
    identifying.change_entity(
        esa,
        by=editor,
        name="The European agency",
        kind="agency",
        identity="confirmed",
        wikidata_id="",
        part_of=None,
        aliases=[],
    )
    said = load(ESA, EXOMARS)
    assert said == (
        "2 entities: 0 added, 0 changed, 1 unchanged, 1 kept, since the desk relies on them.\n"
    )
    esa.refresh_from_db()
    assert esa.name == "The European agency"
    assert {alias.text for alias in esa.aliases.all()} == {"The European agency"}


def test_names_are_looked_for_in_the_texts_that_are_there(load):
    make_document("The European Space Agency agreed.")
    load(ESA)
    assert Mention.objects.standing().get().entity.slug == "esa"


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("{broken", "Line 2: this is no JSON."),
        ("[]", "Line 2: this is no JSON object."),
        (EXOMARS | {"kind": "planet"}, "Line 2: the kind 'planet' is none of agency, company"),
        (EXOMARS | {"identity": "real"}, "Line 2: the identity 'real' is none of"),
        (EXOMARS | {"slug": "Exo Mars"}, "Line 2: the slug 'Exo Mars' is not made of"),
        (EXOMARS | {"slug": ""}, "Line 2: the slug '' is not made of"),
        (EXOMARS | {"name": ""}, "Line 2: the name is empty"),
        (EXOMARS | {"name": "x" * 201}, "Line 2: the name is empty or longer"),
        (EXOMARS | {"name": None}, "Line 2: name is no plain text."),
        (EXOMARS | {"name": "Exo\x00Mars"}, "Line 2: name is no plain text."),
        (EXOMARS | {"name": "Exo\ud800Mars"}, "Line 2: name is no plain text."),
        (EXOMARS | {"aliases": "ExoMars"}, "Line 2: aliases is no list."),
        (EXOMARS | {"aliases": [""]}, "Line 2: an alias is empty"),
        (EXOMARS | {"wikidata": "42"}, "Line 2: the Wikidata id '42' is not a Q"),
        (EXOMARS | {"colour": "red"}, "Line 2: nobody knows what colour is."),
        (EXOMARS | {"slug": "esa"}, "Line 2: the slug esa stands in line 1 already."),
        (EXOMARS | {"wikidata": "Q42262"}, "Line 2: the Wikidata id Q42262 stands in line 1"),
        (EXOMARS | {"part_of": "nowhere"}, "Line 2: it is part of nowhere, which is not there."),
        (EXOMARS | {"part_of": "exomars"}, "Line 2: it is part of itself"),
    ],
)
def test_one_wrong_line_and_nothing_is_loaded(line, sentence, load):
    with pytest.raises(CommandError) as refused:
        load(ESA, line, ROVER | {"part_of": ""})
    assert sentence in str(refused.value)
    assert "was loaded" in str(refused.value)
    assert Entity.objects.count() == 0


def test_every_wrong_line_is_told(load):
    with pytest.raises(CommandError) as refused:
        load("x", ESA | {"kind": "planet"}, "", ROVER | {"slug": "!"})
    assert [line[:7] for line in str(refused.value).splitlines()] == [
        "Line 1:",
        "Line 2:",
        "Line 4:",
        "Nothing",
    ]


def test_wikidata_id_of_an_entity_made_at_the_desk_is_told(load):
    make_entity("European agency", wikidata_id="Q42262")
    with pytest.raises(CommandError, match=r"Line 2: .*merge the two"):
        load(EXOMARS | {"part_of": ""}, ESA)
    assert Entity.objects.count() == 1


def test_part_of_what_is_there_already(load):
    load(ESA)
    load(EXOMARS)
    assert Entity.objects.get(slug="exomars").part_of.slug == "esa"


@pytest.mark.parametrize("content", [None, b"\xff\xfe\x00"])
def test_file_that_cannot_be_read_is_told(content, tmp_path):
    path = tmp_path / "authority.jsonl"
    if content:
        path.write_bytes(content)
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("load_authority", path)


def test_authority_file_of_the_sample_desk_loads():
    call_command("load_authority", stdout=io.StringIO())
    with open(settings.AUTHORITY_FILE, encoding="utf-8") as file:
        slugs = {json.loads(line)["slug"] for line in file if line.strip()}
    assert len(slugs) >= 60
    assert set(Entity.objects.values_list("slug", flat=True)) == slugs


def test_entity_that_people_rely_on_is_not_overruled(load):
    esa = make_entity("ESA", slug="esa", wikidata_id="Q42262")
    make_party(make_partnership(), esa)

    said = load({"slug": "esa", "name": "Esa", "kind": "company", "identity": "fictional"})

    esa.refresh_from_db()
    assert (esa.name, esa.kind, esa.wikidata_id) == ("ESA", "agency", "Q42262")
    assert "1 kept, since the desk relies on them" in said
