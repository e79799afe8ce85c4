"""Make of a record all that can be known of it without the database: text, cut, suggestions."""

import re
import zlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from hashlib import sha256
from typing import Any, NamedTuple

from corpus.analysis.dates import NotADate
from corpus.analysis.mentions import Finder
from corpus.analysis.origins import Origin, suggest_origin
from corpus.analysis.ranking import Refusal
from corpus.importing import dating, limits, rows
from corpus.importing.analysing import Analysis, Beside, Whole, analyse
from corpus.importing.reading import Words, read_words
from corpus.importing.records import Record
from corpus.text.decode import Undecodable
from corpus.text.extract import headline
from corpus.text.fingerprint import digest, fingerprints, readable, shingles
from corpus.text.fold import indexed
from corpus.text.marked_up import segment

OF_THE_ANALYSIS = (  # kept by Collected until it is analysed again
    "analysis", "passages", "whole", "lead", "headline", "words_to_find", "prints",
)  # fmt: skip


class Rejected(ValueError):
    """The message is a sentence for editors."""


@dataclass(frozen=True)
class Dated:
    """When it was published, as EDTF, and how that is known."""

    published: str = ""
    basis: str = ""


class Names(NamedTuple):
    """All names as they stood at one moment."""

    finder: Finder
    stamp: tuple[int, int]
    refusals: Collection[Refusal] = ()  # where people said that a name is not an entity


@dataclass
class Collected:
    raw: bytes
    read: Words
    text_sha256: str
    source_name: str
    address: str
    words: list[str] = field(default_factory=list)  # what people should know of it
    collected_at: datetime | None = None
    repeated: Mapping[str, int] = field(default_factory=dict)  # lines of its source's documents
    patterns: Sequence[Any] = ()
    _named_at: tuple[int, int] | None = None
    _mentions: list[rows.MentionRow] = field(default_factory=list)
    _origin: Origin | None = None

    @property
    def record(self) -> Record:
        return self.read.record

    @property
    def text(self) -> str:
        return self.read.text

    @property
    def mended(self) -> list[str]:
        return list(self.read.mended)

    def prepare(self, names: Names) -> None:
        """Compute now all that storing it as a new text will ask for."""
        self.mentions(names)
        _ = self.words_to_find, self.headline, self.whole, self.lead, self.prints
        _ = self.packed, self.raw_sha256

    @property
    def is_prepared(self) -> bool:
        return "passages" in self.__dict__

    def __getstate__(self) -> dict[str, Any]:
        """What was computed is told from process to process by the rows alone."""
        state = self.__dict__.copy()
        if self.is_prepared:
            state.pop("analysis", None)
        return state

    @cached_property
    def analysis(self) -> Analysis:
        """The costly part: computed before the lock is taken, and only for a text that is new."""
        cuts = segment(self.text, self.read.structure)
        if len(cuts) > limits.ROWS:
            raise Rejected(
                f"Its text falls into {len(cuts):,} passages; a document has at most "
                f"{limits.ROWS:,}. Split it and import the parts."
            )
        return analyse(self.text, self._beside, cuts)

    def reads_else(self, repeated: Mapping[str, int]) -> bool:
        """Whether it would be analysed otherwise beside these lines of its source."""
        if not self.is_prepared:
            return True
        lines = [row.text_sha256 for row in self.passages.rows] if repeated or self.repeated else []
        return any(repeated.get(line) != self.repeated.get(line) for line in lines)

    def analyse_beside(self, repeated: Mapping[str, int], patterns: Sequence[Any]) -> None:
        """Tell what is known besides the text; what was computed without it is forgotten."""
        self.repeated, self.patterns = repeated, patterns
        for name in OF_THE_ANALYSIS:
            self.__dict__.pop(name, None)
        self._named_at = None

    @property
    def _beside(self) -> Beside:
        return Beside(
            self.read.structure,
            self.given_title,
            self.dated.published,
            self.collected_at.year if self.collected_at else None,
            self.repeated,
            self.patterns,
        )

    @cached_property
    def passages(self) -> rows.Passages:
        return rows.passages(self.text, self.analysis)

    @cached_property
    def whole(self) -> Whole:
        return self.analysis.whole

    @cached_property
    def lead(self) -> list[tuple[int, int]]:
        return self.analysis.lead

    def mentions(self, names: Names) -> list[rows.MentionRow]:
        """Return where the names stand, looked for again only if they changed."""
        if self._named_at != names.stamp:
            found = names.finder.find(self.text)
            self._origin = suggest_origin(self.text, self.lead, found)
            self._mentions = rows.mentions(found, self.passages)
            self._named_at = names.stamp
        return self._mentions

    def said_first(self, names: Names) -> Origin | None:
        """Who may have said first what it reports."""
        self.mentions(names)
        return self._origin

    @cached_property
    def words_to_find(self) -> str:
        return indexed(f"{self.title}\n{self.text}")

    @cached_property
    def prints(self) -> frozenset[int]:
        """By which copies of it are found."""
        return fingerprints(readable(self.text, self.passages.spam))

    @cached_property
    def packed(self) -> bytes:
        return zlib.compress(self.raw)

    @cached_property
    def raw_sha256(self) -> str:
        return sha256(self.raw).hexdigest()

    @cached_property
    def shingles(self) -> frozenset[int]:
        return shingles(self.text)

    @property
    def title(self) -> str:
        """The record's, else the headline, else the file's name."""
        return self.given_title or self.headline

    @property
    def given_title(self) -> str:
        return _shortened(one_line(self.record.title), limits.TITLE)

    @cached_property
    def headline(self) -> str:
        read = headline(self.text, self.analysis.cuts, self.analysis.suggestions)
        return _shortened(one_line(read) or _stem(self.record.name), limits.TITLE)

    @cached_property
    def dated(self) -> Dated:
        """The record's date, else a dateline of the text, else the date in the file's name."""
        if self.record.published:
            return self._as_given()
        if found := dating.dateline(self.text):
            return Dated(found, "text")
        if written := dating.date_in_name(_own_stem(self.record.name)):
            return Dated(written, "file name")
        return Dated()

    def _as_given(self) -> Dated:
        try:
            published = dating.as_given(self.record.published)
        except NotADate as error:
            self.words.append(f"Its date was not taken over. {error}")
            return Dated()
        return Dated(published, self.record.published_basis or "metadata")


