"""Label texts and their passages; split and join what the machine cut wrongly.

A label holds for the same words in the same document in every capture.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from uuid import UUID

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError

from corpus import revising
from corpus.models import Capture, Document, Passage
from curation import linking
from curation.consequences import follow
from curation.labelling import (
    NOT_JUDGED,
    Label,
    SameWords,
    carry_labels,
    clear_labels,
    labels_in_force,
    write_labels,
)
from curation.ledger import Refused, authorise, decide, one_writer, supersede
from curation.models import Assessment, Decision
from curation.standings import resting_on

FASTER = "Somebody else labelled this in the meantime. Reload the page and look again."
CUT_ANEW = "Somebody cut this text differently in the meantime. Reload the page and look again."
NO_TEXT = "This document has no text on the desk: the import that brought it was set aside."


def assess_passage(
    passage: Passage,
    *,
    by: User,
    reliability: str,
    credibility: int = NOT_JUDGED,
    reasons: Iterable[str] = (),
    seen: int | None = None,
    act_id: UUID | None = None,
) -> Assessment:
    """Label a passage, and the same words in the document's other captures."""
    authorise(by, "curation.add_assessment")
    label = Label.said(reliability, credibility, reasons)
    with one_writer():
        (passage,) = _current([passage])
        document = passage.capture.document
        before = labels_in_force([passage]).get(passage.pk)
        _refuse_stale(before, seen)
        same = SameWords(document, text_sha256=passage.text_sha256)
        labels = dict.fromkeys(same.as_in(passage), label)
        decision = decide(
            "assess",
            passage,
            by=by,
            before=before and Label.of(before).told(),
            after=label.told() | {"passages": [each.pk for each in labels]},
            act_id=act_id,
        )
        rows = write_labels(labels, decision)
        follow(decision, resting_on(document=document))
        return next(row for row in rows if row.passage_id == passage.pk)


def assess_document(
    document: Document,
    *,
    by: User,
    reliability: str,
    credibility: int = NOT_JUDGED,
    reasons: Iterable[str] = (),
    seen: int | None = None,
    act_id: UUID | None = None,
) -> Assessment:
    """Label a document's current text by its lead. Other text has to be assessed again."""
    authorise(by, "curation.add_assessment")
    label = Label.said(reliability, credibility, reasons)
    if label.reliability == Assessment.Reliability.HEADING:
        raise ValidationError({"reliability": "A whole text cannot be a heading."})
    with one_writer():
        document, capture = _on_the_desk(document)
        before = Assessment.objects.in_force().filter(capture=capture).first()
        _refuse_stale(before, seen)
        decision = decide(
            "assess",
            document,
            by=by,
            before=before and Label.of(before).told(),
            after=label.told() | {"capture": capture.pk},
            act_id=act_id,
        )
        if before:
            supersede(before)
        row = _label_text(document, label, decision)
        follow(decision, resting_on(document=document))
        return row


def accept_suggestions(document: Document, *, by: User) -> int:
    """Accept what the machine suggests where nobody labelled; return how many labels that made.

    One act and one line of the ledger, which lists them; each row says that it was in bulk.
    """
    authorise(by, "curation.accept_suggestions")
    with one_writer():
        document, capture = _on_the_desk(document)
        passages = _unlabelled(capture.passages.exclude(suggested_reliability=""))
        labelled = Assessment.objects.in_force().filter(capture=capture).exists()
        whole = "" if labelled else document.suggested_reliability
        if not passages and not whole:
            return 0
        after = _by_suggestion(passages) | {"document": whole}
        decision = decide("accept suggestions", document, by=by, after=after)
        _accept(document, passages, decision)
        if whole:
            _label_text(document, Label(whole, in_bulk=True), decision)
        follow(decision, resting_on(document=document))
        return len(passages) + bool(whole)


def split(passage: Passage, *, by: User, at: Sequence[int]) -> list[Passage]:
    """Cut a passage at places of its text; its parts keep its label."""
    authorise(by, "corpus.change_passage")
    with one_writer():
        (passage,) = _current([passage])
        row = labels_in_force([passage]).get(passage.pk)
        parts = revising.split(passage, at)
        _relabel("split", [passage], parts, Label.of(row) if row else None, by=by)
        return parts


