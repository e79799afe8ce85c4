"""Write a collected text into the corpus: document, capture, passages, mentions, words."""

import zlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from itertools import islice

from corpus import search
from corpus.analysis import dates, reliability
from corpus.importing import identity, naming
from corpus.importing.collecting import EXTRACTOR, Collected, clean
from corpus.models import Capture, Document, ImportRun, Original, Passage, Sighting, Source
from corpus.text import segment
from corpus.text.fingerprint import digest

AfterStore = Callable[[Capture, Capture | None], object]
ROWS = 1000  # passages written in one statement


@dataclass(frozen=True)
class Stored:
    word: str  # new, unchanged, changed
    document: Document
    words: list[str]  # what people should know of it


def store(
    item: Collected,
    run: ImportRun,
    collected_at: datetime,
    names: naming.Names,
    after_store: AfterStore | None = None,
) -> Stored:
    """Store one record whole. Call it inside one_writer(): two imports of one new file
    would otherwise make two documents of it.
    """
    source = source_named(item.source_name)
    words: list[str] = []
    # The name as it was first spelled, so that its documents are found again.
    found = identity.match(item, source.name if source else "", words)
    document = found.document or _new_document(item, source)
    previous = None if found.capture else _capture_before(found.document)
    capture = found.capture or _new_capture(item, document)
    _see(item, capture, run, collected_at)
    _adopt_address(document, item)
    follow_sightings(document)
    if not found.capture:
        naming.write({capture.pk: names.finder.find(item.text)})
        if after_store:
            after_store(capture, previous)
    if document.current_capture_id != capture.pk:
        words.append("It was collected earlier than the text in force, which stays.")
    word = "unchanged" if found.capture else "changed" if found.document else "new"
    return Stored(word, document, [*item.words, *words])


def _capture_before(document: Document | None) -> Capture | None:
    return document and (document.current_capture or document.captures.last())


def source_named(name: str) -> Source | None:
    """Return the source of this name, in whatever case; a new one if nobody knew it."""
    if not name:
        return None
    for source in Source.objects.all():  # a few hundred; SQLite folds ASCII only
        if source.name.casefold() == name.casefold():
            return source
    return Source.objects.create(name=name)


def follow_sightings(document: Document) -> None:
    """Make current the capture collected last among the sightings that count."""
    counting = Sighting.objects.filter(
        capture__document=document, import_run__set_aside_at=None
    ).order_by("collected_at", "pk")
    last = counting.select_related("capture").last()
    capture = last.capture if last else None
    if document.current_capture_id != (capture and capture.pk):
        document.current_capture = capture
        if capture:
            suggest_document(document)
        document.save()
        search.store_words(document)


def suggest_document(document: Document) -> None:
    """Suggest anew what the document is, from the passages of its current capture."""
    capture = document.current_capture
    assert capture is not None
    passages = list(capture.passages.order_by("start").defer("text"))
    suggestion = reliability.label_document(
        capture.text,
        [segment.Cut(row.start, row.end, row.kind) for row in passages],
        [suggestion_of(row) for row in passages],
    )
    _take_over(document, suggestion)


def suggestion_of(passage: Passage) -> reliability.Suggestion:
    return reliability.Suggestion(
        passage.suggested_reliability,
        passage.suggestion_score,
        tuple(passage.suggestion_reasons),
    )


def _take_over(row: Document | Passage, suggestion: reliability.Suggestion) -> None:
    row.suggested_reliability = suggestion.label
    row.suggestion_score = suggestion.score
    row.suggestion_reasons = list(suggestion.reasons)
    row.suggestion_version = reliability.VERSION


def _new_document(item: Collected, source: Source | None) -> Document:
    published = item.dated.published
    known = dates.parse(published) if published else None
    document = Document(
        source=source,
        title=item.title,
        url=item.address,
        published=published,
        published_earliest=known and known.earliest,
        published_latest=known and known.latest,
        published_basis=item.dated.basis,
        language=clean(item.record.language)[:35],
        canonical_address=identity.canonical(item.address),
        source_as_given=source.name if source else "",
        path=item.record.name,
    )
    document.save()
    return document


def _adopt_address(document: Document, item: Collected) -> None:
    """A document that came without an address takes the first one it is seen at."""
    if item.address and not document.canonical_address:
        document.canonical_address = identity.canonical(item.address)
        document.url = document.url or item.address
        document.save()


def _new_capture(item: Collected, document: Document) -> Capture:
    capture = Capture.objects.create(
        document=document,
        original=_original(item.raw),
        text=item.text,
        text_sha256=item.text_sha256,
        title=item.headline,
        mended=item.mended,
        extractor=EXTRACTOR,
    )
    _cut(item, capture)
    return capture


def _original(raw: bytes) -> Original:
    original, _ = Original.objects.defer("content").get_or_create(
        sha256=sha256(raw).hexdigest(),
        defaults={"content": zlib.compress(raw), "size": len(raw)},
    )
    return original


def _cut(item: Collected, capture: Capture) -> None:
    """Write the passages: first those that repeat nothing, for the others point at them."""
    repeats = item.analysis.repeats
    pks: dict[int, int] = {}
    indexes = range(len(item.analysis.cuts))
    for wave in ([i for i in indexes if i not in repeats], sorted(repeats)):
        rest = iter(wave)
        while some := list(islice(rest, ROWS)):
            rows = [_passage(item, capture, i, pks.get(repeats.get(i, -1))) for i in some]
            for i, row in zip(some, Passage.objects.bulk_create(rows), strict=True):
                pks[i] = row.pk


def _passage(item: Collected, capture: Capture, index: int, repeats: int | None) -> Passage:
    start, end, kind = item.analysis.cuts[index]
    words = item.text[start:end]
    passage = Passage(
        capture=capture,
        start=start,
        end=end,
        text=words,
        text_sha256=digest(words),
        kind=kind,
        made_by=segment.VERSION,
        repeats_id=repeats,
    )
    _take_over(passage, item.analysis.suggestions[index])
    return passage


def _see(item: Collected, capture: Capture, run: ImportRun, collected_at: datetime) -> None:
    record = item.record
    Sighting.objects.create(
        capture=capture,
        import_run=run,
        collected_at=collected_at,
        address=item.address,
        path=record.name,
        source_name=item.source_name,
        title=item.given_title,
        published=item.dated.published,
        published_basis=item.dated.basis,
        language=clean(record.language)[:35],
    )
