"""Sources: who publishes, whose voice it is, and the grade that its record has earned."""

from django import forms
from django.contrib import admin
from django.db.models import Count, OuterRef, Subquery
from django.urls import reverse
from django.utils.html import format_html

from corpus.models import Source
from curation import describing
from curation.admin.base import answer, post_only, seen_in
from curation.admin.fields import EntityField, typed
from curation.admin.forms import DeskForm, check
from curation.admin.records import RecordAdmin
from curation.ledger import authorise, latest_about
from curation.models import SourceGrade

PAGE = "admin/corpus/source/source.html"


class SourceForm(DeskForm):
    ids = "source"
    name = forms.CharField(max_length=200)
    host = forms.CharField(max_length=253, required=False, help_text="Such as news.example.org.")
    owner = EntityField(
        required=False, help_text="The entity whose voice this source is. Empty: not known."
    )


class GradeForm(DeskForm):
    ids = "grade"
    grade = forms.ChoiceField(choices=SourceGrade.Grade.choices)
    reason = forms.CharField(
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="What in the record of this source earns the letter. Needed for A to E.",
    )


@post_only
def grade(desk, request, source):
    form = GradeForm(request.POST)

    def do():
        authorise(request.user, "curation.add_sourcegrade")
        check(form)
        describing.grade(source, by=request.user, seen=seen_in(request), **form.cleaned_data)
        return f"{source} is graded {form.cleaned_data['grade']}."

    return answer(
        request,
        do,
        desk.address(source),
        again=lambda told: desk.show(request, source, grade_form=form, said=told.words),
    )


@admin.register(Source)
class SourceAdmin(RecordAdmin):
    template = PAGE
    form_class = SourceForm
    list_display = ["name", "host", "owner", "graded", "document_count"]
    list_select_related = ["owner"]
    search_fields = ["name", "host", "owner__name"]
    moves = {"grade": grade}

    def get_queryset(self, request):
        in_force = SourceGrade.objects.in_force().filter(source=OuterRef("pk"))
        return (
            super()
            .get_queryset(request)
            .annotate(grade=Subquery(in_force.values("grade")[:1]), n=Count("documents"))
        )

    def make(self, by, values):
        return describing.make_source(by=by, **values)

    def change(self, row, by, seen, values):
        changed = describing.change_source(row, by=by, seen=seen, **values)
        return f"Kept: {row}." if changed else "Nothing changed."

    def show(self, request, source, /, form=None, grade_form=None, **context):
        owner = typed(source.owner) if source.owner else ""
        grades = list(
            SourceGrade.objects.filter(source=source)
            .select_related("decision__by")
            .order_by("-decision__seq")
        )
        in_force = next((each for each in grades if each.superseded_at is None), None)
        return self.page(
            request,
            PAGE,
            source,
            source=source,
            form=form
            or SourceForm(initial={"name": source.name, "host": source.host, "owner": owner}),
            seen=request.POST.get("seen", "") if form else latest_about(source),
            grade_form=grade_form
            or GradeForm(initial={"grade": in_force.grade if in_force else "F"}),
            grade_seen=request.POST.get("seen", "") if grade_form else in_force and in_force.pk,
            grades=grades,
            in_force=in_force,
            move_grade=self.address(source, "grade"),
            may_change=self.has_change_permission(request),
            **context,
        )

    @admin.display(description="grade", ordering="grade")
    def graded(self, source):
        return dict(SourceGrade.Grade.choices).get(source.grade, "F: not graded")

    @admin.display(description="documents", ordering="n")
    def document_count(self, source):
        address = reverse("admin:corpus_document_changelist")
        return format_html('<a href="{}?source__id__exact={}">{}</a>', address, source.pk, source.n)
