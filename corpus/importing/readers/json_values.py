"""JSON: a list of objects, one object, or an object that holds a list of them as its "items".

Read through a window that slides over the file, so that a list may be as long as it likes.
"""

import codecs
import json
from collections.abc import Generator, Iterator
from typing import Any, BinaryIO

from corpus.importing.limits import MB
from corpus.importing.readers import files, jsonl
from corpus.importing.readers.incoming import Incoming, Unreadable
from corpus.importing.records import Record

# Names under which an object holds its documents.
LISTS = (
    *("items", "articles", "documents", "docs", "records", "results", "entries", "rows"),
    *("data", "posts", "stories", "news"),
)
CHUNK = 65_536


def read(incoming: Incoming) -> Iterator[Record]:
    """Yield a record an object, called by its place in the list; the first has 1."""
    with incoming.open() as file:
        window = _Window(file, incoming.bounds.row)
        first = window.peek()
        if first == "[":
            yield from _items(incoming, window)
        elif first == "{":
            found = yield from _members(incoming, window)
            if not found:
                yield _single(incoming)
        else:
            raise Unreadable("This is no JSON: it begins with neither a list nor an object.")
        if window.peek():
            raise Unreadable(
                f"Behind its JSON something follows, {_where(window)}; it was not read."
            )


def are_lines(head: bytes) -> bool:
    """Whether the first line is an object by itself, and another line follows."""
    first, newline, rest = head.removeprefix(codecs.BOM_UTF8).lstrip().partition(b"\n")
    if not newline or not rest.strip().startswith(b"{"):
        return False
    try:
        return isinstance(json.loads(first), dict)
    except (ValueError, RecursionError):
        return False


def _items(incoming: Incoming, window: "_Window") -> Iterator[Record]:
    window.take("[")
    number = 0
    if window.peek() == "]":
        window.take("]")
        return
    while True:
        number += 1
        try:
            told, source = window.value()
        except _NoValue as error:
            raise Unreadable(
                f"Item {number:,} {error}; what follows was not read. What came before was."
            ) from None
        except RecursionError:
            raise Unreadable(
                f"Item {number:,}: {jsonl.too_deep(incoming)} What follows was not read either."
            ) from None
        yield jsonl.of_value(incoming, number, told, source.encode("utf-8", "surrogateescape"))
        mark = window.peek()
        if mark not in ("]", ","):
            raise Unreadable(_broken_list(number, mark, window))
        window.take(mark)
        if mark == "]":
            return


def _broken_list(number: int, mark: str, window: "_Window") -> str:
    if not mark:
        return f"The list breaks off after {number:,} items: it was not written or sent whole."
    return f"The list is damaged behind item {number:,}, {_where(window)}; the rest was not read."


def _members(incoming: Incoming, window: "_Window") -> Generator[Record, None, bool]:
    """Yield the documents of the lists that an object holds; return whether there are any."""
    window.take("{")
    found = False
    try:
        while window.peek() == '"':
            name, _ = window.value()
            window.take(":")
            if name.lower() in LISTS and window.holds_objects():
                found = True
                yield from _items(incoming, window)
            else:
                window.value()
            if window.peek() == ",":
                window.take(",")
        window.take("}")
    except _NoValue as error:
        raise Unreadable(f"A value in it {error}; the rest was not read.") from None
    except RecursionError:
        raise Unreadable(jsonl.too_deep(incoming)) from None
    return found


def _single(incoming: Incoming) -> Record:
    with incoming.open() as file:
        raw = files.read_up_to(file, incoming.bounds.row + 1)
    if len(raw) > incoming.bounds.row:
        raise Unreadable(
            "This is one object, larger than a row may be: at most "
            f"{incoming.bounds.row / MB:,.1f} MB."
        )
    return jsonl.row_of(incoming, 1, raw.removeprefix(codecs.BOM_UTF8).strip())


def _where(window: "_Window") -> str:
    return f"at character {window.place:,}"


class _NoValue(Exception):
    """The message says what is wrong, behind "Item 3"."""


class _Window:
    """The piece of the text that is looked at; what lies behind it is forgotten."""

    def __init__(self, file: BinaryIO, longest: int) -> None:
        self._file, self._longest = file, longest
        self._decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")
        self._text, self._at, self._before = "", 0, 0
        self._ended = False
        if self.peek() == "\ufeff":
            self.take("\ufeff")

    @property
    def place(self) -> int:
        return self._before + self._at + 1

    def peek(self) -> str:
        """Return the next character that is no white space; nothing at the end."""
        while True:
            while self._at < len(self._text):
                if self._text[self._at] not in " \t\r\n":
                    return self._text[self._at]
                self._at += 1
            if not self._more():
                return ""

    def take(self, mark: str) -> None:
        found = self.peek()
        if found == mark:
            self._at += 1
        elif not found:
            raise Unreadable(f"It breaks off, {_where(self)}: it was not written or sent whole.")
        else:
            raise Unreadable(f"This is no JSON: “{mark}” is missing {_where(self)}.")

    def value(self) -> tuple[Any, str]:
        """Return the next value, and how it is written."""
        self.peek()
        while True:
            try:
                told, end = jsonl.DECODER.raw_decode(self._text, self._at)
            except json.JSONDecodeError as error:
                if not self._more(len(self._text) - self._at):
                    raise _NoValue(self._why(error)) from None
                continue
            except ValueError as error:
                raise _NoValue(f"is no JSON ({error})") from None
            if end < len(self._text) or self._ended:
                source, self._at = self._text[self._at : end], end
                return told, source
            self._more()

    def holds_objects(self) -> bool:
        """Whether a list of objects comes next, or an empty one."""
        if self.peek() != "[":
            return False
        while len(rest := self._text[self._at + 1 :].lstrip()) < 1 and self._more():
            pass
        return rest[:1] in ("{", "]")

    def _why(self, error: json.JSONDecodeError) -> str:
        if len(self._text) - self._at > self._longest:
            return f"is longer than {self._longest / MB:,.1f} MB, or no JSON, {_where(self)}"
        if error.pos >= len(self._text) or error.msg.startswith("Unterminated"):
            return f"breaks off, {_where(self)}: the file was not written or sent whole"
        return f"is no JSON: {error.msg.lower()} at character {self._before + error.pos + 1:,}"

    def _more(self, wanted: int = 0) -> bool:
        """Read on, unless the file ends or what is looked at is longer than it may be.

        Each time at least as much as is there: a long value is not tried again too often.
        """
        if self._ended or len(self._text) - self._at > self._longest:
            return False
        piece = self._file.read(max(CHUNK, min(wanted, MB)))
        self._ended = not piece
        self._before += self._at
        self._text = self._text[self._at :] + self._decoder.decode(piece, final=not piece)
        self._at = 0
        return not self._ended or bool(self._text)
