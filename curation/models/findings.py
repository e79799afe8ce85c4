"""Findings: what the desk itself searched, asked or compared, and with what result."""

from django.db import models
from django.db.models import Q

from corpus.models.words import HoldsWords
from curation.models.decisions import Decided


class Finding(Decided, HoldsWords):
    """It may say that something was not found, never that it does not exist.

    Right of reply is one: a party was asked, and answered or did not.
    """

    WORDS = ("words", "place", "result")

    class Kind(models.TextChoices):
        SEARCHED = "searched"
        ASKED = "asked"
        COMPARED = "compared"

    class Outcome(models.TextChoices):
        FOUND = "found"
        NOT_FOUND = "not found"
        ANSWERED = "answered"
        NO_ANSWER = "no answer"

    partnership = models.ForeignKey("curation.Partnership", models.PROTECT, related_name="findings")
    kind = models.CharField(max_length=20, choices=Kind)
    words = models.CharField(max_length=500, help_text="What was searched for, asked, or compared.")
    place = models.CharField(
        max_length=300, blank=True, help_text="Where: a register, an archive, a site, a person."
    )
    asked = models.ForeignKey("corpus.Entity", models.PROTECT, null=True, related_name="+")
    date = models.CharField(max_length=40, help_text="EDTF: when it was done.")
    date_earliest = models.DateField(null=True)
    date_latest = models.DateField(null=True)
    outcome = models.CharField(max_length=20, choices=Outcome)
    result = models.CharField(max_length=1000, help_text="What came of it, as readers are told.")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=(~Q(words="") & ~Q(result="")) | Q(redacted_by__isnull=False),
                name="finding_has_words_and_result",
                violation_error_message="Write what was done, and what came of it.",
            ),
            models.CheckConstraint(
                condition=Q(kind="asked", outcome__in=["answered", "no answer"])
                | Q(kind__in=["searched", "compared"], outcome__in=["found", "not found"]),
                name="finding_outcome_fits",
                violation_error_message="Who was asked answers or does not; a search finds or not.",
            ),
            models.CheckConstraint(
                condition=Q(kind="asked") | Q(asked=None),
                name="finding_only_asked_names_who",
                violation_error_message="Only a question names whom it was put to.",
            ),
        ]

    def __str__(self):
        return f"f{self.pk}: {self.words}"

    @property
    def key(self):
        """How a summary cites it: [@f3]."""
        return f"f{self.pk}"
