"""A document with its copies, as a tree: the earliest first, each below what it is likest to."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from corpus.models import CopyEdge, Document
from curation.chains import INDEPENDENT, Chains, Pair, chains_of
from curation.models import CopyVerdict

SHOWN = 60  # documents of one tree


@dataclass
class Copy:
    """One document of the tree."""

    document: Document
    here: bool = False  # the one whose room this is
    edge: CopyEdge | None = None  # to the one above it
    said: CopyVerdict | None = None  # of it and the one whose room this is
    copies: list["Copy"] = field(default_factory=list)  # below it

    @property
    def share(self) -> int:
        return round(100 * self.edge.score) if self.edge else 0


@dataclass
class Cluster:
    """`apart`: documents that the machine found alike and people judged independent."""

    root: Copy | None
    count: int = 0  # documents of the tree
    left_out: int = 0  # more of them than are shown
    apart: list[Copy] = field(default_factory=list)


def cluster_of(document: Document) -> Cluster:
    """Gather it in a number of queries that grows with the length of the chain alone."""
    chains = chains_of([document.pk])
    ids = chains.documents_of(document.pk)
    apart = chains.independent_of(document.pk)
    every = _documents([*ids, *apart])
    copies = {pk: _copy(every[pk], document, chains) for pk in (*ids, *apart)}
    cluster = Cluster(None, len(ids), apart=[copies[pk] for pk in apart if pk not in ids])
    if len(ids) > 1:
        order = sorted(ids, key=lambda pk: earliest(every[pk]))
        kept = set(order[:SHOWN]) | {document.pk}
        cluster.root = copies[order[0]]
        cluster.left_out = len(ids) - len(kept)
        _hang({pk: copies[pk] for pk in order if pk in kept}, chains)
    return cluster


def earliest(document: Document) -> tuple[bool, date, int]:
    """What sorts dated documents by their date, and others behind them as they came in."""
    known = document.published_earliest
    return (known is None, known or date.max, document.pk)


def _documents(ids: Iterable[int]) -> dict[int, Document]:
    return Document.objects.select_related("source").in_bulk(list(ids))


def _copy(each: Document, document: Document, chains: Chains) -> Copy:
    pair = _pair(each.pk, document.pk)
    return Copy(each, here=each.pk == document.pk, said=chains.said.get(pair))


def _hang(copies: dict[int, Copy], chains: Chains) -> None:
    """From the first on, take in again and again what is linked best with what hangs already."""
    links = _links(chains)
    first, *waiting = copies
    above = {each: (links.get(_pair(first, each), 0.0), first) for each in waiting}
    while waiting:
        below = max(waiting, key=lambda each: above[each][0])
        waiting.remove(below)
        parent = above[below][1]
        copies[parent].copies.append(copies[below])
        copies[below].edge = chains.found.get(_pair(parent, below))
        for each in waiting:
            if (link := links.get(_pair(below, each), 0.0)) > above[each][0]:
                above[each] = (link, below)


def _links(chains: Chains) -> dict[Pair, float]:
    """How strong each link of a chain is; what people said is as strong as it can be."""
    links = {pair: edge.score for pair, edge in chains.found.items()}
    for pair, said in chains.said.items():
        links[pair] = 0.0 if said.word == INDEPENDENT else 1.0
    return links


def _pair(one: int, other: int) -> Pair:
    return (one, other) if one < other else (other, one)
