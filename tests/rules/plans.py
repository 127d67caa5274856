"""潮見野市's plan with every item confirmed, and ways to change one fact of it."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from functools import cache

from planwizard.blueprint.content import CatalogueFacts, PartContent, PlanContent, Value
from planwizard.rules import Anchor, Confirmed, Result, State, run
from planwizard.rules.anchors import hash_of
from tests.demo.plans import FOLDER, DemoPlan
from tests.manuscript.plans import EDITION

ON = date(2026, 11, 26)
NEWEST = "priority-plan-2025-06-13"
FACTS = CatalogueFacts(NEWEST, {"priority-plan-2024-06-21": ""}, {"local-autonomy-act": date(2026, 4, 1)})


@cache
def shiomino() -> PlanContent:
    return replace(DemoPlan.read("shiomino").content, catalogue=FACTS)


@cache
def isonami() -> PlanContent:
    return replace(DemoPlan.read("isonami").content, catalogue=FACTS)


def empty() -> PlanContent:
    """A plan of which nobody has written anything."""
    parts = tuple(
        PartContent(sheet.key, sheet.kind, sheet.title, place, {})
        for place, sheet in enumerate(EDITION.sheets)
    )
    return replace(shiomino(), parts=parts, stage="draft", decided_on=None)


@cache
def confirmed() -> tuple[Confirmed, ...]:
    """What the officers of 潮見野市 have confirmed."""
    rows = json.loads((FOLDER / "demo" / "shiomino-confirmations.json").read_text())
    return tuple(
        Confirmed(row["item"], row["role"], anchor(row["part"], row["path"], row["quote"]), row["comment"])
        for row in rows
    )


def anchor(part: str, path: str, quote: str) -> Anchor:
    return Anchor(part, path, quote, hash_of(quote))


def judged(content: PlanContent, confirmations: tuple[Confirmed, ...] | None = None) -> dict[str, Result]:
    said = confirmed() if confirmations is None else confirmations
    return {result.rule.id: result for result in run(content, ON, said)}


def states(content: PlanContent, confirmations: tuple[Confirmed, ...] | None = None) -> dict[str, State]:
    return {id: result.state for id, result in judged(content, confirmations).items()}


def answered(content: PlanContent, key: str, **changes: Value | None) -> PlanContent:
    """With some answers of one part changed; ``__`` stands for the dot, None takes an answer away."""
    by_path = {path.replace("__", "."): value for path, value in changes.items()}
    return changed(content, key, by_path)


def changed(content: PlanContent, key: str, changes: dict[str, Value | None]) -> PlanContent:
    part = content.part(key)
    assert part is not None, key
    values = {path: value for path, value in {**part.values, **changes}.items() if value is not None}
    return with_part(content, replace(part, values=values))


def without(content: PlanContent, field: str, *keys: str) -> PlanContent:
    """Without a field, its rows too, in these parts; without keys in every measure."""
    for key in keys or [part.key for part in content.measures]:
        part = content.part(key)
        kept = {
            path: v for path, v in part.values.items() if path != field and not path.startswith(f"{field}.")
        }
        content = with_part(content, replace(part, values=kept))
    return content


def with_part(content: PlanContent, part: PartContent) -> PlanContent:
    return replace(content, parts=tuple(part if each.key == part.key else each for each in content.parts))


def without_measures(content: PlanContent, *pillars: str) -> PlanContent:
    kept = (part for part in content.parts if part.kind != "measure" or part.pillar not in pillars)
    return replace(content, parts=tuple(kept))


def first_measure(content: PlanContent, pillar: str = "online") -> PartContent:
    return next(part for part in content.measures if part.pillar == pillar)
