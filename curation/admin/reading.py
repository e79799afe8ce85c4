"""The reading room: a document as passages, with all that people and the machine say of them."""

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Prefetch
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string

from corpus.models import Capture, Document, Passage, Sighting
from curation import labels, standings
from curation.admin.forms import DescriptionForm
from curation.admin.marking import Mark, Piece, pieces
from curation.admin.names import NameShown, marks_of, names_of
from curation.models import Assessment, Claim, Description, Evidence, SourceGrade

ROOM = "admin/corpus/document/room.html"
PART = "curation_desk/reading/_{}.html"
ASSESSED = "decision__by"
MOST_CUTS = 400  # places of one passage offered to split at
OTHER_TEXT = ["head", "passages", "bar", "whole", "claims", "names", "captures"]

_BEFORE_A_WORD = re.compile(r"\s+(?=\S)|(?<=[→»…])(?=\w)")


@dataclass
class Shown:
    """A passage as the room shows it."""

    passage: Passage
    number: int
    assessment: Assessment | None
    opens: bool  # a paragraph begins here
    pieces: list[Piece] = field(default_factory=list)
    evidence: list[Evidence] = field(default_factory=list)  # whose quote begins here
    repeated: int | None = None  # the number of the passage that it repeats, or nearly does
    same_words: bool = False  # it repeats it to the letter, and so never counts
    at_hand: bool = False

    @property
    def reasons(self) -> list[str]:
        return reasons_in_words(self.assessment)

    @property
    def cuts(self) -> list[tuple[int, str]]:
        """Where it could be split: the place of each word but the first, and how it reads on."""
        text = self.passage.text
        starts = [m.end() for m in _BEFORE_A_WORD.finditer(text)][:MOST_CUTS]
        return [(self.passage.start + at, f"…{text[at : at + 30]}") for at in starts]

    @property
    def label(self) -> str:
        """The label in force, decided else suggested; empty when there is none."""
        return (
            self.assessment.reliability if self.assessment else self.passage.suggested_reliability
        )

    @property
    def asks(self) -> bool:
        """Whether anybody is asked for a label: headings without a suggestion are not."""
        heading = self.passage.kind == Passage.Kind.HEADING
        return not heading or bool(self.passage.suggested_reliability)


@dataclass
class ClaimBeside:
    """A claim that quotes this document, how it stands, and why."""

    claim: Claim
    stands: object
    evidence: list[Evidence] = field(default_factory=list)


@dataclass
class Room:
    document: Document
    capture: Capture | None
    passages: list[Shown]
    assessment: Assessment | None
    claims: list[ClaimBeside]
    names: list[NameShown]
    description: Description | None
    grade: SourceGrade | None
    captures: list[Capture]

    @property
    def reasons(self) -> list[str]:
        return reasons_in_words(self.assessment)

    @property
    def current(self) -> bool:
        """Whether this is the text in force, which alone is worked on."""
        return self.capture is not None and self.capture.pk == self.document.current_capture_id

    @property
    def at_hand(self) -> Shown | None:
        return next((shown for shown in self.passages if shown.at_hand), None)

    @property
    def tally(self) -> dict:
        asking = [shown for shown in self.passages if shown.asks]
        return {
            "passages": len(asking),
            "assessed": sum(shown.assessment is not None for shown in asking),
            "suggested": sum(
                shown.assessment is None and bool(shown.passage.suggested_reliability)
                for shown in asking
            ),
            "spam": sum(shown.label == "spam" for shown in self.passages),
        }


def _pk(row) -> int | str:
    return row.pk if row else ""


def reasons_in_words(assessment: Assessment | None) -> list[str]:
    given = assessment.reasons if assessment else []
    return [words for value, words in Assessment.Reason.choices if value in given]


def page(desk, request, document, status=200, **given):
    """The whole reading room; `given` are forms that came back with what was typed."""
    room = room_of(document, request.GET.get("at"), request.GET.get("capture"))
    return desk.page(request, ROOM, document, status=status, **context(desk, room, **given))


def context(desk, room, description_form=None, **given) -> dict:
    document = room.document
    form = description_form or DescriptionForm.of(document)
    return {
        "room": room,
        "document": document,
        "move": {verb.replace("-", "_"): desk.address(document, verb) for verb in desk.moves},
        "labels": labels,
        "passage_labels": Assessment.Reliability.choices,
        "document_labels": Assessment.Reliability.choices[:3],
        "credibilities": Assessment.Credibility.choices,
        "reasons": Assessment.Reason.choices,
        "description_form": form,
        # A form that came back still says what its editor saw, not what came in between.
        "description_seen": form.data.get("seen", "") if form.is_bound else _pk(room.description),
        "about": [(each, _collected(room, each.name)) for each in form],
        "stances": Evidence.Stance.choices,
        **given,
    }


def fragments(desk, request, room: Room, parts: Iterable[str], only=None, **given) -> str:
    """The parts of the room that an act moved: passages (those of `only`), and panels by name.

    All of it when the text on screen is not the one in force any more: a panel of the new text
    beside passages of the old one would decide on words that nobody sees.
    """
    told = context(desk, room, **given)
    seen = request.POST.get("capture")
    if seen and room.capture and seen != str(room.capture.pk):
        rest = [part for part in parts if part not in (*OTHER_TEXT, "tally")]
        parts, only = [*OTHER_TEXT, *rest], ()
    shown = [one for one in room.passages if only is None or one.passage.pk in only]
    html = [
        render_to_string(PART.format("passage"), told | {"shown": one}, request) for one in shown
    ]
    html += [render_to_string(PART.format(part), told, request) for part in parts]
    return "".join(html)


