"""Write down words that the machine is to take for spam, and retire them."""

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError

from corpus.text.fingerprint import words as words_of
from curation import entering
from curation.ledger import FASTER, Refused, authorise, decide, one_writer, supersede
from curation.models import Pattern

KEY = "desk:"  # what the key of a pattern of this desk begins with
LEAST_OF_A_PART = 2  # words: a single one stands in too many sentences


def add(words: str, fits: str, reason: str, *, by: User) -> Pattern:
    """Add a pattern; it takes effect when the texts are analysed next."""
    authorise(by, "curation.add_pattern")
    words = entering.line("words", words, needed="Write the words of the passage.")
    fits = entering.one_of("fits", fits, Pattern.Fits.values)
    reason = entering.line("reason", reason, needed="Write why these words are no part of a text.")
    _refuse_what_fits_anything(words, fits)
    with one_writer():
        row = Pattern(words=words, fits=fits, reason=reason)
        entering.check(row)
        row.decision = decide(
            "add a pattern", row, by=by, after={"words": words, "fits": fits}, reason=reason
        )
        row.save()
        return row


def retire(pattern: Pattern, *, by: User, reason: str) -> None:
    """Take a pattern out of force; what it suggested stays until the texts are analysed next."""
    authorise(by, "curation.add_pattern")
    reason = entering.words("reason", reason, needed="Write why the pattern is to go.")
    with one_writer():
        if not Pattern.objects.in_force().filter(pk=pattern.pk).exists():
            raise Refused(FASTER)
        supersede(pattern)
        decide(
            "retire a pattern",
            pattern,
            by=by,
            before={"words": pattern.words, "fits": pattern.fits},
            reason=reason,
        )


def in_force() -> list[tuple[str, str, str, str]]:
    """The patterns as the analysis takes them: key, words, how they fit, reason."""
    rows = Pattern.objects.in_force().order_by("pk")
    return [(f"{KEY}{row.pk}", row.words, row.fits, row.reason) for row in rows]


def _refuse_what_fits_anything(words: str, fits: str) -> None:
    least = LEAST_OF_A_PART if fits == Pattern.Fits.PART else 1
    if len(words_of(words)) < least:
        raise ValidationError(
            {"words": f"This would fit too much: write at least {least} word{'s'[: least - 1]}."}
        )
