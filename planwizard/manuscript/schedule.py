"""A step of a measure's schedule (工程) as the sheet and the 工程表 print it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from planwizard.blueprint.content import Answers
from planwizard.document.nodes import Cell
from planwizard.manuscript.material import Material
from planwizard.manuscript.tables import EMPTY, lines, run

_GOES_ON, _END = "→", "complete"
_MOST_LINES = 2  # of a year's own words in its cell; longer ones may stand under the name of the step
_NOTHING: Mapping[int, str] = {}


@dataclass(frozen=True, slots=True)
class Entry:
    """What is done in one year: 実施, and in words of its own."""

    status: str
    text: str
    is_end: bool = False  # 完了

    def __str__(self) -> str:
        return "\n".join(filter(None, (self.status, self.text)))


@dataclass(frozen=True, slots=True)
class Layout:
    """The row of a step: its name with what stands under it, the cells of the years, how many lines it takes."""

    name: str
    cells: tuple[Cell, ...]
    lines: int


@dataclass(frozen=True, slots=True)
class Step:
    """One 工程: its name, the years from and to, and what is done in each year."""

    item: str
    period: str  # 令和9～10年度, "" if unknown
    years: range
    entries: dict[int, Entry]
    key: str = ""  # of its row

    @classmethod
    def read(cls, material: Material, row: Answers) -> Step:
        start, end = row.year("start_fy"), row.year("end_fy")
        found = {year: _entry(material, row, year) for year in material.years_of(row, "cells")}
        known = range(start, end + 1) if start is not None and end is not None else range(0)
        entries = {year: entry for year, entry in found.items() if str(entry)}
        return cls(row.text("item"), _period(material, start, end), known, entries, row.key)

    def told(self, material: Material) -> str:
        """The period and what is done in each year, one line each."""
        each = [_line(material, year, str(entry)) for year, entry in self.entries.items()]
        return "\n".join([f"時期　{self.period}"] * bool(self.period) + each)

    @property
    def has_any(self) -> bool:
        return bool(self.item or self.period or self.entries)

    def laid_out(self, material: Material, years: Sequence[int], each: int, room: int) -> Layout:
        """A cell of ``each`` mm a year beside a name of ``room`` mm.

        Words that are long for their cells all stand under the name instead if that makes the row lower.
        """
        whole = self._laid_out(material, years, each, room, {})
        beside = {year: entry.text for year, entry in self.entries.items() if entry.status and entry.text}
        if all(lines(text, each) <= _MOST_LINES for text in beside.values()):
            return whole
        apart = self._laid_out(material, years, each, room, beside)
        return apart if apart.lines < whole.lines else whole

    def _laid_out(
        self, material: Material, years: Sequence[int], each: int, room: int, apart: Mapping[int, str]
    ) -> Layout:
        told = [_line(material, year, apart[year]) for year in years if year in apart]
        name = "\n".join(filter(None, (self.item, "" if self._shows_period(years) else self.period, *told)))
        tallest = max((lines(self._words(year, apart), each) for year in years), default=1)
        return Layout(name, tuple(self.cells(years, apart)), max(tallest, lines(name, room)))

    def _shows_period(self, years: Sequence[int]) -> bool:
        shown = {year for year in years if self._words(year)}
        return bool(self._bar(years)) or (bool(shown) and shown == set(self.years))

    def cells(self, years: Sequence[int], apart: Mapping[int, str] = _NOTHING) -> Iterator[Cell]:
        """One cell a year; a step without words for its years is one bar that carries its period."""
        bar = self._bar(years)
        for year in years:
            if year not in bar:
                yield self._cell(self._words(year, apart))
            elif year == bar[0]:
                text = self.period if len(bar) > 1 else self.period.replace("年度", "\n年度")
                yield Cell(run(text), colspan=len(bar), align="center", fill="band")

    def _words(self, year: int, apart: Mapping[int, str] = _NOTHING) -> str:
        """What the cell of a year says; the arrow where what was begun goes on."""
        if entry := self.entries.get(year):
            return entry.status if year in apart else str(entry)
        return _GOES_ON if year in self.years and self._is_going_on_in(year) else ""

    def _is_going_on_in(self, year: int) -> bool:
        before = [each for each in self.entries if each < year]
        return bool(before) and not self.entries[max(before)].is_end

    def _bar(self, years: Sequence[int]) -> list[int]:
        return [] if self.entries else [year for year in years if year in self.years]

    @staticmethod
    def _cell(text: str) -> Cell:
        return Cell(run(text), align="center", fill="band") if text else EMPTY


def _entry(material: Material, row: Answers, year: int) -> Entry:
    key = row.text(f"cells.{year}.status")
    return Entry(material.statuses.get(key, ""), row.text(f"cells.{year}.text"), key == _END)


def _line(material: Material, year: int, words: str) -> str:
    return f"{material.dates.year(year)}　{words}".replace("\n", "　")


def _period(material: Material, start: int | None, end: int | None) -> str:
    if start is not None and end is not None:
        return material.dates.span(start, end)
    if start is not None:
        return f"{material.dates.year(start)}から"
    return f"{material.dates.year(end)}まで" if end is not None else ""
