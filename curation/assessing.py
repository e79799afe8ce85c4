"""Label texts and their passages; split and join what the machine cut wrongly.

A label holds for the same words in the same document in every capture.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Unpack
from uuid import UUID

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError

from corpus import revising
from corpus.models import Capture, Document, Passage
from curation import anchoring, linking, seeing
from curation.consequences import follow
from curation.labelling import (
    Label,
    Said,
    SameWords,
    carry_labels,
    clear_labels,
    labels_in_force,
    newest,
    write_labels,
)
from curation.ledger import Refused, authorise, decide, one_writer, supersede
from curation.models import Assessment, Decision
from curation.standings import resting_on

FASTER = "Somebody else labelled this in the meantime. Reload the page and look again."
CUT_ANEW = "Somebody cut this text differently in the meantime. Reload the page and look again."


def assess_passage(
    passage: Passage,
    *,
    by: User,
    seen: int | None = None,
    act_id: UUID | None = None,
    **said: Unpack[Said],
) -> Assessment:
    """Label a passage, and the same words in the document's other captures."""
    authorise(by, "curation.add_assessment")
    label = Label.said(**said)
    with one_writer():
        (passage,) = _current([passage])
        document = passage.capture.document
        before = labels_in_force([passage]).get(passage.pk)
        _refuse_stale(before, seen)
        same = SameWords(document, text_sha256=passage.text_sha256)
        labels = dict.fromkeys(same.as_in(passage), label.beside(passage))
        told = label.told() | {"passages": [each.pk for each in labels]}
        decision = decide("assess", passage, by=by, before=_told(before), after=told, act_id=act_id)
        rows = write_labels(labels, decision)
        follow(decision, resting_on(document=document))
        return next(row for row in rows if row.passage_id == passage.pk)


def assess_document(
    document: Document,
    *,
    by: User,
    capture: int | None,
    seen: int | None = None,
    **said: Unpack[Said],
) -> Assessment:
    """Label a document's current text by its lead. Other text has to be assessed again.

    `capture` is the text that the person saw, by its pk.
    """
    authorise(by, "curation.add_assessment")
    label = Label.said(**said)
    if label.reliability == Assessment.Reliability.HEADING:
        raise ValidationError({"reliability": "A whole text cannot be a heading."})
    with one_writer():
        text = seeing.text_seen(document, capture)
        before = Assessment.objects.in_force().filter(capture=text).first()
        _refuse_stale(before, seen)
        told = label.told() | {"capture": text.pk}
        decision = decide("assess", document, by=by, before=_told(before), after=told)
        if before:
            supersede(before)
        row = label.beside(text.document).as_row(decision, capture=text)
        row.save()
        follow(decision, resting_on(document=document))
        return row


