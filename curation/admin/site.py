"""The desk's own admin site."""

from django.contrib.admin import AdminSite


class Desk(AdminSite):
    site_header = "Concordat"
    site_title = "Concordat desk"
    index_title = "Desk"
    enable_nav_sidebar = False
