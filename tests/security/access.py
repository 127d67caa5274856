"""Who gets which answer where: the one table behind test_access.py, which fails for a route that is not in it.

To add a route, add a row under its URL name::

    "plans:structure": Route(only(SECRETARIAT), "GET POST", place=lambda town: {"plan_id": make_plan(town).pk}),

- ``answers``: ``open_to_all()``, ``signed_in()``, ``only(ROLE, …)``, or ``only(…) | {VIEWER: REFUSED}`` by hand. An answer is
  LET_IN, REFUSED (403) or SIGN_IN (the sign-in page for GET, 401 for the rest).
- ``methods``: those the page is made for. With any other method a call must change no row.
- ``place``: a function ``town -> kwargs of the URL`` that makes what the address points to, in that town. People of another
  town must then get the very answer that an id gets which does not exist.
- ``data``: a function ``town -> form data`` where an empty form would not be let in (404).

A department that a drafter writes for is ``drafters_department(town)``; give it to what a drafter may edit.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from planwizard.accounts.models import Department, Municipality, Role
from tests.factories import make_department, make_membership, make_user

VIEWER, DRAFTER, SECRETARIAT, TOWN_ADMIN, OPERATOR = Role.values
ROLES = (VIEWER, DRAFTER, SECRETARIAT, TOWN_ADMIN, OPERATOR)
ANONYMOUS, DISABLED, SUSPENDED = "anonymous", "disabled", "suspended"

LET_IN, REFUSED, SIGN_IN = "let in", "refused", "sign in"
Answers = Mapping[str, str]


def open_to_all() -> Answers:
    return dict.fromkeys((*ROLES, ANONYMOUS, DISABLED, SUSPENDED), LET_IN)


def signed_in() -> Answers:
    """Whoever has signed in, even without a role in any town."""
    return {**open_to_all(), ANONYMOUS: SIGN_IN, DISABLED: SIGN_IN}


def only(*roles: str) -> Answers:
    """These roles of the active town; a person of a suspended town has none."""
    return {**signed_in(), **dict.fromkeys((*ROLES, SUSPENDED), REFUSED), **dict.fromkeys(roles, LET_IN)}


def any_role() -> Answers:
    return only(*ROLES)


@dataclass(frozen=True, slots=True)
class Route:
    answers: Answers
    methods: str = "GET"
    place: Callable[[Municipality], dict[str, object]] | None = None
    data: Callable[[Municipality], dict[str, str]] = lambda town: {}


def drafters_department(town: Municipality) -> Department:
    return make_department("企画課", municipality=town)


def _person(town: Municipality) -> dict[str, object]:
    return {"user_id": make_user(VIEWER, municipality=town).pk}


def _second_role(town: Municipality) -> dict[str, object]:
    person = make_user(VIEWER, municipality=town)
    return {"membership_id": make_membership(person, SECRETARIAT, municipality=town).pk}


def _department(town: Municipality) -> dict[str, object]:
    return {"department_id": make_department("税務課", municipality=town).pk}


def _its_own(town: Municipality) -> dict[str, str]:
    return {"municipality": str(town.pk)}


ACCESS: dict[str, Route] = {
    "accounts:sign_in": Route(open_to_all(), "GET POST"),
    "accounts:sign_out": Route(open_to_all(), "POST"),
    "accounts:change_password": Route(signed_in(), "GET POST"),
    "accounts:choose_town": Route(any_role(), "POST", data=_its_own),
    "accounts:members": Route(only(TOWN_ADMIN)),
    "accounts:add_member": Route(only(TOWN_ADMIN), "GET POST"),
    "accounts:member": Route(only(TOWN_ADMIN), place=_person),
    "accounts:renew_password": Route(only(TOWN_ADMIN), "POST", place=_person),
    "accounts:switch_member": Route(only(TOWN_ADMIN), "POST", place=_person),
    "accounts:add_role": Route(only(TOWN_ADMIN), "GET POST", place=_person),
    "accounts:change_role": Route(only(TOWN_ADMIN), "GET POST", place=_second_role),
    "accounts:remove_role": Route(only(TOWN_ADMIN), "POST", place=_second_role),
    "accounts:departments": Route(only(TOWN_ADMIN, SECRETARIAT), "GET POST"),
    "accounts:rename_department": Route(only(TOWN_ADMIN, SECRETARIAT), "GET POST", place=_department),
    "accounts:move_department": Route(only(TOWN_ADMIN, SECRETARIAT), "POST", place=_department),
}

# The catalogue's administration makes its own routes, some for each model: one rule for all of them.
ADMIN = Route(only(OPERATOR), "GET POST")
ADMIN_EXCEPTIONS = {
    "admin:login": Route(dict.fromkeys(open_to_all(), SIGN_IN), "GET POST"),  # leads to the one sign-in page
    "admin:jsi18n": Route(only(OPERATOR)),
    # What plans may cite is switched off, never deleted.
    "admin:catalog_law_delete": Route(only(), "GET POST"),
    "admin:catalog_nationaldocument_delete": Route(only(), "GET POST"),
    "admin:catalog_nationalmeasure_delete": Route(only(), "GET POST"),
}


def route_of(name: str) -> Route | None:
    if name.startswith("admin:"):
        return ADMIN_EXCEPTIONS.get(name, ADMIN)
    return ACCESS.get(name)
