"""The desk's own admin site."""

from django.contrib.admin import AdminSite
from django.http import Http404
from django.urls import path
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_http_methods

from curation import signing_in

# Django runs a GET view for TRACE and OPTIONS too.
only_plain_methods = require_http_methods(["GET", "HEAD", "POST"])


class Desk(AdminSite):
    site_header = "Concordat"
    site_title = "Concordat desk"
    index_title = "Desk"
    enable_nav_sidebar = False

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.disable_action("delete_selected")

    def get_urls(self):
        # "View on site" would tell the addresses of rows to staff who may not see them.
        shadow = path("r/<path:rest>", self.admin_view(nowhere))
        agreement = path("agreement/", self.admin_view(self.agreement), name="agreement")
        return [shadow, agreement, *super().get_urls()]

    def admin_view(self, view, cacheable=False):
        return only_plain_methods(super().admin_view(view, cacheable))

    def index(self, request, extra_context=None):
        from curation.admin.front import waiting  # screens are imported once the site stands

        return super().index(request, (extra_context or {}) | waiting(request.user))

    def agreement(self, request):
        from curation.admin.agreement import show  # likewise

        return show(request)

    @method_decorator(only_plain_methods)
    def login(self, request, extra_context=None):
        from curation.admin.sign_in import SignInForm  # likewise

        self.login_form = SignInForm
        response = super().login(request, extra_context)
        if request.method == "POST" and request.user.is_authenticated:
            signing_in.remember(request, response, request.user.get_username())
        return response


def nowhere(request, rest):
    raise Http404
