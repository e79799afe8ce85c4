"""Remove words, because the law or somebody who may ask for it wants them gone.

All places where the same words stand follow from one choice. What stood there, digests tell; who
removed it and why, a line of the ledger, which names every row. Nothing brings words back.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import singledispatch
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Model, QuerySet

from corpus import guards, redacting
from corpus.models import Capture, Document
from curation import entering, moving, publishing, spans
from curation.consequences import follow
from curation.ledger import Refused, authorise, canonical, decide, one_writer
from curation.models import (
    Alert,
    Claim,
    Decision,
    Description,
    Edition,
    Evidence,
    Link,
    Notice,
    Outcome,
    Override,
    Page,
    Partnership,
    Quote,
    ReviewDate,
    Revision,
    Summary,
)
from curation.sealing import seal
from curation.standings import resting_on
from curation.striking import Gone, hold, looked_for, struck

BECAUSE = {"law": "the law asks for it", "request": "somebody who may ask for it did"}
FASTER = "What would be removed is not what you saw. Nothing was: look again, and decide again."


@dataclass
class Removal:
    """What goes together."""

    label: str  # names what it is about, without its words
    rows: dict[type[Model], list[int]] = field(default_factory=dict)
    captures: list[int] = field(default_factory=list)
    named: bool = False
    gone: Gone = field(default_factory=Gone)

    def take(self, *rows: QuerySet) -> None:
        """Let these go too, as far as they still hold words."""
        for each in rows:
            wanted = redacting.holding_words(each)
            if wanted:
                known = self.rows.get(each.model, [])
                self.rows[each.model] = sorted({*known, *wanted})

    def in_words(self, most: int) -> Iterator[tuple[str, int, list[list[str]]]]:
        """What goes, for the person who decides: kind, how many, and the words of the first."""
        for model, pks in self.rows.items():
            rows = model._base_manager.filter(pk__in=pks[:most]).order_by("pk")
            names = str(model._meta.verbose_name_plural)
            if model is Edition:
                editions = Edition.objects.filter(pk__in=pks[:most]).order_by("pk")
                yield names, len(pks), [list(parted(each, self.gone)) for each in editions]
            else:
                yield names, len(pks), [redacting.words_of(each) for each in rows]

    @property
    def told(self) -> dict[str, str]:
        """As the ledger tells it: the rows of each kind."""
        return {model._meta.label_lower: spans.told(pks) for model, pks in self.rows.items()}

    @property
    def seen(self) -> str:
        """What a person who looks at it has seen."""
        return seal(self.told)


def redact(
    row: Model, *, by: User, because: str, reason: str, named: bool = False, seen: str | None = None
) -> Decision:
    """Remove the words of a document, a claim, a line, or another row that holds some.

    `named`: a document's title, addresses and author too. `seen` is Removal.seen as it was shown.
    The reason is kept, so it must not hold what is removed.
    """
    authorise(by, "curation.redact")
    entering.one_of("because", because, BECAUSE)
    reason = entering.prose("reason", reason)
    if not reason:
        raise Refused("Write why these words go, without the words themselves.")
    with one_writer():
        removal = plan(row, named)
        if not removal.rows:
            raise Refused("There is no word left to remove.")
        if seen is not None and seen != removal.seen:
            raise Refused(FASTER)
        _refuse_newest_drafts(removal)
        after = {"because": because, "removed": removal.told}
        decision = decide("redact", row, by=by, after=after, reason=reason, label=removal.label)
        _carry_out(removal, decision)
        return decision


def _carry_out(removal: Removal, decision: Decision) -> None:
    for model, pks in removal.rows.items():
        if model is Edition:
            publishing.strike(pks, removal.gone, decision=decision)
        else:
            redacting.empty(model, pks, decision.pk)
            if model is Notice:
                publishing.show_anew(Notice.objects.filter(pk__in=pks).values("page"), decision.at)
    redacting.forget(removal.captures, removal.named)
    documents = Capture.objects.filter(pk__in=removal.captures).values_list("document", flat=True)
    if removal.captures:
        follow(decision, resting_on(documents=documents))


def _refuse_newest_drafts(removal: Removal) -> None:
    chosen = Revision.objects.filter(pk__in=removal.rows.get(Revision, []))
    for revision in chosen.select_related("summary__partnership"):
        if revision.n == revision.summary.n:
            raise Refused(
                f"The draft on {revision.summary.partnership} holds these words: take them out of "
                "it and save it, then come back. Earlier versions of it go with the rest."
            )


# --- what goes with what --------------------------------------------------------------------------


@singledispatch
def plan(row: Any, named: bool = False) -> Removal:
    """What goes with a row; for most it is the row itself."""
    removal = Removal(f"{row._meta.verbose_name} {row.pk}")
    removal.take(type(row)._base_manager.filter(pk=row.pk))
    return removal


@plan.register
def _(document: Document, named: bool = False) -> Removal:
    """Its text, in every capture and wherever the same text came in, and all that repeats it."""
    removal = Removal(f"document {document.pk}", named=named)
    texts = redacting.of_text(document)
    removal.captures = list(texts.values_list("pk", flat=True))
    documents = set(texts.values_list("document", flat=True))
    quotes = Quote.objects.filter(capture__in=removal.captures)
    links = Link.objects.filter(document__in=documents)
    removal.take(*redacting.rows_of(removal.captures, named), quotes, links)
    lines = Decision.objects.filter(
        subject_kind="corpus.document", subject_id__in=[str(pk) for pk in documents]
    ).exclude(act="redact")
    removal.take(lines if named else lines.filter(act="link"))
    if named:
        removal.take(
            Description.objects.filter(document__in=documents),
            Evidence.objects.filter(quote__in=quotes),
        )
    rests = Claim.objects.filter(evidence__quote__in=quotes).distinct()
    words = looked_for(
        [*quotes.values_list("exact", flat=True), *(_names_of(documents) if named else ())]
    )
    claims = [claim for claim in rests if Gone(words=words).has(claim.words)]
    removal.gone = Gone(
        quotes=frozenset(quotes.values_list("pk", flat=True)),
        claims=frozenset(claim.pk for claim in claims),
        documents=frozenset(documents) if named else frozenset(),
        words=words,
    )
    _take_claims(removal, claims)
    _take_prose(removal, {claim.partnership_id for claim in rests})
    _take_alerts(removal, rests)
    return removal


@plan.register
def _(claim: Claim, named: bool = False) -> Removal:
    """Its words, wherever they stand; in editions the sentences too that tell it."""
    removal = Removal(f"claim {claim.key}")
    words = looked_for([claim.words, claim.value])
    removal.gone = Gone(claims=frozenset({claim.pk}), words=words)
    _take_claims(removal, [claim])
    _take_prose(removal, {claim.partnership_id})
    _take_alerts(removal, claim.partnership.claims.all())
    return removal


@plan.register
def _(line: Decision, named: bool = False) -> Removal:
    removal = Removal(f"line {line.seq}")
    if line.act != "redact":  # it names what was removed: that has to stay
        removal.take(Decision.objects.filter(pk=line.pk))
    return removal


def _names_of(documents: Iterable[int]) -> Iterator[str]:
    for row in Document.objects.filter(pk__in=documents):
        yield from (row.title, row.url, row.origin_words)


def _take_claims(removal: Removal, claims: Iterable[Claim]) -> None:
    pks = [claim.pk for claim in claims]
    made = Decision.objects.filter(pk__in=[claim.decision_id for claim in claims])
    about = Decision.objects.filter(
        subject_kind="curation.claim", subject_id__in=[str(pk) for pk in pks]
    )
    removal.take(Claim.objects.filter(pk__in=pks), made, about)


def _take_prose(removal: Removal, partnerships: set[int]) -> None:
    """Editions, drafts, notices and lines of these partnerships, as far as they hold what goes."""
    gone = removal.gone
    editions = Edition.objects.filter(partnership__in=partnerships).order_by("pk")
    struck_ = [each.pk for each in editions.iterator(20) if _holds(each, gone)]
    if struck_:
        removal.rows[Edition] = struck_
    revisions = Revision.objects.filter(summary__partnership__in=partnerships)
    notices = Notice.objects.filter(page__partnership__in=partnerships)
    over = Override.objects.filter(revision__summary__partnership__in=partnerships)
    outcomes = Outcome.objects.filter(claim__partnership__in=partnerships)
    days = ReviewDate.objects.filter(summary__partnership__in=partnerships)
    for rows in (revisions, notices, over, outcomes, days, *_lines_about(partnerships)):
        found = [each.pk for each in rows.order_by("pk").iterator(100) if _says(each, gone)]
        removal.take(rows.model._base_manager.filter(pk__in=found))


def _lines_about(partnerships: set[int]) -> Iterator[QuerySet]:
    """The lines about what is written of these partnerships; no line that names what went."""
    of = {"partnership__in": partnerships}
    evidence = Evidence.objects.filter(claim__partnership__in=partnerships)
    written = [Partnership.objects.filter(pk__in=partnerships), evidence]
    written += [model._base_manager.filter(**of) for model in (Claim, Summary, Page)]
    for rows in written:
        ids = [str(pk) for pk in rows.values_list("pk", flat=True)]
        for start in range(0, len(ids), 500):
            yield Decision.objects.filter(
                subject_kind=rows.model._meta.label_lower, subject_id__in=ids[start : start + 500]
            ).exclude(act="redact")


def _take_alerts(removal: Removal, claims: QuerySet[Claim]) -> None:
    """What moved under these claims, as far as it tells names or words that go."""
    gone = removal.gone
    own = {"link"} | (set(moving.WORDS) if removal.named else set())
    found = [
        alert.pk
        for alert in Alert.objects.filter(claim__in=claims).order_by("pk").iterator(100)
        if hold(alert.changes, gone)
        or any(of in own and quote in gone.quotes for of, quote, *_ in alert.changes)
    ]
    removal.take(Alert.objects.filter(pk__in=found))


def _says(row: Model, gone: Gone) -> bool:
    if isinstance(row, Decision):
        told = [json.loads(each) for each in (row.before, row.after) if each]
        return hold([row.subject_label, row.reason, *told], gone)
    return hold([getattr(row, name) for name in guards.words_of(type(row))], gone)


def parted(edition: Edition, gone: Gone) -> Iterator[str]:
    """The words that an edition parts with, in order."""

    def walk(was: Any, now: Any) -> Iterator[str]:
        if isinstance(was, str):
            if was != now:
                yield was
        elif isinstance(was, list | dict):
            for key in was if isinstance(was, dict) else range(len(was)):
                if key != "html":
                    yield from walk(was[key], now[key])

    content = edition.content
    return walk(content, struck(content, gone))


def _holds(edition: Edition, gone: Gone) -> bool:
    return canonical(struck(edition.content, gone)) != edition.text
