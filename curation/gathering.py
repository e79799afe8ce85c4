"""What readers would be told of a summary now: gathered once, in a constant number of queries.

The gate reads it to say what stands in the way, publishing to freeze it: neither can see
something that the other did not.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property, lru_cache
from typing import Any

from django.db.models import Prefetch, Q
from django.utils import timezone

from corpus.models import Alias, Entity
from curation import markdown
from curation.markdown import Prose, Sentence
from curation.models import (
    Alert,
    Claim,
    Evidence,
    Finding,
    Outcome,
    Page,
    Partnership,
    PartnershipState,
    Party,
    Quote,
    ReviewDate,
    Revision,
    SourceGrade,
    Summary,
)
from curation.standing import STRENGTH, ClaimFacts, Stands, stand, weakest
from curation.standings import facts

__all__ = [
    "Field",
    "Telling",
    "gather",
    "gather_all",
    "in_force",
    "is_above",
    "number",
    "prose_of",
    "read_once",
]

KEY = re.compile(r"c([1-9][0-9]{0,17})")
FINDING = re.compile(r"f([1-9][0-9]{0,17})")
LOWEST_FIELD = "unverified"  # a field that stands lower is left out

Row = Party | PartnershipState
read_once = lru_cache(maxsize=64)(markdown.read)  # the same words are parsed once


def prose_of(revision: Revision | None) -> Prose:
    if revision is None:
        return markdown.read("", "", "")
    return read_once(title=revision.title, standfirst=revision.standfirst, text=revision.text)


def is_above(word: str, other: str) -> bool:
    return STRENGTH.index(word) < STRENGTH.index(other)


@dataclass(frozen=True)
class Field:
    """A party or a state, with the standing of the weakest claim that it rests on.

    Rows that tell readers the same, as those of entities that were merged, are one field.
    """

    row: Row
    claims: tuple[int, ...]
    standing: str

    @property
    def is_left_out(self) -> bool:
        return is_above(LOWEST_FIELD, self.standing)

    @property
    def party(self) -> Party | None:
        return self.row if isinstance(self.row, Party) else None

    @property
    def state(self) -> PartnershipState | None:
        return self.row if isinstance(self.row, PartnershipState) else None


@dataclass(frozen=True)
class Telling:
    """A summary's prose and fields, and all that they rest on.

    What follows from them is worked out once: it is asked for each claim of a page.
    """

    summary: Summary
    partnership: Partnership
    revision: Revision | None
    prose: Prose
    claims: dict[int, Claim]  # of this partnership: cited, or named by a field
    fields: tuple[Field, ...]
    # Of these claims, and of others that were gathered with them:
    facts: dict[int, ClaimFacts]
    stands: dict[int, Stands]
    entities: dict[int, Entity]  # by every id that is named: the one it was merged into
    aliases: dict[int, tuple[str, ...]]  # of these, by the id of the one it was merged into
    quotes: dict[int, Quote]
    grades: dict[int, str]  # by source
    elsewhere: frozenset[int]  # claims of other partnerships
    alerts: tuple[Alert, ...] = ()  # that nobody resolved, nor answered by this revision
    findings: Mapping[int, Finding] = field(default_factory=dict)  # of this partnership, cited
    outcomes: Mapping[int, Outcome] = field(default_factory=dict)  # by claim
    to_look_again: date | None = None  # the day that was set, once it has come; until answered

    def cited(self, sentence: Sentence) -> list[int]:
        """Ids of the claims that a sentence cites, in order."""
        ids = (number(key) for key in sentence.keys)
        return list(dict.fromkeys(pk for pk in ids if pk in self.claims))

    def found(self, sentence: Sentence) -> list[int]:
        """Ids of the findings that a sentence cites, in order."""
        ids = (finding_number(key) for key in sentence.keys)
        return list(dict.fromkeys(pk for pk in ids if pk in self.findings))

    def unknown(self, sentence: Sentence) -> list[str]:
        """Keys of a sentence that lead nowhere."""
        return [
            key
            for key in sentence.keys
            if number(key) not in self.claims and finding_number(key) not in self.findings
        ]

    @cached_property
    def cited_claims(self) -> list[int]:
        """In order of their first citation: the numbers that readers see."""
        return list(dict.fromkeys(pk for each in self.prose.sentences for pk in self.cited(each)))

    @cached_property
    def kept(self) -> list[Field]:
        return [field for field in self.fields if not field.is_left_out]

    @cached_property
    def _plans(self) -> list[Outcome]:
        """The outcomes of what the text cites or a party or state rests on, in that order."""
        of_fields = (pk for field in self.kept for pk in field.claims)
        told = dict.fromkeys([*self.cited_claims, *of_fields])
        return [self.outcomes[pk] for pk in told if pk in self.outcomes]

    @cached_property
    def telling_outcomes(self) -> dict[int, int]:
        """By plan or forecast, the claim that tells its outcome, if it stands as a party or state
        has to."""
        return {
            row.claim_id: row.by_claim_id
            for row in self._plans
            if row.by_claim_id in self.claims
            and not is_above(LOWEST_FIELD, self.stands[row.by_claim_id].word)
        }

    @cached_property
    def told_outcomes(self) -> dict[int, Outcome]:
        """By plan or forecast, what readers are told of it: by a claim that stands so, or with how
        one knows. What rests on neither is left out."""
        by = self.telling_outcomes
        return {row.claim_id: row for row in self._plans if row.claim_id in by or row.reason}

    @cached_property
    def untold_outcomes(self) -> list[Outcome]:
        told = self.told_outcomes
        return [row for row in self._plans if row.claim_id not in told]

    def told_facts(self, pk: int) -> ClaimFacts:
        """What readers are told of a claim: without an outcome that is left out."""
        facts = self.facts[pk]
        untold = facts.outcome and pk not in self.told_outcomes
        return replace(facts, outcome="") if untold else facts

    @cached_property
    def told_claims(self) -> list[int]:
        """The claims of the page: of the text, of its outcomes, then of its fields."""
        of_fields = (pk for field in self.kept for pk in field.claims)
        outcomes = self.telling_outcomes.values()
        return list(dict.fromkeys([*self.cited_claims, *outcomes, *of_fields]))

    def entity(self, pk: int) -> Entity:
        return self.entities[pk]

    @cached_property
    def parties(self) -> list[tuple[Field, Party]]:
        """All of them, also those that are left out."""
        return [(field, field.party) for field in self.fields if field.party]


def number(key: str) -> int:
    """The claim that a key names; 0 for a key that cannot name one."""
    match = KEY.fullmatch(key)
    return int(match[1]) if match else 0


def finding_number(key: str) -> int:
    """The finding that a key names; 0 for a key that cannot name one."""
    match = FINDING.fullmatch(key)
    return int(match[1]) if match else 0


def in_force(claim: Claim) -> list[Evidence]:
    """The evidence of a gathered claim that nobody withdrew."""
    return claim.in_force  # type: ignore[attr-defined]  # as _claims() fetched it


def gather(summary: Summary, revision: Revision | None = None) -> Telling:
    """Gather what a revision (else the newest) would tell, as the evidence stands now."""
    (telling,) = gather_all({summary: revision or summary.latest})
    return telling


def gather_all(revisions: Mapping[Summary, Revision | None]) -> list[Telling]:
    """The same of several summaries, in as many queries as of one."""
    prose = {summary: prose_of(revision) for summary, revision in revisions.items()}
    partnerships = _partnerships(revisions)
    rows = _rows(partnerships)
    cited = {number(key) for each in prose.values() for key in each.keys} - {0}
    of_fields = {claim.pk for row in rows for claim in row.claims.all()}
    outcomes = _outcomes(cited | of_fields)
    telling = {each.by_claim_id for each in outcomes.values() if each.by_claim_id}
    claims = list(_claims(cited | telling | of_fields))
    evidence = _evidence([each for each in claims if each.partnership_id in partnerships], rows)
    alerts = _alerts(revisions)
    findings = _findings(prose.values(), partnerships)
    days = _days_that_came(revisions)
    return [
        Telling(
            alerts=tuple(alerts[summary.pk]),
            findings=findings.get(summary.partnership_id, {}),
            outcomes=outcomes,
            to_look_again=days.get(summary.pk),
            summary=summary,
            partnership=partnerships[summary.partnership_id],
            revision=revision,
            prose=prose[summary],
            **evidence | _of(summary.partnership_id, claims, rows, evidence),
        )
        for summary, revision in revisions.items()
    ]


def _outcomes(claims: Collection[int]) -> dict[int, Outcome]:
    rows = Outcome.objects.in_force().filter(claim__in=claims)
    return {row.claim_id: row for row in rows}


def _days_that_came(summaries: Iterable[Summary]) -> dict[int, date]:
    """By summary: the day to look at it again, where it has come and nobody dealt with it."""
    rows = ReviewDate.objects.passed(timezone.localdate()).unanswered()
    return dict(rows.filter(summary__in=list(summaries)).values_list("summary", "on"))


def _findings(prose: Iterable[Prose], partnerships: Iterable[int]) -> dict[int, dict[int, Finding]]:
    """By partnership: its findings in force that some draft cites."""
    cited = {finding_number(key) for each in prose for key in each.keys} - {0}
    rows = Finding.objects.in_force().filter(pk__in=cited, partnership__in=partnerships)
    found: dict[int, dict[int, Finding]] = defaultdict(dict)
    for row in rows.select_related("asked") if cited else ():
        found[row.partnership_id][row.pk] = row
    return found


def _alerts(revisions: Mapping[Summary, Revision | None]) -> dict[int, list[Alert]]:
    """By summary: what is open of it, and of the edition that readers have."""
    partnerships = {summary.partnership_id: summary.pk for summary in revisions}
    pages = Page.objects.filter(partnership__in=partnerships).order_by()
    editions = {
        edition: partnerships[partnership]
        for edition, partnership in pages.values_list("edition", "partnership")
    }
    answered = {summary.pk: revision and revision.pk for summary, revision in revisions.items()}
    own = Q(holder_kind=Alert.Holder.SUMMARY, holder_id__in=answered)
    public = Q(holder_kind=Alert.Holder.EDITION, holder_id__in=editions)
    found: dict[int, list[Alert]] = defaultdict(list)
    for alert in Alert.objects.open().weighty().filter(own | public).order_by("pk"):
        of_draft = alert.holder_kind == Alert.Holder.SUMMARY
        summary = alert.holder_id if of_draft else editions[alert.holder_id]
        if alert.answered_in_id is None or alert.answered_in_id != answered[summary]:
            found[summary].append(alert)
    return found


def _of(
    partnership: int, claims: Iterable[Claim], rows: Iterable[Row], evidence: dict[str, Any]
) -> dict[str, Any]:
    """What is one partnership's own of all that was gathered."""
    own = [row for row in rows if row.partnership_id == partnership]
    here = {claim.pk: claim for claim in claims if claim.partnership_id == partnership}
    return {
        "claims": here,
        "elsewhere": frozenset(claim.pk for claim in claims if claim.pk not in here),
        "fields": tuple(_fields(own, evidence["stands"], evidence["entities"])),
    }


