"""The reviewer's word on each sentence that cites: it says no more than its claims.

Each sentence is confirmed by itself, told by its digest: other words, or other citations, are
another sentence.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User

from curation.content import content_of, evidence_digests
from curation.gathering import Telling, number, prose_of
from curation.lapsing import approved_digests
from curation.markdown import Prose, Sentence
from curation.models import Approval, Summary
from curation.moves import MoveRefused
from curation.obstacles import Obstacle, start_of
from curation.sealing import seal

FOREIGN = (
    "A sentence that you ticked is not in this text. Nothing was approved: reload the page and "
    "read it again."
)
MOVED = (
    "The evidence moved since you opened this text. Nothing was approved: read again what each "
    "sentence rests on now, and tick it."
)

SHOWN = 3  # sentences that are not confirmed, with their words; more are told by number


@dataclass(frozen=True)
class Before:
    """A sentence that this reviewer confirmed in their last approval, which holds no more.

    `moved` are the keys whose evidence differs since; `elsewhere`: other words stand around it, at
    one of its places at least.
    """

    n: int
    moved: tuple[str, ...] = ()
    elsewhere: bool = False

    @property
    def counts(self) -> bool:
        """Nothing under it or around it changed: the form comes with its tick."""
        return not self.moved and not self.elsewhere


def to_confirm(prose: Prose) -> list[Sentence]:
    """Each sentence that cites, once: the same words with the same citations are one."""
    citing = {each.sha256: each for each in reversed(prose.sentences) if each.keys}
    return sorted(citing.values(), key=lambda each: each.n)


def refuse_unconfirmed(prose: Prose, confirmed: Collection[str]) -> None:
    """Refuse in words unless exactly the sentences that cite are confirmed."""
    asked = {each.sha256: each for each in to_confirm(prose)}
    if missing := [each for digest, each in asked.items() if digest not in confirmed]:
        raise MoveRefused(_told(missing), obstacles=map(_unconfirmed, missing))
    if set(confirmed) - asked.keys():
        raise MoveRefused(FOREIGN)


def _told(missing: Sequence[Sentence]) -> str:
    if len(missing) <= SHOWN:
        return " ".join(_unconfirmed(each).words for each in missing)
    numbers = [str(each.n) for each in missing]
    return f"Sentences {', '.join(numbers[:-1])} and {numbers[-1]} are not confirmed."


def _unconfirmed(sentence: Sentence) -> Obstacle:
    return Obstacle(
        f"Sentence {sentence.n} is not confirmed: “{start_of(sentence.text)}”.",
        "Read it against its claims; if it says no more than they do, tick it.",
        part=sentence.part,
        sentence=sentence.n,
        code="unconfirmed",
        passable=False,
    )


# --- what was confirmed before ------------------------------------------------------------------


def confirmed_before(telling: Telling, by: User) -> dict[str, Before]:
    """By digest, the sentences that this reviewer confirmed in their last approval of it."""
    last = _last_approval(telling.summary, by)
    if last is None:
        return {}
    confirmed = set(last.confirmations.values_list("sentence_sha256", flat=True))
    prose = prose_of(last.revision)
    then, now = approved_digests(last), evidence_digests(_numbered_as(prose, content_of(telling)))
    around = set(_passages(prose))
    found: dict[str, Before] = {}
    for passage in _passages_of(telling.prose):
        changed = _digests(passage) not in around
        for each in passage:
            if each.sha256 in confirmed and each.keys:
                moved = tuple(key for key in each.keys if then.get(key) != now.get(key))
                earlier = found.get(each.sha256)
                elsewhere = changed or (earlier is not None and earlier.elsewhere)
                found[each.sha256] = Before(last.revision.n, moved, elsewhere)
    return found


def _last_approval(summary: Summary, by: User) -> Approval | None:
    own = Approval.objects.filter(revision__summary=summary, by=by).exclude(lapsed=None)
    return own.select_related("revision", "decision").order_by("-at", "-pk").first()


def _numbered_as(prose: Prose, content: dict[str, Any]) -> dict[str, Any]:
    """The content with its claims numbered as another text cites them: that is no evidence."""
    keys = (key for each in prose.sentences for key in each.keys if number(key))
    numbers = {key: n for n, key in enumerate(dict.fromkeys(keys), 1)}
    claims = [
        claim | {"number": numbers.get(claim["key"], claim["number"])}
        for claim in content["claims"]
    ]
    return content | {"claims": claims}


def _passages(prose: Prose) -> Iterator[tuple[str, ...]]:
    return map(_digests, _passages_of(prose))


def _passages_of(prose: Prose) -> Iterator[tuple[Sentence, ...]]:
    """What is read together: the title, the standfirst, each paragraph."""
    yield prose.title
    yield prose.standfirst
    yield from (block.sentences for block in prose.blocks)


def _digests(sentences: Iterable[Sentence]) -> tuple[str, ...]:
    return tuple(each.sha256 for each in sentences)


def evidence_seen(telling: Telling) -> str:
    """Seals what a text rests on, as a screen shows it."""
    return seal(evidence_digests(content_of(telling)))
