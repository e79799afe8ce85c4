"""The gate: every reason, in words, why a summary may not be submitted, approved or published.

One list for the screen, the verbs and the commands alike: refusals, which are facts, and
objections, which are readings of the wording and are answered by marking words.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from django.conf import settings
from django.contrib.auth.models import User

from curation.content import content_of, says_the_same
from curation.gathering import Telling, gather
from curation.models import Approval, Decision, Edition, Mark, Page, Summary
from curation.objections import OBJECTIONS, objections_to, warnings_of_wording
from curation.obstacles import Found, Obstacle, Rule
from curation.refusals import REFUSALS
from curation.warnings import WARNINGS

__all__ = [
    "OBJECTIONS",
    "RULES",
    "STEPS",
    "Obstacle",
    "authors",
    "objections",
    "obstacles",
    "refusals",
    "unanswered",
    "warnings",
]

STEPS = ("submit", "approve", "publish")


def obstacles(
    summary: Summary,
    *,
    by: User | None = None,
    step: str = "publish",
    telling: Telling | None = None,
) -> list[Obstacle]:
    """All refusals, and the objections that nobody answered.

    `by` adds what only this person may not; `step` what this step asks.
    """
    telling = telling or gather(summary)
    asked = (rule for rule, steps in OF_THE_STEP if step in steps)
    of_the_step = [each for rule in asked for each in rule.found(telling, by, step)]
    return [*refusals(telling), *unanswered(objections(telling)), *of_the_step]


def refusals(telling: Telling) -> list[Obstacle]:
    """Those of the text and its evidence, whoever does whatever with it. Asks nothing more."""
    return _found(REFUSALS, telling)


def objections(telling: Telling) -> list[Obstacle]:
    """All objections to the wording, each with the marks that answer it.

    A mark answers whichever revision holds the same sentence, while it stands as it did.
    """
    found = objections_to(telling)
    marks = _marks(telling.summary) if found else {}
    return [
        replace(each, marks=tuple(marks.get((each.sha256, each.code, each.standing), ())))
        for each in found
    ]


def unanswered(found: Iterable[Obstacle]) -> list[Obstacle]:
    return [each for each in found if not each.marks]


def _marks(summary: Summary) -> dict[tuple[str, str, str], list[Mark]]:
    found = defaultdict(list)
    marks = Mark.objects.in_force().filter(revision__summary=summary).select_related("by")
    for mark in marks.order_by("start", "end"):
        found[mark.sentence_sha256, mark.objection, mark.standing].append(mark)
    return found


def warnings(summary: Summary, *, telling: Telling | None = None) -> list[Obstacle]:
    """What a reviewer should look at; nothing is refused for it."""
    telling = telling or gather(summary)
    return [*_found(WARNINGS, telling), *warnings_of_wording(telling)]


def authors(summary: Summary, *, before: Decision | None = None) -> set[int]:
    """All who saved a revision since the last edition; if nobody did, since the one before.

    So the words of an edition that comes back unchanged still have their authors. The
    ledger's order is exact. `before`: as it was before that decision.
    """
    saves = Decision.objects.about(summary).filter(act="save")
    if before:
        saves = saves.filter(seq__lt=before.seq)
    newest = saves.order_by("-seq").first()
    if newest is None:
        return set()
    editions = Edition.objects.filter(partnership=summary.partnership_id)
    last = editions.filter(decision__seq__lt=newest.seq).order_by("-n").first()
    if last:
        saves = saves.filter(seq__gt=last.decision.seq)
    return set(saves.values_list("by", flat=True))


def _found(rules: Iterable[Rule], telling: Telling) -> list[Obstacle]:
    return [obstacle for rule in rules for obstacle in rule.found(telling)]


# --- what a step asks besides: who may, on whose word, and what for -----------------------------


def _unchanged(telling: Telling, by: User | None, step: str) -> Found:
    pages = Page.objects.listed().filter(partnership=telling.partnership)
    page = pages.first()  # none: never published, or withdrawn, and may come back as it was
    if page and says_the_same(page.edition.content, content_of(telling)):
        yield Obstacle(
            f"Nothing changed since edition {page.edition.n}.",
            "Change the text or what it rests on, then submit it.",
        )


def _author(telling: Telling, by: User | None, step: str) -> Found:
    if by and settings.AUTHORS_MAY_NOT_PUBLISH and by.pk in authors(telling.summary):
        yield Obstacle(
            f"You are an author of this text, and authors do not {step} it.",
            f"Ask somebody who did not write it to {step} it.",
        )


def _approval(telling: Telling, by: User | None, step: str) -> Found:
    revision = telling.revision
    approvals = Approval.objects.filter(revision=revision) if revision else Approval.objects.none()
    newest = approvals.order_by("-at", "-pk").first()
    if newest and newest.lapsed is None:
        return
    told = f"The approval has lapsed: {newest.lapsed_because}" if newest else "Nobody approved it."
    yield Obstacle(told, "Have this revision reviewed and approved.")


OF_THE_STEP = (
    (
        Rule("unchanged", "It says what the current edition says already.", _unchanged),
        {"submit"},
    ),
    (
        Rule(
            "approval_lapsed",
            "Nobody has approved it as it is now, with the evidence as it is now.",
            _approval,
        ),
        {"publish"},
    ),
    (
        Rule("author", "Whoever wrote it also approves or publishes it.", _author, passable=False),
        {"approve", "publish"},
    ),
)
RULES = (*REFUSALS, *(rule for rule, _ in OF_THE_STEP))  # as the method page prints them, and
# beside them the OBJECTIONS
