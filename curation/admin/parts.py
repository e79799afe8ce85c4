"""A long text is read in parts: which passages are on screen, and where a place is."""

from bisect import bisect_right
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import Exists, OuterRef, QuerySet

from corpus.models import Capture, Passage
from curation.models import Assessment

PART = 300  # passages on screen at once


class At(NamedTuple):
    pk: int
    start: int
    end: int


@dataclass(frozen=True)
class Part:
    """A run of the passages of a text: those before `first` and after `last` are other parts."""

    cut: list[At]  # of the whole text, in order
    at_hand: int  # an index of `cut`

    @property
    def before(self) -> int:
        """How many passages stand before this part."""
        return self.at_hand - self.at_hand % PART

    @property
    def here(self) -> list[At]:
        return self.cut[self.before : self.before + PART]

    @property
    def first(self) -> int:
        return self.before + 1

    @property
    def last(self) -> int:
        return self.before + len(self.here)

    @property
    def total(self) -> int:
        return len(self.cut)

    @property
    def is_all(self) -> bool:
        return self.total <= PART

    @property
    def earlier(self) -> "Part | None":
        return Part(self.cut, self.before - PART) if self.before else None

    @property
    def later(self) -> "Part | None":
        return Part(self.cut, self.last) if self.last < self.total else None

    @property
    def begins_with(self) -> int:
        """The first passage of the part, which a link to it names."""
        return self.here[0].pk

    @property
    def ends_with(self) -> int:
        return self.here[-1].pk

    def numbers(self) -> dict[int, int]:
        """The number of each passage, counted through the whole text."""
        return {at.pk: number for number, at in enumerate(self.cut, 1)}


def part_of(capture: Capture | None, at: object = None, place: int | None = None) -> Part:
    """The part that holds a passage or place; else the first passage that nobody has labelled."""
    cut = cut_of(capture)
    if place is None and capture:
        asked = _number(at)
        pks = [each.pk for each in cut]
        if asked in pks:
            return Part(cut, pks.index(asked))
        place = _place_of_retired(capture, asked) if asked else None
    if place is not None:
        return Part(cut, _index_at(cut, place))
    following = asking(capture).order_by("start").first() if capture else None
    return Part(cut, _index_at(cut, following.start) if following else 0)


def cut_of(capture: Capture | None) -> list[At]:
    if capture is None:
        return []
    passages = Passage.objects.filter(capture=capture).order_by("start")
    return [At(*row) for row in passages.values_list("pk", "start", "end")]


def asking(capture: Capture) -> QuerySet[Passage]:
    """Passages that nobody has labelled; headings without a suggestion ask for no label."""
    labels = Assessment.objects.in_force().filter(passage=OuterRef("pk"))
    quiet = {"kind": Passage.Kind.HEADING, "suggested_reliability": ""}
    return Passage.objects.filter(~Exists(labels), capture=capture).exclude(**quiet)


def holding(capture: Capture, place: int) -> Passage | None:
    """The passage in which a place lies, or the one before it."""
    return Passage.objects.filter(capture=capture, start__lte=place).order_by("start").last()


def _index_at(cut: list[At], place: int) -> int:
    return max(0, bisect_right(cut, place, key=lambda at: at.start) - 1)


def _place_of_retired(capture: Capture, pk: int) -> int | None:
    """Where a passage stood that has been cut anew since."""
    return Passage.everything.filter(capture=capture, pk=pk).values_list("start", flat=True).first()


def _number(given: object) -> int:
    digits = str(given or "")
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 16 else 0
