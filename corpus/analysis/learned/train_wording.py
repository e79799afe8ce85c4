"""Learn the weights of `wording.json` from labelled sentences; needs numpy and scipy.

    python -m corpus.analysis.learned.train_wording FOLDER > corpus/analysis/learned/wording.json

FOLDER holds `fact_uds_ih2.jsonl`, `spec_scicertainty.jsonl` and `spec_space_ideas.jsonl`, and
`boiler_*.jsonl`: from their articles it learns how sentences look that are no findings of
science. The weights start from what grammar books say (PRIOR) and leave it only as far as many
sentences ask: sets differ from one another, and a model that follows one of them closely fails
on the next.
"""

import json
import random
import re
import sys
from collections.abc import Iterator
from math import log
from pathlib import Path

import numpy as np  # type: ignore[import-not-found, unused-ignore]
from scipy.optimize import minimize  # type: ignore[import-untyped, unused-ignore]
from scipy.sparse import csr_matrix  # type: ignore[import-untyped, unused-ignore]

from corpus.analysis.wording import FINDING, LIKE_FINDING, features, like_finding

RARE = 4  # a feature met less often keeps its prior


def _prior(*groups):
    return {name: weight for weight, names in groups for name in names.split("; ")}


PRIOR = {
    "forecast": _prior(
        (2.2, "kind: future"),
        (1.5, "kind: year ahead"),
        (1.3, "kind: possibility; kind: intention"),
        (1.2, "shape: said it would"),
        (1.1, "kind: hypothesis"),
        (0.6, "kind: necessity; cue: will; cue: 'll; cue: scheduled; cue: slated"),
        (
            0.6,
            "cue: going to; cue: set to; cue: about to; cue: plans to; cue: plan to; cue: aims to",
        ),
        (0.4, "cue: could; cue: may; cue: might; cue: likely to"),
        (0.6, "cue: expected to; cue: is expected; cue: are expected"),
        (0.5, "kind: ability"),
        (0.4, "kind: future, again; kind: condition"),
        (0.3, "kind: purpose"),
        (-0.3, "kind: past"),
        (-0.5, "cue: expected"),
        (-0.6, "shape: nothing open; shape: only what was"),
        (-0.8, "cue: estimated; cue: estimate; cue: estimates; cue: up to; cue: as much as"),
        (-0.8, "cue: suggests; cue: suggest; cue: appear; cue: appears; cue: appears to"),
        (-0.8, "cue: seems; cue: seem; cue: seemed; cue: proposed; cue: claimed; cue: planned"),
        (-0.8, "cue: intended to; cue: designed to; cue: tried to; cue: decided to"),
        (-0.8, "cue: unknown; cue: unclear; cue: future; cue: eventually; cue: until"),
        (-0.8, "cue: whether; cue: wanted to; cue: ultimately; cue: must have; cue: may have"),
        (-0.8, "cue: might have; cue: could have; cue: should have; cue: failed to; cue: target"),
        (-0.8, "cue: predicted; cue: purpose; cue: mission is to; cue: invited to"),
        (-0.8, "cue: called for; cue: demanded; cue: requested; cue: request; cue: concerned"),
        (-0.8, "cue: are thought to; cue: is thought to; cue: had to; cue: required"),
        (-0.8, "cue: requires; cue: needed to; cue: considered; cue: considers"),
        (-1.2, "was + future; were + future; had + future; been + future"),
        (-1.2, "had + intention; was + intention"),
    ),
    "uncertain": _prior(
        (1.8, "kind: future; kind: possibility; kind: hypothesis"),
        (1.2, "kind: intention; kind: necessity; kind: condition; kind: command"),
        (1.0, "kind: year ahead"),
        (0.8, "cue: recommended that; cue: proposed that; cue: demanded that; cue: insisted that"),
        (0.8, "kind: ability; kind: hearsay; kind: question"),
        (0.5, "kind: purpose; kind: belief"),
        (0.5, "cue: might have; cue: could have; cue: should have; cue: would have"),
        (0.2, "kind: negation"),
        (-0.6, "shape: only what was"),
        (-0.8, "cue: future; cue: more; cue: estimated; cue: how; cue: why; cue: who; cue: what"),
        (-0.8, "cue: help; cue: helps; cue: needed; cue: required; cue: decided to; cue: soon"),
        (-0.8, "cue: eventually; cue: need; cue: thought"),
        (-1.0, "shape: nothing open"),
    ),
}
# What is done to some end, or made possible, is no less certain where a finding tells it.
PRIOR[FINDING] = PRIOR["uncertain"] | _prior(
    (0.8, "kind: future"),
    (0.5, "kind: command"),
    (0.3, "kind: belief"),
    (0.2, "kind: ability; kind: intention"),
    (0.0, "kind: purpose; kind: negation"),
    (-0.3, "shape: only what was"),
)
PRIOR[LIKE_FINDING] = {}
BIAS = {"forecast": -1.3, "uncertain": -1.0, FINDING: -1.0, LIKE_FINDING: 0.0}
# How hard a weight is held to its prior.
PULL = {"forecast": 20.0, "uncertain": 20.0, FINDING: 20.0, LIKE_FINDING: 3.0}
# Sets differ in how much of them is positive. One in five that is like a finding is enough to
# weigh it as one: taken for news it would be called uncertain too easily.
SHIFT = {"forecast": 0.0, "uncertain": 0.3, FINDING: 0.0, LIKE_FINDING: log(4)}
# One finding in five is uncertain. Were they made to count like the others, too many would be
# called uncertain; each counts twice.
WEIGHS_UNCERTAIN = 2.0
FROM_A_PAGE = 3  # sentences

