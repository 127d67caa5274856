"""The measure sheet (施策シート): one table for a measure, in the order and under the labels of the blueprint."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from planwizard.blueprint.kinds import AnyField, Rows
from planwizard.document.nodes import Block, Cell, Ref, Run, Source, Table
from planwizard.manuscript import fields, tables
from planwizard.manuscript.kpi import Kpi
from planwizard.manuscript.lines import LINES
from planwizard.manuscript.material import Material
from planwizard.manuscript.measures import Measure
from planwizard.manuscript.schedule import Step
from planwizard.manuscript.tables import Text, fixed, run
from planwizard.manuscript.words import inlines, is_unanswered

_LABEL, _REST = 30, 130  # mm
_MOST_YEARS = 6  # with a column each; beyond, baseline, middle and final year stand for all
_HEAD = frozenset({"measure_no", "title"})
_BUDGETS = frozenset({"budget", "funding", "budget_status"})  # printed only when chosen
_KEPT_WHOLE = 200  # mm; a taller sheet may break over pages
_LINE, _PADDING = 4.6, 2.0  # mm, of a row
_MM_PER_CHARACTER = 3.4

Row = tuple[Cell, ...]


def sheet(material: Material, measure: Measure) -> Iterator[Block]:
    """The table of one measure, then what was too long or too wide for its cells."""
    making = _Making(material, measure, Grid.over(material.years))
    rows = (making.head(), *making.rows())
    yield Table(
        measure.key,
        making.grid.widths,
        rows,
        head_rows=1,
        kind="sheet",
        caption=f"施策シート　{measure.title}",
        keep=making.height < _KEPT_WHOLE,
        source=Source(measure.key),
    )
    yield from tables.below(measure.key, measure.number or measure.title, making.long, Source(measure.key))
    yield from making.apart


@dataclass(frozen=True, slots=True)
class Grid:
    """The columns that KPI band and schedule band share: label, name, baseline, one for each year shown."""

    years: tuple[int, ...]  # with a column of their own
    is_whole: bool  # every year of the plan has one

    @classmethod
    def over(cls, years: tuple[int, ...]) -> Grid:
        if len(years) <= _MOST_YEARS:
            return cls(years, bool(years))
        return cls((years[(len(years) - 1) // 2], years[-1]), False)

    @property
    def targets(self) -> int:
        """How many columns stand right of the baseline; without a period one for the target."""
        return len(self.years) or 1

    @property
    def widths(self) -> tuple[int, ...]:
        each = 20 if self.targets <= 3 else 15
        return (_LABEL, _REST - each * (self.targets + 1), *[each] * (self.targets + 1))

    @property
    def span(self) -> int:
        """The columns right of the label."""
        return self.targets + 2


@dataclass(slots=True)
class _Making:
    """The rows of one sheet, and what they leave for below it."""

    material: Material
    measure: Measure
    grid: Grid
    height: float = 0.0  # mm, estimated
    long: list[tuple[str, Text]] = field(default_factory=list)
    apart: list[Block] = field(default_factory=list)

    def head(self) -> Row:
        number = Cell(run(self.measure.number or "施策"), "col", align="center", fill="head")
        return number, Cell(run(self.measure.title), "col", self.grid.span, align="left", fill="head")

    def rows(self) -> Iterator[Row]:
        for each in self.material.sheet_fields(self.measure.part.pillar):
            if each.key in _HEAD or (each.key in _BUDGETS and not self.material.options.budgets):
                continue
            if each.key == "kpis":
                yield from self._kpi_band(each)
            elif each.key == "schedule":
                yield from self._schedule_band(each)
            elif text := self._text(each):
                yield self._row(self.material.label(each), text)

    def _row(self, label: str, text: Text) -> Row:
        shown = tables.fitted(text, label, self.long)
        self._grow(max(_lines(label, _LABEL), _lines(tables.plain(shown), _REST)))
        return fixed(label, "row", fill="label"), Cell(run(shown), colspan=self.grid.span)

    def _grow(self, lines: int) -> None:
        self.height += lines * _LINE + _PADDING

    def _text(self, each: AnyField) -> Text:
        part = self.measure.part
        if each.key in LINES:
            return LINES[each.key](self.material, part, each)
        if is_unanswered(each, part.answers):
            return ""
        if isinstance(each, Rows) and fields.is_wide(each):
            return self._table_below(each)
        return inlines(self.material, each, part.answers)

    def _table_below(self, each: Rows) -> Text:
        """Rows of many columns as a table of their own; the sheet points there."""
        caption = f"{self.material.label(each)}（{self.measure.number or self.measure.title}）"
        made = list(fields.rows(self.material, self.measure.part, each, caption=caption))
        self.apart += made
        return (Ref(made[0].id), Run("のとおり")) if made else ""

    # --- bands -----------------------------------------------------------------------------------------------

    def _kpi_band(self, each: AnyField) -> Iterator[Row]:
        kpis = self.measure.kpis
        if not kpis:
            return
        fiscal_years = {kpi.baseline_fy for kpi in kpis if kpi.baseline}
        shared = fiscal_years.pop() if len(fiscal_years) == 1 else None
        yield (self._band_label(each, len(kpis)), *self._kpi_heads(shared))
        for kpi in kpis:
            yield self._kpi_row(kpi, shared)
        if explained := "\n".join(kpi.explained for kpi in kpis if kpi.explained):
            yield self._row("指標の定義と出典", explained)

    def _kpi_heads(self, shared: int | None) -> Iterator[Cell]:
        yield _band_head("指標名")
        yield _band_head("現状値" if shared is None else f"現状値\n{self.material.narrow_year(shared)}")
        if not self.grid.years:
            yield _band_head("目標値")
        for year in self.grid.years:
            yield _band_head(self.material.narrow_year(year))

    def _kpi_row(self, kpi: Kpi, shared: int | None) -> Row:
        baseline = kpi.baseline
        if baseline and kpi.baseline_fy is not None and kpi.baseline_fy != shared:
            baseline = f"{baseline}\n{self.material.narrow_year(kpi.baseline_fy)}"
        targets = [kpi.target_in(year) for year in self.grid.years] or [self._only_target(kpi)]
        name = "\n".join(filter(None, (kpi.name, kpi.target_beside(self.grid.years))))
        self._grow(max(baseline.count("\n") + 1, _lines(name, self.grid.widths[1])))
        return (Cell(run(name)), *(Cell(run(text), align="right") for text in (baseline, *targets)))

    def _only_target(self, kpi: Kpi) -> str:
        year = "" if kpi.target_fy is None else f"\n{self.material.narrow_year(kpi.target_fy)}"
        return f"{kpi.target}{year}" if kpi.target else ""

    def _schedule_band(self, each: AnyField) -> Iterator[Row]:
        if steps := self.measure.steps:
            yield (self._band_label(each, len(steps)), *self._schedule_heads())
            yield from map(self._step_row, steps)

    def _schedule_heads(self) -> Iterator[Cell]:
        if not self.grid.is_whole:
            yield _band_head("工程")
            yield _band_head("年度ごとの内容", self.grid.targets + 1)
            return
        yield _band_head("工程", 2)
        for year in self.grid.years:
            yield _band_head(self.material.narrow_year(year))

    def _step_row(self, step: Step) -> Row:
        self._grow(max(2, _lines(step.told, _REST - self.grid.widths[1])))
        if self.grid.is_whole:
            name = step.titled(self.grid.years)
            return (Cell(run(name), colspan=2), *step.cells(self.grid.years))
        return Cell(run(step.item)), Cell(run(step.told), colspan=self.grid.targets + 1)

    def _band_label(self, each: AnyField, rows: int) -> Cell:
        self._grow(3)
        return fixed(self.material.label(each), "row", rowspan=rows + 1, fill="label")


def _lines(text: str, width: int) -> int:
    """About how many lines ``text`` takes in a cell of ``width`` mm."""
    room = int((width - 3) / _MM_PER_CHARACTER)
    return sum(1 + (len(line) - 1) // room for line in text.split("\n"))


def _band_head(text: str, colspan: int = 1) -> Cell:
    return fixed(text, "col", colspan, align="center", fill="label")
