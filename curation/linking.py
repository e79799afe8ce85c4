"""Decide who a name stands for, in a document or at one place of it; make and merge entities."""

from collections.abc import Iterable
from uuid import UUID

from django.contrib.auth.models import User
from django.db.models import Q, QuerySet
from django.utils import timezone

from corpus import revising
from corpus.analysis import mentions
from corpus.models import Capture, Document, Entity, Passage
from curation import entering, publishing, seeing
from curation.consequences import follow
from curation.finding_names import find_names_on_commit
from curation.labelling import SameWords
from curation.ledger import Refused, authorise, decide, one_writer, refuse_unseen
from curation.models import Claim, Link
from curation.names import NameInDocument, as_one_line, deciding, names_in, places_of
from curation.quoting import trimmed
from curation.standings import resting_on

__all__ = [
    "NameInDocument",
    "carry_places",
    "change_entity",
    "link_name",
    "link_place",
    "make_entity",
    "merge",
    "names_in",
    "unmerge",
]

LONGEST = 200  # characters of a name
MOST_WORDS = mentions.LONGEST  # no longer name is found
FASTER = "Somebody else decided on this name in the meantime. Reload the page and look again."
RANKING = ("kind", "part_of")  # by which those who share a name are told apart
NAMELESS = "An entity needs a name."


def link_name(
    document: Document,
    name: str,
    entity: Entity,
    verdict: str,
    *,
    by: User,
    seen: int | None = None,
    act_id: UUID | None = None,
) -> Link:
    """Decide on a name wherever it stands in a document, in every capture."""
    authorise(by, "curation.add_link")
    name = entering.line("name", name, needed="Give the name as it stands in the text.")
    _refuse_a_sentence(name)
    with one_writer():
        capture = seeing.text_of(document)
        if next(places_of(name, capture.text), None) is None:
            raise Refused(f"“{name}” does not stand in this text.")
        link = Link(document=document, name=name, entity=entity.resolved, verdict=verdict)
        rivals = Link.objects.in_force().filter(document=document, name=name, capture=None)
        return _decide(link, rivals, seen, by=by, act_id=act_id)


def link_place(
    document: Document,
    start: int,
    end: int,
    entity: Entity,
    verdict: str,
    *,
    by: User,
    capture: int | None,
    exact: str,
    seen: int | None = None,
    act_id: UUID | None = None,
) -> Link:
    """Decide on one place of a document's current text, found by the machine or not.

    `capture` is the text that the person saw, by its pk, and `exact` the words at the place.
    """
    authorise(by, "curation.add_link")
    with one_writer():
        text = seeing.text_seen(document, capture)
        start, end = trimmed(text.text, start, end)
        seeing.refuse_other_words(text, start, end, exact)
        if end - start > LONGEST:
            raise Refused(f"A name has at most {LONGEST} characters. Select the name alone.")
        _refuse_a_sentence(text.text[start:end])
        link = Link(
            document=document,
            name=entering.line("name", as_one_line(text.text[start:end])),
            capture=text,
            start=start,
            end=end,
            entity=entity.resolved,
            verdict=verdict,
        )
        rivals = Link.objects.in_force().filter(capture=text, start=start, end=end)
        return _decide(link, rivals, seen, by=by, act_id=act_id)


def carry_places(capture: Capture, same: SameWords) -> None:
    """Take links of single places over to a new capture, where their passage's words stand."""
    elsewhere = Link.objects.in_force().filter(document=capture.document).exclude(capture=None)
    links = list(elsewhere.exclude(capture=capture).order_by("decision_id"))
    passages = capture.passages.all() if links else ()
    twins = [(other, passage) for passage in passages for other in same.as_in(passage)]
    carried: dict[tuple[int, int, int], Link] = {}
    for link in links:
        for other, passage in twins:
            if place := _place_in(link, other):
                place = passage.start + place[0], passage.start + place[1]
                if link.verdict == Link.Verdict.IS:  # the newest decision says who it is
                    _forget_others(carried, place)
                carried[*place, link.entity_id] = link
    Link.objects.bulk_create(
        Link(
            document=capture.document,
            name=link.name,
            capture=capture,
            start=start,
            end=end,
            entity_id=entity,
            verdict=link.verdict,
            decision_id=link.decision_id,
            words_sha256=link.words_sha256,
            redacted_by=link.redacted_by,
        )
        for (start, end, entity), link in carried.items()
    )


# --- entities ---------------------------------------------------------------------------------


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


def _decide(
    link: Link, rivals: QuerySet[Link], seen: int | None, *, by: User, act_id: UUID | None
) -> Link:
    """Put a link in force, in place of what it contradicts among those on the same words."""
    in_force = deciding(rivals)
    if (in_force.pk if in_force else None) != seen:
        raise Refused(FASTER)
    contradicted = Q(entity=link.entity)
    if link.verdict == Link.Verdict.IS:
        contradicted |= Q(verdict=Link.Verdict.IS)
    rivals = rivals.filter(contradicted)
    refusing = {link.verdict, *rivals.values_list("verdict", flat=True)}
    rivals.update(superseded_at=timezone.now())
    entering.check(link)
    before = in_force and {"entity": in_force.entity_id, "verdict": in_force.verdict}
    after = {"name": link.name, "entity": link.entity_id, "verdict": link.verdict}
    if link.start is not None:
        after |= {"capture": link.capture_id, "start": link.start, "end": link.end}
    link.decision = decide("link", link.document, by=by, before=before, after=after, act_id=act_id)
    link.save()
    if Link.Verdict.IS_NOT in refusing:  # it ranks the same name elsewhere
        find_names_on_commit({link.name})
    return link


def _forget_others(carried: dict[tuple[int, int, int], Link], place: tuple[int, int]) -> None:
    for key, link in list(carried.items()):
        if key[:2] == place and link.verdict == Link.Verdict.IS:
            del carried[key]


def _place_in(link: Link, passage: Passage) -> tuple[int, int] | None:
    """The place of a link counted from the passage's start, if it lies within."""
    if link.capture_id != passage.capture_id or link.start is None or link.end is None:
        return None
    within = passage.start <= link.start and link.end <= passage.end
    return (link.start - passage.start, link.end - passage.start) if within else None


def _concerning(entity: Entity) -> QuerySet[Claim]:
    """The claims that rest on an entity, and those whose readers are told its name."""
    named = Claim.objects.about(entity).values("pk")
    rest = resting_on(entity=entity).values("pk")
    return Claim.objects.filter(Q(pk__in=named) | Q(pk__in=rest))


def _refuse_a_sentence(words: str) -> None:
    if len(words.split()) > MOST_WORDS:
        raise Refused(f"A name has at most {MOST_WORDS} words. Select the name alone.")


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
