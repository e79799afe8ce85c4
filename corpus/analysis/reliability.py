"""Suggest what kind of text a passage is: news, speculative, spam, or no label."""

from collections.abc import Sequence
from math import exp, log
from typing import NamedTuple

from corpus.analysis.scenario import TOLD, scenario_in
from corpus.analysis.spam import Sign, Written, spam_passages
from corpus.analysis.speech import listen
from corpus.analysis.unlabelled import captions_in, why_unlabelled
from corpus.analysis.weighing import Weighed, weigh
from corpus.text.segment import Cut

VERSION = "reliability-4"

LOOKED_AT = 1_000  # characters of a passage
LEAD = 4  # passages that make the lead
MOSTLY_SPAM = 0.7  # of the characters
CERTAIN = 4.0  # weight at which a suggestion is nearly sure
STRONG = 3.0  # no sentence speaks louder than this for those around it
PIECE, AROUND = 0.4, 0.12  # what the whole piece and the four sentences around add
LEAST = 1.0  # weight of the best report in a lead, less what the piece is full of
AMONG_REPORTS = "stands among sentences that report"
AMONG_COMMENT = "stands among sentences that comment"


class Suggestion(NamedTuple):
    label: str
    score: float
    reasons: tuple[str, ...]
    pattern: str = ""  # the key of the spam pattern that decided, if one did


def label_passages(
    text: str,
    cuts: Sequence[Cut],
    *,
    as_of: int | None = None,
    structure: Sequence[Sign] = (),
    title: str = "",
    repeated: Sequence[int] = (),
    patterns: Sequence[Written] = (),
) -> list[Suggestion]:
    """Suggest a label for each passage; headings, captions and bylines of the piece get none.

    `as_of` is the year in which the text was collected, where it is known; the others are as
    `spam_passages` takes them.
    """
    spam = spam_passages(
        text, cuts, structure=structure, title=title, repeated=repeated, patterns=patterns
    )
    passages = [text[cut.start : min(cut.end, cut.start + LOOKED_AT)] for cut in cuts]
    scenario = scenario_in(text, passages, as_of)
    captions = captions_in(cuts, structure)
    found: dict[int, Suggestion] = {}
    weighed: dict[int, list[Weighed]] = {}
    for at, told in enumerate(listen(passages)):
        said = spam.get(at)
        why = why_unlabelled(cuts[at], passages[at], said, is_caption=at in captions)
        if why:
            found[at] = Suggestion("", 0.9, (why,))
        elif said:
            found[at] = Suggestion("spam", said.score, said.reasons, said.pattern)
        else:
            weighed[at] = weigh(told, scenario)
    places = _in_place(list(weighed.values()))
    for (at, own), place in zip(weighed.items(), places, strict=True):
        found[at] = _decide(own, place)
    return [found[at] for at in range(len(cuts))]


def label_document(text: str, cuts: Sequence[Cut], suggestions: Sequence[Suggestion]) -> Suggestion:
    """Suggest what the document is by its lead: what the first sentences claim to report."""
    pairs = list(zip(cuts, suggestions, strict=True))
    own = [(cut, said) for cut, said in pairs if said.label in ("news", "speculative")]
    if not own or _spam_share(pairs) > MOSTLY_SPAM:
        return _without_body(text, pairs)
    lead = own[:LEAD]
    news = [pair for pair in lead if pair[1].label == "news"]
    told = [each for _, said in lead for each in said.reasons if each.startswith(TOLD)]
    if told and not news:
        return Suggestion("speculative", 0.9, (told[0],))
    strongest = max((_total(said) for _, said in news), default=0.0)
    mood = sum(max(-STRONG, min(STRONG, _total(said))) for _, said in own) / len(own)
    label = "news" if strongest + mood > LEAST or len(news) * 2 > len(lead) else "speculative"
    deciding = [pair for pair in lead if pair[1].label == label] or lead
    score = max(said.score for _, said in deciding) * (0.7 + 0.3 * len(deciding) / len(lead))
    return Suggestion(label, round(score, 2), tuple(_because(text, *pair) for pair in deciding[:3]))


def opening(words: str) -> str:
    """The first words of a passage, to name it by."""
    first = words[:200].split()
    return " ".join(first[:8]) + (" …" if len(first) > 8 else "")


def _spam_share(pairs: list[tuple[Cut, Suggestion]]) -> float:
    spam = sum(cut.end - cut.start for cut, said in pairs if said.label == "spam")
    return spam / sum(cut.end - cut.start for cut, _ in pairs)


def _without_body(text: str, pairs: list[tuple[Cut, Suggestion]]) -> Suggestion:
    spam = [(cut, said) for cut, said in pairs if said.label == "spam"]
    if not spam:
        return Suggestion("", 0.0, ("no sentence reports or comments on anything",))
    reasons = tuple(_because(text, cut, said) for cut, said in spam[:3])
    return Suggestion("spam", 0.8, reasons)


def _because(text: str, cut: Cut, said: Suggestion) -> str:
    return f"“{opening(text[cut.start : cut.end])}” {'; '.join(said.reasons[:2])}"


# --- passages of the piece ------------------------------------------------------------------


def _in_place(weighed: Sequence[Sequence[Weighed]]) -> list[float]:
    """What the sentences around a passage, and the whole piece, add to its own weight."""
    own = [max(-STRONG, min(STRONG, sum([each.weight for each in one]))) for one in weighed]
    mood = sum(own) / len(own) if own else 0.0
    return [
        PIECE * mood + AROUND * sum(own[max(0, at - 2) : at] + own[at + 1 : at + 3])
        for at in range(len(own))
    ]


def _decide(weighed: Sequence[Weighed], place: float) -> Suggestion:
    around = Weighed(place, AMONG_REPORTS if place > 0 else AMONG_COMMENT)
    every = [*weighed, around]
    total = sum([each.weight for each in every])
    label = "news" if total > 0 else "speculative"
    side = [each for each in every if each.weight and (each.weight > 0) == (total > 0)]
    side.sort(key=lambda each: -abs(each.weight))
    score = 0.5 + 0.5 * (1 - exp(-abs(total) / CERTAIN))
    reasons = [each.reason for each in side[:3]] or ["reports nothing that can be checked"]
    return Suggestion(label, round(score, 2), tuple(reasons))


def _total(said: Suggestion) -> float:
    """The weight behind a suggestion, read back from its score."""
    size = -CERTAIN * log(max(0.01, 2 - 2 * said.score))
    return size if said.label == "news" else -size
