"""Make claims, and put quotes to them as evidence that somebody ticks."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError

from corpus.models import Capture, Document, Entity, Passage
from curation import entering, quoting, seeing
from curation.assessing import assess_passage
from curation.consequences import follow
from curation.labelling import NOT_JUDGED, Label, labels_in_force
from curation.ledger import Refused, authorise, decide, new_act, one_writer, supersede
from curation.models import Assessment, Claim, Decision, Evidence, Partnership, Quote
from curation.quoting import quote

__all__ = [
    "add_evidence",
    "claim_of_selection",
    "make_claim",
    "quote",
    "replace",
    "tick",
    "untick",
    "withdraw_evidence",
]


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
        follow(claim.decision, [claim, replaces] if replaces else [claim])
        return claim


def replace(
    claim: Claim, *, by: User, because: str, take_quotes: bool = False, **told: Any
) -> Claim:
    """Make a claim in place of another, in one act. `told` are the values of make_claim.

    `take_quotes`: its quotes go along without their ticks, since the words are new.
    """
    act_id = new_act()
    with one_writer():
        made = make_claim(
            claim.partnership, by=by, replaces=claim, because=because, act_id=act_id, **told
        )
        for evidence in claim.evidence.in_force() if take_quotes else ():
            add_evidence(
                made,
                evidence.quote,
                by=by,
                stance=evidence.stance,
                origin_entity=evidence.origin_entity,
                origin_words=evidence.origin_words,
                own_record_of=evidence.own_record_of.all(),
                act_id=act_id,
            )
        return made


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
        told = _told_of_evidence(evidence, ticked, owners)
        evidence.decision = decide("add evidence", claim, by=by, after=told, act_id=act_id)
        evidence.ticked = evidence.decision if ticked else None
        evidence.save()
        evidence.own_record_of.set(owners)
        follow(evidence.decision, [claim])
        return evidence


def tick(evidence: Evidence, *, by: User) -> None:
    """Say that the passage says this."""
    authorise(by, "curation.change_evidence")
    with one_writer():
        decision = decide("tick", evidence, by=by, before=False, after=True)
        waiting = Evidence.objects.in_force().filter(pk=evidence.pk, ticked=None)
        if not waiting.update(ticked=decision):
            raise Refused("Somebody ticked or withdrew this in the meantime. Reload the page.")
        _moved(evidence, decision)


def untick(evidence: Evidence, *, by: User) -> None:
    authorise(by, "curation.change_evidence")
    with one_writer():
        decision = decide("untick", evidence, by=by, before=True, after=False)
        ticked = Evidence.objects.in_force().filter(pk=evidence.pk, ticked__isnull=False)
        if not ticked.update(ticked=None):
            raise Refused("Somebody unticked or withdrew this in the meantime. Reload the page.")
        _moved(evidence, decision)


def withdraw_evidence(evidence: Evidence, *, by: User, reason: str) -> None:
    """Take a quote away from a claim; the row stays, out of force."""
    authorise(by, "curation.change_evidence")
    reason = entering.words("reason", reason, needed="Write why this evidence is withdrawn.")
    with one_writer():
        supersede(evidence)
        decision = decide("withdraw evidence", evidence, by=by, reason=reason)
        _moved(evidence, decision)


def claim_of_selection(
    document: Document,
    start: int,
    end: int,
    *,
    by: User,
    partnership: Partnership | None = None,
    claim: Claim | None = None,
    exact: str = "",
    reliability: str = "",
    credibility: int = NOT_JUDGED,
    reasons: Iterable[str] = (),
    seen: Mapping[int, int | None] | None = None,
    stance: str = Evidence.Stance.SUPPORTS,
    ticked: bool = False,
    origin_entity: Entity | None = None,
    origin_words: str = "",
    own_record_of: Iterable[Entity] = (),
    act_id: UUID | None = None,
    **told: Any,
) -> Evidence:
    """Label, quote, claim (or further evidence of one) and tick, in one act or not at all.

    `told` are the values of make_claim. `exact` are the words as they were selected: other
    words at that place, because the text was collected anew, are refused. `seen` are the
    labels in force that the dialog showed, by passage.
    """
    act_id = act_id or new_act()
    with one_writer():
        capture = seeing.text_of(document)
        if exact:
            seeing.refuse_other_words(capture, start, end, exact)
        place = quoting.trimmed(capture.text, start, end)
        if reliability:
            label = Label.said(reliability, credibility, reasons)
            _label_touched(capture, place, label, seen, by=by, act_id=act_id)
        quoted = quote(capture, *place, by=by, act_id=act_id)
        if claim is None:
            if partnership is None:
                raise ValidationError({"partnership": "Choose the partnership this is about."})
            claim = make_claim(partnership, by=by, act_id=act_id, **told)
        return add_evidence(
            claim,
            quoted,
            by=by,
            stance=stance,
            ticked=ticked,
            origin_entity=origin_entity,
            origin_words=origin_words,
            own_record_of=own_record_of,
            act_id=act_id,
        )


# --- what the verbs share -----------------------------------------------------------------------


def _label_touched(
    capture: Capture,
    place: tuple[int, int],
    label: Label,
    seen: Mapping[int, int | None] | None,
    *,
    by: User,
    act_id: UUID,
) -> None:
    """Label the passages that the words touch as the person said, but for headings."""
    passages = quoting.touched(capture, *place)
    rows = labels_in_force(passages)
    labels = {pk: Label.of(row) for pk, row in rows.items()}
    in_force = {pk: row.pk for pk, row in rows.items()}
    sentences = [each for each in passages if not _is_heading(each, labels.get(each.pk))]
    if not sentences:
        raise Refused(
            "A heading is never evidence. Select a sentence; or, if this is one, label it first."
        )
    for passage in sentences:
        if label.says_the_same_as(labels.get(passage.pk)):
            continue
        assess_passage(
            passage,
            by=by,
            reliability=label.reliability,
            credibility=label.credibility,
            reasons=label.reasons,
            seen=in_force.get(passage.pk) if seen is None else seen.get(passage.pk),
            act_id=act_id,
        )


def _is_heading(passage: Passage, label: Label | None) -> bool:
    """As the rule of standing sees it: a person's label goes before the machine's cut."""
    if label:
        return label.reliability == Assessment.Reliability.HEADING
    return passage.kind == Passage.Kind.HEADING


def _refuse_replacing(replaced: Claim, partnership: Partnership) -> None:
    if replaced.partnership_id != partnership.pk:
        raise Refused(f"{replaced.key} is a claim about another partnership.")
    newer = Claim.objects.filter(replaces=replaced).first()
    if newer:
        raise Refused(f"{newer.key} replaces {replaced.key} already: replace {newer.key}.")


def _moved(evidence: Evidence, decision: Decision) -> None:
    evidence.refresh_from_db()
    follow(decision, [evidence.claim])


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


def _told_of_evidence(
    evidence: Evidence, ticked: bool, owners: Iterable[Entity]
) -> dict[str, object]:
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
