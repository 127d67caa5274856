"""What is looked at in each measure: K1–K9 of its KPIs, and the two elements that the seed checklist names."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from planwizard.blueprint.content import Answers, PartContent, PlanContent
from planwizard.common.fiscal_year import FiscalYear
from planwizard.rules.reading import number, period, rows
from planwizard.rules.rule import ORDER, Place, State


@dataclass(frozen=True, slots=True)
class Cell:
    """One element of one measure. ``reason`` is empty where nothing is to be said."""

    state: State
    reason: str = ""
    at: Place | None = None
    role: str = ""  # of a NEEDS_REVIEW, as in Finding


@dataclass(frozen=True, slots=True)
class Row:
    part: PartContent
    cells: dict[str, Cell]  # by column of COLUMNS; the worst of all KPIs


@dataclass(frozen=True, slots=True)
class _Kpi:
    part: PartContent
    row: Answers
    years: range | None

    @property
    def has_reason(self) -> bool:
        """Why there is no number. The numbers are not asked for then."""
        return bool(self.row.text("no_number_reason").strip()) and not self.row.text("target_value")

    def has(self, column: str) -> bool:
        return bool(self.row.text(column).strip())

    def at(self, column: str) -> Place:
        return Place(self.part.key, self.row.prefix + column)


_FINE = Cell(State.PASS)
_UNASKED = Cell(State.NOT_APPLICABLE)


def _filled(kpi: _Kpi, column: str, label: str) -> Cell:
    return _FINE if kpi.has(column) else Cell(State.FAIL, f"{label}を入力してください。", kpi.at(column))


def _k1(kpi: _Kpi) -> Cell:
    return _filled(kpi, "name", "指標名")


def _k2(kpi: _Kpi) -> Cell:
    return _UNASKED if kpi.has_reason else _filled(kpi, "unit", "単位")


def _k3(kpi: _Kpi) -> Cell:
    if kpi.has_reason:
        return _reasoned(kpi)
    if not kpi.has("baseline_value"):
        return _filled(kpi, "baseline_value", "現状値")
    has_time = kpi.has("baseline_fy") or kpi.has("baseline_as_of")
    return _FINE if has_time else _filled(kpi, "baseline_fy", "現状値の年度")


def _k4(kpi: _Kpi) -> Cell:
    if kpi.has_reason:
        return _UNASKED
    for column, label in (("target_value", "目標値"), ("target_fy", "目標年度")):
        if not kpi.has(column):
            return _filled(kpi, column, label)
    year = kpi.row.year("target_fy")
    if year is not None and kpi.years is not None and year not in kpi.years:
        said = FiscalYear(year).wareki
        return Cell(State.FAIL, f"目標年度（{said}）を計画の期間の中にしてください。", kpi.at("target_fy"))
    return _FINE


def _k5(kpi: _Kpi) -> Cell:
    return _filled(kpi, "definition", "指標の定義")


def _k6(kpi: _Kpi) -> Cell:
    start, goal = number(kpi.row, "baseline_value"), number(kpi.row, "target_value")
    if start is None or goal is None or kpi.row.text("direction") == "keep":
        return _UNASKED
    if start == goal:
        return Cell(
            State.FAIL,
            "目標値が現状値と同じです。保つことが目標なら、方向を「維持」にしてください。",
            kpi.at("target_value"),
        )
    return _FINE


def _k7(kpi: _Kpi) -> Cell:
    if kpi.has_reason:
        return _UNASKED
    if not kpi.has("direction"):
        return Cell(State.FAIL, "方向を選んでください。", kpi.at("direction"))
    start, goal = number(kpi.row, "baseline_value"), number(kpi.row, "target_value")
    if start is None or goal is None:
        return _UNASKED
    direction = kpi.row.text("direction")
    if (direction == "up" and goal < start) or (direction == "down" and goal > start):
        words = "大きいほどよい" if direction == "up" else "小さいほどよい"
        return Cell(
            State.FAIL,
            f"方向は「{words}」ですが、目標値が現状値より悪くなっています。",
            kpi.at("direction"),
        )
    return _FINE


def _k8(kpi: _Kpi) -> Cell:
    direction = kpi.row.text("direction")
    years = kpi.years or kpi.row.by_year("targets")
    steps = [
        (year, value) for year in years if (value := number(kpi.row, f"targets.{year}.value")) is not None
    ]
    if direction not in ("up", "down") or len(steps) < 2:
        return _UNASKED
    for (_, before), (year, value) in zip(steps, steps[1:], strict=False):
        if (value < before) if direction == "up" else (value > before):
            reason = f"{FiscalYear(year).wareki}の目標が、前の年度より後戻りしています。"
            return Cell(State.NOTE, reason, kpi.at(f"targets.{year}.value"))
    return _FINE


def _reasoned(kpi: _Kpi) -> Cell:
    return Cell(
        State.NEEDS_REVIEW,
        "数値の目標がなく、定量化できない理由が書かれています。",
        kpi.at("no_number_reason"),
        role=f"no_number/{kpi.part.key}/{kpi.row.key}",
    )


_OF_A_KPI: dict[str, Callable[[_Kpi], Cell]] = {
    "K1": _k1, "K2": _k2, "K3": _k3, "K4": _k4, "K5": _k5, "K6": _k6, "K7": _k7, "K8": _k8,
}  # fmt: skip
COLUMNS: dict[str, str] = {
    "ME-01": "技術的環境",
    "ME-02": "対策",
    "K1": "指標名",
    "K2": "単位",
    "K3": "現状値と時点",
    "K4": "目標値と年度",
    "K5": "定義",
    "K6": "現状と目標の差",
    "K7": "向き",
    "K8": "年度別目標",
    "K9": "効果の指標",
}


def findings_of(content: PlanContent, part: PartContent) -> Iterator[tuple[str, str, Cell]]:
    """(K1…K9, name of the KPI, cell) of everything in a measure's KPIs; one K1 if it has none."""
    years = period(content)
    found = rows(part.answers, "kpis")
    if not found:
        yield "K1", "", Cell(State.FAIL, "KPIを1つ以上入れてください。", Place(part.key, "kpis"))
        return
    for row in found:
        kpi = _Kpi(part, row, years)
        for column, check in _OF_A_KPI.items():
            yield column, row.text("name"), check(kpi)
    yield "K9", "", _k9(part, found)


