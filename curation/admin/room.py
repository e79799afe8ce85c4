"""The reading room: a part of a document's text, and all that is known beside it."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Count, FilteredRelation, Prefetch, Q
from django.shortcuts import get_object_or_404

from corpus.models import Capture, Document, Passage, Sighting
from curation import standings
from curation.admin.clusters import Cluster, cluster_of
from curation.admin.names import NameShown, names_of
from curation.admin.parts import Part, part_of
from curation.admin.passages import Hinted, Shown, hinted, passages_of, reasons_in_words
from curation.models import Assessment, Claim, Description, Evidence, SourceGrade

ASSESSED = "decision__by"
NEXT_WORDS = 200  # of the next part, shown below this one


@dataclass
class ClaimBeside:
    """A claim that quotes this document, how it stands, and why."""

    claim: Claim
    stands: object
    evidence: list[Evidence] = field(default_factory=list)


@dataclass
class Room:
    document: Document
    capture: Capture | None
    part: Part
    passages: list[Shown]  # of the part
    tally: dict[str, int]  # of the whole text
    assessment: Assessment | None
    claims: list[ClaimBeside]
    names: list[NameShown]
    description: Description | None
    grade: SourceGrade | None
    captures: list[Capture]
    copies: Cluster

    @property
    def reasons(self) -> str:
        return reasons_in_words(self.assessment)

    @property
    def hinted(self) -> list[Hinted]:
        """What comes ticked for the document: as long as nobody has labelled it."""
        return hinted(self.document.hints) if self.assessment is None else []

    @property
    def current(self) -> bool:
        """Whether this is the text in force, which alone is worked on."""
        return self.capture is not None and self.capture.pk == self.document.current_capture_id

    @property
    def whole_is_suggested(self) -> bool:
        """Whether the document's own label is a suggestion that nobody has decided on."""
        return self.assessment is None and bool(self.document.suggested_reliability)

    @property
    def remaining(self) -> int:
        """The labels that accepting all suggestions makes: of passages, and of the document."""
        return self.tally["suggested"] + self.whole_is_suggested

    @property
    def at_hand(self) -> Shown | None:
        return next((shown for shown in self.passages if shown.at_hand), None)

    @property
    def next_words(self) -> str:
        """How the next part begins: a passage can be joined with what is not on screen."""
        later = self.part.later
        if not later or not self.capture:
            return ""
        words = self.capture.text[later.here[0].start : later.here[0].end]
        return words if len(words) <= NEXT_WORDS else f"{words[:NEXT_WORDS]}…"

    def touched(self, start: int, end: int) -> set[int]:
        """The passages on screen of which the place [start, end) holds at least a part."""
        passages = [shown.passage for shown in self.passages]
        return {each.pk for each in passages if each.start < end and each.end > start}


def room_of(
    document: Document, at: object = None, capture: object = None, place: int | None = None
) -> Room:
    """Gather what a document's room shows around a passage (`at`) or a place.

    The number of queries does not grow with the text.
    """
    captures = list(
        document.captures.defer("text").prefetch_related(
            Prefetch("sightings", Sighting.objects.select_related("import_run"))
        )
    )
    text = text_to_show(document, capture)
    part = part_of(text, at, place)
    labels = _labels(text, part)
    evidence = _evidence(document)
    names = names_of(document) if text and text.pk == document.current_capture_id else []
    return Room(
        document=document,
        capture=text,
        part=part,
        passages=passages_of(text, part, labels, evidence, names),
        tally=_tally(text),
        assessment=labels.get(None),
        claims=_claims(evidence),
        names=names,
        description=document.descriptions.in_force().select_related(ASSESSED).first(),
        grade=_grade(document),
        captures=captures,
        copies=cluster_of(document),
    )


def text_to_show(document: Document, asked: object) -> Capture | None:
    """The current text; another one when asked for; the newest of a document set aside."""
    if asked and str(asked).isascii() and str(asked).isdigit() and len(str(asked)) < 16:
        return get_object_or_404(document.captures, pk=int(str(asked)))
    return document.current_capture or document.captures.last()


def _labels(capture: Capture | None, part: Part) -> dict[int | None, Assessment]:
    """Labels in force by passage of the part; the whole text's under None."""
    if capture is None:
        return {}
    in_force = Assessment.objects.in_force().select_related(ASSESSED)
    of_passages = in_force.filter(passage__in=[at.pk for at in part.here])
    return {label.passage_id: label for label in [*of_passages, *in_force.filter(capture=capture)]}


def _tally(capture: Capture | None) -> dict[str, int]:
    """How far the whole text is assessed; headings without a suggestion ask for nothing."""
    suggested = ~Q(suggested_reliability="")
    asks = ~Q(kind=Passage.Kind.HEADING) | suggested
    undecided = Q(in_force=None)
    spam = Q(in_force__reliability="spam") | undecided & Q(suggested_reliability="spam")
    return (
        Passage.objects.filter(capture=capture)
        .annotate(
            in_force=FilteredRelation("assessments", condition=Q(assessments__superseded_at=None))
        )
        .aggregate(
            passages=Count("pk", filter=asks),
            assessed=Count("pk", filter=asks & ~undecided),
            suggested=Count("pk", filter=suggested & undecided),
            spam=Count("pk", filter=spam),
        )
    )


def _evidence(document: Document) -> list[Evidence]:
    return list(
        Evidence.objects.in_force()
        .filter(quote__capture__document=document)
        .select_related("quote", "claim__partnership", "claim__standing", "origin_entity")
        .prefetch_related("own_record_of")
        .order_by("quote__start", "pk")
    )


def _grade(document: Document) -> SourceGrade | None:
    if document.source_id is None:
        return None
    return SourceGrade.objects.in_force().filter(source=document.source_id).first()


def _claims(evidence: list[Evidence]) -> list[ClaimBeside]:
    """The claims that rest on this document, in the order in which it is read."""
    by_claim: dict[int, list[Evidence]] = defaultdict(list)
    for each in evidence:
        by_claim[each.claim_id].append(each)
    claims = [of[0].claim for of in by_claim.values()]
    stand = standings.standings(claims) if claims else {}
    return [ClaimBeside(claim, stand[claim.pk], by_claim[claim.pk]) for claim in claims]
