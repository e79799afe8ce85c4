"""Measure the weights of `wording.json` on sentences that they were not learned from.

    python -m corpus.analysis.learned.measure_wording FOLDER

Five folds; all sentences of one idea are in one fold. It needs what train_wording needs, and
writes what it finds into `wording.json`, where the evaluation reads it.
"""

import json
import random
import sys
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path

from corpus.analysis.learned import train_wording
from corpus.analysis.learned.train_wording import articles
from corpus.analysis.wording import FINDING, LIKE_FINDING, WEIGHTS, features, like_finding

FOLDS, DRAWN = 5, 500
HOW = "five folds, by idea or sentence"
SETS = (
    ("spec_space_ideas", "forecast", {"Benefits", "Solution"}, {"Context"}),
    ("fact_uds_ih2", "uncertain", {"uncertain"}, {"certain"}),
    ("spec_scicertainty", "uncertain", {"uncertain"}, {"certain"}),
)

ARTICLES = "articles of the web"  # of which no sentence is taken for a finding

Told = tuple[int, str, bool]  # fold, sentence, label


def read(folder: Path, name: str, yes: set[str], no: set[str]) -> Iterator[Told]:
    for line in (folder / f"{name}.jsonl").read_text(encoding="utf-8").split("\n"):
        row = json.loads(line) if line else {}
        if row and row["label"] in yes | no:
            group = row["id"].rsplit("/", 1)[0] if name == "spec_space_ideas" else row["id"]
            yield _fold(group), row["text"], row["label"] in yes


def _fold(group: str) -> int:
    return zlib.crc32(group.encode()) % FOLDS


def learned_without(fold: int, told: dict[str, list[Told]]) -> dict[str, dict]:
    kept = {name: [(t, y) for f, t, y in rows if f != fold] for name, rows in told.items()}
    events = kept["fact_uds_ih2"]
    newslike = [each for each in events if train_wording.like_news(each[0])]
    return {
        "forecast": train_wording.learn("forecast", [(kept["spec_space_ideas"], 1.0)]),
        "uncertain": train_wording.learn("uncertain", [(events, 1.0), (newslike, 1.0)]),
        **_findings(kept["spec_scicertainty"], events, kept[ARTICLES]),
    }


def _findings(findings: list, events: list, articles: list) -> dict[str, dict]:
    others = [(text, False) for text, _ in (*events, *articles)]
    alike = [(text, True) for text, _ in findings]
    return {
        FINDING: train_wording.learn(FINDING, [(findings, 1.0)]),
        LIKE_FINDING: train_wording.learn(LIKE_FINDING, [(alike, 1.0), (others, 1.0)]),
    }


def says_yes(learned: dict[str, dict], task: str, text: str) -> bool:
    found = features(text)
    if task == "uncertain" and _total(learned[LIKE_FINDING], like_finding(text, found)) >= 0:
        task = FINDING
    return _total(learned[task], found) >= 0


def _total(learned: dict, found: set[str]) -> float:
    return learned["bias"] + sum(learned["weights"].get(name, 0.0) for name in found)


def across_kinds(told: dict[str, list[Told]]) -> dict[str, dict]:
    """Sentences that are like newswire, when no such sentence was learned from."""
    events = [(text, yes) for _, text, yes in told["fact_uds_ih2"]]
    findings = [(text, yes) for _, text, yes in told["spec_scicertainty"]]
    articles = [(text, yes) for _, text, yes in told[ARTICLES]]
    newslike = [each for each in events if train_wording.like_news(each[0])]
    web = [each for each in events if not train_wording.like_news(each[0])]
    learned = {
        "uncertain": train_wording.learn("uncertain", [(web, 1.0)]),
        **_findings(findings, web, articles),
    }
    precision, recall, f1 = figures([(says_yes(learned, "uncertain", t), y) for t, y in newslike])
    return {
        "like newswire, from other kinds": {
            "precision": round(precision, 3), "recall": round(recall, 3), "f1": round(f1, 3),
        }
    }  # fmt: skip


def figures(pairs: Sequence[tuple[bool, bool]]) -> tuple[float, float, float]:
    right = sum(said and true for said, true in pairs)
    precision = right / max(1, sum(said for said, _ in pairs))
    recall = right / max(1, sum(true for _, true in pairs))
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)


def main(folder: str) -> None:
    told = {name: list(read(Path(folder), name, *labels)) for name, _, *labels in SETS}
    told[ARTICLES] = [(_fold(page), text, False) for page, text in articles(Path(folder))]
    found: dict[str, list[tuple[bool, bool]]] = {name: [] for name, *_ in SETS}
    for fold in range(FOLDS):
        learned = learned_without(fold, told)
        for name, task, *_ in SETS:
            held = [(t, y) for f, t, y in told[name] if f == fold]
            found[name] += [(says_yes(learned, task, text), true) for text, true in held]
    measured = across_kinds(told)
    random.seed(0)
    for name, task, *_ in SETS:
        pairs = found[name]
        drawn = sorted(figures(random.choices(pairs, k=len(pairs)))[2] for _ in range(DRAWN))
        precision, recall, f1 = (round(figure, 3) for figure in figures(pairs))
        interval = [round(drawn[int(at * DRAWN)], 3) for at in (0.025, 0.975)]
        measured[f"{name} {task}"] = {
            "precision": precision, "recall": recall, "f1": f1, "interval": interval, "how": HOW,
        }  # fmt: skip
    stored = json.loads(WEIGHTS.read_text(encoding="utf-8")) | {"measured": measured}
    WEIGHTS.write_text(json.dumps(stored, indent=0, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
