"""People of the desk: an admin adds them, gives a role, and lets them go; nothing more."""

from datetime import UTC, datetime
from functools import partial

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.test import Client
from django.urls import reverse

from curation.models import Decision
from tests.factories import make_user

pytestmark = pytest.mark.django_db
LIST = "admin:auth_user_changelist"
PASSWORD = "a long enough phrase"


@pytest.fixture
def desk(client, admin_role):
    client.force_login(admin_role)
    return client


def screen(user, name="change"):
    return reverse(f"admin:auth_user_{name}", args=[user.pk])


def role(name):
    return Group.objects.get(name=name)


def sent(user, **kwargs):
    values = {
        "username": user.username,
        "role": user.groups.first().pk,
        "first_name": "",
        "last_name": "",
        "email": "",
        "is_active": "on",
    }
    return values | kwargs


def new_person(**kwargs):
    values = {
        "username": "maria",
        "role": role("editor").pk,
        "usable_password": "true",
        "password1": PASSWORD,
        "password2": PASSWORD,
    }
    return values | kwargs


def test_admin_adds_a_person_with_a_role(desk, admin_role):
    answer = desk.post(reverse("admin:auth_user_add"), new_person())

    assert answer.status_code == 302
    maria = User.objects.get(username="maria")
    assert [group.name for group in maria.groups.all()] == ["editor"]
    assert (maria.is_staff, maria.is_superuser) == (True, False)
    assert maria.check_password(PASSWORD)
    line = Decision.objects.get(act="add_user")
    assert line.by == admin_role
    assert "editor" in line.after
    assert PASSWORD not in line.after


@pytest.mark.django_db(transaction=True)
def test_two_who_add_one_name_at_once_get_one_person_and_one_error(at_once):
    clients = [Client(), Client()]
    for each in clients:
        each.force_login(make_user("admin"))
    for n in range(5):
        values, answers = new_person(username=f"maria{n}"), []

        def add(client, values=values, answers=answers):
            answers.append(client.post(reverse("admin:auth_user_add"), values))

        raised = at_once(*(partial(add, client) for client in clients))

        assert raised == [None, None]
        assert sorted(answer.status_code for answer in answers) == [200, 302]
        said = next(answer for answer in answers if answer.status_code == 200).content.decode()
        assert "A user with that username already exists." in said
        assert User.objects.filter(username=f"maria{n}").count() == 1


def test_changing_a_role_is_a_line_of_the_ledger(desk):
    user = make_user("contributor")

    desk.post(screen(user), sent(user, role=role("publisher").pk))

    assert [group.name for group in user.groups.all()] == ["publisher"]
    line = Decision.objects.get(act="change_user")
    assert "contributor" in line.before
    assert "publisher" in line.after


def test_person_who_leaves_is_not_deleted(desk):
    user = make_user("editor")

    values = sent(user)
    del values["is_active"]
    desk.post(screen(user), values)

    user.refresh_from_db()
    assert not user.is_active
    assert desk.post(screen(user, "delete"), {"post": "yes"}).status_code == 403
    assert User.objects.filter(pk=user.pk).exists()


def test_nobody_gains_rights_past_their_role(desk):
    user = make_user("contributor")
    redact = Permission.objects.get(codename="redact")
    grand = {"is_superuser": "on", "is_staff": "on", "user_permissions": [redact.pk]}

    desk.post(screen(user), sent(user, groups=[role("admin").pk], **grand))
    desk.post(reverse("admin:auth_user_add"), new_person(**grand))

    assert not User.objects.filter(is_superuser=True).exists()
    assert not User.objects.filter(user_permissions__isnull=False).exists()
    assert [group.name for group in user.groups.all()] == ["contributor"]


def test_group_that_is_no_role_is_not_given(desk):
    user = make_user("contributor")
    other = Group.objects.create(name="everything")

    desk.post(screen(user), sent(user, role=other.pk))

    assert [group.name for group in user.groups.all()] == ["contributor"]