def _evidence(claims: Collection[Claim], rows: list[Row]) -> dict[str, Any]:
    """What claims rest on, whosever they are."""
    told = {each.id: each for each in facts(claims)}
    quotes = _quotes({each.quote for one in told.values() for each in one.evidence})
    ends = _ends_of_merging()
    entities = _entities(_named(rows, claims, quotes.values()), ends)
    return {
        "facts": told,
        "stands": {pk: stand(each) for pk, each in told.items()},
        "quotes": quotes,
        "entities": entities,
        "aliases": _aliases({entity.pk for entity in entities.values()}, ends),
        "grades": _grades(quotes.values()),
    }


def _partnerships(summaries: Iterable[Summary]) -> dict[int, Partnership]:
    ids = {summary.partnership_id for summary in summaries}
    return Partnership.objects.select_related("succeeds").in_bulk(ids)


def _rows(partnerships: Iterable[int]) -> list[Row]:
    """Their parties and states in force."""
    parties = Party.objects.in_force().filter(partnership__in=partnerships)
    states = PartnershipState.objects.in_force().filter(partnership__in=partnerships)
    return [*parties.prefetch_related("claims"), *states.prefetch_related("claims")]


def _claims(ids: set[int]) -> Iterable[Claim]:
    return Claim.objects.filter(pk__in=ids).prefetch_related(
        "acting",
        "replaced_by",
        Prefetch("evidence", Evidence.objects.in_force(), to_attr="in_force"),
    )


