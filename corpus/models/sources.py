"""Who publishes."""

from django.db import models
from django.db.models.functions import Lower


class Source(models.Model):
    name = models.CharField(max_length=200)
    host = models.CharField(max_length=253, blank=True, help_text="Such as news.example.org.")
    owner = models.ForeignKey(
        "corpus.Entity",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="owned_sources",
        help_text="The entity whose voice this source is. Leave empty when unknown.",
    )

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                Lower("name"),
                name="source_name_once",
                violation_error_message="There is a source of this name already.",
            ),
            models.CheckConstraint(
                condition=~models.Q(name=""),
                name="source_has_name",
                violation_error_message="A source needs a name.",
            ),
        ]

    def __str__(self):
        return self.name
