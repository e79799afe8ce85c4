"""Rows that hold others' words: each can be redacted, and tells by a digest what stood there."""

from typing import ClassVar

from django.db import models

from corpus.text.fingerprint import digest

BETWEEN = "\x1f"  # unit separator: stands in no text that was cleaned


class HoldsWords(models.Model):
    """Seal the fields named in WORDS when the row is first saved.

    Where the law requires it their words go; the digest stays, and `redacted_by` names the
    decision (its primary key) that removed them.
    """

    WORDS: ClassVar[tuple[str, ...]] = ()

    words_sha256 = models.CharField(max_length=64, editable=False)
    redacted_by = models.PositiveBigIntegerField(null=True, editable=False)

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        self.seal()
        super().save(*args, **kwargs)

    def seal(self):
        """Write the digest of the words; whoever saves rows in bulk calls it for each."""
        if not self.words_sha256:
            self.words_sha256 = digest(BETWEEN.join(getattr(self, name) for name in self.WORDS))
