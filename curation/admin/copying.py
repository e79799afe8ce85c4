"""Copies of a document: two texts side by side, and whether they tell the same story."""

from dataclasses import dataclass, field

from django import forms
from django.http import Http404, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404

from corpus.analysis.aligning import align
from corpus.analysis.copies import Read, reuse
from corpus.models import Document, Passage
from curation import copying
from curation.admin import reading
from curation.admin.base import answer, post_only, seen_in
from curation.admin.forms import check
from curation.admin.room import room_of
from curation.differing import Piece, word_by_word
from curation.models import CopyVerdict

PAGE = "admin/corpus/document/compare.html"
WORDS = [*CopyVerdict.Word.choices, (copying.UNDECIDED, copying.UNDECIDED)]
PASSAGES = 1000  # of each text that are put side by side


class VerdictForm(forms.Form):
    other = forms.ModelChoiceField(Document.objects.all())
    word = forms.ChoiceField(choices=WORDS)
    reason = forms.CharField(max_length=1000, required=False)


@dataclass
class Beside:
    """Passages beside each other, with the words in which they differ; or a run of only one's."""

    kind: str  # same, changed, gone (only here), come (only there)
    before: list[Piece] = field(default_factory=list)
    after: list[Piece] = field(default_factory=list)
    count: int = 1


def compare(desk, request, document):
    if request.method not in ("GET", "HEAD"):
        return HttpResponseNotAllowed(["GET", "HEAD"])
    return _page(desk, request, document, _other(document, request.GET.get("with", "")))


@post_only
def judge(desk, request, document):
    form = VerdictForm(request.POST)

    def do():
        check(form)
        other, word = form.cleaned_data["other"], form.cleaned_data["word"]
        said = {"reason": form.cleaned_data["reason"], "seen": seen_in(request)}
        if word == copying.UNDECIDED:
            copying.take_back(document, other, by=request.user, **said)
        else:
            copying.judge(document, other, word, by=request.user, **said)
        return f"Kept: this document and “{other}”: {dict(WORDS)[word]}."

    def parts(told):
        room = room_of(document, request.POST.get("at"))
        return reading.fragments(desk, request, room, ["copies", "claims"], ())

    def again(told):
        other = _other(document, request.POST.get("other", ""))
        return _page(desk, request, document, other, told.words, request.POST.get("reason", ""))

    return answer(request, do, reading.back(desk, request, document, "#copies"), parts, again)


def _other(document, asked) -> Document:
    if not (asked.isascii() and asked.isdigit() and len(asked) < 16):
        raise Http404("Say with which document it is to be compared.")
    others = Document.objects.exclude(pk=document.pk).select_related("source")
    return get_object_or_404(others, pk=int(asked))


def _page(desk, request, document, other, said="", reason=""):
    here, there = _passages(document), _passages(other)
    pair = sorted((document.pk, other.pk))
    found = reuse(Read(_words(here)), Read(_words(there)))
    verdict = CopyVerdict.objects.in_force().filter(a=pair[0], b=pair[1])
    return desk.page(
        request,
        PAGE,
        document,
        document=document,
        other=other,
        both=[document, other],
        rows=side_by_side([each.text for each in here], [each.text for each in there]),
        found=found,
        verdict=verdict.select_related("decision__by").first(),
        too_long=max(len(here), len(there)) >= PASSAGES,
        most=PASSAGES,
        judge=desk.address(document, "judge"),
        said=said,
        reason=reason,
    )


def _passages(document) -> list[Passage]:
    """The first passages of the text in force, without what the machine takes for spam."""
    current = Passage.objects.filter(capture=document.current_capture_id)
    return list(current.exclude(suggested_reliability="spam").order_by("start")[:PASSAGES])


def _words(passages) -> str:
    return "\n".join(passage.text for passage in passages)


def side_by_side(here: list[str], there: list[str]) -> list[Beside]:
    """What both say, beside each other; what only one says in runs."""
    rows: list[Beside] = []
    for row in align(here, there):
        if row.left is not None and row.right is not None:
            rows.append(_both(here[row.left], there[row.right], row.same))
            continue
        if row.left is not None:
            one = Beside("gone", before=[("gone", here[row.left])])
        elif row.right is not None:
            one = Beside("come", after=[("come", there[row.right])])
        if rows and rows[-1].kind == one.kind:
            rows[-1].before += one.before
            rows[-1].after += one.after
            rows[-1].count += 1
        else:
            rows.append(one)
    return rows


def _both(one: str, other: str, same: bool) -> Beside:
    if same:
        return Beside("same", [("same", one)], [("same", other)])
    before, after = word_by_word(one.split(), other.split())
    return Beside("changed", list(before), list(after))
