"""The steps of a version, with their states, for the list beside every page of the work."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from planwizard.plans.models import Kind, PlanVersion, State
from planwizard.wizard.outline import Outline, outline_of

# What the step list calls the states of parts (see docs/screens.md).
_SHOWN = {State.TODO: "reached", State.STARTED: "editing", State.DONE: "completed", State.TO_FIX: "error"}
_ANY = "-step-"  # stands for the key of a step, so that the address is looked up once for all of them


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


def steps_of(version: PlanVersion) -> list[Step]:
    """All steps in the order of the walk. One query."""
    return steps_in(outline_of(version))


def steps_in(outline: Outline) -> list[Step]:
    """The same of an outline that is at hand."""
    version, parts = outline.version, outline.steps
    place = reverse("wizard:step", args=[version.pk, _ANY])
    chapter, steps = 0, []
    for before, part in zip([None, *parts], parts, strict=False):
        is_first_area = part.kind == Kind.AREA and (before is None or before.kind != Kind.AREA)
        chapter += part.kind == Kind.CHAPTER or is_first_area
        steps.append(_step(version, part, _number(version, part, chapter), place))
    return steps


def _number(version: PlanVersion, part: Any, chapter: int) -> str:
    if part.kind == Kind.AREA:
        return f"{chapter}章{version.edition.pillar(part.pillar).mark}"
    return f"{chapter}章" if part.kind == Kind.CHAPTER else ""


def _step(version: PlanVersion, part: Any, number: str, place: str) -> Step:
    state = State(part.state)
    title = version.edition.pillar(part.pillar).short_name if part.kind == Kind.AREA else part.title
    return Step(
        key=part.key,
        title=version.municipality.in_its_name(title),
        kind=part.kind,
        url=place.replace(_ANY, part.key),
        state=_SHOWN[state],
        state_words=str(state.label),
        chip=part.state,
        number=number,
        department=part.department__name or "",
    )
