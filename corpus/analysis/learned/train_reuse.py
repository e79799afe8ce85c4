"""Learn the weights of `reuse.json` from pairs made of any articles; needs numpy and scipy.

    python -m corpus.analysis.learned.train_reuse FILE… > corpus/analysis/learned/reuse.json

Each line of a FILE is a JSON object with an article as `text`, or as `lines` of [{t, y}] of
which those with y = "article" are taken, or with `reports` of one event, texts that several
newsrooms wrote by themselves. No labelled pairs are needed: reuse is made as editors do it (cut,
reworded, put in another order, lifted into another piece or into another's report), and against
it stand texts on the very same subject that share no sentence, such as every other sentence of
one article beside the rest, and the reports of one event, which share names, numbers and quotes.
Kinds count alike, whatever their number. Half of the articles and of the events are kept back:
on them it says, to standard error, how it does beside three-word sequences alone.
"""

import json
import random
import re
import sys
from collections.abc import Iterator
from itertools import permutations

import numpy as np  # type: ignore[import-not-found, unused-ignore]
from scipy.optimize import minimize  # type: ignore[import-untyped, unused-ignore]

from corpus.analysis.copies import MEASURES, Read, reuse
from corpus.analysis.function_words import FUNCTION_WORDS

FEWEST = 16  # sentences of an article
FEWEST_PARAGRAPHS = 6  # of a report
LEARNED_FROM = [
    "Web Content Extraction Benchmark (CC BY 4.0), articles",
    "BASIL, reports of 100 events by three newsrooms",
]
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


def events(paths: list[str]) -> list[list[Sentences]]:
    """The reports of each event, in paragraphs."""
    found = []
    for path in paths:
        with open(path, encoding="utf-8") as file:
            told = [json.loads(line).get("reports", ()) for line in file]
        found += [[_paragraphs(report) for report in reports] for reports in told if reports]
    return [[each for each in reports if len(each) >= FEWEST_PARAGRAPHS] for reports in found]


def _paragraphs(report: str) -> Sentences:
    return [each for each in report.split("\n") if len(each.split()) >= 5][:30]


def _sentences(row: dict) -> Iterator[str]:
    told = [each["t"] for each in row.get("lines", ()) if each["y"] == "article"]
    for line in told or row.get("text", "").split("\n"):
        yield from (each for each in _SENTENCE.split(line) if len(each.split()) >= 5)


def pairs_of(article: Sentences, other: Sentences, vocabulary: list[str]) -> Iterator[Pair]:
    """What editors make of an article, and what is no reuse of it."""
    odd, even, half = article[::2][:30], article[1::2][:30], len(article) // 2
    piece = _run(article, RNG.choice([6, 12, 20, 40]))
    quote = f"“{RNG.choice(article)}”, the spokesperson said."
    long, sentence = article[:60], RNG.choice(article[:60])

    def edited(sentences: Sentences, words: float, drop: float) -> Sentences:
        return _edited(sentences, words, drop, vocabulary)

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
        "a sentence": (edited([sentence], RNG.uniform(0, 0.15), 0), long),
    }
    apart = {
        "every other": (odd, even),
        "some of every other": (odd[:8], even[:8]),
        "few sentences": (odd[:3], even[:3]),
        "halves": (article[:half][:30], article[half:][:30]),
        "quotes of every other": ([*odd[:12], quote], [quote, *even[:12]]),
        "one quote": ([*article[:half][:20], quote], [quote, *article[half:][:20]]),
        "another": (piece, _run(other, 20)),
        "a sentence of another": ([RNG.choice(other)], long),
        "few sentences of another": (other[: RNG.choice([2, 3])], long),
        "a sentence left out": ([sentence], [each for each in long if each != sentence]),
    }
    yield from _named(made, apart)


