"""Look at the first items of an import as they would come in; nothing is written."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from corpus.importing import identity, limits
from corpus.importing.collecting import Collected, Rejected, collect
from corpus.importing.records import Record
from corpus.importing.storing import source_named


@dataclass(frozen=True)
class Looked:
    """One item; `would` is new, unchanged, changed or rejected, and `words` say more."""

    name: str
    would: str
    words: tuple[str, ...] = ()
    title: str = ""
    published: str = ""
    basis: str = ""
    source: str = ""
    language: str = ""
    passages: int = 0
    suggestion: str = ""

    def in_words(self) -> Iterator[str]:
        """What is known of it, a line each."""
        told = {
            "title": self.title,
            "date": f"{self.published} ({self.basis})" if self.published else "",
            "source": self.source,
            "language": self.language,
            "passages": f"{self.passages:,}" if self.passages else "",
            "suggested": self.suggestion,
        }
        yield from (f"{name}: {value}" for name, value in told.items() if value)
        yield from self.words


def look(records: Iterable[Record], source_name: str = "") -> list[Looked]:
    """Look at so many items as fit in a page, and no more bytes than one batch has."""
    looked, size = [], 0
    for record in records:
        looked.append(_look(record, source_name))
        size += len(record.raw or b"")
        if len(looked) == limits.LOOKED_AT or size > limits.BATCH_BYTES:
            break
    return looked


def _look(record: Record, source_name: str) -> Looked:
    try:
        item = collect(record, source_name)
        return _as_it_would_come(item)
    except Rejected as reason:
        return Looked(record.name, "rejected", (str(reason),))


def _as_it_would_come(item: Collected) -> Looked:
    words: list[str] = []
    source = source_named(item.source_name)
    found = identity.match(item, source.name if source else item.source_name, words)
    return Looked(
        item.record.name,
        "unchanged" if found.capture else "changed" if found.document else "new",
        (*item.mended, *item.words, *words),
        title=item.title,
        published=item.dated.published,
        basis=item.dated.basis,
        source=item.source_name,
        language=item.record.language,
        passages=len(item.analysis.cuts),
        suggestion=item.analysis.document.label,
    )
