"""The map of the work: what there is to write in one version, in the order of work, and how far each part is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import tzinfo
from typing import Any, NamedTuple
from uuid import UUID

from django.urls import reverse
from django.utils import timezone

from planwizard.accounts.member import Member
from planwizard.plans.access import is_open_to
from planwizard.plans.models import Kind, PlanVersion, State
from planwizard.wizard.navigation import MEASURES, OPTIONAL, Step, steps_in
from planwizard.wizard.outline import outline_from, rows_of
from planwizard.wizard.remaining import FILLED, Remaining, adopted, remaining_in, state_of
from planwizard.wizard.small_start import to_any_field

_ANY = "-part-"  # stands for a part's key, so that each address is looked up once
_COLUMNS = (
    "id", "key", "kind", "title", "position", "pillar", "measure_no", "state", "edit_no", "saved_at", "saved_by_id",
    "saved_by__name", "department_id", "department__name", "is_frozen", "handed_in_at",
)  # fmt: skip
_NOTES = {State.TODO: "空でも構いません", State.STARTED: FILLED}
_OF_AREA = "区分の前書きです。空でも構いません"
_MOST_CHARS = 100  # of a title
_MOST_OPEN = 20  # sheets in the whole plan; of more, each area is folded


class Task(NamedTuple):
    """One part: where it is written, who does it, how far it is, and in one line what remains."""

    key: str
    title: str
    url: str
    who: str
    state: str
    state_words: str
    saved: str
    remains: str
    note: str  # where nothing remains
    remains_url: str
    edit_no: int


@dataclass(frozen=True, slots=True)
class Area:
    """One of the five areas: its own text, then its sheets."""

    task: Task
    sheets: tuple[Task, ...]

    @property
    def own(self) -> tuple[Task]:
        return (self.task,)

    @property
    def states(self) -> str:
        """まだ 3、書きかけ 2"""
        counts = Counter(sheet.state_words for sheet in self.sheets)
        return "、".join(f"{state.label} {counts[state.label]}" for state in State if counts[state.label])


@dataclass(frozen=True, slots=True)
class Stretch:
    """A phase of the work: its tasks, and in the phase of the measures the areas."""

    title: str
    tasks: tuple[Task, ...]
    areas: tuple[Area, ...]


@dataclass(frozen=True, slots=True)
class Map:
    stretches: tuple[Stretch, ...]
    required_count: int
    unread_count: int
    in_sheets: int  # of the required, those of measure sheets
    sheets_wanting: int  # measure sheets with something required
    measure_count: int
    ready_count: int  # parts begun that miss nothing and are not called done
    resume: Task | None  # what this person saved last, unless it is done
    next: (
        Task | Step | None
    )  # when it wants nothing: the first in the order of work that still wants something
    next_sheet: Task | None  # when it is done and is a sheet: the first sheet that still wants something
    is_after_sheet: bool

    @property
    def is_filled(self) -> bool:
        """Every ◎ is answered, and what is there could be read."""
        return not (self.required_count or self.unread_count)

    @property
    def in_chapters(self) -> int:
        return self.required_count - self.in_sheets

    @property
    def is_folded(self) -> bool:
        return self.measure_count > _MOST_OPEN


def map_of(version: PlanVersion, user_id: UUID | int) -> Map:
    """Three queries at the most, whatever the plan's size."""
    rows = _rows(version)
    remaining = remaining_in(version, rows)
    steps = steps_in(outline_from(version, rows))
    tasks = _tasks(version, rows, remaining, {step.key: step for step in steps})
    own = [row for row in rows if row.saved_by_id == user_id and row.saved_at]
    last = max(own, key=lambda row: row.saved_at, default=None)
    sheets = _sheets(version, rows, tasks)
    is_done = last is not None and tasks[last.key].state == State.DONE
    is_after_sheet = is_done and last.kind == Kind.MEASURE
    sheet_keys = {row.key for row in rows if row.kind == Kind.MEASURE}
    of_sheets = [remaining[key].required for key in sheet_keys]
    is_clear = last is not None and remaining[last.key].is_clear
    wanting = _wanting(_in_order(steps, tasks, sheets), remaining) if is_clear else []
    return Map(
        stretches=tuple(_stretches(version, steps, tasks, sheets)),
        required_count=sum(each.required for each in remaining.values()),
        unread_count=sum(each.unread for each in remaining.values()),
        in_sheets=sum(of_sheets),
        sheets_wanting=sum(map(bool, of_sheets)),
        measure_count=len(of_sheets),
        ready_count=sum(
            row.state in (State.STARTED, State.TO_FIX) and remaining[row.key].is_clear for row in rows
        ),
        resume=tasks[last.key] if last and not is_done and not version.is_frozen else None,
        next=next(iter(wanting), None),
        next_sheet=next((each for each in wanting if each.key in sheet_keys), None)
        if is_after_sheet
        else None,
        is_after_sheet=is_after_sheet,
    )


