"""Check the ledger, and what is published and kept by it, against every hash that vouches for it.

Reads row by row and writes nothing; gives a sentence for each fault. Whoever holds the database
but not the key can take lines off the end and leave no trace in it: a head that was kept
elsewhere tells that.
"""

import json
import re
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from hashlib import sha256
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db.models import Exists, Model, OuterRef, QuerySet

from corpus import guards
from corpus.models import Capture, Original, Passage, Reject
from corpus.models.words import BETWEEN, HoldsWords
from corpus.text.fingerprint import digest
from curation import ledger, spans
from curation.ledger import FIRST
from curation.models import (
    Alert,
    Decision,
    Edition,
    Notice,
    Outcome,
    Override,
    Quote,
    ReviewDate,
    Revision,
)
from curation.sealing import REDACTED, seal

CHUNK = 500  # rows held at a time
REMOVED = f'{{"{REDACTED}":"'
HEAD = re.compile("(?:([1-9][0-9]{0,17}):)?([0-9a-f]{64})")

Moved = Callable[[], object]


@dataclass(frozen=True)
class Head:
    """The last line, or one that was the last: kept elsewhere, it tells a tail that was cut."""

    seq: int | None
    hash: str

    def __str__(self) -> str:
        return f"{self.seq}:{self.hash}"

    @classmethod
    def read(cls, text: str) -> "Head | None":
        """From "12:<hash>" or the hash alone; None when it is neither."""
        match = HEAD.fullmatch(text.strip())
        return cls(int(match[1]) if match[1] else None, match[2]) if match else None


def keys() -> dict[str, str]:
    """The keys that lines may be hashed with, by their ids."""
    return {ledger.key_id(key): key for key in [*settings.LEDGER_OLD_KEYS, settings.LEDGER_KEY]}


# --- the chain ------------------------------------------------------------------------------------


class Chain:
    """The lines, followed in order; `head` is the last of them that was read."""

    def __init__(self, keys: dict[str, str], kept: Head | None = None, start: int = 1) -> None:
        self.keys, self.kept, self.start = keys, kept, start
        self.head: Head | None = None
        self.met = False  # whether the head that was kept is one of the lines
        self._before = _before(start)
        self._key_id = ""

    def follow(self, lines: Iterable[Decision]) -> Iterator[str]:
        for line in lines:
            yield from self._links(line)
            yield from self._hash(line)
            yield from _words(line)
            self._before = self.head = Head(line.seq, line.hash)
            self.met |= self.kept is not None and self.kept.hash == line.hash
        yield from self._tail()

    def _links(self, line: Decision) -> Iterator[str]:
        after = self._before.seq or 0
        if line.seq == after + 2:
            yield f"Line {after + 1} is missing."
        elif line.seq != after + 1:
            yield f"Lines {after + 1} to {line.seq - 1} are missing."
        elif line.prev != self._before.hash:
            before = f"line {after}" if after else "nothing"
            yield f"Line {line.seq} is not chained to {before}, after which it stands."
        if line.pk != line.seq:
            yield f"Line {line.seq} has the id {line.pk}: rows that name {line.pk} are led astray."

    def _hash(self, line: Decision) -> Iterator[str]:
        key = self.keys.get(line.key_id)
        if key is None:
            yield (
                f"Line {line.seq} was hashed with another key ({line.key_id}): "
                "give it in LEDGER_OLD_KEYS."
            )
        elif line.hash != ledger.keyed_hash(line, key):
            yield f"Line {line.seq} was altered: its hash does not fit what it says."

    def _tail(self) -> Iterator[str]:
        if self.kept is None or self.met:
            return
        last = self.head.seq if self.head and self.head.seq else 0
        if self.kept.seq is None:
            yield f"The head that was kept ({self.kept.hash[:12]}…) is no line of this ledger."
        elif self.kept.seq > last:
            missing = self.kept.seq - max(last, self.start - 1)
            yield (
                f"The ledger ends with line {last}, but line {self.kept.seq} was its head once: "
                f"{missing:,} or more were cut off."
            )
        elif self.kept.seq < self.start:
            found = Decision.objects.filter(seq=self.kept.seq, hash=self.kept.hash)
            if not found.exists():
                yield f"Line {self.kept.seq} is not the line that was its head once."
        else:
            yield f"Line {self.kept.seq} is not the line that was its head once."


def _before(start: int) -> Head:
    line = Decision.objects.filter(seq=start - 1).first()
    return Head(line.seq, line.hash) if line else Head(0, FIRST)


