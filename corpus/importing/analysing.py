"""What the machine makes of one text: its cut, and what it suggests of every part.

The import and the analysis of what is there go through here, so that they cannot differ. Pure.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any, NamedTuple

from corpus.analysis import hedging, hints, mentions, origins, reliability
from corpus.analysis.hints import Hint
from corpus.analysis.origins import LEAD
from corpus.analysis.reliability import Suggestion, label_document, label_passages
from corpus.analysis.repeats import repetitions
from corpus.text import marked_up, segment
from corpus.text.fingerprint import digest
from corpus.text.segment import Cut

# Whatever is written of a text when it is analysed; the document keeps by which of them it was.
ANALYSED_BY = (reliability, segment, hedging, hints, mentions, origins)


def version() -> str:
    """Return one name for all versions, in 20 characters: that of labels, and a digest."""
    every = " ".join(module.VERSION for module in ANALYSED_BY)
    label = reliability.VERSION
    return f"{label}+{sha256(every.encode()).hexdigest()[: LONGEST_VERSION - 1 - len(label)]}"


LONGEST_VERSION = 20  # of Document.suggestion_version


@dataclass(frozen=True)
class Beside:
    """What is known of a text besides its words."""

    structure: Sequence[tuple[int, int, str]] = ()
    title: str = ""
    published: str = ""
    as_of: int | None = None  # the year in which it was collected
    repeated: Mapping[str, int] = field(default_factory=dict)  # digest -> documents of its source
    patterns: Sequence[Any] = ()  # of spam, that people wrote down


class Whole(NamedTuple):
    """What is suggested of the document."""

    suggestion: Suggestion
    hints: Sequence[Hint] = ()


@dataclass(frozen=True)
class Analysis:
    cuts: Sequence[Cut]
    suggestions: Sequence[Suggestion]
    repeats: Mapping[int, int]  # index of a passage -> index of the first that says the same
    hints: Mapping[int, Sequence[Hint]]
    whole: Whole

    @property
    def lead(self) -> list[tuple[int, int]]:
        """The first sentences: who said it first is named there."""
        sentences = [
            (cut.start, cut.end)
            for cut, said in zip(self.cuts, self.suggestions, strict=True)
            if cut.kind == "sentence" and said.label != "spam"
        ]
        return sentences[:LEAD]

    @property
    def document(self) -> Suggestion:
        return self.whole.suggestion


def analyse(text: str, beside: Beside | None = None, cuts: Sequence[Cut] | None = None) -> Analysis:
    """Analyse a text over a cut that stands, or cut it anew."""
    beside = beside or Beside()
    if cuts is None:
        cuts = marked_up.segment(text, beside.structure)
    suggestions = label_passages(
        text,
        cuts,
        as_of=beside.as_of,
        structure=beside.structure,
        title=beside.title,
        repeated=elsewhere(text, cuts, beside.repeated),
        patterns=beside.patterns,
    )
    repeats = to_the_first(repetitions(text, cuts))
    found = hints.of_passages(text, cuts, [said.label for said in suggestions], repeats)
    whole = of_the_whole(text, cuts, suggestions, found, beside.published)
    return Analysis(cuts, suggestions, repeats, found, whole)


def of_the_whole(
    text: str,
    cuts: Sequence[Cut],
    suggestions: Sequence[Suggestion],
    found: Mapping[int, Sequence[Hint]],
    published: str,
) -> Whole:
    """What follows for the document from what is suggested of its passages."""
    said = label_document(text, cuts, suggestions)
    return Whole(said, hints.of_document(cuts, found, published) if said.label == "news" else ())


def elsewhere(text: str, cuts: Sequence[Cut], repeated: Mapping[str, int]) -> list[int]:
    """In how many other documents of its source each passage stands."""
    if not repeated:
        return []
    return [repeated.get(line, 0) for line in digests(text, cuts)]


def digests(text: str, cuts: Sequence[Cut]) -> Iterator[str]:
    """By which the lines of documents are compared."""
    return (digest(text[cut.start : cut.end]) for cut in cuts)


def to_the_first(repeats: Mapping[int, int]) -> dict[int, int]:
    """Point each repetition at a passage that itself repeats nothing."""
    firsts: dict[int, int] = {}
    for index in sorted(repeats):
        earlier = repeats[index]
        firsts[index] = firsts.get(earlier, earlier)
    return firsts
