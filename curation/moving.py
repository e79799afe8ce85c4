"""What moved under a claim: the difference between what the rule was told before and now. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from curation.standing import STRENGTH
from curation.weighing import NOT_JUDGED

Told = dict[str, Any]  # a claim's facts, as `Standing.inputs` keeps them


class Change(NamedTuple):
    """What was one way and is another now; `of` names the thing, `quote` the evidence it is of."""

    of: str
    quote: int | None
    before: Any
    after: Any


# What is told of a piece of evidence, by the name of its facts, in words for people.
WORDS = {
    "evidence": "the evidence",
    "stance": "its stance",
    "ticked": "whether the passage says this",
    "source": "its source",
    "grade": "its source’s grade",
    "owner": "whose voice its source is",
    "origin": "who first said it",
    "published": "when it was published",
    "labels": "how its passages are labelled",
    "repeats": "whether it repeats earlier words",
    "document_label": "how its document is labelled",
    "own_record_of": "whose own record it is",
    "copies": "the quotes it is a copy of",
    "independent_of": "the documents it is independent of",
    "withdrawn": "whether it still counts",
    "lost": "whether its words still stand in the text",
    "place": "where its words stand in the text",
    "unclear": "which place in the text is meant",
    # of the claim itself
    "replaced": "the claim was replaced",
    "outcome": "what became of it",
    "acting": "the parties whose act it states",
    "contradicts": "another claim says otherwise",
    "link": "who a name in its words is",
    "review date": "the day to look at it again",
    "standing": "how it stands",
}
OF_THE_CLAIM = {"replaced", "outcome", "acting"}
BESIDE_FACTS = {"place", "unclear", "contradicts", "link", "review date"}
# Moves that only build up what a claim rests on: somebody looked for the first time.
FIRST = {
    "labels": ([],),
    "document_label": ([NOT_JUDGED, []],),
    "ticked": (False,),
    "evidence": (None,),
}
# What matters to a holder, even where the standing is the same.
WEIGHTY = {
    "evidence",
    "ticked",
    "withdrawn",
    "lost",
    "unclear",
    "replaced",
    "outcome",
    "contradicts",
    "link",
    "stance",
}


@dataclass(frozen=True)
class Moved:
    """One claim, before and after an act."""

    claim: int
    changes: tuple[Change, ...]
    word_before: str
    word_after: str
    now: Mapping[tuple[str, int | None], Any]  # all that is told of it now

    @property
    def only_builds(self) -> bool:
        """Nothing that somebody relied on moved, and it stands no weaker."""
        building = all(_is_first(change) for change in self.changes)
        return building and not is_weaker(self.word_after, self.word_before)


def compare(claim: int, before: Told, after: Told, words: tuple[str, str]) -> Moved | None:
    """What moved; None when nothing did. `words` are how it stood and how it stands."""
    was, now = _flat(before), _flat(after)
    changes = [
        Change(of, quote, was.get((of, quote)), now.get((of, quote)))
        for of, quote in _in_order(was.keys() | now.keys())
        if was.get((of, quote)) != now.get((of, quote))
    ]
    changes = list(_whole_evidence(changes, was, now))
    if not changes and words[0] != words[1]:
        changes = [Change("standing", None, *words)]
    return Moved(claim, tuple(changes), *words, now) if changes else None


def beside(claim: int, told: Told, word: str, changes: Iterable[Change]) -> Moved:
    """What moved under a claim and the rule of standing is not told of: it stands as before.

    A change that is none tells that the thing is as it was: what moved it earlier is undone.
    """
    told_beside = list(changes)
    now = _flat(told) | {(each.of, each.quote): each.after for each in told_beside}
    moved = tuple(each for each in told_beside if each.before != each.after)
    return Moved(claim, moved, word, word, now)


def together(moves: Iterable[Moved]) -> dict[int, Moved]:
    """By claim, all that one act moved under it: what the rule is told of comes first."""
    found: dict[int, Moved] = {}
    for move in moves:
        first = found.setdefault(move.claim, move)
        if first is not move:
            changes, now = (*first.changes, *move.changes), {**move.now, **first.now}
            found[move.claim] = replace(first, changes=changes, now=now)
    return found


def are_weighty(changes: Iterable[Change]) -> bool:
    return any(change.of in WEIGHTY for change in changes)


def are_of_evidence(changes: Iterable[Change]) -> bool:
    """Whether other evidence can make up for all of it."""
    return all(change.of not in OF_THE_CLAIM | BESIDE_FACTS for change in changes)


def is_undone(changes: Iterable[Change], now: Mapping[tuple[str, int | None], Any]) -> bool:
    """Whether all of it is again as it was before, as far as this act tells."""
    return all(
        (each.of not in BESIDE_FACTS or (each.of, each.quote) in now)
        and now.get((each.of, each.quote)) == each.before
        for each in changes
    )


def undoes(move: Moved, changes: Iterable[Change]) -> bool:
    """Whether an act took back these changes, and did nothing else."""
    back = [[each.of, each.quote, each.after, each.before] for each in changes]
    return all(list(change) in back for change in move.changes)


def is_weaker(word: str, than: str) -> bool:
    return STRENGTH.index(word) > STRENGTH.index(than)


def _is_first(change: Change) -> bool:
    return change.of in FIRST and change.before in FIRST[change.of]


def _in_order(keys: Iterable[tuple[str, int | None]]) -> list[tuple[str, int | None]]:
    order = list(WORDS)
    return sorted(keys, key=lambda key: (key[1] or 0, order.index(key[0])))


def _whole_evidence(
    changes: list[Change], was: Mapping[Any, Any], now: Mapping[Any, Any]
) -> Iterator[Change]:
    """Evidence that came or went is one change, not one of each of its facts."""
    whole = {change.quote for change in changes if change.of == "evidence"}
    for change in changes:
        told_both = (change.of, change.quote) in was and (change.of, change.quote) in now
        if (
            change.of == "evidence"
            or change.quote is None
            or (change.quote not in whole and told_both)
        ):
            yield change


def _flat(told: Told) -> dict[tuple[str, int | None], Any]:
    """All that is told of a claim, each thing by its name and the quote that it is of."""
    found: dict[tuple[str, int | None], Any] = {
        ("replaced", None): told["replaced_because"],
        ("acting", None): [who["name"] for who in told["acting"]],
        ("outcome", None): told.get("outcome", ""),  # unknown to what was stored first
    }
    alike = _copies(told["evidence"])
    for each in told["evidence"]:
        for of, value in _of_evidence(each, alike).items():
            found[of, each["quote"]] = value
    return found


def _of_evidence(told: Told, alike: Mapping[int, list[int]]) -> Told:
    plain = ("stance", "ticked", "source", "grade", "published", "withdrawn", "lost")
    return {
        "evidence": told["stance"],
        **{name: told[name] for name in plain if name in told},
        "owner": told["owner"] and told["owner"]["name"],
        "origin": told["origin"] and told["origin"]["name"],
        "labels": [
            [each["label"], each["credibility"], each["reasons"]]
            for each in told["passages"]
            if each["label"]
        ],
        "repeats": any(each["repeats"] for each in told["passages"]),
        "document_label": [told["document_credibility"], told["document_reasons"]],
        "own_record_of": [who["name"] for who in told["own_record_of"]],
        "copies": alike[told["quote"]],
        "independent_of": told["independent_of"],
    }


def _copies(evidence: list[Told]) -> dict[int, list[int]]:
    """By quote, the others of the claim that a chain of copies joins to it."""
    return {
        one["quote"]: sorted(
            other["quote"]
            for other in evidence
            if other["quote"] != one["quote"]
            and one["chain"] is not None
            and other["chain"] == one["chain"]
        )
        for one in evidence
    }
