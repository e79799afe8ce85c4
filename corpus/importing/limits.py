"""What an import takes and keeps: every limit, in one place.

What is beyond a limit is never lost without a trace: it is kept as a reject with its
name, its size and its SHA-256, and the reason in words.
"""

from dataclasses import dataclass

MB = 1024 * 1024

DOCUMENT = 6 * MB  # bytes of one document; a larger one is rejected without being loaded
ROWS = 150_000  # passages, and places at which names stand, of one document: the lock again
KEPT_REJECT = 1 * MB  # compressed bytes of a reject that are kept
BATCH_DOCUMENTS = 100  # documents stored in one transaction, each whole
BATCH_BYTES = 5 * MB  # bytes after which a batch is closed, however few its documents
BATCH_ROWS = 10_000  # of new texts, after which it is closed: a second of the writer's lock
NAME = 1000  # characters of a path below the imported folder; the rest becomes a digest
NAME_BYTES = 1600  # the same in UTF-8: PostgreSQL indexes no more than 2,704 bytes in all
TITLE = 300  # characters of a title
SOURCE_NAME = 200
ADDRESS = 2000  # bytes
BEAT = 10  # seconds after which a process says again that it works on an import
SILENT = 60  # seconds without a word of it, after which it is taken to have been killed
ALONE = 100  # records of an import, before other processes are started to analyse the rest
KILLED = 3  # times at one place, after which an import is not taken up again by itself
ASKED = 1  # seconds after which a process looks again whether its import is to be cancelled
LOOKED_AT = 20  # items that are shown before an import, while somebody waits for the answer:
LOOKED_INTO = 256 * 1024  # bytes of one that is read through for it
LOOK_BYTES = 64 * MB  # read, or come out of archives, after which looking ends
LOOK_SECONDS = 2  # after which it ends too


@dataclass(frozen=True)
class Bounds:
    """What one file may unfold into: beyond it the rest is refused. Settings.IMPORT_BOUNDS rule."""

    unpacked: int = 4096 * MB  # bytes that come out of one file, however deep they lie
    ratio: int = 200  # times its packed size that anything may grow
    nesting: int = 3  # archives inside each other
    members: int = 50_000  # of one archive
    row: int = DOCUMENT  # bytes of one row, entry or response; never more than a document
    field: int = 4_000_000  # characters of one field
    fields: int = 1000  # of one row
    levels: int = 100  # of lists, objects or elements inside each other
