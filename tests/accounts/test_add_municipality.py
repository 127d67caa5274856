import re
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from planwizard.accounts.models import Membership, Municipality, User
from planwizard.accounts.municipality_code import is_municipality_code

pytestmark = pytest.mark.django_db


def add(code="992011", name="潮見野市", *options):
    said = StringIO()
    call_command(
        "add_municipality", code, name, "--prefecture", "潮県", "--admin", "sato", "--admin-name", "佐藤 花子", *options,
        stdout=said,
    )  # fmt: skip
    return said.getvalue()


def roles():
    return list(Membership.all_municipalities.order_by("role").values_list("role", flat=True))


def test_a_town_gets_its_first_administrator():
    password = re.search("初期パスワード：(.+)", add())[1]
    assert Municipality.objects.get().name == "潮見野市"
    assert roles() == ["town_admin"]
    assert User.objects.get().must_change_password
    assert Client().login(username="sato", password=password)


def test_a_single_town_may_have_its_operator_in_the_same_person():
    add("992011", "潮見野市", "--operator")
    assert roles() == ["operator", "town_admin"]


@pytest.mark.parametrize("code", ["992012", "99201", "９９２０１１", "abcdef", ""])
def test_a_code_with_a_wrong_check_digit_is_refused(code):
    with pytest.raises(CommandError, match="市町村コードは|このフィールド"):
        add(code)
    assert not Municipality.objects.exists()


def test_a_town_is_registered_once():
    add()
    with pytest.raises(CommandError):
        add()
    assert User.objects.count() == 1


@pytest.mark.parametrize(
    ("code", "is_right"), [("992011", True), ("993018", True), ("992010", False), ("99201x", False)]
)
def test_the_check_digit_is_verified(code, is_right):
    assert is_municipality_code(code) == is_right
