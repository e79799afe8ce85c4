"""Read an HTML page as text in reading order, and tell what its markup says of each place.

Nothing visible is dropped: what an extractor of main content leaves out is a sign of its
place, for the analysis to weigh and for people to see.
"""

import logging
import re
from dataclasses import dataclass
from typing import NamedTuple

import trafilatura
from lxml import etree, html
from lxml.html import HtmlElement

from corpus.text.decode import Undecodable, decode, mend
from corpus.text.fingerprint import words
from corpus.text.page_facts import Facts, read_facts
from corpus.text.page_lines import Line, visible_lines

VERSION = "page-1"

logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # a page without a piece is no fault

LEFT_OUT = "left out"


class Sign(NamedTuple):
    """What the markup says of a place, in code points of the text."""

    start: int
    end: int
    sign: str


@dataclass(frozen=True)
class Page:
    """`structure` holds a sign for each line and each thing that is said of it, in order."""

    text: str
    structure: tuple[Sign, ...]
    facts: Facts
    mended: tuple[str, ...]


def read_page(raw: bytes, declared: str = "") -> Page:
    """Read the bytes of a page; raise Undecodable when nothing on it can be seen.

    `declared` is the encoding that the server named.
    """
    decoded = decode(raw, declared or _declared(raw))
    tree = parse(decoded.text)
    facts = read_facts(tree) if tree is not None else Facts()
    lines = read_lines(tree) if tree is not None else []
    if not lines:
        raise Undecodable("The page shows no words.")
    mended = list(decoded.mended)
    texts = [mend(line.words, mended) for line in lines]
    structure, at = [], 0
    for line, text in zip(lines, texts, strict=True):
        structure += [Sign(at, at + len(text), sign) for sign in sorted(line.signs)]
        at += len(text) + 1
    return Page("\n".join(texts), tuple(structure), facts, tuple(mended))


def read_lines(tree: HtmlElement) -> list[Line]:
    """Return the visible lines, with what the extractor leaves out among their signs."""
    main = _MainContent(tree)
    return [
        line if main.holds(line.words) else Line(line.words, line.signs | {LEFT_OUT})
        for line in visible_lines(tree)
    ]


_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)


def _declared(raw: bytes) -> str:
    """Return the encoding that the page names in its head."""
    found = _CHARSET.search(raw, 0, 4096)
    return found[1].decode("ascii", "ignore") if found else ""


def parse(source: str) -> HtmlElement | None:
    """Return the tree of a page; None when it holds no element."""
    parser = html.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True
    )
    try:
        # As bytes: lxml refuses a string that declares an encoding.
        tree = html.document_fromstring(source.encode("utf-8", "replace"), parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        tree = None
    if any(error.type_name == "ERR_RESOURCE_LIMIT" for error in parser.error_log):
        raise Undecodable("Its elements lie too deep in each other to be read (over 2,000).")
    return tree


# --- what an extractor takes for the piece ---------------------------------------------------

_SEQUENCE = 4  # words
_HELD = 0.7  # of a line's sequences stand in the main content


class _MainContent:
    """The words that the extractor keeps; where it finds no piece, it tells nothing of any line."""

    def __init__(self, tree: HtmlElement) -> None:
        found = trafilatura.bare_extraction(
            tree, include_comments=False, include_tables=True, with_metadata=False
        )
        text = getattr(found, "text", None) or ""
        self._lines = {tuple(words(line)) for line in text.split("\n")} - {()}
        every = words(text)
        self._sequences = set(zip(*(every[n:] for n in range(_SEQUENCE)), strict=False))

    def holds(self, line: str) -> bool:
        own = words(line)
        if not own or not self._lines or tuple(own) in self._lines:
            return True
        sequences = list(zip(*(own[n:] for n in range(_SEQUENCE)), strict=False))
        held = sum(sequence in self._sequences for sequence in sequences)
        return bool(sequences) and held >= _HELD * len(sequences)
