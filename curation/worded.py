"""A sentence beside what it cites: what readings of its wording ask about."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from corpus.analysis.dates import dates_in
from curation.gathering import Telling
from curation.markdown import Sentence
from curation.mending import plain
from curation.models import Claim
from curation.obstacles import Obstacle
from curation.presence import Said, any_of
from curation.standing import ClaimFacts, weakest
from curation.tenses import Place


@dataclass(frozen=True)
class Worded:
    telling: Telling
    sentence: Sentence
    kind: str  # title, standfirst; else of its block: paragraph, heading, item, quotation
    before: Sentence | None  # in the same part
    after: Sentence | None
    names: re.Pattern[str] | None  # of everybody that the page's claims speak of

    @property
    def text(self) -> str:
        return self.sentence.text

    @cached_property
    def claims(self) -> list[int]:
        return self.telling.cited(self.sentence)

    @cached_property
    def standing(self) -> str:
        """That of its weakest claim; empty without one."""
        words = [self.telling.stands[pk].word for pk in self.claims]
        return weakest(words) if words else ""

    @property
    def weakest(self) -> list[int]:
        return [pk for pk in self.claims if self.telling.stands[pk].word == self.standing]

    def claim(self, pk: int) -> Claim:
        return self.telling.claims[pk]

    def facts(self, pk: int) -> ClaimFacts:
        return self.telling.facts[pk]

    @cached_property
    def said(self) -> Said:
        """All that its claims and the quotes put to them say, whatever they weigh."""
        told = [_said_by_claim(self.telling, pk) for pk in self.claims]
        told += [
            _said_by_quote(self.telling, each.quote)
            for pk in self.claims
            for each in self.facts(pk).evidence
        ]
        told += [_said_by_finding(self.telling, pk) for pk in self.telling.found(self.sentence)]
        return Said(
            tuple(text for each in told for text in each.texts),
            tuple(date for each in told for date in each.dates if date),
            frozenset(pk for each in told for pk in each.entities),
        )

    def obstacle(
        self, words: str, mend: str, *, at: Iterable[Place] = (), claim: int | None = None
    ) -> Obstacle:
        return Obstacle(
            words,
            mend,
            self.sentence.part,
            self.sentence.n,
            claim,
            sha256=self.sentence.sha256,
            standing=self.standing,
            at=tuple((place.start, place.end) for place in at),
        )


def worded(telling: Telling) -> Iterator[Worded]:
    """Every sentence that cites something, or is told as the desk's own."""
    names = any_of(_everybody(telling))
    kinds = {each.n: block.kind for block in telling.prose.blocks for each in block.sentences}
    sentences = telling.prose.sentences
    for before, sentence, after in zip(
        [None, *sentences], sentences, [*sentences[1:], None], strict=False
    ):
        if sentence.keys or sentence.editorial:
            kind = kinds.get(sentence.n, sentence.part)
            yield Worded(
                telling,
                sentence,
                kind,
                before if before and before.part == sentence.part else None,
                after if after and after.part == sentence.part else None,
                names,
            )


def _everybody(telling: Telling) -> tuple[str, ...]:
    names = {alias for aliases in telling.aliases.values() for alias in aliases}
    for facts in telling.facts.values():
        for each in facts.evidence:
            names |= {plain(each.source), plain(each.origin.name if each.origin else "")}
    return tuple(sorted(names - {""}))


def _said_by_claim(telling: Telling, pk: int) -> Said:
    claim = telling.claims[pk]
    named = {who.id for who in telling.facts[pk].acting} | {claim.said_by_entity_id}
    return Said(
        (claim.words, claim.value, claim.said_by_words),
        (claim.date, claim.as_of),
        _ends(telling, named),
    )


def _said_by_quote(telling: Telling, pk: int) -> Said:
    """Its words, when and by whom they were published, and the dates that follow from it."""
    quote = telling.quotes[pk]
    document = quote.capture.document
    source = document.source
    counted = _dates_counted(quote.exact, document.published)
    named = {document.origin_entity_id, source.owner_id if source else None}
    return Said(
        (quote.exact, document.title, source.name if source else "", document.origin_words),
        (document.published, *counted),
        _ends(telling, named),
    )


def _said_by_finding(telling: Telling, pk: int) -> Said:
    finding = telling.findings[pk]
    asked = finding.asked.resolved if finding.asked else None
    return Said(
        (finding.words, finding.place, finding.result, asked.name if asked else ""),
        (finding.date, *_dates_counted(finding.result, finding.date)),
        frozenset({asked.pk} if asked else ()),
    )


def _ends(telling: Telling, ids: set[int | None]) -> frozenset[int]:
    return frozenset(telling.entity(pk).pk for pk in ids if pk in telling.entities)


def _dates_counted(words: str, published: str) -> list[str]:
    return [each.date for each in dates_in(words, published) if each.date]
