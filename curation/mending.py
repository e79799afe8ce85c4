"""What would mend an obstacle, by name: whom to name, what to quote, what to cite instead."""

import re
from collections.abc import Collection

from curation.gathering import Telling
from curation.standing import Verdict

UNKNOWN = "unknown origin"
_IN_BRACKETS = re.compile(r"\s\([^()]*\)$")  # "Orbital Ledger (sample)"


def plain(name: str) -> str:
    return _IN_BRACKETS.sub("", name)


def supports(telling: Telling, pk: int) -> list[Verdict]:
    return [each for each in telling.stands[pk].counted if each.stance == "supports"]


def counting(telling: Telling, pk: int) -> list[Verdict]:
    """The supports that count, the weightiest first."""
    return sorted(
        (each for each in supports(telling, pk) if each.counts), key=lambda one: -one.rank
    )


def who_says_so(telling: Telling, pk: int) -> str:
    """Whom a sentence on this claim may name; the source where nobody knows who said it first."""
    claim = telling.claims[pk]
    if claim.said_by_entity_id:
        return telling.entity(claim.said_by_entity_id).name
    for each in counting(telling, pk):
        if name := (each.facts.origin.name if each.facts.origin else each.facts.source):
            return plain(name)
    return claim.said_by_words or "whoever it is"


def document_of(telling: Telling, verdict: Verdict) -> str:
    title = telling.quotes[verdict.quote].capture.document.title
    return f"“{title}”" if title else "its text"


def what_would_lift(telling: Telling, pk: int) -> str:
    """The evidence that would let the claim stand higher, and how; empty where nothing could."""
    word, strongest = telling.stands[pk].word, counting(telling, pk)[:1]
    lifting = _LIFTS.get(word)
    return lifting(telling, pk, strongest[0]) if lifting and strongest else _UNMOVED.get(word, "")


def _from_reported(telling: Telling, pk: int, best: Verdict) -> str:
    if best.weight == "firm":
        return f"A firm quote of {_another_origin(telling, pk)} corroborates it."
    if best.facts.grade == "F":
        return f"A grade for {plain(best.facts.source) or 'its source'} makes its quote firm."
    return f"Judging the credibility of what is quoted from {document_of(telling, best)} helps."


def _from_unverified(telling: Telling, pk: int, best: Verdict) -> str:
    source = plain(best.facts.source)
    grade = f"A grade for {source}" if source else "Naming and grading its source"
    return f"{grade}, or a quote of news from a source graded A–C, lifts it to reported."


def _from_doubtful(telling: Telling, pk: int, best: Verdict) -> str:
    if "speaker not traced" in best.reasons:
        return "Finding out who is quoted, or another source graded A–C, lifts it."
    return f"A quote of news graded A–C, of {_another_origin(telling, pk)}, lifts it."


def _from_speculative(telling: Telling, pk: int, best: Verdict) -> str:
    return "A quote that reports it as news lifts it; more comment does not."


_LIFTS = {
    "reported": _from_reported,
    "unverified": _from_unverified,
    "doubtful": _from_doubtful,
    "speculative": _from_speculative,
}
_UNMOVED = {
    "unsupported": "A quote of news that says so gives it something to stand on.",
    "disputed": "What settles it is a claim that takes its place.",
}


def _another_origin(telling: Telling, pk: int) -> str:
    return another_than({each.origin for each in counting(telling, pk)})


def another_than(origins: Collection[str]) -> str:
    """All unknown origins are one: one more of them is no other."""
    known = sorted(plain(origin) for origin in origins if origin != UNKNOWN)
    return f"an origin other than {' or '.join(known)}" if known else "an origin that is known"


# --- what to do about evidence that does not count ----------------------------------------------

_DO = (
    ("not ticked", "Read the quote of {document}, then tick it."),
    ("waits for the tick", "Read the quote of {document}, then tick it."),
    ("labelled", "Label the passage of {document} that is quoted."),
    ("spam", "Quote words of {document} that are no spam."),
    ("headings", "Quote a sentence of {document}, not its heading."),
    ("repeats", "Quote {document} where these words stand first."),
    ("set aside", "Quote another text: the import of {document} was set aside."),
    ("removed", "Quote another text: the words of {document} were removed."),
)


def what_would_count(telling: Telling, pk: int) -> str:
    """What gives a claim that nothing supports something that does."""
    for each in supports(telling, pk):
        for reason, words in _DO:
            if any(reason in why for why in each.reasons):
                return words.format(document=document_of(telling, each))
    return f"Put a quote to {telling.claims[pk].key} that says so, or cite another claim."


# --- what to cite -------------------------------------------------------------------------------

_WORD = re.compile(r"\w{4,}")


def nearest_claim(telling: Telling, text: str) -> str:
    """The key of the page's claim that shares most words with a sentence; without one any key."""
    told = set(_WORD.findall(text.lower()))
    shared = {
        claim.key: len(told & set(_WORD.findall(claim.words.lower())))
        for claim in telling.claims.values()
    }
    return max(shared, key=lambda key: shared[key], default="c12")
