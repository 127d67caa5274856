"""The parts of a version as every page needs them: for the list of steps, and for what references may point to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple, get_args

from django.db.models import Case, Exists, F, Subquery, When

from planwizard.blueprint.content import PartContent, PlanContent
from planwizard.blueprint.references import TARGETS, measure_name, names_of
from planwizard.common.fiscal_year import EraDisplay
from planwizard.plans.models import Kind, Part, PartQuerySet, PlanVersion
from planwizard.web.in_one import InOne

# A record of each part would cost three times as much on every page.
_COLUMNS = (
    "pk", "key", "kind", "title", "position", "pillar", "state", "department_id", "department__name", "edit_no",
    "saved_at", "told",
)  # fmt: skip
_LOOKED_INTO = {"basics", *(target.part for found in TARGETS.values() for target in found)}


class MeasureRow(NamedTuple):
    key: str
    measure_no: str
    title: str
    state: str
    edit_no: int


@dataclass(frozen=True, slots=True)
class Outline:
    """``steps`` are all but the measures in the order of the walk; they have the columns above and, of the parts that
    references look into, ``told``: their values.
    """

    version: PlanVersion
    steps: list[Any]
    measures: list[MeasureRow]

    @property
    def content(self) -> PlanContent:
        """The plan as far as references look into it, without measures."""
        steps = tuple(_content(row) for row in self.steps if row.told is not None)
        facts = self.version.blueprint_edition, "", self.version.stage, self.version.version_label
        return PlanContent(*facts, self.version.created_at, steps)

    @property
    def era(self) -> EraDisplay:
        """The calendar that the plan's years and days are written in."""
        chosen = next((row.told for row in self.steps if row.kind == Kind.BASICS), {}).get("era_display")
        return chosen if chosen in get_args(EraDisplay) else "wareki"

    @property
    def plan_type(self) -> str:
        basics = next((row.told for row in self.steps if row.kind == Kind.BASICS), {})
        return str(basics.get("plan_type", ""))

    def names(self) -> dict[str, Any]:
        """What lies in the plan itself, called as the document calls it: ``{issue | measure | …: {key: name}}``."""
        measures = sorted(self.measures, key=lambda row: row.measure_no)
        return {**names_of(self.content), "measure": {row.key: measure_name(row) for row in measures}}


def outline_of(version: PlanVersion) -> Outline:
    """One query. The measures come in one field of the basics, which every version has."""
    parts = Part.objects.of(version).kept()
    measures = in_basics(parts.measures(), *MeasureRow._fields)
    steps = list(
        parts.steps().annotate(told=told(), measures=measures).values_list(*_COLUMNS, "measures", named=True)
    )
    return Outline(version, steps, [MeasureRow(*each) for each in listed_in(steps)])


def outline_from(version: PlanVersion, rows: Iterable[Any]) -> Outline:
    """The same of all parts in their order, read with the columns of steps and measures and with ``told``."""
    steps, measures = [], []
    for row in rows:
        if row.kind == Kind.MEASURE:
            measures.append(MeasureRow(*(getattr(row, name) for name in MeasureRow._fields)))
        else:
            steps.append(row)
    return Outline(version, steps, measures)


def in_basics(measures: PartQuerySet, *columns: str | Exists) -> Case:
    """These columns of all measures, in no order, as one field of the basics."""
    found = measures.order_by().values("version").annotate(all=InOne(*columns))
    return Case(When(kind=Kind.BASICS, then=Subquery(found.values("all"))))


def listed_in(steps: Iterable[Any]) -> list[list[Any]]:
    """What ``in_basics`` brought, called ``measures``."""
    return next((row.measures for row in steps if row.kind == Kind.BASICS), None) or []


def told() -> Case:
    """The values of a part that references look into."""
    return Case(When(key__in=_LOOKED_INTO, then=F("values")))


def _content(row: Any) -> PartContent:
    return PartContent(row.key, row.kind, row.title, row.position, row.told)
