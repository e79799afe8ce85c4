"""Who works at the desk: added, given a role, let go, each with its line of the ledger."""

import pytest
from django.contrib.auth.models import Group, User
from django.core.exceptions import PermissionDenied, ValidationError

from curation import staffing
from curation.ledger import Refused
from curation.models import Decision
from tests.factories import make_user

pytestmark = pytest.mark.django_db


def role(name):
    return Group.objects.get(name=name)


def changed(user, **values):
    person = User.objects.get(pk=user.pk)
    for name, value in values.items():
        setattr(person, name, value)
    return person


def acts():
    return list(Decision.objects.order_by("seq").values_list("act", flat=True))


def test_nobody_becomes_a_superuser(admin_role):
    new = User(username="maria", is_superuser=True)
    staffing.add_person(new, by=admin_role, role=role("admin"))
    staffing.change_person(
        changed(new, is_superuser=True, first_name="Maria"), by=admin_role, role=role("admin")
    )
    staffing.change_person(
        changed(admin_role, is_superuser=True), by=admin_role, role=role("admin")
    )

    assert not User.objects.filter(is_superuser=True).exists()
    assert User.objects.get(username="maria").first_name == "Maria"
    assert acts() == ["add_user", "change_user", "change_user"]


@pytest.mark.parametrize(("values", "into"), [({"is_active": False}, "admin"), ({}, "contributor")])
def test_nobody_lets_themselves_go_or_changes_their_own_role(admin_role, values, into):
    make_user("admin")

    with pytest.raises(Refused, match="Another admin"):
        staffing.change_person(changed(admin_role, **values), by=admin_role, role=role(into))

    assert staffing.role_of(User.objects.get(pk=admin_role.pk, is_active=True)).name == "admin"


@pytest.mark.parametrize(("values", "into"), [({"is_active": False}, "admin"), ({}, "contributor")])
def test_last_admin_stays_though_two_let_each_other_go(admin_role, values, into):
    other = make_user("admin")
    User.objects.filter(pk=other.pk).update(is_active=False)  # while their page was open

    with pytest.raises(Refused, match="last admin"):
        staffing.change_person(changed(admin_role, **values), by=other, role=role(into))

    assert acts() == []


def test_admin_touches_no_superuser(admin_role):
    root = make_user("", is_superuser=True)

    with pytest.raises(PermissionDenied):
        staffing.change_person(changed(root, is_active=False), by=admin_role, role=role("editor"))
    with pytest.raises(PermissionDenied):
        staffing.set_password(changed(root, password="x"), by=admin_role)

    root.refresh_from_db()
    assert (root.is_active, root.password) == (True, "!")


@pytest.mark.parametrize("name", ["contributor", "editor", "publisher"])
def test_people_are_the_admins_alone(name):
    by, person = make_user(name), make_user("contributor")

    with pytest.raises(PermissionDenied):
        staffing.add_person(User(username="maria"), by=by, role=role("admin"))
    with pytest.raises(PermissionDenied):
        staffing.change_person(person, by=by, role=role("admin"))
    with pytest.raises(PermissionDenied):
        staffing.set_password(person, by=by)

    assert acts() == []


def test_group_that_is_no_role_is_refused(admin_role):
    with pytest.raises(Refused, match="no role of this desk"):
        staffing.add_person(
            User(username="maria"), by=admin_role, role=Group.objects.create(name="everything")
        )

    assert not User.objects.filter(username="maria").exists()


@pytest.mark.django_db(transaction=True)
def test_second_of_two_who_add_one_name_is_told_of_the_field(at_once):
    by, editor = make_user("admin"), role("editor")

    def add():
        staffing.add_person(User(username="maria"), by=by, role=editor)

    told = [error for error in at_once(add, add) if error]

    assert [error.message_dict for error in told] == [
        {"username": ["A user with that username already exists."]}
    ]
    assert acts() == ["add_user"]


def test_name_of_somebody_else_is_not_taken_over(admin_role):
    maria, person = make_user("editor", username="maria"), make_user("editor")

    with pytest.raises(ValidationError, match="already exists"):
        staffing.change_person(
            changed(person, username="maria"), by=admin_role, role=role("editor")
        )

    assert User.objects.get(username="maria") == maria


def test_password_and_its_line_are_one_act(admin_role, monkeypatch):
    person = make_user("editor")
    monkeypatch.setattr(staffing, "decide", lambda *args, **kwargs: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        staffing.set_password(changed(person, password="new"), by=admin_role)

    person.refresh_from_db()
    assert person.password == "!"