def collect(
    record: Record, source_name: str = "", collected_at: datetime | None = None
) -> Collected:
    """Decode a record; raise Rejected when it holds no text.

    `source_name` and `collected_at` are for a record that says neither.
    """
    if record.error or record.raw is None:
        raise Rejected(record.error or "The file could not be read.")
    if len(record.raw) > limits.DOCUMENT:
        raise Rejected(f"A document has at most {limits.DOCUMENT // limits.MB} MB.")
    try:
        read = read_words(record)
    except Undecodable as error:
        raise Rejected(str(error)) from error
    address = clean(read.record.address)
    if len(address.encode()) > limits.ADDRESS:
        raise Rejected(f"Its address is longer than {limits.ADDRESS:,} bytes.")
    source = _shortened(
        one_line(record.source_name or source_name or read.record.source_name), limits.SOURCE_NAME
    )
    at = record.collected_at or collected_at
    return Collected(
        record.raw, read, digest(read.text), source, address, list(read.record.remarks), at
    )


def clean(words: str) -> str:
    """Return words that any database takes: without control characters and surrogates."""
    return storable(words).strip()


def storable(words: str) -> str:
    return _UNFIT.sub("\ufffd", words)


def measured(record: Record) -> tuple[int | None, str]:
    """Return size and SHA-256 of a record's bytes, as far as they are known."""
    if record.raw is None:
        return record.size, record.sha256
    return len(record.raw), sha256(record.raw).hexdigest()


_UNFIT = re.compile("[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff]")


def one_line(words: str) -> str:
    return " ".join(clean(words).split())


def _shortened(words: str, length: int) -> str:
    return words if len(words) <= length else words[: length - 1].rstrip() + "…"


def _own_stem(name: str) -> str:
    """Return the stem of a file's own name; a row has none: the day of an export is not its."""
    return "" if _A_ROW.search(name) else _IN_ARCHIVE.split(_stem(name))[-1]


_A_ROW = re.compile(r"#\d+$")
_IN_ARCHIVE = re.compile(r"\.\w{1,9}!")


def _stem(name: str) -> str:
    last = name.rsplit("/", 1)[-1]
    return last.rsplit(".", 1)[0] or last