def room_of(document: Document, at: object = None, capture: object = None) -> Room:
    """Gather a document's room in a number of queries that does not grow with it."""
    captures = list(
        document.captures.defer("text").prefetch_related(
            Prefetch("sightings", Sighting.objects.select_related("import_run"))
        )
    )
    text = _text_to_show(document, capture)
    passages = list(Passage.objects.filter(capture=text)) if text else []
    labels_in_force = _labels(text)
    evidence = _evidence(document)
    names = names_of(document) if text and text.pk == document.current_capture_id else []
    room = Room(
        document=document,
        capture=text,
        passages=_shown(text, passages, labels_in_force, evidence, names),
        assessment=labels_in_force.get(None),
        claims=_claims(evidence),
        names=names,
        description=document.descriptions.in_force().select_related(ASSESSED).first(),
        grade=_grade(document),
        captures=captures,
    )
    _put_at_hand(room, at)
    return room


def _text_to_show(document: Document, asked: object) -> Capture | None:
    """The current text; another one when asked for; the newest of a document set aside."""
    if asked and str(asked).isascii() and str(asked).isdigit() and len(str(asked)) < 16:
        return get_object_or_404(document.captures, pk=int(str(asked)))
    return document.current_capture or document.captures.last()


def _labels(capture: Capture | None) -> dict[int | None, Assessment]:
    """Labels in force by passage; the whole text's under None."""
    if capture is None:
        return {}
    in_force = Assessment.objects.in_force().select_related(ASSESSED)
    of_passages = in_force.filter(passage__capture=capture)
    return {label.passage_id: label for label in [*of_passages, *in_force.filter(capture=capture)]}


def _evidence(document: Document) -> list[Evidence]:
    return list(
        Evidence.objects.in_force()
        .filter(quote__capture__document=document)
        .select_related("quote", "claim__partnership", "claim__standing", "origin_entity")
        .prefetch_related("own_record_of")
        .order_by("quote__start", "pk")
    )


def _grade(document: Document) -> SourceGrade | None:
    if document.source_id is None:
        return None
    return SourceGrade.objects.in_force().filter(source=document.source_id).first()


def _claims(evidence: list[Evidence]) -> list[ClaimBeside]:
    """The claims that rest on this document, in the order in which it is read."""
    by_claim: dict[int, list[Evidence]] = defaultdict(list)
    for each in evidence:
        by_claim[each.claim_id].append(each)
    claims = [of[0].claim for of in by_claim.values()]
    stand = standings.standings(claims) if claims else {}
    return [ClaimBeside(claim, stand[claim.pk], by_claim[claim.pk]) for claim in claims]


def _shown(capture, passages, labels_in_force, evidence, names) -> list[Shown]:
    here = [each for each in evidence if capture and each.quote.capture_id == capture.pk]
    marks = _by_passage(passages, [*marks_of(names), *_marks_of_quotes(here)])
    numbers = {passage.pk: n for n, passage in enumerate(passages, 1)}
    words = {passage.pk: passage.text_sha256 for passage in passages}
    shown, last = [], 0
    for passage in passages:
        between = capture.text[last : passage.start]
        shown.append(
            Shown(
                passage,
                numbers[passage.pk],
                labels_in_force.get(passage.pk),
                opens=last == 0 or "\n" in between,
                pieces=list(pieces(passage.text, passage.start, marks[passage.pk])),
                evidence=[e for e in here if passage.start <= e.quote.start < passage.end],
                repeated=numbers.get(passage.repeats_id),
                same_words=words.get(passage.repeats_id) == passage.text_sha256,
            )
        )
        last = passage.end
    return shown


def _by_passage(passages: list[Passage], marks: Iterable[Mark]) -> dict[int, list[Mark]]:
    """The marks that touch each passage: one may reach over several."""
    starts = [passage.start for passage in passages]
    found: dict[int, list[Mark]] = defaultdict(list)
    for mark in marks:
        first = max(0, bisect_right(starts, mark.start) - 1)
        for passage in passages[first : bisect_left(starts, mark.end)]:
            found[passage.pk].append(mark)
    return found


def _marks_of_quotes(evidence: Iterable[Evidence]) -> list[Mark]:
    return [Mark(each.quote.start, each.quote.end, "quote") for each in evidence]


def _collected(room: Room, name: str) -> str:
    """What the collection said, last time that the text was seen, of a field of the description."""
    sightings = [sighting for capture in room.captures for sighting in capture.sightings.all()]
    if not sightings:
        return ""
    last = max(sightings, key=lambda sighting: (sighting.collected_at, sighting.pk))
    told = {
        "title": last.title or last.capture.title,
        "source": last.source_name,
        "published": last.published,
        "published_basis": last.get_published_basis_display(),
        "url": last.address,
    }
    return (told[name] or "nothing") if name in told else ""


def put_at_hand_where(room: Room, place: int) -> None:
    """Take the passage that holds a place: what stood there before was cut anew."""
    for shown in room.passages:
        shown.at_hand = shown.passage.start <= place < shown.passage.end


def _put_at_hand(room: Room, at: object) -> None:
    """The passage asked for; else the first that nobody has labelled; else the first."""
    asked = [shown for shown in room.passages if str(shown.passage.pk) == str(at)]
    open_ones = [shown for shown in room.passages if shown.asks and not shown.assessment]
    for shown in [*asked, *open_ones, *room.passages][:1]:
        shown.at_hand = True
