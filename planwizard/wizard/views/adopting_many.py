"""Several national measures taken over at once from the list."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_POST

from planwizard.catalog.models import NationalMeasure
from planwizard.plans import adoption
from planwizard.plans.access import version_or_404

MOST = 50  # at once; the ticks travel in the address of the list
_LONGEST = 80  # characters of a reference
_SEARCH = ("area", "words", "ministry", "status", "page")


@require_POST
def adopt_many(request: HttpRequest, version_id: UUID) -> HttpResponse:
    """A measure for each ticked entry that goes on and that the plan has not adopted yet, in one transaction.

    A search or another page of the list comes here too: it keeps what is ticked.
    """
    version = version_or_404(request.member, version_id, to="arrange")
    wanted = list(dict.fromkeys(request.POST.getlist("entry")))
    is_search = request.POST.get("go") == "search" or "page" in request.POST
    if len(wanted) > MOST:
        messages.error(request, f"一度に採用できるのは{MOST}件までです。{MOST + 1}件目からの印は外しました。")
    elif not wanted and not is_search:
        messages.error(request, "採用する国の施策に印を付けてください。")
    if is_search or not 0 < len(wanted) <= MOST:
        return redirect(_list_again(request.POST, version_id, wanted[:MOST]))
    found = NationalMeasure.objects.offered().going_on().by_references(wanted).in_order()
    made = adoption.adopt_many(
        version,
        list(found.select_related("edition", "document", "replaced_by")),
        by=request.member,
        at=timezone.now(),
        with_examples="examples" in request.POST,
    )
    left = len(wanted) - len(made)
    told = f"（{left}件は採用済みか、終わった施策か、もう選べないので作っていません）" if left else ""
    messages.success(
        request, f"{len(made)}件の施策を作りました{told}。わが町の取組として書き直してください。"
    )
    return redirect("wizard:measures", version_id)


def _list_again(typed: QueryDict, version_id: UUID, ticked: Sequence[str]) -> str:
    query = [(name, typed[name]) for name in _SEARCH if typed.get(name)]
    query += [("entry", reference) for reference in ticked if len(reference) <= _LONGEST]
    if query and "examples" not in typed:
        query.append(("examples", "no"))
    address = reverse("wizard:national_measures", args=[version_id])
    return f"{address}?{urlencode(query)}" if query else address
