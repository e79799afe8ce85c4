"""Two contents of editions compared: sentences, claims and what they rest on, fields. Pure."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any, NamedTuple

from curation.differing import Change, Piece, compared
from curation.sealing import readable

Told = dict[str, Any]
# What names an edition, not what it says:
OF_THE_EDITION = {"format", "n", "kind", "note", "published", "override"}
PARTS = ("title", "standfirst", "text")
OF_A_CLAIM = (
    *("standing", "currency", "outcome_by", "outcome_reason"),
    *("told_as", "date", "as_of", "said_by", "acting", "value"),
)
NAMES = {  # of what is told, where that is not its name
    "told_as": "told as",
    "as_of": "as of",
    "said_by": "said by",
    "acting": "whose act it states",
    "grade": "grade of its source",
    "reliability": "label",
    "published": "date of its source",
    "origin": "who first said it",
    "standing": "stands",
    "outcome_by": "the claim that tells its outcome",
    "outcome_reason": "how the desk knows its outcome",
}
OF_A_QUOTE = ("stance", "reliability", "credibility", "published", "grade", "origin")


class Moved(NamedTuple):
    """What was told one way and is told another."""

    of: str
    was: Any
    now: Any

    @property
    def name(self) -> str:
        return NAMES.get(self.of, self.of)


@dataclass(frozen=True)
class Said:
    """A sentence in either edition; `kind` tells what became of it.

    same (only counted) | reworded | restood (same words, stands otherwise) | moved (stands
    elsewhere) | left out | added
    """

    kind: str
    part: str
    before: Told | None = None
    after: Told | None = None
    old: tuple[Piece, ...] = ()
    new: tuple[Piece, ...] = ()
    count: int = 1

    @property
    def told(self) -> Told | None:
        """As it reads now; of one that is left out, as it read."""
        return self.after or self.before

    @property
    def restood(self) -> Moved | None:
        """How it stood and stands, where that is not the same."""
        if self.before is None or self.after is None:
            return None
        was, now = self.before["standing"], self.after["standing"]
        return None if was == now else Moved("standing", was, now)


@dataclass(frozen=True)
class Rested:
    """A quote put to a claim: kept (with what moved), gone or added."""

    kind: str
    quote: Told  # as it is told now; of one that is gone, as it was told
    document: Told
    stance: str
    moved: tuple[Moved, ...] = ()


@dataclass(frozen=True)
class Claimed:
    """A claim: kept (with what moved), replaced by another, left out or added."""

    kind: str
    before: Told | None
    after: Told | None
    moved: tuple[Moved, ...] = ()
    quotes: tuple[Rested, ...] = ()

    def of(self, name: str) -> Moved | None:
        return next((each for each in self.moved if each.of == name), None)

    @property
    def standing(self) -> Moved | None:
        return self.of("standing")

    @property
    def rest(self) -> list[Moved]:
        """What moved beside how it stands."""
        return [each for each in self.moved if each.of != "standing"]

    @property
    def claim(self) -> Told:
        """As it is told now; of one that is left out, as it was told."""
        told = self.after or self.before
        assert told is not None  # one of the two is there
        return told


@dataclass(frozen=True)
class Fielded:
    """A party or a state: kept (with what moved), left out or added."""

    kind: str
    field: Told
    moved: tuple[Moved, ...] = ()

    @property
    def is_party(self) -> bool:
        return "role" in self.field

    @property
    def name(self) -> str:
        return f"{self.field['name']} as {self.field['role']}" if self.is_party else self.state

    @property
    def state(self) -> str:
        return self.field.get("word", "")


@dataclass(frozen=True)
class Comparison:
    """All that two editions tell differently."""

    state: Moved | None
    sentences: tuple[Said, ...]
    claims: tuple[Claimed, ...]
    fields: tuple[Fielded, ...]
    findings: tuple[tuple[str, Told], ...]  # (left out | added, finding)
    beside: bool  # whether anything else is told otherwise, such as what a quote weighs

    @property
    def said(self) -> list[Said]:
        """The sentences that are not the same."""
        return [each for each in self.sentences if each.kind != "same"]

    def __bool__(self) -> bool:
        told = self.said or self.claims or self.fields or self.findings
        return bool(self.state or told)


def compare(before: Told, after: Told) -> Comparison:
    before, after = readable(before), readable(after)
    state = Moved("state", before["state"], after["state"])
    return Comparison(
        state=None if state.was == state.now else state,
        sentences=tuple(_without_moves(_sentences(before, after))),
        claims=tuple(_claims(before, after)),
        fields=tuple(_fields(before, after)),
        findings=tuple(_findings(before, after)),
        beside=any(before.get(name) != after.get(name) for name in _told_of(before, after)),
    )


def _told_of(before: Told, after: Told) -> set[str]:
    return (before.keys() | after.keys()) - OF_THE_EDITION


def _findings(before: Told, after: Told) -> Iterator[tuple[str, Told]]:
    old, new = ({each["id"]: each for each in side.get("findings", ())} for side in (before, after))
    yield from (("added", finding) for pk, finding in new.items() if pk not in old)
    yield from (("left out", finding) for pk, finding in old.items() if pk not in new)


# --- sentences ----------------------------------------------------------------------------------


def said_in(content: Told, part: str) -> list[Told]:
    if part != "text":
        return content[part]
    return [sentence for block in content["blocks"] for sentence in block["sentences"]]


def _sentences(before: Told, after: Told) -> Iterator[Said]:
    for part in PARTS:
        old, new = said_in(before, part), said_in(after, part)
        changes = compared(*([each["text"] for each in side] for side in (old, new)))
        yield from _walked(part, changes, iter(old), iter(new))


def _walked(
    part: str, changes: Iterable[Change], old: Iterator[Told], new: Iterator[Told]
) -> Iterator[Said]:
    """Give each change the sentences that it is of."""
    for change in changes:
        if change.kind == "same":
            pairs = list(zip(islice(old, change.count), islice(new, change.count), strict=True))
            yield from _same(part, pairs)
        elif change.kind == "changed":
            yield Said("reworded", part, next(old), next(new), change.before, change.after)
        elif change.kind == "gone":
            yield Said("left out", part, before=next(old), old=change.before)
        else:
            yield Said("added", part, after=next(new), new=change.after)


def _same(part: str, pairs: Iterable[tuple[Told, Told]]) -> Iterator[Said]:
    count = 0
    for before, after in pairs:
        if before["standing"] == after["standing"]:
            count += 1
            continue
        if count:
            yield Said("same", part, count=count)
        count = 0
        yield Said("restood", part, before, after)
    if count:
        yield Said("same", part, count=count)


def _without_moves(sentences: Iterable[Said]) -> Iterator[Said]:
    """Tell of a sentence that stands elsewhere once, where it stands now."""
    found = list(sentences)
    left, came = (
        [told["text"] for each in found if each.kind == kind and (told := each.told)]
        for kind in ("left out", "added")
    )
    both = Counter(left) & Counter(came)
    skipped: dict[str, list[Told]] = defaultdict(list)
    for each in found:
        if each.kind == "left out" and each.before:
            text = each.before["text"]
            if len(skipped[text]) < both[text]:
                skipped[text].append(each.before)
    dropped = {id(told) for rows in skipped.values() for told in rows}
    for each in found:
        if each.kind == "added" and each.after and (rows := skipped[each.after["text"]]):
            yield Said("moved", each.part, rows.pop(0), each.after)
        elif each.kind != "left out" or id(each.before) not in dropped:
            yield each


# --- claims -------------------------------------------------------------------------------------


def _claims(before: Told, after: Told) -> Iterator[Claimed]:
    old, new = ({each["id"]: each for each in side["claims"]} for side in (before, after))
    quotes = _Quotes(before), _Quotes(after)
    replaced = {each["replaces"] for each in new.values()} & (old.keys() - new.keys())
    for pk, claim in new.items():
        kind, was = _before(pk, claim, old, replaced)
        found = Claimed(
            kind,
            was,
            claim,
            tuple(_moved_of(was, claim)) if was else (),
            tuple(_quotes(was, claim, quotes)) if was else (),
        )
        if kind != "kept" or found.moved or found.quotes:
            yield found
    for pk, claim in old.items():
        if pk not in new and pk not in replaced:
            yield Claimed("left out", claim, None)


def _before(
    pk: int, claim: Told, old: Mapping[int, Told], replaced: Iterable[int]
) -> tuple[str, Told | None]:
    if pk in old:
        return "kept", old[pk]
    if claim["replaces"] in replaced:
        return "replaced", old[claim["replaces"]]
    return "added", None


def _moved_of(before: Told, after: Told) -> Iterator[Moved]:
    old, new = before | _outcome(before), after | _outcome(after)
    for name in OF_A_CLAIM:
        was, now = _plain(old[name]), _plain(new[name])
        if was != now:
            yield Moved(name, was, now)


def _outcome(claim: Told) -> Told:
    """By which claim the outcome of a plan is known, and how else; most claims have none."""
    outcome = claim.get("outcome", {})
    by, reason = outcome.get("by"), outcome.get("reason", "")
    return {"outcome_by": f"c{by}" if by else "", "outcome_reason": reason.rstrip(".")}


def _plain(value: Any) -> Any:
    """Names alone of those who said or did it."""
    if isinstance(value, dict) and "name" in value:
        return value["name"]
    if isinstance(value, list):
        return [each["name"] for each in value]
    return value


Quoted = tuple[Told, Told, Told]  # the quote, its document, and how it is put to a claim


class _Quotes:
    """The quotes of an edition with their documents, and how each is put to a claim."""

    def __init__(self, content: Told) -> None:
        documents = {each["id"]: each for each in content["documents"]}
        self._rows = {each["id"]: (each, documents[each["document"]]) for each in content["quotes"]}

    def of(self, claim: Told) -> dict[int, Quoted]:
        return {each["quote"]: (*self._rows[each["quote"]], each) for each in claim["evidence"]}


def _quotes(before: Told, after: Told, quotes: tuple[_Quotes, _Quotes]) -> Iterator[Rested]:
    old, new = quotes[0].of(before), quotes[1].of(after)
    for pk, told in new.items():
        if pk not in old:
            yield _rested("added", told)
        elif moved := tuple(_moved_under(old[pk], told)):
            yield _rested("kept", told, moved)
    for pk, told in old.items():
        if pk not in new:
            yield _rested("gone", told)


def _rested(kind: str, told: Quoted, moved: tuple[Moved, ...] = ()) -> Rested:
    quote, document, evidence = told
    return Rested(kind, quote, document, evidence["stance"], moved)


def _moved_under(
    before: tuple[Told, Told, Told], after: tuple[Told, Told, Told]
) -> Iterator[Moved]:
    was, now = _facts(*before), _facts(*after)
    for name in OF_A_QUOTE:
        if was[name] != now[name]:
            yield Moved(name, was[name], now[name])


def _facts(quote: Told, document: Told, evidence: Told) -> Told:
    return {
        "stance": evidence["stance"],
        "reliability": quote["reliability"],
        "credibility": quote["credibility"],
        "published": document["published"],
        "grade": document["grade"],
        "origin": evidence["origin"],
    }


# --- parties and states -------------------------------------------------------------------------


def _fields(before: Told, after: Told) -> Iterator[Fielded]:
    for name, key in (("states", ("word",)), ("parties", ("entity", "role"))):
        old, new = (_by(key, side[name]) for side in (before, after))
        for what, field in new.items():
            if what not in old:
                yield Fielded("added", field)
            elif moved := tuple(_moved_in(old[what], field)):
                yield Fielded("kept", field, moved)
        yield from (Fielded("left out", field) for what, field in old.items() if what not in new)


def _by(key: tuple[str, ...], fields: Iterable[Told]) -> dict[tuple[Any, ...], Told]:
    """Fields by what they are; of those that are told twice, also by which of them it is."""
    often: Counter[tuple[Any, ...]] = Counter()
    found = {}
    for field in fields:
        what = tuple(field[name] for name in key)
        found[*what, often[what]] = field
        often[what] += 1
    return found


def _moved_in(before: Told, after: Told) -> Iterator[Moved]:
    for name in ("since", "until", "standing"):
        if before[name] != after[name]:
            yield Moved(name, before[name], after[name])
