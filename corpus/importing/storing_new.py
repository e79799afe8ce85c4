"""Write the texts of a batch that are plainly new, all of them in a few statements.

What becomes of one depends on no other record of the batch and on nothing that is there: no
document of its address or its name, no capture of its text. The others are stored one by one.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from django.db.models import OuterRef, Subquery

from corpus.importing import analysing, cutting, identity, naming, originating, storing
from corpus.importing.collecting import Collected, Names
from corpus.models import (
    Capture,
    Document,
    ImportRun,
    Original,
    SearchText,
    Sighting,
    Source,
)

ASKED = 500  # addresses, digests or names in one question to the database


class Arrived(NamedTuple):
    item: Collected
    collected_at: datetime


def store_new(
    batch: Mapping[int, Arrived],
    run: ImportRun,
    names: Names,
    after_store: storing.AfterStore | None = None,
) -> dict[int, storing.Stored]:
    """Store those of a batch that are plainly new; return what became of them by their places.

    Call it inside one_writer(), and store the others afterwards, in their order.
    """
    if not ImportRun.objects.filter(pk=run.pk, set_aside_at=None).exists():
        return {}
    sources = _sources(each.item.source_name for each in batch.values())
    new = list(_plainly_new(batch, sources))
    captures = _write([batch[at] for at in new], run, names, sources)
    if after_store:
        for capture in captures:
            after_store(capture, None)
    return {
        at: storing.Stored("new", capture.document, list(batch[at].item.words), moved=True)
        for at, capture in zip(new, captures, strict=True)
    }


def _sources(names: Iterable[str]) -> dict[str, Source]:
    """The sources of these names, folded; those that are not there are made as first spelled."""
    folded = {name.casefold(): name for name in reversed([*names]) if name}
    there: dict[str, int] = {}
    for pk, name in Source.objects.order_by("-pk").values_list("pk", "name"):
        if name.casefold() in folded:
            there[name.casefold()] = pk
    found = Source.objects.in_bulk(there.values())
    return {
        each: found[there[each]] if each in there else Source.objects.create(name=name)
        for each, name in reversed(folded.items())
    }


def _name_of(item: Collected, sources: Mapping[str, Source]) -> str:
    source = sources.get(item.source_name.casefold())
    return source.name if source else ""


# --- which are plainly new ------------------------------------------------------------------


@dataclass
class _Known:
    """By what a record may be one of a document that is known."""

    addresses: set[str] = field(default_factory=set)
    texts: set[str] = field(default_factory=set)
    names: set[tuple[str, str]] = field(default_factory=set)

    def has(self, item: Collected, source: str) -> bool:
        address = identity.canonical(item.address)
        return (
            (bool(address) and address in self.addresses)
            or item.text_sha256 in self.texts
            or (source, item.record.name) in self.names
        )

    def add(self, item: Collected, source: str) -> None:
        self.addresses.add(identity.canonical(item.address))
        self.texts.add(item.text_sha256)
        self.names.add((source, item.record.name))


def _plainly_new(batch: Mapping[int, Arrived], sources: Mapping[str, Source]) -> Iterator[int]:
    before = _Known()
    there = _there([each.item for each in batch.values()], sources)
    for at, (item, _) in batch.items():
        source = _name_of(item, sources)
        if not there.has(item, source) and not before.has(item, source):
            yield at
        before.add(item, source)


def _there(items: Collection[Collected], sources: Mapping[str, Source]) -> _Known:
    """What stands in the corpus already of all by which these records could meet a document."""
    known = _Known()
    given = {_name_of(item, sources) for item in items}
    for some in _parts([identity.canonical(item.address) for item in items if item.address]):
        found = Document.objects.filter(canonical_address__in=some).order_by()
        known.addresses.update(found.values_list("canonical_address", flat=True))
    for some in _parts([item.text_sha256 for item in items]):
        same = Capture.objects.filter(text_sha256__in=some).order_by()
        known.texts.update(same.values_list("text_sha256", flat=True))
    for some in _parts([item.record.name for item in items if not item.address]):
        named = Document.objects.filter(source_as_given__in=given, path__in=some).order_by()
        known.names.update(named.values_list("source_as_given", "path"))
    return known


def _parts(values: Iterable[str]) -> Iterator[list[str]]:
    every = sorted(set(values))
    for at in range(0, len(every), ASKED):
        yield every[at : at + ASKED]


# --- their rows -----------------------------------------------------------------------------


def _write(
    batch: Sequence[Arrived], run: ImportRun, names: Names, sources: Mapping[str, Source]
) -> list[Capture]:
    items = [each.item for each in batch]
    originals = _originals(items)
    documents = [
        storing.document_row(item, sources.get(item.source_name.casefold())) for item in items
    ]
    version = analysing.version()
    for document, item in zip(documents, items, strict=True):
        cutting.take_over_whole(document, item.whole, version)
    originating.take_over(documents, [item.said_first(names) for item in items])
    Document.objects.bulk_create(documents)
    captures = Capture.objects.bulk_create(
        storing.capture_row(item, document, original)
        for item, document, original in zip(items, documents, originals, strict=True)
    )
    seen = [
        storing.sighting_row(item, capture, original, run, at, item.words)
        for (item, at), capture, original in zip(batch, captures, originals, strict=True)
    ]
    for sighting in seen:
        sighting.seal()
    Sighting.objects.bulk_create(seen)
    _put_in_force(captures)
    SearchText.objects.bulk_create(
        SearchText(document=document, text=item.words_to_find)
        for item, document in zip(items, documents, strict=True)
    )
    passages = cutting.cut(
        [(capture, item.passages) for item, capture in zip(items, captures, strict=True)]
    )
    naming.write_new(
        (capture.pk, pks, item.mentions(names))
        for item, capture, pks in zip(items, captures, passages, strict=True)
    )
    return captures


def _originals(items: Sequence[Collected]) -> list[Original]:
    """The bytes of each, which other texts may have come with before."""
    rows = {row.sha256: row for row in map(storing.original_row, items)}
    for some in _parts(rows):
        there = Original.objects.defer("content").filter(sha256__in=some)
        rows.update((row.sha256, row) for row in there)
    Original.objects.bulk_create(row for row in rows.values() if row.pk is None)
    return [rows[item.raw_sha256] for item in items]


def _put_in_force(captures: Sequence[Capture]) -> None:
    of_it = Capture.objects.filter(document=OuterRef("pk")).order_by().values("pk")[:1]
    new = Document.objects.filter(pk__in=[capture.document_id for capture in captures])
    new.update(current_capture=Subquery(of_it))
    for capture in captures:
        capture.document.current_capture = capture