def accept_suggestions(document: Document, *, by: User, capture: int | None) -> int:
    """Accept what the machine suggests where nobody labelled; return how many labels that made.

    One act and one line of the ledger, which lists them; each row says that it was in bulk.
    `capture` is the text that the person saw, by its pk.
    """
    authorise(by, "curation.accept_suggestions")
    with one_writer():
        text = seeing.text_seen(document, capture)
        document = text.document
        passages = _unlabelled(text.passages.exclude(suggested_reliability=""))
        labelled = Assessment.objects.in_force().filter(capture=text).exists()
        whole = "" if labelled else document.suggested_reliability
        if not passages and not whole:
            return 0
        after = _by_suggestion(passages) | {"document": whole}
        decision = decide("accept suggestions", document, by=by, after=after)
        _accept(document, passages, decision)
        if whole:
            Label(whole, in_bulk=True).beside(document).as_row(decision, capture=text).save()
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

    One that was there before and is in force again, `previous` itself, has them already. No
    person's act: the rows point to the decisions that were made. Nothing public moves.
    """
    if previous is None:
        return
    if previous == capture:
        anchoring.text_in_force_again(capture)
        return
    same = SameWords(capture.document)
    others = Passage.objects.filter(capture__document=capture.document).exclude(capture=capture)
    rows = labels_in_force(others)
    carried = {}
    for passage in capture.passages.all():
        told = [rows[each.pk] for each in same.as_in(passage) if each.pk in rows]
        if told:
            carried[passage] = newest(told)
    carry_labels(carried)
    linking.carry_places(capture, same)
    anchoring.text_collected(capture)


# --- what the verbs share -----------------------------------------------------------------------


def _current(passages: Iterable[Passage]) -> list[Passage]:
    """Read passages of the current text again, under the lock, in its order."""
    wanted = {passage.pk for passage in passages}
    found = Passage.objects.filter(pk__in=wanted).select_related("capture__document")
    if len(found) != len(wanted):
        raise Refused(CUT_ANEW)
    for passage in found[:1]:
        seeing.text_seen(passage.capture.document, passage.capture_id)
    return sorted(found, key=lambda passage: passage.start)


def _refuse_stale(in_force: Assessment | None, seen: int | None) -> None:
    if (in_force.pk if in_force else None) != seen:
        raise Refused(FASTER)


def _told(in_force: Assessment | None) -> dict[str, object] | None:
    return Label.of(in_force).told() if in_force else None


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
        each: Label(passage.suggested_reliability, in_bulk=True).beside(passage)
        for passage in passages
        for each in same.as_in(passage)
    }
    write_labels({each: accepted[each] for each in _unlabelled(accepted)}, decision)


def _joined(found: list[Label | None], reliability: str) -> Label | None:
    labels = [label for label in found if label]
    kinds = {label.reliability if label else "" for label in found}
    if reliability:
        told = Label.said(reliability)
        alike = [label for label in labels if label.reliability == reliability]
        return Label.joined(alike) if alike else told
    if len(kinds) > 1:
        named = ", ".join(sorted(kind or "no label" for kind in kinds))
        raise Refused(f"These passages are labelled unlike ({named}): say what they are together.")
    return Label.joined(labels) if labels else None


def _relabel(
    act: str, old: Sequence[Passage], new: Sequence[Passage], label: Label | None, *, by: User
) -> None:
    """Write down the new cut and the label of its passages, in every capture that has their words.

    Retired ones keep none in force. Where nothing was said, a label of the same words elsewhere
    is taken over.
    """
    document = old[0].capture.document
    alike, elsewhere = _alike_elsewhere(document, new)
    if label:
        _refuse_unlike(label, elsewhere)
    cut = {"passages": [[each.start, each.end] for each in new]}
    decision = decide(
        act,
        new[0],
        by=by,
        before={"passages": [[each.start, each.end] for each in old]},
        after=cut | {"label": label and label.told()},
    )
    clear_labels([*old, *new])
    if label:
        every = [each for part in new for each in alike[part]]
        write_labels({each: label for each in every if each not in elsewhere}, decision)
    else:
        found = {
            part: [elsewhere[each] for each in alike[part] if each in elsewhere] for part in new
        }
        carry_labels({part: newest(rows) for part, rows in found.items() if rows})
    follow(decision, resting_on(document=document))


def _alike_elsewhere(
    document: Document, parts: Sequence[Passage]
) -> tuple[dict[Passage, list[Passage]], dict[Passage, Assessment]]:
    """Each part with the passages of its words, and the labels of those in other captures."""
    same = SameWords(document)
    alike = {part: list(same.as_in(part)) for part in parts}
    others = {each.pk: each for part in parts for each in alike[part] if each not in alike}
    rows = labels_in_force(others.values())
    return alike, {others[pk]: row for pk, row in rows.items()}


def _refuse_unlike(label: Label, elsewhere: Mapping[Passage, Assessment]) -> None:
    """The same words would carry two labels in one document."""
    for passage, row in elsewhere.items():
        other = Label.of(row)
        if not label.says_the_same_as(other):
            raise Refused(
                f"“{passage.text[:60]}” is labelled {other.in_words()} in another text of this "
                f"document, and would be {label.in_words()} here. Label these words "
                f"{other.in_words()} before you cut them, or cut them otherwise."
            )
