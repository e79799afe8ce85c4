"""Predict for a labelled set what the desk would suggest, in the form in which it is scored."""

import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from corpus.analysis import copies, wording
from corpus.analysis.known_bodies import Known, links, read_authority
from corpus.analysis.spam_lines import spam_scores
from corpus.measuring.sets import Item, Unreadable, items

Predict = Callable[[Item], dict[str, Any]]


def predictions(lines: Iterable[str], task: str, predict: Predict) -> Iterator[dict[str, Any]]:
    """Yield {"id": …} with what is predicted, one for each line of a set."""
    for item in items(lines, task):
        yield {"id": item.id, **predict(item)}


def of_lines(item: Item) -> dict[str, Any]:
    """How sure it is of each line that it is no part of the piece."""
    return {"flag": [said.score for said in spam_scores(item.texts, title=item.title)]}


def of_labels(kind: str) -> Predict:
    """How far a sentence is a forecast, or leaves open what it tells ("uncertain")."""
    score = wording.SCORES[kind]
    return lambda item: {"score": round(score(item.texts[0]), 4)}


def of_links(known: Known) -> Predict:
    """Where a body of the authority file is named, and which."""
    return lambda item: {"links": [list(link) for link in links(item.texts[0], known)]}


def of_pairs(item: Item) -> dict[str, Any]:
    """How sure it is that one text took over words of the other."""
    return {"score": round(copies.score(*item.texts), 4)}


def authority(lines: Iterable[str]) -> Known:
    try:
        return read_authority(lines)
    except (json.JSONDecodeError, AttributeError, TypeError) as error:
        raise Unreadable(f"The authority file is no JSON Lines with names ({error}).") from None
