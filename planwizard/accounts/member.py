"""Who asks: a signed-in person acting for one town, read from the database on every request."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from planwizard.accounts.models import DepartmentSeat, Membership, Municipality, Role, User
from planwizard.accounts.tenancy import acting_for

SESSION_KEY = "municipality"


@dataclass(frozen=True, slots=True)
class Member:
    """A signed-in person acting for one town: what every right is asked of."""

    user: User
    municipality: Municipality
    roles: frozenset[str]
    departments: frozenset[uuid.UUID]  # ids of the departments a drafter writes for
    others: tuple[Municipality, ...] = ()  # further towns the person could act for

    def has(self, *roles: str) -> bool:
        return not self.roles.isdisjoint(roles)


def member_of(user: User, wanted: str | None) -> Member | None:
    """The person's memberships in the wanted town, else in the first one; None without any. Two queries."""
    memberships = list(
        Membership.all_municipalities.acting(timezone.localdate())
        .filter(user=user)
        .select_related("municipality")
        .order_by("municipality__code", "role")
    )
    if not memberships:
        return None
    towns = {str(row.municipality_id): row.municipality for row in memberships}
    town = towns.get(wanted or "") or memberships[0].municipality
    held = [row for row in memberships if row.municipality_id == town.pk]
    return Member(
        user=user,
        municipality=town,
        roles=frozenset(row.role for row in held),
        departments=_departments_of(held, town),
        others=tuple(other for other in towns.values() if other != town),
    )


def _departments_of(held: list[Membership], town: Municipality) -> frozenset[uuid.UUID]:
    drafting = [row for row in held if row.role == Role.DRAFTER]
    if not drafting:
        return frozenset()
    with acting_for(town):
        seats = DepartmentSeat.objects.filter(membership__in=drafting)
        return frozenset(seats.values_list("department_id", flat=True))


class MemberMiddleware:
    """Sets ``request.member`` and makes the member's town the active one for this request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.member = None
        if not request.user.is_authenticated:
            return self.get_response(request)
        request.member = member_of(request.user, request.session.get(SESSION_KEY))
        if request.member is None:
            return self.get_response(request)
        with acting_for(request.member.municipality):
            return self.get_response(request)
