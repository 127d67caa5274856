"""What a Reference can point to inside the plan, and what it is called there. Master records are named by the catalogue."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from planwizard.blueprint.content import Answers, PartContent, PlanContent


@dataclass(frozen=True, slots=True)
class Target:
    """Rows that a Reference may point to."""

    part: str
    rows: str
    name: str  # the column that names a row


TARGETS: Mapping[str, tuple[Target, ...]] = {
    "issue": (Target("ch1", "issues", "title"),),
    "own_pillar": (Target("basics", "own_pillars", "title"),),
    "evidence": (
        Target("ch1", "digital_indicators", "name"),
        Target("ch1", "resident_survey", "question"),
        Target("ch1", "staff_survey", "question"),
        Target("ch1", "previous_plan_review", "measure"),
        Target("ch1", "background_needs", "local_situation"),
    ),
}


def names_of(content: PlanContent) -> dict[str, Mapping[str, str]]:
    """``content.names`` with what lies in the plan itself: {issue | own_pillar | evidence | measure: {key: name}}.

    In printing order. A row without a name is called by its number or 「（名なし）」, so that it can be chosen.
    """
    own = {to: _rows_named(content, targets) for to, targets in TARGETS.items()}
    measures = {part.key: measure_name(part) for part in content.measures}
    return {**content.names, **own, "measure": measures}


def _rows_named(content: PlanContent, targets: tuple[Target, ...]) -> dict[str, str]:
    names = {}
    for target in targets:
        part = content.part(target.part)
        rows = part.answers.rows(target.rows) if part else []
        for number, row in enumerate(rows, 1):
            name = row.text(target.name)
            names[row.key] = (
                f"{issue_no(row, number)}　{name}" if target.rows == "issues" else name or NAMELESS
            )
    return names


NAMELESS = "（名なし）"


def issue_no(issue: Answers, number: int) -> str:
    """The number under which an issue is printed: its own, or by its place."""
    return issue.text("no") or f"I-{number}"


def measure_name(part: PartContent) -> str:
    """6-①-03　子育て手続をスマートフォンで完結させる."""
    return f"{part.measure_no}　{part.title}".strip("　") or NAMELESS
