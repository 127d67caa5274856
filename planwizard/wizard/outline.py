"""The parts of a version as every page needs them: for the list of steps, and for what references may point to."""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple, get_args

from django.db.models import Case, Exists, F, When

from planwizard.blueprint.content import PartContent, PlanContent
from planwizard.blueprint.references import TARGETS, measure_name, names_of
from planwizard.common.fiscal_year import EraDisplay
from planwizard.plans.models import Kind, Part, PlanVersion
from planwizard.web.in_one import InOne, document, identifier, moment

_COLUMNS = (
    "id", "key", "kind", "title", "position", "pillar", "measure_no", "state", "department_id", "department__name",
    "edit_no", "saved_at",
)  # fmt: skip
_READ = {"department_id": identifier, "saved_by_id": identifier, "saved_at": moment, "told": document}
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
    """One query."""
    return outline_from(version, rows_of(version, _COLUMNS))


def outline_from(version: PlanVersion, rows: Iterable[Any]) -> Outline:
    """The same of rows that are at hand and have these columns."""
    steps, measures = [], []
    for row in rows:
        if row.kind == Kind.MEASURE:
            measures.append(MeasureRow(row.key, row.measure_no, row.title, row.state, row.edit_no))
        else:
            steps.append(row)
    return Outline(version, steps, measures)


def rows_of(version: PlanVersion, columns: Sequence[str], **more: Exists) -> list[Any]:
    """All parts with these columns, with ``more`` and with ``told``: the steps, then the measures, each in their order.

    One query, read as one row: a record of each part would cost three times as much on every page.
    """
    parts = Part.objects.of(version).kept().order_by()
    told = Case(When(key__in=_LOOKED_INTO, then=F("values")))
    listed = parts.aggregate(all=InOne(*columns, *more.values(), told))["all"] or []
    names = *columns, *more, "told"
    for at, read in [(names.index(name), _READ[name]) for name in names if name in _READ]:
        for each in listed:
            each[at] = read(each[at])
    return sorted(
        map(_row(names)._make, listed), key=lambda row: (row.kind == Kind.MEASURE, row.position, row.id)
    )


@lru_cache
def _row(names: Sequence[str]) -> Any:
    return namedtuple("Row", names)


def _content(row: Any) -> PartContent:
    return PartContent(row.key, row.kind, row.title, row.position, row.told)