def test_admin_does_not_touch_a_superuser(desk):
    root = make_user("", username="root", is_superuser=True)

    change = desk.post(screen(root), {"username": "mine", "role": role("admin").pk})
    password = desk.post(
        reverse("admin:auth_user_password_change", args=[root.pk]),
        {"usable_password": "true", "password1": PASSWORD, "password2": PASSWORD},
    )

    assert (change.status_code, password.status_code) == (403, 403)
    root.refresh_from_db()
    assert (root.username, root.password) == ("root", "!")


def test_setting_a_password_is_a_line_of_the_ledger(desk):
    user = make_user("publisher")
    address = reverse("admin:auth_user_password_change", args=[user.pk])

    desk.post(address, {"usable_password": "true", "password1": PASSWORD, "password2": PASSWORD})

    user.refresh_from_db()
    assert user.check_password(PASSWORD)
    assert Decision.objects.get(act="set_password").subject_id == str(user.pk)


def test_nobody_locks_themselves_out(desk, admin_role):
    values = sent(admin_role, role=role("contributor").pk)
    del values["is_active"]

    desk.post(screen(admin_role), values)

    admin_role.refresh_from_db()
    assert admin_role.is_active
    assert [group.name for group in admin_role.groups.all()] == ["admin"]


def test_everybody_changes_their_own_password(client):
    user = make_user("contributor")
    user.set_password(PASSWORD)
    user.save()
    client.force_login(user)
    new = "another long phrase"
    values = {"old_password": PASSWORD, "new_password1": new, "new_password2": new}

    client.post(reverse("admin:password_change"), values)

    user.refresh_from_db()
    assert user.check_password(new)


@pytest.mark.parametrize("name", ["contributor", "editor", "publisher"])
def test_people_are_the_admins_alone(client, name):
    client.force_login(make_user(name))

    assert client.get(reverse(LIST)).status_code == 403


@pytest.mark.parametrize(
    "asked",
    [
        "password__startswith=!",
        "password__regex=.*",
        "username__regex=((a*)*)*$",
        "email__contains=a",
        "is_superuser__exact=1",
        "groups__permissions__codename__startswith=r",
    ],
)
def test_list_answers_no_question_but_its_own_filters(desk, asked):
    answer = desk.get(f"{reverse(LIST)}?{asked}")

    assert answer.status_code in (302, 400)


def test_list_query_count_does_not_grow(desk, queries):
    with_one = queries(reverse(LIST))
    make_user("editor")
    make_user("publisher")

    assert queries(reverse(LIST)) == with_one


@pytest.mark.django_db(transaction=True)
def test_saving_a_person_on_a_busy_desk_is_told_and_changes_nothing(busy, client):
    client.force_login(make_user("admin"))
    user = make_user("contributor")

    with busy():
        answer = client.post(screen(user), sent(user, first_name="Maria"))

    assert answer.status_code == 503
    assert "Nothing was changed" in answer.content.decode()
    user.refresh_from_db()
    assert user.first_name == ""


def test_screens_speak_of_people_and_of_what_this_desk_does(desk):
    user = make_user("contributor", last_login=datetime(2026, 3, 1, 15, 4, tzinfo=UTC))
    addresses = [reverse(LIST), reverse("admin:auth_user_add"), screen(user)]
    addresses += [screen(user, "password_change"), reverse("admin:password_change")]

    pages = {address: desk.get(address).content.decode() for address in addresses}

    foreign = ["LDAP", "Add user", "Change user", "password-based", ">Home<", "p.m.", "By active"]
    assert [
        (address, words) for address, page in pages.items() for words in foreign if words in page
    ] == []
    assert "<h1>New person</h1>" in pages[addresses[1]]
    assert pages[screen(user)].count('type="submit"') == 2  # signing out, and one to save


@pytest.mark.parametrize("name", ["password_change", "password_change_done"])
def test_pages_of_ones_own_password_lead_back_to_the_desk(desk, name):
    page = desk.get(reverse(f"admin:{name}")).content.decode()

    assert f'<a href="{reverse("admin:index")}">Desk</a> &rsaquo;' in page
    assert "View site" in page
