"""Gzip: one file, packed; it is read as what its name says without the .gz."""

import gzip
from collections.abc import Iterator
from dataclasses import replace
from io import BufferedReader
from pathlib import PurePosixPath

from corpus.importing.readers import bounded
from corpus.importing.readers.incoming import Incoming

ENDING = ".gz"


def read(incoming: Incoming) -> Iterator[Incoming]:
    depth = bounded.deeper(incoming.bounds, incoming.depth)
    measure = bounded.Measure(incoming.bounds, incoming.tally)

    def open_unpacked() -> BufferedReader:
        packed = incoming.open()
        return bounded.unpacking(
            gzip.GzipFile(fileobj=packed), measure, packed.tell, "gzip archive", close_too=packed
        )

    ending = inner_ending(incoming)
    yield replace(incoming, open=open_unpacked, ending=ending, depth=depth, packed=incoming)


def is_packed(head: bytes) -> bool:
    return head[:3] == b"\x1f\x8b\x08"


def unpacked_before(incoming: Incoming) -> Incoming:
    """Return a file as what it holds, where only that was kept of the archive."""
    return replace(incoming, ending=inner_ending(incoming))


def inner_ending(incoming: Incoming) -> str:
    """Return ".csv" for "report.csv.gz"; a gzip archive of another name keeps its ending."""
    if incoming.ending != ENDING:
        return incoming.ending
    name = incoming.own_name.lower()
    while name.endswith(ENDING):
        name = name.removesuffix(ENDING)
    return PurePosixPath(name).suffix
