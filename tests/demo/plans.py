"""The two demo plans as plain values, and questions that the tests ask them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Any

from planwizard.blueprint import edition, plan_file
from planwizard.blueprint.content import Answers, PartContent, PlanContent, Value
from planwizard.blueprint.kinds import AnyField
from planwizard.blueprint.values import walk

FOLDER = Path(__file__).resolve().parents[2] / "fixtures"
NAMES = ("shiomino", "isonami")


@dataclass(frozen=True)
class DemoPlan:
    name: str
    raw: dict[str, Any]
    content: PlanContent

    @classmethod
    def read(cls, name: str) -> DemoPlan:
        data = (FOLDER / "demo" / f"{name}.json").read_bytes()
        raw = json.loads(data)
        content = plan_file.parse(data).content
        parts = tuple(_with_columns(part, raw) for part in content.parts)
        return cls(name, raw, replace(content, parts=parts, names=_names(raw)))

    def part(self, key: str) -> Answers:
        part = self.content.part(key)
        assert part is not None, key
        return part.answers

    @cached_property
    def measures(self) -> tuple[PartContent, ...]:
        return self.content.measures

    @cached_property
    def period(self) -> range:
        basics = self.content.basics
        return range(basics.year("period_start_fy"), basics.year("period_end_fy") + 1)

    @cached_property
    def kpis(self) -> list[tuple[PartContent, Answers]]:
        return [(part, kpi) for part in self.measures for kpi in part.answers.rows("kpis")]

    def kpi(self, name: str) -> Answers:
        return next(kpi for _, kpi in self.kpis if kpi.text("name") == name)

    def measure(self, number: str) -> Answers:
        return next(part.answers for part in self.measures if part.measure_no == number)

    def indicator(self, name: str) -> Answers:
        rows = self.part("ch1").rows("digital_indicators")
        return next(row for row in rows if row.text("name") == name)

    def answers(self) -> Iterator[tuple[PartContent, str, AnyField, Value]]:
        """Every stored answer with its part, path and field."""
        blueprint = edition(self.content.edition)
        for part in self.content.parts:
            sheet = blueprint.sheet_for(part.kind, part.key, part.pillar)
            for path, field, value in walk(sheet.fields, part.values):
                yield part, path, field, value


def number(answers: Answers, path: str) -> Decimal:
    return Decimal(answers.text(path))


def percent(part: int | Decimal, whole: int | Decimal) -> Decimal:
    """To one decimal, as the plans write it."""
    return (Decimal(part) * 100 / Decimal(whole)).quantize(Decimal("0.1"))


def _names(raw: dict[str, Any]) -> dict[str, dict[str, str]]:
    names: dict[str, dict[str, str]] = {"department": {row["key"]: row["name"] for row in raw["departments"]}}
    for row in raw["citations"]:
        names.setdefault(row["to"], {})[row["key"]] = row["name"]
    return names


def _with_columns(part: PartContent, raw: dict[str, Any]) -> PartContent:
    """The part as it is read from the database: with the answers that stand beside ``values`` in a file."""
    town = raw["municipality"]
    beside = {
        "basics": {
            "municipality_code": town["code"],
            "municipality_name": town["name"],
            "prefecture_name": town["prefecture"],
        },
        "measure": {
            "title": part.title,
            "pillar": part.pillar,
            "measure_no": part.measure_no,
            "department": part.department,
        },
    }
    return replace(part, values={**part.values, **beside.get(part.kind, {})})
