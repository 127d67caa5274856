"""Records for tests: functions with overrides. The invented towns are 潮見野市 and 磯波町."""

from __future__ import annotations

from datetime import UTC, datetime
from hashlib import sha256
from itertools import count
from uuid import uuid4

from django.test import Client

from planwizard.accounts.member import Member, member_of
from planwizard.accounts.models import Department, DepartmentSeat, Membership, Municipality, Role, User
from planwizard.accounts.tenancy import acting_for
from planwizard.document.paper import USUAL
from planwizard.exports.models import HouseStyle
from planwizard.plans import saving, structure, versions
from planwizard.plans.models import Part, PlanVersion

NOW = datetime(2026, 11, 23, 1, 32, tzinfo=UTC)  # 10:32 in Japan

SPECIMEN = b"PK specimen"
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


def member_for(user: User) -> Member:
    """The person acting for the first town, as a request sees it."""
    member = member_of(user, None)
    assert member is not None
    return member


def make_version(*, by: User | None = None, title: str = "潮見野市デジタル推進計画", **basics) -> PlanVersion:
    """A new plan with its first version, for 令和8〜12年度; ``basics`` are further answers of 基本情報."""
    member = member_for(by or make_user(Role.SECRETARIAT))
    with acting_for(member.municipality):
        version = versions.create_plan(by=member, at=NOW, title=title)
        fill(
            version,
            "basics",
            {"period_start_fy": 2026, "period_end_fy": 2030, "plan_title": title, **basics},
            by=member,
        )
        version.refresh_from_db()
        return version


def make_measure(
    version: PlanVersion,
    pillar: str = "online",
    *,
    by: User | None = None,
    department=None,
    title="窓口の予約",
    **values,
) -> Part:
    member = member_for(by or version.created_by)
    with acting_for(member.municipality):
        return structure.add_measure(
            version, pillar, by=member, at=NOW, title=title, department=department, values=values or None
        )


def make_house_style(
    municipality: Municipality | None = None, *, by: User | None = None, **fields
) -> HouseStyle:
    """A draft of a file, as the machine reports on it, without the file; ``accepted_at=NOW`` is one in use."""
    town = municipality or make_municipality()
    author = by or make_user(Role.SECRETARIAT, municipality=town)
    use = {
        "role": "BodyText", "label": "本文", "style": "a3", "name": "本文", "how": "guess", "font": "ＭＳ 明朝",
        "size_pt": 10.5, "sample": "この計画は、市民の暮らしを支える。", "kind": "paragraph", "is_asked": True,
    }  # fmt: skip
    findings = [
        {"level": level, "code": level, "text": "確かめてください。"} for level in ("warning", "note")
    ]
    facts = {
        "name": f"書式{next(_numbers)}",
        "version": 1,
        "original": "0" * 64,
        "original_name": "標準.dotx",
        "sample": sha256(SPECIMEN).hexdigest(),
        "paper": USUAL.to_json(),
        "report": {
            "uses": [use],
            "findings": findings,
            "choices": {"paragraph": [["a3", "本文"]], "table": []},
        },
        "created_at": NOW,
        "created_by": author,
        "accepted_by": author if fields.get("accepted_at") else None,
    }
    with acting_for(town):
        style = HouseStyle.objects.create(municipality=town, **facts | fields)
    style.path_of(style.sample).parent.mkdir(parents=True, exist_ok=True)
    style.path_of(style.sample).write_bytes(SPECIMEN)
    return style


def fill(version: PlanVersion, key: str, values: dict, *, by: Member, as_typed: dict | None = None) -> Part:
    """Save answers on top of those that a part has."""
    with acting_for(by.municipality):
        part = part_of(version, key)
        record = saving.Record(part.answers | values, as_typed or {})
        outcome = saving.save(part, record, expected=part.edit_no, save_id=uuid4(), by=by, at=NOW)
        assert outcome.answer == "saved", outcome
        return part_of(version, key)


def part_of(version: PlanVersion, key: str) -> Part:
    with acting_for(version.municipality_id):
        rows = Part.objects.select_related(
            "version__plan", "version__municipality", "department", "municipality"
        )
        return rows.get(version=version, key=key)
