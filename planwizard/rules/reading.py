"""Questions that several rules ask of a plan."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from planwizard.blueprint.content import Answers, PartContent, PlanContent
from planwizard.rules.rule import Finding, Place, fail

# 時間・日・件・円, and their smaller and larger kin
_SAVED = frozenset({"hours", "minutes", "days", "cases", "yen", "thousand_yen"})


def answers(content: PlanContent, key: str) -> Answers:
    """The answers of a part, blank if the part is not there."""
    part = content.part(key)
    return part.answers if part else Answers({})


def rows(window: Answers, path: str) -> list[Answers]:
    """The rows in which anything is written."""
    return [row for row in window.rows(path) if not row.is_blank]


def said(part: PartContent) -> str:
    """施策6-①-03「窓口の予約」."""
    return f"施策{part.measure_no}「{part.title or '施策名は未入力'}」"


def measures_with(content: PlanContent, *paths: str, pillar: str = "") -> list[PartContent]:
    """The measures that have a row in one of these tables."""
    return [
        part
        for part in content.measures
        if pillar in ("", part.pillar) and any(rows(part.answers, path) for path in paths)
    ]


def of_effect(content: PlanContent, effect: str) -> list[PartContent]:
    """The measures that an expected effect names and that are there."""
    named = set(answers(content, "ch2").keys(f"expected_effects.{effect}.measure_refs"))
    return [part for part in content.measures if part.key in named]


def kpis(content: PlanContent) -> Iterator[tuple[PartContent, Answers]]:
    for part in content.measures:
        for kpi in rows(part.answers, "kpis"):
            yield part, kpi


def saving_kpis(content: PlanContent) -> list[str]:
    """The KPIs by which time, cases or money shall become less."""
    return [
        f"{said(part)}の「{kpi.text('name')}」"
        for part, kpi in kpis(content)
        if kpi.text("unit") in _SAVED and _goes_down(kpi)
    ]


def _goes_down(kpi: Answers) -> bool:
    start, goal = number(kpi, "baseline_value"), number(kpi, "target_value")
    is_less = start is not None and goal is not None and goal < start
    return kpi.text("direction") == "down" or is_less


def number(window: Answers, path: str) -> Decimal | None:
    try:
        return Decimal(window.text(path))
    except InvalidOperation:
        return None


def period(content: PlanContent) -> range | None:
    """The fiscal years of the plan, None while they are unknown or run backwards."""
    start, end = content.basics.year("period_start_fy"), content.basics.year("period_end_fy")
    return range(start, end + 1) if start is not None and end is not None and start <= end else None


def unwritten(content: PlanContent, part: str, path: str, label: str) -> Iterator[Finding]:
    """A fail while neither the item's own field nor the chapter has any text in which a sentence could stand."""
    found = answers(content, part)
    if not found.text(path).strip() and not found.text(f"{part}_text").strip():
        yield blank(part, path, label)


def blank(part: str, path: str, label: str) -> Finding:
    return fail(f"{label}を入力してください。", Place(part, path))
