"""The content of an edition: all that readers and machines are told, as one value for JSON."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from typing import Any

from django.utils import timezone

from corpus.models import Document
from curation.comparing import OF_THE_EDITION
from curation.gathering import Field, Telling
from curation.markdown import Sentence
from curation.models import Assessment, Claim, Finding, PartnershipState, Party, Quote, SourceGrade
from curation.sealing import composed, seal
from curation.standing import RULE_VERSION, currency, weakest
from curation.weighing import NOT_JUDGED, EvidenceFacts, Verdict

FORMAT = 1
LABELS = ("spam", "", "speculative", "news", "heading")  # the weakest first
CREDIBILITIES = (5, 4, NOT_JUDGED, 3, 2, 1)  # the weakest first
NO_CLAIM = "no claim carries it"

Told = dict[str, Any]


def content_of(
    telling: Telling,
    *,
    n: int = 0,
    kind: str = "",
    note: str = "",
    published: datetime | None = None,
    override: Told | None = None,
) -> Told:
    """The whole content, of which the edition's text is the canonical JSON.

    `override`: the reason and what was passed, of an edition that was published over the gate.
    """
    published = published or timezone.now()
    head = {
        "format": FORMAT,
        "rule_version": RULE_VERSION,
        "n": n,
        "kind": kind,
        "note": note,
        "published": published.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
    }
    if override:
        head["override"] = override
    return composed(
        head | _prose(telling) | _fields(telling) | _evidence(telling, published.date())
    )


def evidence_digests(content: Told) -> dict[str, str]:
    """What a reviewer's approval holds for, piece by piece: claims by key, fields by name."""
    quotes = {quote["id"]: quote for quote in content["quotes"]}
    documents = {document["id"]: document for document in content["documents"]}
    pieces: dict[str, Any] = {}
    for claim in content["claims"]:
        cited = [quotes[each["quote"]] for each in claim["evidence"]]
        sources = [documents[quote["document"]] for quote in cited]
        pieces[claim["key"]] = [claim, cited, sources]
    pieces |= {finding["key"]: finding for finding in content.get("findings", ())}
    for name in ("partnership", "parties", "states", "left_out", "rule_version"):
        pieces[name] = content[name]
    return {name: seal(piece) for name, piece in pieces.items()}


def says_the_same(one: Told, other: Told) -> bool:
    """Whether two contents tell readers the same, whenever and as whatever they are published."""
    parts = [{key: each[key] for key in each.keys() - OF_THE_EDITION} for each in (one, other)]
    return seal(parts[0]) == seal(parts[1])


# --- fields -------------------------------------------------------------------------------------


def _fields(telling: Telling) -> Told:
    states = [(field, field.state) for field in telling.kept if field.state]
    return {
        "partnership": _partnership(telling),
        "state": _present([state for _, state in states]),
        "states": [_state(field, state) for field, state in states],
        "parties": [_party(telling, field, field.party) for field in telling.kept if field.party],
        "left_out": list(_left_out(telling)),
    }


def _partnership(telling: Telling) -> Told:
    def named(partnership) -> Told:
        return {"uid": str(partnership.uid), "name": partnership.name}

    before = telling.partnership.succeeds
    return named(telling.partnership) | {"succeeds": named(before) if before else None}


def _party(telling: Telling, field: Field, party: Party) -> Told:
    entity = telling.entity(party.entity_id)
    return {
        "entity": entity.pk,
        "slug": entity.slug,
        "name": entity.name,
        "kind": entity.kind,
        "identity": entity.identity,
        "role": party.role,
        **_rests(field),
    }


def _state(field: Field, state: PartnershipState) -> Told:
    return {"word": state.word, **_rests(field)}


def _rests(field: Field) -> Told:
    return {
        "since": field.row.since,
        "until": field.row.until,
        "claims": list(field.claims),
        "standing": field.standing,
    }


def _present(states: list[PartnershipState]) -> str:
    """The state it is in: of those that have not ended, the one that began last."""
    rows = [row for row in states if not row.until] or states
    latest = max(rows, key=lambda row: (row.since_earliest or date.min, row.pk), default=None)
    return latest.word if latest else ""


def _left_out(telling: Telling) -> Iterator[str]:
    for field in telling.fields:
        if field.is_left_out:
            keys = ", ".join(f"c{pk}" for pk in field.claims)
            rests = f"it rests on {keys} and is {field.standing}" if keys else NO_CLAIM
            yield f"{name_of(telling, field)} is left out: {rests}."
    for row in telling.untold_outcomes:
        stands = telling.stands.get(row.by_claim_id) if row.by_claim_id else None
        rests = f"it rests on c{row.by_claim_id} and is {stands.word}" if stands else NO_CLAIM
        yield f"What became of c{row.claim_id} is left out: {rests}."


def name_of(telling: Telling, field: Field) -> str:
    if isinstance(field.row, PartnershipState):
        return f"The state “{field.row.word}”"
    return f"{telling.entity(field.row.entity_id).name} as {field.row.role}"


# --- sentences ----------------------------------------------------------------------------------


def _prose(telling: Telling) -> Told:
    def told(sentences: Iterable[Sentence]) -> list[Told]:
        return [_sentence(telling, each) for each in sentences]

    return {
        "title": told(telling.prose.title),
        "standfirst": told(telling.prose.standfirst),
        "blocks": [
            {
                "kind": block.kind,
                "level": block.level,
                "list": block.list,
                "sentences": told(block.sentences),
            }
            for block in telling.prose.blocks
        ],
    }


