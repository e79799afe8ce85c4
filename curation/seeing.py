"""The text of a document that a person had before them: collected again since, it is refused."""

from corpus.models import Capture, Document
from curation.ledger import Refused

NO_TEXT = "This document has no text on the desk: the import that brought it was set aside."
COLLECTED_AGAIN = (
    "The text was collected again in the meantime and reads otherwise now. "
    "Nothing was changed. Reload the page and look again."
)


def text_of(document: Document) -> Capture:
    """The current text, read under the lock."""
    capture = Document.objects.select_related("current_capture").get(pk=document.pk).current_capture
    if capture is None:
        raise Refused(NO_TEXT)
    return capture


def text_seen(document: Document, capture: int | None) -> Capture:
    """The current text, if it is the one (by its pk) that the person saw."""
    current = text_of(document)
    if current.pk != capture:
        raise Refused(COLLECTED_AGAIN)
    return current


def refuse_other_words(capture: Capture, start: int, end: int, exact: str) -> None:
    """Refuse when the words at a place are not those that were selected."""
    if capture.text[max(0, start) : end].split() != exact.split():
        raise Refused(COLLECTED_AGAIN)
