"""Tell the texts that play in the future, also those that tell it as past."""

import re
from collections.abc import Sequence

from corpus.analysis import cues, hedging
from corpus.text.fold import like_lower

LOOKED_AT = 200_000  # characters
TOLD = "the text tells a scenario"
OFTEN = 2  # sentences that tell as done what lies ahead; a single one may be a slip

_AHEAD = re.compile(r"\b(?:in|since|by|until|of|during|around) (?P<year>20[3-9]\d|2[1-9]\d\d)\b")
_YEAR = re.compile(r" 2(?:0[3-9]|[1-9]\d)\d\b")  # found much faster, and nearly never there
_OPEN = frozenset(
    ("future", "intention", "hypothesis", "possibility", "condition", "necessity", "attribution")
)


def scenario_in(text: str, passages: Sequence[str], as_of: int | None = None) -> str:
    """Return the words that give it away, or nothing.

    `as_of` is the year in which the text was collected: what it tells as done in a later
    year did not happen. Without it only the wording is asked.
    """
    if _may_be(text[:LOOKED_AT]) and (found := cues.SCENARIO.search(text, 0, LOOKED_AT)):
        return found[0].strip(" *#-–—\n")
    ahead = [said for words in passages if as_of and (said := _told_as_done(words, as_of))]
    return ahead[0] if len(ahead) >= OFTEN else ""


def _may_be(text: str) -> bool:
    """A quick look: the pattern ignores case, over the whole text, and is slow."""
    low = like_lower(text)
    is_sign = any(sign in low for sign in cues.SIGNS_OF_A_SCENARIO)
    return is_sign or bool(cues.YEAR_OF_A_SCENARIO.search(low))


def _told_as_done(words: str, as_of: int) -> str:
    if not _YEAR.search(words):
        return ""
    years = (match for match in _AHEAD.finditer(words) if int(match["year"]) > as_of)
    year = next(years, None)
    if not year:
        return ""
    kinds = {cue.kind for cue in hedging.read(words)}
    return year[0] if "past" in kinds and kinds.isdisjoint(_OPEN) else ""
