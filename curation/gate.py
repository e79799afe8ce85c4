"""The gate: every reason, in words, why a summary may not be submitted, approved or published.

One list for the screen, the verbs and the commands alike. Objections to wording join here
as one more tuple of functions.
"""

from django.conf import settings
from django.contrib.auth.models import User

from curation.cautions import WARNINGS
from curation.models import Approval, Decision, Edition, Summary
from curation.obstacles import Found, Obstacle
from curation.refusals import REFUSALS
from curation.telling import Telling, gather

__all__ = ["STEPS", "Obstacle", "authors", "obstacles", "warnings"]

STEPS = ("submit", "approve", "publish")


def obstacles(
    summary: Summary,
    *,
    by: User | None = None,
    step: str = "publish",
    telling: Telling | None = None,
) -> list[Obstacle]:
    """All refusals. `by` adds what only this person may not; `step` what this step asks."""
    telling = telling or gather(summary)
    found = [obstacle for refusal in REFUSALS for obstacle in refusal(telling)]
    if step == "publish":
        found += _approval(telling)
    if step != "submit" and by is not None:
        found += _author(telling, by, step)
    return found


def warnings(summary: Summary, *, telling: Telling | None = None) -> list[Obstacle]:
    """What a reviewer should look at; nothing is refused for it."""
    telling = telling or gather(summary)
    return [obstacle for warning in WARNINGS for obstacle in warning(telling)]


def authors(summary: Summary) -> set[int]:
    """All who saved a revision since the last edition. The ledger's order is exact."""
    last = Edition.objects.filter(partnership=summary.partnership_id).order_by("-n").first()
    saved = Decision.objects.about(summary).filter(act="save")
    if last:
        saved = saved.filter(seq__gt=last.decision.seq)
    return set(saved.values_list("by", flat=True))


# --- who may, and on whose word -----------------------------------------------------------------


def _approval(telling: Telling) -> Found:
    revision = telling.revision
    approvals = Approval.objects.filter(revision=revision) if revision else Approval.objects.none()
    newest = approvals.order_by("-at", "-pk").first()
    if newest and newest.lapsed is None:
        return
    told = f"The approval has lapsed: {newest.lapsed_because}" if newest else "Nobody approved it."
    yield Obstacle("approval_lapsed", told, "Have this revision reviewed and approved.")


def _author(telling: Telling, by: User, step: str) -> Found:
    if settings.AUTHORS_MAY_NOT_PUBLISH and by.pk in authors(telling.summary):
        yield Obstacle(
            "author",
            f"You are an author of this text, and authors do not {step} it.",
            f"Ask somebody who did not write it to {step} it.",
            passable=False,
        )
