"""入力の見直し: what was entered in one chapter or sheet, to be checked before it is called できた."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from planwizard.blueprint.kinds import Level
from planwizard.blueprint.values import missing
from planwizard.plans.access import is_open_to, may_edit, part_or_404
from planwizard.plans.models import Kind, Part, PlanVersion
from planwizard.plans.saving import Record
from planwizard.wizard.answer_list import answer_list
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
    is_measure = part.kind == Kind.MEASURE
    cited = {each.reference: each.title for each in part.adoptions.order_by("at")} if is_measure else {}
    answered = part.answers | ({"national_measures": list(cited)} if cited else {})
    said = said_around(part, outline)
    said = replace(said, names={**said.names, "national_measure": cited})
    record = Record(answered, part.as_typed)
    blocks = answers_of(part.sheet, said, record, _missing(part, answered))
    where = write_url(part) if is_open_to(request.member, part) else ""
    context = {
        "version": part.version,
        "nav": nav,
        "part": part,
        "answer_list": answer_list(blocks, part.version_id, where),
        "counts": counts(blocks),
        "write_url": where,
        "may_hand_in": may_edit(request.member, part) and not part.is_frozen,
        "next": None if is_measure else step_after(nav, part.key),
    }
    return render(request, "wizard/answers.html", context)


def _missing(part: Part, answered: dict[str, object]) -> dict[str, Level]:
    """The unanswered fields that the plan needs, with the conditions of each applied."""
    found = missing(part.sheet, {**part.as_typed, **answered}, _others(part.version))
    return {item.path: item.level for item in found}


def _others(version: PlanVersion) -> dict[str, dict]:
    rows = Part.objects.of(version).kept().filter(key__in=_ASKED_OF)
    return {**dict(rows.values_list("key", "values")), "version": {"stage": version.stage}}
