"""The rows of a text's passages and mentions, before anything is stored: all but the keys. Pure."""

import json
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from corpus.analysis import reliability
from corpus.analysis.mentions import Found
from corpus.importing.analysing import Analysis
from corpus.text import segment
from corpus.text.fingerprint import digest


class PassageRow(NamedTuple):
    """The columns of a passage, lists as JSON."""

    start: int
    end: int
    text: str
    text_sha256: str
    kind: str
    made_by: str
    suggested_reliability: str
    suggestion_score: float
    suggestion_reasons: str
    suggestion_version: str
    suggestion_pattern: str
    hints: str


class MentionRow(NamedTuple):
    """The columns of a mention; `passage` is the index of the one in which it begins."""

    start: int
    end: int
    entity_id: int
    alias_id: int
    rank: int
    because: str
    passage: int


class Passages(NamedTuple):
    rows: Sequence[PassageRow]
    repeats: Mapping[int, int]  # index of a passage -> index of the first that says the same

    @property
    def spam(self) -> list[tuple[int, int]]:
        """The places of what the machine takes for no part of the piece."""
        return [(row.start, row.end) for row in self.rows if row.suggested_reliability == "spam"]


def passages(text: str, analysis: Analysis) -> Passages:
    rows = []
    for index, (cut, said) in enumerate(zip(analysis.cuts, analysis.suggestions, strict=True)):
        words = text[cut.start : cut.end]
        rows.append(
            PassageRow(
                *(cut.start, cut.end, words, digest(words), cut.kind, segment.VERSION),
                *(said.label, said.score, _as_json(said.reasons), reliability.VERSION),
                *(said.pattern, _as_json(analysis.hints.get(index, ()))),
            )
        )
    return Passages(rows, analysis.repeats)


def mentions(found: Iterable[Found], cut: Passages) -> list[MentionRow]:
    """One for each place and entity: of several names of one the first that was found."""
    starts = [row.start for row in cut.rows]
    places = {(place.start, place.end, place.entity): place for place in reversed([*found])}
    return [
        MentionRow(
            *(place.start, place.end, place.entity, place.alias, place.rank, place.because),
            bisect_right(starts, place.start) - 1,
        )
        for place in sorted(places.values())
    ]


def _as_json(values: Sequence[object]) -> str:
    return json.dumps(values) if values else "[]"
