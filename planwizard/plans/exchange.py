"""A version out to plan.json and a plan in from one, all or nothing."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from planwizard.accounts.member import Member
from planwizard.accounts.models import Department
from planwizard.blueprint import plan_file
from planwizard.blueprint.content import PartContent, PlanContent
from planwizard.blueprint.plan_file import BESIDE_VALUES, BadPlanFile, PlanFile, Problem
from planwizard.catalog.models import NationalMeasure
from planwizard.plans import adoption, pictures, saving, versions
from planwizard.plans.models import EditKind, Kind, Part, Plan, PlanVersion, State
from planwizard.plans.read import content_of
from planwizard.web import confined

MOST_NAMED = 10  # places in one message
CLEANED = "文書に使えない見えない文字を取り除くか、分かれた濁点を文字とまとめました："
TOO_HEAVY = "大きすぎるか複雑すぎて読めません。planwizard で書き出したままの plan.json を選んでください。"


def to_json(version: PlanVersion) -> dict[str, Any]:
    """The version as plan.json's values, without the pictures whose files are lost."""
    content = content_of(version)
    kept = {sha256: pictures.path_of(version.municipality_id, sha256) for sha256 in content.assets}
    found = {sha256: path.read_bytes() for sha256, path in kept.items() if path.is_file()}
    return plan_file.to_json(content, found)


@dataclass(frozen=True, slots=True)
class Loaded:
    """A plan that was taken in."""

    version: PlanVersion
    cleaned: tuple[tuple[str, int], ...]  # path in the file, number of characters that no document can hold

    @property
    def told(self) -> str:
        """What the officer should know of it, in Japanese; "" if all of the file is in the plan as it came."""
        if not self.cleaned:
            return ""
        places = "、".join(f"{path}（{count}文字）" for path, count in self.cleaned[:MOST_NAMED])
        more = len(self.cleaned) - MOST_NAMED
        return f"{CLEANED}{places}{f'、ほか{more}か所' if more > 0 else ''}。"


def load(data: bytes, *, by: Member, at: datetime) -> Loaded:
    """Make a new plan of the member's town from a file. Raises BadPlanFile; then nothing was made."""
    _examine(data)
    file = plan_file.parse(data)
    with transaction.atomic():
        renamed = _departments(file.content, by) | _pictures(file, by=by, at=at)
        plan = Plan.objects.create(municipality=by.municipality, created_at=at, created_by=by.user)
        version = versions.add_version(
            plan,
            label=file.content.version_label or versions.FIRST_LABEL,
            stage=file.content.stage,
            by=by,
            at=at,
        )
        parts = _parts(version, file.content, renamed, by=by, at=at)
        _adoptions(parts, file.content.parts, by=by, at=at)
        versions.derive(version, parts)
        return Loaded(version, file.cleaned)


def _examine(data: bytes) -> None:
    """Have a child with limits read the file first, so that a hostile one harms nobody who is typing."""
    if len(data) > plan_file.MAX_BYTES:
        return  # refused by parse() before it is read
    try:
        found = json.loads(confined.run("planwizard.blueprint.plan_file", data))
    except confined.Gone:
        raise BadPlanFile([Problem("ファイル", TOO_HEAVY)]) from None
    if found:
        raise BadPlanFile([Problem(*problem) for problem in found])


def _parts(
    version: PlanVersion, content: PlanContent, renamed: Mapping[str, str], *, by: Member, at: datetime
) -> list[Part]:
    """The file's parts, and a blank one for each step that the file leaves out."""
    departments = {row.key: row for row in Department.objects.all()}
    found = [_part(version, item, renamed, departments, by=by, at=at) for item in content.parts]
    have = {part.key for part in found}
    blank = [part for part in versions.blank_parts(version) if part.key not in have]
    Part.objects.bulk_create([*found, *blank])
    saving.first_edits([*found, *blank], kind=EditKind.IMPORTED, by=by, at=at)
    return found


def _part(
    version: PlanVersion,
    item: PartContent,
    renamed: Mapping[str, str],
    departments: Mapping[str, Department],
    *,
    by: Member,
    at: datetime,
) -> Part:
    beside = BESIDE_VALUES.get(item.kind, ())
    values = {path: _renamed(value, renamed) for path, value in item.values.items() if path not in beside}
    is_written = bool(values or item.as_typed)
    return Part(
        municipality=by.municipality,
        version=version,
        kind=item.kind,
        key=item.key,
        title=item.title,
        position=item.position,
        pillar=item.pillar,
        measure_no=item.measure_no,
        department=departments.get(renamed.get(item.department, item.department)),
        values=values,
        as_typed=dict(item.as_typed),
        state=State.STARTED if is_written else State.TODO,
        edit_no=1 if is_written else 0,
        saved_at=at if is_written else None,
        saved_by=by.user if is_written else None,
        **saving.derive(item.kind, item.title, values, item.as_typed),
    )


def _adoptions(parts: Iterable[Part], items: Iterable[PartContent], *, by: Member, at: datetime) -> None:
    """What each measure adopted, in the file's wording; tied to this catalogue's entry where it has one."""
    part_of = {part.key: part for part in parts}
    kept = [
        (part_of[item.key], found) for item in items for found in item.adoptions if item.kind == Kind.MEASURE
    ]
    references = [f"{found.edition_code}/{found.code}" for _, found in kept]
    rows = NationalMeasure.objects.by_references(references).select_related("edition")
    entries = {row.reference: row for row in rows}
    for (part, found), reference in zip(kept, references, strict=True):
        adoption.add(part, found, entries.get(reference), by=by, at=at)


def _departments(content: PlanContent, by: Member) -> dict[str, str]:
    """``{key in the file: key here}``: by key, then by name; what is missing is made under its own key."""
    here = {row.key: row for row in Department.objects.all()}
    by_name = {row.name: row.key for row in here.values()}
    renamed = {}
    for place, (key, name) in enumerate(content.names["department"].items()):
        if key in here:
            continue
        if name not in by_name:
            Department.objects.create(
                municipality=by.municipality, key=key, name=name, position=len(here) + place
            )
            by_name[name] = key
        renamed[key] = by_name[name]
    return renamed


def _pictures(file: PlanFile, *, by: Member, at: datetime) -> dict[str, str]:
    """``{hash in the file: hash here}``: pictures are drawn anew like any upload."""
    renamed = {}
    for index, (sha256, data) in enumerate(file.assets.items()):
        try:
            renamed[sha256] = pictures.store(data, by=by, at=at).sha256
        except pictures.PictureRefused as refusal:
            raise BadPlanFile([Problem(f"assets[{index}].data", str(refusal))]) from None
    return renamed


def _renamed(value: Any, renamed: Mapping[str, str]) -> Any:
    """A value with the keys of departments and pictures as they are called here."""
    if isinstance(value, list):
        return [renamed.get(item, item) for item in value]
    return renamed.get(value, value) if isinstance(value, str) else value
