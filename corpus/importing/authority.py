"""Load entities from an authority file, JSON Lines: what is there is updated, nothing deleted.

Each line is an object: slug, name, kind, and optionally aliases, identity, wikidata and
part_of (a slug). One wrong line, and nothing is written: every wrong one is told.
"""

import json
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError

from corpus import revising
from corpus.importing.collecting import clean, one_line
from corpus.models import Entity
from corpus.writer import one_writer

KEYS = {"slug", "name", "kind", "aliases", "identity", "wikidata", "part_of"}
LONGEST = 200  # characters of a name
_SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,79}")
_WIKIDATA = re.compile(r"Q[1-9][0-9]*")


class Wrong(Exception):
    """Holds a sentence for each wrong line."""

    def __init__(self, sentences: list[str]) -> None:
        super().__init__("\n".join(sentences))
        self.sentences = sentences


@dataclass(frozen=True)
class Entry:
    line: int
    slug: str
    name: str
    kind: str
    identity: str
    wikidata_id: str
    part_of: str
    aliases: tuple[str, ...]

    def values(self, part_of: Entity | None) -> dict[str, Any]:
        return {
            "name": self.name,
            "kind": self.kind,
            "identity": self.identity,
            "wikidata_id": self.wikidata_id,
            "part_of": part_of,
        }


def read(lines: Iterable[str]) -> list[Entry]:
    """Return the entries, or raise Wrong. Empty lines are passed over."""
    entries, wrong = [], []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            entries.append(_entry(number, line))
        except ValueError as error:
            wrong.append(f"Line {number}: {error}")
    wrong += _twice(entries)
    if wrong:
        raise Wrong(wrong)
    return entries


def load(entries: Iterable[Entry], keep: Collection[int] = ()) -> Counter[str]:
    """Add and update entities, all or none; return how many were added, changed, unchanged, kept.

    `keep` holds the ids of entities that people decided about: they stay as they are.
    """
    entries = list(entries)
    with one_writer():
        known = {entity.slug: entity for entity in Entity.objects.prefetch_related("aliases")}
        if wrong := list(_leading_nowhere(entries, known)):
            raise Wrong(wrong)
        done = Counter(_put(entry, known, keep) for entry in _parts_last(entries))
    return done


def _entry(number: int, line: str) -> Entry:
    try:
        told = json.loads(line)
    except ValueError:
        raise ValueError("this is no JSON.") from None
    if not isinstance(told, dict):
        raise ValueError("this is no JSON object.")
    if unknown := sorted(told.keys() - KEYS):
        raise ValueError(f"nobody knows what {', '.join(unknown)} is.")
    entry = Entry(
        number,
        slug=_text(told, "slug"),
        name=_text(told, "name"),
        kind=_text(told, "kind"),
        identity=_text(told, "identity") or Entity.Identity.UNTRACED,
        wikidata_id=_text(told, "wikidata"),
        part_of=_text(told, "part_of"),
        aliases=_aliases(told.get("aliases", [])),
    )
    if faults := list(_faults(entry)):
        raise ValueError(" Also: ".join(faults))
    return entry


def _text(told: dict[str, Any], key: str) -> str:
    value = told.get(key, "")
    if not isinstance(value, str) or value.strip() != clean(value):
        raise ValueError(f"{key} is no plain text.")
    return one_line(value)


def _aliases(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise ValueError("aliases is no list.")
    found = [_text({"an alias": alias}, "an alias") for alias in value]
    if any(not 0 < len(alias) <= LONGEST for alias in found):
        raise ValueError(f"an alias is empty or longer than {LONGEST} characters.")
    return tuple(dict.fromkeys(found))


def _faults(entry: Entry) -> Iterator[str]:
    if not _SLUG.fullmatch(entry.slug):
        yield f"the slug {entry.slug!r} is not made of small letters, digits and hyphens."
    if not 0 < len(entry.name) <= LONGEST:
        yield f"the name is empty or longer than {LONGEST} characters."
    if entry.kind not in Entity.Kind.values:
        yield f"the kind {entry.kind!r} is none of {', '.join(Entity.Kind.values)}."
    if entry.identity not in Entity.Identity.values:
        yield f"the identity {entry.identity!r} is none of {', '.join(Entity.Identity.values)}."
    if entry.wikidata_id and not _WIKIDATA.fullmatch(entry.wikidata_id):
        yield f"the Wikidata id {entry.wikidata_id!r} is not a Q and a number, such as Q23548."


def _twice(entries: list[Entry]) -> Iterator[str]:
    seen: dict[str, int] = {}
    for entry in entries:
        for what, value in (("slug", entry.slug), ("Wikidata id", entry.wikidata_id)):
            if value and seen.setdefault(value, entry.line) != entry.line:
                yield f"Line {entry.line}: the {what} {value} stands in line {seen[value]} already."


def _leading_nowhere(entries: list[Entry], known: dict[str, Entity]) -> Iterator[str]:
    wholes = {entry.slug: entry.part_of for entry in entries}
    for entry in entries:
        if entry.part_of and entry.part_of not in wholes and entry.part_of not in known:
            yield f"Line {entry.line}: it is part of {entry.part_of}, which is not there."
        elif entry.slug in _above(entry.part_of, wholes):
            yield f"Line {entry.line}: it is part of itself, through {entry.part_of}."


def _above(slug: str, wholes: dict[str, str]) -> set[str]:
    above: set[str] = set()
    while slug and slug not in above:
        above.add(slug)
        slug = wholes.get(slug, "")
    return above


def _parts_last(entries: list[Entry]) -> list[Entry]:
    wholes = {entry.slug: entry.part_of for entry in entries}
    return sorted(entries, key=lambda entry: len(_above(entry.part_of, wholes)))


def _put(entry: Entry, known: dict[str, Entity], keep: Collection[int]) -> str:
    entity = known.get(entry.slug)
    values = entry.values(known.get(entry.part_of))
    try:
        if entity is None:
            known[entry.slug] = revising.add_entity(
                **values, slug=entry.slug, aliases=entry.aliases
            )
            return "added"
        return "kept" if entity.pk in keep else _update(entity, values, entry.aliases)
    except ValidationError as error:
        raise Wrong([f"Line {entry.line}: {' '.join(error.messages)}"]) from error


def _update(entity: Entity, values: dict[str, Any], aliases: tuple[str, ...]) -> str:
    there = {alias.text for alias in entity.aliases.all()}
    missing = [alias for alias in aliases if alias not in there]
    if not missing and all(getattr(entity, key) == value for key, value in values.items()):
        return "unchanged"
    revising.change_entity(entity, **values)
    for alias in missing:
        revising.add_alias(entity, alias)
    return "changed"
