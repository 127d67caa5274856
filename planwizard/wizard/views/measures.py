"""Chapter 6: the list of measures, one sheet each, and what the secretariat does with them."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from planwizard.accounts.models import Role
from planwizard.common.text import one_line
from planwizard.compliance import going_through
from planwizard.plans import national_changes, structure
from planwizard.plans.access import is_open_to, may_arrange, part_or_404, version_or_404
from planwizard.plans.models import Kind, Part, PlanVersion
from planwizard.web.interruption import Interruption, ask
from planwizard.wizard.forms import form_for, new_save_id
from planwizard.wizard.navigation import MEASURES, step_after, step_before, steps_in
from planwizard.wizard.outline import outline_of
from planwizard.wizard.remaining import adopted, states_and_filled, states_in
from planwizard.wizard.small_start import FEWEST, all_fields, kept_query, small_sheet
from planwizard.wizard.views import writing
from planwizard.wizard.views.parts import handed_in, say_if_filled, taken_in_hand, write_url

_LISTED = (
    "pk", "key", "kind", "measure_no", "title", "pillar", "department_id", "department__name", "kpi_count", "state",
    "edit_no", "saved_at", "adopted",
)  # fmt: skip
_NAMED = 30  # numbers that the page before renumbering spells out


@require_GET
def measures(request: HttpRequest, version_id: UUID) -> HttpResponse:
    """All measures by area, with number, title, department, KPI count and state; ``?open`` shows the acts of one."""
    version = version_or_404(request.member, version_id, to="read")
    sheets = Part.objects.of(version).kept().measures().annotate(adopted=adopted())
    found = list(sheets.in_order().values_list(*_LISTED, named=True))
    outline = outline_of(version)
    nav = steps_in(outline)
    areas = (step for step in outline.steps if step.kind == Kind.AREA)
    states, filled = states_and_filled(version, found, outline.steps)
    titles = {area.pillar: version.municipality.in_its_name(area.title) for area in areas}
    context = {
        "version": version,
        "nav": nav,
        "previous": step_before(nav, MEASURES),
        "next": step_after(nav, MEASURES),
        "areas": [
            (pillar, titles.get(pillar.key, pillar.name), [row for row in found if row.pillar == pillar.key])
            for pillar in version.edition.pillars
        ],
        "states": states,
        "filled": filled,
        "count": len(found),
        "fewest": FEWEST,
        "title_help": _title_help(version),
        "open": request.GET.get("open", ""),
        "deleted_count": Part.objects.of(version).deleted(at=timezone.now()).count(),
        "may_arrange": may_arrange(request.member) and not version.is_frozen,
        "may_finish": request.member.has(Role.DRAFTER, Role.SECRETARIAT) and found and not version.is_frozen,
    }
    return render(request, "wizard/measures.html", context)


def _title_help(version: PlanVersion) -> str:
    sheet = next(iter(version.edition.measures.values()))
    return next(item.help for item in sheet.fields if item.key == "title")


@require_http_methods(["GET", "POST"])
def measure(request: HttpRequest, version_id: UUID, key: str) -> HttpResponse:
    part = measure_or_404(request, version_id, key, to="write" if request.method == "POST" else "read")
    if request.method == "POST":
        written = writing.write(request, part)
        if written.answer is not None:
            return written.answer
        return redirect(_target(request, part, written))
    if not is_open_to(request.member, part):
        return redirect("wizard:preview_part", version_id, key)
    outline = outline_of(part.version)
    adoptions = national_changes.adopted_in(part)
    part.adopted = bool(adoptions)
    context = {
        "version": part.version,
        "nav": steps_in(outline),
        "part": part,
        "sheet": part.sheet,
        "form": form_for(
            part,
            outline=outline,
            shown=small_sheet(request, part, outline),
            **writing.opened_with(request),
        ),
        "save_id": new_save_id(),
        "state": states_in(part.version, [part], outline.steps)[part.key],
        "adoptions": adoptions,
        "may_arrange": may_arrange(request.member),
        "asked": going_through.asked(request, part.version, on=timezone.localdate()),
    }
    return render(request, "wizard/measure.html", context)


def _target(request: HttpRequest, part: Part, written: writing.Written) -> str:
    here = reverse("wizard:measure", args=[part.version_id, part.key]) + kept_query(request)
    if written.touched:
        return written.place_on(here)
    go, _, rest = request.POST.get("go", "save").partition(":")
    if go in ("next", "next_measure", "next_check", "hand_in") and not written.form.is_valid():
        return here
    match go:
        case "next_measure":
            say_if_filled(request, part)
            return _next_sheet(request, part)
        case "next":
            say_if_filled(request, part)
            return reverse("wizard:measures", args=[part.version_id])
        case "next_check":
            return going_through.url_after_form(part.version, going_through.opened(request))
        case "hand_in":
            return handed_in(request, part)
        case "take_in_hand":
            return taken_in_hand(request, part)
        case "preview":
            return reverse("wizard:preview_part", args=[part.version_id, part.key])
        case "choose":
            return writing.choosing_on(here, rest)
        case "paste":
            return reverse("wizard:paste", args=[part.version_id, part.key, rest]) + all_fields(request)
        case "picture":
            return reverse("wizard:picture", args=[part.version_id, part.key, rest])
        case _:
            return here


def _next_sheet(request: HttpRequest, part: Part) -> str:
    """The next sheet that the member may write, at the field the keyboard was in, or where that is the first at its top,
    so that its number is seen; after the last one the list.
    """
    areas = [pillar.key for pillar in part.version.edition.pillars]
    found = Part.objects.of(part.version).kept().measures().in_order().for_list()
    sheets = sorted(found, key=lambda sheet: areas.index(sheet.pillar))
    here = next((at for at, sheet in enumerate(sheets) if sheet.key == part.key), len(sheets))
    after = next((sheet for sheet in sheets[here + 1 :] if is_open_to(request.member, sheet)), None)
    if after is None:
        messages.success(request, "保存しました。最後の施策です。")
        return reverse("wizard:measures", args=[part.version_id])
    at = request.POST.get("at", "")
    below = {item.key for item in part.version.edition.measure(after.pillar).fields} - {"title"}
    return write_url(after) + (f"#id_{at}" if at.partition(".")[0] in below and at.isascii() else "")


@require_POST
def add_measure(request: HttpRequest, version_id: UUID) -> HttpResponse:
    version = version_or_404(request.member, version_id, to="arrange")
    pillar = _chosen_pillar(request, version) or version.edition.pillars[0].key
    part = structure.add_measure(
        version,
        pillar,
        by=request.member,
        at=timezone.now(),
        title=one_line(request.POST.get("title", "")),
        values=structure.beginning(pillar, "own"),  # what is of the national list comes by adoption
    )
    messages.success(request, f"施策 {part.measure_no} を作りました。")
    return redirect("wizard:measure", version_id, part.key)


@require_POST
def duplicate_measure(request: HttpRequest, version_id: UUID, key: str) -> HttpResponse:
    part = measure_or_404(request, version_id, key, to="arrange")
    copy = structure.duplicate_measure(part, by=request.member, at=timezone.now())
    messages.success(request, f"{part.measure_no} を写して {copy.measure_no} を作りました。")
    return redirect("wizard:measure", version_id, copy.key)


@require_POST
def move_measure(request: HttpRequest, version_id: UUID, key: str) -> HttpResponse:
    """One place up or down in its area, or to another area."""
    part = measure_or_404(request, version_id, key, to="arrange")
    direction = request.POST.get("to", "")
    if direction in ("up", "down"):
        structure.move_measure(part, by_places=-1 if direction == "up" else 1, by=request.member)
    elif pillar := _chosen_pillar(request, part.version):
        structure.move_to_area(part, pillar, by=request.member)
        messages.success(request, f"「{part.title}」を移しました。施策番号は移った先の番号に変わりました。")
    else:
        messages.error(request, "移す先の区分を選んでください。")
    return redirect(reverse("wizard:measures", args=[version_id]) + f"?open={key}#measure_{key}")


@require_http_methods(["GET", "POST"])
def renumber_measures(request: HttpRequest, version_id: UUID) -> HttpResponse:
    version = version_or_404(request.member, version_id, to="arrange")
    if request.method == "POST":
        structure.renumber(version, by=request.member)
        messages.success(
            request,
            "今の並び順に施策番号を振り直しました。前の番号で配った資料があれば、差し替えてください。",
        )
        return redirect("wizard:measures", version_id)
    if version.is_frozen:
        raise structure.Frozen
    return ask(request, _asked_to_renumber(version), version=version)


def _asked_to_renumber(version: PlanVersion) -> Interruption:
    changed = [(part, number) for part, number in structure.renumbered(version) if part.measure_no != number]
    facts = [f"{part.measure_no} → {number}　{part.title}" for part, number in changed[:_NAMED]]
    if rest := len(changed) - len(facts):
        facts.append(f"ほか {rest} 件")
    warning = "庁内の文書や配った資料に書いた番号とは合わなくなります。前の番号に一度に戻す方法はありません。"
    return Interruption(
        f"{len(changed)}件の施策番号を変えますか" if changed else "番号は今の並び順どおりです",
        [*facts, warning] if changed else ["振り直しても、変わる番号はありません。"],
        "番号を振り直す",
        reverse("wizard:measures", args=[version.pk]),
    )


def measure_or_404(request: HttpRequest, version_id: UUID, key: str, *, to: str) -> Part:
    part = part_or_404(request.member, version_id, key, to=to)
    if part.kind != Kind.MEASURE:
        raise Http404
    return part


def _chosen_pillar(request: HttpRequest, version: PlanVersion) -> str:
    """The pillar that was chosen, "" for anything else."""
    chosen = request.POST.get("pillar", "")
    return chosen if chosen in {pillar.key for pillar in version.edition.pillars} else ""
