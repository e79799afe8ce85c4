"""Analyse again what is there, after a change of the analysis: no decision is touched.

Texts are read without the writer's lock; it is taken for the writing of a few documents at a time.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from corpus.analysis import reliability
from corpus.analysis.mentions import Found
from corpus.analysis.origins import suggest_origin
from corpus.importing import analysing, copying, cutting, naming, originating
from corpus.importing.analysing import Analysis, analyse
from corpus.importing.collecting import Names
from corpus.importing.repeating import Repeated
from corpus.models import Capture, Document, Passage
from corpus.text import segment
from corpus.text.segment import Cut
from corpus.writer import one_writer

BATCH = 25  # documents written under one lock

KeepsCut = Callable[[Collection[int]], Collection[int]]  # of captures: those that keep their cut


@dataclass(frozen=True)
class How:
    """Whom it asks: which texts keep their cut, and what people wrote down."""

    keeps_cut: KeepsCut
    patterns: Sequence[Any] = ()
    after_copies: copying.AfterCopies | None = None


@dataclass(frozen=True)
class _Read:
    """One document as it was read, and what was made of it."""

    document: Document
    capture: Capture
    standing: Sequence[Cut]
    kept: bool
    analysis: Analysis
    found: list[Found]

    def with_names(self, names: Names) -> "_Read":
        return replace(self, found=names.finder.find(self.capture.text))


def waiting(every: bool = False, start: int = 0) -> QuerySet[Document]:
    """The documents to be analysed: those of other versions, or all; from a number on."""
    documents = Document.objects.on_the_desk().filter(
        pk__gte=start, current_capture__redacted_by=None
    )
    if not every:
        of_it = Passage.objects.filter(capture=OuterRef("current_capture"))
        other = of_it.exclude(suggestion_version=reliability.VERSION)
        documents = documents.filter(
            ~Q(suggestion_version=analysing.version())
            | Exists(other)
            | copying.of_another_algorithm()
        )
    return documents.order_by("pk")


def analyse_again(
    documents: Iterable[int], how: How, refusals: Collection[Any] = ()
) -> Iterator[list[int]]:
    """Analyse documents anew; yield the numbers of those that are done and safe.

    Whoever stops between two batches loses nothing: the rest is still to be done.
    """
    names, repeated = naming.names(refusals), Repeated()
    for ids in _in_parts(list(documents)):
        read = list(_read(ids, how, names, repeated))
        with one_writer():
            if (now := naming.still(names)) is not names:
                names = now
                read = [each.with_names(names) for each in read]
            _write(read, how, names, repeated)
        yield ids


def _read(ids: list[int], how: How, names: Names, repeated: Repeated) -> Iterator[_Read]:
    documents = Document.objects.filter(pk__in=ids).exclude(current_capture=None)
    documents = documents.select_related("current_capture").order_by("pk")
    kept = how.keeps_cut([each.current_capture.pk for each in documents if each.current_capture])
    for document in documents:
        yield _analysed(document, document.current_capture_id in kept, how, names, repeated)


def _analysed(document: Document, kept: bool, how: How, names: Names, repeated: Repeated) -> _Read:
    capture = document.current_capture
    assert capture is not None
    capture.document = document
    standing = _standing(capture)
    beside = cutting.beside(capture, repeated.of(document.source_id, document.pk), how.patterns)
    analysis = analyse(capture.text, beside, standing if kept else None)
    return _Read(document, capture, standing, kept, analysis, names.finder.find(capture.text))


def _standing(capture: Capture) -> list[Cut]:
    rows = Passage.objects.filter(capture=capture).order_by("start")
    return [Cut(*row) for row in rows.values_list("start", "end", "kind")]


def _write(read: list[_Read], how: How, names: Names, repeated: Repeated) -> None:
    """Write what still holds; what people or an import changed meanwhile is read again."""
    ids = [each.document.pk for each in read]
    current = dict(Document.objects.filter(pk__in=ids).values_list("pk", "current_capture"))
    kept = how.keeps_cut([each.capture.pk for each in read])
    found: dict[int, list[Found]] = {}
    for each in read:
        if current.get(each.document.pk) != each.capture.pk:
            continue  # another text is in force, which was analysed as it came
        if (each.capture.pk in kept) != each.kept or _standing(each.capture) != each.standing:
            now = Document.objects.select_related("current_capture").get(pk=each.document.pk)
            each = _analysed(now, each.capture.pk in kept, how, names, repeated)
        cutting.analysed_anew(each.capture, each.analysis, "" if each.kept else segment.VERSION)
        _describe(each)
        found[each.capture.pk] = each.found
    naming.write(found)
    copying.follow(ids, how.after_copies)


def _describe(each: _Read) -> None:
    document, analysis = each.document, each.analysis
    cutting.take_over_whole(document, analysis.whole, analysing.version())
    document.save(update_fields=cutting.SUGGESTED_OF_THE_WHOLE)
    origin = suggest_origin(each.capture.text, analysis.lead, each.found)
    originating.suggest(document, origin)


def _in_parts(ids: list[int]) -> Iterator[list[int]]:
    for at in range(0, len(ids), BATCH):
        yield ids[at : at + BATCH]
