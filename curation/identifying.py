"""Make and change entities; say that two are one, or two after all."""

from collections.abc import Iterable
from uuid import UUID

from django.contrib.auth.models import User
from django.db.models import Q, QuerySet

from corpus import revising
from corpus.models import Entity
from curation import entering, publishing
from curation.consequences import follow
from curation.finding_names import find_names_on_commit
from curation.ledger import Refused, authorise, decide, one_writer, refuse_unseen
from curation.models import Claim
from curation.standings import resting_on

RANKING = ("kind", "part_of")  # by which those who share a name are told apart
NAMELESS = "An entity needs a name."


def make_entity(
    *,
    by: User,
    name: str,
    kind: str,
    identity: str = Entity.Identity.UNTRACED,
    wikidata_id: str = "",
    part_of: Entity | None = None,
    aliases: Iterable[str] = (),
    slug: str = "",
    act_id: UUID | None = None,
) -> Entity:
    """Make an entity; its own name is one of its aliases, and a slug is made from it."""
    authorise(by, "corpus.add_entity")
    with one_writer():
        entity = revising.add_entity(
            name=entering.line("name", name, needed=NAMELESS),
            kind=kind,
            identity=identity,
            wikidata_id=entering.line("wikidata_id", wikidata_id),
            part_of=part_of and part_of.resolved,
            slug=entering.line("slug", slug),
            aliases=_lines(aliases),
        )
        decide("make entity", entity, by=by, after=_told(entity), act_id=act_id)
        find_names_on_commit(_names(entity))
        return entity


def change_entity(
    entity: Entity,
    *,
    by: User,
    name: str,
    kind: str,
    identity: str,
    wikidata_id: str,
    part_of: Entity | None,
    aliases: Iterable[str],
    seen: int | None = None,
) -> Entity:
    """Change what an entity is, and its names: `aliases` are all of them but its own name.

    `seen` is the last decision about it that the person saw.
    """
    authorise(by, "corpus.change_entity")
    name = entering.line("name", name, needed=NAMELESS)
    wanted = {name, *_lines(aliases)}
    with one_writer():
        entity = Entity.objects.get(pk=entity.pk)
        refuse_unseen(entity, seen)
        before, names = _told(entity), _names(entity)
        revising.change_entity(
            entity,
            name=name,
            kind=kind,
            identity=identity,
            wikidata_id=entering.line("wikidata_id", wikidata_id),
            part_of=part_of and part_of.resolved,
        )
        for alias in entity.aliases.exclude(text__in=wanted):
            revising.remove_alias(alias)
        for text in sorted(wanted):
            revising.add_alias(entity, text)
        after = _told(entity)
        decision = decide("change entity", entity, by=by, before=before, after=after)
        follow(decision, _concerning(entity))
        ranks_anew = any(before[key] != after[key] for key in RANKING)
        if changed := names | _names(entity) if ranks_anew else names ^ _names(entity):
            find_names_on_commit(changed)
        return entity


def merge(entity: Entity, into: Entity, *, by: User, reason: str) -> None:
    """Say that two entities are one: every question, and readers' addresses, lead to the other."""
    authorise(by, "corpus.change_entity")
    reason = entering.words("reason", reason, needed="Write why these two are one.")
    with one_writer():
        entity, into = Entity.objects.get(pk=entity.pk), Entity.objects.get(pk=into.pk)
        if entity == into:
            raise Refused("An entity cannot be merged into itself.")
        if into.resolved == entity:
            raise Refused(f"{into} is merged into {entity}: un-merge it first.")
        into = into.resolved
        revising.merge(entity, into)
        publishing.entity_merged(entity, into)
        decision = decide("merge", entity, by=by, after=into.pk, reason=reason)
        follow(decision, _concerning(into))


def unmerge(entity: Entity, *, by: User, reason: str) -> None:
    authorise(by, "corpus.change_entity")
    reason = entering.words("reason", reason, needed="Write why these are two after all.")
    with one_writer():
        entity = Entity.objects.get(pk=entity.pk)
        before = entity.merged_into_id
        concerned = list(_concerning(entity.resolved))
        revising.unmerge(entity)
        publishing.entity_unmerged(entity)
        decision = decide("unmerge", entity, by=by, before=before, reason=reason)
        follow(decision, concerned)


# --- what the verbs share -----------------------------------------------------------------------


def _concerning(entity: Entity) -> QuerySet[Claim]:
    """The claims that rest on an entity, and those whose readers are told its name."""
    named = Claim.objects.about(entity).values("pk")
    rest = resting_on(entity=entity).values("pk")
    return Claim.objects.filter(Q(pk__in=named) | Q(pk__in=rest))


def _lines(aliases: Iterable[str]) -> list[str]:
    found = (entering.line("aliases", alias) for alias in aliases)
    return list(dict.fromkeys(alias for alias in found if alias))


def _names(entity: Entity) -> set[str]:
    return set(entity.aliases.values_list("text", flat=True))


def _told(entity: Entity) -> dict[str, object]:
    return {
        "name": entity.name,
        "kind": entity.kind,
        "identity": entity.identity,
        "wikidata_id": entity.wikidata_id,
        "part_of": entity.part_of_id,
        "aliases": sorted(entity.aliases.values_list("text", flat=True)),
    }
