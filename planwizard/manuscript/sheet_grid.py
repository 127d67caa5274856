"""The columns of a measure sheet: those of the KPI and schedule bands, and two for a second label in a row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

from planwizard.document.nodes import Cell
from planwizard.manuscript.tables import CELL_PADDING

_RIGHT = 160  # mm, of the paper's text
_LABEL, _SHORT_LABEL = 35, 30  # mm; nine characters in a line, or eight beside six columns of years
_SECOND_LABEL = 30
_WIDE, _NARROW = 20, 15  # mm; a year's column, wide for up to three years
_SECOND = {_WIDE: 80, _NARROW: 85}  # mm; where a second label begins: on a line of the bands if there is one
_MOST_YEARS = 6  # with a column each; beyond, baseline, middle and final year stand for all


@dataclass(frozen=True)
class Grid:
    """The columns that all rows of a sheet share, worked out once for a plan."""

    years: tuple[int, ...]  # with a column of their own in the bands
    is_whole: bool  # every year of the plan has one
    targets: int  # columns right of the baseline; without a period one for the target

    @classmethod
    def over(cls, years: tuple[int, ...]) -> Grid:
        """The grid of a plan for ``years``; () while its period is not known."""
        if len(years) <= _MOST_YEARS:
            return cls(years, bool(years), len(years) or 1)
        return cls((years[(len(years) - 1) // 2], years[-1]), False, 2)

    @cached_property
    def each(self) -> int:
        """The width of a year, and of the baseline."""
        return _WIDE if self.targets <= 3 else _NARROW

    @cached_property
    def label(self) -> int:
        return _LABEL if self.targets < _MOST_YEARS else _SHORT_LABEL

    @cached_property
    def rest(self) -> int:
        """The width of a text beside its label."""
        return _RIGHT - self.label

    @cached_property
    def name(self) -> int:
        """The width of the names of KPIs and steps."""
        return self.rest - self.each * (self.targets + 1)

    @cached_property
    def widths(self) -> tuple[int, ...]:
        return (self.label, *(end - start for start, end in pairwise(self._edges)))

    @cached_property
    def span(self) -> int:
        """The columns right of the label."""
        return len(self._edges) - 1

    @cached_property
    def bands(self) -> tuple[int, ...]:
        """The columns that name, baseline and each year of a band take."""
        return self._spans(self._band)

    @cached_property
    def pair(self) -> tuple[int, ...]:
        """The columns that a first text, a second label and a second text take."""
        return self._spans(self._pair)

    def fits(self, left: float, second_label: float, right: float) -> bool:
        """True if texts of ``left`` and ``right`` mm and the label between stand in one row, each in one line."""
        start, label, text, end = self._pair
        if second_label > text - label - CELL_PADDING:
            return False
        return left <= label - start - CELL_PADDING and right <= end - text - CELL_PADDING

    def placed(self, cells: Iterable[Cell]) -> Iterable[Cell]:
        """Cells of a band, spans counted in years and baseline, as cells of the grid."""
        return cells if len(self.bands) == self.span else self._spread(cells)

    def _spread(self, cells: Iterable[Cell]) -> Iterator[Cell]:
        at = 0
        for cell in cells:
            columns = sum(self.bands[at : at + cell.colspan])
            yield cell if columns == cell.colspan else replace(cell, colspan=columns)
            at += cell.colspan

    @cached_property
    def _band(self) -> tuple[int, ...]:
        first = self.label + self.name
        return (self.label, *range(first, _RIGHT + 1, self.each))

    @cached_property
    def _pair(self) -> tuple[int, ...]:
        second = _SECOND[self.each]
        return (self.label, second, second + _SECOND_LABEL, _RIGHT)

    @cached_property
    def _edges(self) -> list[int]:
        return sorted({*self._band, *self._pair})

    def _spans(self, edges: tuple[int, ...]) -> tuple[int, ...]:
        at = [self._edges.index(edge) for edge in edges]
        return tuple(end - start for start, end in pairwise(at))
