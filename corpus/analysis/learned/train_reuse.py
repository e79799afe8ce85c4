"""Learn the weights of `reuse.json` from pairs made of any articles; needs numpy and scipy.

    python -m corpus.analysis.learned.train_reuse FILE… > corpus/analysis/learned/reuse.json

Each line of a FILE is a JSON object with an article as `text`, or as `lines` of [{t, y}] of
which those with y = "article" are taken. No labelled pairs are needed: reuse is made as editors
do it (cut, reworded, put in another order, lifted into another piece), and against it stand
texts on the very same subject that share no sentence, such as every other sentence of one
article beside the rest. Kinds count alike, whatever their number. Half of the articles are kept
back: on them it says, to standard error, how it does beside three-word sequences alone.
"""

import json
import random
import re
import sys
from collections.abc import Iterator

import numpy as np  # type: ignore[import-not-found, unused-ignore]
from scipy.optimize import minimize  # type: ignore[import-untyped, unused-ignore]

from corpus.analysis.copies import WEIGHTS, Read, reuse
from corpus.analysis.function_words import FUNCTION_WORDS

FEWEST = 16  # sentences of an article
HELD = 1e-3  # how strongly weights are held back: no one measure is to decide alone
RNG = random.Random(1)
_SENTENCE = re.compile(r"(?<=[.!?])[\"”’]?\s+(?=[A-Z“\"])")

SMALL = sorted(FUNCTION_WORDS)

Sentences = list[str]
Pair = tuple[str, bool, str, str]  # kind, whether it is reuse, two texts


def articles(paths: list[str]) -> list[Sentences]:
    found: list[Sentences] = []
    seen: set[str] = set()
    for path in paths:
        with open(path, encoding="utf-8") as file:
            for line in file:
                sentences = list(dict.fromkeys(_sentences(json.loads(line))))
                if len(sentences) >= FEWEST and seen.isdisjoint(sentences):
                    found.append(sentences[:120])
                seen.update(sentences)
    return found


def _sentences(row: dict) -> Iterator[str]:
    told = [each["t"] for each in row.get("lines", ()) if each["y"] == "article"]
    for line in told or row.get("text", "").split("\n"):
        yield from (each for each in _SENTENCE.split(line) if len(each.split()) >= 5)


