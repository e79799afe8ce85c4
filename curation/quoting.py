"""Quote the exact words somebody relies on."""

from uuid import UUID

from django.contrib.auth.models import User

from corpus.models import Capture, Passage, Sighting
from corpus.text.fingerprint import digest
from curation.ledger import Refused, authorise, decide, one_writer
from curation.models import Quote
from curation.models.claims import CONTEXT, QUOTE_LENGTH

NOTHING = "Select some words to quote."


def quote(capture: Capture, start: int, end: int, *, by: User, act_id: UUID | None = None) -> Quote:
    """Return the quote of a place of a text, new or old, without white space around it."""
    authorise(by, "curation.add_quote")
    with one_writer():
        capture = Capture.objects.get(pk=capture.pk)
        start, end = trimmed(capture.text, start, end)
        if end - start > QUOTE_LENGTH:
            raise Refused(
                f"A quote has at most {QUOTE_LENGTH} characters, and these are {end - start}. "
                "Select fewer words."
            )
        refuse_withdrawn(capture)
        found = Quote.objects.filter(capture=capture, start=start, end=end).first()
        if found:
            refuse_removed(found)
        return found or _made(capture, start, end, by=by, act_id=act_id)


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The place without white space around it, or a refusal when no words are left."""
    if not 0 <= start < end <= len(text):
        raise Refused(NOTHING)
    selected = text[start:end]
    if not selected.strip():
        raise Refused(NOTHING)
    start += len(selected) - len(selected.lstrip())
    return start, start + len(selected.strip())


def touched(capture: Capture, start: int, end: int) -> list[Passage]:
    """The current passages of which a place holds at least a part, in order."""
    return list(capture.passages.touching(start, end).select_related("capture").order_by("start"))


def refuse_withdrawn(capture: Capture) -> None:
    """No quote rests on text that no longer counts."""
    if capture.redacted_by:
        raise Refused("The words of this text were removed, so they cannot be quoted.")
    seen = Sighting.objects.filter(capture=capture, import_run__set_aside_at=None)
    if not seen.exists():
        raise Refused("The import that brought this text was set aside, so it cannot be quoted.")


def refuse_removed(quote: Quote) -> None:
    if quote.redacted_by:
        raise Refused("These words were removed, so nothing can rest on them.")


def _made(capture: Capture, start: int, end: int, *, by: User, act_id: UUID | None) -> Quote:
    exact = capture.text[start:end]
    made = Quote.objects.create(
        capture=capture,
        start=start,
        end=end,
        exact=exact,
        prefix=capture.text[max(0, start - CONTEXT) : start],
        suffix=capture.text[end : end + CONTEXT],
        exact_sha256=digest(exact),
    )
    after = {"capture": capture.pk, "start": start, "end": end, "sha256": made.exact_sha256}
    decide("quote", made, by=by, after=after, act_id=act_id)
    return made
