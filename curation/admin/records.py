"""What entities and sources share: one form that makes a record, and changes it, by verbs."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect

from curation.admin.base import DeskAdmin, carry_out, seen_in


class RecordAdmin(DeskAdmin):
    """`make` and `change` call the verbs; `show` is the record's page, with the form as typed."""

    template = ""
    form_class: type

    def make(self, by, values):
        raise NotImplementedError

    def change(self, row, by, seen, values):
        """Change it, and return what to say."""
        raise NotImplementedError

    def show(self, request, row, /, form=None, **context):
        raise NotImplementedError

    def add_view(self, request, form_url="", extra_context=None):
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = self.form_class(request.POST or None)
        made = []

        def make():
            made.append(self.make(request.user, form.cleaned_data))

        if request.method == "POST" and form.is_valid() and carry_out(form, make):
            messages.success(request, f"Made: {made[0]}.")
            return HttpResponseRedirect(self.address(made[0]))
        title, status = f"New {self.opts.verbose_name}", 422 if form.errors else 200
        return self.page(request, self.template, title=title, form=form, status=status)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        row = self.get_object(request, object_id)
        if not self.has_view_permission(request, row):
            raise PermissionDenied
        if row is None:
            return self.not_there(request, object_id)
        if request.method != "POST":
            return self.show(request, row)
        if not self.has_change_permission(request, row):
            raise PermissionDenied
        form = self.form_class(request.POST)
        told = []

        def change():
            told.append(self.change(row, request.user, seen_in(request), form.cleaned_data))

        if form.is_valid() and carry_out(form, change):
            messages.success(request, told[0])
            return HttpResponseRedirect(self.address(row))
        row.refresh_from_db()
        return self.show(request, row, form=form, status=422)
