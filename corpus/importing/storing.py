"""Write a collected text into the corpus: document, capture, passages, mentions, words."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from corpus import search
from corpus.analysis import dates
from corpus.analysis.hints import Hint
from corpus.importing import analysing, cutting, identity, naming, originating
from corpus.importing.analysing import Whole, of_the_whole
from corpus.importing.collecting import Collected, clean, one_line
from corpus.models import Capture, Document, ImportRun, Original, Sighting, Source
from corpus.text.segment import Cut

AfterStore = Callable[[Capture, Capture | None], object]


@dataclass(frozen=True)
class Stored:
    word: str  # new, unchanged, changed
    document: Document
    words: list[str]  # what people should know of it
    moved: bool = False  # whether another text of it is in force than before


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
    if item.source_name and not source:
        source = Source.objects.create(name=item.source_name)
    words: list[str] = []
    # The name as it was first spelled, so that its documents are found again.
    found = identity.match(item, source.name if source else "", words)
    document = found.document or document_row(item, source)
    if not found.document:
        document.save()
    in_force = document.current_capture_id
    previous = None if found.capture else _capture_before(found.document)
    capture = found.capture or _new_capture(item, document, names)
    seen = _original(item)
    sighting_row(item, capture, seen, run, collected_at, [*item.words, *words]).save()
    _adopt_address(document, item)
    follow_sightings(document, None if found.capture else item.whole)
    if after_store and not found.capture:
        after_store(capture, previous)
    if document.current_capture_id != capture.pk:
        words.append("It was collected earlier than the text in force, which stays.")
    elif found.capture and in_force != capture.pk:
        words.append("This text was there before; it is in force again.")
        if after_store:
            after_store(capture, capture)
    word = "unchanged" if found.capture else "changed" if found.document else "new"
    moved = document.current_capture_id != in_force
    if moved and document.current_capture_id == capture.pk:
        originating.suggest(document, item.said_first(names))
    return Stored(word, document, [*item.words, *words], moved)


def bytes_there(raws: Iterable[bytes]) -> set[str]:
    """Return the digests of those bytes that something came with before."""
    digests = {sha256(raw).hexdigest() for raw in raws}
    return set(Original.objects.filter(sha256__in=digests).values_list("sha256", flat=True))


def is_there(item: Collected) -> bool:
    """Whether storing it would add no text. Without the lock the answer may soon be another."""
    if not Capture.objects.filter(text_sha256=item.text_sha256).exists():
        return False
    source = source_named(item.source_name)
    return bool(identity.match(item, source.name if source else item.source_name, []).capture)


def _capture_before(document: Document | None) -> Capture | None:
    return (document.current_capture or document.captures.last()) if document else None


def source_named(name: str, but: Source | None = None) -> Source | None:
    """Return the source of this name, in whatever case; SQLite itself folds ASCII only."""
    others = Source.objects.exclude(pk=but.pk) if but else Source.objects.all()
    if as_written := others.filter(name=name).first():
        return as_written
    rows = others.order_by("pk").values_list("pk", "name")
    pk = next((pk for pk, other in rows if other.casefold() == name.casefold()), None)
    return others.filter(pk=pk).first() if pk else None


def follow_sightings(document: Document, whole: Whole | None = None) -> None:
    """Make current the capture collected last among the sightings that count.

    `whole` is what the machine says of it, where that was computed just now.
    """
    counting = Sighting.objects.filter(
        capture__document=document, import_run__set_aside_at=None
    ).order_by("collected_at", "pk")
    last = counting.select_related("capture").last()
    capture = last.capture if last else None
    if document.current_capture_id == (capture.pk if capture else None):
        return
    document.current_capture = capture
    if capture:
        told = whole or _whole(capture, document.published)
        cutting.take_over_whole(document, told, analysing.version() if whole else "")
    document.save()
    search.store_words(document)


def _whole(capture: Capture, published: str) -> Whole:
    """Return what the machine makes of a text, from its passages as they are now."""
    passages = list(capture.passages.order_by("start").defer("text"))
    cuts = [Cut(row.start, row.end, row.kind) for row in passages]
    suggestions = [cutting.suggestion_of(row) for row in passages]
    hints = {at: [Hint(*hint) for hint in row.hints] for at, row in enumerate(passages)}
    return of_the_whole(capture.text, cuts, suggestions, hints, published)


def document_row(item: Collected, source: Source | None) -> Document:
    published = item.dated.published
    known = dates.parse(published) if published else None
    return Document(
        source=source,
        title=item.title,
        url=item.address if identity.canonical(item.address) else "",
        published=published,
        published_earliest=known.earliest if known else None,
        published_latest=known.latest if known else None,
        published_basis=item.dated.basis,
        language=clean(item.record.language)[:35],
        canonical_address=identity.canonical(item.address),
        source_as_given=source.name if source else "",
        path=item.record.name,
    )


def _adopt_address(document: Document, item: Collected) -> None:
    """A document that came without an address takes the first one it is seen at."""
    address = identity.canonical(item.address)
    if address and not document.canonical_address:
        document.canonical_address = address
        document.url = document.url or item.address
        document.save()


def _new_capture(item: Collected, document: Document, names: naming.Names) -> Capture:
    capture = capture_row(item, document, _original(item))
    capture.save()
    [passages] = cutting.cut([(capture, item.passages)])
    naming.write_new([(capture.pk, passages, item.mentions(names))])
    return capture


def capture_row(item: Collected, document: Document, original: Original) -> Capture:
    return Capture(
        document=document,
        original=original,
        text=item.text,
        text_sha256=item.text_sha256,
        title=item.headline,
        structure=[list(sign) for sign in item.read.structure],
        mended=item.mended,
        extractor=item.read.extractor,
    )


def _original(item: Collected) -> Original:
    found = Original.objects.defer("content").filter(sha256=item.raw_sha256).first()
    if not found:
        found = original_row(item)
        found.save()
    return found


def original_row(item: Collected) -> Original:
    return Original(
        sha256=item.raw_sha256,
        content=item.packed,
        size=len(item.raw),
        media_type=item.record.media_type[:100],
    )


def sighting_row(
    item: Collected,
    capture: Capture,
    original: Original,
    run: ImportRun,
    collected_at: datetime,
    remarks: Sequence[str],
) -> Sighting:
    record = item.record
    return Sighting(
        capture=capture,
        import_run=run,
        original=original,
        collected_at=collected_at,
        address=item.address,
        path=record.name,
        source_name=item.source_name,
        title=item.given_title,
        author=one_line(record.author)[:200],
        bases={name: clean(basis) for name, basis in record.bases.items()},
        published=item.dated.published,
        published_basis=item.dated.basis,
        language=clean(record.language)[:35],
        remarks=[clean(remark) for remark in remarks],
    )
