"""Analyse records ahead of the writer, in processes of their own that know no database."""

import logging
import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import BrokenExecutor, Future, ProcessPoolExecutor
from datetime import datetime
from typing import Any, NamedTuple

from corpus.importing.collecting import Collected, Names, Rejected, collect
from corpus.importing.records import Record

log = logging.getLogger(__name__)

RECORDS = 10  # given to a process at a time,
BYTES = 1_000_000  # or so many bytes of them, whichever comes first
RECORDS_AHEAD = 100  # for each process, and as many again: a batch is stored meanwhile,
BYTES_AHEAD = 4_000_000  # or so many bytes of them, whichever comes first
DEATHS = 3  # of processes, after which an import goes on without them

Made = Collected | str | None  # read, rejected with a reason, or left to the caller


class Task(NamedTuple):
    record: Record
    source_name: str
    collected_at: datetime
    patterns: Sequence[Any] = ()
    repeated: Mapping[str, int] = {}  # lines of the source that it is likely to be of
    is_new: bool = True  # else it is only read: most likely its text is there


def make(task: Task, names: Names) -> Made:
    """All that can be known of a record without the database."""
    try:
        item = collect(task.record, task.source_name, task.collected_at)
        item.repeated, item.patterns = task.repeated, task.patterns
        if task.is_new:
            item.prepare(names)
    except Rejected as reason:
        return str(reason)
    except Exception:
        return None  # the caller meets the same, and tells it
    return item


class Sent:
    """Some tasks on their way, and what was made of them."""

    def __init__(self, tasks: list[Task], future: "Future[list[Made]] | None") -> None:
        self.tasks = tasks
        self.future = future
        self.made: list[Made] | None = None
        self.size = sum(map(_size, tasks))

    def take_back(self, names: Names) -> bool:
        """Make them here if no process has begun with them."""
        if self.made is not None or (self.future and not self.future.cancel()):
            return False
        self.made = [make(task, names) for task in self.tasks]
        return True


class Ahead:
    """Processes that stay as long as an import, and keep no more than a few records ahead."""

    def __init__(self, processes: int) -> None:
        self._processes = processes
        self._pool: ProcessPoolExecutor | None = None
        self._names: Names | None = None
        self._deaths = 0

    def make_each(
        self, tasks: Iterable[Task], names: Callable[[], Names]
    ) -> Iterator[tuple[Task, Made]]:
        """Yield what was made of each task, in their order, with the names as they are then.

        An error of the tasks themselves is raised when what came before it was yielded.
        """
        waiting: deque[Sent] = deque()
        ended = _Ended(tasks)
        for some in _portions(ended):
            waiting.append(self._send(some, names()))
            while self._is_far(waiting):
                yield from self._next(waiting, names())
        while waiting:
            yield from self._next(waiting, names())
        if ended.error:
            raise ended.error

    def _is_far(self, waiting: Sequence[Sent]) -> bool:
        """Whether no more is to be read before what was read is stored."""
        records = sum(len(sent.tasks) for sent in waiting)
        return len(waiting) > self._processes + 1 and (
            records > RECORDS_AHEAD * (self._processes + 1)
            or sum(sent.size for sent in waiting) > BYTES_AHEAD
        )

    def close(self) -> None:
        if self._pool:
            self._pool.shutdown(wait=False, cancel_futures=True)
            self._pool = None

    def _send(self, tasks: list[Task], names: Names) -> Sent:
        if self._names is None or self._names.stamp != names.stamp:
            self.close()
            self._names = names
        if self._deaths >= DEATHS:
            return Sent(tasks, None)
        if not self._pool:
            self._pool = _pool(self._processes, names)
        try:
            return Sent(tasks, self._pool.submit(_make_all, tasks))
        except BrokenExecutor:
            self._bury()
            return Sent(tasks, None)

    def _next(self, waiting: deque[Sent], names: Names) -> Iterator[tuple[Task, Made]]:
        """Wait for the first; meanwhile this process takes from the end what nobody has begun."""
        first = waiting[0]
        while first.made is None and not (first.future and first.future.done()):
            if not any(sent.take_back(names) for sent in reversed(waiting)):
                break
        waiting.popleft()
        yield from zip(first.tasks, self._made(first, names), strict=True)

    def _made(self, sent: Sent, names: Names) -> list[Made]:
        if sent.made is None and sent.future:
            try:
                return sent.future.result()
            except BrokenExecutor:
                self._bury()
            except Exception:
                log.warning("A process that analyses could not tell what it found", exc_info=True)
        return sent.made or [make(task, names) for task in sent.tasks]

    def _bury(self) -> None:
        if self._pool:
            self._deaths += 1
            log.warning("A process that analyses ahead has died; its records are analysed here.")
            self.close()


class _Ended:
    """Iterates until an error, and keeps it."""

    def __init__(self, tasks: Iterable[Task]) -> None:
        self._tasks = tasks
        self.error: Exception | None = None

    def __iter__(self) -> Iterator[Task]:
        try:
            yield from self._tasks
        except Exception as error:
            self.error = error


def _portions(tasks: Iterable[Task]) -> Iterator[list[Task]]:
    some: list[Task] = []
    size = 0
    for task in tasks:
        some.append(task)
        size += _size(task)
        if len(some) == RECORDS or size >= BYTES:
            yield some
            some, size = [], 0
    if some:
        yield some


def _size(task: Task) -> int:
    return len(task.record.raw or b"") + len(task.record.text or "")


# --- in the other process -------------------------------------------------------------------


def _pool(processes: int, names: Names) -> ProcessPoolExecutor:
    """Spawned: a fork of this process would share its connection to the database."""
    return ProcessPoolExecutor(
        processes, multiprocessing.get_context("spawn"), initializer=_begin, initargs=(names,)
    )


_known: list[Names] = []


def _begin(names: Names) -> None:
    """Ctrl-C and SIGTERM are for whoever stores; this process ends with it, however it ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    _known[:] = [names]
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent:
        parent.join()
        os._exit(1)


def _make_all(tasks: list[Task]) -> list[Made]:
    return [make(task, _known[0]) for task in tasks]