_SENTENCE = re.compile(r"(?<=[.!?])[\"”’]?\s+(?=[A-Z“\"])")


def sets(folder: Path) -> dict[str, list[tuple[list[tuple[str, bool]], float]]]:
    """The sentences of each task, set by set, with the weight of a sentence of the set."""
    events = _read(folder / "fact_uds_ih2.jsonl", {"uncertain"}, {"certain"})
    findings = _read(folder / "spec_scicertainty.jsonl", {"uncertain"}, {"certain"})
    ideas = _read(folder / "spec_space_ideas.jsonl", {"Benefits", "Solution"}, {"Context"})
    newslike = [each for each in events if like_news(each[0])]
    return {
        "forecast": [(ideas, 1.0)],
        "uncertain": [(events, 1.0), (newslike, 1.0)],
        FINDING: [(findings, 1.0)],
        LIKE_FINDING: [
            ([(text, True) for text, _ in findings], 1.0),
            ([(text, False) for text, _ in events], 1.0),
            ([(text, False) for _, text in articles(folder)], 1.0),
        ],
    }


def like_news(text: str) -> bool:
    about_us = re.search(r"\b(i|you|we|my|our|your|me|us)\b|[?!]", text, re.IGNORECASE)
    return len(text.split()) >= 12 and not about_us


def articles(folder: Path) -> Iterator[tuple[str, str]]:
    """A few sentences of each article, with its page."""
    chosen = random.Random(3)
    for path in sorted(folder.glob("boiler_*trafilatura*.jsonl")):
        for line in path.read_text(encoding="utf-8").split("\n"):
            row: dict = json.loads(line) if line else {"lines": ()}
            told = [each["t"] for each in row["lines"] if each["y"] == "article"]
            sentences = [each for text in told for each in _SENTENCE.split(text)]
            long = [each for each in sentences if len(each.split()) >= 6]
            for sentence in chosen.sample(long, min(FROM_A_PAGE, len(long))):
                yield row["id"], sentence


def _read(path: Path, yes: set[str], no: set[str]) -> list[tuple[str, bool]]:
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]
    return [(row["text"], row["label"] in yes) for row in rows if row["label"] in yes | no]


def learn(task: str, parts: list[tuple[list[tuple[str, bool]], float]]) -> dict[str, object]:
    """Logistic regression, held to the prior; sets of events and ideas count as half positive."""
    sentences = [(_features(task, text), yes) for part, _ in parts for text, yes in part]
    if task in (FINDING, LIKE_FINDING):
        counts = WEIGHS_UNCERTAIN if task == FINDING else 1.0
        trust = np.where([yes for _, yes in sentences], counts, 1.0)
    else:
        trust = np.concatenate([_balanced(part, weight) for part, weight in parts])
    names = sorted(set().union(*(found for found, _ in sentences)))
    place = {name: at for at, name in enumerate(names)}
    rows = [(row, place[name]) for row, (found, _) in enumerate(sentences) for name in found]
    told = csr_matrix(
        (np.ones(len(rows)), tuple(np.array(rows).T)), shape=(len(sentences), len(names))
    )
    sign = np.array([1.0 if yes else -1.0 for _, yes in sentences])
    prior = np.array([PRIOR[task].get(name, 0.0) for name in names])
    pull = np.where(np.asarray(told.sum(0)).ravel() < RARE, 1e3, PULL[task])

    def loss(step: np.ndarray) -> tuple[float, np.ndarray]:
        margin = sign * (told @ (prior + step[:-1]) + BIAS[task] + step[-1])
        slope = -trust * sign / (1 + np.exp(margin))
        value = (trust * np.logaddexp(0, -margin)).sum() + 0.5 * (pull * step[:-1] ** 2).sum()
        return value, np.append(told.T @ slope + pull * step[:-1], slope.sum())

    step = minimize(loss, np.zeros(len(names) + 1), jac=True, method="L-BFGS-B").x
    weights = PRIOR[task] | dict(zip(names, prior + step[:-1], strict=True))
    kept = {name: round(float(each), 3) for name, each in weights.items() if abs(each) >= 0.02}
    return {"bias": round(BIAS[task] + float(step[-1]) + SHIFT[task], 3), "weights": kept}


def _features(task: str, text: str) -> set[str]:
    found = features(text)
    return like_finding(text, found) if task == LIKE_FINDING else found


def _balanced(part: list[tuple[str, bool]], weight: float) -> np.ndarray:
    yes = sum(each for _, each in part)
    return np.array(
        [weight * len(part) / 2 / (yes if each else len(part) - yes) for _, each in part]
    )


def main(folder: str) -> None:
    learned = {task: learn(task, parts) for task, parts in sets(Path(folder)).items()}
    told = {
        "version": "wording-3",
        "learned_from": [
            "UDS-IH2 over UD English-EWT (CC BY-SA 4.0)",
            "Certainty in Science Communication (MIT)",
            "SPACE-IDEAS (CC BY 4.0)",
            "Web Content Extraction Benchmark (CC BY 4.0), articles, as no findings",
        ],
    }
    json.dump(told | learned, sys.stdout, indent=0, sort_keys=True)
    sys.stdout.write("\n")


if __name__ == "__main__":
    main(sys.argv[1])
