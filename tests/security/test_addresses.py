"""Addresses and choices that nobody types and somebody sends: never more than an ordinary refusal, on both databases."""

from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from planwizard.accounts.models import Role
from tests.factories import client_of, make_measure, make_municipality, make_user, make_version
from tests.security.access import ACCESS

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

NUL = "\x00"
WITH_WORDS = [name for name, route in ACCESS.items() if route.place is not None]


def with_nul(name: str) -> list[str]:
    """The route's address with a NUL in the place of each word of it."""
    kwargs = ACCESS[name].place(make_municipality())
    words = [key for key, value in kwargs.items() if isinstance(value, str) and len(value) < 36]
    return [reverse(name, kwargs={**kwargs, key: "NUL"}).replace("NUL", "%00") for key in words]


@pytest.mark.parametrize("name", WITH_WORDS)
def test_a_nul_in_an_address_leads_nowhere(name):
    client = client_of(make_user(Role.SECRETARIAT))
    for address in with_nul(name):
        assert client.get(address).status_code == 404
        assert client.post(address).status_code == 404


@pytest.mark.parametrize("role", [Role.SECRETARIAT, Role.TOWN_ADMIN, Role.OPERATOR])
@pytest.mark.parametrize(
    "asked", ["words=%00&area=%00&ministry=%00&part=%00", "q=%00&area__exact=%00", "only=%00"]
)
def test_a_nul_in_a_search_is_cleaned_out(role, asked):
    version = make_version()
    client = client_of(make_user(role))
    for address in (
        reverse("wizard:national_measures", args=[version.pk]),
        reverse("exports:exports", args=[version.pk]),
        reverse("accounts:members"),
        reverse("admin:catalog_nationalmeasure_changelist"),
    ):
        assert client.get(f"{address}?{asked}&page=%00").status_code < 500


CHOICES = {
    "wizard:add_measure": ("pillar", "title"),
    "wizard:add_chapter": ("title",),
    "wizard:name_version": ("label", "stage"),
    "wizard:copy_version": ("label", "stage"),
    "exports:exports": ("formats", "parts", "department", "measures", "era", "variant", "extras"),
}


@pytest.mark.parametrize("name", CHOICES)
def test_a_nul_in_a_choice_chooses_nothing(name):
    version = make_version()
    client = client_of(version.created_by)
    assert client.post(reverse(name, args=[version.pk]), dict.fromkeys(CHOICES[name], NUL)).status_code < 500


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("wizard:change_chapter", {"act": "retitle", "title": NUL, "department": NUL}),
        ("wizard:move_measure", {"to": NUL, "pillar": NUL}),
        (
            "wizard:resolve",
            {"edit_no": "1", "save_id": str(uuid4()), "set_aside": NUL, "path": NUL, "go": NUL},
        ),
        ("wizard:hand_in", {"go": NUL}),
    ],
)
def test_a_nul_in_an_act_on_a_part_does_nothing(name, typed):
    version = make_version()
    part = make_measure(version)
    assert (
        client_of(version.created_by).post(reverse(name, args=[version.pk, part.key]), typed).status_code
        < 500
    )


def test_a_nul_in_a_name_or_a_password_is_refused_in_words():
    answer = Client(raise_request_exception=False).post(
        reverse("accounts:sign_in"), {"username": NUL, "password": NUL}
    )
    assert answer.status_code == 200
    admin = client_of(make_user(Role.TOWN_ADMIN))
    typed = dict.fromkeys(("name", "username", "role", "departments", "ends_on"), NUL)
    assert admin.post(reverse("accounts:add_member"), typed).status_code == 200
    assert admin.post(reverse("accounts:departments"), {"name": NUL}).status_code == 200
    assert admin.post(reverse("accounts:choose_town"), {"municipality": NUL}).status_code == 404
