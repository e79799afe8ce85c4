"""Find the bodies of an authority file in any text, each by its Wikidata id: no database."""

import json
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from corpus.analysis.mentions import Finder, Found, Name


class Known(NamedTuple):
    finder: Finder
    wikidata: list[str]  # by the number of an entity in the finder; empty where unknown
    names: list[Name]


def read_authority(lines: Iterable[str]) -> Known:
    """Read JSON Lines: an entity a line, or a name a line with the id that it stands for.

    Recognised are name, aliases, wikidata or qid, kind, country, part_of (a slug) with slug; or
    text and label with name and country.
    """
    rows = [json.loads(line) for line in lines if line.strip()]
    numbers: dict[str, int] = {}
    for row in rows:
        numbers.setdefault(_key(row), len(numbers))
    slugs = {row["slug"]: numbers[_key(row)] for row in rows if row.get("slug")}
    names = [name for row in rows for name in _names(row, numbers[_key(row)], slugs)]
    known = [key if _is_wikidata(key) else "" for key in numbers]
    return Known(Finder(dict.fromkeys(names)), known, names)


def links(text: str, known: Known) -> list[tuple[int, int, str]]:
    """Return [start, end) and Wikidata id of each name that the text leaves no doubt about."""
    found: dict[tuple[int, int], set[str]] = {}
    for place in known.finder.find(text):
        if place.rank == 1 and not place.doubtful:
            found.setdefault((place.start, place.end), set()).add(_id(place, known))
    return [
        (start, end, next(iter(ids)))
        for (start, end), ids in found.items()
        if len(ids) == 1 and ids != {""}
    ]


def _id(place: Found, known: Known) -> str:
    return known.wikidata[place.entity]


def _key(row: dict[str, Any]) -> str:
    wikidata = row.get("wikidata") or row.get("qid") or row.get("label")
    return str(wikidata or row.get("slug") or row.get("name") or row.get("id"))


def _names(row: dict[str, Any], entity: int, slugs: dict[str, int]) -> Iterator[Name]:
    texts = [row.get("name"), *row.get("aliases", ()), row.get("text")]
    for text in dict.fromkeys(text for text in texts if isinstance(text, str) and text):
        yield Name(
            text, entity, entity, row.get("kind") or "", slugs.get(row.get("part_of") or ""),
            row.get("country") or "",
        )  # fmt: skip


def _is_wikidata(key: str) -> bool:
    return key[:1] == "Q" and key[1:].isdigit()
