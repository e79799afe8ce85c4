"""Find who speaks in quotation marks, also over several passages, and what stands outside them."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from corpus.analysis import cues

LONGEST_RUN = 8  # passages; a mark that nobody closed ends there
QUOTES = "quotes a person or body that is named"
GOES_ON = "belongs to the words of a named speaker"

_QUOTED = re.compile(r"“[^“”]*(?:”|$)|\"[^\"]*(?:\"|$)")
_SPEAKS = re.compile(rf"\b(?:{cues.SPEAKS}|according to)\b", re.IGNORECASE)
_PRONOUN = re.compile(rf"\b(?:he|she) (?:{cues.SPEAKS})\b", re.IGNORECASE)
_CAPITAL = re.compile(r"[A-Z](?<!\w.)[\w'-]*(?:\.[A-Z])*")
_ACRONYM = re.compile(r"[A-Z][a-z]*[A-Z]")
_DROPPED = " … "


class Told(NamedTuple):
    outside: str  # the words outside quotation marks
    speaker: str  # who is quoted, as a reason; empty if nobody is named


def listen(passages: Sequence[str]) -> list[Told]:
    """Return for each passage what is said outside quotes, and whether a named person speaks."""
    runs, whole = _runs(passages)
    outside = [_outside(words) for words in whole]
    speaks = [_quotes(words, said) for words, said in zip(whole, outside, strict=True)]
    named = {run for run, each in zip(runs, speaks, strict=True) if each and run}
    return [
        Told(said, QUOTES if each else GOES_ON if run in named else "")
        for said, each, run in zip(outside, speaks, runs, strict=True)
    ]


def is_named(said: str) -> bool:
    """Whether a person or body is named: a capital inside the sentence, or an acronym."""
    for match in _CAPITAL.finditer(said):
        word = match[0].split("'")[0]
        if word.lower() in cues.NOBODY:
            continue
        before = said[max(0, match.start() - 8) : match.start()].rstrip()[-1:]
        if (match.start() and before not in ".:*!?…") or _ACRONYM.match(word) or "'s" in match[0]:
            return True
    return False


def _runs(passages: Sequence[str]) -> tuple[list[int], list[str]]:
    """Number the quotations that span passages (0: none), and open each passage inside one."""
    runs, whole = [], []
    run, mark, length = 0, "", 0
    for words in passages:
        inside = mark
        whole.append(inside + words)
        mark = _left_open(inside + words)
        if mark and not inside:
            run, length = run + 1, 0
        runs.append(run if mark or inside else 0)
        length += 1
        mark = mark if length < LONGEST_RUN else ""
    return runs, whole


def _left_open(words: str) -> str:
    if words.rfind("“") > words.rfind("”"):
        return "“"
    return '"' if words.count('"') % 2 else ""


def _outside(words: str) -> str:
    """Drop quoted speech, but keep quoted terms of a few words."""
    if "“" in words or '"' in words:
        words = _QUOTED.sub(lambda said: said[0] if said[0].count(" ") < 3 else _DROPPED, words)
    return words.replace("’", "'")


def _quotes(words: str, said: str) -> bool:
    if said.count(_DROPPED) <= words.count(_DROPPED):
        return False
    return bool(_PRONOUN.search(said) or (is_named(said) and _SPEAKS.search(said)))
