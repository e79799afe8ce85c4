"""Keep who may have first said what a document reports in step with its current text."""

from collections.abc import Sequence

from corpus.analysis.mentions import Found
from corpus.analysis.origins import LEAD, Origin, suggest_origin
from corpus.models import Capture, Document, Entity, Mention, Passage, Reliability


def suggest(document: Document, origin: Origin | None) -> None:
    """Suggest an origin that was just computed of a text that came into force."""
    before = _values_of(document)
    take_over([document], [origin])
    if (values := _values_of(document)) != before:
        Document.objects.filter(pk=document.pk).update(**values)


def take_over(documents: Sequence[Document], origins: Sequence[Origin | None]) -> None:
    """Put origins into documents that are not written yet."""
    named = Entity.objects.in_bulk({origin.entity for origin in origins if origin} - {None})
    bodies = {pk: entity.resolved.pk for pk, entity in named.items()}
    for document, origin in zip(documents, origins, strict=True):
        entity = bodies[origin.entity] if origin and origin.entity else None
        document.suggested_origin_entity_id = entity
        document.suggested_origin_words = origin.words if origin and not entity else ""
        document.suggested_origin_because = origin.because if origin else ""


def suggest_anew(document: Document) -> None:
    """Suggest an origin from what is stored: the current text, its passages and mentions."""
    capture = document.current_capture
    suggest(document, _suggested(capture) if capture else None)


def _suggested(capture: Capture) -> Origin | None:
    sentences = capture.passages.filter(kind=Passage.Kind.SENTENCE)
    sentences = sentences.exclude(suggested_reliability=Reliability.SPAM).order_by("start")
    lead = list(sentences.values_list("start", "end")[:LEAD])
    mentions = Mention.objects.standing().filter(capture=capture)
    if lead:
        mentions = mentions.filter(start__lt=lead[-1][1])
    names = mentions.values_list("start", "end", "entity", "alias", "rank")
    return suggest_origin(capture.text, lead, [Found(*name) for name in names])


def _values_of(document: Document) -> dict[str, object]:
    return {field: getattr(document, field) for field in FIELDS}


FIELDS = (
    "suggested_origin_entity_id",
    "suggested_origin_words",
    "suggested_origin_because",
)
