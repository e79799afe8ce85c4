"""The drafts: what the desk writes about a partnership, and who approved it."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from curation.models.alerts import Alert
from curation.models.decisions import IN_FORCE, Decided, DecidedQuerySet
from curation.models.shelf import Page


class Summary(models.Model):
    """The draft on a partnership. `state` is moved by the workflow alone."""

    class State(models.TextChoices):
        DRAFT = "draft"
        IN_REVIEW = "in review", "In review"
        APPROVED = "approved"

    partnership = models.OneToOneField(
        "curation.Partnership", models.PROTECT, related_name="summary"
    )
    state = models.CharField(max_length=20, choices=State, default=State.DRAFT, editable=False)
    # The newest revision's n: compared and swapped, so that a second editor is told.
    n = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        verbose_name_plural = "summaries"
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["draft", "in review", "approved"]),
                name="summary_state_is_known",
            )
        ]
        permissions = [
            ("review_summary", "Can send back and approve summaries"),
            ("publish_summary", "Can publish summaries"),
        ]

    def __str__(self):
        return f"Summary of {self.partnership}"

    @property
    def latest(self):
        return self.revisions.filter(n=self.n).first()


class Revision(models.Model):
    """One saved version. It never changes."""

    summary = models.ForeignKey(Summary, models.PROTECT, related_name="revisions")
    n = models.PositiveIntegerField()
    title = models.CharField(max_length=300, blank=True)
    standfirst = models.TextField(blank=True)
    text = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="revisions")
    at = models.DateTimeField()
    words_sha256 = models.CharField(max_length=64)
    redacted_by = models.PositiveBigIntegerField(null=True, editable=False)

    class Meta:
        ordering = ["summary", "-n"]
        constraints = [
            models.UniqueConstraint(fields=["summary", "n"], name="revision_numbered_once")
        ]

    def __str__(self):
        return f"{self.summary}, revision {self.n}"


class Citation(models.Model):
    """A sentence of a revision cites something; a key that leads nowhere has neither."""

    class Part(models.TextChoices):
        TITLE = "title"
        STANDFIRST = "standfirst"
        TEXT = "text"

    revision = models.ForeignKey(Revision, models.PROTECT, related_name="citations")
    part = models.CharField(max_length=20, choices=Part)
    sentence = models.PositiveIntegerField(help_text="Counted from 0 in its part.")
    key = models.CharField(max_length=40)
    claim = models.ForeignKey("curation.Claim", models.PROTECT, null=True, related_name="citations")
    finding = models.ForeignKey(
        "curation.Finding", models.PROTECT, null=True, related_name="citations"
    )

    class Meta:
        ordering = ["revision", "part", "sentence", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["revision", "part", "sentence", "key"], name="cited_once_a_sentence"
            ),
            models.CheckConstraint(
                condition=Q(claim=None) | Q(finding=None), name="citation_of_one_thing"
            ),
        ]

    def __str__(self):
        return f"[@{self.key}]"


class ApprovalQuerySet(models.QuerySet):
    def standing(self):
        """Approvals of the text and evidence that a summary now has, as far as anybody saw."""
        return self.filter(lapsed=None, revision__summary__state="approved").select_related(
            "decision", "revision__summary__partnership"
        )

    def scheduled(self):
        return self.standing().filter(publish_at__isnull=False).select_related("scheduled_by")

    def due(self, now):
        """Those whose time of publication has come, the first first."""
        return self.scheduled().filter(publish_at__lte=now).order_by("publish_at", "pk")


class Approval(models.Model):
    """A reviewer's word on one revision and the evidence as it was then."""

    revision = models.ForeignKey(Revision, models.PROTECT, related_name="approvals")
    evidence_digest = models.CharField(max_length=64)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="approvals")
    at = models.DateTimeField()
    publish_at = models.DateTimeField(null=True)
    scheduled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    lapsed = models.DateTimeField(null=True)
    lapsed_because = models.CharField(max_length=300, blank=True)
    decision = models.ForeignKey("curation.Decision", models.PROTECT, related_name="+")

    objects = ApprovalQuerySet.as_manager()

    class Meta:
        ordering = ["-at"]
        constraints = [
            models.UniqueConstraint(
                fields=["revision"], condition=Q(lapsed=None), name="one_approval_stands"
            ),
            models.CheckConstraint(
                condition=Q(publish_at=None, scheduled_by=None)
                | Q(publish_at__isnull=False, scheduled_by__isnull=False),
                name="a_scheduled_approval_names_who",
                violation_error_message="A time of publication needs the publisher who set it.",
            ),
        ]

    def __str__(self):
        return f"{self.revision} approved by {self.by}"


