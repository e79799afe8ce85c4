"""Learn the numbers of `lines.json` and say what they are worth, on sites that were held out.

A development tool: needs numpy, scipy, scikit-learn and lightgbm, which serving does not.

    python -m corpus.analysis.learned.train_lines measure PAGES.jsonl …
    python -m corpus.analysis.learned.train_lines export lines.json PAGES.jsonl …

`measure` holds out sites, in five folds, and goes from the pages of one extractor to another's.

PAGES: one page a line, {"id", "url", "extractor", "lines": [{"t": words, "y": label}]}, labels
"article", "boilerplate" and others, which are not counted.
"""

import hashlib
import json
import sys
from collections import defaultdict
from math import sqrt
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

import lightgbm  # type: ignore[import-not-found, import-untyped, unused-ignore]
import numpy as np  # type: ignore[import-not-found, import-untyped, unused-ignore]
from scipy.sparse import csr_matrix  # type: ignore[import-not-found, import-untyped, unused-ignore]
from sklearn.linear_model import LogisticRegression  # type: ignore[import-not-found, import-untyped, unused-ignore]

from corpus.analysis import line_places
from corpus.analysis import lines as measured
from corpus.analysis.line_model import FIRST_TREES, HOPELESS, careful

ABOUT = (
    "Learned from 1,308 pages of the web-content-extraction-benchmark (CC BY 4.0): weights only, "
    "no text of it."
)
POSITIVE, NEGATIVE = "boilerplate", "article"
SITES_OF_A_WORD = 8  # a word that fewer sites use teaches their names
# Other pages are catalogues and listings of programs. Learning from them too (800 lines, 0.3)
# gives F1 .64 instead of .58 over all pages, and a little less on those that are like news, with
# recall .35 instead of .38 at precision .95.
MOST_LINES, MOST_CODE = 250, 0.1
WEIGHS_LIKE = 40  # lines; a longer page weighs no more than that
SHIFT = 0.5  # log odds; puts the balance of precision and recall at one half
TREES = 140
SETTINGS = {
    "objective": "binary", "learning_rate": 0.08, "num_leaves": 16, "min_child_samples": 60,
    "feature_fraction": 0.5, "bagging_fraction": 0.7, "bagging_freq": 1, "lambda_l2": 5,
    "verbose": -1, "num_threads": 2, "seed": 1, "deterministic": True,
}  # fmt: skip


class Sample(NamedTuple):
    id: str
    site: str
    extractor: str
    sizes: np.ndarray
    labels: np.ndarray  # 1 no part of the piece, 0 part of it, -1 not counted
    lessons: np.ndarray  # the same, but headlines are part of it
    words: list[set[str]]
    own: list[list[float]]

    @property
    def teaches(self):
        code = sum(row[measured.OWN.index("code")] for row in self.own)
        return len(self.own) <= MOST_LINES and code < MOST_CODE * len(self.own)

    @property
    def is_like_news(self):
        """By its looks alone: a page of usual length, with prose, without code."""
        code = sum(row[measured.OWN.index("code")] for row in self.own)
        prose = sum(map(line_places.is_prose, self.own))
        many = len(self.own)
        return 5 <= many <= 120 and code < 0.03 * many and prose >= 0.25 * many


def samples(paths):
    known = {POSITIVE: 1, NEGATIVE: 0}
    for path in paths:
        for text in Path(path).read_text(encoding="utf-8").splitlines():
            page = json.loads(text)
            found = [line["t"] for line in page["lines"]]
            if not found:
                continue
            seen = measured.page(found)
            yield Sample(
                page["id"], site_of(page["url"]), page["extractor"],
                np.array([len(line) for line in found]),
                np.array([known.get(line["y"], -1) for line in page["lines"]]),
                np.array([(known | {"title": 0}).get(line["y"], -1) for line in page["lines"]]),
                [measured.tokens(words) for words in seen.words], seen.own,
            )  # fmt: skip


def site_of(url):
    """The registered domain, near enough: pages of one site never stand on both sides of a test."""
    parts = urlsplit(url).netloc.split(".")
    second = len(parts) > 2 and len(parts[-1]) == 2 and len(parts[-2]) <= 3
    return ".".join(parts[-3:] if second else parts[-2:])


def part_of(site, salt, parts):
    return int(hashlib.sha256((salt + site).encode()).hexdigest(), 16) % parts


# --- learning --------------------------------------------------------------------------------


def learn_words(pages):
    sites = defaultdict(set)
    for page in pages:
        for words in page.words:
            for word in words:
                sites[word].add(page.site)
    common = sorted(word for word, found in sites.items() if len(found) >= SITES_OF_A_WORD)
    at = {word: n for n, word in enumerate(common)}
    indptr, indices, data = [0], [], []
    for page in pages:
        for words in page.words:
            inside = [at[word] for word in words if word in at]
            indices += inside
            data += [1 / sqrt(len(words))] * len(inside)
            indptr.append(len(indices))
    table = csr_matrix((data, indices, indptr), shape=(len(indptr) - 1, len(common)))
    labels, weights = _labels(pages)
    model = LogisticRegression(C=1.0, solver="liblinear")
    model.fit(table[labels >= 0], labels[labels >= 0], sample_weight=weights[labels >= 0])
    learned = zip(common, model.coef_[0].tolist(), strict=True)
    return {w: round(x, 2) for w, x in learned if abs(x) >= 0.1}, round(
        float(model.intercept_[0]), 3
    )


