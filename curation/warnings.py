"""The gate's warnings: what a reviewer should look at, though nothing is refused for it."""

from django.utils.formats import date_format

from corpus.models import Document
from curation.gathering import Telling
from curation.mending import another_than, plain
from curation.obstacles import Found, Obstacle, Rule, first_places, start_of


def _one_origin(telling: Telling) -> Found:
    for claim, part, sentence in first_places(telling):
        counted = telling.stands[claim.pk].counted
        origins = {each.origin for each in counted if each.counts and each.stance == "supports"}
        if len(origins) == 1:
            (origin,) = origins
            yield Obstacle(
                f"All that supports {claim.key} goes back to {origin}.",
                f"Look for a firm quote of {another_than([origin])}.",
                part,
                sentence,
                claim.pk,
            )


def _speaks_for_a_party(telling: Telling) -> Found:
    entities = [telling.entity(party.entity_id) for _, party in telling.parties]
    parties = {entity.pk: entity.name for entity in entities}
    for claim, part, sentence in first_places(telling):
        owners = {each.owner.id for each in telling.facts[claim.pk].evidence if each.owner}
        for name in sorted(name for pk, name in parties.items() if pk in owners):
            yield Obstacle(
                f"A source of {claim.key} is the voice of {name}, a party.",
                f"Say that it is {name} who says so.",
                part,
                sentence,
                claim.pk,
            )


def _undated(telling: Telling) -> Found:
    for claim, part, sentence in first_places(telling):
        quotes = (telling.quotes[each.quote] for each in telling.facts[claim.pk].evidence)
        for document in dict.fromkeys(quote.capture.document for quote in quotes):
            if not document.published:
                yield Obstacle(
                    f"“{start_of(document.title)}”, a source of {claim.key}, has no date.",
                    f"Find out when it was published, or write “{_undated_of(document)} says …”.",
                    part,
                    sentence,
                    claim.pk,
                )


def _undated_of(document: Document) -> str:
    source = plain(document.source.name) if document.source else ""
    return f"an undated article of {source}" if source else "an undated article"


def _to_look_at_again(telling: Telling) -> Found:
    if day := telling.to_look_again:
        yield Obstacle(
            f"It was to be looked at again on {date_format(day, 'j F Y')}.",
            "Confirm what stands as it is, or write it anew; then set the next day.",
        )


WARNINGS = (
    Rule("one_origin", "All that supports a claim goes back to one origin.", _one_origin),
    Rule("speaks_for_a_party", "A source is the voice of a party.", _speaks_for_a_party),
    Rule("undated", "A source has no date.", _undated),
    Rule("review_date", "The day to look at it again has come.", _to_look_at_again),
)
