"""What a measure may begin with besides its title, marked 例 until it is touched: what is to be done, an indicator or
two and a schedule.

What is to be done is the catalogue's summary; the indicators are those that it suggests, which are not the State's,
if one town can measure itself by them; the schedule is the usual course of such work over the years of the plan.
A plan that starts small gets one of each.
Whoever changes such a text, or any answer of such a row, has made it the town's own: its mark goes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from planwizard.blueprint.content import Answers
from planwizard.blueprint.kinds import Sheet
from planwizard.blueprint.new_rows import beginning, rows_of
from planwizard.blueprint.town_words import CITY, in_words_of
from planwizard.catalog.models import NationalMeasure
from planwizard.common.keys import new_key

MARK = "（例）"
_TEXT = "actions"
_ROWS = {"kpis": "name", "schedule": "item"}  # {rows: the answer that carries the mark}
_MOST_KPIS = 3
_COUNTS_TOWNS = re.compile("(市町村|市町|自治体|団体|都市)(の?割合|の?数|率)")
_TWO_IN_ONE = re.compile("[と／]")
_UNITS = {re.compile("割合$|(?<![効倍])率$"): "percent", re.compile("件数$"): "cases"}
_COURSE = (("調査・準備", "prepare"), ("試行", "trial"), ("本格実施", "act"))  # (item, stage of its years)
_WHOLE_COURSE = "準備から本格実施まで"


def of(
    entry: NationalMeasure,
    sheet: Sheet,
    years: Sequence[int],
    kind: str = CITY,
    *,
    is_small_start: bool = False,
) -> dict[str, object]:
    """``{path: value}`` for the sheet; without suggested indicators, or without a period, those rows are left out.

    ``kind`` is that of the town: 市, 町, 村 or 区.
    """
    most = 1 if is_small_start else _MOST_KPIS
    begun = _years_of_a_new_kpi(sheet, years)
    kpis = [
        {"name": f"{MARK}{in_words_of(kind, name)}", **_unit_of(name), **begun}
        for name in of_one_town(entry.suggested_kpi)[:most]
    ]
    course = _course(years)
    return {
        _TEXT: f"{MARK}{entry.summary_words}",
        **_rows("kpis", kpis),
        **_rows("schedule", _in_one(course) if is_small_start else _step_by_step(course)),
    }


def of_one_town(suggested: str) -> list[str]:
    """The suggested indicators, without those that count municipalities: no single one can measure itself by them."""
    names = (name.strip() for name in suggested.split("、"))
    return [name for name in names if name and not _COUNTS_TOWNS.search(name)]


def _unit_of(name: str) -> dict[str, str]:
    """Where the name alone says it; not of two indicators in one."""
    if not _TWO_IN_ONE.search(name):
        for ending, unit in _UNITS.items():
            if ending.search(name):
                return {"unit": unit}
    return {}


def _years_of_a_new_kpi(sheet: Sheet, years: Sequence[int]) -> dict[str, int]:
    if not years:
        return {}
    period = Answers({"period_start_fy": years[0], "period_end_fy": years[-1]})
    return next(beginning(rows, period) for path, rows in rows_of(sheet.fields) if path == "kpis")


def marked(answers: Mapping[str, object]) -> Iterator[str]:
    """The paths of the texts that carry the mark."""
    for path, value in answers.items():
        if _is_example(path) and str(value).startswith(MARK):
            yield path


def _is_example(path: str) -> bool:
    rows, _, cell = path.partition(".")
    return path == _TEXT or (rows in _ROWS and cell.partition(".")[2] == _ROWS[rows])


def without_touched(answers: Mapping[str, object], before: Mapping[str, object]) -> dict[str, object]:
    """``answers`` with the mark taken off what reads otherwise ``before``. New rows stay as they are."""
    touched = {}
    for path in marked(answers):
        was = _together(path, before)
        if was and was != _together(path, answers):
            touched[path] = str(answers[path]).removeprefix(MARK)
    return {**answers, **touched}


def _together(path: str, answers: Mapping[str, object]) -> dict[str, object]:
    """The answers of the row in which a marked text stands, or the text alone."""
    row = path.rpartition(".")[0]
    return {at: value for at, value in answers.items() if (at.startswith(f"{row}.") if row else at == path)}


_Step = tuple[str, str, range]  # item, stage, its years


def _course(years: Sequence[int]) -> list[_Step]:
    """A year to prepare, a year to try, then the rest; of a short period the last ones share the years there are."""
    if not years:
        return []
    last = years[-1]
    begins = [min(years[0] + step, last) for step in range(len(_COURSE))]
    ends = [*begins[:-1], last]
    return [
        (item, stage, range(start, end + 1))
        for (item, stage), start, end in zip(_COURSE, begins, ends, strict=True)
    ]


def _step_by_step(course: Sequence[_Step]) -> list[dict[str, object]]:
    return [_step(item, years, dict.fromkeys(years, stage)) for item, stage, years in course]


def _in_one(course: Sequence[_Step]) -> list[dict[str, object]]:
    stages = {year: stage for _, stage, years in course for year in years}
    return [_step(_WHOLE_COURSE, sorted(stages), stages)] if stages else []


def _step(item: str, years: Sequence[int], stages: Mapping[int, str]) -> dict[str, object]:
    cells = {f"cells.{year}.status": stage for year, stage in stages.items()}
    return {"item": f"{MARK}{item}", "start_fy": years[0], "end_fy": years[-1], **cells}


def _rows(path: str, rows: Sequence[dict[str, object]]) -> dict[str, object]:
    keys = [new_key() for _ in rows]
    cells = {
        f"{path}.{key}.{name}": value
        for key, row in zip(keys, rows, strict=True)
        for name, value in row.items()
    }
    return {path: keys, **cells} if rows else {}
