"""The catalogue's life: bring an edition, look at what it changes, decide, hand tables out. For 全体管理者 only."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header, urlencode
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from planwizard.accounts.access import open_to
from planwizard.accounts.models import Role
from planwizard.catalog import exporting, imports, side_by_side
from planwizard.catalog.catalog_file import SECTIONS
from planwizard.catalog.columns import title_of
from planwizard.catalog.forms import BringForm
from planwizard.catalog.imported import CatalogImport, ImportedEntry
from planwizard.catalog.measures import Edition
from planwizard.catalog.reading_tables import TablesRefused
from planwizard.common.tables.sheet import MAX_BYTES
from planwizard.common.text import one_line

MOST_LISTED = 50
PER_PAGE = 50
TOO_LARGE = "20MBより大きいファイルは読めません。表のほかのもの（画像など）を消すか、分けてください。"
MEDIA_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}


@open_to(Role.OPERATOR)
@require_http_methods(["GET", "POST"])
def tables(request: HttpRequest) -> HttpResponse:
    """Where the catalogue goes out and comes in: the form to bring a file, earlier files, tables to hand out."""
    form = BringForm(request.POST, request.FILES) if request.method == "POST" else BringForm()
    if request.method == "POST" and form.is_valid() and (brought := _brought(request, form)):
        return redirect(brought)
    context = {
        "form": form,
        "imports": list(CatalogImport.objects.select_related("brought_by")[:MOST_LISTED]),
        "sections": [(section, title_of(model)) for section, model in SECTIONS.items()],
        "editions": list(Edition.objects.all()),
    }
    return render(request, "catalog/tables.html", context, status=422 if form.errors else 200)


def _brought(request: HttpRequest, form: BringForm) -> CatalogImport | None:
    file = form.cleaned_data["file"]
    if file.size > MAX_BYTES:
        form.add_error("file", TOO_LARGE)
        return None
    try:
        return imports.bring(
            one_line(file.name), file.read(), form.asked, by=request.member, at=timezone.now()
        )
    except TablesRefused as refusal:
        form.add_error("file", refusal.messages)
        return None


@open_to(Role.OPERATOR)
@require_safe
def look_at_import(request: HttpRequest, import_id: UUID) -> HttpResponse:
    """What a file changes, entry by entry; one kind of change at a time."""
    brought = _import_or_404(import_id)
    counts = brought.entries.counts()
    kinds = [(kind, kind.label, counts.get(kind, 0)) for kind in ImportedEntry.Verdict]
    shown = request.GET.get("show", "")
    if shown not in ImportedEntry.Verdict.values:
        shown = next((kind for kind, _, count in kinds if count), ImportedEntry.Verdict.NEW)
    rows = brought.entries.filter(verdict=shown)
    context = {
        "brought": brought,
        "kinds": kinds,
        "shown": ImportedEntry.Verdict(shown),
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "chosen": brought.entries.chosen(),
        "error_count": counts.get(ImportedEntry.Verdict.ERROR, 0),
        "trail": [(reverse("catalog:tables"), "取り込みと書き出し")],
        "may_decide": brought.is_open and shown in ImportedEntry.DECIDED,
    }
    return render(request, "catalog/import.html", context)


@open_to(Role.OPERATOR)
@require_POST
def decide_import(request: HttpRequest, import_id: UUID) -> HttpResponse:
    """Keep the decisions of one page; ``go`` = apply writes all of them."""
    brought = _import_or_404(import_id)
    decisions = {
        int(name[9:]): value
        for name, value in request.POST.items()
        if name.startswith("decision-") and name[9:].isdecimal()
    }
    try:
        expected = _number(request.POST.get("edit_no", ""))
        if decisions:
            imports.decide(brought, decisions, expected=expected, by=request.member)
            expected += 1
        if request.POST.get("go") == "apply":
            return _applied(request, brought, expected)
    except imports.Moved as moved:
        imports.compare_again(brought)
        messages.error(request, str(moved))
    except imports.NotApplied as refusal:
        messages.error(request, "何も取り込んでいません。" + " ".join(refusal.messages[:10]))
    else:
        messages.success(request, "選んだ内容を控えました。まだカタログは変わっていません。")
    return redirect(f"{brought.get_absolute_url()}?{_back(request)}")


def _applied(request: HttpRequest, brought: CatalogImport, expected: int) -> HttpResponse:
    count = imports.apply(brought, expected=expected, by=request.member, at=timezone.now())
    messages.success(request, f"{count}件を取り込みました。採用した施策の文は変わりません。")
    return redirect(brought)


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 10 else -1


def _back(request: HttpRequest) -> str:
    show, page = request.POST.get("show", ""), request.POST.get("page", "")
    shown = show if show in ImportedEntry.Verdict.values else ""
    return f"show={shown}&page={page if page.isdecimal() else 1}"


@open_to(Role.OPERATOR)
@require_POST
def discard_import(request: HttpRequest, import_id: UUID) -> HttpResponse:
    imports.discard(_import_or_404(import_id), by=request.member, at=timezone.now())
    messages.success(request, "取り込みをやめました。カタログは変わっていません。")
    return redirect("catalog:tables")


@open_to(Role.OPERATOR)
@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """A table, or all of them as sheets of one file; ``?edition`` narrows the national measures."""
    section, edition = (request.GET.get(name, "") for name in ("section", "edition"))
    form = request.GET.get("form", "xlsx")
    if form not in MEDIA_TYPES or (section not in SECTIONS and (section or form == "csv")):
        raise Http404
    if edition and not Edition.objects.filter(code=edition).exists():
        raise Http404
    try:
        data = (
            exporting.as_csv(section, edition)
            if form == "csv"
            else exporting.as_xlsx([section] if section else list(SECTIONS), edition)
        )
    except TablesRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("catalog:tables")
    answer = HttpResponse(data, content_type=MEDIA_TYPES[form])
    title = title_of(SECTIONS[section]) if section else "国の施策カタログ"
    name = "_".join(filter(None, [title, edition, f"{timezone.localdate():%Y%m%d}"]))
    answer["Content-Disposition"] = content_disposition_header(True, f"{name}.{form}")
    return answer


@open_to(Role.OPERATOR)
@require_http_methods(["GET", "POST"])
def editions(request: HttpRequest) -> HttpResponse:
    """Two editions side by side; a POST notes the successors that were ticked."""
    known = {edition.code: edition for edition in Edition.objects.all()}
    asked = request.POST if request.method == "POST" else request.GET
    older, newer = known.get(asked.get("older", "")), known.get(asked.get("newer", ""))
    if request.method == "POST":
        if older is None or newer is None:
            raise Http404
        count = side_by_side.mark_successors(older, newer, asked.getlist("code"), by=request.member)
        messages.success(request, f"{count}件に後継を記しました。採用した施策の文は変わりません。")
        return redirect(
            f"{reverse('catalog:editions')}?{urlencode({'older': older.code, 'newer': newer.code})}"
        )
    pairs = side_by_side.pairs_of(older, newer) if older and newer and older != newer else []
    context = {
        "trail": [(reverse("catalog:tables"), "取り込みと書き出し")],
        "editions": list(known.values()),
        "older": older,
        "newer": newer,
        "page": Paginator(pairs, PER_PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "catalog/editions.html", context)


def _import_or_404(import_id: UUID) -> CatalogImport:
    return get_object_or_404(CatalogImport.objects.select_related("brought_by", "decided_by"), pk=import_id)
