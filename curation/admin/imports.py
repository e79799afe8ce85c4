"""Imports: bringing texts in, how far that is, what came in, what could not and why."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseNotAllowed

from corpus.importing import jobs
from corpus.models import ImportRun
from curation import tasks
from curation.admin import import_form, import_report
from curation.admin.base import DeskAdmin
from curation.admin.import_moves import MOVES
from curation.models import SetAside

PAGE = "admin/corpus/importrun/importrun.html"


class Counting(admin.SimpleListFilter):
    title = "counting"
    parameter_name = "counting"

    def lookups(self, request, model_admin):
        return [("yes", "counts"), ("no", "set aside")]

    def queryset(self, request, queryset):
        if self.value() == "yes":
            return queryset.counting()
        return queryset.exclude(set_aside_at=None) if self.value() == "no" else queryset


@admin.register(ImportRun)
class ImportRunAdmin(DeskAdmin):
    list_display = ["__str__", "started", "state", "read", "new", "changed", "unchanged",
                    "rejected", "mended", "counts"]  # fmt: skip
    list_filter = [Counting, "state"]
    search_fields = ["label", "source_name"]
    moves = MOVES

    def has_change_permission(self, request, obj=None):
        return False

    def add_view(self, request, form_url="", extra_context=None):
        return import_form.add_view(self, request)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(["GET", "HEAD"])
        run = self.get_object(request, object_id)
        if not self.has_view_permission(request, run):
            raise PermissionDenied
        if run is None:
            return self.not_there(request, object_id)
        self.take_up(run)
        return self.show(request, run)

    def take_up(self, run):
        """Whoever looks at an import that nobody works on sees it taken up."""
        if run.state in import_report.LIVE:
            tasks.take_up_imports()
            run.refresh_from_db()

    def show(self, request, run, told=None, reason=""):
        rejects = import_report.rejects(run, request.GET)
        return self.page(
            request,
            PAGE,
            run,
            **self.progress_of(request, run),
            groups=import_report.groups(run, request.GET),
            rejects=rejects,
            retryable=any(each.kept and not each.retried_in_id for each in rejects.rows),
            set_asides=SetAside.objects.filter(import_run=run).select_related("decision__by"),
            goes_on=run.state in jobs.OVER and not run.set_aside_at and jobs.can_go_on(run),
            moves={name.replace("-", "_"): self.address(run, name) for name in MOVES},
            said=told.words if told else "",
            reason=reason,
        )

    def progress_of(self, request, run):
        return {
            "run": run,
            "live": run.state in import_report.LIVE,
            "share": import_report.share(run),
            "doing": import_report.in_words(run),
            "address": self.address(run),
        }

    @admin.display(description="started", ordering="started_at")
    def started(self, run):
        return import_report.started(run)

    @admin.display(description="counts", boolean=True)
    def counts(self, run):
        return run.set_aside_at is None
