"""Addresses of the public site. Readers and machines rely on them: they never change."""

from django.urls import path, register_converter
from django.urls.converters import IntConverter

from curation.public import feeds, history, machines, views


class Number(IntConverter):
    """A number that a row can have: no leading zero, and short enough for any database."""

    regex = "[1-9][0-9]{0,17}"


register_converter(Number, "number")

app_name = "public"
urlpatterns = [
    path("", views.home, name="home"),
    path("partnerships/", views.partnerships, name="partnerships"),
    path("partnerships/<slug:slug>/", views.partnership, name="partnership"),
    path("partnerships/<slug:slug>/v/<number:n>/", views.version, name="version"),
    path("partnerships/<slug:slug>/history/", history.history, name="history"),
    path("documents/<number:document_id>/", views.document, name="document"),
    path("entities/<slug:slug>/", views.entity, name="entity"),
    path("corrections/", views.corrections, name="corrections"),
    path("method/", views.method, name="method"),
    path("corrections.atom", feeds.corrections, name="corrections_feed"),
    path("feed.atom", feeds.latest, name="feed"),
    path("sitemap.xml", machines.sitemap, name="sitemap"),
    path("robots.txt", machines.robots, name="robots"),
    path("healthz", machines.healthz, name="healthz"),
]
