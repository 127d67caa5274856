"""Rows that were taken out of a form without scripts, and how they come back."""

from __future__ import annotations

from uuid import UUID, uuid5

from django.http import HttpRequest, QueryDict
from django.utils import timezone

from planwizard.blueprint import values
from planwizard.common.keys import is_key
from planwizard.plans import saving
from planwizard.plans.models import EditKind, Part
from planwizard.wizard.forms import form_for
from planwizard.wizard.outline import outline_of

REMOVED = "removed"  # in the address of the page that tells of it
_LAST_EDITS = 20


def removed_in(request: HttpRequest) -> str:
    """The path of the row that the page tells of, "" for none."""
    path = request.GET.get(REMOVED, "")
    return path if is_key(path.rpartition(".")[2]) and len(path) < 100 else ""


def keep_before_removal(request: HttpRequest, part: Part, expected: int, save_id: UUID) -> int:
    """Save the form with the row that is to go, so that nothing typed in it is lost. Gives the number to go on from."""
    outcome = saving.save(
        part,
        form_for(part, request.POST).record,
        expected=expected,
        save_id=uuid5(save_id, "before the row went"),
        by=request.member,
        at=timezone.now(),
        kind=EditKind.AUTO,
    )
    return expected if outcome.refused else outcome.edit_no


def with_row_taken_back(part: Part, data: QueryDict, path: str) -> QueryDict:
    """The form with the row as the newest edit knows it that had it; unchanged if none of the last ones had it."""
    rows, _, key = path.rpartition(".")
    edits = part.edits.newest_first()[:_LAST_EDITS]
    edit = next((edit for edit in edits if key in _keys(edit.values.get(rows))), None)
    if edit is None or key in data.getlist(rows):
        return data
    era = outline_of(part.version).era
    strings = values.to_form(part.sheet, edit.values, edit.as_typed, era=era)
    data = data.copy()
    for at, texts in strings.items():
        if at.startswith(f"{path}."):
            data.setlist(at, texts)
    keys = data.getlist(rows)
    keys.insert(_keys(edit.values[rows]).index(key), key)
    data.setlist(rows, keys)
    return data


def _keys(value: object) -> list[str]:
    return value if isinstance(value, list) else []
