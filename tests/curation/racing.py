"""Several acts at the same moment, on connections of their own, in threads or in processes."""

import multiprocessing
import threading
from contextlib import suppress

from django.db import connection, connections

from curation.ledger import Refused

FORKED = multiprocessing.get_context("fork")  # what a process does need not be pickled


def in_threads(*acts):
    """Run each act in a thread; return what each gave or raised as its refusal."""
    results = [None] * len(acts)
    barrier = threading.Barrier(len(acts))

    def run(n, act):
        results[n] = _done(act, barrier)

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return results


def in_processes(*acts):
    """The same in processes."""
    barrier = FORKED.Barrier(len(acts))
    running = [begun(lambda tell, act=act: tell(_done(act, barrier))) for act in acts]
    results = [told.recv() for _, told in running]
    for process, _ in running:
        process.join(timeout=60)
    return results


def begun(act):
    """Start a process that does something, and tells what it is handed; return it and what hears
    it. It shares no connection with this one."""
    connections.close_all()
    hears, tells = FORKED.Pipe(duplex=False)
    process = FORKED.Process(target=act, args=(tells.send,), daemon=True)
    process.start()
    tells.close()
    return process, hears


def heard(hears):
    """All that a process told that runs no more."""
    with suppress(EOFError):
        while True:
            yield hears.recv()


def _done(act, barrier):
    try:
        barrier.wait(timeout=30)
        return act()
    except Refused as refusal:
        return refusal
    finally:
        connection.close()
