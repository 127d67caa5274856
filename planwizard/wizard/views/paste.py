"""Excel から貼り付ける: a copied block as rows of a list, looked at before it is taken over.

The script asks for the same page, shows it over the form, and takes the drawn rows instead of saving them.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from planwizard.blueprint import pasting
from planwizard.blueprint.kinds import Rows
from planwizard.blueprint.new_rows import rows_of
from planwizard.common.keys import new_key
from planwizard.plans import saving
from planwizard.plans.access import part_or_404
from planwizard.plans.models import Part
from planwizard.wizard import layout
from planwizard.wizard.controls import Paper, box
from planwizard.wizard.forms import PartForm, edit_no_of, form_for, new_save_id, save_id_of
from planwizard.wizard.navigation import steps_in
from planwizard.wizard.outline import outline_of
from planwizard.wizard.small_start import ALL, all_fields, small_sheet
from planwizard.wizard.views import writing
from planwizard.wizard.views.parts import write_url

_MOST_SHOWN = 30  # rows of the block; the others go the same way
_MOST_TOLD = 20


@dataclass(frozen=True, slots=True)
class Pasting:
    """What was pasted into which list, and what has been decided about it."""

    form: PartForm
    path: str
    rows: Rows
    text: str
    found: pasting.Pasted
    start: str = ""  # the column and the number of the row that it was pasted into, on a page with scripts
    row: int = 0

    @property
    def targets(self) -> list[pasting.Target]:
        return pasting.targets(self.rows, self.form.years)

    @property
    def head(self) -> list[tuple[pasting.Column, str]]:
        """The columns, each with the path of its place."""
        return [
            (column, column.target.path if column.target else pasting.NOWHERE)
            for column in self.found.columns
        ]

    @property
    def shown(self) -> list[tuple[int, list[tuple[pasting.Cell, bool]]]]:
        """The first rows by number, each cell with whether it has a place."""
        placed = [column.target is not None for column in self.found.columns]
        lines = enumerate(self.found.rows[:_MOST_SHOWN], 1)
        return [(number, list(zip(row, placed, strict=True))) for number, row in lines]

    @property
    def not_shown(self) -> int:
        return max(0, len(self.found.rows) - _MOST_SHOWN)

    @property
    def told(self) -> list[tuple[int, str, pasting.Cell]]:
        return self.found.problems[:_MOST_TOLD]

    @property
    def not_told(self) -> int:
        return max(0, len(self.found.problems) - _MOST_TOLD)

    def strings(self, keys: list[str]) -> dict[str, list[str]]:
        """The rows under new keys, as the form of the part sends them."""
        return {
            f"{self.path}.{key}.{at}": list(texts)
            for number, key in enumerate(keys)
            for at, texts in self.found.strings(number).items()
        }


@require_http_methods(["GET", "POST"])
def paste_rows(request: HttpRequest, version_id: UUID, key: str, path: str) -> HttpResponse:
    part = part_or_404(request.member, version_id, key, to="edit")
    every = dict(rows_of(part.sheet.fields)).get(path)
    if every is None:
        raise Http404
    outline = outline_of(part.version)
    small = small_sheet(request, part, outline)
    rows = dict(rows_of(small.fields)).get(path, every) if small else every
    pasted = _pasted(request, form_for(part, outline=outline), path, rows)
    match request.POST.get("go") if pasted.found.rows else "":
        case "take":
            return _take(request, part, pasted)
        case "rows":
            return HttpResponse(_drawn(pasted))
    is_empty = request.method == "POST" and not pasted.found.rows
    context = {
        "version": part.version,
        "nav": steps_in(outline),
        "part": part,
        "pasting": pasted,
        "nowhere": pasting.NOWHERE,
        "most": pasting.MOST_ROWS,
        "is_empty": is_empty,
        "left_out": [
            column.label for column in every.columns if column.key not in {each.key for each in rows.columns}
        ],
        "edit_no": request.POST.get("edit_no", part.edit_no),
        "save_id": new_save_id(),
        "back": f"{write_url(part)}{all_fields(request)}#id_{path}",
        "to_all": f"{write_url(part)}{ALL}#id_{path}",
    }
    return render(request, "wizard/paste.html", context, status=422 if is_empty else 200)


def _pasted(request: HttpRequest, form: PartForm, path: str, rows: Rows) -> Pasting:
    data = request.POST
    text, start, row = data.get("text", ""), data.get("start", ""), data.get("row", "")
    found = pasting.paste(
        text,
        rows,
        years=form.years,
        choices=form.around.choices,
        start=start,
        has_head={"yes": True, "no": False}.get(data.get("head", "")),
        chosen=data.getlist("to") if data.get("head") == data.get("head_before") else (),
    )
    number = int(row) if row.isascii() and row.isdigit() and len(row) < 5 else 0
    return Pasting(form, path, rows, text, found, start, number)


def _take(request: HttpRequest, part: Part, pasted: Pasting) -> HttpResponse:
    """Save the part as it stands with the rows behind those it has."""
    expected, save_id = edit_no_of(request.POST), save_id_of(request.POST)
    if expected is None or save_id is None:
        return writing.stale(request)
    keys = [new_key() for _ in pasted.found.rows]
    strings = pasted.form.strings
    standing = strings.get(pasted.path, [])
    data = {**strings, **pasted.strings(keys), pasted.path: [*standing, *keys]}
    record = PartForm(data, part=part, around=pasted.form.around).record
    outcome = saving.save(
        part, record, expected=expected, save_id=save_id, by=request.member, at=timezone.now()
    )
    if (answer := writing.refused(request, part, outcome, expected)) is not None:
        return answer
    messages.success(request, f"{pasted.rows.label}に{len(keys)}件を入れました。{_left_out(pasted)}")
    return redirect(f"{write_url(part)}{all_fields(request)}#id_{pasted.path}")


def _left_out(pasted: Pasting) -> str:
    names = "、".join(f"「{head}」" for head in pasted.found.unplaced)
    return f"{names}の列は入れていません。" if names else ""


def _drawn(pasted: Pasting) -> str:
    """The list with these rows alone, as the page has it."""
    keys = [new_key() for _ in pasted.found.rows]
    form = pasted.form
    strings = {**pasted.strings(keys), pasted.path: keys}
    read = PartForm(strings, part=form.part, around=form.around)
    paper = Paper(strings, read.errors, form.around, form.years, {}, form.part.version_id)
    return layout.field(box(pasted.rows, pasted.path, paper))
