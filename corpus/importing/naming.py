"""Find known names in captures, and keep the mentions in step with the names."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator

from django.db.models import Count, Max
from django.utils import timezone

from corpus.analysis.mentions import Finder, Found, Name
from corpus.importing.collecting import Names
from corpus.models import Alias, Capture, Document, Mention, Passage
from corpus.writer import one_writer

BATCH = 25  # captures looked through under one lock
ROWS = 2000  # written in one statement


def finder() -> Finder:
    """Return a finder of every alias; an entity that was merged keeps its own."""
    rows = Alias.objects.order_by("pk").values_list("text", "entity_id", "pk")
    return Finder(Name(*row) for row in rows)


def names() -> Names:
    at = stamp()
    return Names(finder(), at)


def stamp() -> tuple[int, int]:
    """Changes whenever an alias is added or removed: aliases are never edited."""
    found = Alias.objects.aggregate(count=Count("pk"), last=Max("pk"))
    return found["count"], found["last"] or 0


def still(known: Names) -> Names:
    """Return the names again, read anew if they changed. Ask it under the lock."""
    return known if known.stamp == stamp() else names()


def find_in(captures: Iterable[Capture], finder: Finder) -> None:
    """Write the mentions of captures; those no longer found are gone, not deleted.

    Call it inside one_writer().
    """
    captures = list(captures)
    write({capture.pk: finder.find(capture.text) for capture in captures})


def find_again() -> None:
    """Look through every current capture once more, after names have changed."""
    known = names()
    pks = list(
        Document.objects.on_the_desk().order_by("pk").values_list("current_capture", flat=True)
    )
    for start in range(0, len(pks), BATCH):
        texts = dict(
            Capture.objects.filter(pk__in=pks[start : start + BATCH]).values_list("pk", "text")
        )
        found = {pk: known.finder.find(text) for pk, text in texts.items()}
        with one_writer():
            if (now := still(known)) is not known:
                known = now
                found = {pk: known.finder.find(text) for pk, text in texts.items()}
            write(found)


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
    renamed = [row for key, row in standing.items() if key in wanted and _took(row, wanted[key])]
    Mention.objects.bulk_update(renamed, ["alias"], batch_size=ROWS)
    missing = {key: place for key, place in wanted.items() if key not in standing}
    Mention.objects.bulk_create(_mentions(missing), batch_size=ROWS)


Place = tuple[int, int, int, int]  # capture, start, end, entity


def _retire(pks: list[int]) -> None:
    for start in range(0, len(pks), ROWS):
        some = Mention.objects.filter(pk__in=pks[start : start + ROWS])
        some.update(gone_at=timezone.now())


def _took(row: Mention, place: Found) -> bool:
    """Give a mention the alias by which it is found now; tell whether that is another."""
    changed = row.alias_id != place.alias
    row.alias_id = place.alias
    return changed


def _mentions(missing: dict[Place, Found]) -> Iterator[Mention]:
    places = Places({capture for capture, *_ in missing})
    for (capture, start, end, entity), place in missing.items():
        yield Mention(
            capture_id=capture,
            start=start,
            end=end,
            entity_id=entity,
            alias_id=place.alias,
            passage_id=places.passage_at(capture, start),
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
