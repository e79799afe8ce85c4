"""Claims of one partnership that give different values of what has only one at a time.

They are settled when one of them is replaced. Where nobody can tell which is right, they are left
as disputed: the quotes of each are put to the other as evidence that disputes it, so that the rule
of standing, and with it every reader, is told so. No row says "left": the evidence does.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.contrib.auth.models import User

from corpus.analysis import dates
from corpus.text.fold import fold
from curation import alerting, entering
from curation.evidencing import add_evidence
from curation.ledger import Refused, authorise, decide, new_act, one_writer
from curation.models import Claim, Evidence
from curation.moving import Change, Moved
from curation.standings import moved_beside

# What a partnership has one of at a time, and as what people enter it.
SINGLE_VALUED = {
    "state": ("state", "status", "state of the partnership"),
    "launch date": ("launch date", "launch", "launch year", "launch day", "date of launch"),
    "budget": ("budget", "total budget", "overall budget"),
}
DATED = {"launch date"}  # values that are compared by their first and last day
HELD_TO_BE_SO = {Claim.ToldAs.FACT, Claim.ToldAs.PLAN, Claim.ToldAs.FORECAST}
NO_QUOTES = "Neither {one} nor {other} rests on a quote: quote what each says, or replace one."

_NAMES = {name: single for single, names in SINGLE_VALUED.items() for name in names}


@dataclass(frozen=True)
class Contradiction:
    """The claims that do not agree on one attribute."""

    attribute: str
    claims: tuple[Claim, ...]


def attribute_of(claim: Claim) -> str:
    """The single-valued attribute that a claim gives a value of, else nothing."""
    told = claim.value and claim.told_as in HELD_TO_BE_SO
    return _NAMES.get(" ".join(fold(claim.attribute).split()), "") if told else ""


def contradict(one: Claim, other: Claim) -> bool:
    """Whether two current claims of a partnership cannot both be so at one time."""
    attribute = attribute_of(one)
    return (
        one.pk != other.pk
        and attribute != ""
        and attribute == attribute_of(other)
        and not _told_apart(one, other)
        and not _same_value(attribute, one.value, other.value)
    )


def among(claims: Iterable[Claim]) -> list[Contradiction]:
    """The contradictions among current claims of one partnership, by attribute."""
    by_attribute = defaultdict(list)
    for claim in claims:
        by_attribute[attribute_of(claim)].append(claim)
    found = (
        (name, tuple(one for one in by_attribute[name] if _has_rival(one, by_attribute[name])))
        for name in SINGLE_VALUED
    )
    return [Contradiction(name, sides) for name, sides in found if sides]


def rivals(claim: Claim) -> list[Claim]:
    """The current claims that a claim contradicts."""
    if not attribute_of(claim):
        return []
    return [other for other in _with_values(claim.partnership_id) if contradict(claim, other)]


def moved_by(claim: Claim) -> list[Moved]:
    """What a new claim moves under those that it contradicts."""
    told = Change("contradicts", None, None, f"{claim.key}: {claim.value}")
    return moved_beside({rival.pk: [told] for rival in rivals(claim)})


def leave_disputed(one: Claim, other: Claim, *, by: User, reason: str) -> None:
    """Say that nobody can tell which is right: what supports each disputes the other.

    A quote that was ticked for the one is ticked as disputing the other, by this person.
    """
    authorise(by, "curation.resolve_alert")
    reason = entering.words("reason", reason, needed="Write why nobody can tell which is right.")
    with one_writer():
        if other not in rivals(one):
            raise Refused(f"{one.key} and {other.key} do not contradict each other (any more).")
        against = [*_to_put(one, other), *_to_put(other, one)]
        if not against and not are_left([one, other]):
            raise Refused(NO_QUOTES.format(one=one.key, other=other.key))
        act_id = new_act()
        decision = decide(
            "leave as disputed",
            one,
            by=by,
            after={"with": other.pk, "values": [one.value, other.value]},
            reason=reason,
            act_id=act_id,
        )
        for claim, evidence in against:
            add_evidence(
                claim,
                evidence.quote,
                by=by,
                stance=Evidence.Stance.DISPUTES,
                ticked=evidence.ticked_id is not None,
                origin_entity=evidence.origin_entity,
                origin_words=evidence.origin_words,
                act_id=act_id,
            )
        alerting.contradiction_left(one, other, decision)


def are_left(claims: Iterable[Claim]) -> bool:
    """Whether nobody can tell of any two of some claims which is right."""
    claims = list(claims)
    beside = left_beside(claims)
    return any(beside.values()) and all(
        other in beside[one] for one in claims for other in claims if contradict(one, other)
    )


def left_beside(claims: Iterable[Claim]) -> dict[Claim, list[Claim]]:
    """By claim, those beside which it is left as disputed: what supports each disputes the other.

    A claim that nothing supports takes nothing from the other.
    """
    claims = list(claims)
    put: dict[tuple[int, str], set[int]] = defaultdict(set)
    rows = Evidence.objects.in_force().filter(claim__in=claims)
    for claim, stance, quote in rows.values_list("claim", "stance", "quote"):
        put[claim, stance].add(quote)

    def is_put(one: Claim, other: Claim) -> bool:
        supports = put[one.pk, Evidence.Stance.SUPPORTS]
        return not supports or bool(supports & put[other.pk, Evidence.Stance.DISPUTES])

    def is_left(one: Claim, other: Claim) -> bool:
        supported = put[one.pk, Evidence.Stance.SUPPORTS] or put[other.pk, Evidence.Stance.SUPPORTS]
        return bool(supported) and is_put(one, other) and is_put(other, one)

    return {
        one: [each for each in claims if contradict(one, each) and is_left(one, each)]
        for one in claims
    }


# --- comparing --------------------------------------------------------------------------------


def _with_values(partnership: int) -> Iterable[Claim]:
    return Claim.objects.current().filter(partnership=partnership).exclude(attribute="")


def _has_rival(claim: Claim, claims: Iterable[Claim]) -> bool:
    return any(contradict(claim, other) for other in claims)


def _told_apart(one: Claim, other: Claim) -> bool:
    """Whether each is told as of its own time: then the later is news, and no contradiction."""
    days = (one.as_of, other.as_of)
    return all(days) and not _overlap(dates.parse(days[0]), dates.parse(days[1]))


def _same_value(attribute: str, one: str, other: str) -> bool:
    if attribute in DATED and (days := (_days(one), _days(other))) and days[0] and days[1]:
        return _overlap(days[0], days[1])
    return " ".join(fold(one).split()) == " ".join(fold(other).split())


def _days(value: str) -> dates.Edtf | None:
    """First and last day of a date, as EDTF or as people write it."""
    try:
        return dates.parse(value)
    except dates.NotADate:
        found = dates.first_date(value)
        return dates.parse(found) if found else None


def _overlap(one: dates.Edtf, other: dates.Edtf) -> bool:
    return not _ends_before(one, other) and not _ends_before(other, one)


def _ends_before(one: dates.Edtf, other: dates.Edtf) -> bool:
    return bool(one.latest and other.earliest and one.latest < other.earliest)


def _to_put(claim: Claim, other: Claim) -> Iterator[tuple[Claim, Evidence]]:
    """What supports the other and is not yet put to this one."""
    put = claim.evidence.in_force().values("quote")
    supports = other.evidence.in_force().filter(stance=Evidence.Stance.SUPPORTS)
    for evidence in supports.exclude(quote__in=put).select_related("origin_entity", "quote"):
        yield claim, evidence
