"""Find what a collected text calls itself."""

from collections.abc import Sequence

from corpus.analysis.reliability import Suggestion
from corpus.text.segment import Cut

LONGEST = 300
LONGEST_OPENING = 120  # a sentence that stands in for a headline


def headline(text: str, cuts: Sequence[Cut], suggestions: Sequence[Suggestion]) -> str:
    """Return the headline; without one the first sentence, shortened. Empty for no text."""
    own = [cut for cut, said in zip(cuts, suggestions, strict=True) if said.label != "spam"]
    for cut in own:
        if cut.kind == "heading":
            return shorten(_plain(text[cut.start : cut.end]), LONGEST)
        if cut.kind in ("sentence", "list_item"):
            break
    for cut in own or cuts:
        if cut.kind != "fragment" or cut is (own or cuts)[-1]:
            return shorten(_plain(text[cut.start : cut.end]), LONGEST_OPENING)
    return ""


def shorten(words: str, longest: int) -> str:
    """Cut at a word's end and say so with "…"."""
    if len(words) <= longest:
        return words
    head, space, _ = words[:longest].rpartition(" ")
    return (head if space else words[: longest - 1]).rstrip(" ,;:.–—-") + "…"


def _plain(words: str) -> str:
    return " ".join(words[: 4 * LONGEST].replace("**", "").strip("# ").split())
