"""What people say of copies, and of words that always surround a piece."""

from django.db import models
from django.db.models import F, Q

from curation.models.decisions import IN_FORCE, Decided


class CopyVerdict(Decided):
    """Whether two documents tell one story, or are independent of each other."""

    class Word(models.TextChoices):
        SAME_STORY = "same_story", "same story"
        INDEPENDENT = "independent", "independent"

    a = models.ForeignKey("corpus.Document", models.PROTECT, related_name="+")
    b = models.ForeignKey("corpus.Document", models.PROTECT, related_name="+")
    word = models.CharField(max_length=20, choices=Word)
    reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["a", "b"], condition=IN_FORCE, name="one_copy_verdict_a_pair"
            ),
            models.CheckConstraint(condition=Q(a__lt=F("b")), name="copy_verdict_in_order"),
            models.CheckConstraint(
                condition=Q(word="same_story") | ~Q(reason=""),
                name="independence_needs_reason",
                violation_error_message="Write how you know that they are independent.",
            ),
        ]

    def __str__(self):
        return f"{self.a_id} and {self.b_id}: {self.get_word_display()}"


class Pattern(Decided):
    """Words that editors have the machine take for spam wherever a passage is, or holds, them."""

    class Fits(models.TextChoices):
        WHOLE = "whole", "a passage that is these words"
        PART = "part", "a passage that holds these words"

    words = models.CharField(max_length=200, help_text="Case and accents do not matter.")
    fits = models.CharField(max_length=10, choices=Fits, default=Fits.WHOLE)
    reason = models.CharField(max_length=200, help_text="Shown where the machine suggests it.")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["words"],
                condition=IN_FORCE,
                name="pattern_once",
                violation_error_message="There is a pattern of these words already.",
            ),
            models.CheckConstraint(
                condition=~Q(words="") & ~Q(reason=""),
                name="pattern_has_words_and_reason",
                violation_error_message="A pattern needs its words and a reason.",
            ),
        ]

    def __str__(self):
        return self.words
