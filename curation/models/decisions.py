"""The ledger's lines, and the shape of rows that people decide."""

from django.conf import settings
from django.db import models
from django.db.models import Q


class DecisionQuerySet(models.QuerySet):
    def about(self, subject):
        return self.filter(subject_kind=subject._meta.label_lower, subject_id=str(subject.pk))


class Decision(models.Model):
    """Who did what to what, from where to where, and why. Written by the ledger alone.

    The subject is told in plain columns: the log outlives its subjects. The hash covers
    `words_sha256` and never the words, so that a redacted line still verifies.
    """

    seq = models.PositiveBigIntegerField(unique=True)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="decisions")
    act = models.CharField(max_length=40)
    subject_kind = models.CharField(max_length=60)
    subject_id = models.CharField(max_length=40)
    subject_label = models.CharField(max_length=200)
    before = models.TextField(blank=True, help_text="Canonical JSON.")
    after = models.TextField(blank=True, help_text="Canonical JSON.")
    reason = models.TextField(blank=True)
    act_id = models.UUIDField(help_text="One click is one act, however many lines it wrote.")
    words_sha256 = models.CharField(max_length=64)
    key_id = models.CharField(max_length=8)
    prev = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)
    redacted_by = models.PositiveBigIntegerField(null=True, editable=False)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        ordering = ["-seq"]
        indexes = [
            models.Index(fields=["subject_kind", "subject_id"], name="decision_about"),
            models.Index(fields=["act_id"], name="decision_of_act"),
        ]
        permissions = [("redact", "Can remove words that the law wants removed")]

    def __str__(self):
        return f"{self.seq}: {self.act} {self.subject_label}"


class DecidedQuerySet(models.QuerySet):
    def in_force(self):
        return self.filter(superseded_at=None)


class Decided(models.Model):
    """A decided row is superseded, never overwritten: compare-and-swap, then insert."""

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="+")
    superseded_at = models.DateTimeField(null=True, editable=False)

    objects = DecidedQuerySet.as_manager()

    class Meta:
        abstract = True


IN_FORCE = Q(superseded_at=None)
