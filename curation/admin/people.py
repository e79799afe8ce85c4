"""People of the desk: who they are, which role they have, whether they still work here."""

from copy import copy

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.contrib.auth.models import Group, User

from curation.admin.base import DeskAdmin
from curation.ledger import decide, one_writer
from curation.roles import ROLES

admin.site.unregister(Group)  # roles are made from curation/roles.py, never by hand
admin.site.unregister(User)

ROLE_HELP = (
    "Contributor: imports, assesses, links, claims, drafts. Editor: also entities, sources, "
    "partnerships, review. Publisher: also publishes and withdraws. Admin: also people."
)


def role_of(user):
    return next((group for group in user.groups.all() if group.name in ROLES), None)


class HasRole(forms.ModelForm):
    role = forms.ModelChoiceField(
        Group.objects.filter(name__in=ROLES).order_by("pk"),
        empty_label=None,
        help_text=ROLE_HELP,
    )


class NewPerson(HasRole, AdminUserCreationForm):
    pass


class Person(HasRole, UserChangeForm):
    class Meta:
        model = User
        fields = ["username", "password", "first_name", "last_name", "email", "is_active"]
        labels = {"is_active": "works here"}
        help_texts = {
            "is_active": "Untick when somebody leaves. Accounts are never deleted: "
            "what they decided keeps their name."
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "role" in self.fields:  # not when it is only shown
            self.fields["role"].initial = role_of(self.instance)


@admin.register(User)
class PersonAdmin(DeskAdmin, UserAdmin):
    form = Person
    add_form = NewPerson
    fieldsets = [
        (None, {"fields": ["username", "password", "role", "is_active"]}),
        ("Who this is", {"fields": ["first_name", "last_name", "email"]}),
        ("When", {"fields": ["last_login", "date_joined"]}),
    ]
    add_fieldsets = [
        (None, {"fields": ["username", "role", "usable_password", "password1", "password2"]})
    ]
    readonly_fields = ["last_login", "date_joined"]
    list_display = ["username", "name", "role", "works_here", "last_login"]
    list_filter = ["is_active", "groups"]
    search_fields = ["username", "first_name", "last_name", "email"]
    filter_horizontal = []

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

    def save_model(self, request, obj, form, change):
        """Save the person and the role, and say so in the ledger."""
        with one_writer():
            before = told(User.objects.get(pk=obj.pk)) if change else None
            obj.is_staff = True  # the desk is all there is to sign in to
            super().save_model(request, obj, form, change)
            obj.groups.set([form.cleaned_data["role"]])
            act = "change_user" if change else "add_user"
            decide(act, obj, by=request.user, before=before, after=told(obj))

    def log_change(self, request, obj, message):
        """Setting somebody's password lets one act in their name: the ledger remembers it."""
        if request.resolver_match.url_name == "auth_user_password_change":
            with one_writer():
                decide("set_password", obj, by=request.user)
        return super().log_change(request, obj, message)

    @admin.display(description="name")
    def name(self, user):
        return user.get_full_name() or "not given"

    @admin.display(description="role")
    def role(self, user):
        found = "superuser" if user.is_superuser else role_of(user)
        return str(found or "none: may sign in, sees nothing")

    @admin.display(description="works here", boolean=True, ordering="is_active")
    def works_here(self, user):
        return user.is_active


def told(user):
    """What the ledger keeps of a person: nothing that is theirs alone."""
    user = User.objects.prefetch_related("groups").get(pk=user.pk)
    role = role_of(user)
    return {"name": user.username, "role": role.name if role else "", "works here": user.is_active}


def fixed(field):
    """A copy of the field that shows one's own role; another admin changes it."""
    field = copy(field)
    field.disabled = True
    field.help_text = "Another admin changes your role."
    return field
