"""What was read of a few fields, and what is worked out of them: for the script, while the form is being filled in."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_POST

from planwizard.blueprint import computed, values
from planwizard.blueprint import said_back as saying
from planwizard.blueprint.content import Answers
from planwizard.plans.access import part_or_404
from planwizard.wizard.layout import NOTHING_YET


@require_POST
def said_back(request: HttpRequest, version_id: UUID, key: str) -> JsonResponse:
    """Saves nothing. ``said``: by path, what was read or why it could not be; ``computed``: by key, from what came."""
    part = part_or_404(request.member, version_id, key, to="edit")
    strings = dict(request.POST.lists())
    years = values.shown_years(Answers({}), dict.fromkeys(strings, ""))
    typed = values.read(part.sheet, strings, years=years, pictures=())
    places = values.stored_places(part.sheet, {**typed.values, **typed.as_typed})
    came = {path.partition(".")[0] for path in strings}
    words = {
        path: typed.messages.get(path) or saying.said_back(places[path].field, texts[-1])
        for path, texts in strings.items()
        if path in places
    }
    worked_out = {
        name: computed.said(name, Answers(typed.values)) or NOTHING_YET
        for name, sources in computed.FROM.items()
        if came.intersection(sources)
    }
    return JsonResponse({"said": words, "computed": worked_out})
