"""書き方の案内: hints on one part, beside its form and on a page, and on a whole plan. None stands in the way of saving."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from planwizard.plans import saving
from planwizard.plans.access import is_open_to, may_arrange, part_or_404, version_or_404
from planwizard.plans.models import Part
from planwizard.wizard import hints as told
from planwizard.wizard.forms import edit_no_of, new_save_id, save_id_of
from planwizard.wizard.navigation import steps_of
from planwizard.wizard.views import writing
from planwizard.wizard.views.parts import write_url

GONE = "その所は、もう変わっています。下の一覧が、いまの文の案内です。"


@require_GET
def plan_hints(request: HttpRequest, version_id: UUID) -> HttpResponse:
    """書き方の確認: the hints on all parts of a plan."""
    version = version_or_404(request.member, version_id, to="read")
    parts = told.hints_in(version)
    context = {
        "version": version,
        "nav": steps_of(version),
        "parts": parts,
        "count": sum(part.count for part in parts),
        "may_arrange": may_arrange(request.member),
    }
    return render(request, "wizard/plan_hints.html", context)


@require_http_methods(["GET", "POST"])
def hints(request: HttpRequest, version_id: UUID, key: str) -> HttpResponse:
    """The hints on a part; a button saves a safe fix as any other save."""
    to = "edit" if request.method == "POST" else "read"
    part = part_or_404(request.member, version_id, key, to=to)
    if request.method == "POST":
        return _fix(request, part)
    context = {
        "version": part.version,
        "nav": steps_of(part.version),
        "part": part,
        "found": told.hints_on(part),
        "may_write": is_open_to(request.member, part),
        "may_arrange": may_arrange(request.member),
        "save_id": new_save_id(),
        "write_url": write_url(part),
    }
    return render(request, "wizard/hints.html", context)


@require_GET
def hints_beside(request: HttpRequest, version_id: UUID, key: str) -> HttpResponse:
    """The same without a page around it, which the writing page shows for the field in focus."""
    part = part_or_404(request.member, version_id, key, to="read")
    context = {
        "fields": told.hints_on(part).fields,
        "may_write": is_open_to(request.member, part),
        "is_beside": True,
    }
    return render(request, "wizard/hint-entries.html", context)


def _fix(request: HttpRequest, part: Part) -> HttpResponse:
    expected, save_id = edit_no_of(request.POST), save_id_of(request.POST)
    if expected is None or save_id is None:
        return writing.stale(request)
    record, count = told.fixed(part, request.POST.get("fix", ""))
    if not count:
        messages.info(request, GONE)
        return redirect("wizard:hints", part.version_id, part.key)
    outcome = saving.save(
        part, record, expected=expected, save_id=save_id, by=request.member, at=timezone.now()
    )
    if (answer := writing.refused(request, part, outcome, expected)) is not None:
        return answer
    messages.success(request, "直して保存しました。前の文は「保存の記録」から戻せます。")
    return redirect("wizard:hints", part.version_id, part.key)
