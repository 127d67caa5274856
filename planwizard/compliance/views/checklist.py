"""チェックリスト: the full page, the maps, and the checks of one part."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from planwizard.compliance import going_through
from planwizard.compliance.judge import judge
from planwizard.compliance.showing import Showing
from planwizard.plans.access import may_arrange, part_or_404, version_or_404
from planwizard.plans.models import PlanVersion
from planwizard.rules.coverage import coverage
from planwizard.rules.elements import COLUMNS


@require_GET
def checklist(request: HttpRequest, version_id: UUID) -> HttpResponse:
    """Every item with its state, its reason and the way to the field."""
    version = version_or_404(request.member, version_id, to="read")
    found = judge(version, on=timezone.localdate())
    showing = Showing(version, found)
    context = {
        "version": version,
        "trail": [home_of(version)],
        "tally": found.tally,
        "groups": showing.groups(),
        "left": going_through.way_of(showing).left,
        "may_go_through": may_arrange(request.member) and not version.is_frozen,
    }
    return render(request, "compliance/checklist.html", context)


@require_GET
def next_stop(request: HttpRequest, version_id: UUID) -> HttpResponse:
    """Lead on to the next place where the checklist waits; after the last one to the checklist."""
    version = version_or_404(request.member, version_id, to="arrange")
    way = going_through.way_through(version, on=timezone.localdate())
    stop = going_through.following(way, request.GET.get(going_through.CHECK, ""))
    return redirect(stop.url if stop else list_of(version)[0])


@require_GET
def maps(request: HttpRequest, version_id: UUID) -> HttpResponse:
    """What is tied to what, and the elements of each measure."""
    version = version_or_404(request.member, version_id, to="read")
    today = timezone.localdate()
    showing = Showing(version, judge(version, on=today))
    context = {
        "version": version,
        "trail": [home_of(version), list_of(version)],
        "maps": [
            (each, [showing.gap(gap.words, gap.at) for gap in each.gaps])
            for each in coverage(showing.content, today)
        ],
        "columns": COLUMNS,
        "rows": showing.matrix(),
    }
    return render(request, "compliance/maps.html", context)


@require_GET
def part_checks(request: HttpRequest, version_id: UUID, key: str) -> HttpResponse:
    """A piece of HTML for the side of a writing page: what the checklist waits for in this part."""
    part = part_or_404(request.member, version_id, key, to="read")
    showing = Showing(part.version, judge(part.version, on=timezone.localdate()))
    content = showing.content.part(key)
    context = {"version": part.version, "items": list(showing.touching(content)) if content else []}
    return render(request, "compliance/part-checks.html", context)


def home_of(version: PlanVersion) -> tuple[str, str]:
    return reverse("wizard:home", args=[version.pk]), version.shown_title


def list_of(version: PlanVersion) -> tuple[str, str]:
    return reverse("compliance:checklist", args=[version.pk]), "チェックリスト"
