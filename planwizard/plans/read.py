"""Read one version whole, as plain values. Six queries at the most, whatever its size."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from planwizard.accounts.models import Department
from planwizard.blueprint.content import AdoptionContent, Answers, Asset, PartContent, PlanContent
from planwizard.catalog.names import names_and_facts
from planwizard.plans import pictures
from planwizard.plans.adoption import content_of as adoption_content
from planwizard.plans.models import Adoption, Kind, Part, PlanVersion, Stage


def content_of(version: PlanVersion) -> PlanContent:
    """The version's undeleted parts in printing order, each measure after its area.

    ``modified`` is the time of the last save, or of the version's making.
    """
    rows = list(Part.objects.of(version).kept().select_related("department", "municipality").in_order())
    adoptions = _adoptions(Adoption.objects.filter(part__version=version))
    parts = tuple(_part(row, adoptions[row.pk]) for row in _printing_order(rows))
    names, facts = names_and_facts()
    return PlanContent(
        edition=version.blueprint_edition,
        identifier=str(version.pk),
        stage=version.stage,
        version_label=version.version_label,
        modified=max((row.saved_at for row in rows if row.saved_at), default=version.created_at),
        parts=parts,
        names={"department": _departments(), **names},
        assets=_assets(version, parts),
        decided_on=_decided_on(version, parts),
        catalogue=facts,
    )


def texts_of(version: PlanVersion) -> PlanContent:
    """The same without names, adoptions and pictures. One query."""
    rows = list(Part.objects.of(version).kept().select_related("department", "municipality").in_order())
    return PlanContent(
        edition=version.blueprint_edition,
        identifier=str(version.pk),
        stage=version.stage,
        version_label=version.version_label,
        modified=version.created_at,
        parts=tuple(_part(row, []) for row in _printing_order(rows)),
    )


def some_of(version: PlanVersion, *, kinds: Collection[str], pks: Collection[UUID]) -> PlanContent:
    """The same of some parts only, without names and pictures: those of these kinds and these. Two queries."""
    wanted = Part.objects.of(version).kept().filter(Q(kind__in=kinds) | Q(pk__in=pks))
    adoptions = _adoptions(Adoption.objects.filter(part__in=pks))
    return PlanContent(
        edition=version.blueprint_edition,
        identifier=str(version.pk),
        stage=version.stage,
        version_label=version.version_label,
        modified=version.created_at,
        parts=tuple(
            _part(row, adoptions[row.pk]) for row in wanted.select_related("department", "municipality")
        ),
    )


def _decided_on(version: PlanVersion, parts: Iterable[PartContent]) -> date | None:
    """The day recorded as 策定年月, once the version is a final one; a draft is not decided by naming a day."""
    if version.stage not in (Stage.FINAL_DRAFT, Stage.AMENDMENT):
        return None
    basics = next((part.answers for part in parts if part.kind == Kind.BASICS), Answers({}))
    day = basics.text("adopted_on")
    return date.fromisoformat(day) if day else None


def _printing_order(rows: Iterable[Part]) -> list[Part]:
    steps = [row for row in rows if row.kind != Kind.MEASURE]
    measures: dict[str, list[Part]] = defaultdict(list)
    for row in rows:
        if row.kind == Kind.MEASURE:
            measures[row.pillar].append(row)
    ordered = []
    for step in steps:
        ordered.append(step)
        if step.kind == Kind.AREA:
            ordered += measures[step.pillar]
    return ordered


def _part(row: Part, adoptions: list[AdoptionContent]) -> PartContent:
    return PartContent(
        key=row.key,
        kind=row.kind,
        title=row.title,
        position=row.position,
        values=row.answers,
        as_typed=row.as_typed,
        pillar=row.pillar,
        measure_no=row.measure_no,
        department=row.department.key if row.department else "",
        adoptions=tuple(adoptions),
    )


def _adoptions(rows: QuerySet[Adoption]) -> defaultdict:
    found = defaultdict(list)
    for adoption in rows.order_by("at", "code"):
        found[adoption.part_id].append(adoption_content(adoption))
    return found


def _assets(version: PlanVersion, parts: Iterable[PartContent]) -> dict[str, Asset]:
    return {sha256: pictures.facts_of(version.municipality_id, sha256) for sha256 in pictures.cited_in(parts)}


def _departments() -> dict[str, str]:
    return {row.key: row.name for row in Department.objects.all()}
