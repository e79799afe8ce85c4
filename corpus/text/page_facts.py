"""What an HTML page says of itself, and where it says so."""

import html
import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from lxml.html import HtmlElement

LONGEST = 2_000  # characters of one value
LARGEST_DATA = 500_000  # characters of one script of linked data


@dataclass
class Facts:
    """Values as the page gives them; `bases` says of each by which mark, as a person finds it."""

    title: str = ""
    author: str = ""
    published: str = ""
    source_name: str = ""
    language: str = ""
    address: str = ""
    bases: dict[str, str] = field(default_factory=dict)


Told = Iterator[tuple[str, str]]  # value, and where it stands


def read_facts(tree: HtmlElement) -> Facts:
    facts = Facts()
    page = _Page(tree)
    for name, places in PLACES.items():
        for place in places:
            value, basis = next(place(page), ("", ""))
            if value:
                setattr(facts, name, value)
                facts.bases[name] = basis
                break
    return facts


class _Page:
    def __init__(self, tree: HtmlElement) -> None:
        self.tree = tree
        self.metas = list(_metas(tree))
        self.data = list(_linked_data(tree))


def _metas(tree: HtmlElement) -> Told:
    for meta in tree.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop") or ""
        yield name.strip().lower(), _plain(meta.get("content") or "")


def _meta(*names: str) -> Callable[[_Page], Told]:
    def find(page: _Page) -> Told:
        for wanted in names:
            for name, content in page.metas:
                if name == wanted and content:
                    yield content, f"meta {wanted}"

    return find


def _data(key: str) -> Callable[[_Page], Told]:
    """Look a key up in the linked data (JSON-LD) of the article."""

    def find(page: _Page) -> Told:
        for thing in page.data:
            for value in _names(thing.get(key)):
                yield value, f"JSON-LD {key}"

    return find


def _element(path: str, basis: str, attribute: str = "") -> Callable[[_Page], Told]:
    def find(page: _Page) -> Told:
        for element in page.tree.iterfind(f".//{path}"):
            value = element.get(attribute) if attribute else element.text_content()
            if value and (plain := _plain(value)):
                yield plain, basis

    return find


def _language(page: _Page) -> Told:
    if said := _plain(page.tree.get("lang") or ""):
        yield said, "html lang"


def _own(find: Callable[["_Page"], Told]) -> Callable[["_Page"], Told]:
    """Pass on whole addresses of a page of a site: many a template names the site's front page."""

    def whole(page: _Page) -> Told:
        for value, basis in find(page):
            if _WHOLE.match(value):
                yield value, basis

    return whole


_WHOLE = re.compile(r"https?://[^/\s]+/[^\s]", re.IGNORECASE)

PLACES: dict[str, tuple[Callable[[_Page], Told], ...]] = {
    "title": (
        _data("headline"),
        _meta("og:title", "twitter:title", "dc.title", "dcterms.title"),
        _element("h1", "h1"),
        _element("title", "title"),
    ),
    "author": (_data("author"), _meta("author", "article:author", "dc.creator", "dcterms.creator")),
    "published": (
        _data("datePublished"),
        _meta(
            "article:published_time",
            "datepublished",
            "date",
            "dc.date",
            "dcterms.date",
            "dc.date.issued",
            "dcterms.created",
            "parsely-pub-date",
            "pubdate",
            "publishdate",
            "sailthru.date",
            "citation_publication_date",
        ),
        _element("time[@pubdate]", "time pubdate", "datetime"),
        _element("time[@itemprop='datePublished']", "time datePublished", "datetime"),
    ),
    "source_name": (
        _data("publisher"),
        _meta("og:site_name", "application-name", "dc.publisher", "citation_journal_title"),
    ),
    "language": (_language, _meta("og:locale", "content-language", "dc.language")),
    "address": (
        _own(_element("link[@rel='canonical']", "link canonical", "href")),
        _own(_meta("og:url")),
    ),
}


# --- linked data ------------------------------------------------------------------------------

ARTICLES = {
    "article",
    "newsarticle",
    "reportagenewsarticle",
    "analysisnewsarticle",
    "opinionnewsarticle",
    "blogposting",
    "report",
    "scholarlyarticle",
    "techarticle",
    "webpage",
}


def _linked_data(tree: HtmlElement) -> Iterator[dict[str, Any]]:
    """Yield what is told of an article; a script that is no JSON tells nothing."""
    for script in tree.iter("script"):
        if (script.get("type") or "").strip().lower() != "application/ld+json":
            continue
        text = script.text or ""
        if len(text) > LARGEST_DATA:
            continue
        try:
            told = json.loads(text, strict=False)
        except (ValueError, RecursionError):
            continue
        things = list(_things(told))
        yield from sorted(things, key=lambda thing: _kind(thing) == "webpage")


def _things(told: object, depth: int = 0) -> Iterator[dict[str, Any]]:
    if isinstance(told, list) and depth < 4:
        for each in told[:50]:
            yield from _things(each, depth + 1)
    elif isinstance(told, dict):
        if _kind(told) in ARTICLES:
            yield told
        yield from _things(told.get("@graph"), depth + 1)


def _kind(thing: dict[str, Any]) -> str:
    kind = thing.get("@type")
    first = kind[0] if isinstance(kind, list) and kind else kind
    return str(first).lower()


def _names(value: object) -> Iterator[str]:
    """Yield words, or the names of the persons and bodies that stand instead of them."""
    several: Iterable[object] = value if isinstance(value, list) else [value]
    found = [each.get("name") if isinstance(each, dict) else each for each in several]
    plain = [_plain(each) for each in found if isinstance(each, str)]
    if words := ", ".join(each for each in plain if each):
        yield words


def _plain(words: str) -> str:
    return " ".join(html.unescape(words[:LONGEST]).split())
