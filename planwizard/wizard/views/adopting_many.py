"""Several national measures taken over at once from the list."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from planwizard.catalog.models import NationalMeasure
from planwizard.plans import adoption
from planwizard.plans.access import version_or_404

MOST = 20  # as many as a page of the list shows


@require_POST
def adopt_many(request: HttpRequest, version_id: UUID) -> HttpResponse:
    """A measure for each ticked entry that goes on and that the plan has not adopted yet, in one transaction."""
    version = version_or_404(request.member, version_id, to="arrange")
    wanted = request.POST.getlist("entry")[:MOST]
    found = NationalMeasure.objects.offered().going_on().by_references(wanted).in_order()
    made = adoption.adopt_many(
        version,
        list(found.select_related("edition", "document", "replaced_by")),
        by=request.member,
        at=timezone.now(),
        with_examples="examples" in request.POST,
    )
    if not wanted:
        messages.error(request, "採用する国の施策に印を付けてください。")
        return redirect("wizard:national_measures", version_id)
    left = len(wanted) - len(made)
    told = f"（{left}件は採用済みか、終わった施策か、もう選べないので作っていません）" if left else ""
    messages.success(
        request, f"{len(made)}件の施策を作りました{told}。わが町の取組として書き直してください。"
    )
    return redirect("wizard:measures", version_id)
