"""Put what was read together in batches: the writer's lock is held while one is stored."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from corpus.importing import limits
from corpus.importing.collecting import Collected
from corpus.importing.records import Record


class Taken(NamedTuple):
    record: Record
    item: Collected | str  # or the reason why it is rejected
    rows: int = 0  # of passages and mentions that storing it will write


def batches(taken: Iterable[Taken]) -> Iterator[list[Taken]]:
    """Close a batch when it has enough documents, bytes or rows, whichever comes first."""
    batch: list[Taken] = []
    for each in taken:
        batch.append(each)
        if _is_full(batch):
            yield batch
            batch = []
    if batch:
        yield batch


def _is_full(batch: list[Taken]) -> bool:
    return (
        len(batch) >= limits.BATCH_DOCUMENTS
        or sum(len(each.record.raw or b"") for each in batch) >= limits.BATCH_BYTES
        or sum(each.rows for each in batch) >= limits.BATCH_ROWS
    )
