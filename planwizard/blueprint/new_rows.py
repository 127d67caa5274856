"""New rows as a form offers them: what stands in them already, and which of them nobody has written in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from planwizard.blueprint.content import Answers
from planwizard.blueprint.kinds import AnyField, Group, Rows, Sheet, Year
from planwizard.common.fiscal_year import FiscalYear

OFFERED = "offered"  # under this name a form lists the paths of the rows that it offered


def beginning(rows: Rows, period: Answers) -> dict[str, int]:
    """{column: fiscal year} of what a new row begins with; nothing while the plan's period is open."""
    asked = (
        (item.key, item.begins_with) for item in rows.columns if isinstance(item, Year) and item.begins_with
    )
    years = ((column, _year(begins_with, period)) for column, begins_with in asked)
    return {column: year for column, year in years if year is not None}


def _year(begins_with: str, period: Answers) -> int | None:
    start, end = period.year("period_start_fy"), period.year("period_end_fy")
    if begins_with == "period_end":
        return end
    return None if start is None else start - 1


def rows_of(fields: Iterable[AnyField], prefix: str = "") -> Iterator[tuple[str, Rows]]:
    """(path, field) of each list of rows, also in groups."""
    for item in fields:
        if isinstance(item, Rows):
            yield prefix + item.key, item
        elif isinstance(item, Group):
            yield from rows_of(item.fields, f"{prefix}{item.key}.")


def without_untouched(
    sheet: Sheet, data: Mapping[str, Sequence[str]], period: Answers
) -> Mapping[str, Sequence[str]]:
    """Form strings without the offered rows that were sent back as they were offered."""
    offered = set(data.get(OFFERED, ()))
    if not offered:
        return data
    begun = {path: beginning(rows, period) for path, rows in rows_of(sheet.fields)}
    written = {row for path, texts in data.items() for row in _written(path, texts, offered, begun)}
    left = {
        path: [key for key in data[path] if _is_kept(f"{path}.{key}", offered, written)]
        for path in begun
        if path in data
    }
    return {**data, **left}


def _is_kept(row: str, offered: set[str], written: set[str]) -> bool:
    return row not in offered or row in written


def _written(
    path: str, texts: Sequence[str], offered: set[str], begun: Mapping[str, Mapping[str, int]]
) -> Iterator[str]:
    """The offered row that ``path`` lies in, if something stands there that was not offered."""
    pieces = path.split(".")
    for at in range(2, len(pieces)):
        row = ".".join(pieces[:at])
        if row in offered:
            offer = begun.get(".".join(pieces[: at - 1]), {}).get(".".join(pieces[at:]))
            if any(text.strip() and not _says(text, offer) for text in texts):
                yield row


def _says(text: str, year: int | None) -> bool:
    try:
        return FiscalYear.parse(text).start == year
    except ValueError:
        return False
