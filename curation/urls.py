"""Addresses: the desk, and the public site at the root."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("admin/", admin.site.urls),
    path("", include("curation.public.urls")),
]
