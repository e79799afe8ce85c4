"""Where quoted words stand in a text that was collected again.

The machine says so where it is exact, and alerts where it is not. That words are lost counts
against a published sentence only once a person has said so: of the text that is current, or of
one before it since which they were not found.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from django.contrib.auth.models import User
from django.db.models import Subquery

from corpus.models import Capture, Document, Sighting
from curation import entering
from curation.alerting import Cause, place_said
from curation.consequences import follow, follow_machine
from curation.ledger import Refused, authorise, decide, one_writer, supersede
from curation.models import Alert, Anchor, Claim, Evidence, Quote
from curation.moving import Change
from curation.standings import moved_beside, resting_on

State = Anchor.State
NOWHERE = "These are not the quoted words. Select them to the letter."
AS_QUOTED = "as quoted"
NOTHING: Mapping[int, int] = {}


def text_collected(capture: Capture) -> None:
    """Find the quotes of a document in a capture of it that is new, and tell who holds them."""
    is_current = Document.objects.filter(current_capture=capture).exists()
    said = _said_lost_before(capture) if is_current else {}
    anchors = [_found(quote, capture, said) for quote in _quotes_beside(capture)]
    Anchor.objects.bulk_create(anchors)
    if is_current and anchors:
        _alert(capture, anchors)


def text_in_force_again(capture: Capture) -> None:
    """A text that was there before is current again: its anchors count, those of others not."""
    find_missing(capture)
    said = _said_lost_before(capture)
    lost = Anchor.objects.in_force().filter(capture=capture, state=State.LOST)
    for anchor in lost.select_related("quote"):
        if (anchor.decision_id is None) == (anchor.quote_id in said):
            supersede(anchor)
            _found(anchor.quote, capture, said).save()
    _alert(capture, list(Anchor.objects.in_force().filter(capture=capture)))


def find_missing(capture: Capture) -> None:
    """Find the quotes that were made since this text was collected."""
    known = set(Anchor.objects.filter(capture=capture).values_list("quote", flat=True))
    quotes = (quote for quote in _quotes_beside(capture) if quote.pk not in known)
    Anchor.objects.bulk_create(_found(quote, capture) for quote in quotes)


def say_lost(anchor: Anchor, *, by: User, reason: str) -> Anchor:
    """Say that the words of a quote are gone: it counts no more."""
    return _say(anchor, State.LOST, None, by=by, reason=reason, needed="Write how you looked.")


def say_place(anchor: Anchor, start: int, *, by: User) -> Anchor:
    """Say where the words stand; they are there to the letter, or it is refused."""
    return _say(anchor, State.MOVED, start, by=by)


# --- finding ------------------------------------------------------------------------------------


def _quotes_beside(capture: Capture) -> list[Quote]:
    """Quotes of the document that were made in its other texts, and still have their words."""
    quotes = Quote.objects.filter(capture__document=capture.document_id, redacted_by=None)
    return list(quotes.exclude(capture=capture).order_by("pk"))


def _found(quote: Quote, capture: Capture, said: Mapping[int, int] = NOTHING) -> Anchor:
    """As the machine finds it; that it is still lost is what a person `said` before."""
    state, place = find(quote, capture.text)
    start, end = place or (None, None)
    decision = said.get(quote.pk) if state == State.LOST else None
    return Anchor(
        quote=quote, capture=capture, state=state, start=start, end=end, decision_id=decision
    )


def _said_lost_before(capture: Capture) -> dict[int, int]:
    """By quote, the decision that its words are lost from the text that was current before."""
    others = Sighting.objects.filter(
        capture__document=capture.document, import_run__set_aside_at=None
    ).exclude(capture=capture)
    before = others.order_by("-collected_at", "-pk").values("capture")[:1]
    lost = Anchor.objects.in_force().filter(capture=Subquery(before), state=State.LOST)
    return dict(lost.exclude(decision=None).values_list("quote", "decision"))


def find(quote: Quote, text: str) -> tuple[str, tuple[int, int] | None]:
    """Where the exact words of a quote stand in another text. Never a likely place."""
    if text[quote.start : quote.end] == quote.exact:
        return State.SAME, (quote.start, quote.end)
    places = list(occurrences(text, quote.exact))
    if len(places) > 1:
        around = quote.prefix + quote.exact + quote.suffix
        places = [at + len(quote.prefix) for at in occurrences(text, around)] or places
    if not places:
        return State.LOST, None
    if len(places) > 1:
        return State.UNCLEAR, None
    return State.MOVED, (places[0], places[0] + len(quote.exact))


def occurrences(text: str, words: str) -> Iterator[int]:
    """Where the words begin in a text, all of them."""
    at = text.find(words)
    while at >= 0:
        yield at
        at = text.find(words, at + 1)


# --- what follows -------------------------------------------------------------------------------


def _alert(capture: Capture, anchors: list[Anchor]) -> None:
    """Words that are lost move what drafts are told and what is approved; those that moved are
    told and no more."""
    sighting = capture.sightings.order_by("-pk").values_list("pk", flat=True)[0]
    beside = moved_beside(_places_told(capture.document, anchors))
    cause = Cause(Alert.Cause.SIGHTING, sighting)
    follow_machine(cause, resting_on(document=capture.document), beside)


def _places_told(document: Document, anchors: list[Anchor]) -> dict[int, list[Change]]:
    """By claim, whether its quotes stand at another place, or at several, or as quoted.

    A quote without an anchor was made in this very text.
    """
    found = {each.quote_id: each.state for each in anchors}
    changes: dict[int, list[Change]] = defaultdict(list)
    evidence = Evidence.objects.in_force().filter(quote__capture__document=document)
    for claim, quote in evidence.order_by("pk").values_list("claim", "quote"):
        changes[claim] += _place_told(quote, found.get(quote, State.SAME))
    return changes


def _place_told(quote: int, state: str) -> list[Change]:
    """A change where it is elsewhere; where it is not, it tells that it is as it was."""
    return [
        Change(of, quote, AS_QUOTED, elsewhere.label if state == elsewhere else AS_QUOTED)
        for of, elsewhere in (("place", State.MOVED), ("unclear", State.UNCLEAR))
    ]


def _say(
    anchor: Anchor, state: str, start: int | None, *, by: User, reason: str = "", needed: str = ""
) -> Anchor:
    authorise(by, "curation.resolve_alert")
    reason = entering.words("reason", reason, needed=needed)
    quote = anchor.quote
    end = None if start is None else start + len(quote.exact)
    with one_writer():
        supersede(anchor)
        if start is not None and anchor.capture.text[start:end] != quote.exact:
            raise Refused(NOWHERE)
        decision = decide(
            "place quote",
            quote,
            by=by,
            before={"capture": anchor.capture_id, "state": anchor.state},
            after={"capture": anchor.capture_id, "state": state, "start": start},
            reason=reason,
        )
        said = Anchor.objects.create(
            quote=quote,
            capture=anchor.capture,
            state=state,
            start=start,
            end=end,
            decision=decision,
        )
        claims = Claim.objects.filter(pk__in=quote.evidence.in_force().values("claim"))
        settled = _place_told(quote.pk, State.SAME)  # a person knows the place now, or that none is
        follow(decision, claims, beside=moved_beside({each.pk: settled for each in claims}))
        place_said(said, decision)
        return said