def _k9(part: PartContent, found: list[Answers]) -> Cell:
    if any(kpi.text("kind") == "outcome" for kpi in found):
        return _FINE
    return Cell(State.NOTE, "種類が「効果」の指標がありません。", Place(part.key, "kpis"))


def matrix(content: PlanContent) -> list[Row]:
    """Measure × element, in the plan's order."""
    return [Row(part, _cells(content, part)) for part in content.measures]


def _cells(content: PlanContent, part: PartContent) -> dict[str, Cell]:
    cells = dict.fromkeys(COLUMNS, _UNASKED)
    for column, path in (("ME-01", "tech_environment"), ("ME-02", "enabling_actions")):
        is_there = bool(part.answers.text(path).strip())
        cells[column] = _FINE if is_there else Cell(State.NOTE, "書かれていません。", Place(part.key, path))
    for column, name, cell in findings_of(content, part):
        if ORDER[cell.state] < ORDER[cells[column].state] or cells[column] is _UNASKED:
            reason = f"「{name}」の{cell.reason}" if name and cell.reason else cell.reason
            cells[column] = Cell(cell.state, reason, cell.at)
    return cells


def has_numbers(part: PartContent) -> bool:
    """Whether the measure has a KPI with a target that is a number."""
    return any(number(row, "target_value") is not None for row in rows(part.answers, "kpis"))