def pairs_of(article: Sentences, other: Sentences, vocabulary: list[str]) -> Iterator[Pair]:
    """What editors make of an article, and what is no reuse of it."""
    odd, even, half = article[::2][:30], article[1::2][:30], len(article) // 2
    piece = _run(article, RNG.choice([6, 12, 20, 40]))
    quote = f"“{RNG.choice(article)}”, the spokesperson said."

    def edited(sentences: Sentences, words: float, drop: float) -> Sentences:
        return [_reworded(each, words, vocabulary) for each in sentences if RNG.random() >= drop]

    made = {
        "cut": (piece, edited(piece, 0.02, RNG.choice([0.2, 0.5]))),
        "light": (piece, edited(piece, RNG.uniform(0.05, 0.2), 0.2)),
        "medium": (piece, edited(piece, RNG.uniform(0.2, 0.35), 0.25)),
        "heavy": (piece, edited(piece, RNG.uniform(0.35, 0.55), 0.25)),
        "hardly a word": (piece, edited(piece, RNG.uniform(0.55, 0.75), 0.2)),
        "summary": (article[:40], edited(article[:40], RNG.uniform(0.1, 0.4), 0.75)),
        "few sentences reworded": (piece[:3], edited(piece[:3], RNG.uniform(0.2, 0.5), 0)),
        "another order": (piece, RNG.sample(piece, len(piece))),
        "lifted": (article, _run(other, 15) + edited(_run(article, 5), 0.05, 0) + _run(other, 8)),
        "partly": (odd, edited(odd, RNG.uniform(0.05, 0.5), 0.6) + even[: len(even) // 2]),
    }
    apart = {
        "every other": (odd, even),
        "some of every other": (odd[:8], even[:8]),
        "few sentences": (odd[:3], even[:3]),
        "halves": (article[:half][:30], article[half:][:30]),
        "quotes of every other": ([*odd[:12], quote], [quote, *even[:12]]),
        "one quote": ([*article[:half][:20], quote], [quote, *article[half:][:20]]),
        "another": (piece, _run(other, 20)),
    }
    for kind, (one, two) in made.items():
        yield kind, True, " ".join(one), " ".join(two)
    for kind, (one, two) in apart.items():
        yield kind, False, " ".join(one), " ".join(two)


def _run(sentences: Sentences, length: int) -> Sentences:
    at = RNG.randrange(max(1, len(sentences) - length))
    return sentences[at : at + length]


def _reworded(sentence: str, share: float, vocabulary: list[str]) -> str:
    """Other words in place of subject words, function words left out or others, clauses turned.

    What the other words mean does not matter to a comparison of words.
    """
    told = []
    for word in sentence.split():
        small = word.lower() in FUNCTION_WORDS
        if small and RNG.random() < share:
            told += RNG.sample(SMALL, RNG.choice([0, 1, 1, 2]))
            continue
        changed = not small and word.strip(".,;:”’").isalpha() and RNG.random() < share
        if changed and (word.islower() or RNG.random() < 0.3):
            word = RNG.choice(vocabulary)
        told.append(word)
    if len(told) > 14 and RNG.random() < 2 * share:
        at = RNG.randrange(4, len(told) - 4)
        told = told[at:] + told[:at]
    return " ".join(told)


def learn(measures: np.ndarray, reused: np.ndarray, share: np.ndarray) -> np.ndarray:
    """Logistic regression; what is in common never counts against reuse."""
    given, sign = np.c_[measures, np.ones(len(measures))], 2 * reused - 1

    def loss(weights):
        margin = given @ weights * sign
        slope = given.T @ (share * -sign / (1 + np.exp(margin)))
        penalty = np.r_[2 * HELD * weights[:-1], 0]
        return (share * np.logaddexp(0, -margin)).sum() + HELD * (weights[:-1] ** 2).sum(), (
            slope + penalty
        )

    free = [(0, None)] * measures.shape[1] + [(None, None)]
    start = np.zeros(given.shape[1])
    return minimize(loss, start, jac=True, method="L-BFGS-B", bounds=free).x


def main(paths: list[str]) -> None:
    every = articles(paths)
    RNG.shuffle(every)
    vocabulary = [word for each in every for text in each for word in re.findall("[a-z]{4,}", text)]
    rows = [
        (n, *pair)
        for n, article in enumerate(every)
        for pair in pairs_of(article, every[n - 1], vocabulary)
    ]
    found = [reuse(Read(one), Read(two)).measures for *_, one, two in rows]
    measures = np.array([[each[name] for name in WEIGHTS] for each in found])
    reused = np.array([row[2] for row in rows], dtype=float)
    kinds = [row[1] for row in rows]
    share = np.array([1 / kinds.count(kind) for kind in kinds])
    for answer in (0, 1):  # reuse and the rest weigh alike
        share[reused == answer] /= share[reused == answer].sum()
    learning = np.array([row[0] < len(every) // 2 for row in rows])
    weights = learn(measures[learning], reused[learning], share[learning])
    _tell(measures, reused, share, kinds, ~learning, weights)
    named = dict(zip(WEIGHTS, weights.round(2).tolist(), strict=False))
    print(json.dumps({"bias": round(weights[-1], 2), "weights": named}, indent=1))


def _tell(measures, reused, share, kinds, kept, weights) -> None:
    def f1(answer):
        right = (share * answer * reused)[kept].sum()
        return 2 * right / ((share * answer)[kept].sum() + (share * reused)[kept].sum())

    ours = (np.c_[measures, np.ones(len(measures))] @ weights > 0).astype(float)
    alone = max(f1((measures[:, 0] >= at).astype(float)) for at in np.linspace(0.05, 0.9, 60))
    print(f"F1 {f1(ours):.3f}; three-word sequences at their best {alone:.3f}", file=sys.stderr)
    for kind in sorted(set(kinds)):
        these = kept & (np.array(kinds) == kind)
        right = (ours == reused)[these].mean()
        print(f"  {kind:20} right {right:.2f}", file=sys.stderr)


if __name__ == "__main__":
    main(sys.argv[1:])
