"""利用者: what a town's administrator does with people and their roles."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from planwizard.accounts.models import DepartmentSeat, Membership, Role, User
from planwizard.accounts.tenancy import acting_for
from tests.factories import (
    PASSWORD,
    client_of,
    make_department,
    make_membership,
    make_municipality,
    make_user,
)
from tests.inspector import complaints, parse

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin():
    return make_user(Role.TOWN_ADMIN, name="佐藤 花子")


@pytest.fixture
def office(admin):
    return client_of(admin)


def url(name, *args):
    return reverse(f"accounts:{name}", args=args)


def roles_of(person):
    return set(Membership.all_municipalities.filter(user=person).values_list("role", flat=True))


def held_by(person):
    return Membership.all_municipalities.get(user=person)


def test_the_list_shows_the_towns_own_people_only(office, look):
    make_user(Role.DRAFTER, name="山田 太郎", departments=(make_department("税務課"),))
    make_user(Role.VIEWER, name="磯波 三郎", municipality=make_municipality("993018"))
    words = look(office, url("members")).words
    assert "山田 太郎" in words
    assert "税務課" in words
    assert "磯波 三郎" not in words


def test_the_list_asks_as_many_queries_for_ten_as_for_one(office, django_assert_num_queries):
    for count in (1, 10):
        for _ in range(count):
            make_user(Role.DRAFTER, departments=(make_department(),))
        with django_assert_num_queries(5):
            office.get(url("members"))


def test_adding_a_person_shows_the_initial_password_once(office, look):
    department = make_department("税務課")
    look(office, url("add_member"))
    form = {
        "name": "山田 太郎",
        "username": "ｙａｍａｄａ",
        "role": "drafter",
        "departments": [str(department.pk)],
        "ends_on": "令和9年4月1日",
    }
    page = parse(office.post(url("add_member"), form))
    assert complaints(page) == []
    password = page.text("code")
    person = User.objects.get(username="yamada")
    assert person.check_password(password)
    assert person.must_change_password
    held = held_by(person)
    assert (held.role, held.ends_on) == ("drafter", date(2027, 4, 1))
    with acting_for(held.municipality_id):
        assert list(held.departments.all()) == [department]
    assert password not in office.get(url("member", person.pk)).content.decode()
    assert Client().login(username="yamada", password=password)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"name": ""}, "氏名を入力してください。"),
        ({"name": "長" * 41}, "氏名は40文字までで入力してください。"),
        ({"username": ""}, "利用者IDを入力してください。"),
        ({"username": "山田"}, "半角の英数字"),
        ({"username": "a b"}, "半角の英数字"),
        ({"role": ""}, "役割を選んでください。"),
        ({"role": "operator"}, "役割を一覧から選んでください。"),
        ({"role": "approver\x00"}, "役割を一覧から選んでください。"),
        ({"role": "drafter"}, "担当する課を1つ以上選んでください。"),
        ({"ends_on": "来年"}, "使えなくなる日は日付で入力してください"),
    ],
)
def test_what_cannot_be_registered_is_said_and_kept(office, change, message):
    form = {"name": "山田 太郎", "username": "yamada", "role": "viewer"} | change
    page = parse(office.post(url("add_member"), form))
    assert page.status == 200
    assert complaints(page) == []
    assert message in page.words
    assert page.text("title").startswith("エラー：")
    assert not User.objects.filter(name="山田 太郎").exists()
    if "name" not in change:
        assert any(node.get("value") == "山田 太郎" for node in page.all("input"))


def test_a_username_is_taken_once_whatever_the_town(office):
    make_user(Role.VIEWER, username="yamada", municipality=make_municipality("993018"))
    page = parse(office.post(url("add_member"), {"name": "山田", "username": "yamada", "role": "viewer"}))
    assert "この利用者IDはすでに使われています。" in page.words
    assert User.objects.filter(username="yamada").count() == 1


def test_departments_of_another_town_cannot_be_chosen(office):
    foreign = make_department("税務課", municipality=make_municipality("993018"))
    form = {"name": "山田", "username": "yamada", "role": "drafter", "departments": [str(foreign.pk)]}
    assert "担当する課を一覧から選んでください。" in parse(office.post(url("add_member"), form)).words


def test_posting_more_than_the_form_has_changes_nothing_more(office):
    form = {
        "name": "山田", "username": "yamada", "role": "viewer", "is_demo": "1", "must_change_password": "",
        "is_active": "", "municipality": str(make_municipality("993018").pk), "password": PASSWORD,
    }  # fmt: skip
    office.post(url("add_member"), form)
    person = User.objects.get(username="yamada")
    assert (person.is_demo, person.must_change_password, person.is_active) == (False, True, True)
    assert held_by(person).municipality == make_municipality()
    assert not person.check_password(PASSWORD)


def test_a_role_is_changed_with_its_departments(office, look):
    first, second = make_department("税務課"), make_department("企画課")
    person = make_user(Role.DRAFTER, departments=(first,))
    held = held_by(person)
    look(office, url("change_role", held.pk))
    form = {"role": "drafter", "departments": [str(second.pk)], "ends_on": ""}
    assert office.post(url("change_role", held.pk), form)["Location"] == url("member", person.pk)
    assert DepartmentSeat.all_municipalities.get(membership=held).department_id == second.pk


def test_who_is_no_drafter_any_more_keeps_no_department(office):
    person = make_user(Role.DRAFTER, departments=(make_department(),))
    held = held_by(person)
    office.post(url("change_role", held.pk), {"role": "viewer", "departments": [str(make_department().pk)]})
    assert roles_of(person) == {"viewer"}
    assert not DepartmentSeat.all_municipalities.filter(membership=held).exists()


def test_a_further_role_is_added_once(office, look):
    person = make_user(Role.VIEWER)
    look(office, url("add_role", person.pk))
    office.post(url("add_role", person.pk), {"role": "secretariat"})
    assert roles_of(person) == {"viewer", "secretariat"}
    again = parse(office.post(url("add_role", person.pk), {"role": "secretariat"}))
    assert "この役割はすでにあります。" in again.words


def test_a_role_is_removed_but_not_the_last_one(office):
    person = make_user(Role.VIEWER)
    extra = make_membership(person, Role.SECRETARIAT)
    office.post(url("remove_role", extra.pk))
    assert roles_of(person) == {"viewer"}
    assert office.post(url("remove_role", held_by(person).pk)).status_code == 403
    assert roles_of(person) == {"viewer"}


def test_nobody_changes_the_own_role(office, admin, look):
    held = held_by(admin)
    assert "自分では変えられません" in look(office, url("member", admin.pk)).words
    for address in (
        url("change_role", held.pk),
        url("remove_role", held.pk),
        url("add_role", admin.pk),
        url("renew_password", admin.pk),
        url("switch_member", admin.pk),
    ):
        response = office.post(address, {"role": "secretariat", "to": "off"})
        assert response.status_code == 403
        assert "ほかの管理者に依頼してください。" in response.content.decode()
    assert roles_of(admin) == {"town_admin"}


def test_a_town_cannot_touch_the_operator(office, look):
    operator = make_user(Role.OPERATOR)
    make_membership(operator, Role.VIEWER)
    look(office, url("member", operator.pk))
    assert office.post(url("renew_password", operator.pk)).status_code == 403
    assert office.post(url("add_role", operator.pk), {"role": "secretariat"}).status_code == 403


def test_a_new_initial_password_ends_the_persons_sessions(office):
    person = make_user(Role.SECRETARIAT)
    theirs = client_of(person)
    password = parse(office.post(url("renew_password", person.pk))).text("code")
    person.refresh_from_db()
    assert person.check_password(password)
    assert person.must_change_password
    assert theirs.get(url("departments")).status_code == 302


def test_a_person_of_two_towns_keeps_password_and_account(office):
    """Else the administrator of one town could act in the other."""
    person = make_user(Role.VIEWER)
    make_membership(person, Role.TOWN_ADMIN, municipality=make_municipality("993018"))
    assert office.post(url("renew_password", person.pk)).status_code == 403
    office.post(url("switch_member", person.pk), {"to": "off"})
    person.refresh_from_db()
    assert person.is_active
    assert person.check_password(PASSWORD)
    words = client_of(person).get(url("members")).content.decode()
    assert "磯波町" in words
    assert "潮見野市" not in words


def test_a_person_is_switched_off_and_on_again(office):
    person = make_user(Role.SECRETARIAT)
    theirs = client_of(person)
    office.post(url("switch_member", person.pk), {"to": "off"})
    assert theirs.get(url("departments")).status_code == 302
    assert not Client().login(username=person.username, password=PASSWORD)
    office.post(url("switch_member", person.pk), {"to": "on"})
    assert Client().login(username=person.username, password=PASSWORD)
    assert roles_of(person) == {"secretariat"}
