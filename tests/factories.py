"""Records for tests: functions with overrides. The invented towns are 潮見野市 and 磯波町."""

from __future__ import annotations

from itertools import count

from django.test import Client

from planwizard.accounts.models import Department, DepartmentSeat, Membership, Municipality, Role, User
from planwizard.accounts.tenancy import acting_for

PASSWORD = "潮風と灯台のある町の合言葉"
_numbers = count(1)
_TOWNS = {"992011": ("潮見野市", "潮県"), "993018": ("磯波町", "潮県")}


def make_municipality(code: str = "992011", **fields) -> Municipality:
    """The town of that code, made once."""
    name, prefecture = _TOWNS.get(code, (f"{code}市", "潮県"))
    defaults = {"name": name, "prefecture_name": prefecture, **fields}
    return Municipality.objects.get_or_create(code=code, defaults=defaults)[0]


def make_department(name: str = "企画課", *, municipality: Municipality | None = None) -> Department:
    town = municipality or make_municipality()
    with acting_for(town):
        return Department.objects.get_or_create(municipality=town, name=name)[0]


def make_user(
    role: str | None = Role.SECRETARIAT,
    *,
    municipality: Municipality | None = None,
    departments: tuple[Department, ...] = (),
    ends_on=None,
    **fields,
) -> User:
    """A person with one role in a town (潮見野市), or with none if ``role`` is None."""
    number = next(_numbers)
    fields = {"username": f"officer{number}", "name": f"職員{number}", **fields}
    user = User.objects.create_user(fields.pop("username"), fields.pop("password", PASSWORD), **fields)
    if role:
        make_membership(user, role, municipality=municipality, departments=departments, ends_on=ends_on)
    return user


def make_membership(
    user: User,
    role: str,
    *,
    municipality: Municipality | None = None,
    departments: tuple[Department, ...] = (),
    ends_on=None,
) -> Membership:
    town = municipality or make_municipality()
    with acting_for(town):
        membership = Membership.objects.create(user=user, municipality=town, role=role, ends_on=ends_on)
        for department in departments:
            DepartmentSeat.objects.create(municipality=town, membership=membership, department=department)
    return membership


def client_of(user: User) -> Client:
    """A browser in which the person has signed in. Answers of 500 come back as pages, as in an office."""
    client = Client(raise_request_exception=False)
    client.force_login(user)
    return client
