"""The parts of a version as every page needs them: for the list of steps, and for what references may point to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, get_args

from django.db.models import Case, F, When

from planwizard.blueprint.content import PartContent, PlanContent
from planwizard.blueprint.references import TARGETS, measure_name, names_of
from planwizard.common.fiscal_year import EraDisplay
from planwizard.plans.models import Kind, Part, PlanVersion

# A record of each part would cost three times as much on every page.
_COLUMNS = ("key", "kind", "title", "position", "pillar", "measure_no", "state", "department__name")
_LOOKED_INTO = {"basics", *(target.part for found in TARGETS.values() for target in found)}


@dataclass(frozen=True, slots=True)
class Outline:
    """``rows`` have the columns above and, of the parts that references look into, ``told``: their values."""

    version: PlanVersion
    rows: list[Any]

    @property
    def steps(self) -> list[Any]:
        """All but the measures, in the order of the walk."""
        return [row for row in self.rows if row.kind != Kind.MEASURE]

    @property
    def measures(self) -> list[Any]:
        return [row for row in self.rows if row.kind == Kind.MEASURE]

    @property
    def content(self) -> PlanContent:
        """The plan as far as references look into it, without measures."""
        steps = tuple(_content(row) for row in self.steps if row.told is not None)
        facts = self.version.blueprint_edition, "", self.version.stage, self.version.version_label
        return PlanContent(*facts, self.version.created_at, steps)

    @property
    def era(self) -> EraDisplay:
        """The calendar that the plan's years and days are written in."""
        chosen = next((row.told for row in self.rows if row.kind == Kind.BASICS), {}).get("era_display")
        return chosen if chosen in get_args(EraDisplay) else "wareki"

    def names(self) -> dict[str, Any]:
        """What lies in the plan itself, called as the document calls it: ``{issue | measure | …: {key: name}}``."""
        measures = sorted(self.measures, key=lambda row: row.measure_no)
        return {**names_of(self.content), "measure": {row.key: measure_name(row) for row in measures}}


def outline_of(version: PlanVersion) -> Outline:
    """One query. Two hundred more rows of a few columns cost less than to make the database count them."""
    parts = Part.objects.of(version).kept().in_order()
    told = Case(When(key__in=_LOOKED_INTO, then=F("values")))
    return Outline(version, list(parts.annotate(told=told).values_list(*_COLUMNS, "told", named=True)))


def _content(row: Any) -> PartContent:
    return PartContent(row.key, row.kind, row.title, row.position, row.told)
