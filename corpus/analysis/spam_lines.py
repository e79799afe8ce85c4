"""Score how far each line of a collected text is no part of the piece, with reasons in words."""

from collections.abc import Sequence
from math import exp, log
from typing import NamedTuple

from corpus.analysis import lines as measured
from corpus.analysis.line_model import SUGGEST, model
from corpus.analysis.line_places import rows
from corpus.analysis.line_reasons import reasons
from corpus.text.fold import fold

PART_OF_A_TITLE = 15  # characters: "A relay agreed" of "A relay agreed | The Site"
MOST_REASONS = 3


class Known(NamedTuple):
    """What is known of a line besides its words: the log odds that it adds, and in words."""

    weight: float
    reason: str


class Score(NamedTuple):
    score: float
    reasons: tuple[str, ...]  # none below SUGGEST


def spam_scores(
    lines: Sequence[str], *, title: str = "", known: Sequence[Sequence[Known]] = ()
) -> list[Score]:
    """Score each line; the one that says the title is never suggested."""
    if not lines:
        return []
    learned = model()
    page = measured.page(lines)
    said = [measured.saying(words, learned.weights, learned.intercept) for words in page.words]
    headline = fold(title).strip()
    found = []
    for index, row in enumerate(rows(page.own, said)):
        low = page.lows[index]
        if headline and _says(low.strip("#* "), headline):
            found.append(Score(0.0, ()))
            continue
        besides = known[index] if known else ()
        score = round(raised(learned.score(row), besides), 3)
        if score < SUGGEST:
            found.append(Score(score, ()))
        else:
            every = (*(each.reason for each in besides), *reasons(low, row))
            found.append(Score(score, every[:MOST_REASONS]))
    return found


def _says(low: str, headline: str) -> bool:
    return low == headline or (len(low) >= PART_OF_A_TITLE and headline.startswith(low))


def raised(score: float, known: Sequence[Known]) -> float:
    """Return the score that is left of it, or has grown, by what is known besides."""
    if not known:
        return score
    bounded = min(0.999, max(0.001, score))
    odds = log(bounded / (1 - bounded)) + sum(each.weight for each in known)
    return 1 / (1 + exp(-odds))
