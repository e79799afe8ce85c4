"""What people change in the corpus: the only writer beside the import.

Called inside one_writer() with a decision in hand. What cannot be done is a ValidationError
whose message is for editors. Places are code points of the capture, as everywhere.
"""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import TypeVar

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.text import slugify

from corpus import search
from corpus.analysis import dates
from corpus.importing import copying, originating
from corpus.importing.collecting import one_line
from corpus.importing.copying import AfterCopies
from corpus.importing.cutting import recut
from corpus.importing.identity import canonical
from corpus.importing.storing import follow_sightings, source_named
from corpus.models import (
    Alias,
    Document,
    Entity,
    ImportRun,
    Passage,
    Source,
)
from corpus.models.documents import DateBasis
from corpus.text.segment import Cut, segment

Row = TypeVar("Row", Source, Entity, Alias)

# --- documents and their sources --------------------------------------------------------------


DESCRIBED = {
    "title",
    "source",
    "published",
    "published_basis",
    "url",
    "origin_entity",
    "origin_words",
}


def describe(
    document: Document,
    *,
    title: str,
    source: Source | None,
    published: str,
    published_basis: str,
    url: str,
    origin_entity: Entity | None,
    origin_words: str,
) -> None:
    """Write the values in force; what makes it this document and no other stays."""
    if url and not canonical(url):
        raise ValidationError({"url": "An address begins with http:// or https://."})
    known = _date(published)
    document.title = title
    document.source = source
    document.published = known.text if known else ""
    document.published_earliest = known.earliest if known else None
    document.published_latest = known.latest if known else None
    document.published_basis = (published_basis or DateBasis.PERSON) if known else ""
    document.url = url
    document.origin_entity = origin_entity
    document.origin_words = origin_words
    document.full_clean(exclude={field.name for field in Document._meta.fields} - DESCRIBED)
    document.save()
    search.store_words(document)


def add_source(name: str, *, host: str = "", owner: Entity | None = None) -> Source:
    source = Source()
    change_source(source, name=name, host=host, owner=owner)
    return source


def change_source(source: Source, *, name: str, host: str, owner: Entity | None) -> None:
    source.name, source.host, source.owner = one_line(name), host.strip(), owner
    if source_named(source.name, but=source):  # SQLite tells É and é apart, PostgreSQL does not
        raise ValidationError({"name": "There is a source of this name already."})
    _save(source)


def set_source_owner(source: Source, entity: Entity | None) -> None:
    source.owner = entity
    source.save(update_fields=["owner"])


def set_aside(run: ImportRun, after_copies: AfterCopies | None = None) -> None:
    """Let the sightings of an import stop counting; a document seen in no other leaves the desk."""
    if not ImportRun.objects.filter(pk=run.pk, set_aside_at=None).update(
        set_aside_at=timezone.now()
    ):
        raise ValidationError("This import is set aside already.")
    run.refresh_from_db()
    _follow_sightings_of(run, after_copies)


def bring_back(run: ImportRun, after_copies: AfterCopies | None = None) -> None:
    if not ImportRun.objects.filter(pk=run.pk, set_aside_at__isnull=False).update(
        set_aside_at=None
    ):
        raise ValidationError("This import is not set aside.")
    run.refresh_from_db()
    _follow_sightings_of(run, after_copies)


def _follow_sightings_of(run: ImportRun, after_copies: AfterCopies | None) -> None:
    seen = Document.objects.filter(captures__sightings__import_run=run).distinct()
    documents = list(seen.values_list("pk", flat=True))
    for pk in documents:
        document = Document.objects.get(pk=pk)
        follow_sightings(document)
        originating.suggest_anew(document)
    copying.follow(documents, after_copies)


def _date(published: str) -> dates.Edtf | None:
    if not published.strip():
        return None
    try:
        return dates.parse(published)
    except dates.NotADate as error:
        raise ValidationError({"published": str(error)}) from error


# --- the cut of a text ------------------------------------------------------------------------


def split(passage: Passage, at: Sequence[int]) -> list[Passage]:
    """Cut a passage at places of its capture, which lie inside it; return its parts in order.

    Parts of white space alone are no passages.
    """
    passage = _current([passage])[0]
    places = sorted(set(at))
    if not places or not passage.start < places[0] <= places[-1] < passage.end:
        raise ValidationError("Choose a place inside the passage to split it at.")
    text = passage.capture.text
    parts = [
        _stripped(text, start, end)
        for start, end in pairwise([passage.start, *places, passage.end])
    ]
    cuts = [
        Cut(start, end, _kind(text[start:end], passage.kind)) for start, end in parts if start < end
    ]
    if len(cuts) < 2:
        raise ValidationError("One side of that place holds nothing but white space.")
    return recut([passage], cuts)


