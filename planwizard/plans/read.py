"""Read one version whole, as plain values. Three queries, whatever its size."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import fields
from datetime import date

from django.db.models import OuterRef, Q, Subquery

from planwizard.accounts.models import Department
from planwizard.blueprint.content import (
    AdoptionContent,
    Answers,
    Asset,
    CatalogueFacts,
    PartContent,
    PlanContent,
)
from planwizard.catalog import offers
from planwizard.catalog.names import Names, names_and_facts
from planwizard.plans import pictures
from planwizard.plans.models import Adoption, Kind, Part, PartQuerySet, PlanVersion, Stage
from planwizard.web.in_one import InOne

_ADOPTED = [field.name for field in fields(AdoptionContent)]  # columns of an adoption as well


def content_of(version: PlanVersion) -> PlanContent:
    """The version's undeleted parts in printing order, each measure after its area.

    ``modified`` is the time of the last save, or of the version's making.
    """
    names, facts = names_and_facts()
    return _whole(version, {"department": _departments(), **names}, facts)


def for_rules(version: PlanVersion) -> PlanContent:
    """The same as the rules take it: with no names of departments, and with the catalogue as it stood at most ten
    seconds ago. One query, and one of the catalogue.
    """
    return _whole(version, *offers.recent_names_and_facts())


def texts_of(version: PlanVersion) -> PlanContent:
    """The same without names, adoptions and pictures. One query."""
    rows = list(_rows(version))
    return PlanContent(
        edition=version.blueprint_edition,
        identifier=str(version.pk),
        stage=version.stage,
        version_label=version.version_label,
        modified=version.created_at,
        parts=tuple(_part(row) for row in _printing_order(rows)),
    )


def some_of(version: PlanVersion, *, kinds: Collection[str], keys: Collection[str]) -> PlanContent:
    """The same of some parts only, without names and pictures: those of these kinds and these. One query."""
    wanted = _rows(version).filter(Q(kind__in=kinds) | Q(key__in=keys))
    return PlanContent(
        edition=version.blueprint_edition,
        identifier=str(version.pk),
        stage=version.stage,
        version_label=version.version_label,
        modified=version.created_at,
        parts=tuple(_part(row, row.adopted) for row in wanted.annotate(adopted=_adopted())),
    )


def _whole(version: PlanVersion, names: Names, facts: CatalogueFacts) -> PlanContent:
    rows = list(_rows(version).annotate(adopted=_adopted()))
    parts = tuple(_part(row, row.adopted) for row in _printing_order(rows))
    return PlanContent(
        edition=version.blueprint_edition,
        identifier=str(version.pk),
        stage=version.stage,
        version_label=version.version_label,
        modified=max((row.saved_at for row in rows if row.saved_at), default=version.created_at),
        parts=parts,
        names=names,
        assets=_assets(version, parts),
        decided_on=_decided_on(version, parts),
        catalogue=facts,
    )


def _rows(version: PlanVersion) -> PartQuerySet:
    return Part.objects.of(version).kept().select_related("department", "municipality").in_order()


def _adopted() -> Subquery:
    """The adoptions of a part: when, by which code, then as ``AdoptionContent`` has them."""
    own = Adoption.objects.filter(part=OuterRef("pk")).order_by().values("part")
    return Subquery(own.annotate(all=InOne("at", "code", *_ADOPTED)).values("all"))


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


def _part(row: Part, adopted: list[list[str]] | None = None) -> PartContent:
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
        adoptions=tuple(AdoptionContent(*facts) for _, _, *facts in sorted(adopted or ())),
    )


def _assets(version: PlanVersion, parts: Iterable[PartContent]) -> dict[str, Asset]:
    return {sha256: pictures.facts_of(version.municipality_id, sha256) for sha256 in pictures.cited_in(parts)}


def _departments() -> dict[str, str]:
    return {row.key: row.name for row in Department.objects.all()}
