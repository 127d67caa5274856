"""What a measure may begin with besides its title, marked 例 until it is touched: what is to be done, an indicator or
two and a schedule.

What is to be done is the catalogue's summary; the indicators are those that it suggests, which are not the State's;
the schedule is the usual course of such work over the years of the plan. Whoever changes such a text, or any answer of
such a row, has made it the town's own: its mark goes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from planwizard.blueprint.town_words import CITY, in_words_of
from planwizard.catalog.models import NationalMeasure
from planwizard.common.keys import new_key

MARK = "（例）"
_TEXT = "actions"
_ROWS = {"kpis": "name", "schedule": "item"}  # {rows: the answer that carries the mark}
_MOST_KPIS = 3
_COURSE = ("調査・準備", "試行", "本格実施")


def of(entry: NationalMeasure, years: Sequence[int], kind: str = CITY) -> dict[str, object]:
    """``{path: value}`` for the sheet; without suggested indicators, or without a period, those rows are left out.

    ``kind`` is that of the town: 市, 町, 村 or 区.
    """
    names = [name.strip() for name in in_words_of(kind, entry.suggested_kpi).split("、")]
    kpis = [{"name": f"{MARK}{name}"} for name in names[:_MOST_KPIS] if name]
    return {
        _TEXT: f"{MARK}{entry.summary_words}",
        **_rows("kpis", kpis),
        **_rows("schedule", _schedule(years)),
    }


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


def _schedule(years: Sequence[int]) -> list[dict[str, object]]:
    """A year to prepare, a year to try, then the rest; of a short period the last ones share the years there are."""
    if not years:
        return []
    last = years[-1]
    begins = [min(years[0] + step, last) for step in range(len(_COURSE))]
    ends = [*begins[:-1], last]
    return [
        {"item": f"{MARK}{item}", "start_fy": start, "end_fy": end}
        for item, start, end in zip(_COURSE, begins, ends, strict=True)
    ]


def _rows(path: str, rows: Sequence[dict[str, object]]) -> dict[str, object]:
    keys = [new_key() for _ in rows]
    cells = {
        f"{path}.{key}.{name}": value
        for key, row in zip(keys, rows, strict=True)
        for name, value in row.items()
    }
    return {path: keys, **cells} if rows else {}
