"""Which drafts and current editions hold a claim: they cite it, have a party or state rest on it,
or tell by it what became of a plan."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from typing import NamedTuple

from django.db.models import F

from curation.models import (
    Alert,
    Citation,
    Edition,
    EditionClaim,
    Outcome,
    Page,
    PartnershipState,
    Party,
    Revision,
    Summary,
)
from curation.moving import is_weaker

ON_THE_SHELF = (Page.Status.USABLE, Page.Status.UNDER_REVIEW)
SUMMARY, EDITION = Alert.Holder.SUMMARY, Alert.Holder.EDITION


class Holding(NamedTuple):
    """`told` is how readers were told that the claim stands; empty for a draft."""

    claim: int
    kind: str
    holder: int  # of a summary, or of an edition
    told: str
    by: int | None  # who wrote what holds it last


def holdings(claims: Collection[int]) -> list[Holding]:
    """All that hold some of these claims now, in a constant number of queries."""
    editions = list(_of_editions(claims))
    summaries = {*_citing(claims), *_with_outcomes(claims), *_with_fields(claims)}
    writers = _writers({summary for _, summary in summaries})
    found = [Holding(claim, SUMMARY, pk, "", writers[pk]) for claim, pk in sorted(summaries)]
    return [*found, *editions]


def current_editions(claims: Collection[int]) -> set[int]:
    """The editions that readers have now and in which some of these claims are told."""
    told = EditionClaim.objects.filter(claim_id__in=claims)
    pages = Page.objects.filter(status__in=ON_THE_SHELF, edition__in=told.values("edition"))
    return set(pages.order_by().values_list("edition", flat=True))


def _citing(claims: Collection[int]) -> Iterator[tuple[int, int]]:
    rows = Citation.objects.filter(
        claim__in=claims, revision__n=F("revision__summary__n")
    ).order_by()
    yield from rows.values_list("claim", "revision__summary")


def _with_outcomes(claims: Collection[int]) -> Iterator[tuple[int, int]]:
    """Where a claim tells the outcome of a plan that is cited, or that a party or state names."""
    plans = Outcome.objects.in_force().filter(by_claim__in=claims)
    by_plan: dict[int, list[int]] = defaultdict(list)
    for plan, by in plans.values_list("claim", "by_claim"):
        by_plan[plan].append(by)
    told = {*_citing(by_plan.keys()), *_with_fields(by_plan.keys())} if by_plan else ()
    for plan, summary in told:
        yield from ((by, summary) for by in by_plan[plan])


def _with_fields(claims: Collection[int]) -> Iterator[tuple[int, int]]:
    """By the parties and states in force of a partnership that has a draft."""
    for model in (Party, PartnershipState):
        rows = model.objects.in_force().filter(claims__in=claims, partnership__summary__n__gt=0)
        yield from rows.order_by().values_list("claims", "partnership__summary")


def _of_editions(claims: Collection[int]) -> Iterator[Holding]:
    """Each claim once an edition, as the weakest that readers are told of it there."""
    rows = EditionClaim.objects.filter(
        claim_id__in=claims, edition__in=current_editions(claims)
    ).select_related("edition__decision")
    told: dict[tuple[int, int], EditionClaim] = {}
    for row in rows:
        key = (row.claim_id, row.edition_id)
        if key not in told or is_weaker(row.standing, told[key].standing):
            told[key] = row
    writers = _writers_of_editions({edition for _, edition in told})
    for (claim, edition), row in sorted(told.items()):
        yield Holding(claim, EDITION, edition, row.standing, writers.get(edition))


def _writers(summaries: Collection[int]) -> dict[int, int]:
    newest = Revision.objects.filter(summary__in=summaries, n=F("summary__n"))
    return dict(newest.values_list("summary", "by"))


def _writers_of_editions(editions: Collection[int]) -> dict[int, int]:
    """Who wrote the draft of the same partnership last: an edition is corrected there."""
    partnerships = dict(Edition.objects.filter(pk__in=editions).values_list("pk", "partnership"))
    summaries = dict(
        Summary.objects.filter(partnership__in=partnerships.values()).values_list(
            "partnership", "pk"
        )
    )
    by = _writers(summaries.values())
    return {
        edition: by[summaries[partnership]]
        for edition, partnership in partnerships.items()
        if summaries.get(partnership) in by
    }
