"""What one quote weighs. Pure; a part of the rule of standing, and published with it."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

NOT_JUDGED = 6
SPEAKER_NOT_TRACED = "speaker_not_traced"


# --- what the rule is told --------------------------------------------------------------------


@dataclass(frozen=True)
class Who:
    """An entity, merged ones resolved; or somebody known by words alone (no id)."""

    id: int | None
    name: str


@dataclass(frozen=True)
class PassageFacts:
    """A passage that the quote touches. `label` is a person's; empty when nobody gave one."""

    label: str = ""
    credibility: int = NOT_JUDGED
    reasons: tuple[str, ...] = ()
    in_bulk: bool = False
    heading: bool = False  # as the machine cut it; a person's label goes before
    repeats: bool = False  # the very words of an earlier passage

    @property
    def ignored(self) -> bool:
        return self.label == "heading" or (self.heading and not self.label)


@dataclass(frozen=True)
class EvidenceFacts:
    id: int
    quote: int
    document: int
    passages: tuple[PassageFacts, ...]
    # Chains of copies are told by any number that their documents share; None: of no chain.
    chain: int | None = None  # by what the machine found and people said
    confirmed_chain: int | None = None  # by what people said alone
    independent_of: tuple[int, ...] = ()  # documents, by what people said
    stance: str = "supports"
    ticked: bool = True
    source: str = ""
    grade: str = "F"
    owner: Who | None = None
    origin: Who | None = None  # None: unknown
    document_credibility: int = NOT_JUDGED
    document_reasons: tuple[str, ...] = ()
    own_record_of: tuple[Who, ...] = ()
    withdrawn: str = ""  # why its text no longer counts
    lost: bool = False  # the machine does not find its words in the current text
    published: str = ""  # EDTF; told with the evidence, not weighed

    @property
    def touched(self) -> list[PassageFacts]:
        """Its passages but for the headings inside it."""
        return [passage for passage in self.passages if not passage.ignored]


@dataclass(frozen=True)
class ClaimFacts:
    id: int
    told_as: str = "fact"
    acting: tuple[Who, ...] = ()
    last_day: date | None = None
    replaced_because: tuple[str, ...] = ()
    evidence: tuple[EvidenceFacts, ...] = ()
    outcome: str = ""  # of a plan or forecast, in words, once somebody told it


# --- the table --------------------------------------------------------------------------------


@dataclass(frozen=True)
class Weight:
    """`cases`: the grades, and with them the credibilities, of news that weighs this much."""

    word: str
    words: str
    cases: tuple[tuple[str, tuple[int, ...]], ...] = ()


WEIGHTS = (
    Weight("firm", "news, grade A–C, credibility 1–3", (("ABC", (1, 2, 3)),)),
    Weight(
        "fair",
        "news, grade A–C with credibility not judged, or source not graded with credibility 1–2",
        (("ABC", (6,)), ("F", (1, 2))),
    ),
    Weight(
        "unverified",
        "news, source not graded, credibility 3 or not judged",
        (("F", (3, 6)),),
    ),
    Weight(
        "weak",
        "news from a source graded D–E, or credibility 4–5, or the speaker was not traced",
        (("DE", (1, 2, 3, 6)), ("ABCDEF", (4, 5))),
    ),
    Weight("speculative", "speculation or comment"),
    Weight("none", "does not count"),
)
RANK = {weight.word: len(WEIGHTS) - 1 - n for n, weight in enumerate(WEIGHTS)}


def weight_of_news(grade: str, credibility: int, reasons: Iterable[str] = ()) -> str:
    if SPEAKER_NOT_TRACED in reasons:
        return "weak"
    return next(
        weight.word
        for weight in WEIGHTS
        for grades, credibilities in weight.cases
        if grade in grades and credibility in credibilities
    )


@dataclass(frozen=True)
class NeverCounts:
    """`words` for the method page; `why` beside the quote, empty where the facts say it."""

    words: str
    why: str
    fits: Callable[[EvidenceFacts], bool]


