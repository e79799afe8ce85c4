"""Suggest which passages are no part of the piece, from all that speaks for it.

Rules (widgets, neighbours, teasers), what was learned of lines, what the markup said, the same
line in other documents of the source, and the patterns that editors wrote down.
"""

from bisect import bisect_right
from collections.abc import Sequence
from math import log

from corpus.analysis.line_model import SUGGEST
from corpus.analysis.spam_lines import Known, Score, raised, spam_scores
from corpus.analysis.surroundings import Spam, surroundings
from corpus.text.fingerprint import words
from corpus.text.marked_up import pieces
from corpus.text.segment import Cut

Sign = tuple[int, int, str]  # what the markup said of [start, end)
Written = tuple[str, str, str, str]  # an editors' pattern: key, words, "whole" or "part", reason

# Log odds. Of lines that one extractor kept and another left out 68 in 100 were no part of the
# piece, of the others 9; with the words and places of the lines weighed as well, this remains.
LEFT_OUT = Known(1.5, "the extractor leaves it out of the article")
SIGNS = {
    "left out": LEFT_OUT,
    "navigation": Known(2.5, "the page marks it as navigation"),
    "link": Known(1.0, "nothing but a link"),
}
OF_MANY = 3  # other documents of the source with the same line
MOSTLY = 0.5  # of the characters stand elsewhere: then the document is a copy, its lines are not
WRITTEN = 0.9  # the score of a passage that an editors' pattern fits
LEAST_LINES = 4  # a line is judged by those around it: fewer tell nothing
SURE_OF_A_HEADING = 0.6  # headings of the piece look like those of other pieces
LONGEST_WIDGET_LINE = 60  # characters; what is longer and stands twice is a sentence
LONG_SENTENCE, SURE_OF_A_SENTENCE = 90, 0.9  # to lose one costs more than a widget that stays
MOST_REASONS = 3


def spam_passages(
    text: str,
    cuts: Sequence[Cut],
    *,
    structure: Sequence[Sign] = (),
    title: str = "",
    repeated: Sequence[int] = (),
    patterns: Sequence[Written] = (),
) -> dict[int, Spam]:
    """Return the suggestions by the index of the passage, those of rules first in their reasons.

    `repeated` says of each passage in how many other documents of its source the same words stand.
    """
    shown = pieces(text, structure)
    starts = [start for start, _ in shown]
    places = [max(0, bisect_right(starts, cut.start) - 1) for cut in cuts]
    ruled = surroundings(text, cuts, places)
    written = _written(text, cuts, patterns) if patterns else {}
    known = _marked(starts, [end for _, end in shown], structure) if structure else ()
    lines = [text[start:end] for start, end in shown]
    scores = _scores(lines, title or _headline(text, cuts, ruled), known)
    often = repeated if repeated and not _is_copy(cuts, repeated) else [0] * len(cuts)
    found = {}
    for index, place in enumerate(places):
        decided = [spam for spam in (written.get(index), ruled.get(index)) if spam]
        said = _repeated(scores[place], often[index])
        if decided or said.score >= _least(cuts[index]):
            found[index] = _together(decided, said)
    return found


def _scores(lines: Sequence[str], title: str, known: Sequence[Sequence[Known]]) -> Sequence[Score]:
    """One score for the same sentences: that they stand twice is no reason against them."""
    if len(lines) < LEAST_LINES:
        return [Score(0.0, ())] * max(1, len(lines))
    scores = spam_scores(lines, title=title, known=known)
    lowest: dict[str, Score] = {}
    for line, said in zip(lines, scores, strict=True):
        lowest[line] = min(said, lowest.get(line, said))
    return [
        lowest[line] if len(line) > LONGEST_WIDGET_LINE else said
        for line, said in zip(lines, scores, strict=True)
    ]


def _least(cut: Cut) -> float:
    """From which score on the lines alone make a passage spam."""
    if cut.kind == "heading":
        return SURE_OF_A_HEADING
    is_long = cut.kind == "sentence" and cut.end - cut.start > LONG_SENTENCE
    return SURE_OF_A_SENTENCE if is_long else SUGGEST


def _together(decided: Sequence[Spam], said: Score) -> Spam:
    """The highest score; where a pattern decided, of the lines only what tells another thing."""
    reasons = [reason for spam in decided for reason in spam.reasons]
    reasons += [reason for reason in said.reasons if not decided or "“" not in reason]
    score = max([said.score, *(spam.score for spam in decided)])
    return Spam(score, tuple(reasons)[:MOST_REASONS], decided[0].pattern if decided else "")


def _headline(text: str, cuts: Sequence[Cut], ruled: dict[int, Spam]) -> str:
    """What stands for a title that nobody gave: the first heading, if it opens the piece."""
    first = next((at for at in range(len(cuts)) if at not in ruled), None)
    if first is None or cuts[first].kind != "heading":
        return ""
    return text[cuts[first].start : cuts[first].end].strip("#* ")


def _marked(
    starts: Sequence[int], ends: Sequence[int], structure: Sequence[Sign]
) -> list[list[Known]]:
    """What the markup said of each line of the page."""
    known: list[list[Known]] = [[] for _ in starts]
    for start, end, sign in structure:
        if sign not in SIGNS:
            continue
        for place in range(max(0, bisect_right(starts, start) - 1), bisect_right(starts, end - 1)):
            size = ends[place] - starts[place]
            if 2 * (min(end, ends[place]) - max(start, starts[place])) > size:
                known[place].append(SIGNS[sign])
    return known


# --- the same line elsewhere -----------------------------------------------------------------


def _is_copy(cuts: Sequence[Cut], repeated: Sequence[int]) -> bool:
    sizes = [cut.end - cut.start for cut in cuts]
    again = sum(size for size, often in zip(sizes, repeated, strict=True) if often >= OF_MANY)
    return again > MOSTLY * sum(sizes)


def _repeated(said: Score, elsewhere: int) -> Score:
    if elsewhere < OF_MANY:
        return said
    known = Known(
        2 + log(elsewhere), f"the same line stands in {elsewhere} documents of this source"
    )
    return Score(raised(said.score, [known]), (known.reason, *said.reasons))


# --- what editors wrote down -----------------------------------------------------------------


def _written(text: str, cuts: Sequence[Cut], patterns: Sequence[Written]) -> dict[int, Spam]:
    """The passages that are, or hold, the words of a pattern; case and accents do not matter."""
    whole: dict[str, Spam] = {}
    part: list[tuple[str, Spam]] = []
    for key, pattern, fits, reason in patterns:
        if not (spaced := _spaced(pattern)):
            continue
        spam = Spam(WRITTEN, (reason,), key)
        if fits == "whole":
            whole.setdefault(spaced, spam)
        else:
            part.append((spaced, spam))
    found = {}
    for index, cut in enumerate(cuts):
        own = _spaced(text[cut.start : cut.end])
        fitting = whole.get(own) or next((spam for held, spam in part if held in own), None)
        if fitting:
            found[index] = fitting
    return found


def _spaced(of: str) -> str:
    """The words with a space around each, so that a part begins and ends with a word."""
    found = words(of)
    return f" {' '.join(found)} " if found else ""
