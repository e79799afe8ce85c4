"""Import a folder into a new database; print what it took."""

import gc
import json
import os
import resource
import sys
import time
from pathlib import Path

import django


def main(folder: Path) -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "curation.settings"
    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    from corpus.importing import pipeline
    from corpus.importing.readers import read
    from curation.tasks import told_of_imports

    with open(os.devnull, "w") as nowhere:
        call_command("migrate", verbosity=0, stdout=nowhere)
        call_command("load_authority", str(settings.AUTHORITY_FILE), stdout=nowhere)
    wall, own = time.perf_counter(), time.process_time()
    run = pipeline.run(read([folder]), label="bench", **told_of_imports())
    wall, own = time.perf_counter() - wall, time.process_time() - own
    gc.collect()
    ended()
    others = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(
        json.dumps(
            {
                "count": run.read,
                "new": run.new,
                "wall": wall,
                "cpu": own + others.ru_utime + others.ru_stime,
                "own_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
                "other_mb": others.ru_maxrss // 1024,
            }
        )
    )


def ended(seconds: float = 20) -> None:
    """Wait for the other processes: only then their time is known."""
    import multiprocessing

    until = time.monotonic() + seconds
    while multiprocessing.active_children() and time.monotonic() < until:
        time.sleep(0.05)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
