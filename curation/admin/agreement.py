"""The screen that shows how often people agreed with the machine."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.views.decorators.http import require_safe

from curation import agreement

PAGE = "admin/agreement.html"
SOURCES_SHOWN = 100


@require_safe
def show(request):
    if not request.user.has_perm("curation.view_assessment"):
        raise PermissionDenied
    sources = agreement.by_source()
    context = admin.site.each_context(request) | {
        "title": "People and the machine",
        "tables": [
            ("Passages", "passages", agreement.by_label("passage")),
            ("Documents", "documents", agreement.by_label("capture")),
        ],
        "sources": sources[:SOURCES_SHOWN],
        "sources_left": max(0, len(sources) - SOURCES_SHOWN),
    }
    return render(request, PAGE, context)
