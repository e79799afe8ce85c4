"""The documents of the desk: the list, and the reading room that each opens in."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Exists, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpResponseNotAllowed
from django.urls import reverse
from django.utils.html import format_html

from corpus import search
from corpus.analysis.dates import in_words
from corpus.models import Document, Passage, Sighting
from curation.admin import assessing, claiming, copying, describing, linking, reading
from curation.admin.base import LONGEST_SEARCH, DeskAdmin
from curation.admin.document_filters import (
    AssessedByAnybody,
    Dated,
    DecidedReliability,
    FromImport,
    HasCopies,
    NamesEntity,
    OnTheDesk,
    SuggestedReliability,
)
from curation.admin.redacting import redact
from curation.models import Assessment
from curation.templatetags.signs import sign


@admin.register(Document)
class DocumentAdmin(DeskAdmin):
    list_display = ["titled", "source", "dated", "label", "share", "brought_in_by"]
    list_display_links = ["titled"]
    list_select_related = ["source"]
    list_filter = [
        DecidedReliability,
        SuggestedReliability,
        AssessedByAnybody,
        HasCopies,
        NamesEntity,
        Dated,
        ("source", admin.RelatedOnlyFieldListFilter),
        FromImport,
        OnTheDesk,
    ]
    empty_value_display = "not known"
    search_fields = ["title"]  # the box; get_search_results asks the corpus
    search_help_text = "Words of the text or title; all of them must be there."
    moves = {
        "accept": assessing.accept,
        "assess": assessing.assess,
        "assess-document": assessing.assess_document,
        "claim": claiming.claim,
        "compare": copying.compare,
        "describe": describing.describe,
        "join": assessing.join,
        "judge": copying.judge,
        "link": linking.link,
        "redact": redact,
        "split": assessing.split,
        "tick": claiming.tick,
        "verdict": linking.verdict,
        "withdraw": claiming.withdraw,
    }

    def get_queryset(self, request):
        return with_progress(super().get_queryset(request))

    def get_search_results(self, request, queryset, search_term):
        words = search_term[:LONGEST_SEARCH].strip()
        if words:
            queryset = queryset.filter(pk__in=search.found(words).values("pk"))
        return queryset, False

    def has_add_permission(self, request):
        return False  # documents come in by import

    def has_change_permission(self, request, obj=None):
        return False  # and change by verbs alone

    def change_view(self, request, object_id, form_url="", extra_context=None):
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(["GET", "HEAD"])
        if not self.has_view_permission(request):
            raise PermissionDenied
        document = self.get_object(request, object_id)
        if document is None:
            return self.not_there(request, object_id)
        return reading.page(self, request, document)

    @admin.display(description="title", ordering="title")
    def titled(self, document):
        return document.title or "(no title)"

    @admin.display(description="date", ordering="published_earliest", empty_value="no date")
    def dated(self, document):
        return in_words(document.published) if document.published else None

    @admin.display(description="label")
    def label(self, document):
        return label_of(document.decided, document.suggested_reliability)

    @admin.display(description="assessed")
    def share(self, document):
        return format_html(
            '<span class="desk-number">{} of {}</span>', document.assessed, document.to_assess
        )

    @admin.display(description="import")
    def brought_in_by(self, document):
        if not document.run:
            return "set aside"
        address = reverse("admin:corpus_importrun_change", args=[document.run])
        return format_html('<a href="{}">{}</a>', address, f"Import {document.run}")


def label_of(decided, suggested):
    """The decided sign with its word; a suggestion is quiet and says that it is one."""
    if decided:
        return sign(decided, show_word=True)
    if suggested:
        return format_html('<span class="suggested">{} suggested</span>', sign(suggested, True))
    return "no label"


def with_progress(documents):
    """Annotate the decided label, how many passages are assessed, and the import of the text."""
    labelled = Assessment.objects.in_force()
    asking = Passage.objects.filter(capture=OuterRef("current_capture")).exclude(
        kind=Passage.Kind.HEADING, suggested_reliability=""
    )
    sightings = Sighting.objects.filter(
        capture=OuterRef("current_capture"), import_run__set_aside_at=None
    )
    return documents.annotate(
        decided=Subquery(
            labelled.filter(capture=OuterRef("current_capture")).values("reliability")[:1]
        ),
        to_assess=_counted(asking),
        assessed=_counted(asking.filter(Exists(labelled.filter(passage=OuterRef("pk"))))),
        run=Subquery(sightings.order_by("-collected_at", "-pk").values("import_run")[:1]),
    )


def _counted(passages):
    counts = passages.order_by().values("capture").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counts), 0)
