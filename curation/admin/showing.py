"""What the screens of the writing side share: rows are shown here, and changed by moves alone."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseNotAllowed

from curation.admin.base import DeskAdmin


def filter_called(title, kind=admin.ChoicesFieldListFilter):
    """A filter of list_filter under a name that editors know, whatever its field is called."""
    return type(kind.__name__, (kind,), {"title": property(lambda _: title, lambda _, __: None)})


class ShowingAdmin(DeskAdmin):
    """Shows a row; no form of Django's ever writes one."""

    def has_change_permission(self, request, obj=None):
        return False

    def change_view(self, request, object_id, form_url="", extra_context=None):
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(["GET", "HEAD"])
        row = self.get_object(request, object_id)
        if not self.has_view_permission(request, row):
            raise PermissionDenied
        if row is None:
            raise Http404("There is no such row.")
        return self.show(request, row)

    def show(self, request, row, tried=None, told=None):
        """The row's page; `tried` is a form of one of its moves as it was filled in, and `told`
        says why it was not done."""
        raise NotImplementedError

    def back(self, request, row):
        """Where a move leads when it is done."""
        return self.address(row)

    def again(self, request, row, form, told):
        """The page once more, with a move's form as it was filled in, and why it was not done."""
        row.refresh_from_db()  # the verb had set what it then could not write
        return self.show(request, row, tried=form, told=told)
