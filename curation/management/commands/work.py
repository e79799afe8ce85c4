"""Do what waits in the queue: the desk's background worker, as many as you like."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.core.management.base import BaseCommand
from django.db import DatabaseError, close_old_connections, connection
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands import db_worker

from curation import tasks

WATCH = 15  # seconds after which a worker looks again for killed imports, and for what is due


class Command(BaseCommand):
    help = (
        "Do what waits in the queue: imports, and looking for names after they changed. Imports "
        "whose process was killed are taken up again, summaries published when they are due, and "
        "what was to be looked at again by now put before its writers. "
        "Ctrl-C and SIGTERM end it when the document at hand is read: its import waits for the "
        "next worker, and goes on there."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--batch",
            action="store_true",
            help="end when nothing is left to do, instead of waiting",
        )

    def handle(self, *args, batch, **options):
        tasks.look_round()
        worker = Worker(
            queue_names=["default"],
            interval=1,
            batch=batch,
            backend_name="default",
            startup_delay=not batch,
            max_tasks=None,
            worker_id=get_random_string(32),
            excluded_queue_names=[],
        )
        worker.configure_signals()
        with watching():
            worker.run()


class Worker(db_worker.Worker):
    def shutdown(self, signum, frame):
        tasks.ending.set()
        super().shutdown(signum, frame)

    def reset_signals(self):
        """After the second signal: what is at hand is taken back, and waits for the next worker."""
        for name in (signal.SIGINT, signal.SIGTERM):
            signal.signal(name, signal.SIG_IGN)


@contextmanager
def watching() -> Iterator[None]:
    """Take up killed imports, and publish what is due, while this worker waits or works."""
    over = threading.Event()
    watch = threading.Thread(target=_watch, args=(over,), daemon=True)
    watch.start()
    try:
        yield
    finally:
        over.set()
        watch.join()


def _watch(over: threading.Event) -> None:
    while not over.wait(WATCH):
        close_old_connections()
        try:
            tasks.look_round()
        except DatabaseError:  # busy: next time
            connection.close()
    connection.close()
