"""Entities: made, changed, merged and un-merged."""

import json

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from corpus.models import Entity, Mention
from curation import identifying
from curation.ledger import Refused, latest_about
from curation.models import Address, Decision, Standing
from curation.standings import refresh
from tests.factories import (
    make_claim,
    make_document,
    make_entity,
    make_news,
    make_source,
)

pytestmark = pytest.mark.django_db


def acts():
    return list(Decision.objects.exclude(act="test").order_by("seq").values_list("act", flat=True))


def test_entity_is_made_with_a_slug_of_its_name_and_its_name_as_alias(editor):
    agency = make_entity("Agencies")
    entity = identifying.make_entity(
        by=editor,
        name=" European  Space Agency ",
        kind="agency",
        identity="confirmed",
        wikidata_id="Q42262",
        part_of=agency,
        aliases=["ESA", " ESA ", "", "Agence spatiale européenne"],
    )
    entity.refresh_from_db()
    assert (entity.name, entity.slug, entity.wikidata_id, entity.part_of) == (
        "European Space Agency",
        "european-space-agency",
        "Q42262",
        agency,
    )
    aliases = ["Agence spatiale européenne", "ESA", "European Space Agency"]
    assert sorted(entity.aliases.values_list("text", flat=True)) == aliases
    line = Decision.objects.about(entity).get()
    assert (line.act, json.loads(line.after)["aliases"]) == ("make entity", aliases)


def test_slugs_are_unique(editor):
    made = [identifying.make_entity(by=editor, name="ESA", kind="agency") for _ in range(3)]
    assert [entity.slug for entity in made] == ["esa", "esa-2", "esa-3"]


@pytest.mark.parametrize("name", ["宇宙航空研究開発機構", "???"])
def test_name_without_latin_letters_has_a_slug_too(editor, name):
    assert identifying.make_entity(by=editor, name=name, kind="agency").slug == "entity"


@pytest.mark.parametrize(
    "values",
    [
        {"name": " "},
        {"name": "x" * 201},
        {"name": "a\x00"},
        {"kind": "band"},
        {"identity": "perhaps"},
        {"wikidata_id": "42"},
        {"aliases": ["a\x00"]},
        {"slug": "esa"},
        {"slug": "not a slug"},
    ],
)
def test_entity_that_cannot_be_is_refused(editor, values):
    make_entity("ESA", slug="esa")
    with pytest.raises(ValidationError):
        identifying.make_entity(by=editor, **{"name": "NASA", "kind": "agency"} | values)
    assert Entity.objects.count() == 1
    assert acts() == []


def test_wikidata_id_is_one_entitys(editor):
    make_entity("ESA", wikidata_id="Q42262")
    with pytest.raises(ValidationError, match="merge the two"):
        identifying.make_entity(by=editor, name="ESA", kind="agency", wikidata_id="Q42262")


def test_new_names_are_looked_for_once_the_act_is_done(editor, django_capture_on_commit_callbacks):
    document = make_document("The Paris agency agreed.")
    with django_capture_on_commit_callbacks(execute=True):
        entity = identifying.make_entity(
            by=editor, name="ESA", kind="agency", aliases=["Paris agency"]
        )
    mention = Mention.objects.get()
    assert (mention.entity, mention.capture) == (entity, document.current_capture)


def change(entity, by, **values):
    told = {
        "name": entity.name,
        "kind": entity.kind,
        "identity": entity.identity,
        "wikidata_id": entity.wikidata_id,
        "part_of": entity.part_of,
        "aliases": [alias.text for alias in entity.aliases.all()],
        "seen": latest_about(entity),
    }
    return identifying.change_entity(entity, by=by, **told | values)


def test_entity_is_changed_with_its_names(editor):
    entity = make_entity("ESA", aliases=["Esa", "E.S.A."])

    change(entity, editor, name="European Space Agency", kind="organisation", aliases=["ESA"])

    entity.refresh_from_db()
    assert (entity.name, entity.kind) == ("European Space Agency", "organisation")
    names = sorted(entity.aliases.values_list("text", flat=True))
    assert names == ["ESA", "European Space Agency"]
    line = Decision.objects.get(act="change entity")
    assert json.loads(line.before)["aliases"] == ["E.S.A.", "ESA", "Esa"]
    assert json.loads(line.after)["name"] == "European Space Agency"


def test_entity_is_changed_by_who_saw_the_last_decision_about_it(editor):
    entity = make_entity("ESA")
    seen = latest_about(entity)
    change(entity, editor, wikidata_id="Q42262")

    with pytest.raises(Refused, match="Somebody else"):
        change(entity, editor, name="Typed by the second", seen=seen)
    entity.refresh_from_db()
    assert (entity.name, entity.wikidata_id) == ("ESA", "Q42262")


