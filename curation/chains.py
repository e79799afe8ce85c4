"""Which documents are copies of one another, by what the machine found and what people said.

A pair that somebody judged independent is no link of a chain, and counts as two even where
a chain leads around it: the verdict is about this pair.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from typing import TypeVar

from django.db.models import Q, QuerySet

from corpus.models import CopyEdge
from curation.models import CopyVerdict

ASKED = 1000  # documents in one question: databases bound the values of a query

Pair = tuple[int, int]  # of documents, the smaller first
Row = TypeVar("Row", CopyEdge, CopyVerdict)


@dataclass
class Chains:
    """The chains of some documents, each called by the smallest of its documents."""

    found: dict[Pair, CopyEdge] = field(default_factory=dict)  # by the machine
    said: dict[Pair, CopyVerdict] = field(default_factory=dict)  # by people, in force
    chain: dict[int, int] = field(default_factory=dict)  # by what was found and said
    confirmed: dict[int, int] = field(default_factory=dict)  # by what people said alone

    def independent_of(self, document: int) -> tuple[int, ...]:
        """The documents that people judged independent of one."""
        pairs = (pair for pair, said in self.said.items() if said.word == INDEPENDENT)
        return tuple(sorted(a + b - document for a, b in pairs if document in (a, b)))

    def documents_of(self, document: int) -> list[int]:
        """All documents of the chain of one, itself included."""
        called = self.chain.get(document, document)
        return sorted({document} | {each for each, chain in self.chain.items() if chain == called})


SAME_STORY, INDEPENDENT = CopyVerdict.Word.SAME_STORY, CopyVerdict.Word.INDEPENDENT


def chains_of(documents: Iterable[int]) -> Chains:
    """Follow copies, and copies of copies, from documents as far as they lead."""
    chains = Chains()
    reached: set[int] = set()
    asked = set(documents)
    verdicts = CopyVerdict.objects.in_force().select_related("decision__by")
    while asked:
        reached |= asked
        chains.found |= dict(_pairs(CopyEdge.objects.standing(), asked))
        chains.said |= dict(_pairs(verdicts, asked))
        asked = {pk for pair in _links(chains) for pk in pair} - reached
    chains.chain = _called(_links(chains))
    chains.confirmed = _called(_confirmed_links(chains))
    return chains


def joined_to(documents: Iterable[int]) -> set[int]:
    """All documents of their chains, themselves included: without who found and who said it.

    An import asks for each batch, and a story may have been copied by thousands.
    """
    reached: set[int] = set()
    asked = set(documents)
    while asked:
        reached |= asked
        links: set[Pair] = set()
        apart: set[Pair] = set()
        for part in _parts(asked):
            either = Q(a__in=part) | Q(b__in=part)
            links.update(CopyEdge.objects.standing().filter(either).values_list("a", "b"))
            said = CopyVerdict.objects.in_force().filter(either)
            for a, b, word in said.values_list("a", "b", "word"):
                (apart if word == INDEPENDENT else links).add((a, b))
        asked = {pk for pair in links - apart for pk in pair} - reached
    return reached


def _pairs(rows: QuerySet[Row], documents: Collection[int]) -> Iterator[tuple[Pair, Row]]:
    for part in _parts(documents):
        for row in rows.filter(Q(a__in=part) | Q(b__in=part)):
            yield (row.a_id, row.b_id), row


def _parts(documents: Collection[int]) -> Iterator[list[int]]:
    every = sorted(documents)
    for at in range(0, len(every), ASKED):
        yield every[at : at + ASKED]


def _links(chains: Chains) -> set[Pair]:
    apart = {pair for pair, said in chains.said.items() if said.word == INDEPENDENT}
    return (set(chains.found) | _confirmed_links(chains)) - apart


def _confirmed_links(chains: Chains) -> set[Pair]:
    return {pair for pair, said in chains.said.items() if said.word == SAME_STORY}


def _called(links: Iterable[Pair]) -> dict[int, int]:
    """Each linked document with the smallest that a path of links leads to."""
    beside: dict[int, set[int]] = defaultdict(set)
    for a, b in links:
        beside[a].add(b)
        beside[b].add(a)
    called: dict[int, int] = {}
    for first in sorted(beside):
        waiting = [] if first in called else [first]
        while waiting:
            document = waiting.pop()
            if document not in called:
                called[document] = first
                waiting += beside[document]
    return called