def join(passages: Sequence[Passage], *, by: User, reliability: str = "") -> Passage:
    """Make one passage of neighbours. Unlike labels are joined by what the person says."""
    authorise(by, "corpus.change_passage")
    with one_writer():
        passages = _current(passages)
        rows = labels_in_force(passages)
        found = [Label.of(rows[each.pk]) if each.pk in rows else None for each in passages]
        label = _joined(found, reliability)
        joined = revising.join(passages)
        _relabel("join", passages, [joined], label, by=by)
        return joined


def text_collected(capture: Capture, previous: Capture | None) -> None:
    """Let a new capture take over the labels and places of words that it shares with the others.

    No person's act: the rows point to the decisions that were made. Nothing public moves.
    """
    if previous is None:
        return
    same = SameWords(capture.document)
    others = Passage.objects.filter(capture__document=capture.document).exclude(capture=capture)
    rows = labels_in_force(others)
    carried = {}
    for passage in capture.passages.all():
        told = [rows[each.pk] for each in same.as_in(passage) if each.pk in rows]
        if told:
            carried[passage] = max(told, key=lambda row: row.decision_id)
    carry_labels(carried)
    linking.carry_places(capture, same)


# --- what the verbs share -----------------------------------------------------------------------


def _current(passages: Iterable[Passage]) -> list[Passage]:
    """Read passages again, under the lock, in the order of the text."""
    wanted = {passage.pk for passage in passages}
    found = Passage.objects.filter(pk__in=wanted).select_related("capture__document")
    if len(found) != len(wanted):
        raise Refused(CUT_ANEW)
    return sorted(found, key=lambda passage: passage.start)


def _on_the_desk(document: Document) -> tuple[Document, Capture]:
    document = Document.objects.select_related("current_capture").get(pk=document.pk)
    if document.current_capture is None:
        raise Refused(NO_TEXT)
    return document, document.current_capture


def _refuse_stale(in_force: Assessment | None, seen: int | None) -> None:
    if (in_force.pk if in_force else None) != seen:
        raise Refused(FASTER)


def _unlabelled(passages: Iterable[Passage]) -> list[Passage]:
    passages = list(passages)
    labelled = labels_in_force(passages)
    return [passage for passage in passages if passage.pk not in labelled]


def _by_suggestion(passages: Iterable[Passage]) -> dict[str, object]:
    """As the ledger tells it: the passages under each label."""
    listed: dict[str, list[int]] = defaultdict(list)
    for passage in passages:
        listed[passage.suggested_reliability].append(passage.pk)
    return {**listed}


def _accept(document: Document, passages: Iterable[Passage], decision: Decision) -> None:
    same = SameWords(document)
    accepted = {
        each: Label(passage.suggested_reliability, in_bulk=True)
        for passage in passages
        for each in same.as_in(passage)
    }
    write_labels({each: accepted[each] for each in _unlabelled(accepted)}, decision)


def _label_text(document: Document, label: Label, decision: Decision) -> Assessment:
    return Assessment.objects.create(
        capture=document.current_capture,
        reliability=label.reliability,
        credibility=label.credibility,
        reasons=list(label.reasons),
        in_bulk=label.in_bulk,
        suggested=document.suggested_reliability,
        suggestion_version=document.suggestion_version,
        decision=decision,
    )


def _joined(found: list[Label | None], reliability: str) -> Label | None:
    labels = [label for label in found if label]
    kinds = {label.reliability if label else "" for label in found}
    if reliability:
        told = Label.said(reliability, NOT_JUDGED, ())
        alike = [label for label in labels if label.reliability == reliability]
        return Label.joined(alike) if alike else told
    if len(kinds) > 1:
        named = ", ".join(sorted(kind or "no label" for kind in kinds))
        raise Refused(f"These passages are labelled unlike ({named}): say what they are together.")
    return Label.joined(labels) if labels else None


def _relabel(
    act: str, old: Sequence[Passage], new: Sequence[Passage], label: Label | None, *, by: User
) -> None:
    """Write down the new cut and the label of its passages; retired ones keep none in force."""
    decision = decide(
        act,
        new[0],
        by=by,
        before={"passages": [[each.start, each.end] for each in old]},
        after={
            "passages": [[each.start, each.end] for each in new],
            "label": label and label.told(),
        },
    )
    clear_labels([*old, *new])
    if label:
        write_labels(dict.fromkeys(new, label), decision)
    follow(decision, resting_on(document=old[0].capture.document))
