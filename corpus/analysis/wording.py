"""How far a sentence forecasts, or leaves open what it tells: scores that can be explained."""

import json
from collections.abc import Sequence
from functools import cache
from math import exp
from pathlib import Path
from typing import Any, NamedTuple

from corpus.analysis import hedging
from corpus.analysis.findings import signs
from corpus.analysis.hedging_words import words as listed

WEIGHTS = Path(__file__).parent / "learned" / "wording.json"
# The names of weights: how far a sentence is worded like a finding of science, and how far such a
# sentence is uncertain.
LIKE_FINDING, FINDING = "finding", "uncertain finding"

# Words that every English text is made of: the names and subjects of a set teach nothing else.
_SMALL = listed("""
    a; an; the; this; that; these; those; it; its; there; here; i; me; my; mine; we; us; our;
    ours; you; your; yours; he; she; they; him; her; his; them; their; who; which; whose; what;
    when; where; why; how; and; but; or; so; because; since; while; although; though; however;
    therefore; thus; then; than; as; of; in; on; at; by; for; from; with; into; onto; over; under;
    after; before; during; until; through; between; about; against; within; without; only; just;
    also; even; still; already; now; currently; again; ever; often; usually; always; sometimes;
    recently; today; yesterday; ago; last; once; any; some; every; each; all; most; many; few;
    several; such; another; other; first; new; more; less; very; too; be; being; been; is; are;
    was; were; has; have; had; having; do; does; did; doing; get; make; take; go; come; give; use;
    used; using; work; based; like; up; out; off; down; not; n't; no; will; would; can; could;
    may; might; must; should; shall; to; if; ,; :; (; ); "; “; ”; -; —; –; !; ?; .; $; %
    """)
_ME = frozenset(("i", "me", "my", "we", "us", "our", "you", "your"))
_EVENTS = frozenset(("past", "present", "purpose", "future", "intention", "necessity"))
_REAL = frozenset(("past", "present", "attribution", "evaluation", "negation"))
_OPEN = frozenset((
    "possibility", "future", "necessity", "hypothesis", "condition", "intention", "belief",
    "hearsay", "question", "year ahead", "ability", "purpose", "command",
))  # fmt: skip
_TENSED = frozenset(("future", "possibility", "intention", "hypothesis"))
_AUXILIARY = frozenset(("was", "were", "had", "been", "has", "have"))
_MANY_EVENTS, _MANY_WORDS = 6, 7
_THEN = " then "


class Reading(NamedTuple):
    score: float  # 0 to 1; from a half on the answer is yes
    reasons: tuple[str, ...]


def forecast_score(sentence: str) -> float:
    """How far the sentence speaks of what is to come."""
    return _score("forecast", features(sentence))


def uncertain_score(sentence: str) -> float:
    """How far the sentence leaves open whether what it tells happened."""
    found = features(sentence)
    return _score(weighed_as("uncertain", sentence, found), found)


SCORES = {"forecast": forecast_score, "uncertain": uncertain_score}


def explain(kind: str, sentence: str) -> Reading:
    """The score with what decided it, the heaviest first."""
    found = features(sentence)
    kind = weighed_as(kind, sentence, found)
    weights = _learned(kind)["weights"]
    score = _score(kind, found)
    side = 1 if score >= 0.5 else -1
    told = sorted(found, key=lambda name: (-side * weights.get(name, 0.0), name))
    heavy = [name for name in told[:3] if side * weights.get(name, 0.0) > 0]
    read_as = ("is worded like a finding of science",) if kind == FINDING else ()
    return Reading(score, read_as + (tuple(map(in_words, heavy)) or ("says too little to tell",)))


def weighed_as(kind: str, sentence: str, found: set[str]) -> str:
    """A finding of science is open where it hedges; elsewhere much that has not happened is."""
    if kind == "uncertain" and _score(LIKE_FINDING, like_finding(sentence, found)) >= 0.5:
        return FINDING
    return kind


def like_finding(sentence: str, found: set[str]) -> set[str]:
    """What tells a finding: kinds of cues rather than each, and words of research.

    Marks are left out: sets differ in how they write them.
    """
    kept = {name for name in found if name[0].isalpha() and _THEN not in name}
    kept -= {name for name in kept if name.startswith(("cue: ", "first: "))}
    return kept | signs(sentence, hedging.tokens(sentence))


def features(sentence: str) -> set[str]:
    """What a sentence is weighed by: small words, cues and their kinds, and its shape."""
    words = hedging.tokens(sentence)
    spots = hedging.spots(words)
    found = {word for word in words if word in _SMALL}
    for at, end, kind in spots:
        key = f"kind: {kind}"
        found.add(f"{key}, again" if key in found else key)
        found.add(f"cue: {_cue(words, at, end, kind)}")
    found.update(_shape(words, [kind for _, _, kind in spots]))
    found.update(_next_to(words, spots))
    return found


def _cue(words: list[str], at: int, end: int, kind: str) -> str:
    if words[at] == "to" or (kind == "past" and words[at] not in hedging.PAST):
        return "purpose" if kind != "past" else kind
    return " ".join(words[at:end])


def _shape(words: list[str], kinds: list[str]) -> set[str]:
    events = sum(kind in _EVENTS for kind in kinds)
    found = {
        f"shape: events {min(events, _MANY_EVENTS)}",
        f"shape: length {min(len(words) // 6, _MANY_WORDS)}",
    }
    some = set(kinds)
    if not _ME.isdisjoint(words):
        found.add("shape: me or you")
    if some <= _REAL:
        found.add("shape: nothing open")
    if "past" in some and "present" not in some and some.isdisjoint(_OPEN):
        found.add("shape: only what was")
    if "attribution" in some and "would" in words:
        found.add("shape: said it would")
    if kinds:
        found.add(f"first: {kinds[0]}")
    return found


def _next_to(words: list[str], spots: Sequence[tuple[int, int, str]]) -> set[str]:
    found = set()
    behind, last = -9, ""
    for at, end, kind in spots:
        if at - behind <= 1:
            found.add(f"{last}{_THEN}{kind}")
        behind, last = end, kind
        if kind in _TENSED and at and words[at - 1] in _AUXILIARY:
            found.add(f"{words[at - 1]} + {kind}")
    return found


def _score(kind: str, found: set[str]) -> float:
    learned = _learned(kind)
    weights = learned["weights"]
    total = learned["bias"] + sum(weights[name] for name in found if name in weights)
    return 1 / (1 + exp(-total))


@cache
def _learned(kind: str) -> dict[str, Any]:
    return json.loads(WEIGHTS.read_text(encoding="utf-8"))[kind]


_COUNTED = {"research": "words of research", "names": "names in the middle of it"}
_SHAPES = {
    "me or you": "speaks of me, us or you",
    "nothing open": "nothing in it is left open",
    "only what was": "tells only what was",
    "said it would": "somebody said that it would be",
}


def in_words(name: str) -> str:
    head, colon, rest = name.partition(": ")
    if not colon:
        return f"the words “{name}”"
    if head in _COUNTED:
        return f"{_COUNTED[head]} ({rest})"
    if head == "kind":
        return hedging.SAYS[rest.removesuffix(", again")]
    if head == "first":
        return f"begins with this: {hedging.SAYS[rest]}"
    if head == "shape":
        told, _, number = rest.partition(" ")
        counted = {"events": "how much it tells", "length": "its length"}
        return _SHAPES.get(rest) or f"{counted[told]} ({number})"
    return hedging.SAYS[rest] if rest in ("past", "purpose") else f"“{rest}”"
