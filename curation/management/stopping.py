"""Stop a command on Ctrl-C and SIGTERM: cleanly at the first, there and then at the second."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def listening() -> Iterator[list[int]]:
    """Note in a list the signals that ask to stop; the second one interrupts."""
    asked: list[int] = []

    def note(signum, frame):
        asked.append(signum)
        if len(asked) == 2:
            raise KeyboardInterrupt

    if threading.current_thread() is not threading.main_thread():
        yield asked  # Python hands signals to the main thread alone
        return
    before = {name: signal.signal(name, note) for name in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield asked
    finally:
        for name, handler in before.items():
            signal.signal(name, handler)


def exit_code(asked: list[int]) -> int:
    """130 after Ctrl-C, 143 after SIGTERM, as shells have it."""
    return 128 + (asked[0] if asked else signal.SIGINT)
