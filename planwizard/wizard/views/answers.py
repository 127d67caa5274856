"""入力の見直し: what was entered in one chapter or sheet, to be checked before it is called できた."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from planwizard.blueprint.kinds import Level
from planwizard.blueprint.values import missing
from planwizard.plans.access import is_open_to, may_edit, part_or_404
from planwizard.plans.models import Kind, Part, PlanVersion
from planwizard.plans.saving import Record
from planwizard.wizard.answers import answers_of, counts
from planwizard.wizard.navigation import step_after, steps_in
from planwizard.wizard.outline import outline_of
from planwizard.wizard.said import said_around
from planwizard.wizard.views.parts import write_url

_ASKED_OF = ("basics", "appendix")  # the parts that conditions of other parts look into


@require_GET
def answers(request: HttpRequest, version_id: UUID, key: str) -> HttpResponse:
    part = part_or_404(request.member, version_id, key, to="read")
    outline = outline_of(part.version)
    nav = steps_in(outline)
    blocks = answers_of(
        part.sheet, said_around(part, outline), Record(part.answers, part.as_typed), _missing(part)
    )
    is_measure = part.kind == Kind.MEASURE
    context = {
        "version": part.version,
        "nav": nav,
        "part": part,
        "blocks": blocks,
        "counts": counts(blocks),
        "write_url": write_url(part) if is_open_to(request.member, part) else "",
        "may_hand_in": may_edit(request.member, part) and not part.is_frozen,
        "next": None if is_measure else step_after(nav, part.key),
    }
    return render(request, "wizard/answers.html", context)


def _missing(part: Part) -> dict[str, Level]:
    """The unanswered fields that the plan needs, with the conditions of each applied."""
    values = {**part.as_typed, **part.answers}
    if part.kind == Kind.MEASURE:
        cited = [adoption.reference for adoption in part.adoptions.all()]
        values |= {"national_measures": cited} if cited else {}
    found = missing(part.sheet, values, _others(part.version))
    return {item.path: item.level for item in found}


def _others(version: PlanVersion) -> dict[str, dict]:
    rows = Part.objects.of(version).kept().filter(key__in=_ASKED_OF)
    return {**dict(rows.values_list("key", "values")), "version": {"stage": version.stage}}
