"""Tables, CSV and TSV: each row below the names of the columns is a document."""

import codecs
import csv
import io
from collections.abc import Iterator
from contextlib import suppress
from typing import BinaryIO

from corpus.importing.limits import MB
from corpus.importing.readers import fields, rows
from corpus.importing.readers.incoming import Incoming, Unreadable
from corpus.importing.records import Record
from corpus.text.decode import Undecodable, decode

MEDIA_TYPE = "text/csv"
SEPARATORS = ",;\t|"
SAMPLE = 16_384  # characters by which the separator is told
ROWS_OF_A_SAMPLE = 20
_SEP_LINE = "sep="  # how a spreadsheet names its separator in a line of its own


def read(incoming: Incoming) -> Iterator[Record]:
    """Yield a record a row, called by its number as a spreadsheet counts: the names are row 1.

    The bytes of a record are the row of names and its own, so that they can be read alone.
    """
    csv.field_size_limit(incoming.bounds.field)
    encoding, told = _encoding(incoming.head())
    with incoming.open() as file:
        lines = _Lines(file, encoding, incoming.bounds.row)
        separator = _named_separator(lines) or _separator(lines, incoming)
        table = csv.reader(lines, delimiter=separator)
        names = _names(table, incoming)
        yield from _rows(incoming, table, lines, names, (*told, *_named_twice(names)))


def _rows(
    incoming: Incoming,
    table: Iterator[list[str]],
    lines: "_Lines",
    names: list[str],
    told: tuple[str, ...],
) -> Iterator[Record]:
    head, number = lines.taken(), 1
    while True:
        number += 1
        try:
            row = next(table, None)
        except (csv.Error, Unreadable) as error:
            raise Unreadable(_broken_row(number, error, incoming)) from error
        if row is None:
            return
        raw = lines.taken()
        if not (lines.ended or any(cell.strip() for cell in row)):
            continue
        short = len(row) < len(names)
        if lines.ended or (short and not raw.endswith((b"\n", b"\r"))):
            yield rows.rejected(incoming, number, BREAKS_OFF, head + raw, MEDIA_TYPE)
        elif any(cell.strip() for cell in row[len(names) :]):
            reason = _ragged(len(row), len(names))
            yield rows.rejected(incoming, number, reason, head + raw, MEDIA_TYPE)
        else:
            remarks = (*told, _short(len(row), len(names))) if short else told
            cells = _by_name(names, row)
            yield rows.record(incoming, number, cells, head + raw, MEDIA_TYPE, remarks)


BREAKS_OFF = "The file breaks off in this row, which is not whole: collect it again."


def _by_name(names: list[str], row: list[str]) -> dict[str, str]:
    """Return the cells by their column's name; of two of one name the first that says something."""
    cells: dict[str, str] = {}
    for name, cell in zip(names, row, strict=False):
        if not cells.get(name):
            cells[name] = cell
    return cells


def _named_twice(names: list[str]) -> tuple[str, ...]:
    twice = sorted({name for name in names if name and names.count(name) > 1})[:5]
    if not twice:
        return ()
    return (f"Columns of one name ({', '.join(twice)}): the first that says something was read.",)


def _ragged(there: int, named: int) -> str:
    return (
        f"It has {there} cells where {named} columns are named: a separator may stand in "
        "words that are not in quotation marks."
    )


def _short(there: int, named: int) -> str:
    return f"Its row has {there} cells where {named} columns are named; the last ones are empty."


def _broken_row(number: int, error: Exception, incoming: Incoming) -> str:
    if "field larger" in str(error):
        what = f"A field of row {number:,} has more than {incoming.bounds.field:,} characters"
    else:
        what = f"Row {number:,}: {error}"
    return (
        f"{what.rstrip('.')}. It may hold a quotation mark that is never closed. What follows "
        "was not read; what came before was."
    )


