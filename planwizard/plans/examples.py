"""What a measure may begin with besides its title, marked 例 until somebody rewrites it: what is to be done, an
indicator or two and a schedule.

What is to be done is the catalogue's summary; the indicators are those that it suggests, which are not the State's;
the schedule is the usual course of such work over the years of the plan.
"""

from __future__ import annotations

from collections.abc import Sequence

from planwizard.blueprint.town_words import CITY, in_words_of
from planwizard.catalog.models import NationalMeasure
from planwizard.common.keys import new_key

MARK = "（例）"
_MOST_KPIS = 3
_COURSE = ("調査・準備", "試行", "本格実施")


def of(entry: NationalMeasure, years: Sequence[int], kind: str = CITY) -> dict[str, object]:
    """``{path: value}`` for the sheet; without suggested indicators, or without a period, those rows are left out.

    ``kind`` is that of the town: 市, 町, 村 or 区.
    """
    names = [name.strip() for name in in_words_of(kind, entry.suggested_kpi).split("、")]
    kpis = [{"name": f"{MARK}{name}"} for name in names[:_MOST_KPIS] if name]
    return {
        "actions": f"{MARK}{entry.summary_words}",
        **_rows("kpis", kpis),
        **_rows("schedule", _schedule(years)),
    }


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
