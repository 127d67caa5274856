"""Fiscal years found in what people wrote: 「令和4〜13年度」, 「2029年度に中間見直しを行う」."""

from __future__ import annotations

import re
import unicodedata

from planwizard.common.fiscal_year import FiscalYear

_ERA = "明治|大正|昭和|平成|令和"
_SPAN = re.compile(
    rf"({_ERA})?\s*(元|\d{{1,4}})\s*年?度?\s*(?:[〜~–—―−-]|から)\s*({_ERA})?\s*(元|\d{{1,4}})\s*年"
)
_YEAR = re.compile(rf"({_ERA})?\s*(元|\d{{1,4}})\s*年度")


def span(text: str) -> tuple[int, int] | None:
    """The first and last fiscal year of the period that ``text`` names, None if it names none in order."""
    match = _SPAN.search(unicodedata.normalize("NFKC", text))
    if match is None:
        return None
    era = match[1] or ""
    start, end = _year(era, match[2]), _year(match[3] or era, match[4])
    return (start, end) if start and end and start <= end else None


def years(text: str) -> tuple[int, ...]:
    """Every fiscal year that ``text`` names, in order, each once."""
    found = (_year(match[1] or "", match[2]) for match in _YEAR.finditer(unicodedata.normalize("NFKC", text)))
    return tuple(sorted({year for year in found if year}))


def _year(era: str, number: str) -> int | None:
    try:
        return FiscalYear.parse(f"{era}{number}年度").start
    except ValueError:
        return None
