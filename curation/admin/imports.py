"""Imports: what came in, what could not and why; setting one aside and bringing it back."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef
from django.http import HttpResponseNotAllowed
from django.utils import timezone
from django.utils.formats import date_format

from corpus.models import ImportRun, Reject, Sighting
from curation import describing
from curation.admin.base import DeskAdmin, answer, post_only
from curation.models import SetAside

PAGE = "admin/corpus/importrun/importrun.html"
SHOWN = 200  # rows of one list on the page


class Counting(admin.SimpleListFilter):
    title = "counting"
    parameter_name = "counting"

    def lookups(self, request, model_admin):
        return [("yes", "counts"), ("no", "set aside")]

    def queryset(self, request, queryset):
        if self.value() == "yes":
            return queryset.counting()
        return queryset.exclude(set_aside_at=None) if self.value() == "no" else queryset


@post_only
def set_aside(desk, request, run):
    reason = request.POST.get("reason", "")

    def do():
        describing.set_aside(run, by=request.user, reason=reason)
        return "Set aside: what this import brought in no longer counts. Nothing is deleted."

    return answer(
        request, do, desk.address(run), again=lambda told: desk.show(request, run, told, reason)
    )


@post_only
def bring_back(desk, request, run):
    reason = request.POST.get("reason", "")

    def do():
        describing.bring_back(run, by=request.user, reason=reason)
        return "Brought back: what this import brought in counts again."

    return answer(
        request, do, desk.address(run), again=lambda told: desk.show(request, run, told, reason)
    )


@admin.register(ImportRun)
class ImportRunAdmin(DeskAdmin):
    list_display = ["__str__", "started", "state", "read", "new", "changed", "unchanged",
                    "rejected", "mended", "counts"]  # fmt: skip
    list_filter = [Counting, "state"]
    search_fields = ["label", "source_name"]
    moves = {"set-aside": set_aside, "bring-back": bring_back}

    def has_add_permission(self, request):
        return False  # manage.py import_documents

    def has_change_permission(self, request, obj=None):
        return False

    def change_view(self, request, object_id, form_url="", extra_context=None):
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(["GET", "HEAD"])
        run = self.get_object(request, object_id)
        if not self.has_view_permission(request, run):
            raise PermissionDenied
        if run is None:
            return self.not_there(request, object_id)
        return self.show(request, run)

    def show(self, request, run, told=None, reason=""):
        sightings = run.sightings.select_related("capture__document").defer("capture__text")
        earlier = Sighting.objects.filter(
            capture__document=OuterRef("capture__document"), pk__lt=OuterRef("pk")
        )
        same_text = Sighting.objects.filter(capture=OuterRef("capture"), pk__lt=OuterRef("pk"))
        told_apart = sightings.annotate(
            known=Exists(earlier), unchanged=Exists(same_text)
        ).order_by("pk")
        groups = [
            ("New", told_apart.filter(known=False), run.new),
            ("Changed", told_apart.filter(known=True, unchanged=False), run.changed),
            ("Unchanged", told_apart.filter(unchanged=True), run.unchanged),
        ]
        return self.page(
            request,
            PAGE,
            run,
            run=run,
            groups=[(title, list(rows[:SHOWN]), count) for title, rows, count in groups],
            rejects=list(Reject.objects.filter(import_run=run).defer("raw")[:SHOWN]),
            shown=SHOWN,
            set_asides=SetAside.objects.filter(import_run=run).select_related("decision__by"),
            move_set_aside=self.address(run, "set-aside"),
            move_bring_back=self.address(run, "bring-back"),
            said=told.words if told else "",
            reason=reason,
        )

    @admin.display(description="started", ordering="started_at")
    def started(self, run):
        return date_format(timezone.localtime(run.started_at), "j M Y, H:i")

    @admin.display(description="counts", boolean=True)
    def counts(self, run):
        return run.set_aside_at is None
