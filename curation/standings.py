"""Gather what the rule of standing is told, and store what it answers."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass

from django.db.models import F, FilteredRelation, Prefetch, Q, QuerySet

from corpus.models import Document, Entity, Passage, Sighting, Source
from curation.chains import Chains, chains_of
from curation.ledger import canonical
from curation.models import (
    Anchor,
    Assessment,
    Claim,
    Evidence,
    Outcome,
    Quote,
    SourceGrade,
    Standing,
)
from curation.moving import Change, Moved, beside, compare
from curation.standing import (
    RULE_VERSION,
    ClaimFacts,
    EvidenceFacts,
    PassageFacts,
    Stands,
    Who,
    stand,
    stand_confirmed,
)
from curation.weighing import NOT_JUDGED

BATCH = 500  # claims looked up at once: databases bound the values of a query


def facts(claims: Iterable[Claim]) -> list[ClaimFacts]:
    """What the rule is told of each claim, in their order, in a constant number of queries."""
    ids = [claim.pk for claim in claims]
    found = {
        claim.id: claim
        for at in range(0, len(ids), BATCH)
        for claim in _gathered(ids[at : at + BATCH])
    }
    return [found[pk] for pk in ids]


def standings(claims: Iterable[Claim]) -> dict[int, Stands]:
    """How each claim stands now, computed afresh, by its id."""
    return {claim.id: stand(claim) for claim in facts(claims)}


def refresh(claims: Iterable[Claim]) -> list[Moved]:
    """Compute and store the standing of claims; return those under which something moved.

    Call it in the transaction of the act. A claim that was never weighed moves nothing.
    """
    told = facts({claim.pk: claim for claim in claims}.values())  # each written once
    before = Standing.objects.in_bulk([claim.id for claim in told])
    rows = [
        Standing(
            claim_id=claim.id,
            word=stand(claim).word,
            confirmed_word=stand_confirmed(claim),
            rule_version=RULE_VERSION,
            inputs=canonical(asdict(claim)),
        )
        for claim in told
    ]
    Standing.objects.bulk_create(
        rows,
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["claim"],
        update_fields=["word", "confirmed_word", "rule_version", "inputs"],
    )
    moves = (_moved(before[row.claim_id], row) for row in rows if row.claim_id in before)
    return [move for move in moves if move]


def moved_beside(changes: Mapping[int, Iterable[Change]]) -> list[Moved]:
    """By claim, what moved under it that the rule is not told of; what was never weighed is not.

    Call it when the standing of these claims is stored.
    """
    rows = Standing.objects.filter(claim__in=changes).order_by("claim")
    return [
        beside(row.claim_id, json.loads(row.inputs), row.word, changes[row.claim_id])
        for row in rows
    ]


def _moved(before: Standing, after: Standing) -> Moved | None:
    if before.inputs == after.inputs and before.word == after.word:
        return None
    return compare(
        after.claim_id,
        json.loads(before.inputs),
        json.loads(after.inputs),
        (before.word, after.word),
    )


def resting_on(
    *,
    source: Source | None = None,
    document: Document | None = None,
    documents: Iterable[int] = (),
    passage: Passage | None = None,
    entity: Entity | None = None,
    quote: Quote | None = None,
) -> QuerySet[Claim]:
    """The claims whose standing may move when one of these does."""
    evidence = Evidence.objects.in_force()
    if source:
        evidence = evidence.filter(quote__capture__document__source=source)
    if document:
        evidence = evidence.filter(quote__capture__document=document)
    if documents:
        evidence = evidence.filter(quote__capture__document__in=list(documents))
    if passage:
        evidence = evidence.filter(
            quote__capture=passage.capture_id,
            quote__start__lt=passage.end,
            quote__end__gt=passage.start,
        )
    if quote:
        evidence = evidence.filter(quote=quote)
    if entity is None:
        return Claim.objects.filter(pk__in=evidence.values("claim"))
    ids = entity.and_merged()
    acting = Claim.acting.through.objects.filter(entity__in=ids)
    named = evidence.filter(  # each found by an index of its own: joins would read all evidence
        Q(origin_entity__in=ids)
        | Q(pk__in=Evidence.own_record_of.through.objects.filter(entity__in=ids).values("evidence"))
        | Q(quote__in=Quote.objects.filter(capture__document__in=_told_by(ids)))
    )
    return Claim.objects.filter(Q(pk__in=named.values("claim")) | Q(pk__in=acting.values("claim")))


def _told_by(entities: Iterable[int]) -> QuerySet[Document]:
    """The documents of which some of these are the origin, or own the source."""
    owned = Source.objects.filter(owner__in=entities)
    return Document.objects.filter(Q(origin_entity__in=entities) | Q(source__in=owned))


# --- gathering --------------------------------------------------------------------------------


def _gathered(ids: list[int]) -> Iterator[ClaimFacts]:
    claims = list(
        Claim.objects.filter(pk__in=ids).prefetch_related(
            "acting",
            Prefetch("replaced_by", Claim.objects.only("replaces", "because")),
            Prefetch("outcomes", Outcome.objects.in_force()),
            Prefetch("evidence", _evidence_to_weigh()),
        )
    )
    desk = _Desk.around(claims)
    for claim in claims:
        yield ClaimFacts(
            id=claim.pk,
            told_as=claim.told_as,
            acting=desk.everybody(claim.acting.all()),
            last_day=claim.date_latest,
            replaced_because=tuple(sorted({each.because for each in claim.replaced_by.all()})),
            evidence=tuple(desk.told_of(each) for each in claim.evidence.all()),
            outcome=next((each.get_word_display() for each in claim.outcomes.all()), ""),
        )


def _evidence_to_weigh() -> QuerySet[Evidence]:
    """Evidence in force with its document and source, without the words of the text."""
    return (
        Evidence.objects.in_force()
        .select_related(
            "origin_entity",
            "quote__capture__document__origin_entity",
            "quote__capture__document__source__owner",
        )
        .defer("quote__capture__text", "quote__capture__mended")
        .prefetch_related("own_record_of")
    )


@dataclass(frozen=True)
class _Desk:
    """What people decided, as far as some claims ask."""

    grades: dict[int, str]  # by source
    captures: dict[int, Assessment]
    passages: dict[int, list[PassageFacts]]  # by quote
    counting: set[int]  # captures that an import which counts brought in
    merged: dict[int, Entity]  # what each merged entity was merged into
    chains: Chains
    lost: dict[int, bool]  # by quote that is gone from the current text: whether a person says so

    @classmethod
    def around(cls, claims: list[Claim]) -> "_Desk":
        quotes = {each.quote for claim in claims for each in claim.evidence.all()}
        captures = {quote.capture_id for quote in quotes}
        sources = {quote.capture.document.source_id for quote in quotes}
        grades = SourceGrade.objects.in_force().filter(source__in=sources - {None})
        labels = Assessment.objects.in_force().filter(capture__in=captures)
        seen = Sighting.objects.filter(capture__in=captures, import_run__set_aside_at=None)
        merged = Entity.objects.exclude(merged_into=None).select_related("merged_into")
        return cls(
            chains=chains_of({quote.capture.document_id for quote in quotes}),
            lost=_lost({quote.pk for quote in quotes}),
            grades=dict(grades.values_list("source", "grade")),
            captures={label.capture_id: label for label in labels if label.capture_id},
            passages=_passages_by_quote({quote.pk for quote in quotes}),
            counting=set(seen.values_list("capture", flat=True)),
            merged={entity.pk: entity.merged_into for entity in merged if entity.merged_into},
        )

    def who(self, entity: Entity) -> Who:
        while entity.pk in self.merged:
            entity = self.merged[entity.pk]
        return Who(entity.pk, entity.name)

    def everybody(self, entities: Iterable[Entity]) -> tuple[Who, ...]:
        found = {self.who(entity) for entity in entities}
        return tuple(sorted(found, key=lambda who: (who.name, who.id or 0)))

    def told_of(self, evidence: Evidence) -> EvidenceFacts:
        quote = evidence.quote
        document = quote.capture.document
        source = document.source
        label = self.captures.get(quote.capture_id)
        return EvidenceFacts(
            id=evidence.pk,
            quote=quote.pk,
            document=document.pk,
            passages=tuple(self.passages[quote.pk]),
            chain=self.chains.chain.get(document.pk),
            confirmed_chain=self.chains.confirmed.get(document.pk),
            independent_of=self.chains.independent_of(document.pk),
            stance=evidence.stance,
            ticked=evidence.ticked_id is not None,
            source=source.name if source else "",
            grade=self.grades.get(source.pk, "F") if source else "F",
            owner=self.who(source.owner) if source and source.owner else None,
            origin=self._origin(evidence, document),
            document_credibility=label.credibility if label else NOT_JUDGED,
            document_reasons=tuple(label.reasons) if label else (),
            own_record_of=self.everybody(evidence.own_record_of.all()),
            withdrawn=self._withdrawn(quote),
            lost=quote.pk in self.lost,
            published=document.published,
        )

    def _origin(self, evidence: Evidence, document: Document) -> Who | None:
        """The evidence's, else the document's, else the owner of its source."""
        for told in (evidence, document):
            if told.origin_entity:
                return self.who(told.origin_entity)
            if told.origin_words:
                return Who(None, told.origin_words)
        owner = document.source.owner if document.source else None
        return self.who(owner) if owner else None

    def _withdrawn(self, quote: Quote) -> str:
        if quote.redacted_by or quote.capture.redacted_by:
            return "its words were removed"
        if self.lost.get(quote.pk):
            return "its words are gone from the newest text"
        return "" if quote.capture_id in self.counting else "its import was set aside"


def _lost(quotes: set[int]) -> dict[int, bool]:
    """The quotes whose words are gone from the current text of their document."""
    lost = Anchor.objects.in_force().filter(
        quote__in=quotes,
        state=Anchor.State.LOST,
        capture=F("quote__capture__document__current_capture"),
    )
    return {
        quote: decision is not None for quote, decision in lost.values_list("quote", "decision")
    }


def _passages_by_quote(quotes: set[int]) -> dict[int, list[PassageFacts]]:
    """The current passages that each quote touches, with the labels in force."""
    touched = (
        Passage.objects.annotate(
            quote=F("capture__quotes"),
            quote_start=F("capture__quotes__start"),
            quote_end=F("capture__quotes__end"),
            label=FilteredRelation("assessments", condition=Q(assessments__superseded_at=None)),
            # What repeats nearly the same words may say something else.
            again=Q(repeats__text_sha256=F("text_sha256")),
        )
        .filter(quote__in=quotes, start__lt=F("quote_end"), end__gt=F("quote_start"))
        .order_by("quote", "start")
    )
    found = defaultdict(list)
    for quote, kind, again, reliability, credibility, reasons, in_bulk in touched.values_list(
        "quote",
        "kind",
        "again",
        "label__reliability",
        "label__credibility",
        "label__reasons",
        "label__in_bulk",
    ):
        found[quote].append(
            PassageFacts(
                label=reliability or "",
                credibility=credibility or NOT_JUDGED,
                reasons=tuple(reasons or ()),
                in_bulk=bool(in_bulk),
                heading=kind == Passage.Kind.HEADING,
                repeats=bool(again),
            )
        )
    return found