class Confirmation(models.Model):
    """A reviewer's word on one sentence: it says no more than its claims."""

    approval = models.ForeignKey(Approval, models.PROTECT, related_name="confirmations")
    sentence_sha256 = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["approval", "sentence_sha256"], name="sentence_confirmed_once"
            )
        ]


class Mark(models.Model):
    """The words of a sentence, [start, end), with which its author answers an objection.

    It holds for that sentence and that standing, whichever revision they are in.
    """

    revision = models.ForeignKey(Revision, models.PROTECT, related_name="marks")
    sentence_sha256 = models.CharField(max_length=64)
    objection = models.CharField(max_length=40)
    standing = models.CharField(max_length=20, blank=True, help_text="As the author saw it.")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True, editable=False)

    objects = DecidedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["revision", "sentence_sha256", "objection", "start", "end"],
                condition=IN_FORCE,
                name="words_marked_once",
            ),
            models.CheckConstraint(
                condition=Q(start__lt=F("end")),
                name="mark_has_words",
                violation_error_message="Mark the words that answer it.",
            ),
        ]


class OverrideQuerySet(models.QuerySet):
    def unapproved(self):
        """Those whose edition readers have, and that nobody else has approved since."""
        pages = Page.objects.listed().filter(edition__decision=OuterRef("decision"))
        return self.filter(Exists(pages), approved_later=None)


class Override(models.Model):
    """Publishing over refusals, by its own right; readers are told the reason."""

    revision = models.ForeignKey(Revision, models.PROTECT, related_name="overrides")
    refusals = models.JSONField(help_text="As the gate said them.")
    reason = models.TextField()
    redacted_by = models.PositiveBigIntegerField(null=True, editable=False)
    decision = models.ForeignKey("curation.Decision", models.PROTECT, related_name="+")
    approved_later = models.ForeignKey(
        "curation.Decision", models.PROTECT, null=True, related_name="+"
    )

    objects = OverrideQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(reason="") | Q(redacted_by__isnull=False),
                name="override_needs_reason",
                violation_error_message="Tell readers why this is published all the same.",
            )
        ]
        permissions = [("override_gate", "Can publish over the gate's refusals")]


def _alerts_of_a_day():
    return Alert.objects.of_cause(Alert.Cause.REVIEW_DATE, OuterRef("pk"))


class ReviewDateQuerySet(DecidedQuerySet):
    def passed(self, today):
        """In force, and the day has come."""
        return self.in_force().filter(on__lte=today)

    def untold(self):
        """Those of which no alert was ever opened."""
        return self.exclude(Exists(_alerts_of_a_day()))

    def unanswered(self):
        """Those that nobody has dealt with: not told yet, or with alerts that are open."""
        return self.filter(Exists(_alerts_of_a_day().open()) | ~Exists(_alerts_of_a_day()))


class ReviewDate(Decided):
    """The day on which the desk wants to look at a summary again."""

    summary = models.ForeignKey(Summary, models.PROTECT, related_name="review_dates")
    on = models.DateField()
    reason = models.CharField(max_length=300, blank=True)
    redacted_by = models.PositiveBigIntegerField(null=True, editable=False)

    objects: ClassVar = ReviewDateQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["summary"], condition=IN_FORCE, name="one_review_date_a_summary"
            )
        ]

    def __str__(self):
        return f"{self.summary}: {self.on}"

    @property
    def has_come(self):
        return self.on <= timezone.localdate()
