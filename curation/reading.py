"""An edition as readers are told it: its frozen content, joined up for the page. Pure."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import groupby
from textwrap import shorten
from typing import Any

from curation.sealing import readable
from curation.standing import STRENGTH, weakest

Row = dict[str, Any]
DESCRIPTION = 240  # characters of a page's description for search engines and feeds


class Reading:
    """Sentences with their claims, claims with their quotes, quotes with their documents."""

    def __init__(self, content: Row, notices: Mapping[int, Sequence[Any]] | None = None) -> None:
        """`notices`: what to tell at a sentence, by its number."""
        content = self.content = readable(content)  # told are words that went, too
        self._notices = notices or {}
        documents = {row["id"]: row for row in content["documents"]}
        quotes = {row["id"]: row for row in content["quotes"]}
        self._quotes = {
            pk: row | {"document": documents.get(row["document"])} for pk, row in quotes.items()
        }
        self._claims = {row["id"]: self._claim(row) for row in content["claims"]}
        self._findings = {row["id"]: row for row in content.get("findings", ())}

    def _claim(self, row: Row) -> Row:
        evidence = [
            each | {"quote": self._quotes[each["quote"]], "weighs": _weighs(each)}
            for each in row["evidence"]
            if each["quote"] in self._quotes
        ]
        told = row | {"evidence": evidence, "because": "; ".join(row["why"])}
        if by := row.get("outcome", {}).get("by"):
            return told | {"outcome_key": f"c{by}"}
        return told

    @cached_property
    def title(self) -> list[Row]:
        return self._sentences(self.content["title"])

    @cached_property
    def standfirst(self) -> list[Row]:
        return self._sentences(self.content["standfirst"])

    @cached_property
    def blocks(self) -> list[Row]:
        """Paragraphs, headings and quotations; the items of a list stand together."""
        blocks = [
            block | {"sentences": self._sentences(block["sentences"])}
            for block in self.content["blocks"]
        ]
        return [
            {"kind": kind, "list": marks, "level": same[0]["level"], "blocks": same}
            for kind, marks, same in _runs(blocks)
        ]

    @cached_property
    def states(self) -> list[Row]:
        return self._fields("states", lambda row: row["word"])

    @cached_property
    def parties(self) -> list[Row]:
        return self._fields("parties", lambda row: f"{row['name']} as {row['role']}")

    @property
    def all_sentences(self) -> Iterator[Row]:
        yield from self.title
        yield from self.standfirst
        for run in self.blocks:
            for block in run["blocks"]:
                yield from block["sentences"]

    @cached_property
    def standings(self) -> list[tuple[str, int]]:
        """How many sentences stand how, the strongest first."""
        found = Counter(each["standing"] for each in self.all_sentences if each["standing"])
        return [(word, found[word]) for word in STRENGTH if found[word]]

    @cached_property
    def sources(self) -> list[Row]:
        """The documents quoted, each with how often."""
        often = Counter(row["document"] for row in self.content["quotes"])
        return [row | {"quotes": often[row["id"]]} for row in self.content["documents"]]

    @cached_property
    def notes(self) -> list[Row]:
        """End notes for print: each claim is told in full once."""
        told_in: dict[int, str] = {}
        notes = []
        for about in [*self.all_sentences, *self.states, *self.parties]:
            if about["opens"]:
                label = str(about.get("n") or about["about"])
                claims = [
                    claim | {"told_in": told_in.get(claim["id"], "")} for claim in about["told"]
                ]
                notes.append(about | {"label": label, "told": claims})
                told_in |= {claim["id"]: label for claim in claims if not claim["told_in"]}
        return notes

    @cached_property
    def description(self) -> str:
        """What the page says in a line: its standfirst, else its first sentence."""
        words = plain(self.content["standfirst"]) or plain(
            [each for each in self.all_sentences if each["n"] != 1][:1]
        )
        return shorten(words, DESCRIPTION, placeholder="…")

    def sentences_on(self, quote_id: int) -> list[Row]:
        """The sentences that rest on a quote."""
        return [
            sentence
            for sentence in self.all_sentences
            if any(
                each["quote"]["id"] == quote_id
                for claim in sentence["told"]
                for each in claim["evidence"]
            )
        ]

    def _sentences(self, rows: Iterable[Row]) -> list[Row]:
        return [
            self._opening(row, f"e{row['n']}")
            | {"number": str(row["n"]), "notices": self._notices.get(row["n"], ())}
            for row in rows
        ]

    def _fields(self, name: str, about: Callable[[Row], str]) -> list[Row]:
        return [
            self._opening(row, f"{name}-{n}") | {"about": about(row)}
            for n, row in enumerate(self.content[name], 1)
        ]

    def _opening(self, row: Row, evidence_id: str) -> Row:
        """A row with the claims that it opens to."""
        told = self._told(row)
        gist = _gist(told)
        told += self._outcomes(told)
        found = [self._findings[pk] for pk in row.get("findings", ()) if pk in self._findings]
        gist = gist or ("what the desk found itself" if found else "")
        opens = bool(told or found)
        shown = {"told": told, "found": found, "opens": opens, "gist": gist}
        return row | shown | {"evidence_id": evidence_id}

    def _outcomes(self, told: list[Row]) -> list[Row]:
        """The claims that tell what became of some plans, where none of them does already."""
        by = dict.fromkeys(claim["outcome"]["by"] for claim in told if "outcome" in claim)
        known = {claim["id"] for claim in told}
        return [self._claims[pk] for pk in by if pk in self._claims and pk not in known]

    def _told(self, row: Row) -> list[Row]:
        return [self._claims[pk] for pk in row["claims"] if pk in self._claims]


def plain(sentences: Iterable[Row]) -> str:
    return " ".join(sentence["text"] for sentence in sentences)


def _gist(told: list[Row]) -> str:
    """Why it stands as it does: the reasons of its weakest claim; and what time has passed."""
    if not told:
        return ""
    lowest = weakest(claim["standing"] for claim in told)
    because = next(claim["because"] for claim in told if claim["standing"] == lowest)
    if len(told) > 1:
        because = f"{because} (weakest of {len(told)} claims)"
    past = {claim["currency"] for claim in told} - {"current"}
    return f"{because}; {', '.join(sorted(past))}" if past else because


def _weighs(evidence: Row) -> str:
    """Say the weight once, whether or not the reason begins with it."""
    why = evidence["why"].removeprefix("does not count: ")
    if evidence["weight"] == "none" or why.startswith(f"{evidence['weight']}:"):
        return why
    return f"{evidence['weight']}: {why}" if why else evidence["weight"]


def _runs(blocks: list[Row]) -> Iterator[tuple[str, str | None, list[Row]]]:
    """Neighbouring items of one list, and every other block by itself."""
    numbered = list(enumerate(blocks))

    def run(pair: tuple[int, Row]) -> tuple[object, ...]:
        place, block = pair
        return ("item", block["list"]) if block["kind"] == "item" else (place,)

    for _, same in groupby(numbered, key=run):
        rows = [block for _, block in same]
        yield rows[0]["kind"], rows[0]["list"], rows
