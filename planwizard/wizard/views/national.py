"""The catalogue of national measures beside a plan: search, read, adopt with one click."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from planwizard.catalog.models import NationalMeasure, Status
from planwizard.plans import adoption, structure
from planwizard.plans.access import fetch_or_404, is_open_to, may_arrange, may_edit, version_or_404
from planwizard.plans.models import Adoption, Part, PlanVersion
from planwizard.web.errors import Refused
from planwizard.web.interruption import Interruption, ask
from planwizard.wizard.adopted import told_of
from planwizard.wizard.navigation import steps_of
from planwizard.wizard.views.adopting_many import MOST
from planwizard.wizard.views.measures import measure_or_404

_PER_PAGE = 20
_LONGEST_SEARCH = 200
_ALL = "all"
_STATUSES = (("", "今の施策（有効、未確認）"), *Status.choices, (_ALL, "すべて"))


@require_GET
def national_measures(request: HttpRequest, version_id: UUID) -> HttpResponse:
    """Search by area, words, ministry and status; without a status, what goes on."""
    version = version_or_404(request.member, version_id, to="read")
    asked = {
        name: request.GET.get(name, "")[:_LONGEST_SEARCH]
        for name in ("area", "words", "ministry", "status", "part", "examples")
    }
    rows = NationalMeasure.objects.offered()
    ministries = rows.ministries()
    if asked["area"]:
        rows = rows.in_area(asked["area"])
    if asked["ministry"]:
        rows = rows.of_ministry(asked["ministry"])
    if not asked["status"]:
        rows = rows.going_on()
    elif asked["status"] != _ALL:
        rows = rows.filter(status=asked["status"])
    rows = rows.matching(asked["words"]).in_order().select_related("edition", "replaced_by")
    page = Paginator(rows, _PER_PAGE).get_page(request.GET.get("page"))
    target, is_open = _target(request, version), may_arrange(request.member) and not version.is_frozen
    ticked = request.GET.getlist("entry")[:MOST] if is_open and not target else []
    context = {
        "version": version,
        "nav": steps_of(version),
        "here": "measures",
        "asked": asked,
        "pillars": version.edition.pillars,
        "ministries": ministries,
        "statuses": _STATUSES,
        "page": page,
        "ticked": ticked,
        "ticked_elsewhere": _ticked_elsewhere(ticked, page),
        "adopted": _adopted(version),
        "target": target,
        "may_arrange": is_open,
    }
    return render(request, "wizard/national_measures.html", context)


def _ticked_elsewhere(ticked: Sequence[str], page: Iterable[NationalMeasure]) -> list[NationalMeasure]:
    """What was ticked on another page or in an earlier search."""
    others = set(ticked) - {entry.reference for entry in page} if ticked else set()
    if not others:
        return []
    found = NationalMeasure.objects.offered().going_on().by_references(list(others))
    return list(found.in_order().select_related("edition"))


def _target(request: HttpRequest, version: PlanVersion) -> Part | None:
    """The measure to which entries are added, when the list was opened from its sheet."""
    key = request.GET.get("part", "")
    part = Part.objects.of(version).kept().measures().filter(key=key).first() if key else None
    return part if part is not None and is_open_to(request.member, part) else None


@require_GET
def national_measure(request: HttpRequest, version_id: UUID, edition: str, code: str) -> HttpResponse:
    """One entry, whole, with every mark of what is not certain."""
    version = version_or_404(request.member, version_id, to="read")
    entry = _entry_or_404(edition, code)
    own = Part.objects.of(version).kept().measures().select_related("department").in_order()
    context = {
        "version": version,
        "nav": steps_of(version),
        "here": "measures",
        "entry": entry,
        "successor": _successor(entry),
        "pillar": version.edition.pillar(entry.area),
        "adopted_in": [found.part for found in _adoptions(version) if found.reference == entry.reference],
        "own_measures": [part for part in own if may_edit(request.member, part)],
        "may_arrange": may_arrange(request.member) and not version.is_frozen,
    }
    return render(request, "wizard/national_measure.html", context)


@require_POST
def adopt(request: HttpRequest, version_id: UUID, edition: str, code: str) -> HttpResponse:
    """Make the entry a measure of the town's own, or add it to one that exists."""
    entry = _entry_or_404(edition, code)
    if key := request.POST.get("part", ""):
        part = _open_measure_or_404(request, version_id, key)
        with structure.claim(part.version, by=request.member, part=part):
            adoption.cite(part, entry, by=request.member, at=timezone.now())
        messages.success(
            request, f"「{entry.title}」を施策 {part.measure_no} の関係する国の施策に加えました。"
        )
        return redirect("wizard:measure", version_id, part.key)
    version = version_or_404(request.member, version_id, to="arrange")
    part = adoption.adopt(
        version, entry, by=request.member, at=timezone.now(), with_examples="examples" in request.POST
    )
    messages.success(request, f"採用して、施策 {part.measure_no} を作りました。{told_of(part)}")
    return redirect("wizard:measure", version_id, part.key)


@require_http_methods(["GET", "POST"])
def drop_adoption(request: HttpRequest, version_id: UUID, key: str, adoption_id: UUID) -> HttpResponse:
    """Take a national measure out of a measure; the measure itself stays."""
    part = _open_measure_or_404(request, version_id, key)
    found = fetch_or_404(Adoption.objects.filter(part=part), request.member, pk=adoption_id)
    if request.method == "GET":
        if part.is_frozen:
            raise structure.Frozen
        return ask(request, _asked_to_drop(part, found), version=part.version)
    with structure.claim(part.version, by=request.member, part=part):
        found.delete()
    messages.success(request, f"「{found.title}」を関係する国の施策から外しました。")
    return redirect("wizard:measure", version_id, key)


def _asked_to_drop(part: Part, found: Adoption) -> Interruption:
    facts = [
        f"施策 {part.measure_no} と、書いてある内容はそのまま残ります。",
        "採用したときのカタログの文は消えます。もう一度選ぶと、いまのカタログの文になります。",
    ]
    back = reverse("wizard:measure", args=[part.version_id, part.key]) + "#id_national_measures"
    return Interruption(f"国の施策「{found.title}」を外しますか", facts, "外す", back)


def _open_measure_or_404(request: HttpRequest, version_id: UUID, key: str) -> Part:
    """A measure that the person may write and has not handed in; the structure refuses when it is frozen."""
    part = measure_or_404(request, version_id, key, to="edit")
    if not part.is_frozen and not is_open_to(request.member, part):
        raise Refused("この施策は提出済みです。直すには「提出を取りやめる」を押してください。")
    return part


def _successor(entry: NationalMeasure) -> NationalMeasure | None:
    """What follows an ended entry, if officers may choose it."""
    found = entry.replaced_by
    return found if found is not None and found.is_offered and found.edition.is_active else None


def _entry_or_404(edition: str, code: str) -> NationalMeasure:
    rows = NationalMeasure.objects.offered().select_related("edition", "replaced_by__edition", "document")
    entry = rows.filter(edition__code=edition, code=code).first()
    if entry is None:
        raise Http404
    return entry


def _adoptions(version: PlanVersion) -> list[Adoption]:
    kept = Adoption.objects.filter(part__version=version, part__deleted_at=None)
    return list(kept.select_related("part"))


def _adopted(version: PlanVersion) -> dict[str, list[str]]:
    """``{edition/code: numbers of the measures that adopted it}``."""
    found: dict[str, list[str]] = {}
    for row in _adoptions(version):
        found.setdefault(row.reference, []).append(row.part.measure_no)
    return found
