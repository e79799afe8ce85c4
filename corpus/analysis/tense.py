"""Tell from the words near a place whether a sentence speaks of what is ahead or behind."""

import re
from enum import Enum


class Direction(Enum):
    AHEAD = "ahead"
    BEHIND = "behind"
    UNKNOWN = "unknown"


_FAR = 120  # characters
_SENTENCE_END = re.compile(r"[.!?]\s|\n")
_TELLING = re.compile(
    r"\b(?:"
    r"(?P<ahead>(?:(?:will|shall|would|may|might|could)(?:\s(?:not|also|be|have)){0,3}|to\sbe)"
    r"(?:\s[a-z]+ed\b)?"
    r"|plans?|planning|upcoming|aims?|aiming|intends?|targets?|targeting|hopes?|set\sto|due"
    r"|(?:planned|expected|scheduled|slated|targeted)\s(?:to|for|in|on|by))"
    r"|planned|expected|scheduled"  # "the planned launch": tells nothing
    r"|(?P<behind>said|says|told|was|were|had|has|have|did|met|began|flew|went|left|took|made|won"
    r"|held|came|gave|saw|sent|set|put|became|fell|rose|spoke|wrote|found|lost|paid|led"
    r"|[a-z]{2,}ed))\b"
)


def direction(text: str, start: int, end: int) -> Direction:
    """Judge by the nearest telling verb of the sentence, before the place or else behind it."""
    # "expected on Tuesday": the date's first word may belong to the telling ones.
    before = _SENTENCE_END.split(text[max(0, start - _FAR) : start])[-1]
    before += text[start:end].partition(" ")[0]
    after = _SENTENCE_END.split(text[end : end + _FAR])[0]
    said = [*_telling(before)][-1:] or [*_telling(after)][:1]
    if not said:
        return Direction.UNKNOWN
    return Direction.AHEAD if said[0]["ahead"] else Direction.BEHIND


def _telling(words: str) -> list[re.Match[str]]:
    return [match for match in _TELLING.finditer(words) if match["ahead"] or match["behind"]]