def learn(pages):
    """Return (weights, intercept, booster); the trees see what words say only of other sites."""
    pages = [page for page in pages if page.teaches]
    said = {}
    for part in range(3):
        weights, intercept = learn_words([p for p in pages if part_of(p.site, "in", 3) != part])
        for page in pages:
            if part_of(page.site, "in", 3) == part:
                said[page.id] = _said(page, weights, intercept)
    table = np.vstack([line_places.rows(page.own, said[page.id]) for page in pages]).astype(float)
    labels, counts = _labels(pages)
    known = labels >= 0
    data = lightgbm.Dataset(table[known], labels[known], weight=counts[known])
    return (*learn_words(pages), lightgbm.train(SETTINGS, data, TREES))


def _labels(pages):
    weights = [np.full(len(p.labels), min(1, WEIGHS_LIKE / len(p.labels))) for p in pages]
    return np.concatenate([p.lessons for p in pages]), np.concatenate(weights)


def _said(page, weights, intercept):
    return [
        intercept + sum(weights.get(word, 0.0) for word in words) / sqrt(len(words))
        for words in page.words
    ]


def predict(model, page):
    weights, intercept, booster = model
    table = np.array(line_places.rows(page.own, _said(page, weights, intercept)), dtype=float)
    first = booster.predict(table, raw_score=True, num_iteration=FIRST_TREES) + SHIFT
    odds = np.where(first < HOPELESS, first, booster.predict(table, raw_score=True) + SHIFT)
    scores = 1 / (1 + np.exp(-odds))
    return np.array([careful(score, row) for score, row in zip(scores, table, strict=True)])


# --- measuring -------------------------------------------------------------------------------


def measure(pages):
    held: dict[str, np.ndarray] = {}
    for part in range(5):
        model = learn([p for p in pages if part_of(p.site, "out", 5) != part])
        held |= {p.id: predict(model, p) for p in pages if part_of(p.site, "out", 5) == part}
        print("fold", part, len(model[0]), "words", flush=True)
    report("all pages", pages, held)
    report("like news", [p for p in pages if p.is_like_news], held)
    for extractor in sorted({p.extractor for p in pages}):
        report(
            f"like news, {extractor}",
            [p for p in pages if p.is_like_news and p.extractor == extractor],
            held,
        )
    Path("held_out.json").write_text(json.dumps({k: v.round(4).tolist() for k, v in held.items()}))
    for source in sorted({p.extractor for p in pages}):
        crossed: dict[str, np.ndarray] = {}
        for part in range(2):
            model = learn(
                [p for p in pages if p.extractor == source and part_of(p.site, "x", 2) != part]
            )
            crossed |= {
                p.id: predict(model, p)
                for p in pages
                if p.extractor != source and part_of(p.site, "x", 2) == part
            }
        report(
            f"like news, half of the sites of {source} to the other",
            [p for p in pages if p.id in crossed and p.is_like_news],
            crossed,
        )


def report(name, pages, scores, times=1000):
    labels = [p.labels[p.labels >= 0] for p in pages]
    found = [scores[p.id][p.labels >= 0] for p in pages]
    sizes = np.concatenate([p.sizes[p.labels >= 0] for p in pages])
    y, s = np.concatenate(labels), np.concatenate(found)
    counts = np.array(
        [
            ((own >= 0.5) @ right, (own >= 0.5).sum(), right.sum())
            for own, right in zip(found, labels, strict=True)
        ]
    )
    random = np.random.default_rng(0)
    drawn = [counts[random.integers(0, len(counts), len(counts))].sum(0) for _ in range(times)]
    low, high = np.quantile([2 * t / (h + g) for t, h, g in drawn], [0.025, 0.975])
    print(f"{name}: {len(pages)} pages, {len(y)} lines, {y.mean():.3f} no part")
    for at in (0.5, 0.7, 0.8, 0.85, 0.9):
        hit = s >= at
        true = (hit & (y == 1)).sum()
        p, r, lost = (
            true / hit.sum(),
            true / y.sum(),
            sizes[hit & (y == 0)].sum() / sizes[y == 0].sum(),
        )
        interval = f" [{low:.3f}, {high:.3f}]" if at == 0.5 else ""
        print(
            f"  at {at}: P {p:.3f} R {r:.3f} F1 {2 * p * r / (p + r):.3f}{interval}, "
            f"article characters {lost:.4f}"
        )
    order = np.argsort(-s, kind="stable")
    right = np.cumsum(y[order]) / np.arange(1, len(y) + 1) >= 0.95
    last = np.flatnonzero(right).max(initial=0)
    print(
        f"  recall at precision .95: {y[order][: last + 1].sum() / y.sum():.3f} "
        f"(score {s[order][last]:.3f})",
        flush=True,
    )


# --- exporting -------------------------------------------------------------------------------


def export(path, pages):
    weights, intercept, booster = learn(pages)
    trees = [_lists(tree["tree_structure"]) for tree in booster.dump_model()["tree_info"]]
    stored = {
        "about": ABOUT, "names": line_places.NAMES, "shift": SHIFT, "intercept": intercept,
        "weights": weights, "trees": trees,
    }  # fmt: skip
    Path(path).parent.mkdir(exist_ok=True)
    Path(path).write_text(
        json.dumps(stored, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8"
    )
    print(path, Path(path).stat().st_size, "bytes,", len(weights), "words,", len(trees), "trees")


def _lists(node):
    if "leaf_value" in node:
        return round(node["leaf_value"], 4)
    low, high = _lists(node["left_child"]), _lists(node["right_child"])
    return [node["split_feature"], round(node["threshold"], 4), low, high]


if __name__ == "__main__":
    verb, *paths = sys.argv[1:]
    if verb == "measure":
        measure(list(samples(paths)))
    else:
        export(paths[0], list(samples(paths[1:])))
