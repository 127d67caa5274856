"""章立てと担当, and versions: what only the secretariat does."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from planwizard.accounts.member import Member
from planwizard.accounts.models import Department
from planwizard.common.text import changed_count, clean, one_line
from planwizard.compliance import copying
from planwizard.plans import structure, versions
from planwizard.plans.access import part_or_404, version_or_404
from planwizard.plans.models import Kind, Part, PlanVersion, Stage
from planwizard.wizard.navigation import steps_of
from planwizard.wizard.views import writing

MAX_TITLE, MAX_LABEL = 200, 40  # characters; what goes beyond is cut, and the officer is told


@require_GET
def chapters(request: HttpRequest, version_id: UUID) -> HttpResponse:
    """Titles, order and departments of the chapters; free chapters."""
    version = version_or_404(request.member, version_id, to="arrange")
    nav = steps_of(version)
    steps = {step.key: step for step in nav}
    parts = {
        part.key: part
        for part in Part.objects.of(version).kept().steps().for_list().select_related("municipality")
    }
    context = {
        "version": version,
        "nav": nav,
        "here": "chapters",
        "lines": [
            (steps[key], part, version.edition.is_fixed(key)) for key, part in parts.items() if key in steps
        ],
        "units": structure.chapter_units(version),
        "departments": list(Department.objects.in_order()),
    }
    return render(request, "wizard/chapters.html", context)


@require_POST
def change_chapter(request: HttpRequest, version_id: UUID, key: str) -> HttpResponse:
    """One line of the page: title, department, a place up or down."""
    part = part_or_404(request.member, version_id, key, to="arrange")
    match request.POST.get("act", ""):
        case "retitle":
            _retitle(part, _short(request, "title", "題", MAX_TITLE), by=request.member)
            structure.assign(part, _department(request), by=request.member)
            messages.success(request, "題と担当を変えました。")
        case "up" | "down" as direction:
            _move(part, -1 if direction == "up" else 1, by=request.member)
    return redirect("wizard:chapters", version_id)


def _short(request: HttpRequest, name: str, label: str, most: int) -> str:
    """What was typed in one line, as far as its column goes. What had to go is told."""
    typed = request.POST.get(name, "")
    text = one_line(typed)
    if gone := changed_count(typed, clean(typed)):
        messages.warning(request, f"{writing.CLEANED}{label}（{gone}文字）。")
    if len(text) > most:
        words = f"{label}は{most}文字までです（いまは{len(text):,}文字）。はじめの{most}文字を保存しました。"
        messages.warning(request, words)
    return text[:most]


def _retitle(part: Part, title: str, *, by: Member) -> None:
    """What came back as it was shown keeps the template's blank, so that a copy for another town fills it anew."""
    if title and title != part.shown_title:
        structure.retitle(part, title, by=by)


def _department(request: HttpRequest) -> Department | None:
    return Department.objects.filter(key=one_line(request.POST.get("department", ""))).first()


def _move(part: Part, by_places: int, *, by: Member) -> None:
    """The five areas of chapter 6 move together."""
    units = structure.chapter_units(part.version)
    unit = structure.CHAPTER_SIX if part.kind == Kind.AREA else part.key
    if unit in units:
        at = units.index(unit)
        units.insert(max(0, at + by_places), units.pop(at))
        structure.order_chapters(part.version, units, by=by)


@require_POST
def add_chapter(request: HttpRequest, version_id: UUID) -> HttpResponse:
    version = version_or_404(request.member, version_id, to="arrange")
    title = _short(request, "title", "題", MAX_TITLE)
    if not title:
        messages.error(request, "足す章の題を入力してください。")
        return redirect("wizard:chapters", version_id)
    structure.add_free_chapter(version, title, by=request.member)
    messages.success(request, f"章「{title}」を足しました。")
    return redirect("wizard:chapters", version_id)


@require_http_methods(["GET", "POST"])
def copy_version(request: HttpRequest, version_id: UUID) -> HttpResponse:
    """The next version under a name; this one stays readable and is frozen. The page says so before it is done."""
    version = version_or_404(request.member, version_id, to="arrange")
    if request.method == "GET":
        context = {
            "version": version,
            "nav": steps_of(version),
            "stages": Stage.choices,
            "label": _next_label(version),
        }
        return render(request, "wizard/copy_version.html", context)
    label = _short(request, "label", "版の名", MAX_LABEL) or _next_label(version)
    stage = request.POST.get("stage", "")
    if stage not in Stage.values:
        stage = version.stage
    copy = copying.copy_version(version, label=label, stage=stage, by=request.member, at=timezone.now())
    messages.success(
        request,
        f"「{label}」を作りました。いま見ているのが新しい版です。「{version.version_label}」は読み取り専用になりました。続きはこの版に書いてください。",
    )
    return redirect("wizard:home", copy.pk)


def _next_label(version: PlanVersion) -> str:
    return f"第{version.plan.versions.count() + 1}版"


@require_POST
def start_small(request: HttpRequest, version_id: UUID) -> HttpResponse:
    """Have the forms of a version ask the least, or everything again."""
    version = version_or_404(request.member, version_id, to="arrange")
    is_small_start = request.POST.get("start") == "small"
    versions.start_small(version, is_small_start, by=request.member)
    done = (
        "まず小さく作ります。画面には必須の欄だけが出ます。" if is_small_start else "すべての欄を出します。"
    )
    messages.success(request, f"{done}これまでに書いた内容はそのまま残っています。")
    return redirect("wizard:home", version_id)


@require_POST
def name_version(request: HttpRequest, version_id: UUID) -> HttpResponse:
    """Change a version's name and stage."""
    version = version_or_404(request.member, version_id, to="arrange")
    label, stage = _short(request, "label", "版の名", MAX_LABEL), request.POST.get("stage", "")
    if not label or stage not in Stage.values:
        messages.error(request, "版の名を入力し、段階を選んでください。")
        return redirect("wizard:home", version_id)
    with structure.claim(version, by=request.member):
        PlanVersion.objects.filter(pk=version.pk).update(version_label=label, stage=stage)
    messages.success(request, "版の名と段階を変えました。")
    return redirect("wizard:home", version_id)
