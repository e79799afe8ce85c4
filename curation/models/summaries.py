"""The drafts: what the desk writes about a partnership, and who approved it."""

from django.conf import settings
from django.db import models
from django.db.models import Q


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
    """A sentence of a revision cites something; a key that leads nowhere has no claim."""

    class Part(models.TextChoices):
        TITLE = "title"
        STANDFIRST = "standfirst"
        TEXT = "text"

    revision = models.ForeignKey(Revision, models.PROTECT, related_name="citations")
    part = models.CharField(max_length=20, choices=Part)
    sentence = models.PositiveIntegerField(help_text="Counted from 0 in its part.")
    key = models.CharField(max_length=40)
    claim = models.ForeignKey("curation.Claim", models.PROTECT, null=True, related_name="citations")

    class Meta:
        ordering = ["revision", "part", "sentence", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["revision", "part", "sentence", "key"], name="cited_once_a_sentence"
            )
        ]

    def __str__(self):
        return f"[@{self.key}]"


class ApprovalQuerySet(models.QuerySet):
    def standing(self):
        """Approvals of the text and evidence that a summary now has, as far as anybody saw."""
        return self.filter(lapsed=None, revision__summary__state="approved").select_related(
            "decision", "revision__summary__partnership"
        )


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
