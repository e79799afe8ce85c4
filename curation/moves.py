"""The table of a summary's moves, and the compare-and-swap that each of them makes."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone
from django.utils.formats import date_format

from curation.ledger import Refused
from curation.models import Approval, Revision, Summary
from curation.obstacles import Obstacle

State = Summary.State
IS: dict[str, str] = {
    State.DRAFT: "a draft",
    State.IN_REVIEW: "in review",
    State.APPROVED: "approved",
}


@dataclass(frozen=True)
class Move:
    sources: frozenset[str]
    target: str
    permission: str
    words: str  # what is done, as in "only a draft can be …"


MOVES = {
    "submit": Move(
        frozenset({State.DRAFT}), State.IN_REVIEW, "curation.change_summary", "submitted"
    ),
    "send_back": Move(
        frozenset({State.IN_REVIEW, State.APPROVED}),
        State.DRAFT,
        "curation.review_summary",
        "sent back",
    ),
    "approve": Move(
        frozenset({State.IN_REVIEW}), State.APPROVED, "curation.review_summary", "approved"
    ),
    # What readers see afterwards is Page and Edition; the summary is a draft again.
    "publish": Move(
        frozenset({State.APPROVED}), State.DRAFT, "curation.publish_summary", "published"
    ),
}
# Text or evidence changed: an approval lapses. Nobody asks for it, so it needs no permission.
LAPSE = Move(frozenset({State.APPROVED}), State.IN_REVIEW, "", "lapsed")

# Past the gate, from wherever it is: see overriding.py.
OVERRIDE = Move(frozenset(State), State.DRAFT, "curation.override_gate", "published over the gate")


class MoveRefused(Refused):
    """A move that is not made: what stands in its way, or the revision that was faster."""

    def __init__(
        self,
        message: str = "",
        *,
        obstacles: Iterable[Obstacle] = (),
        current: Revision | None = None,
    ) -> None:
        self.obstacles = list(obstacles)
        self.current = current
        super().__init__(message or " ".join(each.words for each in self.obstacles))


def as_seen(summary: Summary, seen: int | None) -> Summary:
    """The summary as it is now, refused unless its newest revision is the one that was seen."""
    now = Summary.objects.select_related("partnership").get(pk=summary.pk)
    if seen is None:
        raise MoveRefused(
            "The page did not say which revision it shows. Nothing was changed: reload it."
        )
    if now.n == seen:
        return now
    current = now.latest
    if current is None:
        raise MoveRefused("This summary has no such revision. Nothing was changed: reload it.")
    when = date_format(current.at, "j F Y, H:i")
    raise MoveRefused(
        f"Somebody else was faster: {current.by} saved revision {now.n} on {when}, after you "
        f"opened revision {seen}. Nothing was overwritten: compare the two, then do it again.",
        current=current,
    )


def take(verb: str, summary: Summary, seen: int | None) -> Summary:
    """Compare and swap: move what was seen, or refuse. Returns the summary as it was."""
    move = MOVES[verb]
    now = as_seen(summary, seen)
    before = Summary.objects.filter(pk=now.pk, n=now.n, state__in=move.sources)
    if not before.update(state=move.target):
        if summary.state != now.state:
            raise MoveRefused(
                f"Somebody else moved this summary: it is {IS[now.state]} now. "
                "Reload the page and look again.",
                current=now.latest,
            )
        fitting = " or ".join(sorted(IS[each] for each in move.sources))
        raise MoveRefused(
            f"This summary is {IS[now.state]}; only one that is {fitting} can be {move.words}."
        )
    return now


def close_approvals(summary: Summary, because: str) -> None:
    standing = Approval.objects.filter(revision__summary=summary, lapsed=None)
    standing.update(lapsed=timezone.now(), lapsed_because=because[:300])
