"""Put quotes to claims as evidence, tick that the passage says this, and withdraw."""

from collections.abc import Iterable
from uuid import UUID

from django.contrib.auth.models import User

from corpus.models import Entity
from curation import entering, quoting
from curation.consequences import follow
from curation.ledger import Refused, authorise, decide, one_writer, supersede
from curation.models import Claim, Decision, Evidence, Quote


def add_evidence(
    claim: Claim,
    quote: Quote,
    *,
    by: User,
    stance: str = Evidence.Stance.SUPPORTS,
    ticked: bool = False,
    origin_entity: Entity | None = None,
    origin_words: str = "",
    own_record_of: Iterable[Entity] = (),
    act_id: UUID | None = None,
) -> Evidence:
    """Put a quote to a claim. `ticked`: the person says that the passage says this."""
    authorise(by, "curation.add_evidence")
    if ticked:
        authorise(by, "curation.change_evidence")
    evidence = Evidence(
        claim=claim,
        quote=quote,
        stance=stance,
        origin_entity=origin_entity and origin_entity.resolved,
        origin_words=entering.line("origin_words", origin_words),
    )
    with one_writer():
        quote = Quote.objects.select_related("capture").get(pk=quote.pk)
        quoting.refuse_removed(quote)
        quoting.refuse_withdrawn(quote.capture)
        entering.check(evidence)
        owners = {entity.resolved for entity in own_record_of}
        told = _told(evidence, ticked, owners)
        evidence.decision = decide("add evidence", claim, by=by, after=told, act_id=act_id)
        evidence.ticked = evidence.decision if ticked else None
        evidence.save()
        evidence.own_record_of.set(owners)
        follow(evidence.decision, [claim])
        return evidence


def tick(evidence: Evidence, *, by: User) -> None:
    """Say that the passage says this."""
    _turn("tick", evidence, by=by, ticked=True)


def untick(evidence: Evidence, *, by: User) -> None:
    _turn("untick", evidence, by=by, ticked=False)


def withdraw_evidence(evidence: Evidence, *, by: User, reason: str) -> None:
    """Take a quote away from a claim; the row stays, out of force."""
    authorise(by, "curation.change_evidence")
    reason = entering.words("reason", reason, needed="Write why this evidence is withdrawn.")
    with one_writer():
        supersede(evidence)
        decision = decide("withdraw evidence", evidence, by=by, reason=reason)
        _moved(evidence, decision)


# --- what the verbs share -----------------------------------------------------------------------


def _turn(act: str, evidence: Evidence, *, by: User, ticked: bool) -> None:
    authorise(by, "curation.change_evidence")
    with one_writer():
        decision = decide(act, evidence, by=by, before=not ticked, after=ticked)
        waiting = Evidence.objects.in_force().filter(pk=evidence.pk, ticked__isnull=ticked)
        if not waiting.update(ticked=decision if ticked else None):
            raise Refused(f"Somebody {act}ed or withdrew this in the meantime. Reload the page.")
        _moved(evidence, decision)


def _moved(evidence: Evidence, decision: Decision) -> None:
    evidence.refresh_from_db()
    follow(decision, [evidence.claim])


def _told(evidence: Evidence, ticked: bool, owners: Iterable[Entity]) -> dict[str, object]:
    """A quote is told by its place and digest: its words may have to be removed one day."""
    values = {
        "quote": evidence.quote_id,
        "sha256": evidence.quote.exact_sha256,
        "stance": evidence.stance,
        "ticked": ticked,
        "origin": evidence.origin_entity_id or evidence.origin_words,
        "own_record_of": sorted(entity.pk for entity in owners),
    }
    return {name: value for name, value in values.items() if value}