def _fields(
    rows: list[Row], stands: dict[int, Stands], entities: dict[int, Entity]
) -> Iterator[Field]:
    """One for all rows that say the same: it rests on the claims of each of them."""
    alike: dict[tuple[object, ...], list[Row]] = {}
    for row in rows:
        what = (entities[row.entity_id].pk, row.role) if isinstance(row, Party) else (row.word,)
        alike.setdefault((type(row), *what, row.since, row.until), []).append(row)
    for same in alike.values():
        ids = tuple(sorted({claim.pk for row in same for claim in row.claims.all()}))
        words = [stands[pk].word for pk in ids if pk in stands]
        yield Field(same[0], ids, weakest(words) if words else STRENGTH[-1])


def _quotes(ids: set[int]) -> dict[int, Quote]:
    rows = Quote.objects.filter(pk__in=ids).order_by("pk")
    rows = rows.select_related("capture__document__source")
    rows = rows.defer("capture__text", "capture__mended")
    return {quote.pk: quote for quote in rows}


def _grades(quotes: Iterable[Quote]) -> dict[int, str]:
    sources = {quote.capture.document.source_id for quote in quotes} - {None}
    grades = SourceGrade.objects.in_force().filter(source__in=sources)
    return dict(grades.values_list("source", "grade"))


