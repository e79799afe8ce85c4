"""From selected words to a claim: label, quote, claim and tick, in one act or not at all."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError

from corpus.models import Capture, Document, Entity, Passage
from curation import quoting, seeing
from curation.assessing import assess_passage
from curation.claiming import make_claim
from curation.evidencing import add_evidence
from curation.labelling import NOT_JUDGED, Label, labels_in_force
from curation.ledger import Refused, new_act, one_writer
from curation.models import Assessment, Claim, Evidence, Partnership
from curation.quoting import quote


def claim_of_selection(
    document: Document,
    start: int,
    end: int,
    *,
    by: User,
    partnership: Partnership | None = None,
    claim: Claim | None = None,
    exact: str = "",
    reliability: str = "",
    credibility: int = NOT_JUDGED,
    reasons: Iterable[str] = (),
    seen: Mapping[int, int | None] | None = None,
    stance: str = Evidence.Stance.SUPPORTS,
    ticked: bool = False,
    origin_entity: Entity | None = None,
    origin_words: str = "",
    own_record_of: Iterable[Entity] = (),
    act_id: UUID | None = None,
    **told: Any,
) -> Evidence:
    """Label, quote, claim (or further evidence of one) and tick, in one act or not at all.

    `told` are the values of make_claim. `exact` are the words as they were selected: other
    words at that place, because the text was collected anew, are refused. `seen` are the
    labels in force that the dialog showed, by passage.
    """
    act_id = act_id or new_act()
    with one_writer():
        capture = seeing.text_of(document)
        if exact:
            seeing.refuse_other_words(capture, start, end, exact)
        place = quoting.trimmed(capture.text, start, end)
        if reliability:
            label = Label.said(reliability, credibility, reasons)
            _label_touched(capture, place, label, seen, by=by, act_id=act_id)
        quoted = quote(capture, *place, by=by, act_id=act_id)
        if claim is None:
            if partnership is None:
                raise ValidationError({"partnership": "Choose the partnership this is about."})
            claim = make_claim(partnership, by=by, act_id=act_id, **told)
        return add_evidence(
            claim,
            quoted,
            by=by,
            stance=stance,
            ticked=ticked,
            origin_entity=origin_entity,
            origin_words=origin_words,
            own_record_of=own_record_of,
            act_id=act_id,
        )


# --- labelling what the words touch --------------------------------------------------------------


def _label_touched(
    capture: Capture,
    place: tuple[int, int],
    label: Label,
    seen: Mapping[int, int | None] | None,
    *,
    by: User,
    act_id: UUID,
) -> None:
    """Label the passages that the words touch as the person said, but for headings."""
    passages = quoting.touched(capture, *place)
    rows = labels_in_force(passages)
    labels = {pk: Label.of(row) for pk, row in rows.items()}
    in_force = {pk: row.pk for pk, row in rows.items()}
    sentences = [each for each in passages if not _is_heading(each, labels.get(each.pk))]
    if not sentences:
        raise Refused(
            "A heading is never evidence. Select a sentence; or, if this is one, label it first."
        )
    for passage in sentences:
        if label.says_the_same_as(labels.get(passage.pk)):
            continue
        assess_passage(
            passage,
            by=by,
            reliability=label.reliability,
            credibility=label.credibility,
            reasons=label.reasons,
            seen=in_force.get(passage.pk) if seen is None else seen.get(passage.pk),
            act_id=act_id,
        )


def _is_heading(passage: Passage, label: Label | None) -> bool:
    """As the rule of standing sees it: a person's label goes before the machine's cut."""
    if label:
        return label.reliability == Assessment.Reliability.HEADING
    return passage.kind == Passage.Kind.HEADING
