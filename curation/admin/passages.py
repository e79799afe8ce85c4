"""The passages of the reading room as they are shown: numbers, labels, marks, quotes."""

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from corpus.models import Capture, Passage
from curation.admin.marking import Mark, Piece, pieces
from curation.admin.names import NameShown, marks_of
from curation.admin.parts import Part
from curation.models import Assessment, Evidence

MOST_CUTS = 400  # places of one passage offered to split at

_BEFORE_A_WORD = re.compile(r"\s+(?=\S)|(?<=[→»…])(?=\w)")


class Hinted(NamedTuple):
    """A reason that the machine suggests."""

    reason: str
    words: str
    because: list[str]


@dataclass
class Shown:
    """A passage as the room shows it."""

    passage: Passage
    number: int
    assessment: Assessment | None
    opens: bool  # a paragraph begins here
    pieces: list[Piece] = field(default_factory=list)
    evidence: list[Evidence] = field(default_factory=list)  # whose quote begins here
    repeated: int | None = None  # the number of the passage that it repeats, or nearly does
    same_words: bool = False  # it repeats it to the letter, and so never counts
    at_hand: bool = False

    @property
    def reasons(self) -> str:
        return reasons_in_words(self.assessment)

    @property
    def hinted(self) -> list["Hinted"]:
        """What comes ticked: as long as nobody has labelled it, and it may be news."""
        news = self.passage.suggested_reliability == Assessment.Reliability.NEWS
        return hinted(self.passage.hints) if news and not self.assessment else []

    @property
    def cuts(self) -> list[tuple[int, str]]:
        """Where it could be split: the place of each word but the first, and how it reads on."""
        text = self.passage.text
        starts = [m.end() for m in _BEFORE_A_WORD.finditer(text)][:MOST_CUTS]
        return [(self.passage.start + at, f"…{text[at : at + 30]}") for at in starts]

    @property
    def label(self) -> str:
        """The label in force, decided else suggested; empty when there is none."""
        return (
            self.assessment.reliability if self.assessment else self.passage.suggested_reliability
        )

    @property
    def asks(self) -> bool:
        """Whether anybody is asked for a label: headings without a suggestion are not."""
        heading = self.passage.kind == Passage.Kind.HEADING
        return not heading or bool(self.passage.suggested_reliability)


def reasons_in_words(assessment: Assessment | None) -> str:
    """The reasons that a person gave, and those that were suggested and not taken over."""
    if assessment is None:
        return ""
    refused = [reason for reason in assessment.hinted if reason not in assessment.reasons]
    told = [", ".join(_in_words(assessment.reasons))]
    told += [f"suggested, not taken over: {', '.join(_in_words(refused))}"] if refused else []
    return "; ".join(filter(None, told))


def hinted(hints: Iterable[Sequence[str]]) -> list["Hinted"]:
    """The reasons that the machine suggests, each once, with all the words that gave it."""
    because: dict[str, list[str]] = defaultdict(list)
    for reason, words in hints:
        because[reason].append(words)
    return [
        Hinted(reason, words, because[reason])
        for reason, words in Assessment.Reason.choices
        if reason in because
    ]


def _in_words(reasons: Iterable[str]) -> list[str]:
    return [words for value, words in Assessment.Reason.choices if value in reasons]


def passages_of(
    capture: Capture | None,
    part: Part,
    labels: dict[int | None, Assessment],
    evidence: Iterable[Evidence],
    names: Iterable[NameShown],
) -> list[Shown]:
    """The passages of one part of a text."""
    if capture is None or not part.here:
        return []
    passages = list(
        Passage.objects.filter(capture=capture)
        .filter(start__gte=part.here[0].start, start__lte=part.here[-1].start)
        .select_related("repeats")
        .order_by("start")
    )
    here = [each for each in evidence if each.quote.capture_id == capture.pk]
    marks = _by_passage(passages, [*marks_of(names), *_marks_of_quotes(here)])
    numbers = part.numbers()
    at_hand = part.cut[part.at_hand].pk
    shown, last = [], part.cut[part.before - 1].end if part.before else 0
    for passage in passages:
        between = capture.text[last : passage.start]
        shown.append(
            Shown(
                passage,
                numbers[passage.pk],
                labels.get(passage.pk),
                opens=last == 0 or "\n" in between,
                pieces=list(pieces(passage.text, passage.start, marks[passage.pk])),
                evidence=[e for e in here if passage.start <= e.quote.start < passage.end],
                repeated=numbers.get(passage.repeats.pk) if passage.repeats else None,
                same_words=passage.repeats is not None
                and passage.repeats.text_sha256 == passage.text_sha256,
                at_hand=passage.pk == at_hand,
            )
        )
        last = passage.end
    return shown


def _by_passage(passages: list[Passage], marks: Iterable[Mark]) -> dict[int, list[Mark]]:
    """The marks that touch each passage: one may reach over several."""
    starts = [passage.start for passage in passages]
    found: dict[int, list[Mark]] = defaultdict(list)
    for mark in marks:
        first = max(0, bisect_right(starts, mark.start) - 1)
        for passage in passages[first : bisect_left(starts, mark.end)]:
            found[passage.pk].append(mark)
    return found


def _marks_of_quotes(evidence: Iterable[Evidence]) -> list[Mark]:
    return [Mark(each.quote.start, each.quote.end, "quote") for each in evidence]