def _words(line: Decision) -> Iterator[str]:
    yield from _fit(line, ledger.words_digest(line), line.words_sha256)


# --- what lines vouch for -------------------------------------------------------------------------


def editions(rows: Iterable[Edition]) -> Iterator[str]:
    """Editions as they were frozen: by their hash, and by the line that published them."""
    for row in rows:
        try:
            told = json.loads(row.text)
            fits = seal(told) == row.hash
        except (ValueError, TypeError, RecursionError):
            yield f"{_named(row)} cannot be read."
            continue
        if fits:
            yield from _beside_text(row, told)
        else:
            yield f"{_named(row)} was altered: its hash does not fit its text."
        if (hash_of := _after(row.decision).get("hash", row.hash)) != row.hash:
            yield (
                f"{_named(row)} is not the one that line {row.decision_id} published "
                f"({hash_of[:12]}…)."
            )
        if row.redacted_by or REMOVED in row.text:
            yield from _redaction_of_edition(row)


def _beside_text(row: Edition, told: dict[str, Any]) -> Iterator[str]:
    """The columns that lists go by say what the text says."""
    sentences = [sentence["text"] for sentence in told["title"]]
    whole = all(isinstance(sentence, str) for sentence in sentences)
    said = {
        "n": told["n"],
        "kind": told["kind"],
        "state": told["state"],
        "rule_version": told["rule_version"],
        "title": " ".join(sentences) if whole else "",
        "note": told["note"] if isinstance(told["note"], str) else "",
        "published_at": told["published"],
    }
    kept = {name: getattr(row, name) for name in said}
    kept["published_at"] = row.published_at.strftime("%Y-%m-%dT%H:%M:%SZ")
    wrong = [name for name in said if kept[name] != said[name]]
    if wrong:
        yield f"{_named(row)} was altered: {', '.join(wrong)} beside its text."


def quotes(rows: Iterable[Quote]) -> Iterator[str]:
    """Quotes: by the digest of their words, and by their place in the text. In order of it."""
    for row in rows:
        yield from _fit(row, digest(row.exact), row.exact_sha256)
        text = "" if row.redacted_by else _text_of(row.capture_id)
        found = (text[max(0, row.start - 32) : row.start], text[row.end : row.end + 32])
        if text and (text[row.start : row.end], *found) != (row.exact, row.prefix, row.suffix):
            yield f"{_named(row)} does not stand at its place in text {row.capture_id}."


@lru_cache(maxsize=1)
def _text_of(capture: int) -> str:
    """Empty when it was removed."""
    return Capture.objects.values_list("text", flat=True).get(pk=capture)


def captures(rows: Iterable[Capture]) -> Iterator[str]:
    for row in rows:
        yield from _fit(row, digest(row.text), row.text_sha256)


def passages(rows: Iterable[Passage]) -> Iterator[str]:
    for row in rows:
        yield from _fit(row, digest(row.text), row.text_sha256)


def originals(rows: Iterable[Original]) -> Iterator[str]:
    for row in rows:
        try:
            raw = zlib.decompress(bytes(row.content)) if row.content else b""
        except zlib.error:
            yield f"{_named(row)} cannot be unpacked."
            continue
        yield from _fit(row, sha256(raw).hexdigest(), row.sha256)


def revisions(rows: Iterable[Revision]) -> Iterator[str]:
    for row in rows:
        words = {"title": row.title, "standfirst": row.standfirst, "text": row.text}
        yield from _fit(row, seal(words), row.words_sha256)


def held(rows: Iterable[HoldsWords]) -> Iterator[str]:
    for row in rows:
        words = [getattr(row, name) for name in row.WORDS]
        yield from _fit(row, digest(BETWEEN.join(words)), row.words_sha256)


def undigested(rows: Iterable[Model]) -> Iterator[str]:
    """Rows of whose words no digest is kept: only how they went can be checked."""
    for row in rows:
        yield from _redaction(row, gone=_is_empty(row))


def _fit(row: Any, found: str, kept: str) -> Iterator[str]:
    """Words that are there fit their digest; they are gone by a decision that tells so."""
    if row.redacted_by is not None:
        yield from _redaction(row, gone=_is_empty(row))
    elif found != kept:
        yield f"{_named(row)} was altered: its words do not fit their digest."


def _redaction_of_edition(row: Edition) -> Iterator[str]:
    if row.redacted_by is None:
        yield f"{_named(row)} lacks words that no decision removed."
    else:
        yield from _redaction(row, gone=REMOVED in row.text)