def _names(table: Iterator[list[str]], incoming: Incoming) -> list[str]:
    try:
        names = [name.strip() for name in next(table, [])]
    except (csv.Error, Unreadable) as error:
        raise Unreadable(_broken_row(1, error, incoming)) from error
    if not names:
        raise Unreadable("The file is empty.")
    if len(names) > incoming.bounds.fields:
        raise Unreadable(
            f"It names {len(names):,} columns; a row has at most {incoming.bounds.fields:,} fields."
        )
    if not fields.has_text(names, incoming.fields):
        raise Unreadable(rows.without_text(dict.fromkeys(names), incoming.fields))
    return names


# --- how it is written ----------------------------------------------------------------------


def _encoding(head: bytes) -> tuple[str, tuple[str, ...]]:
    """Return the encoding of the whole; single bytes that do not fit it are mended by row."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16", ()
    lines, newline, _ = head.rpartition(b"\n")  # a piece may end within a character
    with suppress(Undecodable):
        if decode(lines + newline or head).encoding == "windows-1252":
            return "cp1252", (WINDOWS,)
    return "utf-8-sig", ()


WINDOWS = "The table is no UTF-8; it was read as Windows-1252 (Western European)."


def _named_separator(lines: "_Lines") -> str:
    first = lines.first().strip()
    if first[: len(_SEP_LINE)].lower() != _SEP_LINE:
        return ""
    separator = lines.first().strip("\r\n")[len(_SEP_LINE) :]
    if separator not in tuple(SEPARATORS):
        return ""
    next(lines)
    return separator


def _separator(lines: "_Lines", incoming: Incoming) -> str:
    """Choose the separator that names the most known fields; else that of the most columns."""
    if incoming.ending == ".tsv":
        return "\t"
    sample = lines.sample()
    return max(SEPARATORS, key=lambda mark: _fits(sample, mark, incoming))


def _fits(sample: str, separator: str, incoming: Incoming) -> tuple[bool, int, int]:
    found: list[list[str]] = []
    with suppress(csv.Error):
        table = csv.reader(io.StringIO(sample, newline=""), delimiter=separator)
        found += [row for row, _ in zip(table, range(ROWS_OF_A_SAMPLE), strict=False)]
    names = found[0] if found else []
    even = sum(len(row) == len(names) for row in found)
    return fields.has_text(names, incoming.fields), len(names), even


class _Lines:
    """The lines of a table, and the bytes of those that were taken since last asked."""

    def __init__(self, file: BinaryIO, encoding: str, longest: int) -> None:
        self._encoding = encoding
        self._file = io.TextIOWrapper(file, encoding=encoding, errors="surrogateescape", newline="")
        self._longest = longest
        self._ahead: list[str] = []
        self._taken: list[str] = []
        self._size = 0
        self.ended = False  # and if a row comes after that, it was inside quotation marks

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        line = self._ahead.pop(0) if self._ahead else self._read()
        self._size += len(line)
        if self._size > self._longest:
            raise Unreadable(f"it is longer than {self._longest / MB:,.1f} MB")
        if not line:
            self.ended = True
            raise StopIteration
        self._taken.append(line)
        return line

    def first(self) -> str:
        if not self._ahead:
            self._ahead.append(self._read())
        return self._ahead[0]

    def sample(self) -> str:
        """Return the next lines without taking them."""
        while sum(map(len, self._ahead)) < SAMPLE and len(self._ahead) < 10 * ROWS_OF_A_SAMPLE:
            if not (line := self._read()):
                break
            self._ahead.append(line)
        return "".join(line[:SAMPLE] for line in self._ahead)[:SAMPLE]

    def taken(self) -> bytes:
        """Return the lines since last asked as they stand in the file; UTF-16 as UTF-8."""
        taken = "".join(self._taken)
        self._taken, self._size = [], 0
        codec = "cp1252" if self._encoding == "cp1252" else "utf-8"
        return taken.encode(codec, "surrogateescape")

    def _read(self) -> str:
        return self._file.readline(self._longest + 1)
