"""Named cooperations, who takes part in them, and how they stand."""

import uuid

from django.db import models
from django.db.models import F, Q

from curation.models.decisions import Decided


class Partnership(models.Model):
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(max_length=200)
    succeeds = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="succeeded_by"
    )

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["name"],
                name="partnership_name_once",
                violation_error_message="There is a partnership of this name already.",
            ),
            models.CheckConstraint(
                condition=~Q(name=""),
                name="partnership_has_name",
                violation_error_message="A partnership needs a name.",
            ),
            models.CheckConstraint(
                condition=Q(succeeds=None) | ~Q(succeeds=F("id")),
                name="partnership_not_its_own_successor",
                violation_error_message="A partnership cannot succeed itself.",
            ),
        ]

    def __str__(self):
        return self.name


class Dated(Decided):
    """Something of a partnership with from, to and the claims it rests on."""

    since = models.CharField("from", max_length=40, blank=True, help_text="EDTF, such as 2022-03.")
    since_earliest = models.DateField(null=True)
    since_latest = models.DateField(null=True)
    until = models.CharField("to", max_length=40, blank=True, help_text="EDTF, such as 2024.")
    until_earliest = models.DateField(null=True)
    until_latest = models.DateField(null=True)
    claims = models.ManyToManyField("curation.Claim", related_name="%(class)s_rows")

    class Meta:
        abstract = True


class Party(Dated):
    class Role(models.TextChoices):
        LEAD = "lead"
        PARTNER = "partner"
        CONTRIBUTOR = "contributor"
        CONTRACTOR = "contractor"
        OPERATOR = "operator"
        HOST = "host"
        PROGRAMME = "programme"

    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="parties")
    entity = models.ForeignKey("corpus.Entity", models.PROTECT, related_name="parties")
    role = models.CharField(max_length=20, choices=Role, default=Role.PARTNER)

    class Meta:
        verbose_name_plural = "parties"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "entity", "role", "since"],
                condition=Q(superseded_at=None),
                name="party_once_a_role_and_time",
                violation_error_message="This party has that role from that date already.",
            )
        ]

    def __str__(self):
        return f"{self.entity} ({self.get_role_display()})"


class PartnershipState(Dated):
    class Word(models.TextChoices):
        PROPOSED = "proposed"
        AGREED = "agreed"
        ACTIVE = "active"
        SUSPENDED = "suspended"
        ENDED = "ended"
        UNCONFIRMED = "unconfirmed"

    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="states")
    word = models.CharField("state", max_length=20, choices=Word)

    class Meta:
        ordering = ["since_earliest", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "word", "since"],
                condition=Q(superseded_at=None),
                name="state_once_a_time",
                violation_error_message="The partnership has this state from that date already.",
            )
        ]

    def __str__(self):
        return self.get_word_display()