def _sentence(telling: Telling, sentence: Sentence) -> Told:
    ids = telling.cited(sentence)
    return {
        "n": sentence.n,
        "text": sentence.text,
        "html": sentence.html,
        "claims": ids,
        "editorial": sentence.editorial,
        "standing": weakest(telling.stands[pk].word for pk in ids) if ids else None,
        "unknown": telling.unknown(sentence),
    } | _if_any("findings", telling.found(sentence))


# --- claims and what they rest on ---------------------------------------------------------------


def _evidence(telling: Telling, today: date) -> Told:
    ids = telling.told_claims
    told = [each for pk in ids for each in telling.facts[pk].evidence]
    by_quote = {each.quote: each for each in told}
    quotes = [telling.quotes[pk] for pk in sorted(by_quote)]
    documents = {quote.capture.document_id: quote.capture.document for quote in quotes}
    return {
        "claims": [_claim(telling, pk, n, today) for n, pk in enumerate(ids, 1)],
        "quotes": [_quote(quote, by_quote[quote.pk]) for quote in quotes],
        "documents": [_document(telling, documents[pk]) for pk in sorted(documents)],
    } | _if_any("findings", [_finding(telling.findings[pk]) for pk in sorted(telling.findings)])


def _if_any(name: str, told: list[Any] | Told) -> Told:
    """What came later than the first editions is told where there is some: without, they agree."""
    return {name: told} if told else {}


def _finding(finding: Finding) -> Told:
    """What the desk did itself, and what came of it."""
    return {
        "id": finding.pk,
        "key": finding.key,
        "kind": finding.kind,
        "words": finding.words,
        "place": finding.place,
        "asked": finding.asked.resolved.name if finding.asked else "",
        "date": finding.date,
        "outcome": finding.outcome,
        "result": finding.result,
    }


def _claim(telling: Telling, pk: int, number: int, today: date) -> Told:
    claim, stands, facts = telling.claims[pk], telling.stands[pk], telling.told_facts(pk)
    return {
        "id": claim.pk,
        "key": claim.key,
        "number": number,
        "words": claim.words,
        "told_as": claim.told_as,
        "said_by": _speaker(telling, claim),
        "acting": [
            {"id": who.id, "name": who.name, "slug": _slug(telling, who.id)} for who in facts.acting
        ],
        "date": claim.date,
        "as_of": claim.as_of,
        "attribute": claim.attribute,
        "value": claim.value,
        "replaces": claim.replaces_id,
        "replaced_because": claim.because,
        "currency": currency(facts, today),
        "standing": stands.word,
        "why": list(stands.why),
        "evidence": [_verdict(verdict) for verdict in stands.counted],
    } | _if_any("outcome", _outcome(telling, pk))


def _outcome(telling: Telling, pk: int) -> Told:
    """How the desk knows what became of a plan; what became of it, its currency tells."""
    row = telling.told_outcomes.get(pk)
    if row is None:
        return {}
    return {"by": telling.telling_outcomes.get(pk), "reason": row.reason}


def _speaker(telling: Telling, claim: Claim) -> Told | None:
    if claim.said_by_entity_id:
        entity = telling.entity(claim.said_by_entity_id)
        return {"name": entity.name, "slug": _slug(telling, entity.pk)}
    return {"name": claim.said_by_words, "slug": None} if claim.said_by_words else None


def _slug(telling: Telling, entity_id: int | None) -> str | None:
    """Parties of this edition have a public address; whoever else is named may have none."""
    parties = (telling.entity(each.party.entity_id) for each in telling.kept if each.party)
    return next((entity.slug for entity in parties if entity.pk == entity_id), None)


def _verdict(verdict: Verdict) -> Told:
    return {
        "quote": verdict.quote,
        "stance": verdict.stance,
        "weight": verdict.weight,
        "counts": verdict.counts,
        "why": verdict.why,
        "origin": verdict.origin,
        "own_record_of": list(verdict.own_record_of),
    }


def _quote(quote: Quote, facts: EvidenceFacts) -> Told:
    label, credibility = _weakest_label(facts)
    return {
        "id": quote.pk,
        "exact": quote.exact,
        "prefix": quote.prefix,
        "suffix": quote.suffix,
        "exact_sha256": quote.exact_sha256,
        "document": quote.capture.document_id,
        "start": quote.start,
        "end": quote.end,
        "reliability": label,
        "credibility": credibility,
        "credibility_words": Assessment.Credibility(credibility).label if label == "news" else "",
    }


def _weakest_label(facts: EvidenceFacts) -> tuple[str, int]:
    """Of the passages that a quote touches: a quote is as good as the weakest of them."""
    labels = [
        (
            passage.label,
            facts.document_credibility
            if passage.credibility == NOT_JUDGED
            else passage.credibility,
        )
        for passage in facts.touched
    ]
    weakest_first = sorted(
        labels, key=lambda pair: (LABELS.index(pair[0]), CREDIBILITIES.index(pair[1]))
    )
    return weakest_first[0] if weakest_first else ("heading", NOT_JUDGED)


def _document(telling: Telling, document: Document) -> Told:
    source = document.source
    grade = telling.grades.get(source.pk, "F") if source else "F"
    return {
        "id": document.pk,
        "title": document.title,
        "source": source.name if source else "",
        "grade": grade,
        "grade_words": SourceGrade.Grade(grade).label,
        "published": document.published,
        "published_basis": document.published_basis,
        "url": document.url,
        "origin": _origin(telling, document),
    }


def _origin(telling: Telling, document: Document) -> str:
    if document.origin_words:
        return document.origin_words
    owner = document.source.owner_id if document.source else None
    first = document.origin_entity_id or owner
    return telling.entity(first).name if first else ""
