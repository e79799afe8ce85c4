"""Passages that could be put to a claim, with what is known of each."""

from collections.abc import Collection
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from corpus.models import Passage
from curation.admin.suggesting import named
from curation.models import Alert, Assessment, Claim, SourceGrade


@dataclass(frozen=True)
class Found:
    """A passage of the corpus; `address` is of the dialog that puts it to a claim."""

    passage: Passage
    grade: str
    label: Assessment | None
    address: str

    @property
    def document(self):
        return self.passage.capture.document


@dataclass(frozen=True)
class Known:
    """Labels by passage, and grades by source."""

    labels: dict[int, Assessment]
    grades: dict[int, str]

    @classmethod
    def of(cls, passages: Collection[Passage]) -> "Known":
        labels = Assessment.objects.in_force().filter(passage__in=passages)
        sources = {each.capture.document.source_id for each in passages} - {None}
        grades = SourceGrade.objects.in_force().filter(source__in=sources)
        return cls(
            {each.passage_id: each for each in labels if each.passage_id},
            dict(grades.values_list("source", "grade")),
        )

    def found(self, passage: Passage, alert: Alert, claim: Claim) -> Found:
        """`alert`: at whose cause the dialog answers."""
        capture = passage.capture
        place = {"capture": capture.pk, "start": passage.start, "end": passage.end}
        asked = urlencode(place | {"alert": alert.pk, "claim": named(claim)})
        dialog = reverse("admin:corpus_document_move", args=[capture.document_id, "claim"])
        return Found(
            passage,
            self.grades.get(capture.document.source_id or 0, ""),
            self.labels.get(passage.pk),
            f"{dialog}?{asked}",
        )
