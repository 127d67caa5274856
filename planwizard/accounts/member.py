"""Who asks: a signed-in person acting for one town, read from the database on every request."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass

from django.contrib.auth.backends import ModelBackend
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone

from planwizard.accounts.models import DepartmentSeat, Membership, Municipality, Role, User
from planwizard.accounts.tenancy import acting_for
from planwizard.web import errors

SESSION_KEY = "municipality"
NOT_YET_ONES_OWN = "初期パスワードのままなので、まだ保存できません。別のタブでパスワードを変えてから、この画面でもう一度保存してください。"
View = Callable[..., HttpResponseBase]


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

    @property
    def role_names(self) -> str:
        return "・".join(role.label for role in Role if role in self.roles)

    @property
    def manages_people(self) -> bool:
        return self.has(Role.TOWN_ADMIN)

    @property
    def manages_departments(self) -> bool:
        return self.has(Role.TOWN_ADMIN, Role.SECRETARIAT)

    @property
    def manages_house_styles(self) -> bool:
        return self.has(Role.SECRETARIAT)

    @property
    def is_secretariat(self) -> bool:
        return self.has(Role.SECRETARIAT)

    @property
    def is_operator(self) -> bool:
        return self.has(Role.OPERATOR)


class MemberBackend(ModelBackend):
    """Reads who is signed in together with the roles held, which every request asks next."""

    def get_user(self, user_id: int) -> User | None:
        memberships = _acting(user_id)
        if not memberships:
            return super().get_user(user_id)
        user = memberships[0].user
        user.memberships_today = memberships
        return user if self.user_can_authenticate(user) else None


def _acting(user_id: int) -> list[Membership]:
    """The memberships that count today, by town. One query."""
    rows = Membership.all_municipalities.acting(timezone.localdate()).filter(user=user_id)
    return list(rows.select_related("user", "municipality").order_by("municipality__code", "role"))


def member_of(user: User, wanted: str | None) -> Member | None:
    """The person's memberships in the wanted town, else in the first one; None without any. Two queries.

    Always as the database knows them now: what writes asks again inside its transaction.
    """
    return _member(user, _acting(user.pk), wanted)


def standing(member: Member) -> Member | None:
    """The same person in the same town as the database knows them now; None if every right there has gone."""
    now = member_of(member.user, str(member.municipality.pk))
    return now if now is not None and now.municipality == member.municipality else None


def _member(user: User, memberships: list[Membership], wanted: str | None) -> Member | None:
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


def without_membership(view: View) -> View:
    """Mark a view that a person reaches before having a role, or before changing the initial password."""
    view.member_required = False
    return view


class MemberMiddleware:
    """Sets ``request.member`` and makes the member's town the active one for this request."""

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request.member = None
        if not request.user.is_authenticated:
            return self.get_response(request)
        held = getattr(request.user, "memberships_today", [])
        request.member = _member(request.user, held, request.session.get(SESSION_KEY))
        if request.member is None:
            return self.get_response(request)
        with acting_for(request.member.municipality):
            return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: View, args: tuple, kwargs: dict
    ) -> HttpResponseBase | None:
        is_open = not getattr(view, "login_required", True) or not getattr(view, "member_required", True)
        if is_open:
            return None
        if request.user.must_change_password:
            return _initial_password(request)
        if request.member is None:
            return _no_membership(request)
        return None


def _initial_password(request: HttpRequest) -> HttpResponseBase:
    """Only opening a page leads on: what was typed into a form, or by a script, is not thrown away."""
    if request.method not in ("GET", "HEAD") or errors.wants_json(request):
        return errors.answer(request, 403, message=NOT_YET_ONES_OWN, facts={"state": "initial_password"})
    return redirect("accounts:change_password")


def _no_membership(request: HttpRequest) -> HttpResponseBase:
    if request.method != "GET" or errors.wants_json(request):
        return errors.answer(
            request, 403, message="あなたの役割が登録されていません。市町村の管理者に依頼してください。"
        )
    return render(request, "accounts/no_membership.html", status=403)
