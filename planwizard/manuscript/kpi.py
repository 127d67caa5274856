"""A KPI as the sheet and the list of KPIs print it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from planwizard.blueprint.content import Answers
from planwizard.blueprint.say import kpi_unit
from planwizard.common.numbers import decimals, with_decimals
from planwizard.manuscript.material import Material
from planwizard.manuscript.words import number


@dataclass(frozen=True, slots=True)
class Kpi:
    """One indicator, every value as it is printed; years are fiscal years."""

    title: str
    unit: str
    kind: str
    baseline: str
    baseline_fy: int | None
    target: str
    target_fy: int | None
    targets: dict[int, str]
    explained: str  # what it counts, where the figures come from
    target_in_words: str  # 70.0（令和13年度）
    key: str = ""  # of its row

    @property
    def name(self) -> str:
        return f"{self.title}（{self.unit}）" if self.unit else self.title

    def target_in(self, year: int) -> str:
        """The target of one year; that of the target year stands in for a missing yearly one."""
        return self.targets.get(year, "") or (self.target if year == self.target_fy else "")

    def target_beside(self, years: Sequence[int]) -> str:
        """The target in words, if no column of ``years`` shows it."""
        if not self.target or not years:
            return ""
        is_shown = self.target_fy in years and self.target_in(self.target_fy or 0) == self.target
        return "" if is_shown else f"目標 {self.target_in_words}"

    @classmethod
    def read(cls, material: Material, row: Answers) -> Kpi:
        years = tuple(material.years_of(row, "targets"))
        baseline, last, *yearly = _alike(
            [row.text(path) for path in ("baseline_value", "target_value", *map(_yearly, years))]
        )
        target, target_fy = number(last), row.year("target_fy")
        return cls(
            title=row.text("name"),
            unit=kpi_unit(row),
            kind=material.kpi_words["kind"].get(row.text("kind"), ""),
            baseline=number(baseline),
            baseline_fy=row.year("baseline_fy"),
            target=target,
            target_fy=target_fy,
            targets={year: number(text) for year, text in zip(years, yearly, strict=True)},
            explained=_explained(material, row),
            target_in_words=f"{target}（{material.dates.year(target_fy)}）"
            if target and target_fy
            else target,
            key=row.key,
        )

    @property
    def has_any(self) -> bool:
        return bool(self.title or self.target or self.baseline or self.explained)


def _yearly(year: int) -> str:
    return f"targets.{year}.value"


def _alike(stored: list[str]) -> list[str]:
    """The values of one indicator with as many decimals as the longest of them has."""
    most = max(map(decimals, stored))
    return [with_decimals(each, most) for each in stored]


def _explained(material: Material, row: Answers) -> str:
    """指標名（効果・年度値）：分子÷分母。出典：…"""
    choices = material.kpi_words
    traits = "・".join(filter(None, (choices[key].get(row.text(key), "") for key in choices)))
    as_of = row.text("baseline_as_of")
    facts = (
        ("", row.text("definition")),
        ("現状値の時点：", material.dates.day(as_of) if as_of else ""),
        ("出典・集計方法：", row.text("source")),
        ("数値を定めない理由：", row.text("no_number_reason")),
    )
    told = "".join(f"{label}{fact.rstrip('。')}。" for label, fact in facts if fact)
    name = row.text("name") + (f"（{traits}）" if traits else "")
    return f"{name}：{told}" if told else name if traits else ""
