"""Calling several parts done at once: those of the version that miss nothing and that the member may write."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from planwizard.accounts.models import Role
from planwizard.plans import structure
from planwizard.plans.access import version_or_404
from planwizard.plans.models import Part, PlanVersion
from planwizard.web.errors import Refused
from planwizard.wizard.navigation import steps_of
from planwizard.wizard.tasks import to_finish


@require_http_methods(["GET", "POST"])
def finish_parts(request: HttpRequest, version_id: UUID) -> HttpResponse:
    version = version_or_404(request.member, version_id, to="read")
    if not request.member.has(Role.DRAFTER, Role.SECRETARIAT):
        raise Refused("「できた」にするのは、書く課か事務局です。事務局に依頼してください。")
    if request.method == "POST":
        return _finish(request, version)
    context = {
        "version": version,
        "nav": steps_of(version),
        "tasks": to_finish(version, request.member),
    }
    return render(request, "wizard/finish_parts.html", context)


def _finish(request: HttpRequest, version: PlanVersion) -> HttpResponse:
    chosen = list(_chosen(request, version))
    if not chosen:
        messages.error(request, "「できた」にするものを選んでください。")
        return redirect("wizard:finish_parts", version.pk)
    done = structure.hand_in_each(chosen, by=request.member, at=timezone.now())
    if done:
        messages.success(request, _said_of(len(done), request))
    if left := [part for part, _ in chosen if part not in done]:
        names = "".join(f"「{part}」" for part in left)
        messages.warning(
            request, f"{names}は、一覧を開いたあとで変わったので、そのままです。もう一度確かめてください。"
        )
    return redirect("wizard:home", version.pk)


def _said_of(count: int, request: HttpRequest) -> str:
    if request.member.has(Role.SECRETARIAT):
        return f"{count}件を「できた」にしました。"
    return f"{count}件を提出しました。このあと事務局が確かめます。"


def _chosen(request: HttpRequest, version: PlanVersion) -> Iterator[tuple[Part, int]]:
    """Each part that was ticked, with the number of the edit that the page showed."""
    ticked = dict(value.rpartition(".")[::2] for value in request.POST.getlist("part"))
    parts = Part.objects.of(version).kept().filter(key__in=ticked).in_order()
    for part in parts.select_related("department", "municipality"):
        if (seen := ticked[part.key]).isdecimal() and len(seen) < 10:
            part.version = version
            yield part, int(seen)
