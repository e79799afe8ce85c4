"""People of the desk: who they are, which role they have, whether they still work here."""

from contextlib import nullcontext
from copy import copy

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import (
    AdminPasswordChangeForm,
    AdminUserCreationForm,
    UserChangeForm,
)
from django.contrib.auth.models import Group, User
from django.http import HttpResponseRedirect
from django.utils.formats import date_format

from curation import staffing
from curation.admin.base import DeskAdmin
from curation.admin.showing import filter_called
from curation.ledger import Refused, one_writer
from curation.roles import ROLES
from curation.staffing import role_of

admin.site.unregister(Group)  # roles are made from curation/roles.py, never by hand
admin.site.unregister(User)

WHEN = "j M Y, H:i"
ROLE_HELP = (
    "Contributor: imports, assesses, links, claims, drafts. Editor: also entities, sources, "
    "partnerships, review. Publisher: also publishes and withdraws. Admin: also people."
)


class HasRole(forms.ModelForm):
    role = forms.ModelChoiceField(
        Group.objects.filter(name__in=ROLES).order_by("pk"),
        empty_label=None,
        help_text=ROLE_HELP,
    )


class SetPassword(AdminPasswordChangeForm):
    usable_password = None  # everybody signs in with a password

    def save(self, commit=True):
        return super().save(commit=False)  # staffing stores it, in one act with its line


class NewPerson(HasRole, AdminUserCreationForm):
    usable_password = None  # type: ignore[assignment]  # takes Django's field out of the form


class Person(HasRole, UserChangeForm):
    class Meta:
        model = User
        fields = ["username", "password", "first_name", "last_name", "email", "is_active"]
        labels = {"is_active": "Works here"}
        help_texts = {
            "is_active": "Untick when somebody leaves. Accounts are never deleted: "
            "what they decided keeps their name."
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "password" in self.fields:
            self.fields["password"].help_text = ""
        if "role" in self.fields:  # not when it is only shown
            self.fields["role"].initial = role_of(self.instance)


@admin.register(User)
class PersonAdmin(DeskAdmin, UserAdmin):
    form = Person
    add_form = NewPerson
    change_password_form = SetPassword
    fieldsets = [
        (None, {"fields": ["username", "password", "role", "is_active"]}),
        ("Who this is", {"fields": ["first_name", "last_name", "email"]}),
        ("When", {"fields": ["signed_in", "joined"]}),
    ]
    add_fieldsets = [(None, {"fields": ["username", "role", "password1", "password2"]})]
    readonly_fields = ["signed_in", "joined"]
    list_display = ["username", "name", "role", "works_here", "signed_in"]
    list_filter = [
        ("is_active", filter_called("works here", admin.BooleanFieldListFilter)),
        ("groups", filter_called("role", admin.RelatedFieldListFilter)),
    ]
    search_fields = ["username", "first_name", "last_name", "email"]
    filter_horizontal = []

    def changelist_view(self, request, extra_context=None):
        return super().changelist_view(request, {"title": "People"} | (extra_context or {}))

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("groups")

    def has_change_permission(self, request, obj=None):
        """A superuser's account, and so its password, is another superuser's alone to change."""
        may = super().has_change_permission(request, obj)
        return may and (obj is None or not obj.is_superuser or request.user.is_superuser)

    def get_readonly_fields(self, request, obj=None):
        return [
            *super().get_readonly_fields(request, obj),
            *(["is_active"] if obj == request.user else []),
        ]

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        if obj == request.user and "role" in form.base_fields:
            form.base_fields["role"] = fixed(form.base_fields["role"])
        return form

    def render_change_form(self, request, context, *args, **kwargs):
        one_button = {"show_save_and_continue": False, "show_save_and_add_another": False}
        context["title"] = "New person" if kwargs.get("add") else str(kwargs["obj"])
        return super().render_change_form(request, context | one_button, *args, **kwargs)

    def save_model(self, request, obj, form, change):
        save = staffing.change_person if change else staffing.add_person
        save(obj, by=request.user, role=form.cleaned_data["role"])

    def save_related(self, request, form, formsets, change):
        """The role is stored with the person; there is nothing else that is theirs."""

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """Hold the writer's lock from the form's own check on: two may add one name at once."""
        held = one_writer() if request.method == "POST" else nullcontext()
        try:
            with held:
                return super().changeform_view(request, object_id, form_url, extra_context)
        except Refused as refused:
            messages.error(request, str(refused))
            return HttpResponseRedirect(request.path)

    def log_change(self, request, obj, message):
        if request.resolver_match.url_name == "auth_user_password_change":
            staffing.set_password(obj, by=request.user)
        return super().log_change(request, obj, message)

    @admin.display(description="name")
    def name(self, user):
        return user.get_full_name() or "not given"

    @admin.display(description="role")
    def role(self, user):
        found = "superuser" if user.is_superuser else role_of(user)
        return str(found or "none: may sign in, sees nothing")

    @admin.display(description="signed in last", ordering="last_login")
    def signed_in(self, user):
        return date_format(user.last_login, WHEN) if user.last_login else "never"

    @admin.display(description="since")
    def joined(self, user):
        return date_format(user.date_joined, WHEN)

    @admin.display(description="works here", ordering="is_active")
    def works_here(self, user):
        return "yes" if user.is_active else "no"


def fixed(field):
    """A copy of the field that shows one's own role; another admin changes it."""
    field = copy(field)
    field.disabled = True
    field.help_text = "Another admin changes your role."
    return field
