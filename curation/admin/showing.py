"""What the screens of the writing side share: rows are shown here, and changed by moves alone."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseNotAllowed


def filter_called(title, kind=admin.ChoicesFieldListFilter):
    """A filter of list_filter under a name that editors know."""

    class Called(kind):
        def __init__(self, *args, **kwargs):
            super().__init__(*args, **kwargs)
            self.title = title

    return Called


class Showing:
    """For a DeskAdmin with `show(request, row, tried)`: no form of Django's writes its rows."""

    class Media:
        css = {"all": ["curation/desk/writing.css"]}

    def has_change_permission(self, request, obj=None):
        return False

    def change_view(self, request, object_id, form_url="", extra_context=None):
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(["GET", "HEAD"])
        row = self.get_object(request, object_id)
        if not self.has_view_permission(request, row):
            raise PermissionDenied
        if row is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        return self.show(request, row)

    def back(self, request, row):
        """Where a move leads when it is done."""
        return self.address(row)

    def again(self, request, row, form, told):
        """The page once more, with a move's form as it was filled in."""
        return self.show(request, row, tried=form)
