"""Every route × method × role, of the own town and of another, against the table of access.py."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.urls import URLResolver, get_resolver, reverse

from planwizard.accounts.models import Municipality
from tests.factories import (
    client_of,
    fill,
    make_department,
    make_measure,
    make_municipality,
    make_user,
    make_version,
    member_for,
)
from tests.security.access import (
    ACCESS,
    ANONYMOUS,
    DISABLED,
    LET_IN,
    REFUSED,
    ROLES,
    SECRETARIAT,
    SIGN_IN,
    SUSPENDED,
    TOWN_ADMIN,
    Route,
    route_of,
)
from tests.security.places import drafters_department

pytestmark = pytest.mark.django_db

METHODS = ("GET", "HEAD", "OPTIONS", "PUT", "PATCH", "DELETE", "POST")
CALLERS = (ANONYMOUS, DISABLED, SUSPENDED, *ROLES)
# The second one only leads on to the first.
SIGN_IN_PAGES = ("/sign-in/?next=", "/catalog-admin/login/?next=")
CANARY = "鯨の歌"
_CHANGES = ("INSERT", "UPDATE", "DELETE", "REPLACE", "TRUNCATE", "CREATE", "DROP", "ALTER")
_SESSIONS = '"django_session"'


def walk(patterns: list, namespace: str = "", before: str = "") -> Iterator[tuple[str, str]]:
    """The name of each route and the address it is written with."""
    for pattern in patterns:
        address = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from walk(pattern.url_patterns, inner, address)
        else:
            yield f"{namespace}{pattern.name or pattern.pattern}", address


ROUTES = dict(walk(get_resolver().url_patterns))
TABLE = {name: route for name in sorted(ROUTES) if (route := route_of(name))}


def test_every_route_is_in_the_table():
    assert sorted(set(ROUTES) - set(TABLE)) == []


def test_the_table_names_no_route_that_is_gone():
    assert sorted(set(ACCESS) - set(ROUTES)) == []


@pytest.mark.parametrize("name", TABLE)
@pytest.mark.parametrize("caller", CALLERS)
def test_each_caller_gets_the_answer_of_the_table(name, caller):
    route, town = TABLE[name], make_municipality()
    client = browser_of(caller, town)
    address = address_of(name, route, town)
    for method in METHODS:
        with writes() as written:
            answer = send(client, method, address, route, town)
        expected = route.answer_to(method, caller)
        is_offered = method in route.methods.split()
        assert answer.status_code < 500
        assert not is_offered or said(answer) == expected, method
        may_write = is_offered and method == "POST" and expected == LET_IN
        assert may_write or written == [], method


@pytest.mark.parametrize(
    "name", [name for name, route in TABLE.items() if route.place and not route.is_shared]
)
@pytest.mark.parametrize("role", ROLES)
def test_a_stranger_cannot_tell_what_another_town_has(name, role):
    route = TABLE[name]
    client = browser_of(role, make_municipality("993018"))
    town = make_municipality()
    kwargs = route.place(town)
    for method in route.methods.split():
        with writes() as written:
            theirs = client.generic(method, reverse(name, kwargs=kwargs))
            missing = client.generic(method, reverse(name, kwargs=dict.fromkeys(kwargs, uuid4())))
        assert theirs.status_code == missing.status_code in (403, 404)
        assert without_number(theirs) == without_number(missing)
        assert written == []


@pytest.mark.parametrize("name", [name for name, route in TABLE.items() if "GET" in route.methods])
def test_no_word_of_another_town_is_in_any_page(name):
    town = make_municipality()
    seed_canary(make_municipality("993018"))
    address = address_of(name, TABLE[name], town)
    for role in (SECRETARIAT, TOWN_ADMIN):
        assert CANARY not in browser_of(role, town).get(address, follow=True).content.decode(errors="replace")


def test_withdrawing_a_role_works_at_the_next_request():
    person = make_user(SECRETARIAT)
    client = client_of(person)
    assert client.get(reverse("accounts:departments")).status_code == 200
    person.is_active = False
    person.save(update_fields=["is_active"])
    assert said(client.get(reverse("accounts:departments"))) == SIGN_IN


def test_the_recorder_sees_what_a_call_writes():
    client = client_of(make_user(SECRETARIAT))
    with writes() as written:
        client.post(reverse("accounts:departments"), {"name": "税務課"})
    assert len(written) == 1
    assert written[0].startswith('INSERT INTO "accounts_department"')


def browser_of(caller: str, town: Municipality) -> Client:
    if caller == ANONYMOUS:
        return Client(raise_request_exception=False)
    if caller == SUSPENDED:
        suspended = make_municipality("993018", is_suspended=True)
        return client_of(make_user(SECRETARIAT, municipality=suspended))
    role = SECRETARIAT if caller == DISABLED else caller
    person = make_user(role, municipality=town, departments=(drafters_department(town),))
    client = client_of(person)
    if caller == DISABLED:
        person.is_active = False
        person.save(update_fields=["is_active"])
    return client


def seed_canary(town: Municipality) -> None:
    """A word that stands in everything the other town has."""
    author = make_user(SECRETARIAT, municipality=town, name=f"{CANARY} 太郎")
    version = make_version(by=author, title=f"{CANARY}計画")
    department = make_department(f"{CANARY}課", municipality=town)
    make_measure(version, title=f"{CANARY}の施策", department=department)
    fill(version, "ch2", {"ch2_text": f"{CANARY}を聞く。"}, by=member_for(author))


def send(client: Client, method: str, address: str, route: Route, town: Municipality) -> HttpResponse:
    return client.post(address, route.data(town)) if method == "POST" else client.generic(method, address)


def address_of(name: str, route: Route, town: Municipality) -> str:
    return reverse(name, kwargs=route.place(town)) if route.place else filled_in(ROUTES[name])


def filled_in(address: str) -> str:
    """With something for the arguments: in the catalogue's administration a missing row is an answer as well."""
    plain = re.sub(r"\(\?P<\w+>(\w+)[^)]*\)", r"\1", address).translate({ord("^"): None, ord("$"): None})
    return "/" + re.sub(r"<[^>]+>", "1", plain)


def said(answer) -> str:
    if answer.status_code == 401 or answer.get("Location", "").startswith(SIGN_IN_PAGES):
        return SIGN_IN
    if answer.status_code in (403, 404, 405):
        return REFUSED if answer.status_code == 403 else str(answer.status_code)
    return LET_IN


def without_number(answer) -> str:
    return re.sub("受付番号：[0-9A-F-]+", "", answer.content.decode())


@contextmanager
def writes() -> Iterator[list[str]]:
    """Statements that change rows, sessions aside. A change that is taken back counts as well."""
    found: list[str] = []

    def record(execute, sql, *rest):
        if sql.lstrip().upper().startswith(_CHANGES) and _SESSIONS not in sql:
            found.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(record):
        yield found
