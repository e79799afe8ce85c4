"""Make claims, and claims that replace them."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError

from corpus.models import Entity
from curation import alerting, concluding, contradicting, entering
from curation.consequences import follow
from curation.evidencing import add_evidence
from curation.ledger import Refused, authorise, decide, new_act, one_writer
from curation.models import Claim, Partnership

OTHER_MEANING = (
    "Only a claim that is reworded means the same. What was mistaken or overtaken is looked up "
    "anew: take its quotes along, and tick each that says this."
)


def make_claim(
    partnership: Partnership,
    *,
    by: User,
    words: str,
    told_as: str = Claim.ToldAs.FACT,
    said_by_entity: Entity | None = None,
    said_by_words: str = "",
    acting: Iterable[Entity] = (),
    date: str = "",
    as_of: str = "",
    attribute: str = "",
    value: str = "",
    replaces: Claim | None = None,
    because: str = "",
    act_id: UUID | None = None,
) -> Claim:
    """Make a claim. Its words never change: to reword one, make another that replaces it."""
    authorise(by, "curation.add_claim")
    claim = Claim(
        partnership=partnership,
        words=entering.line("words", words, needed="Write what is claimed."),
        told_as=told_as,
        said_by_entity=said_by_entity and said_by_entity.resolved,
        said_by_words=entering.line("said_by_words", said_by_words),
        **entering.day("date", date),
        **entering.day("as_of", as_of),
        attribute=entering.line("attribute", attribute),
        value=entering.line("value", value),
        replaces=replaces,
        because=because,
    )
    with one_writer():
        if replaces:
            _refuse_replacing(replaces, partnership)
        entering.check(claim)
        parties = {entity.resolved for entity in acting}
        claim.decision = decide(
            "make claim", partnership, by=by, after=_told(claim, parties), act_id=act_id
        )
        claim.save()
        claim.acting.set(parties)
        if replaces:
            alerting.contradicts_no_more(replaces, claim.decision)
        follow(
            claim.decision,
            [claim, replaces] if replaces else [claim],
            beside=contradicting.moved_by(claim),
        )
        return claim


def replace(
    claim: Claim,
    *,
    by: User,
    because: str,
    take_quotes: bool = False,
    same_meaning: bool = False,
    **told: Any,
) -> Claim:
    """Make a claim in place of another, in one act. `told` are the values of make_claim.

    `take_quotes`: its quotes go along without their ticks, since the words are new.
    `same_meaning`: the person says that the new words mean the same; the ticks go along too, and
    are this person's from now on. So does what became of a plan, and of what plans it tells that.
    """
    if same_meaning and because != Claim.Because.REWORDED:
        raise ValidationError({"same_meaning": OTHER_MEANING})
    act_id = new_act()
    with one_writer():
        made = make_claim(
            claim.partnership, by=by, replaces=claim, because=because, act_id=act_id, **told
        )
        if same_meaning:
            decide("same meaning", made, by=by, after={"as": claim.pk}, act_id=act_id)
        for evidence in claim.evidence.in_force() if take_quotes or same_meaning else ():
            add_evidence(
                made,
                evidence.quote,
                by=by,
                stance=evidence.stance,
                ticked=same_meaning and evidence.ticked_id is not None,
                origin_entity=evidence.origin_entity,
                origin_words=evidence.origin_words,
                own_record_of=evidence.own_record_of.all(),
                act_id=act_id,
            )
        if same_meaning:  # when the evidence is there: what tells an outcome has to stand
            concluding.carry(claim, made, by=by, act_id=act_id)
        return made


# --- what the verbs share -----------------------------------------------------------------------


def _refuse_replacing(replaced: Claim, partnership: Partnership) -> None:
    if replaced.partnership_id != partnership.pk:
        raise Refused(f"{replaced.key} is a claim about another partnership.")
    newer = Claim.objects.filter(replaces=replaced).first()
    if newer:
        raise Refused(f"{newer.key} replaces {replaced.key} already: replace {newer.key}.")


def _told(claim: Claim, parties: Iterable[Entity]) -> dict[str, object]:
    """A new claim as the ledger tells it: what is not empty."""
    values = {
        "words": claim.words,
        "told_as": claim.told_as,
        "said_by": claim.said_by_entity_id or claim.said_by_words,
        "acting": sorted(entity.pk for entity in parties),
        "date": claim.date,
        "as_of": claim.as_of,
        "attribute": claim.attribute,
        "value": claim.value,
        "replaces": claim.replaces_id,
        "because": claim.because,
    }
    return {name: value for name, value in values.items() if value}
