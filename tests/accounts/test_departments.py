import pytest
from django.urls import reverse

from planwizard.accounts.departments import add_department
from planwizard.accounts.models import Department, Role
from planwizard.accounts.tenancy import acting_for
from tests.factories import client_of, make_department, make_municipality, make_user
from tests.inspector import complaints, parse

pytestmark = pytest.mark.django_db
LIST = "/departments/"


@pytest.fixture
def office():
    return client_of(make_user(Role.SECRETARIAT))


@pytest.fixture
def three():
    town = make_municipality()
    with acting_for(town):
        return [add_department(town, name) for name in ("企画課", "税務課", "福祉課")]


def names():
    with acting_for(make_municipality()):
        return [department.name for department in Department.objects.in_order()]


def test_a_department_is_added_last(office, three, look):
    look(office, LIST)
    assert office.post(LIST, {"name": "　子育て支援課"})["Location"] == LIST
    assert names() == ["企画課", "税務課", "福祉課", "子育て支援課"]


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("", "課名を入力してください。"),
        ("課" * 61, "課名は60文字まで"),
        ("税務課", "「税務課」はすでにあります。"),
    ],
)
def test_a_name_that_will_not_do_is_said_and_kept(office, three, typed, message):
    page = parse(office.post(LIST, {"name": typed}))
    assert complaints(page) == []
    assert message in page.words
    assert any(node.get("value", "") == typed for node in page.all("input") if node.get("name") == "name")
    assert len(names()) == 3


def test_two_towns_may_have_departments_of_one_name(office):
    make_department("税務課", municipality=make_municipality("993018"))
    assert office.post(LIST, {"name": "税務課"}).status_code == 302


def test_renaming_keeps_the_key_by_which_plans_point_to_it(office, three, look):
    address = reverse("accounts:rename_department", args=[three[0].pk])
    look(office, address)
    office.post(address, {"name": "デジタル推進課"})
    with acting_for(make_municipality()):
        assert Department.objects.get(key=three[0].key).name == "デジタル推進課"


def test_renaming_to_a_name_that_is_there_is_refused(office, three):
    page = parse(office.post(reverse("accounts:rename_department", args=[three[0].pk]), {"name": "税務課"}))
    assert "「税務課」はすでにあります。" in page.words
    assert names() == ["企画課", "税務課", "福祉課"]


def test_departments_are_moved_and_stay_within_the_list(office, three):
    def move(department, direction):
        office.post(reverse("accounts:move_department", args=[department.pk]), {"direction": direction})

    move(three[2], "up")
    assert names() == ["企画課", "福祉課", "税務課"]
    move(three[0], "up")
    move(three[1], "down")
    assert names() == ["企画課", "福祉課", "税務課"]


def test_the_list_asks_as_many_queries_for_ten_as_for_one(office, django_assert_num_queries):
    for count in (1, 10):
        for number in range(count):
            make_department(f"第{number}課")
        with django_assert_num_queries(3):
            office.get(LIST)
