"""Analyse the files of a folder in this one process, without a database; print what it took."""

import json
import os
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

os.environ["DJANGO_SETTINGS_MODULE"] = "curation.settings"

from corpus.analysis.mentions import Finder, Name
from corpus.importing.ahead import Task, make
from corpus.importing.collecting import Names
from corpus.importing.records import Record
from tests.bench.documents import aliases


def main(folder: Path) -> None:
    found = [Name(text, body, n) for n, (text, body) in enumerate(aliases())]
    names = Names(Finder(found), (0, 0))
    files = sorted(folder.rglob("*.txt"))
    tasks = [
        Task(Record(path.name, path.read_bytes()), "", datetime(2026, 3, 1, tzinfo=UTC))
        for path in files
    ]
    make(tasks[0], names)  # reads the learned weights
    began = time.process_time()
    for task in tasks:
        make(task, names)
    print(json.dumps({"count": len(tasks), "cpu": time.process_time() - began}))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
