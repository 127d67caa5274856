"""What was read of a year, a day or an amount, said back beside its field, so that a slip is seen at once."""

from __future__ import annotations

from functools import lru_cache

from planwizard.blueprint.kinds import AnyField, Day, Number, Year
from planwizard.common.fiscal_year import FiscalYear, day_label, parse_day
from planwizard.common.numbers import parse_number, show_with_unit, yen_in_words

_SAID = (Year, Day, Number)
_THOUSAND_YEN = "千円"
_PLAIN = 3  # digits that are read at a glance


def said_back(item: AnyField, typed: str) -> str:
    """令和9年度（2027年度）, 1,200千円（＝120万円）, 84,312人; "" for what cannot be read or needs no repeating."""
    if not typed or not isinstance(item, _SAID):
        return ""
    return _said(type(item).__name__, item.unit if isinstance(item, Number) else "", typed)


@lru_cache(maxsize=4096)
def _said(kind: str, unit: str, typed: str) -> str:
    try:
        match kind:
            case "Year":
                return FiscalYear.parse(typed).label("both")
            case "Day":
                return day_label(parse_day(typed), "both")
            case _:
                return _number(parse_number(typed), unit, typed)
    except (ValueError, OverflowError):
        return ""


def _number(stored: str, unit: str, typed: str) -> str:
    if not stored.isascii():
        return ""
    shown = show_with_unit(stored, unit)
    if unit == _THOUSAND_YEN:
        return f"{shown}（＝{yen_in_words(stored)}）"
    is_plain = typed == stored and len(stored.partition(".")[0]) <= _PLAIN
    return "" if is_plain or typed == shown.removesuffix(unit) else shown
