"""Find copies: write the fingerprints of current texts, and the pairs of documents they lead to."""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from django.db import connection
from django.db.models import Count, Exists, OuterRef, Q
from django.utils import timezone

from corpus.analysis.copies import ALGORITHM, Read, Reuse, reuse
from corpus.importing.inserting import insert
from corpus.models import CopyEdge, Document, Fingerprint, Passage
from corpus.text import fingerprint

AfterCopies = Callable[[set[int]], object]  # told the documents between which edges moved

COMMON = 20  # documents in which a sequence stands; in more it is a turn of phrase or a form
FEWEST = 2  # rare sequences in common, for two texts to be compared,
A_SHARE = 0.125  # or this share of the smaller text's where it has few,
MOST_OF_IT = 0.5  # or this share of them, common ones too
COMPARED = 5  # texts that one is compared with, the likeliest
WITHIN_A_SOURCE = 0.5  # of the smaller text must stand in the other: it repeats its furniture
ASKED = 5000  # values in one question to the database


@dataclass
class Followed:
    """What came of it: how many of the documents are copies, and whose edges moved."""

    copies: int = 0
    moved: set[int] = field(default_factory=set)


class Text(NamedTuple):
    """A text in force, as copies of it are looked for."""

    source: int | None
    words: str
    spam: Sequence[tuple[int, int]]  # places that the machine takes for no part of it
    prints: frozenset[int] | None = None  # its fingerprints, where somebody computed them


def follow(
    documents: Iterable[int],
    after_copies: AfterCopies | None = None,
    known: Mapping[int, Text] | None = None,
) -> Followed:
    """Write the fingerprints of documents whose current text is another now, and their edges.

    Call it inside one_writer(), once for all documents of a batch: the number of queries does
    not grow with them. Texts that are `known` are not read again.
    """
    ids = sorted(set(documents))
    if not ids:
        return Followed()
    texts = _Texts(known or {})
    texts.load(ids)
    prints = texts.fingerprints(ids)
    likely = _write_fingerprints(ids, prints)
    standing = _standing_edges(ids)
    pairs = likely | standing.keys()
    texts.load({pk for pair in pairs for pk in pair})
    found = {pair: each for pair in pairs if (each := texts.compare(*pair))}
    followed = _write_edges(found, standing)
    copied = {pk for pair in found for pk in pair}
    followed.copies = sum(pk in copied for pk in ids)
    if after_copies and followed.moved:
        after_copies(followed.moved)
    return followed


def of_another_algorithm() -> Q:
    """Documents whose fingerprints or edges another algorithm made; follow() makes them anew."""
    document = OuterRef("pk")
    prints = Fingerprint.objects.exclude(algorithm=fingerprint.ALGORITHM)
    edges = CopyEdge.objects.standing().exclude(algorithm=ALGORITHM)
    return Q(
        Exists(prints.filter(document=document))
        | Exists(edges.filter(a=document))
        | Exists(edges.filter(b=document))
    )


class _Texts:
    """Current texts without what the machine takes for spam, each read once."""

    def __init__(self, known: Mapping[int, Text]) -> None:
        self._texts = {**known}
        self._read: dict[int, Read] = {}

    def load(self, ids: Iterable[int]) -> None:
        wanted = [pk for pk in ids if pk not in self._texts]
        if not wanted:
            return
        current = Document.objects.filter(pk__in=wanted).exclude(current_capture=None)
        spam: dict[int, list[tuple[int, int]]] = defaultdict(list)
        passages = Passage.objects.filter(
            capture__in=current.values("current_capture"), suggested_reliability="spam"
        )
        for document, start, end in passages.order_by("capture", "start").values_list(
            "capture__document", "start", "end"
        ):
            spam[document].append((start, end))
        for pk, source, text in current.values_list("pk", "source", "current_capture__text"):
            self._texts[pk] = Text(source, text, spam[pk])

    def fingerprints(self, ids: Iterable[int]) -> dict[int, frozenset[int]]:
        return {
            pk: fingerprint.fingerprints(self._words(pk)) if text.prints is None else text.prints
            for pk in ids
            if (text := self._texts.get(pk))
        }

    def compare(self, a: int, b: int) -> Reuse | None:
        """What they have in common, if one is a copy of the other."""
        if a not in self._texts or b not in self._texts:
            return None
        found = reuse(self._as_read(a), self._as_read(b))
        of_one_source = self._texts[a].source == self._texts[b].source is not None
        enough = WITHIN_A_SOURCE if of_one_source else 0
        return found if found.found and found.shared >= enough else None

    def _as_read(self, pk: int) -> Read:
        if pk not in self._read:
            self._read[pk] = Read(self._words(pk))
        return self._read[pk]

    def _words(self, pk: int) -> str:
        return fingerprint.readable(self._texts[pk].words, self._texts[pk].spam)


