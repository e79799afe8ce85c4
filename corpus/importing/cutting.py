"""Write the cut of a text: its passages with what is suggested of them, and a changed cut."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils import timezone

from corpus.analysis import reliability
from corpus.importing import naming
from corpus.importing.analysing import Analysis, Beside, Whole, analyse
from corpus.importing.inserting import insert
from corpus.importing.rows import PassageRow, Passages
from corpus.models import Capture, Document, Mention, Passage
from corpus.text import segment
from corpus.text.fingerprint import digest
from corpus.text.segment import Cut

ROWS = 1000  # passages written in one statement
COLUMNS = ("capture_id", "repeats_id", *PassageRow._fields)


def cut(texts: Sequence[tuple[Capture, Passages]]) -> list[dict[int, int]]:
    """Write the passages of new texts; return the keys of each text's by their order in it.

    First those that repeat nothing, for the others point at them.
    """
    pks: list[dict[int, int]] = [{} for _ in texts]
    for repeating in (False, True):
        wave = [
            (at, index)
            for at, (_, passages) in enumerate(texts)
            for index in range(len(passages.rows))
            if (index in passages.repeats) == repeating
        ]
        rows = (
            (texts[at][0].pk, pks[at].get(texts[at][1].repeats.get(index, -1)), *row)
            for at, index in wave
            for row in (texts[at][1].rows[index],)
        )
        for (at, index), pk in zip(wave, insert(Passage, COLUMNS, rows), strict=True):
            pks[at][index] = pk
    return pks


def analysed_anew(capture: Capture, analysis: Analysis, made_by: str = segment.VERSION) -> None:
    """Write an analysis over the passages that stand; those whose place it cuts otherwise retire.

    Where a passage stood before, that one is current again: a place has one row. `made_by` is
    the version of the segmenter, nothing where the cut is one that stands.
    """
    rows = {(row.start, row.end): row for row in Passage.everything.filter(capture=capture)}
    wanted = {(piece.start, piece.end) for piece in analysis.cuts}
    gone = [row for at, row in rows.items() if row.retired_at is None and at not in wanted]
    for row in gone:
        row.retired_at = timezone.now()
    Passage.objects.bulk_update(gone, ["retired_at"], batch_size=ROWS)
    missing = [piece for piece in analysis.cuts if (piece.start, piece.end) not in rows]
    made = (_passage(capture, piece, segment.VERSION) for piece in missing)
    for row in Passage.objects.bulk_create(made, batch_size=ROWS):
        rows[row.start, row.end] = row
    _take_over(analysis, [rows[piece.start, piece.end] for piece in analysis.cuts], made_by)
    if gone:
        _move_mentions(capture, gone)


def _take_over(analysis: Analysis, passages: Sequence[Passage], made_by: str) -> None:
    """Write what differs, and which passage repeats which."""
    changed = []
    for index, (row, piece) in enumerate(zip(passages, analysis.cuts, strict=True)):
        before = [getattr(row, name) for name in OF_A_PASSAGE]
        take_over_at(row, analysis, index)
        first = analysis.repeats.get(index)
        row.repeats_id = None if first is None else passages[first].pk
        row.kind, row.retired_at = piece.kind, None
        if made_by and row.made_by != Passage.BY_PERSON:
            row.made_by = made_by
        if before != [getattr(row, name) for name in OF_A_PASSAGE]:
            changed.append(row)
    Passage.everything.bulk_update(changed, OF_A_PASSAGE, batch_size=100)


def recut(old: Iterable[Passage], cuts: Iterable[Cut]) -> list[Passage]:
    """Retire passages of a text and put others in their place, with all that hangs on the cut."""
    old = list(old)
    capture = old[0].capture
    for passage in old:
        passage.retired_at = timezone.now()
    Passage.objects.bulk_update(old, ["retired_at"])
    new = [_revived(capture, piece) or _made(capture, piece) for piece in cuts]
    _suggest(capture, {passage.pk for passage in new})
    _move_mentions(capture, old)
    return list(Passage.objects.filter(pk__in=[passage.pk for passage in new]).order_by("start"))


def suggestion_of(passage: Passage) -> reliability.Suggestion:
    return reliability.Suggestion(
        passage.suggested_reliability,
        passage.suggestion_score,
        tuple(passage.suggestion_reasons),
    )


def beside(
    capture: Capture, repeated: Mapping[str, int] | None = None, patterns: Sequence[Any] = ()
) -> Beside:
    """What is known of a text besides its words: as when it was first collected."""
    first = capture.sightings.order_by("collected_at", "pk").first()
    return Beside(
        [(start, end, sign) for start, end, sign in capture.structure],
        first.title if first else "",
        capture.document.published,
        first.collected_at.year if first else None,
        repeated or {},
        patterns,
    )


def take_over_whole(document: Document, whole: Whole, version: str = "") -> None:
    """`version` is that of all its analysis; without it the document waits to be analysed again."""
    take_over(document, whole.suggestion)
    document.suggestion_version = version or document.suggestion_version
    document.hints = [list(hint) for hint in whole.hints]


def take_over(row: Document | Passage, suggestion: reliability.Suggestion) -> None:
    row.suggested_reliability = suggestion.label
    row.suggestion_score = suggestion.score
    row.suggestion_reasons = list(suggestion.reasons)
    row.suggestion_version = reliability.VERSION


def take_over_at(passage: Passage, analysis: Analysis, index: int) -> None:
    take_over(passage, analysis.suggestions[index])
    passage.suggestion_pattern = analysis.suggestions[index].pattern
    passage.hints = [list(hint) for hint in analysis.hints.get(index, ())]


SUGGESTED_OF_THE_WHOLE = (
    "hints",
    "suggested_reliability",
    "suggestion_score",
    "suggestion_reasons",
    "suggestion_version",
)
SUGGESTED = (*SUGGESTED_OF_THE_WHOLE, "suggestion_pattern")
OF_A_PASSAGE = (*SUGGESTED, "repeats_id", "kind", "retired_at", "made_by")


def _passage(capture: Capture, piece: Cut, made_by: str) -> Passage:
    words = capture.text[piece.start : piece.end]
    return Passage(
        capture=capture,
        start=piece.start,
        end=piece.end,
        text=words,
        text_sha256=digest(words),
        kind=piece.kind,
        made_by=made_by,
    )


def _made(capture: Capture, piece: Cut) -> Passage:
    passage = _passage(capture, piece, Passage.BY_PERSON)
    passage.save()
    return passage


def _revived(capture: Capture, piece: Cut) -> Passage | None:
    """Return the passage that once stood at this very place, current again."""
    passage = Passage.everything.filter(capture=capture, start=piece.start, end=piece.end).first()
    if passage:
        passage.retired_at = None
        passage.kind = piece.kind
        passage.made_by = Passage.BY_PERSON
        passage.save(update_fields=["retired_at", "kind", "made_by"])
    return passage


def _suggest(capture: Capture, new: set[int]) -> None:
    """Suggest labels for the new passages, and find repetitions, over the cut as it is now."""
    passages = list(capture.passages.order_by("start"))
    cuts = [Cut(passage.start, passage.end, passage.kind) for passage in passages]
    analysis = analyse(capture.text, beside(capture), cuts)
    repeats = analysis.repeats
    changed = []
    for index, passage in enumerate(passages):
        repeated = passages[repeats[index]].pk if index in repeats else None
        if passage.pk in new:
            take_over_at(passage, analysis, index)
        elif passage.repeats_id == repeated:
            continue
        passage.repeats_id = repeated
        changed.append(passage)
    Passage.objects.bulk_update(changed, ["repeats", *SUGGESTED], batch_size=100)


def _move_mentions(capture: Capture, old: list[Passage]) -> None:
    """Point the mentions of retired passages at those that hold the places now."""
    mentions = list(Mention.objects.standing().filter(passage__in=old))
    places = naming.Places([capture.pk])
    for mention in mentions:
        mention.passage_id = places.passage_at(capture.pk, mention.start)
    Mention.objects.bulk_update(mentions, ["passage"], batch_size=naming.ROWS)
