"""Measure the suggestions and the baselines on every known set, by the scorer beside the sets."""

import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from corpus.measuring import baselines, predicting
from corpus.measuring.predicting import Predict

LEARNED = Path(__file__).parent.parent / "analysis" / "learned"
DESK, HELD_OUT = "Concordat", "Concordat, held out"
CARRIER = "The space mission of {} will reach its orbit."  # a name alone stands in no text


class Figures(NamedTuple):
    """As the scorer prints them."""

    precision: float
    recall: float
    f1: float
    low: float
    high: float
    rest: str = ""


class Row(NamedTuple):
    name: str
    task: str
    by: str
    figures: Figures
    note: str = ""


class Failed(Exception):
    """The message is a sentence."""


@dataclass(frozen=True)
class Set:
    """A set, how it is scored, who is measured on it, and what learned from it."""

    file: str
    task: str
    scored_with: tuple[str, ...]
    ways: dict[str, Predict]
    learned: str = ""  # the file of weights that were learned from it
    gold: Callable[[Path], Iterable[dict[str, Any]]] | None = None

    @property
    def name(self) -> str:
        return self.file.removesuffix(".jsonl")


def sets_of(folder: Path, authority: Path) -> Iterator[Set]:
    """The sets that are there and that we know how to read."""
    for path in sorted((folder / "dev").glob("boiler_*.jsonl")):
        ways = {DESK: predicting.of_lines, **baselines.LINES}
        yield Set(path.name, "lines", ("lines",), ways, "lines.json")
    told = (
        ("spec_space_ideas", "forecast", "Benefits,Solution", "Context", baselines.FORECAST),
        ("fact_uds_ih2", "uncertain", "uncertain", "certain", baselines.UNCERTAIN),
        ("spec_scicertainty", "uncertain", "uncertain", "certain", baselines.UNCERTAIN),
    )
    for name, kind, yes, no, simple in told:
        ways = {DESK: predicting.of_labels(kind), **simple}
        yield Set(f"{name}.jsonl", kind, ("labels", yes, no), ways, "wording.json")
    with open(authority, encoding="utf-8") as lines:
        known = predicting.authority(lines)
    ways = {
        DESK: predicting.of_links(known),
        "dictionary": baselines.dictionary(baselines.names_of(known)),
    }
    ids = set(known.wikidata) - {""}
    yield Set(
        "el_space_org_aliases.jsonl", "links", ("links",), ways, gold=lambda path: _named(path, ids)
    )


def measured(folder: Path, authority: Path) -> Iterator[Row]:
    """Yield a row for each way on each set, as soon as it is measured."""
    with TemporaryDirectory() as scratch:
        for each in sets_of(folder, authority):
            if (folder / "dev" / each.file).is_file():
                yield from _on(each, folder, Path(scratch))


def unknown(folder: Path, authority: Path) -> list[str]:
    """Sets that nobody told us how to read."""
    known = {each.file for each in sets_of(folder, authority)}
    return sorted(path.name for path in (folder / "dev").glob("*.jsonl") if path.name not in known)


def _on(each: Set, folder: Path, scratch: Path) -> Iterator[Row]:
    gold = folder / "dev" / each.file
    if each.gold:
        gold = _written(each.gold(gold), scratch / "gold.jsonl")
    for by, predict in each.ways.items():
        with open(gold, encoding="utf-8") as lines:
            said = predicting.predictions(lines, each.scored_with[0], predict)
            predicted = _written(said, scratch / "predicted.jsonl")
        note = "learned from this set" if by == DESK and each.learned else ""
        figures = scored(folder / "score.py", each.scored_with, gold, predicted)
        yield Row(each.name, each.task, by, figures, note)
        if by == DESK and (stored := held_out(each)):
            yield stored


def held_out(each: Set) -> Row | None:
    """What the training measured on parts of the set that it had not learned from."""
    path = LEARNED / each.learned
    if not each.learned or not path.is_file():
        return None
    told = json.loads(path.read_text(encoding="utf-8")).get("measured", {})
    stored = told.get(f"{each.name} {each.task}") or told.get(each.name)
    if not stored:
        return None
    low, high = stored.get("interval", (0.0, 0.0))
    figures = Figures(stored["precision"], stored["recall"], stored["f1"], low, high)
    return Row(each.name, each.task, HELD_OUT, figures, stored.get("how", ""))


_SCORED = re.compile(r"P ([\d.]+) R ([\d.]+) F1 ([\d.]+) \[([\d.]+),([\d.]+)\]\s*(.*)")


def scored(scorer: Path, asked: tuple[str, ...], gold: Path, predicted: Path) -> Figures:
    task, *labels = asked
    command = [sys.executable, str(scorer), task, str(gold), str(predicted), *labels]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    found = _SCORED.search(done.stdout)
    if done.returncode or not found:
        last = (done.stderr or done.stdout).strip().splitlines()[-1:] or ["nothing was printed"]
        raise Failed(f"The scorer did not score {gold.name}: {last[0]}")
    precision, recall, f1, low, high = map(float, found.groups()[:5])
    return Figures(precision, recall, f1, low, high, found[6])


def _named(path: Path, ids: set[str]) -> Iterator[dict[str, Any]]:
    """Each name of a list in a sentence of its own: those of bodies that we know."""
    before, _ = CARRIER.split("{}")
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if row["label"] in ids:
            span = [len(before), len(before) + len(row["text"])]
            mention = {"span": span, "qid": row["label"], "org": True}
            text = CARRIER.format(row["text"])
            yield {"id": row["id"], "text": text, "mentions": [mention]}


def _written(rows: Iterable[dict[str, Any]], path: Path) -> Path:
    with open(path, "w", encoding="utf-8") as out:
        out.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    return path