# --- fingerprints ---------------------------------------------------------------------------


def _write_fingerprints(ids: list[int], prints: dict[int, frozenset[int]]) -> set[tuple[int, int]]:
    """Replace the fingerprints of documents; return the pairs that are worth comparing.

    No more than COMMON rows are kept of a value: enough to find one of its documents by, and
    a question is never answered with a whole corpus.
    """
    Fingerprint.objects.filter(document__in=ids).delete()
    holders = _holders(set().union(*prints.values()))
    likely: list[Likely] = []
    rows: list[tuple[int, int, int]] = []
    for pk, values in prints.items():
        likely += _likely(pk, values, holders)
        for value in sorted(values):
            if len(holders[value]) < COMMON:
                holders[value].append(pk)
                rows.append((pk, fingerprint.ALGORITHM, value))
    insert(Fingerprint, ("document_id", "algorithm", "value"), rows)
    sizes = _sizes({each.other for each in likely} - prints.keys())
    sizes |= {pk: len(values) for pk, values in prints.items()}
    return {_in_order(each.pk, each.other) for each in likely if each.worth_comparing(sizes)}


class Likely(NamedTuple):
    """A document that shares fingerprints with one, and how many; rare ones of them."""

    pk: int
    other: int
    shared: int
    rare: int

    def worth_comparing(self, sizes: Mapping[int, int]) -> bool:
        smaller = min(sizes[self.pk], sizes[self.other])
        few = min(FEWEST, max(1, A_SHARE * smaller))
        return self.rare >= few or self.shared >= MOST_OF_IT * smaller


def _likely(pk: int, values: frozenset[int], holders: Mapping[int, list[int]]) -> Iterator[Likely]:
    """Those that share most with it."""
    every: Counter[int] = Counter()
    rare: Counter[int] = Counter()
    for value in values:
        every.update(holders[value])
        if len(holders[value]) < COMMON:
            rare.update(holders[value])
    for other, shared in every.most_common(COMPARED):
        yield Likely(pk, other, shared, rare[other])


def _holders(values: set[int]) -> dict[int, list[int]]:
    """The documents in which each value stands, but for those being written.

    The values are numbers of ours, written into the question: to prepare forty parameters a
    document took longer than to answer it.
    """
    holders: dict[int, list[int]] = defaultdict(list)
    table = connection.ops.quote_name(Fingerprint._meta.db_table)
    for asked in _in_parts(sorted(values), ASKED):
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT value, document_id FROM {table}"
                f" WHERE algorithm = {fingerprint.ALGORITHM:d}"
                f" AND value IN ({', '.join(map(str, asked))})"
            )
            for value, document in cursor:
                holders[value].append(document)
    return holders


def _sizes(documents: set[int]) -> dict[int, int]:
    """How many each has; all of one algorithm, so that the index on documents is enough."""
    rows = Fingerprint.objects.filter(document__in=sorted(documents))
    return dict(rows.values_list("document").annotate(n=Count("*")))


# --- edges ----------------------------------------------------------------------------------


def _standing_edges(ids: Collection[int]) -> dict[tuple[int, int], CopyEdge]:
    edges = CopyEdge.objects.standing().filter(Q(a__in=ids) | Q(b__in=ids))
    return {(edge.a_id, edge.b_id): edge for edge in edges}


def _write_edges(
    found: dict[tuple[int, int], Reuse], known: dict[tuple[int, int], CopyEdge]
) -> Followed:
    gone = [edge.pk for pair, edge in known.items() if pair not in found]
    if gone:
        CopyEdge.objects.filter(pk__in=gone).update(gone_at=timezone.now())
    CopyEdge.objects.bulk_create(
        (
            CopyEdge(a_id=a, b_id=b, score=each.shared, algorithm=ALGORITHM, gone_at=None)
            for (a, b), each in sorted(found.items())
        ),
        update_conflicts=True,
        unique_fields=["a", "b"],
        update_fields=["score", "algorithm", "gone_at"],
    )
    return Followed(moved={pk for pair in found.keys() ^ known.keys() for pk in pair})


def _in_order(one: int, other: int) -> tuple[int, int]:
    return (one, other) if one < other else (other, one)


def _in_parts(values: list[int], size: int) -> Iterator[list[int]]:
    for at in range(0, len(values), size):
        yield values[at : at + size]