def test_names_are_looked_for_again_only_when_they_or_their_ranking_changed(
    editor, django_capture_on_commit_callbacks
):
    entity = make_entity("ESA")
    with django_capture_on_commit_callbacks() as unchanged:
        change(entity, editor, identity="untraced")
    with django_capture_on_commit_callbacks() as of_another_kind:
        change(entity, editor, kind="organisation")
    with django_capture_on_commit_callbacks() as changed:
        change(entity, editor, aliases=["Esa"])
    assert (len(unchanged), len(of_another_kind), len(changed)) == (0, 1, 1)


def test_entity_is_no_part_of_its_own_parts(editor):
    whole = make_entity("Whole")
    part = make_entity("Part", part_of=whole)
    with pytest.raises(ValidationError):
        change(whole, editor, part_of=part)
    with pytest.raises(ValidationError):
        change(whole, editor, part_of=whole)


# --- merging --------------------------------------------------------------------------------------


def test_merging_sets_where_the_entity_went_and_nothing_else(editor):
    esa, also_esa = make_entity("ESA"), make_entity("European Space Agency")

    identifying.merge(also_esa, esa, by=editor, reason="The same agency.")

    also_esa.refresh_from_db()
    assert (also_esa.merged_into, also_esa.name) == (esa, "European Space Agency")
    line = Decision.objects.about(also_esa).get()
    assert (line.act, line.reason, json.loads(line.after)) == ("merge", "The same agency.", esa.pk)


def test_merging_and_unmerging_moves_what_rests_on_either(editor):
    esa, also_esa = make_entity("ESA"), make_entity("European Space Agency")
    quotes = [make_news(source=make_source(grade="B", owner=owner)) for owner in (esa, also_esa)]
    claim = make_claim(quotes=quotes)
    refresh([claim])
    words = [Standing.objects.get(claim=claim).word]

    identifying.merge(also_esa, esa, by=editor, reason="The same.")
    words.append(Standing.objects.get(claim=claim).word)
    identifying.unmerge(also_esa, by=editor, reason="Two after all.")
    words.append(Standing.objects.get(claim=claim).word)

    assert words == ["corroborated", "reported", "corroborated"]
    assert acts() == ["merge", "unmerge"]


def test_addresses_of_a_merged_entity_lead_to_the_other_until_unmerged(editor):
    esa, also_esa = make_entity("ESA"), make_entity("European Space Agency")
    address = Address.objects.create(
        kind="entity", slug=also_esa.slug, entity_id=also_esa.pk, leads_to=also_esa.pk
    )

    identifying.merge(also_esa, esa, by=editor, reason="The same.")
    address.refresh_from_db()
    assert address.leads_to == esa.pk

    identifying.unmerge(also_esa, by=editor, reason="Two after all.")
    address.refresh_from_db()
    assert address.leads_to == also_esa.pk


def test_entity_is_merged_into_what_the_other_was_merged_into(editor):
    last = make_entity("Last")
    middle, first = make_entity("Middle", merged_into=last), make_entity("First")
    identifying.merge(first, middle, by=editor, reason="x")
    first.refresh_from_db()
    assert first.merged_into == last


def test_entity_is_not_merged_into_itself_in_circles_or_twice(editor):
    one, two = make_entity("One"), make_entity("Two")
    with pytest.raises(Refused, match="into itself"):
        identifying.merge(one, one, by=editor, reason="x")
    identifying.merge(one, two, by=editor, reason="x")
    with pytest.raises(Refused, match="un-merge it first"):
        identifying.merge(two, one, by=editor, reason="x")
    with pytest.raises(ValidationError, match="merged into Two already"):
        identifying.merge(one, make_entity("Three"), by=editor, reason="x")
    assert acts() == ["merge"]


def test_merging_and_unmerging_ask_why(editor):
    one, two = make_entity("One"), make_entity("Two")
    with pytest.raises(ValidationError, match="Write why"):
        identifying.merge(one, two, by=editor, reason=" ")
    identifying.merge(one, two, by=editor, reason="x")
    with pytest.raises(ValidationError, match="Write why"):
        identifying.unmerge(one, by=editor, reason="")


def test_what_is_not_merged_is_not_unmerged(editor):
    with pytest.raises(ValidationError, match="is not merged"):
        identifying.unmerge(make_entity(), by=editor, reason="x")


def test_unmerging_is_refused_while_another_has_the_wikidata_id(editor):
    esa = make_entity("ESA", wikidata_id="Q42262")
    merged = make_entity("Esa", wikidata_id="Q42262", merged_into=esa)
    with pytest.raises(ValidationError, match="merge the two"):
        identifying.unmerge(merged, by=editor, reason="x")
    merged.refresh_from_db()
    assert merged.merged_into == esa


@pytest.mark.parametrize(
    "act",
    [
        lambda by: identifying.make_entity(by=by, name="x", kind="agency"),
        lambda by: change(make_entity(), by),
        lambda by: identifying.merge(make_entity("One"), make_entity("Two"), by=by, reason="x"),
        lambda by: identifying.unmerge(make_entity(), by=by, reason="x"),
    ],
)
def test_contributor_may_not_make_change_or_merge_entities(contributor, act):
    with pytest.raises(PermissionDenied):
        act(contributor)
