"""Who works at the desk: add people, give a role, let them go, set their password."""

from django.contrib.auth.models import Group, User
from django.core.exceptions import PermissionDenied
from django.db.models import Q

from curation.ledger import Refused, authorise, decide, one_writer
from curation.roles import ROLES

OF_A_PERSON = ["username", "first_name", "last_name", "email", "is_active"]


def role_of(person: User) -> Group | None:
    return next((group for group in person.groups.all() if group.name in ROLES), None)


def add_person(person: User, *, by: User, role: Group) -> None:
    """Store somebody new, with a password if one is set. Nobody is made a superuser here."""
    authorise(by, "auth.add_user")
    with one_writer():
        person.validate_unique()  # anew: somebody may have added the same name since
        person.is_staff, person.is_superuser = True, False  # the desk is all there is to enter
        person.save(force_insert=True)
        person.groups.set([_known(role)])
        decide("add_user", person, by=by, after=_told(person.pk))


def change_person(person: User, *, by: User, role: Group) -> None:
    """Store name, address and role, and whether the person works here: `person` carries them."""
    authorise(by, "auth.change_user")
    with one_writer():
        was = _touched(person, by)
        stays = person.is_active and role.name == "admin"
        if person == by and not (person.is_active and role == role_of(was)):
            raise Refused("Another admin changes your role or lets you go. Nothing was changed.")
        if _is_admin(was) and not stays and not _others_are_admins(was):
            raise Refused(
                "This is the last admin who works here. Nothing was changed: "
                "make somebody else an admin first."
            )
        person.validate_unique()
        before = _told(was.pk)
        person.save(update_fields=OF_A_PERSON)
        person.groups.set([_known(role)])
        decide("change_user", person, by=by, before=before, after=_told(person.pk))


def set_password(person: User, *, by: User) -> None:
    """Store the password set on `person`: it lets one act in their name, so the ledger tells."""
    authorise(by, "auth.change_user")
    with one_writer():
        _touched(person, by)
        person.save(update_fields=["password"])
        decide("set_password", person, by=by)


def _touched(person: User, by: User) -> User:
    """The person as stored; a superuser is another superuser's alone to change."""
    was = User.objects.prefetch_related("groups").get(pk=person.pk)
    if was.is_superuser and not by.is_superuser:
        raise PermissionDenied("Only a superuser changes a superuser’s account.")
    return was


def _known(role: Group) -> Group:
    if role.name not in ROLES:
        raise Refused(f"“{role}” is no role of this desk: {', '.join(ROLES)}.")
    return role


ADMINS = Q(groups__name="admin") | Q(is_superuser=True)


def _is_admin(person: User) -> bool:
    return User.objects.filter(ADMINS, pk=person.pk, is_active=True).exists()


def _others_are_admins(person: User) -> bool:
    return User.objects.filter(ADMINS, is_active=True).exclude(pk=person.pk).exists()


def _told(pk: int) -> dict[str, object]:
    """What the ledger keeps of a person: nothing that is theirs alone."""
    person = User.objects.prefetch_related("groups").get(pk=pk)
    role = role_of(person)
    return {
        "name": person.username,
        "role": role.name if role else "",
        "works here": person.is_active,
    }
