"""The measure sheet (施策シート): one table for a measure, in the order and under the labels of the blueprint.

Two neighbouring facts that are short enough share a row, so that a sheet takes about a page.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from math import inf

from planwizard.blueprint.content import Value
from planwizard.blueprint.kinds import (
    AnyField,
    ByYear,
    Choice,
    Computed,
    Group,
    Line,
    Reference,
    Rows,
    Text,
    YesNo,
)
from planwizard.blueprint.measure_sheet import BUDGET_FIELDS
from planwizard.document.nodes import Block, Cell, Inline, Ref, Run, Source, Table
from planwizard.manuscript import blanks, fields, tables
from planwizard.manuscript.kpi import Kpi
from planwizard.manuscript.lines import LINES
from planwizard.manuscript.material import Material
from planwizard.manuscript.measures import Measure
from planwizard.manuscript.schedule import Step
from planwizard.manuscript.sheet_grid import Grid
from planwizard.manuscript.tables import Words, fixed, run
from planwizard.manuscript.words import inlines, printed

_HEAD = frozenset({"measure_no", "title"})
_ONLY_IF_TRUE = frozenset({"is_priority"})  # 通常の施策 is no news of a measure
_AIM = "goal_statement"
# mm: so much of a sheet, and in all cases its aim, stays together. Where there is less room on a page the sheet
# begins on the next, and whole if it is no taller than that.
_OPENING, _LONGEST_OPENING = 60, 120
_LINE, _PADDING = 4.6, 1.2  # mm, of a row
_MOST_LINES = 6  # that rows of many columns take in the cell of the sheet

Row = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Fact:
    """A label and what stands beside it, not yet placed in a row."""

    label: Cell
    text: tuple[Inline, ...]
    label_lines: int
    label_width: float  # mm, in one line
    lines: int  # beside its label alone in a row
    width: float  # mm that the text takes in one line; without end if it has several


class Entry:
    """A field of the sheet with what every sheet needs of it, worked out once for a plan."""

    def __init__(self, material: Material, item: AnyField, width: int) -> None:
        self.field, self.key, self.label = item, item.key, material.label(item)
        label = tables.in_lines(self.label, width)
        self.cell = Cell(run(label), "row", fill="label", path=self.key)
        self.lines, self.width = label.count("\n") + 1, tables.breadth(self.label)
        self.is_text = type(item) is Text or (type(item) is Line and not item.format)
        self.is_wide = isinstance(item, Rows) and fields.is_wide(item)
        # Most fields of most sheets are empty: these say nothing unless there is a value under their key.
        self.needs_value = not isinstance(item, Group | ByYear | Computed) and item.key not in LINES
        # One of few words, which many sheets of a plan share: their facts are made once.
        self.is_repeated = isinstance(item, Choice | YesNo) or (isinstance(item, Reference) and not item.many)
        self.made: dict[Value, Fact] = {}


class Sheets:
    """Writes measure sheets of one plan."""

    def __init__(self, material: Material) -> None:
        self.material = material
        self.grid = Grid.over(material.years)
        hidden = _HEAD if material.options.budgets else _HEAD | BUDGET_FIELDS
        self.entries = {
            pillar: [
                Entry(material, item, self.grid.label)
                for item in printed(each.fields)
                if item.key not in hidden
            ]
            for pillar, each in material.edition.measures.items()
        }

    def blocks(self, measure: Measure) -> Iterator[Block]:
        """The table of one measure, then what was too long or too wide for its cells."""
        making = _Making(self.material, measure, self.grid)
        rows, opening = making.opened(self.entries[measure.pillar])
        yield Table(
            measure.key,
            self.grid.widths,
            (making.head(), *rows),
            kind="sheet",
            caption=f"施策シート　{measure.title}",
            opening=opening,
            source=Source(measure.key),
        )
        name = measure.number or measure.title
        yield from tables.below(measure.key, name, making.long, Source(measure.key))
        yield from making.apart


@dataclass(slots=True)
class _Making:
    """The rows of one sheet, and what they leave for below it."""

    material: Material
    measure: Measure
    grid: Grid
    height: float = 0.0  # mm, estimated
    long: list[tuple[str, Words]] = field(default_factory=list)
    apart: list[Block] = field(default_factory=list)

    def head(self) -> Row:
        number = Cell(run(self.measure.number or "施策"), "col", align="center", fill="head")
        return number, Cell(run(self.measure.title), "col", self.grid.span, align="left", fill="head")

    def opened(self, entries: list[Entry]) -> tuple[list[Row], int]:
        """The rows, and how many of them stay together where the sheet begins."""
        aim = next((entry.cell for entry in entries if entry.key == _AIM), None)
        rows: list[Row] = []
        opening = 2
        for row in self.rows(entries):
            rows.append(row)
            if self.height <= (_LONGEST_OPENING if row[0] is aim else _OPENING):
                opening = max(opening, len(rows))
        rows += [self._blank(label) for label in blanks.labels(self.material, self.measure.key)]
        return rows, opening

    def _blank(self, label: str) -> Row:
        return Cell(run(label), "row", fill="label"), fixed(blanks.EMPTY, colspan=self.grid.span)

    def rows(self, entries: list[Entry]) -> Iterator[Row]:
        """The rows in the order of the blueprint: short neighbours in one row, bands on their own."""
        waiting: Fact | None = None
        for made in self._made(entries):
            if (
                isinstance(made, Fact)
                and waiting
                and self.grid.fits(waiting.width, made.label_width, made.width)
            ):
                yield self._pair(waiting, made)
                waiting = None
                continue
            if waiting:
                yield self._alone(waiting)
            waiting = made if isinstance(made, Fact) else None
            if not isinstance(made, Fact):
                yield made
        if waiting:
            yield self._alone(waiting)

    def _made(self, entries: list[Entry]) -> Iterator[Fact | Row]:
        values = self.measure.part.values
        for entry in entries:
            value = values.get(entry.key)
            if (value is None and entry.needs_value) or (value is False and entry.key in _ONLY_IF_TRUE):
                continue
            if entry.key == "kpis":
                yield from self._kpi_band(entry)
            elif entry.key == "schedule":
                yield from self._schedule_band(entry)
            elif entry.is_repeated and isinstance(value, str | bool):
                yield from self._repeated(entry, value)
            elif text := self._text(entry, value):
                yield self._fact(entry, text)

    def _repeated(self, entry: Entry, value: Value) -> Iterator[Fact]:
        if fact := entry.made.get(value):
            yield fact
        elif text := self._text(entry, value):
            entry.made[value] = self._fact(entry, text)
            yield entry.made[value]

    def _fact(self, entry: Entry, text: Words) -> Fact:
        shown = tables.fitted(text, entry.label, self.long)
        plain = tables.plain(shown)
        lines = tables.lines(plain, self.grid.rest)
        width = tables.breadth(plain) if lines == 1 and "\n" not in plain else inf
        return Fact(entry.cell, run(shown), entry.lines, entry.width, lines, width)

    def _alone(self, fact: Fact) -> Row:
        self._grow(max(fact.label_lines, fact.lines))
        return fact.label, Cell(fact.text, colspan=self.grid.span)

    def _pair(self, left: Fact, right: Fact) -> Row:
        self._grow(max(left.label_lines, right.label_lines))
        first, label, second = self.grid.pair
        return (
            left.label,
            Cell(left.text, colspan=first),
            replace(right.label, colspan=label),
            Cell(right.text, colspan=second),
        )

    def _explained(self, text: str) -> Row:
        """What the KPIs count and where their figures come from, below their band."""
        label = "指標の定義と出典"
        shown = tables.fitted(text, label, self.long)
        self._grow(tables.lines(tables.plain(shown), self.grid.rest))
        return fixed(label, "row", fill="label"), Cell(run(shown), colspan=self.grid.span)

    def _grow(self, lines: int) -> None:
        self.height += lines * _LINE + _PADDING

    def _text(self, entry: Entry, value: Value | None) -> Words:
        if entry.is_text:
            return str(value)
        if entry.key in LINES:
            return LINES[entry.key](self.material, self.measure.part, entry.field)
        if entry.is_wide:
            return self._few_rows(entry) or self._table_below(entry)
        return inlines(self.material, entry.field, self.measure.answers)

    def _few_rows(self, entry: Entry) -> Words:
        """Rows of many columns that are few and short: a table for them would take five times the room."""
        field = entry.field
        told = fields.few_rows(self.material, field, self.measure.answers) if isinstance(field, Rows) else ""
        return told if tables.lines(tables.plain(told), self.grid.rest) <= _MOST_LINES else ""

    def _table_below(self, entry: Entry) -> Words:
        """Rows of many columns as a table of their own; the sheet points there."""
        caption = f"{entry.label}（{self.measure.number or self.measure.title}）"
        made = list(fields.blocks(self.material, self.measure.part, entry.field, caption))
        self.apart += made
        return (Ref(made[0].id), Run("のとおり")) if made else ""

    # --- bands -----------------------------------------------------------------------------------------------

    def _kpi_band(self, entry: Entry) -> Iterator[Row]:
        kpis = self.measure.kpis
        if not kpis:
            return
        fiscal_years = {kpi.baseline_fy for kpi in kpis if kpi.baseline}
        shared = fiscal_years.pop() if len(fiscal_years) == 1 else None
        yield (self._band_label(entry, len(kpis)), *self.grid.placed(self._kpi_heads(shared)))
        for kpi in kpis:
            yield self._kpi_row(kpi, shared)
        if explained := "\n".join(kpi.explained for kpi in kpis if kpi.explained):
            yield self._explained(explained)

    def _kpi_heads(self, shared: int | None) -> Iterator[Cell]:
        yield _band_head("指標名")
        yield _band_head("現状値" if shared is None else f"現状値\n{self.material.dates.narrow(shared)}")
        if not self.grid.years:
            yield _band_head("目標値")
        for year in self.grid.years:
            yield _band_head(self.material.dates.narrow(year))

    def _kpi_row(self, kpi: Kpi, shared: int | None) -> Row:
        baseline = kpi.baseline
        if baseline and kpi.baseline_fy is not None and kpi.baseline_fy != shared:
            baseline = f"{baseline}\n{self.material.dates.narrow(kpi.baseline_fy)}"
        targets = [kpi.target_in(year) for year in self.grid.years] or [self._only_target(kpi)]
        name = "\n".join(filter(None, (kpi.name, kpi.target_beside(self.grid.years))))
        self._grow(max(baseline.count("\n") + 1, tables.lines(name, self.grid.name)))
        values = (Cell(run(text), align="right") for text in (baseline, *targets))
        return tuple(self.grid.placed((Cell(run(name), path=f"kpis.{kpi.key}"), *values)))

    def _only_target(self, kpi: Kpi) -> str:
        year = "" if kpi.target_fy is None else f"\n{self.material.dates.narrow(kpi.target_fy)}"
        return f"{kpi.target}{year}" if kpi.target else ""

    def _schedule_band(self, entry: Entry) -> Iterator[Row]:
        if steps := self.measure.steps:
            yield (self._band_label(entry, len(steps)), *self.grid.placed(self._schedule_heads()))
            yield from (tuple(self.grid.placed(self._step_row(step))) for step in steps)

    def _schedule_heads(self) -> Iterator[Cell]:
        if not self.grid.is_whole:
            yield _band_head("工程")
            yield _band_head("年度ごとの内容", self.grid.targets + 1)
            return
        yield _band_head("工程", 2)
        for year in self.grid.years:
            yield _band_head(self.material.dates.narrow(year))

    def _step_row(self, step: Step) -> Row:
        path = f"schedule.{step.key}"
        if self.grid.is_whole:
            grid = self.grid
            row = step.laid_out(self.material, grid.years, grid.each, grid.name + grid.each)
            self._grow(row.lines)
            return (Cell(run(row.name), colspan=2, path=path), *row.cells)
        told = step.told(self.material)
        self._grow(tables.lines(told, self.grid.rest - self.grid.name))
        return Cell(run(step.item), path=path), Cell(run(told), colspan=self.grid.targets + 1)

    def _band_label(self, entry: Entry, rows: int) -> Cell:
        self._grow(3)
        return Cell(run(entry.label), "row", rowspan=rows + 1, fill="label", path=entry.key)


def _band_head(text: str, colspan: int = 1) -> Cell:
    return fixed(text, "col", colspan, align="center", fill="label")
