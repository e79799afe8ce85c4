"""Which words of an edition go when words are removed; their digests stand in their place. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from curation.sealing import redacted

LOOKED_FOR = 12  # characters: so long words go wherever they stand; shorter ones are anybody's


@dataclass(frozen=True)
class Gone:
    """What is removed: quotes, claims, how documents are called, and words wherever they stand."""

    quotes: frozenset[int] = frozenset()
    claims: frozenset[int] = frozenset()
    documents: frozenset[int] = frozenset()  # their titles, addresses and origins
    words: tuple[str, ...] = field(default=())

    def has(self, text: str) -> bool:
        return any(words in text for words in self.words)


def hold(value: Any, gone: Gone) -> bool:
    """Whether the words stand anywhere in a value of JSON."""
    if isinstance(value, dict):
        return any(hold(each, gone) for each in value.values())
    if isinstance(value, list):
        return any(hold(each, gone) for each in value)
    return isinstance(value, str) and gone.has(value)


def looked_for(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted({each for each in words if len(each) >= LOOKED_FOR}))


def struck(content: Any, gone: Gone) -> Any:
    """The content without these words; the same content when it has none of them."""
    if isinstance(content, dict):
        names = _names(content, gone)
        return {
            key: _out(value) if key in names else struck(value, gone)
            for key, value in content.items()
        }
    if isinstance(content, list):
        return [struck(each, gone) for each in content]
    if isinstance(content, str) and gone.has(content):
        return redacted(content)
    return content


def _names(row: dict[str, Any], gone: Gone) -> set[str]:
    """The values of a row that go because of what it is the row of."""
    if "html" in row:  # a sentence: its words go in both forms
        said = row["text"]
        goes = gone.claims & set(row["claims"]) or (isinstance(said, str) and gone.has(said))
        return {"text", "html"} if goes else set()
    if "exact" in row and row["id"] in gone.quotes:
        return {"exact", "prefix", "suffix"}
    if "told_as" in row and row["id"] in gone.claims:
        return {"words", "value", "said_by"}
    if "grade_words" in row and row["id"] in gone.documents:
        return {"title", "url", "origin"}
    return set()


def _out(value: Any) -> Any:
    if isinstance(value, str):
        return redacted(value) if value else value
    if isinstance(value, dict) and "name" in value:  # of a speaker
        return value | {"name": _out(value["name"])}
    return value
