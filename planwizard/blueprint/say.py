"""One stored value as a reader sees it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import assert_never

from planwizard.blueprint.content import Answers, Value
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
    Option,
    Prose,
    Reference,
    Rows,
    Text,
    Upload,
    Year,
    YesNo,
)
from planwizard.blueprint.options import KPI_UNITS
from planwizard.common.fiscal_year import EraDisplay, FiscalYear, day_label
from planwizard.common.numbers import show_number, show_with_unit

Names = Mapping[str, Mapping[str, str]]  # {what a Reference points to: {key: printed name}}


def say(field: AnyField, value: Value, *, era: EraDisplay, names: Names) -> str:
    """84,312人, 令和9年度（2027年度）, option labels or names joined by 「、」. A key that points nowhere says nothing.

    Raises TypeError for the kinds that have no single value (Upload, Group, Rows, ByYear).
    """
    match field:
        case Line() | Text() | Prose():
            return str(value)
        case Number(unit=unit):
            return show_with_unit(str(value), unit)
        case Computed(unit=unit):
            return f"{value}{unit}"
        case Day():
            return day_label(date.fromisoformat(str(value)), era)
        case Year():
            return FiscalYear(int(str(value))).label(era)
        case Choice(options=options) | Choices(options=options):
            return _joined(option_label(options, key) for key in _keys(value))
        case YesNo():
            return field.yes if value is True else field.no
        case Reference(to=to):
            return _joined(names.get(to, {}).get(key, "") for key in _keys(value))
        case Upload() | Group() | Rows() | ByYear():
            raise TypeError(f"{field.key} has no single value")
        case _:
            assert_never(field)


def head(field: AnyField) -> str:
    """The head of a column: its label, with the unit of its numbers: 事業費（千円）."""
    return f"{field.label}（{field.unit}）" if isinstance(field, Number) and field.unit else field.label


def say_cell(field: AnyField, value: Value, *, era: EraDisplay, names: Names) -> str:
    """As ``say`` under a ``head``, which already has the unit."""
    return show_number(str(value)) if isinstance(field, Number) else say(field, value, era=era, names=names)


def option_label(options: Iterable[Option], key: str) -> str:
    """The label of an option, "" for a key that is none of them."""
    return next((option.label for option in options if option.key == key), "")


def kpi_unit(kpi: Answers) -> str:
    """The unit of a KPI's numbers, "" while it is open or その他."""
    unit = kpi.text("unit")
    return "" if unit == "other" else option_label(KPI_UNITS, unit)


def _keys(value: Value) -> list[str]:
    return value if isinstance(value, list) else [str(value)]


def _joined(words: Iterable[str]) -> str:
    return "、".join(filter(None, words))
