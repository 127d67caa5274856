"""Answers that cannot all be true: periods, days and years. They are saved all the same and told on 確認."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from planwizard.blueprint.content import Answers, PartContent, PlanContent
from planwizard.blueprint.edition import edition_of
from planwizard.common.fiscal_year import FiscalYear


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Where to look first, and in Japanese what does not fit together."""

    part: str
    path: str
    message: str


def contradictions(content: PlanContent) -> list[Contradiction]:
    """The plain contradictions of a plan, in the order of its parts."""
    found = [*_of_basics(content)]
    period = _period(content.basics)
    for part in content.measures:
        found += _of_measure(part, period)
    return found


def _period(basics: Answers) -> range | None:
    start, end = basics.year("period_start_fy"), basics.year("period_end_fy")
    return range(start, end + 1) if start is not None and end is not None and start <= end else None


def _of_basics(content: PlanContent) -> Iterator[Contradiction]:
    basics = content.basics
    start, end = basics.year("period_start_fy"), basics.year("period_end_fy")
    if start is not None and end is not None and end < start:
        yield Contradiction(
            "basics",
            "period_end_fy",
            f"期間の終わり（{_said(end)}）が、期間の始まり（{_said(start)}）より前です。",
        )
    adopted, published = basics.text("adopted_on"), basics.text("published_on")
    if adopted and published and published < adopted:  # ISO dates sort as they follow one another
        yield Contradiction("basics", "published_on", "公表日が、策定年月日より前です。")
    yield from _unplaced_pillars(content)


def _unplaced_pillars(content: PlanContent) -> Iterator[Contradiction]:
    """Pillars that none of the town's own pillars takes up, for a combined plan that has own pillars."""
    basics = content.basics
    rows = [row for row in basics.rows("own_pillars") if not row.is_blank]
    if basics.text("plan_type") != "combined" or not rows:
        return
    placed = {pillar for row in rows for pillar in row.keys("pillars")}
    left = [pillar.short_name for pillar in edition_of(content).pillars if pillar.key not in placed]
    if left:
        names = "、".join(f"「{name}」" for name in left)
        yield Contradiction(
            "basics", "own_pillars", f"{names}の柱が、基本情報に書いた柱のどれにも当たっていません。"
        )


def _of_measure(part: PartContent, period: range | None) -> Iterator[Contradiction]:
    for number, kpi in enumerate(part.answers.rows("kpis"), 1):
        yield from _outside(part, kpi, period, "target_fy", f"指標 {number}行目の目標年度")
        for year in kpi.by_year("targets"):
            yield from _beyond(
                part, f"{kpi.prefix}targets.{year}.value", year, period, f"指標 {number}行目の年度別目標"
            )
    for number, row in enumerate(part.answers.rows("schedule"), 1):
        yield from _of_schedule(part, row, period, f"工程 {number}行目の")


def _of_schedule(
    part: PartContent, row: Answers, period: range | None, label: str
) -> Iterator[Contradiction]:
    start, end = row.year("start_fy"), row.year("end_fy")
    if start is not None and end is not None and end < start:
        yield Contradiction(
            part.key,
            f"{row.prefix}end_fy",
            f"{label}終了（{_said(end)}）が、開始（{_said(start)}）より前です。",
        )
    yield from _outside(part, row, period, "start_fy", f"{label}開始")
    yield from _outside(part, row, period, "end_fy", f"{label}終了")
    for year in row.by_year("cells"):
        yield from _beyond(part, f"{row.prefix}cells.{year}.text", year, period, f"{label}年度ごとの内容")


def _outside(
    part: PartContent, row: Answers, period: range | None, column: str, label: str
) -> Iterator[Contradiction]:
    year = row.year(column)
    if year is not None:
        yield from _beyond(part, row.prefix + column, year, period, label)


def _beyond(
    part: PartContent, path: str, year: int, period: range | None, label: str
) -> Iterator[Contradiction]:
    if period is not None and year not in period:
        span = f"{_said(period[0])}から{_said(period[-1])}まで"
        yield Contradiction(part.key, path, f"{label}（{_said(year)}）が、計画の期間（{span}）の外です。")


def _said(year: int) -> str:
    return FiscalYear(year).wareki
