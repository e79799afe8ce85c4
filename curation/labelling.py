"""What a label is, which passages carry the same one, and the rows that say so."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Required, TypedDict

from django.core.exceptions import ValidationError
from django.utils import timezone

from corpus.models import Capture, Document, Passage
from curation import entering
from curation.models import Assessment, Decision

NOT_JUDGED = int(Assessment.Credibility.NOT_JUDGED)
BEST_FIRST = (1, 2, 3, NOT_JUDGED, 4, 5)  # as the rule of standing weighs credibility


class Said(TypedDict, total=False):
    """A label as a form gives it."""

    reliability: Required[str]
    credibility: int
    reasons: Iterable[str]
    hinted: Iterable[str]


@dataclass(frozen=True)
class Label:
    """What a person says of a text or passage, and what the machine had suggested to them."""

    reliability: str
    credibility: int = NOT_JUDGED
    reasons: tuple[str, ...] = ()
    in_bulk: bool = False
    suggested: str = ""
    suggestion_version: str = ""
    hinted: tuple[str, ...] = ()

    @classmethod
    def said(
        cls,
        reliability: str,
        credibility: int = NOT_JUDGED,
        reasons: Iterable[str] = (),
        hinted: Iterable[str] = (),
    ) -> "Label":
        """As a person said it, or a ValidationError that names the field.

        `hinted` are the reasons that were suggested to them where they said it.
        """
        entering.one_of("reliability", reliability, Assessment.Reliability.values)
        if credibility not in Assessment.Credibility.values:
            raise ValidationError({"credibility": "Credibility is a number from 1 to 6."})
        if credibility != NOT_JUDGED and reliability != Assessment.Reliability.NEWS:
            raise ValidationError({"credibility": "Credibility is judged of news only."})
        ticked, shown = _in_order("reasons", reasons), _in_order("hinted", hinted)
        return cls(reliability, int(credibility), ticked, hinted=shown)

    @classmethod
    def of(cls, row: Assessment) -> "Label":
        """What a row says. The suggestion stays with the row: it was made of those words."""
        return cls(row.reliability, row.credibility, tuple(row.reasons), row.in_bulk)

    @classmethod
    def joined(cls, labels: Iterable["Label"]) -> "Label":
        """Of passages labelled alike: the worst credibility, and all the reasons."""
        labels = list(labels)
        ticked = {reason for label in labels for reason in label.reasons}
        return cls(
            labels[0].reliability,
            max((label.credibility for label in labels), key=BEST_FIRST.index),
            tuple(reason for reason in Assessment.Reason.values if reason in ticked),
            any(label.in_bulk for label in labels),
        )

    def beside(self, suggestion: "Document | Passage") -> "Label":
        """The label, with the suggestion that the person saw who gave it."""
        return replace(
            self,
            suggested=suggestion.suggested_reliability,
            suggestion_version=suggestion.suggestion_version,
        )

    def as_row(self, decision: Decision, **of: "Capture | Passage | None") -> Assessment:
        return Assessment(
            reliability=self.reliability,
            credibility=self.credibility,
            reasons=list(self.reasons),
            in_bulk=self.in_bulk,
            suggested=self.suggested,
            suggestion_version=self.suggestion_version,
            hinted=list(self.hinted),
            decision=decision,
            **of,
        )

    def in_words(self) -> str:
        said = Assessment.Reliability(self.reliability).label
        if self.credibility != NOT_JUDGED:
            said = f"{said}, credibility {self.credibility}"
        reasons = [Assessment.Reason(reason).label for reason in self.reasons]
        return f"{said} ({', '.join(reasons)})" if reasons else said

    def told(self) -> dict[str, object]:
        """As the ledger tells it."""
        return {
            "reliability": self.reliability,
            "credibility": self.credibility,
            "reasons": list(self.reasons),
        }

    def says_the_same_as(self, other: "Label | None") -> bool:
        return other is not None and self.told() == other.told()


def _in_order(field: str, reasons: Iterable[str]) -> tuple[str, ...]:
    known = Assessment.Reason.values
    given = {entering.one_of(field, reason, known) for reason in reasons}
    return tuple(reason for reason in known if reason in given)


class SameWords:
    """The current passages of a document by their words, in every capture.

    Where the same words stand more than once, the first is the first, the second the second.
    """

    def __init__(self, document: Document, **only: str) -> None:
        passages = Passage.objects.filter(capture__document=document, **only)
        self._places: dict[str, dict[int, list[Passage]]] = defaultdict(lambda: defaultdict(list))
        for passage in passages.defer("text").order_by("capture", "start"):
            self._places[passage.text_sha256][passage.capture_id].append(passage)

    def as_in(self, passage: Passage) -> Iterator[Passage]:
        """The passage itself, and the one of the same words in each other capture."""
        places = self._places[passage.text_sha256]
        nth = places[passage.capture_id].index(passage)
        for passages in places.values():
            if nth < len(passages):
                yield passages[nth]


def labels_in_force(passages: Iterable[Passage]) -> dict[int, Assessment]:
    """By passage."""
    rows = Assessment.objects.in_force().filter(passage__in=list(passages))
    return {row.passage_id: row for row in rows if row.passage_id}


def write_labels(labels: Mapping[Passage, Label], decision: Decision) -> list[Assessment]:
    """Put labels in force in place of those that are, by one decision."""
    clear_labels(labels)
    return Assessment.objects.bulk_create(
        label.as_row(decision, passage=passage) for passage, label in labels.items()
    )


def carry_labels(labels: Mapping[Passage, Assessment]) -> None:
    """Put labels in force on passages without one, by the decisions that were made."""
    Assessment.objects.bulk_create(
        Assessment(
            passage=passage,
            reliability=row.reliability,
            credibility=row.credibility,
            reasons=row.reasons,
            in_bulk=row.in_bulk,
            suggested=row.suggested,
            suggestion_version=row.suggestion_version,
            hinted=row.hinted,
            decision_id=row.decision_id,
        )
        for passage, row in labels.items()
    )


def newest(rows: Iterable[Assessment]) -> Assessment:
    return max(rows, key=lambda row: row.decision_id)


def clear_labels(passages: Iterable[Passage]) -> None:
    in_force = Assessment.objects.in_force().filter(passage__in=list(passages))
    in_force.update(superseded_at=timezone.now())
