"""The history of a part: its saves from the newest to the oldest, short saves by themselves folded into one line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from planwizard.plans.models import Edit, EditKind, Part
from planwizard.plans.saving import Record

_FOLDED_WITHIN = timedelta(minutes=10)
NOTHING = Record({}, {})


class Entry(NamedTuple):
    """One edit without its text."""

    pk: UUID
    edit_no: int
    kind: str
    author_id: object
    at: datetime


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the history: an edit, or autosaves of one person in a row, the newest first."""

    entries: tuple[Entry, ...]

    @property
    def newest(self) -> Entry:
        return self.entries[0]

    @property
    def oldest(self) -> Entry:
        return self.entries[-1]


def lines_of(part: Part) -> list[Line]:
    """All lines, the newest first. One query, which fetches no text."""
    rows = part.edits.newest_first().values_list(*Entry._fields)
    return list(folded(Entry(*row) for row in rows))


def folded(entries: Iterable[Entry]) -> Iterator[Line]:
    """Autosaves of one author within ten minutes as one line, if nobody else saved between; all else by itself."""
    run: list[Entry] = []
    for entry in entries:
        if run and not _goes_on(run, entry):
            yield Line(tuple(run))
            run = []
        run.append(entry)
    if run:
        yield Line(tuple(run))


def _goes_on(run: list[Entry], entry: Entry) -> bool:
    newest = run[0]
    return (
        entry.kind == newest.kind == EditKind.AUTO
        and entry.author_id == newest.author_id
        and newest.at - entry.at <= _FOLDED_WITHIN
    )


def befores(part: Part, edits: Iterable[tuple[UUID, int, str]]) -> dict[UUID, Record]:
    """``{edit: the text it was written over}`` for ``(edit, number of the first folded one, kind)``. One query.

    A 退避 edit was written over the text that it lost to.
    """
    wanted = {pk: number if kind == EditKind.SET_ASIDE else number - 1 for pk, number, kind in edits}
    found = part.edits.exclude(kind=EditKind.SET_ASIDE).filter(edit_no__in=set(wanted.values()))
    texts = {number: Record(*text) for number, *text in found.values_list("edit_no", "values", "as_typed")}
    return {pk: texts.get(number, NOTHING) for pk, number in wanted.items()}


def content_of(edit: Edit) -> Record:
    return Record(edit.values, edit.as_typed)