def pairs_of_event(report: Sentences, other: Sentences, vocabulary: list[str]) -> Iterator[Pair]:
    """What another newsroom makes of a report, and what it wrote of the event by itself."""
    lead, half = RNG.choice([3, 4, 6]), len(other) // 2

    def edited(paragraphs: Sentences, words: float, drop: float) -> Sentences:
        return _edited(paragraphs, words, drop, vocabulary)

    taken = edited(RNG.sample(report, len(report) // 3), RNG.uniform(0.02, 0.3), 0)
    begun = edited(report[: max(2, lead // 2)], RNG.uniform(0.02, 0.3), 0)
    made = {
        "event, wholly": (report, edited(report, RNG.uniform(0.05, 0.4), 0.3)),
        "event, partly": (report, other[:half] + taken + other[half:][:6]),
        "event, lead wholly": (report[:lead], edited(report[:lead], RNG.uniform(0.05, 0.4), 0.2)),
        "event, lead partly": (report[:lead], begun + other[: lead // 2]),
        "event, a paragraph": (edited([RNG.choice(report)], RNG.uniform(0, 0.15), 0), report),
    }
    apart = {
        "event, two reports": (report, other),
        "event, two leads": (report[:lead], other[:lead]),
        "event, another's paragraph": ([RNG.choice(other)], report),
    }
    yield from _named(made, apart)


def _named(made: dict[str, tuple], apart: dict[str, tuple]) -> Iterator[Pair]:
    for kind, (one, two) in made.items():
        yield kind, True, "\n".join(one), "\n".join(two)
    for kind, (one, two) in apart.items():
        yield kind, False, "\n".join(one), "\n".join(two)


def _run(sentences: Sentences, length: int) -> Sentences:
    at = RNG.randrange(max(1, len(sentences) - length))
    return sentences[at : at + length]


def _edited(sentences: Sentences, words: float, drop: float, vocabulary: list[str]) -> Sentences:
    return [_reworded(each, words, vocabulary) for each in sentences if RNG.random() >= drop]


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


def rows(paths: list[str]) -> Iterator[tuple[bool, Pair]]:
    """All pairs, each with whether it is learned from."""
    every, told = articles(paths), events(paths)
    RNG.shuffle(every)
    RNG.shuffle(told)
    vocabulary = [word for each in every for text in each for word in re.findall("[a-z]{4,}", text)]
    for n, article in enumerate(every):
        for pair in pairs_of(article, every[n - 1], vocabulary):
            yield n < len(every) // 2, pair
    for n, reports in enumerate(told):
        for one, other in permutations(reports, 2):
            for pair in pairs_of_event(one, other, vocabulary):
                yield n < len(told) // 2, pair


def main(paths: list[str]) -> None:
    learning, pairs = zip(*rows(paths), strict=True)
    found, alone = zip(*(_measured(Read(one), Read(two)) for *_, one, two in pairs), strict=True)
    measures = np.array(found)
    reused = np.array([pair[1] for pair in pairs], dtype=float)
    kinds = [pair[0] for pair in pairs]
    share = np.array([1 / kinds.count(kind) for kind in kinds])
    for answer in (0, 1):  # reuse and the rest weigh alike
        share[reused == answer] /= share[reused == answer].sum()
    learned = np.array(learning)
    weights = learn(measures[learned], reused[learned], share[learned])
    _tell(measures, np.array(alone), reused, share, kinds, ~learned, weights)
    named = dict(zip(MEASURES, weights.round(2).tolist(), strict=False))
    told = {"learned_from": LEARNED_FROM, "bias": round(weights[-1], 2), "weights": named}
    print(json.dumps(told, indent=1))


def _measured(one: Read, other: Read) -> tuple[list[float], float]:
    """The measures, and the share of three-word sequences that simple ways go by."""
    measures = reuse(one, other).measures
    a, b = one.every.sequences, other.every.sequences
    return [measures[name] for name in MEASURES], len(a & b) / max(1, min(len(a), len(b)))


def _tell(measures, sequences, reused, share, kinds, kept, weights) -> None:
    def f1(answer):
        right = (share * answer * reused)[kept].sum()
        return 2 * right / ((share * answer)[kept].sum() + (share * reused)[kept].sum())

    ours = (np.c_[measures, np.ones(len(measures))] @ weights > 0).astype(float)
    alone = max(f1((sequences >= at).astype(float)) for at in np.linspace(0.005, 0.9, 180))
    print(f"F1 {f1(ours):.3f}; three-word sequences at their best {alone:.3f}", file=sys.stderr)
    for kind in sorted(set(kinds)):
        these = kept & (np.array(kinds) == kind)
        right = (ours == reused)[these].mean()
        print(f"  {kind:20} right {right:.2f}", file=sys.stderr)


if __name__ == "__main__":
    main(sys.argv[1:])
