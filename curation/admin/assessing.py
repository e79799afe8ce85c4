"""Label passages and the text as a whole; mend where the machine cut wrongly."""

from django import forms
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404

from corpus.models import Passage
from curation import assessing
from curation.admin import reading
from curation.admin.base import answer, post_only, seen_in
from curation.admin.forms import LabelForm, check
from curation.admin.room import room_of
from curation.ledger import Refused
from curation.models import Assessment

MOVED = ["tally", "claims"]
EVERYTHING = ["head", "passages", "bar", "whole", "claims"]


class CutForm(forms.Form):
    at = forms.IntegerField(min_value=0, label="Split before")


@post_only
def assess(desk, request, document):
    passage = _passage(request, document)
    form = LabelForm(request.POST)

    def do():
        check_label(form)
        assessing.assess_passage(
            _as_cut_now(passage), by=request.user, seen=seen_in(request), **form.values()
        )
        return f"Labelled {form.in_words()}."

    def parts(told):
        same = Passage.objects.filter(capture=passage.capture_id, text_sha256=passage.text_sha256)
        room = room_of(document, passage.pk)
        moved = {passage.pk, *same.values_list("pk", flat=True)}
        return reading.fragments(desk, request, room, MOVED, moved)

    return answer(request, do, _at(desk, document, passage), parts)


@post_only
def assess_document(desk, request, document):
    form = LabelForm(request.POST)

    def do():
        check_label(form)
        assessing.assess_document(
            document,
            by=request.user,
            capture=seen_in(request, "capture"),
            seen=seen_in(request),
            **form.values(),
        )
        return f"The document is labelled {form.in_words()}."

    def parts(told):
        room = room_of(document, request.POST.get("at"))
        return reading.fragments(desk, request, room, ["head", "whole", "claims"], ())

    return answer(request, do, reading.back(desk, request, document, "#whole"), parts)


@post_only
def accept(desk, request, document):
    """Accept all suggestions that nobody has decided on yet, in one act."""

    def do():
        seen = seen_in(request, "capture")
        count = assessing.accept_suggestions(document, by=request.user, capture=seen)
        labels = "1 label" if count == 1 else f"{count} labels"
        return f"Accepted as suggested: {labels} without any reason, marked as given in bulk."

    return answer(
        request, do, reading.back(desk, request, document), _whole_text(desk, request, document)
    )


@post_only
def split(desk, request, document):
    passage = _passage(request, document)
    form = CutForm(request.POST)

    def do():
        check(form)
        parts = assessing.split(_as_cut_now(passage), by=request.user, at=[form.cleaned_data["at"]])
        return f"Split into {len(parts)} passages."

    return answer(
        request, do, _at(desk, document, passage), _whole_text(desk, request, document, passage)
    )


@post_only
def join(desk, request, document):
    """Join a passage with the next one."""
    passage = _passage(request, document)
    label = request.POST.get("reliability", "")

    def do():
        if label and label not in Assessment.Reliability.values:
            raise Refused("Choose a label for the joined passage. Nothing was changed.")
        both = [_as_cut_now(passage), _next(passage)]
        assessing.join(both, by=request.user, reliability=label)
        return "Joined."

    return answer(
        request, do, _at(desk, document, passage), _whole_text(desk, request, document, passage)
    )


def check_label(form: LabelForm) -> None:
    if not form.is_valid():
        words = [error for errors in form.errors.values() for error in errors]
        raise ValidationError(["Nothing was labelled.", *words])


def _passage(request, document) -> Passage:
    given = request.POST.get("passage", "")
    number = int(given) if given.isascii() and given.isdigit() and len(given) < 16 else 0
    return get_object_or_404(Passage.everything, capture__document=document, pk=number)


def _as_cut_now(passage: Passage) -> Passage:
    if passage.retired_at:
        raise Refused(
            "Somebody has cut this passage anew in the meantime. Nothing was changed: "
            "reload the page and look again."
        )
    return passage


def _next(passage: Passage) -> Passage:
    following = Passage.objects.filter(capture=passage.capture_id, start__gte=passage.end)
    if found := following.order_by("start").first():
        return found
    raise Refused("This is the last passage: there is none to join it with.")


def _at(desk, document, passage) -> str:
    return f"{desk.address(document)}?at={passage.pk}#p-{passage.pk}"


def _whole_text(desk, request, document, passage=None):
    """The part on screen and the bar, because the cut or many labels moved."""

    def parts(told):
        place = passage.start if passage else None
        room = room_of(document, request.POST.get("at"), place=place)
        return reading.fragments(desk, request, room, EVERYTHING, ())

    return parts
