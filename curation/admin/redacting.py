"""Remove words: what would go, why, and once more whether. From a document, a claim or a line."""

from django import forms
from django.core.exceptions import PermissionDenied

from curation import redacting
from curation.admin.base import answer

PERMISSION = "curation.redact"
SHOWN = 100  # rows of each kind whose words are shown


class Redact(forms.Form):
    because = forms.ChoiceField(choices=redacting.BECAUSE.items(), widget=forms.RadioSelect)
    reason = forms.CharField(
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="It is kept for ever: do not write here what is removed.",
    )
    sure = forms.BooleanField(label="I have read what goes. Nothing brings it back.")
    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    named = forms.BooleanField(widget=forms.HiddenInput, required=False)


def redact(desk, request, row):
    """A function for DeskAdmin.moves."""
    if not request.user.has_perm(PERMISSION):
        raise PermissionDenied
    given = request.POST if request.method == "POST" else request.GET
    named = given.get("named") not in (None, "", "False")
    form = Redact(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        return _page(desk, request, row, named, form)
    values = {name: form.cleaned_data[name] for name in ("because", "reason", "seen", "named")}

    def do():
        line = redacting.redact(row, by=request.user, **values)
        return f"The words are removed; line {line.seq} of the ledger says so."

    return answer(
        request,
        do,
        back=desk.address(row),
        again=lambda told: _page(desk, request, row, named, form, told),
    )


def _page(desk, request, row, named, form, told=None):
    removal = redacting.plan(row, named)
    if not form.is_bound:
        form = Redact(initial={"seen": removal.seen, "named": named})
    return desk.page(
        request,
        "curation_desk/writing/redact.html",
        row,
        title="Remove words",
        form=form,
        told=told,
        named=named,
        has_names=row._meta.label == "corpus.Document",
        label=removal.label,
        kinds=list(removal.in_words(SHOWN)),
        shown=SHOWN,
        back=desk.address(row),
        status=422 if form.errors else 200,
    )
