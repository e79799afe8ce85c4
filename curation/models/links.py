"""Who a name in a document stands for, as people decide."""

from django.db import models
from django.db.models import F, Q

from corpus.models.words import HoldsWords
from curation.models.decisions import IN_FORCE, Decided

# Names that were removed read alike.
OF_A_NAME = IN_FORCE & Q(capture=None, redacted_by=None)


class Link(Decided, HoldsWords):
    """A decision on a name in a document, or on one place of it."""

    WORDS = ("name",)

    class Verdict(models.TextChoices):
        IS = "is", "is"
        IS_NOT = "is_not", "is not"
        UNSURE = "unsure", "unsure"

    document = models.ForeignKey("corpus.Document", models.PROTECT, related_name="links")
    name = models.CharField(max_length=200, help_text="As it stands in the text.")
    capture = models.ForeignKey("corpus.Capture", models.PROTECT, null=True, related_name="links")
    start = models.PositiveIntegerField(null=True)
    end = models.PositiveIntegerField(null=True)
    entity = models.ForeignKey("corpus.Entity", models.PROTECT, related_name="links")
    verdict = models.CharField(max_length=10, choices=Verdict)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(capture=None, start=None, end=None)
                | Q(
                    capture__isnull=False,
                    start__isnull=False,
                    end__isnull=False,
                    start__lt=F("end"),
                ),
                name="link_of_name_or_place",
                violation_error_message="Link a name in a document, or one whole place of it.",
            ),
            models.UniqueConstraint(
                fields=["document", "name", "entity"],
                condition=OF_A_NAME,
                name="one_verdict_a_name_and_entity",
            ),
            models.UniqueConstraint(
                fields=["capture", "start", "end", "entity"],
                condition=IN_FORCE & Q(capture__isnull=False),
                name="one_verdict_a_place_and_entity",
            ),
            models.UniqueConstraint(
                fields=["document", "name"],
                condition=OF_A_NAME & Q(verdict="is"),
                name="a_name_is_one_entity",
                violation_error_message="This name is linked to another entity already.",
            ),
            models.UniqueConstraint(
                fields=["capture", "start", "end"],
                condition=IN_FORCE & Q(capture__isnull=False, verdict="is"),
                name="a_place_is_one_entity",
                violation_error_message="This place is linked to another entity already.",
            ),
        ]
        indexes = [models.Index(fields=["entity", "document"], name="link_of_entity")]

    def __str__(self):
        return f"{self.name} {self.get_verdict_display()} {self.entity}"
