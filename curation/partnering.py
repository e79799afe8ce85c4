"""Name partnerships; say who takes part in them and how they stand, each with its claims."""

from collections.abc import Iterable
from typing import Any, TypeVar
from uuid import UUID

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError

from corpus.models import Entity
from curation import alerting, entering
from curation.lapsing import evidence_moved
from curation.ledger import authorise, decide, one_writer, supersede
from curation.models import Claim, Decision, Partnership, PartnershipState, Party, Summary

Row = TypeVar("Row", Party, PartnershipState)

NAMELESS = "A partnership needs a name."


def make_partnership(
    *, by: User, name: str, succeeds: Partnership | None = None, act_id: UUID | None = None
) -> Partnership:
    authorise(by, "curation.add_partnership")
    partnership = Partnership(name=entering.line("name", name, needed=NAMELESS), succeeds=succeeds)
    with one_writer():
        entering.check(partnership)
        partnership.save()
        after = {"name": partnership.name, "succeeds": succeeds and succeeds.pk}
        decide("make partnership", partnership, by=by, after=after, act_id=act_id)
        return partnership


def rename(partnership: Partnership, *, by: User, name: str) -> None:
    authorise(by, "curation.change_partnership")
    name = entering.line("name", name, needed=NAMELESS)
    with one_writer():
        partnership.refresh_from_db()
        before, partnership.name = partnership.name, name
        entering.check(partnership)
        partnership.save(update_fields=["name"])
        decision = decide("rename partnership", partnership, by=by, before=before, after=name)
        for each in (partnership, *partnership.succeeded_by.all()):  # a successor names it too
            _told_otherwise(each, decision)


def add_party(
    partnership: Partnership,
    *,
    by: User,
    entity: Entity,
    role: str,
    claims: Iterable[Claim],
    since: str = "",
    until: str = "",
) -> Party:
    authorise(by, "curation.change_partnership")
    times = _from_to(since, until)
    party = Party(partnership=partnership, entity=entity.resolved, role=role, **times)
    return _add("add party", party, claims, {"entity": party.entity_id, "role": role}, by=by)


def withdraw_party(party: Party, *, by: User, reason: str) -> None:
    _withdraw("withdraw party", party, by=by, reason=reason)


def add_state(
    partnership: Partnership,
    *,
    by: User,
    word: str,
    claims: Iterable[Claim],
    since: str = "",
    until: str = "",
) -> PartnershipState:
    authorise(by, "curation.change_partnership")
    times = _from_to(since, until)
    state = PartnershipState(partnership=partnership, word=word, **times)
    return _add("add state", state, claims, {"word": word}, by=by)


def withdraw_state(state: PartnershipState, *, by: User, reason: str) -> None:
    _withdraw("withdraw state", state, by=by, reason=reason)


# --- what both share ----------------------------------------------------------------------------


def _add(act: str, row: Row, claims: Iterable[Claim], told: dict[str, object], *, by: User) -> Row:
    claims = _named(row.partnership, claims)
    with one_writer():
        entering.check(row)
        after = {
            **told,
            "since": row.since,
            "until": row.until,
            "claims": [claim.pk for claim in claims],
        }
        row.decision = decide(act, row.partnership, by=by, after=after)
        row.save()
        row.claims.set(claims)
        _told_otherwise(row.partnership, row.decision)
        return row


def _withdraw(act: str, row: Party | PartnershipState, *, by: User, reason: str) -> None:
    """Take a row out of force; nothing takes its place."""
    authorise(by, "curation.change_partnership")
    reason = entering.words("reason", reason, needed="Write why this is withdrawn.")
    with one_writer():
        supersede(row)
        decision = decide(act, row, by=by, before=str(row), reason=reason)
        for summary in Summary.objects.filter(partnership=row.partnership_id):
            alerting.held_no_more(summary, decision)
        _told_otherwise(row.partnership, decision)


def _told_otherwise(partnership: Partnership, decision: Decision) -> None:
    evidence_moved(partnership.claims.all(), by=decision.by, act_id=decision.act_id)


def _named(partnership: Partnership, claims: Iterable[Claim]) -> list[Claim]:
    claims = sorted(set(claims), key=lambda claim: claim.pk)
    if not claims:
        raise ValidationError({"claims": "Name at least one claim that this rests on."})
    for claim in claims:
        if claim.partnership_id != partnership.pk:
            raise ValidationError({"claims": f"{claim.key} is a claim about another partnership."})
    return claims


def _from_to(since: str, until: str) -> dict[str, Any]:
    times = entering.day("since", since) | entering.day("until", until)
    first, last = times["since_earliest"], times["until_latest"]
    if first and last and first > last:
        raise ValidationError({"until": "This ends before it begins."})
    return times
