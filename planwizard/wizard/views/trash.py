"""削除したもの: deleting measures and free chapters, and taking them back within ninety days."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from planwizard.plans import structure
from planwizard.plans.access import fetch_or_404, may_arrange, part_or_404, version_or_404
from planwizard.plans.models import TAKEN_BACK_WITHIN, Kind, Part
from planwizard.web.interruption import Interruption, ask
from planwizard.wizard.navigation import steps_of


@require_GET
def trash(request: HttpRequest, version_id: UUID) -> HttpResponse:
    version = version_or_404(request.member, version_id, to="read")
    now = timezone.now()
    parts = Part.objects.of(version).deleted(at=now).with_deleter().for_list().select_related("municipality")
    context = {
        "version": version,
        "nav": steps_of(version),
        "here": "trash",
        "lines": [(part, _days_left(part, now)) for part in parts],
        "days": TAKEN_BACK_WITHIN.days,
        "may_arrange": may_arrange(request.member) and not version.is_frozen,
    }
    return render(request, "wizard/trash.html", context)


def _days_left(part: Part, now: datetime) -> int:
    return (part.deleted_at + TAKEN_BACK_WITHIN - now).days


@require_http_methods(["GET", "POST"])
def delete_measure(request: HttpRequest, version_id: UUID, key: str) -> HttpResponse:
    part = part_or_404(request.member, version_id, key, to="arrange")
    if part.kind != Kind.MEASURE:
        raise Http404
    return _delete(request, part, _facts_of_measure(part), back=reverse("wizard:measures", args=[version_id]))


@require_http_methods(["GET", "POST"])
def delete_chapter(request: HttpRequest, version_id: UUID, key: str) -> HttpResponse:
    part = part_or_404(request.member, version_id, key, to="arrange")
    if part.kind == Kind.MEASURE or part.version.edition.is_fixed(part.key):
        raise Http404
    facts = ["章の本文が、計画と文書から外れます。後ろの章の番号が1つずつ繰り上がります。"]
    return _delete(request, part, facts, back=reverse("wizard:chapters", args=[version_id]))


def _facts_of_measure(part: Part) -> list[str]:
    kpis = f"（KPI {part.kpi_count}件も）" if part.kpi_count else ""
    return [
        f"施策シートの全体{kpis}が、計画と文書から外れます。",
        "ほかの章でこの施策を選んでいる所は、「今は無い項目」になります。",
        f"番号 {part.measure_no} は欠番になります。詰めるには「番号を振り直す」を使います。",
    ]


def _delete(request: HttpRequest, part: Part, facts: list[str], *, back: str) -> HttpResponse:
    now = timezone.now()
    until = date_format(timezone.localtime(now + TAKEN_BACK_WITHIN), "Y年n月j日")
    if request.method == "POST":
        structure.delete(part, by=request.member, at=now)
        messages.success(request, f"{part} を削除しました。{until}までは「削除したもの」から元に戻せます。")
        return redirect(back)
    if part.version.is_frozen:
        raise structure.Frozen
    facts = [*facts, f"消えてなくなるわけではありません。{until}までは「削除したもの」から元に戻せます。"]
    asked = Interruption(f"「{part}」を削除しますか", facts, "削除する", back)
    return ask(request, asked, version=part.version)


@require_POST
def take_back_measure(request: HttpRequest, version_id: UUID, key: str) -> HttpResponse:
    part = _deleted_or_404(request, version_id, key, is_measure=True)
    _take_back(request, part)
    return redirect("wizard:measures", version_id)


@require_POST
def take_back_chapter(request: HttpRequest, version_id: UUID, key: str) -> HttpResponse:
    part = _deleted_or_404(request, version_id, key, is_measure=False)
    _take_back(request, part)
    return redirect("wizard:chapters", version_id)


def _deleted_or_404(request: HttpRequest, version_id: UUID, key: str, *, is_measure: bool) -> Part:
    version = version_or_404(request.member, version_id, to="arrange")
    rows = Part.objects.of(version).deleted(at=timezone.now()).select_related("version", "department")
    part = fetch_or_404(rows, request.member, key=key)
    if (part.kind == Kind.MEASURE) != is_measure:
        raise Http404
    return part


def _take_back(request: HttpRequest, part: Part) -> None:
    structure.take_back(part, by=request.member, at=timezone.now())
    messages.success(request, f"「{part.shown_title}」を元に戻しました。書いてあった内容もそのままです。")
