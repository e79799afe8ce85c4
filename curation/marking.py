"""Answer an objection: mark the words of the sentence that do what it misses; take a mark away.

The reviewer sees the marks. A mark holds for its sentence and standing; when one of them
changes it answers nothing any more.
"""

from django.contrib.auth.models import User
from django.utils import timezone

from curation import gate
from curation.gathering import Telling, gather
from curation.ledger import Refused, authorise, decide, one_writer, supersede
from curation.models import Mark, Summary
from curation.moves import MoveRefused, as_seen
from curation.obstacles import Obstacle

PERMISSION = "curation.change_summary"


def mark(
    summary: Summary,
    *,
    by: User,
    seen: int | None,
    sentence: str,
    objection: str,
    standing: str,
    start: int,
    end: int,
) -> Mark:
    """Mark [start, end) of a sentence, told by its digest, as the answer to an objection.

    `standing` is how the sentence stood when the author read the objection.
    """
    authorise(by, PERMISSION)
    with one_writer():
        was = _writable(as_seen(summary, seen))
        telling = gather(was)
        objected = _objection(telling, sentence, objection, standing)
        start, end = _words(telling, objected, start, end)
        if any((each.start, each.end) == (start, end) for each in objected.marks):
            raise Refused("These words are marked already.")
        row = Mark.objects.create(
            revision=was.revisions.get(n=was.n),
            sentence_sha256=sentence,
            objection=objection,
            standing=standing,
            start=start,
            end=end,
            by=by,
            at=timezone.now(),
        )
        decide("mark_words", was, by=by, after=_told(row))
    return row


def unmark(row: Mark, *, by: User, seen: int | None) -> None:
    """Take a mark away: the objection stands again."""
    authorise(by, PERMISSION)
    with one_writer():
        was = _writable(as_seen(row.revision.summary, seen))
        supersede(row)
        decide("unmark_words", was, by=by, before=_told(row))


def _writable(summary: Summary) -> Summary:
    if summary.state == Summary.State.APPROVED:
        raise MoveRefused("This text is approved as it is: send it back before marking words.")
    return summary


def _objection(telling: Telling, sentence: str, code: str, standing: str) -> Obstacle:
    found = [
        each for each in gate.objections(telling) if (each.sha256, each.code) == (sentence, code)
    ]
    if not found:
        raise Refused("Nothing objects to this sentence in that way. Reload the page.")
    if found[0].standing != standing:
        raise Refused(
            f"The sentence is {found[0].standing or 'without a claim'} now, and you saw it as "
            f"{standing or 'without a claim'}. Reload the page and read the objection again."
        )
    return found[0]


def _words(telling: Telling, objected: Obstacle, start: int, end: int) -> tuple[int, int]:
    """The place without the spaces around it."""
    text = next(each.text for each in telling.prose.sentences if each.n == objected.sentence)
    if not 0 <= start < end <= len(text):
        raise Refused("These words are not in the sentence. Reload the page and mark them again.")
    words = text[start:end]
    start += len(words) - len(words.lstrip())
    end -= len(words) - len(words.rstrip())
    if not any(letter.isalnum() for letter in text[start:end]):
        raise Refused("Mark at least one word.")
    return start, end


def _told(row: Mark) -> dict[str, object]:
    return {
        "objection": row.objection,
        "standing": row.standing,
        "sentence": row.sentence_sha256,
        "start": row.start,
        "end": row.end,
        "n": row.revision.n,
    }
