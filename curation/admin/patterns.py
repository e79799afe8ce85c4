"""Patterns of spam: those that came with the program and those of this desk, with their hits."""

from typing import NamedTuple

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Min
from django.http import HttpResponseRedirect
from django.urls import reverse

from corpus.analysis.surroundings import NEIGHBOUR, TEASER
from corpus.analysis.widgets import WIDGETS
from corpus.models import Passage
from curation import patterns
from curation.admin.base import answer, carry_out, post_only
from curation.admin.forms import DeskForm, check
from curation.admin.showing import ShowingAdmin
from curation.ledger import authorise
from curation.models import Pattern

LIST, ONE = "admin/curation/pattern/patterns.html", "admin/curation/pattern/pattern.html"
EXAMPLES = 10
BUILT_IN = {
    **{each.key: each.reason for each in WIDGETS},
    NEIGHBOUR: "the headline of another piece, behind “Next Article” and the like",
    TEASER: "a teaser for another piece, before “Read more” and the like",
}


class PatternForm(DeskForm):
    ids = "pattern"
    words = forms.CharField(max_length=200, help_text="Case and accents do not matter.")
    fits = forms.ChoiceField(choices=Pattern.Fits.choices, label="Fits")
    reason = forms.CharField(max_length=200, help_text="Shown where the machine suggests it.")


class RetireForm(DeskForm):
    ids = "retire"
    reason = forms.CharField(max_length=2000, label="Why it is to go")


class Hits(NamedTuple):
    """How many current passages a pattern decided on, and one of them."""

    passages: int
    example: Passage | None


@post_only
def retire(desk, request, pattern):
    form = RetireForm(request.POST)

    def do():
        authorise(request.user, "curation.add_pattern")
        check(form)
        patterns.retire(pattern, by=request.user, **form.cleaned_data)
        return "Retired. What it suggested stays until the texts are analysed next."

    return answer(
        request,
        do,
        desk.address(pattern),
        again=lambda told: desk.show(request, pattern, tried=form, told=told),
    )


@admin.register(Pattern)
class PatternAdmin(ShowingAdmin):
    moves = {"retire": retire}

    def changelist_view(self, request, extra_context=None):
        if not self.has_view_permission(request):
            raise PermissionDenied
        if request.GET:  # this list answers no questions
            return HttpResponseRedirect(request.path)
        counted = hits()
        none = Hits(0, None)
        desks = Pattern.objects.in_force().order_by("-pk")
        return self.page(
            request,
            LIST,
            desks=[(row, counted.get(f"{patterns.KEY}{row.pk}", none)) for row in desks],
            built_in=[(reason, counted.get(key, none)) for key, reason in BUILT_IN.items()],
            may_add=self.has_add_permission(request),
        )

    def add_view(self, request, form_url="", extra_context=None):
        if not self.has_add_permission(request):
            raise PermissionDenied
        words = request.GET.get("words", "")[:200]
        form = PatternForm(request.POST or None, initial={"words": words})

        def make():
            patterns.add(by=request.user, **form.cleaned_data)

        if request.method == "POST" and form.is_valid() and carry_out(form, make):
            messages.success(request, "Added. It takes effect when the texts are analysed next.")
            return HttpResponseRedirect(reverse("admin:curation_pattern_changelist"))
        status = 422 if form.errors else 200
        return self.page(request, ONE, title="New pattern", form=form, status=status)

    def show(self, request, row, tried=None, told=None):
        current = Passage.objects.filter(suggestion_pattern=f"{patterns.KEY}{row.pk}")
        return self.page(
            request,
            ONE,
            row,
            row=row,
            said=told.words if told else "",
            examples=current.select_related("capture").order_by("-pk")[:EXAMPLES],
            retire_form=tried or RetireForm(),
            move=self.address(row, "retire"),
            may_add=self.has_add_permission(request),
        )


def hits() -> dict[str, Hits]:
    """By key: the passages whose suggestion a pattern decided."""
    counted = (
        Passage.objects.exclude(suggestion_pattern="")
        .order_by()
        .values("suggestion_pattern")
        .annotate(n=Count("pk"), first=Min("pk"))
    )
    rows = list(counted)
    firsts = Passage.objects.select_related("capture").in_bulk([row["first"] for row in rows])
    return {row["suggestion_pattern"]: Hits(row["n"], firsts.get(row["first"])) for row in rows}
