"""Acts of a town's administrator on people and their roles. A person may belong to several towns."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from planwizard.accounts.initial_password import new_password
from planwizard.accounts.models import Department, DepartmentSeat, Membership, Municipality, Role, User

# 全体管理者 is given by a command on the server, never by a town.
GRANTABLE = (Role.VIEWER, Role.DRAFTER, Role.SECRETARIAT, Role.TOWN_ADMIN)


@transaction.atomic
def add_person(*, name: str, username: str) -> tuple[User, str]:
    """A person with an initial password, which is returned once and stored only as its hash."""
    password = new_password()
    user = User.objects.create_user(username, password, name=name, must_change_password=True)
    return user, password


@transaction.atomic
def add_role(
    user: User,
    municipality: Municipality,
    *,
    role: str,
    departments: Iterable[Department] = (),
    ends_on: date | None = None,
) -> Membership:
    membership = Membership.objects.create(user=user, municipality=municipality, role=role, ends_on=ends_on)
    _seat(membership, departments)
    return membership


@transaction.atomic
def change_role(
    membership: Membership, *, role: str, departments: Iterable[Department], ends_on: date | None
) -> None:
    membership.role, membership.ends_on = role, ends_on
    membership.save(update_fields=["role", "ends_on"])
    _seat(membership, departments)


def _seat(membership: Membership, departments: Iterable[Department]) -> None:
    """Only a drafter writes for departments."""
    DepartmentSeat.objects.filter(membership=membership).delete()
    if membership.role == Role.DRAFTER:
        DepartmentSeat.objects.bulk_create(
            DepartmentSeat(
                municipality_id=membership.municipality_id, membership=membership, department=department
            )
            for department in departments
        )


@transaction.atomic
def switch_off(user: User, *, on: date) -> None:
    """Shut the person out. Who belongs to other towns too keeps the account and loses the roles in this one."""
    if belongs_only_here(user):
        user.is_active = False
        user.save(update_fields=["is_active"])
    else:
        Membership.objects.acting(on).filter(user=user).update(ends_on=on)


def switch_on(user: User) -> None:
    """Let the person sign in again, with the roles that have not ended."""
    user.is_active = True
    user.save(update_fields=["is_active"])


@transaction.atomic
def renew_password(user: User) -> str:
    """A new initial password, returned once. Ends all sessions of the person."""
    password = new_password()
    user.set_password(password)
    user.must_change_password = True
    user.save(update_fields=["password", "must_change_password"])
    return password


def belongs_only_here(user: User) -> bool:
    everywhere = Membership.all_municipalities.filter(user=user).count()
    return everywhere == Membership.objects.filter(user=user).count()


def is_operator(user: User) -> bool:
    """In whichever town: an operator edits what all towns read."""
    return Membership.all_municipalities.filter(user=user, role=Role.OPERATOR).exists()
