"""Say of two documents whether they tell the same story or are independent of each other."""

from uuid import UUID

from django.contrib.auth.models import User

from corpus.models import Document
from curation import entering
from curation.chains import chains_of
from curation.consequences import follow
from curation.ledger import FASTER, Refused, authorise, decide, one_writer, supersede
from curation.models import Claim, CopyVerdict
from curation.standings import refresh, resting_on

WHY = "Write how you know that they are independent."


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
    a, b = sorted((document, other), key=lambda each: each.pk)
    with one_writer():
        before = CopyVerdict.objects.in_force().filter(a=a, b=b).first()
        if (before.pk if before else None) != seen:
            raise Refused(FASTER)
        moved = _resting_on_copies_of(a, b)
        told = {"documents": [a.pk, b.pk], "word": word}
        decision = decide(
            "judge copies",
            document,
            by=by,
            before=before and {"documents": [a.pk, b.pk], "word": before.word},
            after=told,
            reason=reason,
            act_id=act_id,
        )
        if before:
            supersede(before)
        row = CopyVerdict.objects.create(a=a, b=b, word=word, reason=reason, decision=decision)
        follow(decision, moved | _resting_on_copies_of(a, b))
        return row


def copies_found(documents: set[int]) -> None:
    """Weigh anew what rests on documents between which the machine found or lost copies.

    No person's act: it moves what drafts are told, and no confirmed word.
    """
    refresh(_resting_on(documents))


def _resting_on_copies_of(*documents: Document) -> set[Claim]:
    return _resting_on({document.pk for document in documents})


def _resting_on(documents: set[int]) -> set[Claim]:
    """The claims that quote these documents, or any that a chain of copies joins to them."""
    return set(resting_on(documents=documents | chains_of(documents).chain.keys()))
