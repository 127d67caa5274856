"""The places of a sheet: each declared field at its path, rows and years unfolded, with its label in full."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, assert_never

from planwizard.blueprint.kinds import (
    AnyField,
    ByYear,
    Choice,
    Choices,
    Computed,
    Day,
    Group,
    Line,
    Number,
    Prose,
    Reference,
    Rows,
    Text,
    Upload,
    Year,
    YesNo,
)
from planwizard.common.fiscal_year import FiscalYear
from planwizard.common.keys import is_key

# Years that both calendars of common.fiscal_year can write and read back.
FIRST_YEAR, LAST_YEAR = 1873, 2100
_IN_GROUP = "："
UPLOAD_PATHS = ("asset", "alt", "caption", "width_mm")


@dataclass(frozen=True, slots=True)
class Place:
    """A field where it stands: ``kpis.k3f9x0a7bq.target_value``, 「指標 1行目の目標値」."""

    path: str
    field: AnyField
    label: str


class Shape(Protocol):
    """Which rows and years there are."""

    def row_keys(self, path: str, rows: Rows) -> Sequence[str]: ...

    def years(self, path: str) -> Sequence[int]: ...


class StoredShape:
    """The rows and years of ``{path: value}``."""

    def __init__(self, values: Mapping[str, object]) -> None:
        self._values = values
        self._years = years_by_path(values)

    def row_keys(self, path: str, rows: Rows) -> list[str]:
        keys = self._values.get(path)
        return [key for key in keys if is_row_key(key)] if isinstance(keys, list) else []

    def years(self, path: str) -> list[int]:
        return self._years.get(path, [])


def places(fields: Iterable[AnyField], shape: Shape, path: str = "", label: str = "") -> Iterator[Place]:
    """Every place below ``path``, a field before what stands in it, in the order of the sheet."""
    for field in fields:
        here = Place(path + field.key, field, label + field.label)
        yield here
        yield from _inside(here, shape, label)


def declared_paths(fields: Iterable[AnyField], path: str = "") -> Iterator[tuple[str, AnyField]]:
    """Every declared field at its path without rows and years: ``kpis.targets.value``."""
    for field in fields:
        yield path + field.key, field
        if isinstance(field, Group):
            yield from declared_paths(field.fields, f"{path}{field.key}.")
        elif isinstance(field, Rows | ByYear):
            yield from declared_paths(field.columns, f"{path}{field.key}.")


def _inside(here: Place, shape: Shape, label: str) -> Iterator[Place]:
    match here.field:
        case Group(fields=fields):
            yield from places(fields, shape, f"{here.path}.", group_label(label, here.field))
        case Rows(columns=columns) as rows:
            for number, key in enumerate(shape.row_keys(here.path, rows), 1):
                yield from places(columns, shape, f"{here.path}.{key}.", label + row_label(rows, number))
        case ByYear(columns=columns):
            for year in shape.years(here.path):
                yield from places(columns, shape, f"{here.path}.{year}.", year_label(here.label, year))
        case (
            Line() | Text() | Prose() | Number() | Day() | Year() | Choice() | Choices() | YesNo()
            | Reference() | Upload() | Computed()
        ):  # fmt: skip
            return
        case _:
            assert_never(here.field)


_STEPS = re.compile(r"\.(?:[a-z][a-z0-9]{9}|[0-9]{4})(?=\.)")  # a row's key, a year


def declared_path(path: str) -> str:
    """The path without rows and years, as the sheet declares it: ``kpis.targets.value``."""
    return _STEPS.sub("", path)


def group_label(label: str, group: Group) -> str:
    """The beginning of the label of a field in a group: 「庁内推進組織：」, 「柱の方針『手続オンライン化』：」 in one of several."""
    outer = label.removesuffix(_IN_GROUP)
    return f"{outer}『{group.label}』{_IN_GROUP}" if outer != label else f"{label}{group.label}{_IN_GROUP}"


def row_label(rows: Rows, number: int) -> str:
    """The beginning of the label of a column: 「指標 1行目の」, or 「将来人口 1行目の」 where 「年度」 would not tell which."""
    name = rows.row_name if rows.row_name in rows.label else rows.label
    return f"{name} {number}行目の"


def year_label(label: str, year: int) -> str:
    """The beginning of the label of a column under a year: 「年度別目標（令和9年度）の」."""
    return f"{label}（{FiscalYear(year).wareki}）の"


def is_row_key(key: object) -> bool:
    return isinstance(key, str) and is_key(key)


def is_year(number: int) -> bool:
    """True for a fiscal year that a plan may name."""
    return FIRST_YEAR <= number <= LAST_YEAR


def years_by_path(paths: Iterable[str]) -> dict[str, list[int]]:
    """{path of a ByYear field: its years in order}, from the paths below it. One pass."""
    found: dict[str, set[int]] = defaultdict(set)
    for path in paths:
        pieces = path.split(".")
        for at, piece in enumerate(pieces[1:-1], 1):
            if len(piece) == 4 and piece.isascii() and piece.isdigit() and is_year(int(piece)):
                found[".".join(pieces[:at])].add(int(piece))
    return {path: sorted(years) for path, years in found.items()}
