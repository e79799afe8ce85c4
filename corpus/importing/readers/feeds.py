"""Feeds, Atom and RSS: each entry is a document, read as the parser passes it and then let go."""

import html
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Protocol
from xml.etree.ElementTree import Element, ParseError, TreeBuilder, tostring
from xml.sax.saxutils import escape, quoteattr

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from corpus.importing.limits import MB
from corpus.importing.readers import rows
from corpus.importing.readers.incoming import Incoming, Unreadable
from corpus.importing.records import Record

CHUNK = 65_536
ENTRIES = ("entry", "item")
SUMMARY = "The feed holds only a summary or description of it; its page may say more."


def read(incoming: Incoming) -> Iterator[Record]:
    """Yield a record an entry, called by its place in the feed; the first has 1."""
    feed = _Feed(incoming)
    parser = DefusedXMLParser(target=feed)
    feed.is_parsed_by(parser.parser)
    with incoming.open() as file:
        try:
            while piece := file.read1(CHUNK):
                feed.fed(piece)
                _parse(parser.feed, piece, feed)
                yield from feed.passed()
            _parse(parser.close, None, feed)
            yield from feed.passed()
        except Unreadable:
            yield from feed.passed()
            raise


def _parse(step: Any, piece: bytes | None, feed: "_Feed") -> None:
    try:
        step() if piece is None else step(piece)
    except ParseError as error:
        raise Unreadable(_broken(error, at_the_end=piece is None, number=feed.number)) from None
    except DefusedXmlException:
        raise Unreadable(
            "It defines entities of its own, as files do that are meant to fill a memory; what "
            "follows was not read."
        ) from None
    except (LookupError, ValueError) as error:  # of the encoding that it says it is in
        raise Unreadable(f"Its encoding is not read here ({error}); save it as UTF-8.") from None


def _broken(error: ParseError, at_the_end: bool, number: int) -> str:
    if at_the_end:
        return (
            f"The feed breaks off behind entry {number:,}: it was not written or sent whole. What "
            "came before was read."
        )
    line, column = error.position
    return (
        f"The feed is damaged in line {line:,}, column {column + 1:,} ({str(error).split(':')[0]})"
        "; what follows was not read, what came before was."
    )


class _Place(Protocol):
    CurrentByteIndex: int
    XmlDeclHandler: Any


