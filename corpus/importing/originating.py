"""Keep who may have first said what a document reports in step with its current text."""

from collections.abc import Iterable, Sequence

from corpus.analysis.mentions import Found
from corpus.analysis.origins import LEAD, Origin, suggest_origin
from corpus.analysis.reliability import Suggestion
from corpus.models import Capture, Document, Entity, Mention, Passage, Reliability
from corpus.text.segment import Cut


def suggest(
    document: Document,
    text: str,
    cuts: Sequence[Cut],
    suggestions: Sequence[Suggestion],
    names: Iterable[Found],
) -> None:
    """Suggest an origin from what was just computed of a text that came into force."""
    lead = [
        (cut.start, cut.end)
        for cut, said in zip(cuts, suggestions, strict=True)
        if cut.kind == Passage.Kind.SENTENCE and said.label != Reliability.SPAM
    ]
    _put(document, suggest_origin(text, lead[:LEAD], names))


def suggest_anew(document: Document) -> None:
    """Suggest an origin from what is stored: the current text, its passages and mentions."""
    capture = document.current_capture
    _put(document, _suggested(capture) if capture else None)


def _suggested(capture: Capture) -> Origin | None:
    sentences = capture.passages.filter(kind=Passage.Kind.SENTENCE)
    sentences = sentences.exclude(suggested_reliability=Reliability.SPAM).order_by("start")
    lead = list(sentences.values_list("start", "end")[:LEAD])
    mentions = Mention.objects.standing().filter(capture=capture)
    if lead:
        mentions = mentions.filter(start__lt=lead[-1][1])
    names = mentions.values_list("start", "end", "entity", "alias", "rank")
    return suggest_origin(capture.text, lead, [Found(*name) for name in names])


def _put(document: Document, origin: Origin | None) -> None:
    entity = _resolved(origin.entity) if origin and origin.entity else None
    values = {
        "suggested_origin_entity_id": entity,
        "suggested_origin_words": origin.words if origin and not entity else "",
        "suggested_origin_because": origin.because if origin else "",
    }
    if any(getattr(document, key) != value for key, value in values.items()):
        Document.objects.filter(pk=document.pk).update(**values)
        for key, value in values.items():
            setattr(document, key, value)


def _resolved(pk: int) -> int:
    return Entity.objects.get(pk=pk).resolved.pk
