"""Addresses: the desk, and the public site at the root."""

from django.contrib import admin
from django.http import HttpResponseServerError
from django.template.loader import render_to_string
from django.urls import include, path

urlpatterns = [
    path("admin/", admin.site.urls),
    path("", include("curation.public.urls")),
]


def handler500(request):
    """Django's own page is not told where one is; context processors could fail once more."""
    return HttpResponseServerError(render_to_string("500.html", {"request": request}))
