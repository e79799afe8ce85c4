"""Find known names in captures, and keep the mentions in step with the names."""

from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import reduce
from operator import or_

from django.db.models import Count, Max, Q, QuerySet
from django.db.models.functions import Length
from django.utils import timezone

from corpus import search
from corpus.analysis.mentions import Finder, Found, Name
from corpus.analysis.ranking import Refusal
from corpus.analysis.written_names import sure_words
from corpus.importing import limits
from corpus.importing.collecting import Names
from corpus.importing.inserting import insert
from corpus.importing.rows import MentionRow
from corpus.models import Alias, Capture, Document, Mention, Passage, SearchText
from corpus.writer import one_writer

BATCH = 25  # captures read at a time
ROWS = 2000  # written in one statement
MANY = 50  # names; if more have changed, every text is looked through
CUT_OFF = 90_000  # characters; of longer texts not all words may be indexed


def finder(refusals: Iterable[Refusal] = ()) -> Finder:
    """Return a finder of every alias; an entity that was merged keeps its own."""
    rows = Alias.objects.values_list(
        "text", "entity_id", "pk", "entity__kind", "entity__part_of_id", "entity__name"
    )
    # An entity's own name first: by it the others are told apart.
    told = sorted(rows, key=lambda row: (row[1], row[0] != row[5], row[2]))
    return Finder((Name(*row[:5]) for row in told), refusals)


def names(refusals: Collection[Refusal] = ()) -> Names:
    """Return all names. `refusals`: where people said that a name is not an entity."""
    at = stamp()
    return Names(finder(refusals), at, refusals)


def stamp() -> tuple[int, int]:
    """Changes whenever an alias is added or removed: aliases are never edited."""
    found = Alias.objects.aggregate(count=Count("pk"), last=Max("pk"))
    return found["count"], found["last"] or 0


def still(known: Names) -> Names:
    """Return the names again, read anew if they changed. Ask it under the lock."""
    return known if known.stamp == stamp() else names(known.refusals)


def find_in(captures: Iterable[Capture], finder: Finder) -> None:
    """Write the mentions of captures; those no longer found are gone, not deleted.

    Call it inside one_writer().
    """
    captures = list(captures)
    write({capture.pk: finder.find(capture.text) for capture in captures})


def find_again(changed: Collection[str] | None = None, refusals: Collection[Refusal] = ()) -> None:
    """Look once more through the current texts that can hold names that changed, or all."""
    known = names(refusals)
    found: dict[int, list[Found]] = {}
    for pk, text in _texts(_holding(changed)):
        found[pk] = known.finder.find(text)
        if len(found) == BATCH or sum(map(len, found.values())) >= limits.BATCH_ROWS:
            known, found = _write_under_lock(found, known), {}
    if found:
        _write_under_lock(found, known)


def _write_under_lock(found: dict[int, list[Found]], known: Names) -> Names:
    """Write what was found; found anew if names were added or removed in the meantime."""
    with one_writer():
        now = still(known)
        if now is not known:
            texts = Capture.objects.filter(pk__in=found).values_list("pk", "text")
            found = {pk: now.finder.find(text) for pk, text in texts}
        write(found)
    return now


def _texts(documents: QuerySet[Document]) -> Iterator[tuple[int, str]]:
    """Yield current texts, a few in memory at a time."""
    pks = list(documents.values_list("current_capture", flat=True))
    for start in range(0, len(pks), BATCH):
        some = Capture.objects.filter(pk__in=pks[start : start + BATCH])
        yield from some.values_list("pk", "text")


def _holding(changed: Collection[str] | None) -> QuerySet[Document]:
    """The documents whose current text can hold one of some names."""
    documents = Document.objects.on_the_desk().order_by("pk")
    if changed is None or len(changed) > MANY:
        return documents
    texts = SearchText.objects.alias(length=Length("text"))
    can_hold = reduce(or_, map(_with_words, changed), Q(length__gt=CUT_OFF))
    of_no_alias = Mention.objects.standing().filter(alias=None)
    return documents.filter(
        Q(pk__in=texts.filter(can_hold).values("document"))
        | Q(search_text=None)
        | Q(current_capture__in=of_no_alias.values("capture"))
    )


def _with_words(name: str) -> Q:
    words = search.indexed(" ".join(sure_words(name))).split()
    return Q(*(Q(text__contains=word) for word in words))


def write(found: dict[int, list[Found]]) -> None:
    """Make the standing mentions of some captures those that were found."""
    standing = {
        (row.capture_id, row.start, row.end, row.entity_id): row
        for row in Mention.objects.standing().filter(capture__in=found)
    }
    wanted: dict[Place, Found] = {}
    for capture, places in found.items():
        for place in places:
            wanted.setdefault((capture, place.start, place.end, place.entity), place)
    _retire([row.pk for key, row in standing.items() if key not in wanted])
    moved = [row for key, row in standing.items() if key in wanted and _took(row, wanted[key])]
    Mention.objects.bulk_update(moved, ["alias", "rank", "because"], batch_size=ROWS)
    missing = {key: place for key, place in wanted.items() if key not in standing}
    Mention.objects.bulk_create(_mentions(missing), batch_size=ROWS)


def write_new(captures: Iterable[tuple[int, Mapping[int, int], Iterable[MentionRow]]]) -> None:
    """Write the mentions of new captures: of each its key, its passages' keys, and the rows."""
    insert(
        Mention,
        ("capture_id", "passage_id", *MentionRow._fields[:-1]),
        (
            (capture, passages[row.passage], *row[:-1])
            for capture, passages, rows in captures
            for row in rows
        ),
    )


Place = tuple[int, int, int, int]  # capture, start, end, entity


def _retire(pks: list[int]) -> None:
    for start in range(0, len(pks), ROWS):
        some = Mention.objects.filter(pk__in=pks[start : start + ROWS])
        some.update(gone_at=timezone.now())


def _took(row: Mention, place: Found) -> bool:
    """Give a mention the alias and rank with which it is found now; tell whether they are new."""
    before = row.alias_id, row.rank, row.because
    row.alias_id, row.rank, row.because = place.alias, place.rank, place.because
    return before != (row.alias_id, row.rank, row.because)


def _mentions(missing: dict[Place, Found]) -> Iterator[Mention]:
    places = Places({capture for capture, *_ in missing})
    for (capture, *_), place in missing.items():
        yield Mention(
            capture_id=capture,
            start=place.start,
            end=place.end,
            entity_id=place.entity,
            alias_id=place.alias,
            rank=place.rank,
            because=place.because,
            passage_id=places.passage_at(capture, place.start),
        )


class Places:
    """Tells which current passage of a capture holds a place."""

    def __init__(self, captures: Iterable[int]) -> None:
        self._starts: dict[int, list[int]] = {}
        self._pks: dict[int, list[int]] = {}
        rows = Passage.objects.filter(capture__in=captures).order_by("capture", "start")
        for capture, start, pk in rows.values_list("capture", "start", "pk"):
            self._starts.setdefault(capture, []).append(start)
            self._pks.setdefault(capture, []).append(pk)

    def passage_at(self, capture: int, place: int) -> int:
        """Return the passage in which a name begins; a name may reach into the next."""
        return self._pks[capture][bisect_right(self._starts[capture], place) - 1]
