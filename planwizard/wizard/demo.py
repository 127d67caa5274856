"""The demo: two invented towns with their people, departments and plans. Loading it twice changes nothing."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from io import StringIO
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import transaction

from planwizard.accounts import people
from planwizard.accounts.initial_password import new_password
from planwizard.accounts.member import Member, member_of
from planwizard.accounts.models import Department, Membership, Municipality, Role, User
from planwizard.accounts.tenancy import acting_for
from planwizard.catalog.models import NationalMeasure
from planwizard.compliance import confirming
from planwizard.compliance.models import Confirmation
from planwizard.plans import exchange, structure
from planwizard.plans.models import Edit, EditKind, Part, PlanVersion
from planwizard.web.errors import Refused
from planwizard.wizard.tasks import to_finish

CATALOG = settings.BASE_DIR / "fixtures" / "catalog" / "2026-11-a.json"


@dataclass(frozen=True, slots=True)
class Person:
    username: str
    name: str
    role: Role
    departments: tuple[str, ...] = ()  # names of those a drafter writes for


@dataclass(frozen=True, slots=True)
class Town:
    """A plan.json, which names the town and its departments, and the people who work on it."""

    file: Path
    people: tuple[Person, ...]  # the secretariat brings the plan in
    confirmations: Path | None = None  # what they have confirmed of it
    is_finished: bool = False  # and have called every part done that misses nothing


@dataclass(frozen=True, slots=True)
class Account:
    """A sign-in as it is printed and kept in ``DEMO_ACCOUNTS_FILE``."""

    town: str
    role: str
    username: str
    password: str


@dataclass(frozen=True, slots=True)
class Demo:
    plans: list[PlanVersion]
    accounts: list[Account]


_FOLDER = settings.BASE_DIR / "fixtures" / "demo"
TOWNS = (
    Town(
        _FOLDER / "shiomino.json",
        (
            Person("shiomino-jimukyoku", "潮見野 事務局", Role.SECRETARIAT),
            Person("shiomino-kosodate", "潮見野 子育て", Role.DRAFTER, ("子育て支援課",)),
            Person("shiomino-etsuran", "潮見野 閲覧", Role.VIEWER),
            Person("shiomino-kanri", "潮見野 管理", Role.TOWN_ADMIN),
            Person("zentai-kanri", "全体 管理", Role.OPERATOR),
        ),
        _FOLDER / "shiomino-confirmations.json",
        is_finished=True,
    ),
    Town(
        _FOLDER / "isonami.json",
        (
            Person("isonami-jimukyoku", "磯波 事務局", Role.SECRETARIAT),
            Person("isonami-jumin", "磯波 住民福祉", Role.DRAFTER, ("住民福祉課",)),
        ),
    ),
)


@transaction.atomic
def load(*, at: datetime) -> Demo:
    """Make what is not there yet: catalogue, towns, departments, people, plans. Passwords are kept before commit."""
    if not NationalMeasure.objects.exists():
        call_command("load_catalog", CATALOG, stdout=StringIO())
    kept = {account.username: account.password for account in _kept()}
    demo = Demo([], [])
    for town in TOWNS:
        data = town.file.read_bytes()
        municipality = _municipality(json.loads(data))
        with acting_for(municipality):
            _departments(municipality, json.loads(data))
            demo.accounts.extend(_accounts(town, municipality, kept))
            demo.plans.append(_plan(town, municipality, data, at=at))
    _keep(demo.accounts)
    return demo


def _municipality(file: dict[str, Any]) -> Municipality:
    said = file["municipality"]
    facts = {"name": said["name"], "prefecture_name": said["prefecture"]}
    return Municipality.objects.get_or_create(code=said["code"], defaults=facts)[0]


def _departments(town: Municipality, file: dict[str, Any]) -> None:
    here = set(Department.objects.values_list("name", flat=True))
    Department.objects.bulk_create(
        Department(municipality=town, key=row["key"], name=row["name"], position=place)
        for place, row in enumerate(file["departments"])
        if row["name"] not in here
    )


def _plan(town: Town, municipality: Municipality, data: bytes, *, at: datetime) -> PlanVersion:
    """The town's oldest version; the file is loaded only into a town without a plan."""
    member = _writer(town, municipality)
    found = PlanVersion.objects.select_related("municipality").order_by("created_at").first()
    version = found or exchange.load(data, by=member, at=at).version
    if town.confirmations and not Confirmation.objects.of(version).exists():
        _confirm(version, json.loads(town.confirmations.read_bytes()), by=member, at=at)
    if town.is_finished and not Edit.objects.filter(part__version=version, kind=EditKind.HANDED_IN).exists():
        _finish(version, by=member, at=at)
    return version


def _confirm(version: PlanVersion, rows: list[dict[str, str]], *, by: Member, at: datetime) -> None:
    """As an officer does. A sentence that somebody has changed meanwhile is left to them."""
    parts = {part.key: part for part in Part.objects.of(version).kept()}
    for row in rows:
        if part := parts.get(row["part"]):
            said = {name: row[name] for name in ("role", "path", "quote", "comment")}
            with suppress(confirming.NotConfirmed, Refused):
                confirming.confirm(version, item_id=row["item"], part=part, **said, by=by, at=at)


def _finish(version: PlanVersion, *, by: Member, at: datetime) -> None:
    """As an officer does on the page for it."""
    edits = {task.key: task.edit_no for task in to_finish(version, by)}
    parts = Part.objects.of(version).kept().filter(key__in=edits).select_related("department", "municipality")
    with suppress(Refused):
        structure.hand_in_each([(part, edits[part.key]) for part in parts.in_order()], by=by, at=at)


def _writer(town: Town, municipality: Municipality) -> Member:
    writer = next(person for person in town.people if person.role == Role.SECRETARIAT)
    member = member_of(User.objects.get(username=writer.username), str(municipality.pk))
    assert member is not None  # made a moment ago
    return member


# People


def _accounts(town: Town, municipality: Municipality, kept: dict[str, str]) -> Iterator[Account]:
    for person in town.people:
        user, password = _user(person, kept.get(person.username))
        if not Membership.objects.filter(user=user, role=person.role).exists():
            seats = Department.objects.filter(name__in=person.departments)
            people.add_role(user, municipality, role=person.role, departments=seats)
        yield Account(municipality.name, person.role.label, person.username, password)


def _user(person: Person, kept: str | None) -> tuple[User, str]:
    """The person with the password. Whose password was not kept gets a new one."""
    user = User.objects.filter(username=person.username).first()
    if user and kept:
        return user, kept
    user = user or User(username=person.username, name=person.name, is_demo=True)
    password = kept or new_password()
    user.set_password(password)
    user.save()
    return user, password


def _kept() -> list[Account]:
    path = settings.DEMO_ACCOUNTS_FILE
    return [Account(**row) for row in json.loads(path.read_text())] if path.exists() else []


def _keep(accounts: list[Account]) -> None:
    """Write the file anew beside the old one, readable by its owner only, and put it in its place at once."""
    path = settings.DEMO_ACCOUNTS_FILE
    fresh = path.with_suffix(".new")
    fresh.unlink(missing_ok=True)
    with open(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        json.dump([asdict(account) for account in accounts], file, ensure_ascii=False, indent=1)
    fresh.replace(path)
