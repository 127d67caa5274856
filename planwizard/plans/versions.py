"""Making, copying and freezing versions of a plan."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from planwizard.accounts.member import Member
from planwizard.blueprint import CURRENT
from planwizard.blueprint.kinds import Sheet
from planwizard.blueprint.values import initial_values
from planwizard.plans import saving, structure
from planwizard.plans.access import require_right_still
from planwizard.plans.models import Adoption, EditKind, Kind, Part, Plan, PlanVersion, Stage, State

FIRST_LABEL = "第1版"
_COPIED = (
    "kind", "key", "position", "title", "department", "values", "as_typed", "pillar", "measure_no",
    "kpi_count", "search_text", "saved_at", "saved_by_id",
)  # fmt: skip


def create_plan(
    *,
    by: Member,
    at: datetime,
    title: str = "",
    plan_type: str = "standalone",
    is_small_start: bool = False,
) -> PlanVersion:
    """A blank plan of the member's town, with its first version and one part for each step."""
    with transaction.atomic():
        plan = Plan.objects.create(municipality=by.municipality, created_at=at, created_by=by.user)
        facts = {"label": FIRST_LABEL, "stage": Stage.DRAFT, "is_small_start": is_small_start}
        version = add_version(plan, **facts, by=by, at=at)
        parts = blank_parts(version)
        parts[0].values |= {"plan_type": plan_type} | ({"plan_title": title} if title else {})
        Part.objects.bulk_create(parts)
        saving.first_edits(parts, kind=EditKind.BEGUN, by=by, at=at)
        derive(version, parts)
        return version


def add_version(
    plan: Plan, *, label: str, stage: str, by: Member, at: datetime, is_small_start: bool = False
) -> PlanVersion:
    """The next version of a plan, still without parts. Inside a transaction: two at once take turns."""
    require_right_still(by)
    Plan.objects.select_for_update(no_key=True).get(pk=plan.pk)
    return PlanVersion.objects.create(
        municipality_id=plan.municipality_id,
        plan=plan,
        number=plan.versions.count() + 1,
        version_label=label,
        stage=stage,
        blueprint_edition=CURRENT,
        is_small_start=is_small_start,
        created_at=at,
        created_by=by.user,
    )


def blank_parts(version: PlanVersion) -> list[Part]:
    """One unsaved part for each fixed step, the basics first, with the initial answers of its sheet."""
    return [_blank_part(version, sheet, place) for place, sheet in enumerate(version.edition.sheets)]


def derive(version: PlanVersion, parts: Iterable[Part]) -> None:
    """Write the version's title and period anew from its basics."""
    basics = next((part.values for part in parts if part.kind == Kind.BASICS), {})
    PlanVersion.objects.filter(pk=version.pk).update(**saving.derive_version(basics))
    version.refresh_from_db()


def copy_version(source: PlanVersion, *, label: str, stage: str, by: Member, at: datetime) -> PlanVersion:
    """The next version of the same plan with the same content; the source stays readable and is frozen.

    Parts and rows keep their keys, so that both versions can be compared. Frozen before it is read: what
    somebody is just saving is in both, or refused.
    """
    with transaction.atomic():
        freeze(source)
        copy = add_version(
            source.plan, label=label, stage=stage, by=by, at=at, is_small_start=source.is_small_start
        )
        _copy_content(source, copy, at=at, by=by)
        return copy


def copy_as_plan(source: PlanVersion, *, by: Member, at: datetime) -> PlanVersion:
    """A new plan that begins with the content of a version."""
    with transaction.atomic():
        plan = Plan.objects.create(municipality=by.municipality, created_at=at, created_by=by.user)
        copy = add_version(plan, label=FIRST_LABEL, stage=Stage.DRAFT, by=by, at=at)
        _copy_content(source, copy, at=at, by=by)
        return copy


def start_small(version: PlanVersion, is_small_start: bool, *, by: Member) -> None:
    """Have the forms ask the least, or everything. Answers stay as they are. Raises Frozen."""
    with structure.claim(version, by=by):
        PlanVersion.objects.filter(pk=version.pk).update(is_small_start=is_small_start)


def freeze(version: PlanVersion) -> None:
    """Nothing in the version changes any more. The version first, then its parts (the rows that saves check)."""
    with transaction.atomic():
        PlanVersion.objects.filter(pk=version.pk).update(is_frozen=True)
        Part.objects.of(version).update(is_frozen=True)


def _copy_content(source: PlanVersion, copy: PlanVersion, *, at: datetime, by: Member) -> None:
    new_of = {
        part.pk: _copy_of(part, copy)
        for part in Part.objects.of(source).kept().select_related("municipality", "department")
    }
    parts = list(new_of.values())
    Part.objects.bulk_create(parts)
    saving.first_edits(parts, kind=EditKind.IMPORTED, by=by, at=at)
    adoptions = list(Adoption.objects.filter(part__version=source, part__deleted_at=None))
    for adoption in adoptions:
        adoption.pk, adoption.part = uuid.uuid4(), new_of[adoption.part_id]
    Adoption.objects.bulk_create(adoptions)
    PlanVersion.objects.filter(pk=copy.pk).update(blueprint_edition=source.blueprint_edition)
    derive(copy, parts)


def _copy_of(part: Part, copy: PlanVersion) -> Part:
    """The same content under the same key; nothing is handed in or frozen any more."""
    return Part(
        municipality=part.municipality,
        version=copy,
        edit_no=1 if part.edit_no else 0,
        state=State.STARTED if part.edit_no else State.TODO,
        **{name: getattr(part, name) for name in _COPIED},
    )


def _blank_part(version: PlanVersion, sheet: Sheet, place: int) -> Part:
    values = initial_values(sheet)
    return Part(
        municipality_id=version.municipality_id,
        version=version,
        kind=sheet.kind,
        key=sheet.key,
        title=sheet.title,
        position=place * structure.STEP,
        pillar=next((pillar.key for pillar in version.edition.pillars if pillar.part_key == sheet.key), ""),
        values=values,
        **saving.derive(sheet.kind, sheet.title, values, {}),
    )