NEVER_COUNTS = (  # the first that fits is told
    NeverCounts(
        "its text was set aside or withdrawn",
        "",
        lambda evidence: bool(evidence.withdrawn),
    ),
    NeverCounts(
        "its words are not in the document’s newest text, as the machine or somebody found",
        "its words are gone from the newest text",
        lambda evidence: evidence.lost,
    ),
    NeverCounts(
        "it holds nothing but headings, bylines or captions",
        "headings are never evidence",
        lambda evidence: not evidence.touched,
    ),
    NeverCounts(
        "it touches spam",
        "it touches spam",
        lambda evidence: any(passage.label == "spam" for passage in evidence.touched),
    ),
    NeverCounts(
        "it repeats words that stand earlier in the document",
        "it repeats words that stand earlier in the document",
        lambda evidence: any(passage.repeats for passage in evidence.touched),
    ),
    NeverCounts(
        "nobody has labelled a passage that it touches",
        "nobody has labelled its passage",
        lambda evidence: not all(passage.label for passage in evidence.touched),
    ),
    NeverCounts(
        "a label was accepted in bulk, and nobody has confirmed since that the passage says this",
        "its label was accepted in bulk and waits for the tick",
        lambda evidence: (
            not evidence.ticked and any(passage.in_bulk for passage in evidence.touched)
        ),
    ),
    NeverCounts(
        "nobody has confirmed that the passage says this",
        "not ticked",
        lambda evidence: not evidence.ticked,
    ),
)


# --- one quote --------------------------------------------------------------------------------


@dataclass(frozen=True)
class Verdict:
    """What one quote weighs, whether it counts, and what decided that."""

    facts: EvidenceFacts
    weight: str
    counts: bool
    reasons: tuple[str, ...]

    @property
    def why(self) -> str:
        if self.weight == "none":
            return f"does not count: {', '.join(self.reasons)}"
        return f"{self.weight}: {', '.join(self.reasons)}"

    @property
    def quote(self) -> int:
        return self.facts.quote

    @property
    def stance(self) -> str:
        return self.facts.stance

    @property
    def rank(self) -> int:
        return RANK[self.weight]

    @property
    def origin(self) -> str:
        return self.facts.origin.name if self.facts.origin else "unknown origin"

    @property
    def own_record_of(self) -> list[str]:
        return [who.name for who in self.facts.own_record_of]


def weigh(evidence: EvidenceFacts) -> Verdict:
    """Weigh a quote by the weakest passage that it touches."""
    if why_not := _why_not(evidence):
        return Verdict(evidence, "none", False, (why_not,))
    weight, reasons = min(
        (_weight_of_passage(passage, evidence) for passage in evidence.touched),
        key=lambda weighed: (RANK[weighed[0]], weighed[1]),
    )
    if evidence.stance not in ("supports", "disputes"):
        reasons = (*reasons, f"{evidence.stance} the claim, which is shown and not counted")
        return Verdict(evidence, weight, False, reasons)
    return Verdict(evidence, weight, True, reasons)


def _why_not(evidence: EvidenceFacts) -> str:
    """Why a quote does not count, whatever it would weigh; empty when it does."""
    first = next((row for row in NEVER_COUNTS if row.fits(evidence)), None)
    return (first.why or evidence.withdrawn) if first else ""


def _weight_of_passage(
    passage: PassageFacts, evidence: EvidenceFacts
) -> tuple[str, tuple[str, ...]]:
    if passage.label == "speculative":
        return "speculative", ("speculation or comment",)
    credibility, reasons = passage.credibility, passage.reasons
    if credibility == NOT_JUDGED:  # the passage's, else the document's
        credibility = evidence.document_credibility
        reasons = (*reasons, *evidence.document_reasons)
    weight = weight_of_news(evidence.grade, credibility, reasons)
    return weight, tuple(_judgement(evidence.grade, credibility, reasons))


def _judgement(grade: str, credibility: int, reasons: Iterable[str]) -> Iterator[str]:
    yield "source not graded" if grade == "F" else f"source graded {grade}"
    if credibility == NOT_JUDGED:
        yield "credibility not judged"
    elif grade == "F" or credibility > 3:
        yield f"credibility {credibility}"
    if SPEAKER_NOT_TRACED in reasons:
        yield "speaker not traced"
