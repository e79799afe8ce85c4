"""Look at the first items of an import as they would come in; nothing is written."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from time import monotonic
from typing import Any

from corpus.importing import identity, limits
from corpus.importing.collecting import Collected, Rejected, collect
from corpus.importing.readers import read
from corpus.importing.records import Record
from corpus.importing.storing import source_named


@dataclass(frozen=True)
class Looked:
    """One item; `would` is new, unchanged, changed, rejected or TOO_LONG; `words` say more."""

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

    @property
    def is_read(self) -> bool:
        return bool(self.passages)

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


@dataclass(frozen=True)
class Look:
    """What was seen; `unseen` says in a sentence why that is not all of the first items."""

    items: list[Looked]
    unseen: str = ""


class Enough(BaseException):
    """Looking has taken what it may: no reader takes this for a fault of what it reads."""


def look(paths: Iterable[Path], source_name: str = "", **how: Any) -> Look:
    """Look at so many items as fit in a page, within bounds: somebody waits. `how` is read()'s."""
    items: list[Looked] = []
    patience = Patience()
    records = read(paths, source_name, on_read=patience.spend, **how)
    try:
        for record in islice(records, limits.LOOKED_AT):
            items.append(_look(record, source_name))
            patience.spend(0)
    except Enough as reason:
        return Look(items, "" if len(items) == limits.LOOKED_AT else str(reason))
    return Look(items)


class Patience:
    """How much may still be read, and until when."""

    def __init__(self) -> None:
        self._left = limits.LOOK_BYTES
        self._until = monotonic() + limits.LOOK_SECONDS

    def spend(self, size: int) -> None:
        self._left -= size
        if self._left < 0:
            raise Enough(_ENDED.format(f"once {limits.LOOK_BYTES // limits.MB} MB were read"))
        if monotonic() > self._until:
            raise Enough(_ENDED.format(f"after {limits.LOOK_SECONDS} seconds"))


_ENDED = "Looking ended {}: what follows was not looked at. The import reads all of it."
TOO_LONG = "not looked into"


def _look(record: Record, source_name: str) -> Looked:
    if len(record.raw or b"") > limits.LOOKED_INTO and not record.error:
        size = len(record.raw or b"") / limits.MB
        at_most = limits.LOOKED_INTO / limits.MB
        words = f"It has {size:,.1f} MB, and only {at_most:,.2f} MB of one are read through here."
        return Looked(record.name, TOO_LONG, (f"{words} The import reads it whole.",))
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
