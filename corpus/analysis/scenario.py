"""Tell the texts that play in the future, also those that tell it as past."""

import re
from collections.abc import Sequence

from corpus.analysis import cues, hedging

LOOKED_AT = 200_000  # characters
TOLD = "the text tells a scenario"
OFTEN = 2  # sentences that tell as done what lies ahead; a single one may be a slip

_AHEAD = re.compile(r"\b(?:in|since|by|until|of|during|around) (?P<year>20[3-9]\d|2[1-9]\d\d)\b")
_OPEN = frozenset(
    ("future", "intention", "hypothesis", "possibility", "condition", "necessity", "attribution")
)


def scenario_in(text: str, passages: Sequence[str], as_of: int | None = None) -> str:
    """Return the words that give it away, or nothing.

    `as_of` is the year in which the text was collected: what it tells as done in a later
    year did not happen. Without it only the wording is asked.
    """
    if found := cues.SCENARIO.search(text, 0, LOOKED_AT):
        return found[0].strip(" *#-–—\n")
    ahead = [said for words in passages if as_of and (said := _told_as_done(words, as_of))]
    return ahead[0] if len(ahead) >= OFTEN else ""


def _told_as_done(words: str, as_of: int) -> str:
    years = (match for match in _AHEAD.finditer(words) if int(match["year"]) > as_of)
    year = next(years, None)
    if not year:
        return ""
    kinds = {cue.kind for cue in hedging.read(words)}
    return year[0] if "past" in kinds and kinds.isdisjoint(_OPEN) else ""
