"""保存の記録: who saved what when, what an edit changed, and the way back to an earlier text."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.views.decorators.http import require_GET, require_http_methods

from planwizard.plans import history as saves
from planwizard.plans import saving
from planwizard.plans.access import fetch_or_404, is_open_to, part_or_404
from planwizard.plans.models import Edit, EditKind, Part
from planwizard.plans.saving import Record
from planwizard.wizard.answer_list import answer_list
from planwizard.wizard.answers import answers_of
from planwizard.wizard.changes import changed_fields, changes
from planwizard.wizard.forms import edit_no_of, new_save_id, save_id_of
from planwizard.wizard.navigation import steps_in, steps_of
from planwizard.wizard.outline import outline_of
from planwizard.wizard.said import said_around
from planwizard.wizard.views import writing
from planwizard.wizard.views.parts import write_url

LINES = 20
_NAMED = 3  # fields that a line of the list names; the others are counted
_WORDS = {
    EditKind.HANDED_IN: "できた（提出）",
    EditKind.RESTORED: "元に戻す",
    EditKind.SET_ASIDE: "退避（保存が重なったときの文）",
}


@require_GET
def history(request: HttpRequest, version_id: UUID, key: str) -> HttpResponse:
    part = part_or_404(request.member, version_id, key, to="read")
    page = Paginator(saves.lines_of(part), LINES).get_page(request.GET.get("page"))
    page.object_list = _shown(part, page.object_list)
    context = {
        "version": part.version,
        "nav": steps_of(part.version),
        "part": part,
        "page": page,
        "write_url": write_url(part) if is_open_to(request.member, part) else "",
    }
    return render(request, "wizard/history.html", context)


def _shown(part: Part, lines: list[saves.Line]) -> list[dict[str, object]]:
    """The lines of one page with their authors and the fields that each changed. Two queries."""
    edits = part.edits.select_related("author").in_bulk([line.newest.pk for line in lines])
    befores = saves.befores(part, [(line.newest.pk, line.oldest.edit_no, line.newest.kind) for line in lines])
    shown = []
    for line in lines:
        edit = edits[line.newest.pk]
        fields = changed_fields(part.sheet, befores[edit.pk], saves.content_of(edit))
        shown.append(
            {
                "edit": edit,
                "line": line,
                "words": _kind_words(edit),
                "fields": fields[:_NAMED],
                "more": len(fields[_NAMED:]),
                "is_present": edit.edit_no == part.edit_no and edit.kind != EditKind.SET_ASIDE,
            }
        )
    return shown


@require_GET
def edit(request: HttpRequest, version_id: UUID, key: str, edit_id: UUID) -> HttpResponse:
    """What one edit changed, and its whole text, to be read and copied from."""
    part = part_or_404(request.member, version_id, key, to="read")
    found = _edit_or_404(request, part, edit_id)
    outline = outline_of(part.version)
    said = said_around(part, outline)
    since = _since(request, found)
    before = saves.befores(part, [(found.pk, since, found.kind)])[found.pk]
    text = saves.content_of(found)
    context = {
        "version": part.version,
        "nav": steps_in(outline),
        "part": part,
        "edit": found,
        "words": _kind_words(found),
        "is_set_aside": found.kind == EditKind.SET_ASIDE,
        "changes": changes(part.sheet, said, before, text),
        "answer_list": answer_list(answers_of(part.sheet, said, text, {}), part.version_id),
        "may_restore": is_open_to(request.member, part) and text != Record(part.answers, part.as_typed),
    }
    return render(request, "wizard/edit.html", context)


@require_http_methods(["GET", "POST"])
def restore(request: HttpRequest, version_id: UUID, key: str, edit_id: UUID) -> HttpResponse:
    """Shows what going back would change; then makes the earlier text the present one, as an edit of its own."""
    part = part_or_404(request.member, version_id, key, to="edit")
    found = _edit_or_404(request, part, edit_id)
    if request.method == "POST":
        return _restored(request, part, found)
    if not is_open_to(request.member, part):
        return redirect("wizard:edit", version_id, key, edit_id)
    outline = outline_of(part.version)
    now, then = Record(part.answers, part.as_typed), saving.restored(part, found, by=request.member)
    context = {
        "version": part.version,
        "nav": steps_in(outline),
        "part": part,
        "edit": found,
        "changes": changes(part.sheet, said_around(part, outline), now, then),
        "save_id": new_save_id(),
    }
    return render(request, "wizard/restore.html", context)


def _restored(request: HttpRequest, part: Part, found: Edit) -> HttpResponse:
    expected, save_id = edit_no_of(request.POST), save_id_of(request.POST)
    if expected is None or save_id is None:
        return writing.stale(request)
    outcome = saving.restore(
        part, found, expected=expected, save_id=save_id, by=request.member, at=timezone.now()
    )
    if (answer := writing.refused(request, part, outcome, expected)) is not None:
        return answer
    at = date_format(timezone.localtime(found.at), "n月j日 G時i分")
    messages.success(
        request,
        f"{at}の内容に戻しました。戻す前の内容も「保存の記録」に残っているので、また戻せます。続きを書けます。",
    )
    return redirect(write_url(part))


def _edit_or_404(request: HttpRequest, part: Part, edit_id: UUID) -> Edit:
    return fetch_or_404(part.edits.select_related("author"), request.member, pk=edit_id)


def _since(request: HttpRequest, found: Edit) -> int:
    """The number of the first edit that a line of the history holds; the edit's own for anything else."""
    text = request.GET.get("since", "")
    is_number = text.isascii() and text.isdigit() and len(text) < 10
    return min(int(text), found.edit_no) if is_number and found.kind == EditKind.AUTO else found.edit_no


def _kind_words(found: Edit) -> str:
    return _WORDS.get(EditKind(found.kind), found.get_kind_display())
