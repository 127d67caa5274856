"""The start page, and the ways to begin a plan: blank, from the example, as a copy, from a plan.json."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from planwizard.accounts.models import Role
from planwizard.blueprint import CURRENT, edition
from planwizard.blueprint.plan_file import MAX_BYTES, BadPlanFile, Problem
from planwizard.common.text import one_line
from planwizard.compliance import copying
from planwizard.exports.models import ExportJob
from planwizard.plans import exchange, versions
from planwizard.plans.access import may_arrange, may_read, require_right, version_or_404
from planwizard.plans.models import Part, PlanVersion, Stage
from planwizard.wizard import national_news
from planwizard.wizard.next_act import left_for, next_act
from planwizard.wizard.questions import asked_of
from planwizard.wizard.resuming import Resume, to_resume
from planwizard.wizard.small_start import FEWEST
from planwizard.wizard.tasks import map_of

MOST_NEWS = 5
PLAN_TYPE = next(item for item in edition(CURRENT).sheet("basics").fields if item.key == "plan_type")
EXAMPLE = Path(settings.BASE_DIR) / "fixtures" / "demo" / "shiomino.json"


@require_GET
def start(request: HttpRequest) -> HttpResponse:
    """My plans, where I left off, and for a drafter exactly the parts of the own department."""
    member = request.member
    if not may_read(member):
        return redirect("admin:index" if member.has(Role.OPERATOR) else "accounts:members")
    context = {
        "versions": list(PlanVersion.objects.with_last_save().select_related("municipality")[:50]),
        "resume": to_resume(request.user),
        "own_parts": _own_parts(member) if member.has(Role.DRAFTER) else None,
        "news": list(ExportJob.objects.news_for(request.user, timezone.now())[:MOST_NEWS]),
        "may_arrange": may_arrange(member),
        "has_example": EXAMPLE.exists(),
    }
    return render(request, "wizard/start.html", context)


def _own_parts(member: object) -> list[Resume]:
    """What a drafter writes: the department's parts of every open version, one query."""
    rows = Part.objects.kept().of_departments(member.departments).filter(version__is_frozen=False)
    found = rows.for_list().select_related("version", "municipality")
    return [
        Resume.of(part) for part in found.order_by("-version__created_at", "measure_no", "position")[:200]
    ]


@require_GET
def home(request: HttpRequest, version_id: UUID) -> HttpResponse:
    """One version: everything there is to write and how far it is; its other versions."""
    version = version_or_404(request.member, version_id, to="read")
    found = map_of(version, request.user.pk)
    left = left_for(request.member, version, found)
    context = {
        "version": version,
        "map": found,
        "left": left,
        "act": next_act(version, request.member, found, left),
        "siblings": PlanVersion.objects.filter(plan=version.plan_id).order_by("-number"),
        "may_arrange": may_arrange(request.member),
        "national_count": national_news.count_of(version) if may_arrange(request.member) else 0,
        "fewest": FEWEST,
        "of_each_measure": asked_of(version.edition, only_required=True).of_each_measure,
        "stages": Stage.choices,
    }
    return render(request, "wizard/home.html", context)


@require_http_methods(["GET", "POST"])
def new_plan(request: HttpRequest) -> HttpResponse:
    """A blank plan; the page also offers the other ways."""
    _require_secretariat(request)
    if request.method == "GET":
        return _new_plan_page(request)
    title = one_line(request.POST.get("title", ""))
    chosen = request.POST.get("plan_type", "")
    types = [option.key for option in PLAN_TYPE.options]
    version = versions.create_plan(
        by=request.member,
        at=timezone.now(),
        title=title,
        plan_type=chosen if chosen in types else types[0],
        is_small_start=request.POST.get("start") == "small",
    )
    messages.success(request, "計画を作りました。この画面が計画の全体で、いつでもここに戻れます。")
    return redirect("wizard:home", version.pk)


def _new_plan_page(
    request: HttpRequest, problems: list[Problem] | None = None, problem_at: str = ""
) -> HttpResponse:
    """``problem_at``: the id of the field that the problems are about."""
    context = {
        "versions": list(PlanVersion.objects.with_last_save()[:50]),
        "has_example": EXAMPLE.exists(),
        "plan_type": PLAN_TYPE,
        "problems": problems or [],
        "problem_at": problem_at,
    }
    return render(request, "wizard/new_plan.html", context, status=422 if problems else 200)


@require_POST
def copy_plan(request: HttpRequest) -> HttpResponse:
    """A new plan that begins as a copy of a version of the own town."""
    _require_secretariat(request)
    try:
        source = version_or_404(request.member, UUID(request.POST.get("version", "")), to="arrange")
    except ValueError:
        return _new_plan_page(request, [Problem("写す計画", "写す計画を選んでください。")], "id_version")
    version = copying.copy_as_plan(source, by=request.member, at=timezone.now())
    messages.success(request, "計画を写しました。計画名と期間を確かめてください。")
    return redirect("wizard:step", version.pk, "basics")


@require_POST
def plan_from_example(request: HttpRequest) -> HttpResponse:
    """A new plan filled with the invented town's answers, to be overwritten."""
    _require_secretariat(request)
    return _load(
        request,
        EXAMPLE.read_bytes(),
        "見本から計画を作りました。潮見野市は架空の市です。すべての欄をわが町の内容に直してください。",
    )


@require_POST
def import_plan(request: HttpRequest) -> HttpResponse:
    """A new plan from a plan.json."""
    _require_secretariat(request)
    file = request.FILES.get("file")
    if file is None:
        return _new_plan_page(
            request, [Problem("ファイル", "plan.json のファイルを選んでください。")], "id_file"
        )
    return _load(request, file.read(MAX_BYTES + 1), "ファイルから計画を作りました。")


def _load(request: HttpRequest, data: bytes, done: str) -> HttpResponse:
    try:
        loaded = exchange.load(data, by=request.member, at=timezone.now())
    except BadPlanFile as refusal:
        return _new_plan_page(request, refusal.problems, "id_file" if request.FILES else "")
    messages.success(request, done)
    if loaded.told:
        messages.warning(request, loaded.told)
    return redirect("wizard:home", loaded.version.pk)


def _require_secretariat(request: HttpRequest) -> None:
    if request.member is None:
        raise Http404
    require_right(request.member, "arrange")
