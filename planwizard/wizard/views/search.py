"""Search in one version, by words and by what is still to be done."""

from __future__ import annotations

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from planwizard.plans.access import version_or_404
from planwizard.wizard.remaining import states_of
from planwizard.wizard.search import MAX_CHARS, Search, found_in, parts_for, words_of

PER_PAGE = 20
FILTERS = (
    ("mine", "自分の担当"),
    ("unfinished", "書き終えていない"),
    ("without_kpi", "KPIのない施策"),
)


@require_GET
def search(request: HttpRequest, version_id: UUID) -> HttpResponse:
    """Parts that hold all the words and pass the filters, with the fields in which the words are."""
    version = version_or_404(request.member, version_id, to="read")
    typed = request.GET.get("q", "")
    chosen = {name: bool(request.GET.get(name)) for name, _ in FILTERS}
    asked = Search(words_of(typed), **{f"is_{name}": is_on for name, is_on in chosen.items()})
    states = {} if asked.is_empty else states_of(version)
    parts = parts_for(version, asked, request.member, states)
    page = Paginator(parts, PER_PAGE).get_page(request.GET.get("page"))
    for part in page:
        part.version = version
    context = {
        "version": version,
        "typed": typed[:MAX_CHARS],
        "is_cut": len(typed) > MAX_CHARS,
        "filters": [(name, words, chosen[name]) for name, words in FILTERS],
        "is_empty": asked.is_empty,
        "page": page,
        "found": [] if asked.is_empty else [found_in(part, asked, states[part.key]) for part in page],
    }
    return render(request, "wizard/search.html", context)
