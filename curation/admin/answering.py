"""Objections on the editor's screen: the sentence, its words to choose from, and the marks."""

import re
from dataclasses import dataclass
from itertools import pairwise

from django import forms
from django.core.exceptions import ValidationError

from curation import gate, marking
from curation.admin.summary_moves import SummaryMove
from curation.models import Mark, Summary
from curation.obstacles import Obstacle

WORD = re.compile(r"\S+")
MAY_BE_MARKED = (Summary.State.DRAFT, Summary.State.IN_REVIEW)


class MarkWords(SummaryMove):
    """Which words of a sentence answer an objection."""

    permission = marking.PERMISSION
    label = "Mark these words"
    sentence = forms.RegexField("[0-9a-f]{64}")
    objection = forms.CharField(max_length=40)
    standing = forms.CharField(max_length=20, required=False)
    start = forms.IntegerField(min_value=0, max_value=10**6)
    end = forms.IntegerField(min_value=1, max_value=10**6)

    def act(self, by):
        told = dict(self.cleaned_data)
        if told["end"] <= told["start"]:
            raise ValidationError("The last word stands before the first: choose them again.")
        marking.mark(self.about, by=by, seen=told.pop("seen"), **told)
        return "Marked: the reviewer is shown these words."


class UnmarkWords(SummaryMove):
    permission = marking.PERMISSION
    label = "Take the mark away"
    mark_id = forms.IntegerField(min_value=1)

    def act(self, by):
        marks = Mark.objects.in_force().filter(revision__summary=self.about)
        row = marks.filter(pk=self.cleaned_data["mark_id"]).first()
        if row is None:
            raise ValidationError("There is no such mark any more. Reload the page.")
        marking.unmark(row, by=by, seen=self.seen_n)
        return "The mark is gone: the objection stands again."


@dataclass(frozen=True)
class Word:
    n: int
    start: int
    end: int
    text: str


@dataclass(frozen=True)
class Piece:
    text: str
    objected: bool
    marked: bool


@dataclass(frozen=True)
class Answering:
    """An objection with its sentence."""

    objection: Obstacle
    text: str

    @property
    def id(self) -> str:
        return f"{self.objection.code}-{self.objection.sentence}"

    @property
    def words(self) -> list[Word]:
        found = enumerate(WORD.finditer(self.text), 1)
        return [Word(n, *match.span(), match[0]) for n, match in found]

    @property
    def pieces(self) -> list[Piece]:
        """The sentence cut where what is objected to, or marked, begins and ends."""
        marked = [(mark.start, mark.end) for mark in self.objection.marks]
        bounds = {0, len(self.text)}
        bounds |= {place for pair in (*marked, *self.objection.at) for place in pair}
        return [
            Piece(
                self.text[start:end],
                any(first <= start and end <= last for first, last in self.objection.at),
                any(first <= start and end <= last for first, last in marked),
            )
            for start, end in pairwise(sorted(bounds))
        ]


def answering(telling) -> dict[str, list[Answering]]:
    """The objections to a text: those that stand, and those that marks answer."""
    text = {each.n: each.text for each in telling.prose.sentences}
    found = [Answering(each, text[each.sentence]) for each in gate.objections(telling)]
    return {
        "objections": [each for each in found if not each.objection.marks],
        "answered": [each for each in found if each.objection.marks],
    }