def to_finish(version: PlanVersion, member: Member) -> list[Task]:
    """What the member may call done and what misses nothing, in the order of work. Three queries at the most."""
    rows = _rows(version)
    remaining = remaining_in(version, rows)
    steps = steps_in(outline_from(version, rows))
    tasks = _tasks(version, rows, remaining, {step.key: step for step in steps})
    wanted = {
        row.key
        for row in rows
        if row.state != State.DONE and remaining[row.key].is_clear and is_open_to(member, row)
    }
    return [each for each in _in_order(steps, tasks, _sheets(version, rows, tasks)) if each.key in wanted]


def _rows(version: PlanVersion) -> list[Any]:
    """The steps, then the sheets, each in their order. One query."""
    return rows_of(version, _COLUMNS, adopted=adopted())


def _sheets(version: PlanVersion, rows: Iterable[Any], tasks: dict[str, Task]) -> dict[str, list[Task]]:
    """Of each pillar, in the order of the pillars."""
    sheets: dict[str, list[Task]] = {pillar.key: [] for pillar in version.edition.pillars}
    for row in rows:
        if row.kind == Kind.MEASURE:
            sheets.setdefault(row.pillar, []).append(tasks[row.key])
    return sheets


def _in_order(
    steps: Iterable[Step], tasks: dict[str, Task], sheets: dict[str, list[Task]]
) -> list[Task | Step]:
    """The sheets come where the list of measures is; while there are none, the list itself."""
    every = [sheet for found in sheets.values() for sheet in found]
    return [
        each for step in steps for each in ((every or [step]) if step.key == MEASURES else [tasks[step.key]])
    ]


def _wanting(order: Iterable[Task | Step], remaining: dict[str, Remaining]) -> list[Task | Step]:
    return [each for each in order if each.key == MEASURES or not remaining[each.key].is_clear]


def _stretches(
    version: PlanVersion, steps: Iterable[Step], tasks: dict[str, Task], sheets: dict[str, list[Task]]
) -> Iterable[Stretch]:
    own = [step for step in steps if step.key != MEASURES]
    pillars = {pillar.part_key: pillar.key for pillar in version.edition.pillars}
    for title in dict.fromkeys(step.phase for step in own):
        here = [step for step in own if step.phase == title]
        yield Stretch(
            title,
            tuple(tasks[step.key] for step in here if step.kind != Kind.AREA),
            tuple(
                Area(tasks[step.key], tuple(sheets.get(pillars[step.key], ())))
                for step in here
                if step.kind == Kind.AREA
            ),
        )


def _tasks(
    version: PlanVersion, rows: Iterable[Any], remaining: dict[str, Remaining], steps: dict[str, Step]
) -> dict[str, Task]:
    places = {
        is_measure: reverse(f"wizard:{name}", args=[version.pk, _ANY])
        for is_measure, name in ((True, "measure"), (False, "step"))
    }
    every, zone = to_any_field(version), timezone.get_current_timezone()
    return {row.key: _task(row, remaining[row.key], steps.get(row.key), places, every, zone) for row in rows}


def _task(
    row: Any, remains: Remaining, step: Step | None, places: dict[bool, str], every: str, zone: tzinfo
) -> Task:
    url = places[step is None].replace(_ANY, row.key)
    state = state_of(row.state, remains)
    is_optional = step is not None and step.is_optional and state == State.TODO
    return Task(
        key=row.key,
        title=f"{step.number} {step.title}".strip()
        if step
        else f"{row.measure_no}　{_short(row.title) or '（施策名は未入力）'}",
        url=url,
        who=row.department__name or ("事務局" if step else "担当は未定"),
        state=state,
        state_words=OPTIONAL if is_optional else str(state.label),
        saved=_saved(row, zone),
        edit_no=row.edit_no,
        remains=remains.words,
        note=_note(row, state, remains),
        remains_url=f"{url}{every if remains.unread else ''}#id_{remains.path}" if remains.path else url,
    )


def _note(row: Any, state: State, remains: Remaining) -> str:
    if not remains.is_clear or state not in _NOTES:
        return ""
    return _OF_AREA if row.kind == Kind.AREA and state == State.TODO else _NOTES[state]


def _short(title: str) -> str:
    """A title too long is kept whole on its sheet and told there."""
    return title if len(title) <= _MOST_CHARS else f"{title[:_MOST_CHARS]}…"


def _saved(row: Any, zone: tzinfo) -> str:
    if not row.saved_at:
        return ""
    at = row.saved_at.astimezone(zone)
    return f"{row.saved_by__name or ''} {at.month}月{at.day}日 {at.hour}時{at.minute:02}分"