class _Feed:
    """What the parser calls: it builds one entry at a time, and keeps its bytes."""

    def __init__(self, incoming: Incoming) -> None:
        self.place: _Place
        self.number = 0
        self._incoming = incoming
        self._depth = 0
        self._builder: TreeBuilder | None = None
        self._begin = self._inside = 0
        self._window, self._window_at = b"", 0
        self._name: list[str] | None = None  # of the feed, while it is read
        self._about: dict[str, str] = {}
        self._built: list[tuple[Element, tuple[int, int], dict[str, str]]] = []
        self._spaces: list[tuple[str, str]] = []  # prefixes in force, and what they stand for
        self._encoding = ""

    def is_parsed_by(self, parser: _Place) -> None:
        self.place = parser
        parser.XmlDeclHandler = self._declared

    def fed(self, piece: bytes) -> None:
        """Take the bytes that are parsed next; forget those before the entry that is open."""
        self._encoding = self._encoding or _UTF_16.get(piece[:2], "utf-8")
        keep = self._begin if self._builder else self.place.CurrentByteIndex
        self._window = self._window[max(0, keep - self._window_at) :] + piece
        self._window_at = max(self._window_at, keep)
        if len(self._window) > self._incoming.bounds.row + CHUNK:
            raise Unreadable(
                f"Entry {self.number + 1:,} is longer than {self._incoming.bounds.row / MB:,.1f} "
                "MB; what follows was not read."
            )

    def passed(self) -> Iterator[Record]:
        """Yield the entries that were read since last asked."""
        built, self._built = self._built, []
        first = self.number - len(built) + 1
        for number, (entry, place, spaces) in enumerate(built, first):
            raw = self._bytes(*place)
            found = _record(self._incoming, number, entry, raw, self._about)
            yield replace(found, raw=self._alone(raw, spaces)) if found.error else found

    def start_ns(self, prefix: str, name: str) -> None:
        """Note what a prefix stands for outside of entries, and in their first tags."""
        if self._builder is None:
            self._spaces.append((prefix or "", name or ""))

    def end_ns(self, prefix: str) -> None:
        if self._builder is None and self._spaces:
            self._spaces.pop()

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > self._incoming.bounds.levels:
            raise Unreadable(
                f"Its elements lie more than {self._incoming.bounds.levels} deep in each other; "
                "what follows was not read."
            )
        if self._builder is None and _local(tag) in ENTRIES:
            self._builder, self._inside = TreeBuilder(), self._depth
            self._begin = self.place.CurrentByteIndex
        if self._builder is not None:
            self._builder.start(tag, attributes)
            return
        if language := attributes.get(_XML_LANG):
            self._about.setdefault("language", language)
        self._name = [] if _local(tag) in ("title", "language") and self._depth <= 3 else None

    def end(self, tag: str) -> None:
        if self._builder is not None:
            self._builder.end(tag)
            if self._depth == self._inside:
                self._close()
        elif self._name is not None:
            self._about.setdefault(_local(tag), " ".join("".join(self._name).split()))
            self._name = None
        self._depth -= 1

    def data(self, words: str) -> None:
        if self._builder is not None:
            self._builder.data(words)
        elif self._name is not None and len(self._name) < 100:
            self._name.append(words[:1000])

    def close(self) -> None:
        pass

    def _close(self) -> None:
        assert self._builder is not None
        place = (self._begin, self.place.CurrentByteIndex)
        self._built.append((self._builder.close(), place, dict(self._spaces)))
        self._builder = None
        self.number += 1

    def _bytes(self, begin: int, end: int) -> bytes:
        """Return the entry's own bytes: up to the mark that closes its last tag."""
        begin, end = begin - self._window_at, end - self._window_at
        begin, closed = max(0, begin), self._window.find(b">", end) + 1
        if closed and self._is_wide:
            closed += (closed - begin) % 2
        return self._window[begin : closed or len(self._window)]

    def _declared(self, version: str, encoding: str | None, standalone: int) -> None:
        if encoding and not self._is_wide:
            self._encoding = encoding

    @property
    def _is_wide(self) -> bool:
        return self._encoding.startswith("utf-16-")

    def _alone(self, entry: bytes, spaces: dict[str, str]) -> bytes:
        """Return an entry within a feed that says what its own said, to be read by itself."""
        encoding = "utf-16" if self._is_wide else self._encoding
        prefixes = "".join(
            f" xmlns{prefix and ':'}{prefix}={quoteattr(name)}" for prefix, name in spaces.items()
        )
        about = "".join(
            f"<{name}>{escape(self._about[name])}</{name}>"
            for name in ("title", "language")
            if self._about.get(name)
        )
        before = f'<?xml version="1.0" encoding="{encoding}"?>\n<feed{prefixes}>{about}\n'
        mark = "\ufeff" if self._is_wide else ""
        return b"".join(
            (
                (mark + before).encode(self._encoding, "xmlcharrefreplace"),
                entry,
                "\n</feed>".encode(self._encoding),
            )
        )


_UTF_16 = {  # by the first bytes: the mark, or "<"
    b"\xff\xfe": "utf-16-le",
    b"<\x00": "utf-16-le",
    b"\xfe\xff": "utf-16-be",
    b"\x00<": "utf-16-be",
}


# --- what an entry says -------------------------------------------------------------------------

_XML = "{http://www.w3.org/XML/1998/namespace}"
_XML_LANG = f"{_XML}lang"
_CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
_MEDIA = "{http://search.yahoo.com/mrss/}"  # its titles and descriptions are those of pictures
_ABOUT = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about"


def _local(tag: str) -> str:
    return tag.rpartition("}")[2].lower()


