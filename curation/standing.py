"""The rule of standing: what the evidence makes of a claim. Pure: facts in, a word and why out.

ROWS, WEIGHTS, STRENGTH and CURRENCIES are the rule and its publication at once: the method
page prints the tables that decide here. Once released, a change of any of them is a new
RULE_VERSION: standings and editions tell by which rule they were judged.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from curation.counting import Weighed, as_confirmed
from curation.weighing import WEIGHTS, ClaimFacts, EvidenceFacts, PassageFacts, Verdict, Who, weigh

__all__ = [
    "CURRENCIES",
    "ROWS",
    "RULE_VERSION",
    "STRENGTH",
    "TO_COME",
    "WEIGHTS",
    "ClaimFacts",
    "EvidenceFacts",
    "PassageFacts",
    "Stands",
    "Verdict",
    "Who",
    "currency",
    "stand",
    "stand_confirmed",
    "weakest",
]

RULE_VERSION = "standing-1"  # the rule of the first release; what was tried before has no number


@dataclass(frozen=True)
class Row:
    word: str
    words: str
    fits: Callable[[Weighed], bool]


ROWS = (
    Row(
        "disputed",
        "a firm or fair quote supports it and another disputes it",
        lambda weighed: weighed.supported("firm", "fair") and weighed.disputed("firm", "fair"),
    ),
    Row(
        "doubtful",
        "a dispute outweighs everything that supports it",
        lambda weighed: weighed.outweighed,
    ),
    Row(
        "on record",
        "firm own records of every party whose act, decision or plan it states",
        lambda weighed: weighed.on_record,
    ),
    Row(
        "corroborated", "two firm supports of different origin", lambda weighed: bool(weighed.pair)
    ),
    Row(
        "reported",
        "one firm or fair support",
        lambda weighed: weighed.supported("firm", "fair"),
    ),
    Row("unverified", "one unverified support", lambda weighed: weighed.supported("unverified")),
    Row("doubtful", "only weak support", lambda weighed: weighed.supported("weak")),
    Row(
        "speculative",
        "only speculative support",
        lambda weighed: weighed.supported("speculative"),
    ),
    Row("unsupported", "nothing that supports it counts", lambda weighed: not weighed.supports),
)
STRENGTH = (  # high to low
    "on record",
    "corroborated",
    "reported",
    "unverified",
    "disputed",
    "doubtful",
    "speculative",
    "unsupported",
)
CURRENCIES = (
    ("current", "the desk knows of nothing newer"),
    ("overtaken", "events moved on, and a later claim replaced it"),
    ("date passed", "a plan or forecast whose last day is over, without a known outcome"),
    ("happened", "a plan or forecast that came about"),
    ("happened in part", "a plan or forecast of which some came about"),
    ("did not happen", "a plan or forecast that came to nothing"),
    ("cannot be found out", "a plan or forecast of which nobody can tell what became of it"),
)
TO_COME = ("plan", "forecast")


@dataclass(frozen=True)
class Stands:
    word: str
    why: list[str]
    counted: list[Verdict]  # one a quote, in the order given


def stand(claim: ClaimFacts) -> Stands:
    """Say how a claim stands: the word of the first row that fits."""
    verdicts = [weigh(evidence) for evidence in claim.evidence]
    weighed = Weighed.of(claim, verdicts)
    row = next(row for row in ROWS if row.fits(weighed))
    counted = [weighed.once(verdict) for verdict in verdicts]
    return Stands(row.word, list(_why(row, weighed, counted)), counted)


def stand_confirmed(claim: ClaimFacts) -> str:
    """The word without the copies that nobody has confirmed: it alone moves what readers see."""
    return stand(as_confirmed(claim)).word


def weakest(words: Iterable[str]) -> str:
    """The standing of a sentence: that of its weakest claim."""
    return max(words, key=STRENGTH.index)


def currency(claim: ClaimFacts, today: date) -> str:
    if "overtaken" in claim.replaced_because:
        return "overtaken"
    if claim.outcome:
        return claim.outcome
    if claim.told_as in TO_COME and claim.last_day and claim.last_day < today:
        return "date passed"
    return "current"


# --- the reasons, in words --------------------------------------------------------------------

NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def _why(row: Row, weighed: Weighed, counted: Sequence[Verdict]) -> Iterator[str]:
    if row.word == "unsupported":
        yield from _why_unsupported(counted)
    else:
        yield from _why_supported(row, weighed, counted)
    if weighed.disputes:
        yield _disputed(row, weighed)


def _why_unsupported(counted: Sequence[Verdict]) -> Iterator[str]:
    waiting = [each for each in counted if each.stance == "supports"]
    yield "no quote supports it" if not waiting else "no quote that supports it counts"
    yield from sorted({reason for each in waiting for reason in each.reasons})


def _why_supported(row: Row, weighed: Weighed, counted: Sequence[Verdict]) -> Iterator[str]:
    if row.word == "on record":
        carrying = weighed.own_records
        acting = _listed(who.name for who in weighed.claim.acting)
        yield f"own {'record' if len(weighed.claim.acting) == 1 else 'records'} of {acting}"
    else:
        carrying = _strongest(each for each in counted if each.stance == "supports")
        yield _origins(carrying)
    yield from dict.fromkeys(reason for each in carrying for reason in each.reasons)


def _origins(carrying: Sequence[Verdict]) -> str:
    names = _names(carrying)
    if names == ["unknown origin"]:
        return "origin unknown"
    number = NUMBERS[len(names)] if len(names) < len(NUMBERS) else str(len(names))
    return f"{number} {'origin' if len(names) == 1 else 'origins'}, {_listed(names)}"


def _disputed(row: Row, weighed: Weighed) -> str:
    by = f"disputed by {_listed(_names(_strongest(weighed.disputes)))}"
    weight = weighed.disputes[0].weight
    if row.word == "disputed":
        return by
    if weighed.outweighed:
        return f"{by}, which outweighs what supports it ({weight})"
    return f"{by}, which changes nothing ({weight})"


def _strongest(verdicts: Iterable[Verdict]) -> list[Verdict]:
    """Those that count and weigh most, in an order that the order given does not change."""
    counting = [each for each in verdicts if each.counts]
    best = max(each.rank for each in counting)
    return sorted((each for each in counting if each.rank == best), key=lambda each: each.quote)


def _names(verdicts: Iterable[Verdict]) -> list[str]:
    return list(dict.fromkeys(each.origin for each in verdicts))


def _listed(names: Iterable[str]) -> str:
    *most, last = names
    return f"{', '.join(most)} and {last}" if most else last
