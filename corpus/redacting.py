"""Words that have to go: out of the rows that hold them, in the one way that their guards allow.

Called inside one_writer() with a decision in hand, as all of `revising` is. Digests and places
stay: they tell that something stood there, and that it is the same when it comes again.
"""

from collections.abc import Collection, Sequence

from django.db.models import BinaryField, Field, JSONField, Model, Q, QuerySet

from corpus import guards, search
from corpus.models import Capture, Document, Fingerprint, Mention, Original, Passage, Sighting

BATCH = 500  # rows named in one statement


def of_text(document: Document) -> QuerySet[Capture]:
    """Its captures, and those of other documents that hold one of its texts."""
    own = Capture.objects.filter(document=document)
    same = Q(text_sha256__in=own.values("text_sha256")) | Q(original__in=own.values("original"))
    return Capture.objects.filter(same).order_by("pk")


def rows_of(captures: Collection[int], named: bool) -> list[QuerySet]:
    """The rows that hold words of these texts; with `named` those that title and address them."""
    seen = Sighting.objects.filter(capture__in=captures)
    originals = Q(captures__in=captures) | Q(sightings__in=seen)
    found: list[QuerySet] = [
        Original.objects.filter(originals).distinct(),
        Capture.objects.filter(pk__in=captures),
        Passage.everything.filter(capture__in=captures),
    ]
    return [*found, seen] if named else found


def holding_words(rows: QuerySet) -> list[int]:
    """Those of the rows of which any words are still there, in order."""
    empty = {name: _nothing(field) for name, field in _words(rows.model).items()}
    return list(rows.exclude(**empty).order_by("pk").values_list("pk", flat=True).distinct())


def words_of(row: Model) -> list[str]:
    """The words of a row as people read them; of bytes, how many there are."""
    found = (getattr(row, name) for name in _words(type(row)))
    return [
        f"{len(each):,} bytes, compressed" if isinstance(each, bytes | memoryview) else str(each)
        for each in found
        if each
    ]


def empty(model: type[Model], pks: Sequence[int], by: int) -> None:
    """Take all words out of these rows. `by` is the decision that names them."""
    nothing = {name: _nothing(field) for name, field in _words(model).items()}
    for start in range(0, len(pks), BATCH):
        rows = model._base_manager.filter(pk__in=pks[start : start + BATCH])
        rows.update(**nothing, redacted_by=by)


def forget(captures: Collection[int], named: bool) -> None:
    """What the machine made of these texts, and by which they are found."""
    passages = Passage.everything.filter(capture__in=captures)
    passages.update(suggestion_reasons=[], hints=[])
    Mention.objects.filter(capture__in=captures).update(because="")
    documents = Document.objects.filter(captures__in=captures).distinct()
    for document in documents:
        document.suggestion_reasons = document.hints = []
        document.suggested_origin_words = document.suggested_origin_because = ""
        if named:
            document.title = document.url = document.origin_words = ""
        document.save()
        if document.current_capture_id in set(captures):
            Fingerprint.objects.filter(document=document).delete()
        document.refresh_from_db()
        search.store_words(document)


def _words(model: type[Model]) -> dict[str, Field]:
    return {name: model._meta.get_field(name) for name in guards.words_of(model)}  # type: ignore[misc]


def _nothing(field: Field) -> object:
    if isinstance(field, BinaryField):
        return b""
    return [] if isinstance(field, JSONField) else ""
