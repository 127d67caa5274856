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


def steps(start: PlanContent, end: PlanContent) -> list[PlanContent]:
    """From one plan to another of fewer parts or other answers, one fact at a time: a stage, a part, an answer, a list of rows."""
    found = [start]
    if start.stage != end.stage:
        found.append(replace(found[-1], stage=end.stage))
    for part in start.parts:
        other = end.part(part.key)
        if other is None:
            kept = tuple(each for each in found[-1].parts if each.key != part.key)
            found.append(replace(found[-1], parts=kept))
            continue
        for fact in _differing(part, other):
            found.append(_taking(found[-1], other, fact))
        if part.as_typed != other.as_typed:
            found.append(with_part(found[-1], other))
    return found


def _differing(part: PartContent, other: PartContent) -> list[str]:
    paths = dict.fromkeys([*part.values, *other.values])
    return list(
        dict.fromkeys(
            _fact_of(path, part, other) for path in paths if part.values.get(path) != other.values.get(path)
        )
    )


def _fact_of(path: str, *parts: PartContent) -> str:
    """The list of rows that the path belongs to, if the rows differ; else the answer itself."""
    rows = (path.rsplit(".", count)[0] for count in range(3))
    return next(
        (
            each
            for each in rows
            if any(isinstance(part.values.get(each), list) for part in parts)
            and len({str(part.values.get(each)) for part in parts}) > 1
        ),
        path,
    )


def _taking(content: PlanContent, other: PartContent, fact: str) -> PlanContent:
    part = content.part(other.key)
    assert part is not None
    kept = {path: value for path, value in part.values.items() if not _is_of(path, fact)}
    taken = {path: value for path, value in other.values.items() if _is_of(path, fact)}
    return with_part(content, replace(part, values=kept | taken))


def _is_of(path: str, fact: str) -> bool:
    return path == fact or path.startswith(f"{fact}.")


def first_measure(content: PlanContent, pillar: str = "online") -> PartContent:
    return next(part for part in content.measures if part.pillar == pillar)