def _is_empty(row: Any) -> bool:
    return not any(getattr(row, name) for name in _words_of(row._meta.label_lower))


@cache
def _words_of(label: str) -> tuple[str, ...]:
    return guards.words_of(apps.get_model(label))


def _redaction(row: Any, gone: bool) -> Iterator[str]:
    if row.redacted_by is None:
        return
    if not gone:
        yield f"{_named(row)} says that its words were removed, but has words."
    if not spans.holds(_removed_by(row.redacted_by).get(row._meta.label_lower, ""), row.pk):
        yield f"{_named(row)} lost its words by no redaction: line {row.redacted_by} names it not."


@lru_cache(maxsize=16)
def _removed_by(pk: int) -> dict[str, str]:
    line = Decision.objects.filter(pk=pk, act="redact").first()
    return _after(line).get("removed", {}) if line else {}


def _after(line: Decision) -> dict[str, Any]:
    try:
        value = json.loads(line.after)
    except ValueError:  # redacted
        return {}
    return value if isinstance(value, dict) else {}


# --- rows that name lines -------------------------------------------------------------------------


def _naming() -> Iterator[tuple[QuerySet, str]]:
    """Rows that name a line which is not there."""
    lines = Decision.objects.all()
    for model in [*apps.get_app_config("curation").get_models(), *_redactable()]:
        for field in model._meta.concrete_fields:
            if field.related_model is Decision or field.name == "redacted_by":
                there = Exists(lines.filter(pk=OuterRef(field.attname)))
                rows = model._base_manager.exclude(**{field.attname: None})
                yield rows.filter(~there), field.name


def references() -> Iterator[str]:
    for rows, name in _naming():
        for row in rows.only("pk", name).iterator(CHUNK):
            pk = getattr(row, row._meta.get_field(name).attname)
            yield f"{_named(row)} names line {pk} as its {name}, which is not there."


@cache
def _redactable() -> list[type[Model]]:
    models = apps.get_app_config("corpus").get_models()
    return [model for model in models if hasattr(model, "redacted_by")]


def _named(row: Model) -> str:
    if isinstance(row, Decision):
        return f"Line {row.seq}"
    return f"{str(row._meta.verbose_name).capitalize()} {row.pk}"


# --- all of it ------------------------------------------------------------------------------------


def parts(chain: Chain) -> list[tuple[str, QuerySet, Callable[[Iterable[Any]], Iterator[str]]]]:
    """What is read, in order: its name, its rows, and what finds its faults.

    After a start other than the first line: the lines from there on and what they published.
    """
    after = Decision.objects.filter(seq__gte=chain.start).order_by("seq")
    published = Edition.objects.filter(decision__seq__gte=chain.start).select_related("decision")
    found: list[tuple[str, QuerySet, Callable]] = [
        ("lines", after, chain.follow),
        ("editions", published.order_by("pk"), editions),
    ]
    if chain.start > 1:
        return found
    holders = [model for model in HoldsWords.__subclasses__() if not model._meta.abstract]
    return [
        *found,
        ("quotes", Quote.objects.order_by("capture", "start"), quotes),
        ("revisions", Revision.objects.order_by("pk"), revisions),
        *(
            (str(model._meta.verbose_name_plural), model._base_manager.order_by("pk"), held)
            for model in sorted(holders, key=lambda model: model._meta.label)
        ),
        ("texts", Capture.objects.order_by("pk"), captures),
        ("passages", Passage.everything.order_by("pk"), passages),
        ("originals", Original.objects.order_by("pk"), originals),
        ("rejects", Reject.objects.order_by("pk"), undigested),
        ("notices", Notice.objects.order_by("pk"), undigested),
        ("overrides", Override.objects.order_by("pk"), undigested),
        ("outcomes", Outcome.objects.order_by("pk"), undigested),
        ("review dates", ReviewDate.objects.order_by("pk"), undigested),
        ("alerts", Alert.objects.order_by("pk"), undigested),
    ]


def faults(chain: Chain, moved: Moved = lambda: None) -> Iterator[str]:
    """A sentence for each fault; `moved` is called for each row that is read."""
    for kept in (_text_of, _removed_by):  # of an earlier run
        kept.cache_clear()
    for _, rows, find in parts(chain):
        yield from find(_counted(rows, moved))
    yield from references()


def _counted(rows: QuerySet, moved: Moved) -> Iterator[Any]:
    for row in rows.iterator(chunk_size=CHUNK):
        moved()
        yield row
