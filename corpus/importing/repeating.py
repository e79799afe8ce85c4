"""Which lines the documents of a source have in common: those are the page's, not the piece's."""

from collections import defaultdict
from collections.abc import Mapping

from corpus.models import Document, Passage, Source

OF_MANY = 3  # other documents of the source in which a line stands
STEPS = (20, 10, 5, OF_MANY)  # in which they are told: exact ones were others after each batch
LOOKED_AT = 40  # documents of a source, the newest
ROWS = 20_000  # passages of these, at most


class Repeated:
    """Asks the database once a source, until it is told to forget."""

    def __init__(self) -> None:
        self._standing: dict[int, dict[str, set[int]]] = {}
        self._sources: dict[str, int] | None = None  # by their names, folded

    def forget(self) -> None:
        """New documents were stored: they count too."""
        self._standing.clear()
        self._sources = None

    def for_new(self, source_name: str) -> Mapping[str, int]:
        """The lines, by digest, of a document that is not stored yet, with how often they stand."""
        if not source_name:
            return {}
        if self._sources is None:
            rows = Source.objects.order_by("-pk").values_list("name", "pk")
            self._sources = {name.casefold(): pk for name, pk in rows}
        return self.of(self._sources.get(source_name.casefold()))

    def of(self, source: int | None, document: int | None = None) -> Mapping[str, int]:
        """The lines that stand in so many documents of the source at least, but for this one."""
        if source is None:
            return {}
        if source not in self._standing:
            self._standing[source] = _standing(source)
        counted = {line: len(those - {document}) for line, those in self._standing[source].items()}
        return {
            line: next(step for step in STEPS if step <= number)
            for line, number in counted.items()
            if number >= OF_MANY
        }


def _standing(source: int) -> dict[str, set[int]]:
    newest = Document.objects.on_the_desk().filter(source=source).order_by("-pk")
    captures = dict(newest.values_list("current_capture", "pk")[:LOOKED_AT])
    found: dict[str, set[int]] = defaultdict(set)
    rows = Passage.objects.filter(capture__in=captures).order_by("-capture")
    for line, capture in rows.values_list("text_sha256", "capture")[:ROWS]:
        found[line].add(captures[capture])
    return {line: those for line, those in found.items() if len(those) >= OF_MANY}
