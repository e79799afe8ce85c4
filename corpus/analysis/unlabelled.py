"""Tell what is part of the piece and is never evidence: headings, captions, bylines, date lines."""

from bisect import bisect_right
from collections.abc import Sequence

from corpus.analysis.line_reasons import OF_THE_PIECE
from corpus.analysis.surroundings import Spam
from corpus.analysis.widgets import APPARATUS, Whichever
from corpus.text.fold import fold
from corpus.text.segment import Cut

LONGEST = 300  # characters; beyond that it is text, whatever it begins with


def captions_in(cuts: Sequence[Cut], structure: Sequence[tuple[int, int, str]]) -> set[int]:
    """The passages that the markup sets as captions."""
    starts = [cut.start for cut in cuts]
    found: set[int] = set()
    for start, end, sign in structure:
        if sign == "caption":
            inside = range(bisect_right(starts, start - 1), bisect_right(starts, end - 1))
            found.update(at for at in inside if cuts[at].end <= end)
    return found


def why_unlabelled(cut: Cut, words: str, said: Spam | None, *, is_caption: bool) -> str:
    """Return the reason why a passage gets no label; empty when it is to have one.

    What a rule or an editors' pattern calls spam is spam.
    """
    if said and said.pattern:
        return ""
    if not any(map(str.isalpha, words)):
        return "no words"
    if kind := _kind(cut, words, said, is_caption):
        return f"{kind}: these get no label"
    return "a heading: headings get no label" if cut.kind == "heading" and not said else ""


_OF_A_LINE, _OF_A_SENTENCE = Whichever(APPARATUS), Whichever(APPARATUS[1:])


def _kind(cut: Cut, words: str, said: Spam | None, is_caption: bool) -> str:
    if is_caption:
        return "a caption"
    if len(words) <= LONGEST and (cut.kind != "heading" or said):
        low = fold(words)
        kinds = _OF_A_LINE if cut.kind in ("fragment", "heading") else _OF_A_SENTENCE
        if found := kinds.fits(low):
            return found.reason
    if not said:
        return ""
    told = [reason for reason in said.reasons if ":" in reason]
    return next((each for each in OF_THE_PIECE if any(t.startswith(each) for t in told)), "")
