"""Years and days in the words the plan chose: 和暦, 西暦 or both. A plan says the same few years very often."""

from __future__ import annotations

import re
from datetime import date, datetime

from planwizard.common.fiscal_year import EraDisplay, FiscalYear, day_label, period_label

_ISO = re.compile(r"(?<![\w/.-])\d{4}-\d{2}-\d{2}(?![\w/-])")


class Dates:
    """Labels of fiscal years and days under one ``era``, each worked out once."""

    def __init__(self, era: EraDisplay) -> None:
        self.era = era
        self._one: EraDisplay = "seireki" if era == "seireki" else "wareki"  # where there is no room for both
        self._years: dict[int, str] = {}
        self._narrow: dict[int, str] = {}
        self._spans: dict[tuple[int, int], str] = {}

    def year(self, year: int) -> str:
        """令和9年度, 2027年度 or 令和9年度（2027年度）."""
        if year not in self._years:
            self._years[year] = FiscalYear(year).label(self.era)
        return self._years[year]

    def short(self, year: int) -> str:
        """令和9年度 or 2027年度, for the head of a column."""
        return FiscalYear(year).short(self.era)

    def narrow(self, year: int) -> str:
        """令和9 over 年度, for the head of a column of 15 mm."""
        if year not in self._narrow:
            self._narrow[year] = self.short(year).replace("年度", "\n年度")
        return self._narrow[year]

    def span(self, start: int, end: int) -> str:
        """令和9～10年度 in one era, for a cell of a schedule; years out of order stay as they are."""
        if (start, end) not in self._spans:
            in_order = start <= end
            label = period_label(FiscalYear(start), FiscalYear(end), self._one)
            self._spans[start, end] = label if in_order else f"{self.year(start)}～{self.year(end)}"
        return self._spans[start, end]

    def day(self, stored: str) -> str:
        """令和9年3月25日 of an ISO date."""
        return day_label(date.fromisoformat(stored), self.era)

    def minute(self, at: datetime) -> str:
        """令和8年11月23日10時32分, for a line with no room for both calendars."""
        return f"{day_label(at.date(), self._one)}{at.hour}時{at.minute:02}分"

    def in_text(self, text: str) -> str:
        """A source as the catalogue notes it, 「2022-06-07 閣議決定」, in the plan's calendar: 令和4年6月7日 閣議決定."""
        return _ISO.sub(lambda found: self._plain_day(found[0]), text)

    def _plain_day(self, stored: str) -> str:
        try:
            return day_label(date.fromisoformat(stored), self._one)
        except ValueError:  # looks like a day, and is none
            return stored

    def month(self, stored: str) -> str:
        """令和9年3月 of an ISO date."""
        return self.day(stored).split("月")[0] + "月"