def _record(
    incoming: Incoming, number: int, entry: Element, raw: bytes, about: dict[str, str]
) -> Record:
    text, text_type, basis = _words(entry)
    title, _ = _first(entry, "title")
    published, dated_by = _first(entry, "published", "pubdate", "date", "issued", "updated")
    author, by = _author(entry)
    address, at = _address(entry)
    source, source_by = _source(entry, about)
    found = {
        "text": basis,
        "title": "title" if title else "",
        "published": dated_by,
        "author": by,
        "address": at,
        "source_name": source_by,
    }
    summary = basis in ("summary", "description")
    return Record(
        rows.called(incoming, number),
        raw=raw,
        error="" if text else "This entry holds no words, only a title or less.",
        size=len(raw),
        media_type="application/xml",
        text=text or None,
        text_type=text_type,
        address=address,
        source_name=source,
        title=_plain(title),
        published=published,
        language=entry.get(_XML_LANG) or about.get("language", ""),
        author=author,
        bases={value: basis for value, basis in found.items() if basis},
        remarks=(*incoming.remarks, SUMMARY) if summary else incoming.remarks,
    )


def _words(entry: Element) -> tuple[str, str, str]:
    """Return the text, its type, and the element in which it stood: the fullest there is."""
    children = [each for each in entry if not each.tag.startswith(_MEDIA)]
    full = [each for each in children if each.tag == _CONTENT or _local(each.tag) == "content"]
    brief = [each for each in children if _local(each.tag) in ("summary", "description")]
    for each in full + brief:
        if words := _inside(each):
            return words, _type(each, words), _local(each.tag)
    return "", "text/plain", ""


def _inside(element: Element) -> str:
    """Return the words of an element; those of XHTML with their tags."""
    if not len(element):
        return (element.text or "").strip()
    for each in element.iter():
        each.tag = _local(each.tag)
    inner = "".join(tostring(each, encoding="unicode", method="html") for each in element)
    return f"{html.escape(element.text or '')}{inner}".strip()


def _type(element: Element, words: str) -> str:
    kind = (element.get("type") or "").lower()
    if kind in ("html", "xhtml", "text/html", "application/xhtml+xml") or len(element):
        return rows.HTML
    if kind in ("text", "text/plain"):
        return "text/plain"
    # RSS does not say which it is, and is escaped twice where it is HTML.
    return rows.HTML if rows.is_markup(words) or _ENTITY.search(words) else "text/plain"


_ENTITY = re.compile(r"&(?:#\d{2,6}|#x[0-9a-fA-F]{2,5}|[a-zA-Z]{2,8});")
_TAGS = re.compile(r"<[^<>]*>")


def _first(entry: Element, *names: str) -> tuple[str, str]:
    """Return the words of the first of these elements that has some, and its name."""
    for name in names:
        for child in entry:
            words = " ".join("".join(child.itertext()).split())
            if _local(child.tag) == name and words and not child.tag.startswith(_MEDIA):
                return words, child.tag.rpartition("}")[2]
    return "", ""


def _author(entry: Element) -> tuple[str, str]:
    for child in entry:
        if _local(child.tag) == "author" and len(child):
            return _first(child, "name")[0], "author"
    return _first(entry, "creator", "author")


def _address(entry: Element) -> tuple[str, str]:
    links = [child for child in entry if _local(child.tag) == "link"]
    for link in links:
        if link.get("href") and link.get("rel", "alternate") == "alternate":
            return (link.get("href") or "").strip(), "link"
    for link in links:
        if link.text and link.text.strip():
            return link.text.strip(), "link"
    guid, _ = _first(entry, "guid", "id")
    if guid.startswith(("http://", "https://")):
        return guid, "guid or id"
    return (entry.get(_ABOUT) or "", "rdf:about") if entry.get(_ABOUT) else ("", "")


def _source(entry: Element, about: dict[str, str]) -> tuple[str, str]:
    """Return who publishes it: what the entry was taken over from, else the feed."""
    for child in entry:
        if _local(child.tag) == "source":
            name = _first(child, "title")[0] or " ".join((child.text or "").split())
            if name:
                return name, "source of the entry"
    return (about["title"], "title of the feed") if about.get("title") else ("", "")


def _plain(title: str) -> str:
    return " ".join(html.unescape(_TAGS.sub("", title)).split())
