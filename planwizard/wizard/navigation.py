"""The steps of a version in the order of work, with their states, for the list beside every page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from planwizard.blueprint.small_start import asks_anything
from planwizard.plans.models import Kind, PlanVersion, State
from planwizard.wizard.outline import Outline, outline_of
from planwizard.wizard.remaining import walk_states
from planwizard.wizard.small_start import essential_of

# What the step list calls the states of parts (see docs/screens.md).
_SHOWN = {State.TODO: "reached", State.STARTED: "editing", State.DONE: "completed", State.TO_FIX: "error"}
_ANY = "-step-"  # stands for the key of a step, so that the address is looked up once for all of them
OPTIONAL = "任意"  # in the place of まだ
MEASURES = "measures"  # the list of the measure sheets: a step of the walk, though no part of the plan


@dataclass(frozen=True, slots=True)
class Step:
    key: str
    title: str
    kind: str
    url: str
    state: str  # as the step list draws it
    state_words: str
    chip: str  # as a chip draws it
    number: str = ""  # 第１章
    department: str = ""
    phase: str = ""
    is_optional: bool = False  # a plan may leave it empty
    is_asked: bool = True  # False where a small start has nothing to ask

    @property
    def is_part(self) -> bool:
        return self.key != MEASURES


def steps_of(version: PlanVersion) -> list[Step]:
    """All steps in the order of the walk, which is the one recommended. One query, and three more at the most after an
    edit of what was called done.
    """
    return steps_in(outline_of(version))


def steps_in(outline: Outline) -> list[Step]:
    """The same of an outline that is at hand. The list of measures follows the last area."""
    version = outline.version
    place = reverse("wizard:step", args=[version.pk, _ANY])
    numbers, parts = _numbers(outline), {part.key: part for part in outline.steps}
    order = version.edition.in_order_of_work(parts)
    states, done_sheets = walk_states(version, outline.steps, outline.measures)
    steps = [_step(outline, parts[key], numbers[key], place, states[key]) for key in order]
    areas = [at for at, step in enumerate(steps, 1) if step.kind == Kind.AREA]
    if areas:
        steps.insert(areas[-1], _list_of_measures(outline, steps[areas[-1] - 1].phase, done_sheets))
    return steps


def _numbers(outline: Outline) -> dict[str, str]:
    """What each step is called in the document, whose order is the town's: 3章, 6章①."""
    chapter, numbers, before = 0, {}, ""
    for part in outline.steps:
        chapter += part.kind == Kind.CHAPTER or (part.kind == Kind.AREA and before != Kind.AREA)
        numbers[part.key] = _number(outline.version, part, chapter)
        before = part.kind
    return numbers


def step_after(steps: Sequence[Step], key: str) -> Step | None:
    """The step that follows and asks something, None after the last one."""
    return _neighbour(steps, key, 1)


def step_before(steps: Sequence[Step], key: str) -> Step | None:
    return _neighbour(steps, key, -1)


def _neighbour(steps: Sequence[Step], key: str, by_places: int) -> Step | None:
    at = next((n for n, step in enumerate(steps) if step.key == key), -1) + by_places
    while 0 <= at < len(steps) and not steps[at].is_asked:
        at += by_places
    return steps[at] if 0 <= at < len(steps) else None


def _number(version: PlanVersion, part: Any, chapter: int) -> str:
    if part.kind == Kind.AREA:
        return f"{chapter}章{version.edition.pillar(part.pillar).mark}"
    return f"{chapter}章" if part.kind == Kind.CHAPTER else ""


def _step(outline: Outline, part: Any, number: str, place: str, state: State) -> Step:
    version = outline.version
    is_optional = not asks_anything(essential_of(version, part, outline.plan_type))
    title = version.edition.pillar(part.pillar).short_name if part.kind == Kind.AREA else part.title
    return Step(
        key=part.key,
        title=version.municipality.in_its_name(title),
        kind=part.kind,
        url=place.replace(_ANY, part.key),
        state=_SHOWN[state],
        state_words=OPTIONAL if is_optional and state == State.TODO else str(state.label),
        chip=state,
        number=number,
        department=part.department__name or "",
        phase=version.edition.phase_of(part.key).title,
        is_optional=is_optional,
        is_asked=not (version.is_small_start and is_optional),
    )


def _list_of_measures(outline: Outline, phase: str, done: int) -> Step:
    count = len(outline.measures)
    state = State.TODO if not count else State.DONE if done == count else State.STARTED
    return Step(
        key=MEASURES,
        title="施策シートの一覧",
        kind=MEASURES,
        url=reverse("wizard:measures", args=[outline.version.pk]),
        state=_SHOWN[state],
        state_words=f"{count}件のうち{done}件ができた" if count else "まだありません",
        chip=state,
        department="各課",
        phase=phase,
    )
