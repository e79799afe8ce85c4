"""One writer at a time, on both databases."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import OperationalError, connection, transaction

WRITER = 0x436F6E63  # the advisory lock's number: any, but the same for every process


@contextmanager
def one_writer() -> Iterator[None]:
    """Hold the one write lock for a transaction.

    SQLite's IMMEDIATE transactions are that already. Compare-and-swap alone lets a
    publication out beside a racing regrade, so every verb that decides runs in here.
    """
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [WRITER])
        yield


def is_busy(error: BaseException) -> bool:
    """Whether the lock was not to be had in time, on either database."""
    told = str(error)
    lasting = "database is locked" in told or "lock timeout" in told
    return isinstance(error, OperationalError) and lasting
