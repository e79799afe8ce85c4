"""Say of two documents whether they tell the same story or are independent of each other."""

from uuid import UUID

from django.contrib.auth.models import User
from django.db.models import Q

from corpus.models import CopyEdge, Document, Sighting
from curation import entering
from curation.alerting import Cause
from curation.chains import joined_to
from curation.consequences import follow, follow_machine
from curation.ledger import FASTER, Refused, authorise, decide, one_writer, supersede
from curation.models import Alert, Claim, CopyVerdict, Evidence
from curation.standings import resting_on

WHY = "Write how you know that they are independent."
WHY_UNDECIDED = "Write why this is undecided again."
UNDECIDED = "undecided"  # as the ledger tells that a verdict was taken back


def judge(
    document: Document,
    other: Document,
    word: str,
    *,
    by: User,
    reason: str = "",
    seen: int | None = None,
    act_id: UUID | None = None,
) -> CopyVerdict:
    """Decide on a pair of documents, whether the machine found them alike or not.

    `seen` is the verdict that the person saw in force.
    """
    authorise(by, "curation.add_copyverdict")
    word = entering.one_of("word", word, CopyVerdict.Word.values)
    independent = word == CopyVerdict.Word.INDEPENDENT
    reason = entering.words("reason", reason, needed=WHY if independent else "")
    if document.pk == other.pk:
        raise Refused("A document is no copy of itself: name another one.")
    a, b = _in_order(document, other)
    with one_writer():
        before = _as_seen(a, b, seen)
        moved = _resting_on_copies_of(a, b)
        decision = decide(
            "judge copies",
            document,
            by=by,
            before=before and _told(a, b, before.word),
            after=_told(a, b, word),
            reason=reason,
            act_id=act_id,
        )
        if before:
            supersede(before)
        row = CopyVerdict.objects.create(a=a, b=b, word=word, reason=reason, decision=decision)
        follow(decision, moved | _resting_on_copies_of(a, b))
        return row


def take_back(
    document: Document, other: Document, *, by: User, reason: str, seen: int | None
) -> None:
    """Leave a pair undecided again: what the machine found counts as if nobody had spoken."""
    authorise(by, "curation.add_copyverdict")
    reason = entering.words("reason", reason, needed=WHY_UNDECIDED)
    a, b = _in_order(document, other)
    with one_writer():
        before = _as_seen(a, b, seen)
        if before is None:
            raise Refused("Nobody has decided on these two: there is no verdict to take back.")
        moved = _resting_on_copies_of(a, b)
        decision = decide(
            "judge copies",
            document,
            by=by,
            before=_told(a, b, before.word),
            after=_told(a, b, UNDECIDED),
            reason=reason,
        )
        supersede(before)
        follow(decision, moved | _resting_on_copies_of(a, b))


def copies_found(documents: set[int]) -> None:
    """Weigh anew what rests on documents between which the machine found or lost copies.

    No person's act: it moves what drafts are told and what is approved, and no confirmed word.
    """
    if not Evidence.objects.in_force().exists():
        return
    if claims := resting_on_chains(documents):
        follow_machine(_cause(documents), claims)


def _cause(documents: set[int]) -> Cause:
    """The pair found last; where that alerted already, the text that brought it back."""
    edges = CopyEdge.objects.filter(Q(a__in=documents) | Q(b__in=documents)).order_by("-pk")
    edge = edges.first()
    if edge and not Alert.objects.of_cause(Alert.Cause.COPY_EDGE, edge.pk).exists():
        return Cause(Alert.Cause.COPY_EDGE, edge.pk)
    seen = Sighting.objects.filter(capture__document__in=documents).order_by("-pk")
    return Cause(Alert.Cause.SIGHTING, seen.values_list("pk", flat=True)[0])


def _in_order(document: Document, other: Document) -> tuple[Document, Document]:
    return (document, other) if document.pk < other.pk else (other, document)


def _as_seen(a: Document, b: Document, seen: int | None) -> CopyVerdict | None:
    """The verdict in force, refused unless the person saw it."""
    before = CopyVerdict.objects.in_force().filter(a=a, b=b).first()
    if (before.pk if before else None) != seen:
        raise Refused(FASTER)
    return before


def _told(a: Document, b: Document, word: str) -> dict[str, object]:
    return {"documents": [a.pk, b.pk], "word": word}


def _resting_on_copies_of(*documents: Document) -> set[Claim]:
    return resting_on_chains({document.pk for document in documents})


def resting_on_chains(documents: set[int]) -> set[Claim]:
    """The claims that quote these documents, or any that a chain of copies joins to them."""
    return set(resting_on(documents=joined_to(documents)))
