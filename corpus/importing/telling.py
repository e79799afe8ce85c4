"""What is told of an import while it goes on, and to whom."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TypedDict

from corpus.analysis.ranking import Refusal
from corpus.importing.copying import AfterCopies
from corpus.importing.storing import AfterStore

WORDS = ("new", "unchanged", "changed", "rejected")


@dataclass(frozen=True)
class Outcome:
    """What became of one record: new, unchanged, changed or rejected, and what to know of it."""

    name: str
    word: str
    document_id: int | None
    words: tuple[str, ...] = ()


class Told(TypedDict, total=False):
    """Who is told of what an import stores, and what people told the machine.

    `after_store(capture, the one before or None)` is called in the transaction of each new
    capture, and `after_copies(documents)` in that of a batch which moved edges between them.
    `refusals` say where people found that a name is not an entity; `patterns` of spam are those
    that they wrote down: key, words, how they fit, reason.
    """

    after_store: AfterStore | None
    after_copies: AfterCopies | None
    refusals: Collection[Refusal]
    patterns: Sequence[tuple[str, str, str, str]]
