"""Analyse the files of a folder, and let a pipeline of spaCy and datasketch read them, in turns.

In one process, without a database; prints what each took. Beside the whole analysis stands the
part of it that such a pipeline does as well: sentences, names, and a signature of the text.
"""

import json
import os
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

os.environ["DJANGO_SETTINGS_MODULE"] = "curation.settings"

from corpus.analysis.mentions import Finder, Name
from corpus.importing.ahead import Task, make
from corpus.importing.collecting import Names
from corpus.importing.records import Record
from corpus.text.fingerprint import fingerprints
from corpus.text.marked_up import segment
from tests.bench.documents import aliases
from tests.bench.spacy_pipeline import Pipeline

TURN = 10  # texts: so few that whatever else the machine does slows all alike
Given, Made = TypeVar("Given"), TypeVar("Made")


class Ours:
    def __init__(self) -> None:
        self._finder = Finder([Name(text, body, n) for n, (text, body) in enumerate(aliases())])
        self._names = Names(self._finder, (0, 0))

    def whole(self, text: str) -> object:
        """All that is kept of a text: also labels, hints, dates, origin, words to find it by."""
        record = Record("text.txt", text.encode())
        return make(Task(record, "", datetime(2026, 3, 1, tzinfo=UTC)), self._names)

    def like_theirs(self, text: str) -> object:
        return segment(text), self._finder.find(text), fingerprints(text)


def main(folder: Path) -> None:
    texts = [path.read_text(encoding="utf-8") for path in sorted(folder.rglob("*.txt"))]
    ours, theirs = Ours(), Pipeline(text for text, _ in aliases())
    theirs.read(texts[0])
    ours.whole(texts[0])  # reads the learned weights
    took: defaultdict[str, float] = defaultdict(float)
    for at in range(0, len(texts), TURN):
        turn = texts[at : at + TURN]
        timed(took, "like theirs", ours.like_theirs, turn)
        timed(took, "whole", ours.whole, turn)
        signatures = timed(took, "theirs", theirs.read, turn)
        timed(took, "theirs filed", theirs.file, signatures)
    print(json.dumps({"count": len(texts), **took}))


def timed(
    took: defaultdict[str, float], what: str, do: Callable[[Given], Made], turn: Iterable[Given]
) -> list[Made]:
    began = time.process_time()
    made = [do(each) for each in turn]
    took[what] += time.process_time() - began
    return made


if __name__ == "__main__":
    main(Path(sys.argv[1]))
