"""How a command tells how far an import is: a bar on a terminal, lines where it is piped."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from tqdm import tqdm

from corpus.importing import limits
from corpus.models import ImportRun


@contextmanager
def shown(run: ImportRun, out) -> Iterator[Callable[[], None]]:
    """Give a function to be called after each item, and once more when all is over."""
    if sys.stderr.isatty():
        with tqdm(
            total=run.size or None, unit="B", unit_scale=True, desc=f"Import {run.pk}"
        ) as bar:

            def move():
                bar.update(run.done - bar.n)

            yield move
        return
    read = 0

    def write():
        nonlocal read
        read += 1
        if read % limits.BATCH_DOCUMENTS == 0:
            out.write(f"{read:,} read …")
            out.flush()

    yield write
