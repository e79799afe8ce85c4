"""Which texts share words: what they are found by, and the pairs that were found."""

from django.db import models
from django.db.models import F, Q


class Fingerprint(models.Model):
    """One of the word sequences of a current text, as a number, by which copies are found.

    Numbers of different algorithms are never compared: a new algorithm is a new set of rows.
    """

    document = models.ForeignKey("corpus.Document", models.CASCADE, related_name="fingerprints")
    algorithm = models.PositiveSmallIntegerField()
    value = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["algorithm", "value", "document"], name="fingerprint_once_a_document"
            )
        ]

    def __str__(self):
        return f"{self.algorithm}:{self.value}"


class CopyEdgeQuerySet(models.QuerySet):
    def standing(self):
        """Pairs that the present texts still give."""
        return self.filter(gone_at=None)

    def of(self, document):
        return self.filter(Q(a=document) | Q(b=document))


class CopyEdge(models.Model):
    """Two documents of which one took over words of the other; which one, people say."""

    a = models.ForeignKey("corpus.Document", models.PROTECT, related_name="+")
    b = models.ForeignKey("corpus.Document", models.PROTECT, related_name="+")
    score = models.FloatField(help_text="Share of the smaller text that stands in the other.")
    algorithm = models.PositiveSmallIntegerField()
    gone_at = models.DateTimeField(null=True)

    objects = CopyEdgeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["a", "b"], name="copy_edge_once_a_pair"),
            models.CheckConstraint(condition=Q(a__lt=F("b")), name="copy_edge_in_order"),
        ]
        indexes = [models.Index(fields=["b"], name="copy_edge_by_second")]

    def __str__(self):
        return f"{self.a_id} and {self.b_id} share {self.score:.0%}"
