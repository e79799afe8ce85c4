"""Selected words and the dialogs about them; without script each dialog is a page."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.http import Http404, QueryDict
from django.template.loader import render_to_string
from django.utils.html import format_html

from corpus.models import Capture, Document
from curation.admin.base import Told, fragment, wants_fragment
from curation.admin.parts import holding
from curation.models.claims import CONTEXT, QUOTE_LENGTH

PAGE = "admin/corpus/document/dialog.html"
BODY = "curation_desk/reading/_{}_dialog.html"


@dataclass(frozen=True)
class Selected:
    """Words of the text on screen, [start, end) in code points, trimmed of white space."""

    capture: Capture
    start: int
    end: int

    @property
    def exact(self) -> str:
        return self.capture.text[self.start : self.end]

    @property
    def before(self) -> str:
        return self.capture.text[max(0, self.start - 4 * CONTEXT) : self.start]

    @property
    def after(self) -> str:
        return self.capture.text[self.end : self.end + 4 * CONTEXT]

    @property
    def too_long(self) -> int:
        """By how many characters it is longer than a quote may be."""
        return max(0, self.end - self.start - QUOTE_LENGTH)


def selection_in(request, document: Document) -> Selected:
    """The place that an address or form names, narrowed to `only` when those words are in it."""
    given = request.POST if request.method == "POST" else request.GET
    capture = _text_on_screen(document, given)
    if capture is None:
        raise Http404("This document is not on the desk.")
    start, end = (number_in(given, name) for name in ("start", "end"))
    if not 0 <= start < end <= len(capture.text):
        raise Http404("There are no such words in this text.")
    words = capture.text[start:end]
    if only := request.GET.get("only", "").strip():
        at = words.find(only)
        start, words = (start + at, only) if at >= 0 else (start, words)
    start += len(words) - len(words.lstrip())
    words = words.strip()
    if not words:
        raise Http404("There is nothing but white space at this place.")
    return Selected(capture, start, start + len(words))


def _text_on_screen(document: Document, given: QueryDict) -> Capture | None:
    """The text that a dialog was opened on: the verbs refuse one that was collected again since."""
    seen = document.captures.filter(pk=number_in(given, "capture")).first()
    return seen if seen and document.current_capture_id else document.current_capture


def number_in(given: QueryDict, name: str) -> int:
    """What an address or form names; -1 where it names no number."""
    value = given.get(name, "")
    return int(value) if value.isascii() and value.isdigit() and len(value) < 12 else -1


def passage_of(selected: Selected) -> int | str:
    """The passage in which selected words begin: its part is where a dialog leads back to."""
    passage = holding(selected.capture, selected.start)
    return passage.pk if passage else ""


def show(desk, request, document, name, told):
    if wants_fragment(request):
        return fragment(Told(""), body(desk, request, document, name, told))
    return page(desk, request, document, name, told)


def page(desk, request, document, name, told, said=""):
    context = _context(desk, document, told)
    return desk.page(request, PAGE, document, body=BODY.format(name), said=said, **context)


def body(desk, request, document, name, told) -> str:
    html = render_to_string(BODY.format(name), _context(desk, document, told), request)
    return format_html('<div id="desk-dialog-body">{}</div>', html)


def after(desk, request, outcome: Told, name, told, parts) -> str:
    """What moved; or the dialog again, with what was typed and what is asked for."""
    if outcome.done:
        return parts(outcome)
    return body(desk, request, told["document"], name, told)


def _context(desk, document, told) -> dict:
    return {
        "move": {verb.replace("-", "_"): desk.address(document, verb) for verb in desk.moves},
        **told,
    }


def refuse_too_long(selected: Selected) -> None:
    if selected.too_long:
        raise ValidationError(
            f"A quote has at most {QUOTE_LENGTH} characters; these words are "
            f"{selected.too_long} longer. Select fewer."
        )
