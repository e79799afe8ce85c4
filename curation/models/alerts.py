"""Alerts: evidence moved under a claim that a draft or the current edition holds."""

import json

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from curation.models.decisions import IN_FORCE, DecidedQuerySet
from curation.models.shelf import Edition


class AlertQuerySet(models.QuerySet):
    def open(self):
        return self.filter(closed_at=None)

    def weighty(self):
        """Those that nobody may publish over: all but the minor ones."""
        return self.exclude(severity=Alert.Severity.MINOR)

    def of_cause(self, kind, pk):
        return self.filter(cause_kind=kind, cause_id=pk)

    def of_holder(self, kind, pk):
        return self.filter(holder_kind=kind, holder_id=pk)

    def about(self, summary):
        """Those of a draft, and of the editions of its partnership."""
        editions = Edition.objects.filter(partnership=summary.partnership_id)
        of_draft = Q(holder_kind=Alert.Holder.SUMMARY, holder_id=summary.pk)
        of_edition = Q(holder_kind=Alert.Holder.EDITION, holder_id__in=editions.values("pk"))
        return self.filter(of_draft | of_edition)


class Alert(models.Model):
    """One cause, one claim, one holder. Opened and closed by alerting alone.

    `moved` tells what was one way and is another now, as canonical JSON: a list of what it is
    of, before, after. It is closed when a person resolved it, when its cause was undone, or when
    its holder no longer holds the claim.
    """

    class Cause(models.TextChoices):
        DECISION = "decision"
        SIGHTING = "sighting", "collected again"
        COPY_EDGE = "copy edge", "copy found"
        REVIEW_DATE = "review date", "review date passed"

    class Holder(models.TextChoices):
        SUMMARY = "summary", "draft"
        EDITION = "edition", "current edition"

    class Severity(models.TextChoices):
        MINOR = "minor"
        MAJOR = "major"
        CRITICAL = "critical"

    class Resolution(models.TextChoices):
        RECONFIRMED = "reconfirmed", "confirmed as it stands"
        REPLACED = "replaced", "evidence replaced"
        REWORDED = "reworded"
        REMOVED = "removed"
        CORRECTED = "corrected", "published anew"
        WITHDRAWN = "withdrawn", "page withdrawn"
        AS_BEFORE = "as before", "nothing that readers are told moved"
        UNDONE = "undone", "its cause was undone"

    cause_kind = models.CharField(max_length=20, choices=Cause)
    cause_id = models.PositiveBigIntegerField()
    claim = models.ForeignKey("curation.Claim", models.PROTECT, related_name="alerts")
    holder_kind = models.CharField(max_length=20, choices=Holder)
    holder_id = models.PositiveBigIntegerField()
    severity = models.CharField(max_length=20, choices=Severity)
    moved = models.TextField(help_text="Canonical JSON; nothing once its words were removed.")
    word_before = models.CharField(max_length=20, help_text="How the claim stood for the holder.")
    word_after = models.CharField(max_length=20)
    opened_at = models.DateTimeField()
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="alerts"
    )
    answered_in = models.ForeignKey(
        "curation.Revision", models.PROTECT, null=True, related_name="answers"
    )
    closed_at = models.DateTimeField(null=True)
    resolution = models.CharField(max_length=20, choices=Resolution, blank=True)
    redacted_by = models.PositiveBigIntegerField(null=True, editable=False)
    # The act of a person that closed it; null where it closed of itself.
    decision = models.ForeignKey(
        "curation.Decision", models.PROTECT, null=True, related_name="closed_alerts"
    )

    objects = AlertQuerySet.as_manager()

    class Meta:
        ordering = ["-opened_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["cause_kind", "cause_id", "claim", "holder_kind", "holder_id"],
                name="alert_once_a_cause_claim_and_holder",
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None, resolution="", decision=None)
                | (Q(closed_at__isnull=False) & ~Q(resolution="")),
                name="closed_alert_says_how",
                violation_error_message="Say how this alert was resolved.",
            ),
            models.CheckConstraint(
                condition=~Q(severity="critical") | Q(holder_kind="edition", cause_kind="decision"),
                name="critical_is_a_decision_under_an_edition",
            ),
        ]
        indexes = [
            models.Index(fields=["holder_kind", "holder_id"], name="alert_by_holder"),
            models.Index(
                fields=["severity", "opened_at"], condition=Q(closed_at=None), name="alert_open"
            ),
        ]
        permissions = [("resolve_alert", "Can resolve alerts")]

    def __str__(self):
        return f"{self.get_severity_display()}: {self.claim.key}"

    @property
    def changes(self):
        return json.loads(self.moved or "[]")


class Anchor(models.Model):
    """Where the words of a quote stand in a later capture of its document.

    The machine finds the same place, or one exact place elsewhere; never a likely one. That
    words are lost counts once a person says so (`decision`).
    """

    class State(models.TextChoices):
        SAME = "same"
        MOVED = "moved", "moved to one exact place elsewhere"
        UNCLEAR = "unclear", "stands at several places"
        LOST = "lost"

    quote = models.ForeignKey("curation.Quote", models.PROTECT, related_name="anchors")
    capture = models.ForeignKey("corpus.Capture", models.PROTECT, related_name="anchors")
    start = models.PositiveIntegerField(null=True)
    end = models.PositiveIntegerField(null=True)
    state = models.CharField(max_length=20, choices=State)
    decision = models.ForeignKey("curation.Decision", models.PROTECT, null=True, related_name="+")
    superseded_at = models.DateTimeField(null=True, editable=False)

    objects = DecidedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["quote", "capture"],
                condition=IN_FORCE,
                name="one_anchor_in_force_a_capture",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["same", "moved"], start__lt=F("end"))
                | Q(state__in=["unclear", "lost"], start=None, end=None),
                name="anchor_has_a_place_where_it_is_found",
            ),
        ]

    def __str__(self):
        return f"{self.quote_id} in {self.capture_id}: {self.state}"
