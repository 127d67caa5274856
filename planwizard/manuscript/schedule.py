"""A step of a measure's schedule (工程) as the sheet and the 工程表 print it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from planwizard.blueprint.content import Answers
from planwizard.document.nodes import Cell
from planwizard.manuscript.material import Material
from planwizard.manuscript.tables import EMPTY, run


@dataclass(frozen=True, slots=True)
class Step:
    """One 工程: its name, the years from and to, and the words of each year."""

    item: str
    period: str  # 令和9～10年度, "" if unknown
    years: range
    words: dict[int, str]
    key: str = ""  # of its row

    @classmethod
    def read(cls, material: Material, row: Answers) -> Step:
        start, end = row.year("start_fy"), row.year("end_fy")
        cells = {year: _words_of(material, row, year) for year in material.years_of(row, "cells")}
        known = range(start, end + 1) if start is not None and end is not None else range(0)
        words = {year: text for year, text in cells.items() if text}
        return cls(row.text("item"), _period(material, start, end), known, words, row.key)

    def told(self, material: Material) -> str:
        """The period and what is done in each year, one line each."""
        words = {year: text.replace("\n", "　") for year, text in self.words.items()}
        lines = [f"{material.dates.year(year)}　{text}" for year, text in words.items()]
        return "\n".join([f"時期　{self.period}"] * bool(self.period) + lines)

    @property
    def has_any(self) -> bool:
        return bool(self.item or self.period or self.words)

    def titled(self, years: Sequence[int]) -> str:
        """The name, with the period unless the cells show it."""
        shown = {year for year in years if year in self.words}
        if self._bar(years) or (shown and shown == set(self.years)):
            return self.item
        return "\n".join(filter(None, (self.item, self.period)))

    def cells(self, years: Sequence[int]) -> Iterator[Cell]:
        """One cell a year; a step without words for its years is one bar that carries its period."""
        bar = self._bar(years)
        for year in years:
            if year not in bar:
                yield self._cell(self.words.get(year, ""))
            elif year == bar[0]:
                text = self.period if len(bar) > 1 else self.period.replace("年度", "\n年度")
                yield Cell(run(text), colspan=len(bar), align="center", fill="band")

    def _bar(self, years: Sequence[int]) -> list[int]:
        return [] if self.words else [year for year in years if year in self.years]

    @staticmethod
    def _cell(text: str) -> Cell:
        return Cell(run(text), align="center", fill="band") if text else EMPTY


def _words_of(material: Material, row: Answers, year: int) -> str:
    """実施 over what is done."""
    status = material.statuses.get(row.text(f"cells.{year}.status"), "")
    return "\n".join(filter(None, (status, row.text(f"cells.{year}.text"))))


def _period(material: Material, start: int | None, end: int | None) -> str:
    if start is not None and end is not None:
        return material.dates.span(start, end)
    if start is not None:
        return f"{material.dates.year(start)}から"
    return f"{material.dates.year(end)}まで" if end is not None else ""