def _named(
    rows: list[Row], claims: Iterable[Claim], quotes: Iterable[Quote]
) -> Iterator[int | None]:
    for row in rows:
        if isinstance(row, Party):
            yield row.entity_id
    for claim in claims:
        yield from (entity.pk for entity in claim.acting.all())
        yield claim.said_by_entity_id
    for quote in quotes:
        document = quote.capture.document
        yield document.origin_entity_id
        yield document.source.owner_id if document.source else None


def _ends_of_merging() -> dict[int, int]:
    """Of each entity that was merged, the one at the end of the chain."""
    into: dict[int, int | None] = dict(
        Entity.objects.exclude(merged_into=None).values_list("pk", "merged_into")
    )

    def end(pk: int) -> int:
        while following := into.get(pk):
            pk = following
        return pk

    return {pk: end(pk) for pk in into}


def _entities(ids: Iterable[int | None], ends: dict[int, int]) -> dict[int, Entity]:
    """By each id, the entity it was merged into at the end of the chain."""
    named = {pk: ends.get(pk, pk) for pk in ids if pk}
    rows = Entity.objects.in_bulk(set(named.values()))
    return {pk: rows[last] for pk, last in named.items()}


def _aliases(ids: set[int], ends: dict[int, int]) -> dict[int, tuple[str, ...]]:
    """The names that each goes by, those of entities merged into it too."""
    found: dict[int, set[str]] = {pk: set() for pk in ids}
    merged = {pk for pk, last in ends.items() if last in ids}
    rows = Alias.objects.filter(entity__in=ids | merged)
    for entity, text in rows.values_list("entity", "text"):
        found[ends.get(entity, entity)].add(text)
    return {pk: tuple(sorted(texts)) for pk, texts in found.items()}
