"""Read what a row of somebody's export says, from fields of whatever names it gave them."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from corpus.importing.limits import Bounds
from corpus.importing.readers.incoming import Unreadable
from corpus.text.decode import Undecodable, decode

# Our value -> the names of fields in which it is looked for, the likeliest first. Case does
# not matter, nor whether a name is written pub-date, pub_date, pubDate or "Pub date".
NAMES: dict[str, tuple[str, ...]] = {
    "text": ("text", "content", "body", "article", "article_body", "full_text", "html",
             "content_html", "content_text"),
    "address": ("url", "link", "address", "uri", "permalink", "href"),
    "title": ("title", "headline"),
    "published": ("published", "date", "timestamp", "published_at", "publication_date",
                  "date_published", "pub_date", "created_at"),
    "source_name": ("source", "site", "publisher", "source_name", "site_name", "outlet"),
    "language": ("lang", "language"),
    "author": ("author", "authors", "byline", "creator"),
    "collected_at": ("collected_at", "crawled_at", "fetched_at", "retrieved_at", "scraped_at"),
}  # fmt: skip


@dataclass
class Values:
    """What was found; `bases` says in which field."""

    words: dict[str, str] = field(default_factory=dict)
    bases: dict[str, str] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)

    def __getitem__(self, value: str) -> str:
        return self.words.get(value, "")


def mapping(given: Iterable[str]) -> dict[str, str]:
    """Return {"text": "story"} for ["text=story"]; raise ValueError with a sentence."""
    mapped = {}
    for each in given:
        value, equals, name = (part.strip() for part in each.partition("="))
        meant = _meant(value)
        if not equals or not name or not meant:
            raise ValueError(
                f"“{each}” names no field; write it as text=story. What can be named is: "
                f"{', '.join(names[0] for names in NAMES.values())}."
            )
        mapped[meant] = name
    return mapped


def read(row: Mapping[str, Any], mapped: Mapping[str, str], bounds: Bounds) -> Values:
    """Find the values in a row; `mapped` says {value: name of its field} where we cannot know."""
    _refuse_too_much(row, bounds)
    by_name: dict[str, str] = {}
    for key in row:
        by_name.setdefault(plain(key), key)
    values = Values()
    for value, names in NAMES.items():
        wanted = [mapped[value]] if value in mapped else names
        for name in wanted:
            key, told = _in(row, by_name, name)
            if words := _clean(_words(told, value), values):
                values.words[value] = words
                values.bases[value] = f"field {key}"
                break
    return values


def _meant(value: str) -> str:
    """Return the value that one of its names means: url is the address."""
    name = plain(value)
    return next((each for each, names in NAMES.items() if name in (each, *names)), "")


def has_text(names: Iterable[str], mapped: Mapping[str, str]) -> bool:
    """Whether a table of these columns can hold a text."""
    there = {plain(name) for name in names}
    wanted = [mapped["text"]] if "text" in mapped else NAMES["text"]
    return any(plain(name) in there for name in wanted)


@lru_cache(maxsize=4096)
def plain(name: str) -> str:
    """Return a field's name as it is compared: pubDate, Pub-Date and "pub date" are one."""
    name = _HUMP.sub("_", name.strip().lstrip("\ufeff"))
    return _BETWEEN.sub("_", name).casefold().strip("_")


_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_BETWEEN = re.compile(r"[\s_.:/-]+")


def _in(row: Mapping[str, Any], by_name: Mapping[str, str], name: str) -> tuple[str, Any]:
    """Return the field of this name and what stands there; "article.body" looks inside."""
    if name in row:
        return name, row[name]
    if (key := by_name.get(plain(name))) is not None:
        return key, row[key]
    told: Any = row
    for step in name.split("."):
        told = told.get(step) if isinstance(told, Mapping) else None
    return name, told


_INSIDE = ("rendered", "name", "value", "text", "url", "href")  # {"name": "A. Writer"}


def _words(told: Any, value: str) -> str:
    """Return words of a text, a number, or what holds some: a list of them, or a named one."""
    if isinstance(told, str):
        return told
    if isinstance(told, list):
        between = "\n\n" if value == "text" else ", "
        return between.join(filter(None, (_words(each, value) for each in told)))
    if isinstance(told, Mapping):
        return next((told[key] for key in _INSIDE if isinstance(told.get(key), str)), "")
    return ""


def _clean(words: str, values: Values) -> str:
    """Return what stands in a field; bytes that were no UTF-8 are read as people wrote them."""
    words = words.strip()
    if not _LONE_BYTES.search(words):
        return words
    try:
        decoded = decode(words.encode("utf-8", "surrogateescape"))
    except (Undecodable, UnicodeEncodeError):
        return words  # what is left of it is mended with the text
    values.remarks += [each for each in decoded.mended if each not in values.remarks]
    return decoded.text


_LONE_BYTES = re.compile("[\udc80-\udcff]")


def _refuse_too_much(row: Mapping[str, Any], bounds: Bounds) -> None:
    if len(row) > bounds.fields:
        raise Unreadable(f"It has {len(row):,} fields; a row has at most {bounds.fields:,}.")
    for key, told in row.items():
        if isinstance(told, str) and len(told) > bounds.field:
            raise Unreadable(
                f"Its field {key[:40]} has {len(told):,} characters; a field has at most "
                f"{bounds.field:,}."
            )
