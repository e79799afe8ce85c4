"""Addresses of the public site. Readers and machines rely on them: they never change."""

app_name = "public"
urlpatterns: list = []
