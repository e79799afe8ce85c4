"""Suggest what kind of text a passage is: news, speculative, spam, or no label."""

from collections.abc import Sequence
from math import exp
from typing import NamedTuple

from corpus.analysis import cues
from corpus.analysis.speech import Told, is_named, listen
from corpus.analysis.surroundings import Spam, surroundings
from corpus.analysis.widgets import APPARATUS
from corpus.text.fold import fold
from corpus.text.segment import Cut

VERSION = "reliability-1"

LOOKED_AT = 1_000  # characters of a passage
LEAD = 4  # passages that make the lead
MOSTLY_SPAM = 0.7  # of the characters
CERTAIN = 4.0  # weight at which a suggestion is nearly sure


class Suggestion(NamedTuple):
    label: str
    score: float
    reasons: tuple[str, ...]


class _Weighed(NamedTuple):
    weight: float
    reason: str


def label_passages(text: str, cuts: Sequence[Cut]) -> list[Suggestion]:
    """Suggest a label for each passage; headings and bylines of the piece get none."""
    spam = surroundings(text, cuts)
    found = cues.SCENARIO.search(text, 0, 200_000)
    scenario = found[0] if found else ""
    passages = [text[cut.start : min(cut.end, cut.start + LOOKED_AT)] for cut in cuts]
    return [
        _spam(spam[index]) if index in spam else _own(cut, words, told, scenario)
        for index, (cut, words, told) in enumerate(
            zip(cuts, passages, listen(passages), strict=True)
        )
    ]


def label_document(text: str, cuts: Sequence[Cut], suggestions: Sequence[Suggestion]) -> Suggestion:
    """Suggest what the document is by its lead: what the first sentences claim to report."""
    pairs = list(zip(cuts, suggestions, strict=True))
    own = [(cut, said) for cut, said in pairs if said.label in ("news", "speculative")]
    if not own or _spam_share(pairs) > MOSTLY_SPAM:
        return _without_body(text, pairs)
    lead = own[:LEAD]
    news = [pair for pair in lead if pair[1].label == "news"]
    scenario = cues.SCENARIO.search(text, 0, 200_000)
    if scenario and not news:
        return Suggestion("speculative", 0.9, (f"the text tells a scenario: “{scenario[0]}”",))
    label = "news" if sum(said.score for _, said in news) >= 0.6 else "speculative"
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


def _spam(spam: Spam) -> Suggestion:
    return Suggestion("spam", spam.score, (spam.reason,))


# --- passages of the piece ------------------------------------------------------------------


def _own(cut: Cut, words: str, told: Told, scenario: str) -> Suggestion:
    if reason := _apparatus(cut, words):
        return Suggestion("", 0.9, (reason,))
    return _decide(_weigh(told, scenario))


def _apparatus(cut: Cut, words: str) -> str:
    if cut.kind == "heading":
        return "a heading: headings get no label"
    if not any(map(str.isalpha, words)):
        return "no words"
    if len(words) > 300:
        return ""
    low = fold(words)
    kinds = APPARATUS if cut.kind == "fragment" else APPARATUS[1:]
    found = next((each.reason for each in kinds if each.shape.fullmatch(low)), "")
    return found and f"{found}: these get no label"


def _decide(weighed: list[_Weighed]) -> Suggestion:
    total = sum(each.weight for each in weighed)
    label = "news" if total > 0 else "speculative"
    side = [each for each in weighed if (each.weight > 0) == (total > 0)]
    side.sort(key=lambda each: -abs(each.weight))
    score = 0.5 + 0.5 * (1 - exp(-abs(total) / CERTAIN))
    reasons = [each.reason for each in side[:3]] or ["reports nothing that can be checked"]
    return Suggestion(label, round(score, 2), tuple(reasons))


def _weigh(told: Told, scenario: str) -> list[_Weighed]:
    said = told.outside
    weighed = []
    if told.speaker:
        weighed.append(_Weighed(6.0, told.speaker))
    if scenario:
        weighed.append(_Weighed(-5.0, f"the text tells a scenario: “{scenario}”"))
    contents = _found((cues.CONTENTS,), said)
    if is_named(said) or cues.SOMEBODY.search(said):
        weighed += _found(cues.OF_SOMEBODY, said)
    elif not contents:
        weighed += [NOBODY_NAMED, *_found((cues.FORECAST,), said)]
    return weighed + contents + _found(cues.OF_ANYBODY, said)


NOBODY_NAMED = _Weighed(-1.0, "names nobody who answers for it")


def _found(table: tuple[cues.Cue, ...], said: str) -> list[_Weighed]:
    found = [(cue, cue.shape.search(said)) for cue in table]
    return [
        _Weighed(cue.weight, f"{cue.reason}: “{match[0].strip()}”") for cue, match in found if match
    ]
