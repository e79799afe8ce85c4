"""Weigh the words of one passage: what speaks for news, and what for comment."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from corpus.analysis import cues, hedging
from corpus.analysis.hedging_words import words
from corpus.analysis.needed_words import Needs
from corpus.analysis.scenario import TOLD
from corpus.analysis.speech import Told, is_named


class Weighed(NamedTuple):
    weight: float
    reason: str


class _Kind(NamedTuple):
    of_nobody: float
    of_the_thing: float  # "the rover will": the piece has said whose it is
    of_somebody: float  # where somebody is named who answers for it
    reason: str


# What the reading of hedges adds.  A plan of a named body is reported; the same words
# about the world are a forecast.
_KINDS = {
    "future": _Kind(-1.5, -0.4, 1.0, "says what is to come"),
    "intention": _Kind(-0.5, 0.0, 0.5, "states an intention"),
    "possibility": _Kind(-2.5, -2.5, -2.0, "says what may come"),
    "hypothesis": _Kind(-2.0, -1.2, -0.8, "tells something imagined"),
    "ability": _Kind(-0.5, -0.5, -0.5, "says what is made possible"),
    "belief": _Kind(-1.5, -1.5, -0.5, "says what somebody thinks"),
    "question": _Kind(-2.0, -2.0, -2.0, "asks"),
    "command": _Kind(-1.5, -1.5, -1.5, "speaks to the reader"),
    "hearsay": _Kind(-0.5, -0.5, 0.0, "passes on hearsay"),
}
SCENARIO = -9.0  # fiction reports nothing, however firmly it speaks
_PLAIN = Weighed(1.0, "states plainly what is")
_VAGUE = Weighed(0.5, "states plainly what is")
_PAST = 1.5
_DEFINITE = re.compile(
    r"\W*(?:the|its?|they|their|he|she|his|her|this|both|two|three|four|five|six|eight|ten|a|an"
    r"|each|one|under|in|on|at|for|with|after|before|between|during|about|some|among|engineers"
    r"|technicians|astronauts|scientists|officials|ministers|teams?|crews?|work|lawyers|reviewers"
    r"|negotiators|inspectors|delegations?|no)\b",
    re.IGNORECASE,
)
_NOT_PAST_BEHIND = words(
    "a; an; the; this; that; of; with; by; and; or; more; most; very; its; their; our; his; her;"
    "in; for; as"
)
_BARE_BEHIND = words("be; to; will; would; can; could; may; might; must; should; shall; not")
_QUESTION_MARK = re.compile(r"\?[\s”\"')\]]*$")
_WORDS = 4  # shorter sentences state nothing that can be checked


def weigh(told: Told, scenario: str) -> list[Weighed]:
    said = told.outside
    low = said.lower()
    weighed = []
    if told.speaker:
        weighed.append(Weighed(6.0, told.speaker))
    if scenario:
        weighed.append(Weighed(SCENARIO, f"{TOLD}: “{scenario}”"))
    can_hold = _NEEDS.can_hold(said, low)
    contents = _found(_CONTENTS, can_hold, said, low)
    named = is_named(said) or bool(can_hold & _SOMEBODY and cues.SOMEBODY.search(low))
    if named:
        weighed += _found(_OF_SOMEBODY, can_hold, said, low)
    elif not contents:
        weighed.append(_NOBODY_HERE if _DEFINITE.match(said) else _NOBODY)
    comment = _found(_OF_ANYBODY, can_hold, said, low)
    who = 2 if named or contents else 1 if _DEFINITE.match(said) else 0
    read = _read(said, who)
    weighed += contents + comment + read
    if not _speaks_against(comment + read) and said.count(" ") >= _WORDS:
        weighed.append(_PLAIN if who else _VAGUE)
    return weighed


_NOBODY = Weighed(-1.0, "names nobody who answers for it")
_NOBODY_HERE = Weighed(-0.25, "names nobody who answers for it")


def _speaks_against(weighed: list[Weighed]) -> bool:
    return any(each.weight < -0.5 for each in weighed)


def _read(said: str, who: int) -> list[Weighed]:
    """What the shared reading of hedges says, once for each kind."""
    found: dict[str, Weighed] = {}
    for cue in hedging.read(said):
        if cue.kind in found:
            continue
        if cue.kind == "past":
            if _happened(said, cue):
                found["past"] = Weighed(_PAST, f"tells what was: “{cue.words}”")
        elif (kind := _KINDS.get(cue.kind)) and _counts(cue, said):
            weight = (kind.of_nobody, kind.of_the_thing, kind.of_somebody)[who]
            reason = "states a plan" if weight > 0 else kind.reason
            found[cue.kind] = Weighed(weight, f"{reason}: “{cue.words}”")
    return [each for each in found.values() if each.weight]


def _counts(cue: hedging.Cue, said: str) -> bool:
    if cue.kind == "question":
        return cue.words == "?" and bool(_QUESTION_MARK.search(said))
    if cue.words == "may":
        return said[cue.start] == "m"
    return cue.words not in _NO_COMMENT


# Cues that plain reports are full of.
_NO_COMMENT = words("""
    impossible; planned; plans; proposed; plan for; opportunity; target; objective; objectives;
    goal; goals; sure; required; long-term; expected; considered; estimated; estimate; estimates;
    purpose; mission is to; designed to; call for; called for; calls for; request; requested;
    otherwise; soon; pending; upcoming; indicates that; unknown; risk of; chance; chances;
    scenario; allows; allow; enable; help; helps; capable of; able to; allowed; helped; concern;
    concerns; concerned; concerning; proposal; asked to; ask to; invited to; invited; urged to;
    order to; ordered to; opinion; outlook; deadline; opens; up to; as much as; suggests; future
    """)


def _happened(said: str, cue: hedging.Cue) -> bool:
    """Whether a past form tells an event, and is not "the advanced tools" or "is based"."""
    if cue.words in ("has", "have", "'ve", "been"):
        return cue.words == "been" or bool(_PERFECT.match(said, cue.start))
    if cue.words in ("called", "named") and said[cue.end + 1 : cue.end + 2].isupper():
        return False  # "a probe called Ramses"
    before = said[max(0, cue.start - 20) : cue.start].lower().split()[-1:]
    if cue.words.endswith("ed"):
        return not _NOT_PAST_BEHIND.intersection(before)
    return not _BARE_BEHIND.intersection(before)


_PERFECT = re.compile(
    r"(?:has|have|['’]ve) (?:not |also |already |since |now |never |long |just )?"
    r"\w+(?:ed|en|ne|de|nt|un|ut|ld|lt|it)\b"
)


# A passage holds three or so of the cues: the others are not even looked for.
_EVERY = (cues.CONTENTS, *cues.OF_SOMEBODY, *cues.OF_ANYBODY)
_NEEDS = Needs(
    [*(cue.words for cue in _EVERY), cues.SOMEBODY.pattern],
    [*(cue.cased for cue in _EVERY), False],
)
_Table = Sequence[tuple[int, cues.Cue]]  # each with its bit
_BITS: _Table = [(1 << place, cue) for place, cue in enumerate(_EVERY)]
_CONTENTS, _OF_SOMEBODY = _BITS[:1], _BITS[1 : 1 + len(cues.OF_SOMEBODY)]
_OF_ANYBODY, _SOMEBODY = _BITS[1 + len(cues.OF_SOMEBODY) :], 1 << len(_EVERY)


def _found(table: _Table, can_hold: int, said: str, low: str) -> list[Weighed]:
    return [
        Weighed(cue.weight, f"{cue.reason}: “{match}”")
        for bit, cue in table
        if can_hold & bit and (match := cue.found(said, low))
    ]