def join(passages: Sequence[Passage]) -> Passage:
    """Make one passage of neighbours."""
    passages = sorted(_current(passages), key=lambda passage: passage.start)
    if len(passages) < 2:
        raise ValidationError("Choose at least two passages to join.")
    first, last = passages[0], passages[-1]
    if any(passage.capture_id != first.capture_id for passage in passages):
        raise ValidationError("Passages of two texts cannot be joined.")
    between = first.capture.passages.touching(first.start, last.end)
    if between.count() != len(passages):
        raise ValidationError("Only neighbours can be joined: another passage lies between them.")
    sentence = Passage.Kind.SENTENCE
    kind = sentence if any(passage.kind == sentence for passage in passages) else first.kind
    return recut(passages, [Cut(first.start, last.end, kind)])[0]


def _current(passages: Iterable[Passage]) -> list[Passage]:
    """Read passages again, under the lock: somebody may have cut them in the meantime."""
    wanted = {passage.pk for passage in passages}
    found = list(Passage.objects.filter(pk__in=wanted).select_related("capture"))
    if len(found) != len(wanted):
        raise ValidationError(
            "Somebody cut this text differently in the meantime. Reload the page and look again."
        )
    return found


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    words = text[start:end]
    return start + len(words) - len(words.lstrip()), end - len(words) + len(words.rstrip())


def _kind(words: str, otherwise: str) -> str:
    """Return the kind that the segmenter sees in words that it would leave in one piece."""
    cuts = segment(words)
    return cuts[0].kind if len(cuts) == 1 else otherwise


# --- entities and their names -----------------------------------------------------------------


def add_entity(
    *,
    name: str,
    kind: str,
    identity: str = Entity.Identity.UNTRACED,
    wikidata_id: str = "",
    part_of: Entity | None = None,
    slug: str = "",
    aliases: Iterable[str] = (),
) -> Entity:
    """Make an entity; its own name is one of its aliases."""
    name = one_line(name)
    entity = Entity(
        name=name,
        kind=kind,
        identity=identity,
        wikidata_id=wikidata_id.strip(),
        part_of=part_of,
        slug=slug or _free_slug(name),
    )
    _save(entity)
    for text in [name, *aliases]:
        add_alias(entity, text)
    return entity


def change_entity(
    entity: Entity,
    *,
    name: str,
    kind: str,
    identity: str,
    wikidata_id: str,
    part_of: Entity | None,
) -> Entity:
    """Change what an entity is; a former name stays one of its aliases."""
    entity.name, entity.kind, entity.identity = one_line(name), kind, identity
    entity.wikidata_id, entity.part_of = wikidata_id.strip(), part_of
    if part_of and _leads_back(part_of, entity, "part_of"):
        raise ValidationError({"part_of": f"{part_of} is itself part of {entity}."})
    _save(entity)
    add_alias(entity, entity.name)
    return entity


def add_alias(entity: Entity, text: str) -> Alias:
    """Return the alias, new or old. Enqueue find_names_again when the act is done."""
    text = one_line(text)
    return entity.aliases.filter(text=text).first() or _save(Alias(entity=entity, text=text))


def remove_alias(alias: Alias) -> None:
    if alias.text == alias.entity.name:
        raise ValidationError("An entity's own name stays one of its aliases: rename it first.")
    alias.delete()


def merge(entity: Entity, into: Entity) -> None:
    """Say that an entity is another one. Nothing else changes, so that it can be undone."""
    if entity.merged_into_id:
        raise ValidationError(f"{entity} is merged into {entity.merged_into} already.")
    if _leads_back(into, entity, "merged_into"):
        raise ValidationError(f"{into} is merged into {entity}: un-merge it first.")
    entity.merged_into = into
    entity.save(update_fields=["merged_into"])


def unmerge(entity: Entity) -> None:
    if not entity.merged_into_id:
        raise ValidationError(f"{entity} is not merged.")
    entity.merged_into = None
    entity.validate_constraints()  # another may have taken its Wikidata id
    entity.save(update_fields=["merged_into"])


def _leads_back(start: Entity, entity: Entity, along: str) -> bool:
    """Whether following a key from one entity comes to the other."""
    at: Entity | None = start
    seen: set[int] = set()
    while at and at.pk not in seen:
        if at.pk == entity.pk:
            return True
        seen.add(at.pk)
        at = getattr(at, along)
    return False


def _free_slug(name: str) -> str:
    stem = slugify(name)[:70] or "entity"
    taken = set(Entity.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    n = 1
    while (slug := stem if n == 1 else f"{stem}-{n}") in taken:
        n += 1
    return slug


def _save(row: Row) -> Row:
    row.full_clean()
    row.save()
    return row
