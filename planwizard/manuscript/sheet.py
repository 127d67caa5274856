"""The measure sheet (施策シート): one table for a measure, in the order and under the labels of the blueprint."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import groupby

from planwizard.blueprint.content import AdoptionContent, Answers, PartContent
from planwizard.blueprint.kinds import AnyField, Choice, Rows
from planwizard.common.fiscal_year import FiscalYear, period_label
from planwizard.common.numbers import show_with_unit
from planwizard.document.nodes import Block, Cell, Ref, Run, Source, Table
from planwizard.manuscript import fields, tables
from planwizard.manuscript.kpi import Kpi, of_measure
from planwizard.manuscript.material import Material
from planwizard.manuscript.tables import run
from planwizard.manuscript.words import inlines, row_words, words

_LABEL, _REST = 30, 130  # mm
_MOST_YEARS = 6  # with a column each; beyond, baseline, middle and final year stand for all
_HEAD = frozenset({"measure_no", "title"})
_BUDGETS = frozenset({"budget", "funding", "budget_status"})  # printed only when chosen
_KEPT_WHOLE = 200  # mm; a taller sheet may break over pages
_LINE, _PADDING = 4.6, 1.2  # mm, of a row
_CHARACTERS_A_LINE = 37


def sheet(material: Material, part: PartContent) -> Iterator[Block]:
    """The table of one measure, then what was too long or too wide for its cells."""
    making = _Making(material, part, Grid.over(material.years))
    rows = (making.head(), *making.rows())
    title = part.title or "（施策名なし）"
    caption = f"施策シート　{title}"
    is_short = _height(rows) < _KEPT_WHOLE
    source = Source(part.key)
    yield Table(part.key, making.grid.widths, rows, 1, "sheet", caption=caption, keep=is_short, source=source)
    yield from tables.below(part.key, part.measure_no or title, making.long, source)
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
    material: Material
    part: PartContent
    grid: Grid
    long: list[tuple[str, tables.Text]] = field(default_factory=list)
    apart: list[Block] = field(default_factory=list)

    def head(self) -> tuple[Cell, ...]:
        number = Cell(run(self.part.measure_no or "施策"), "col", align="center", fill="head")
        title = self.part.title or "（施策名なし）"
        return number, Cell(run(title), "col", self.grid.span, align="left", fill="head")

    def rows(self) -> Iterator[tuple[Cell, ...]]:
        for each in self.material.sheet_fields(self.part.pillar):
            if each.key in _HEAD or (each.key in _BUDGETS and not self.material.options.budgets):
                continue
            if each.key == "kpis":
                yield from self._kpi_band(each)
            elif each.key == "schedule":
                yield from self._schedule_band(each)
            elif text := self._text(each):
                yield self._row(self.material.label(each), text)

    def _row(self, label: str, text: tables.Text) -> tuple[Cell, ...]:
        shown = tables.fitted(text, label, self.long)
        return _label(label), Cell(run(shown), colspan=self.grid.span)

    def _text(self, each: AnyField) -> tables.Text:
        if each.key in _SPECIAL:
            return _SPECIAL[each.key](self.material, self.part, each)
        if isinstance(each, Rows) and fields.is_wide(each):
            return self._table_below(each)
        return inlines(self.material, each, self.part.answers)

    def _table_below(self, each: Rows) -> tables.Text:
        """Rows of many columns as a table of their own; the sheet points there."""
        number = self.part.measure_no or self.part.title
        caption = f"{self.material.label(each)}（{number}）"
        made = list(fields.rows(self.material, self.part, each, caption=caption))
        self.apart += made
        return (Ref(made[0].id), Run("のとおり")) if made else ""

    # --- bands -----------------------------------------------------------------------------------------------

    def _kpi_band(self, each: AnyField) -> Iterator[tuple[Cell, ...]]:
        kpis = of_measure(self.material, self.part)
        if not kpis:
            return
        fiscal_years = {kpi.baseline_fy for kpi in kpis if kpi.baseline}
        shared = fiscal_years.pop() if len(fiscal_years) == 1 else None
        yield (_label(self.material.label(each), len(kpis) + 1), *self._kpi_heads(shared))
        for kpi in kpis:
            yield self._kpi_row(kpi, shared)
        if explained := "\n".join(kpi.explained for kpi in kpis if kpi.explained):
            yield self._row("指標の定義と出典", explained)

    def _kpi_heads(self, shared: int | None) -> Iterator[Cell]:
        yield _band_head("指標名")
        yield _band_head("現状値" if shared is None else f"現状値\n{self._narrow(shared)}")
        if not self.grid.years:
            yield _band_head("目標値")
        for year in self.grid.years:
            yield _band_head(self._narrow(year))

    def _kpi_row(self, kpi: Kpi, shared: int | None) -> tuple[Cell, ...]:
        baseline = kpi.baseline
        if baseline and kpi.baseline_fy is not None and kpi.baseline_fy != shared:
            baseline = f"{baseline}\n{self._narrow(kpi.baseline_fy)}"
        targets = [kpi.target_in(year) for year in self.grid.years] or [self._only_target(kpi)]
        name = "\n".join(filter(None, (kpi.name, kpi.target_beside(self.grid.years))))
        return (Cell(run(name)), *(Cell(run(text), align="right") for text in (baseline, *targets)))

    def _only_target(self, kpi: Kpi) -> str:
        year = "" if kpi.target_fy is None else f"\n{self._narrow(kpi.target_fy)}"
        return f"{kpi.target}{year}" if kpi.target else ""

    def _schedule_band(self, each: AnyField) -> Iterator[tuple[Cell, ...]]:
        steps = [Step.read(self.material, row) for row in self.part.answers.rows(each.key)]
        steps = [step for step in steps if step.has_any]
        if steps:
            yield (_label(self.material.label(each), len(steps) + 1), *self._schedule_heads())
            yield from map(self._step_row, steps)

    def _schedule_heads(self) -> Iterator[Cell]:
        if not self.grid.is_whole:
            yield _band_head("工程")
            yield _band_head("年度ごとの内容", self.grid.targets + 1)
            return
        yield _band_head("工程", 2)
        for year in self.grid.years:
            yield _band_head(self._narrow(year))

    def _step_row(self, step: Step) -> tuple[Cell, ...]:
        if self.grid.is_whole:
            name = step.titled(self.grid.years)
            return (Cell(run(name), colspan=2), *step.cells(self.grid.years))
        return Cell(run(step.item)), Cell(run(step.told), colspan=self.grid.targets + 1)

    def _narrow(self, year: int) -> str:
        """令和9 over 年度, for a column of 15 mm."""
        return narrow(self.material, year)


def narrow(material: Material, year: int) -> str:
    return material.short_year(year).replace("年度", "\n年度")


def _label(text: str, rowspan: int = 1) -> Cell:
    return Cell(run(text), "row", rowspan=rowspan, fill="label")


def _band_head(text: str, colspan: int = 1) -> Cell:
    return Cell(run(text), "col", colspan, align="center", fill="label")


def _height(rows: Sequence[tuple[Cell, ...]]) -> float:
    """About how many millimetres a sheet takes."""
    return sum(max(_lines(cell) for cell in row) * _LINE + _PADDING for row in rows)


def _lines(cell: Cell) -> int:
    if cell.rowspan > 1:
        return 1
    wide = _CHARACTERS_A_LINE if cell.colspan > 1 else 4
    text = tables.plain(cell.inlines)
    return sum(1 + len(line) // wide for line in text.split("\n")) if cell.colspan > 1 else 2


# --- schedule ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Step:
    """One 工程: its name, the years from and to, and the words of each year."""

    item: str
    period: str  # 令和9～10年度, "" if unknown
    years: range
    words: dict[int, str]
    told: str  # all years in words, one line each

    @classmethod
    def read(cls, material: Material, row: Answers) -> Step:
        start, end = row.year("start_fy"), row.year("end_fy")
        cells = {year: _words_of(material, at) for year, at in row.by_year("cells").items()}
        cells = {year: text for year, text in cells.items() if text}
        lines = [f"{material.year(year)}　{text}" for year, text in cells.items()]
        period = _period(material, start, end)
        told = "\n".join([f"時期　{period}"] * bool(period) + [line.replace("\n", "　") for line in lines])
        known = range(start, end + 1) if start is not None and end is not None else range(0)
        return cls(row.text("item"), period, known, cells, told)

    @property
    def has_any(self) -> bool:
        return bool(self.item or self.period or self.words)

    def titled(self, years: Sequence[int]) -> str:
        """The name, with the period unless the cells show it."""
        shown = {year for year in years if year in self.words}
        is_shown = not self.words and self._bar(years) or shown == set(self.years)
        return self.item if is_shown else "\n".join(filter(None, (self.item, self.period)))

    def cells(self, years: Sequence[int]) -> Iterator[Cell]:
        """One cell a year; a step without words for its years is one bar that carries its period."""
        bar = self._bar(years) if not self.words else []
        for is_bar, run_of_years in groupby(years, key=lambda year: year in bar):
            group = list(run_of_years)
            if is_bar:
                text = self.period if len(group) > 1 else self.period.replace("年度", "\n年度")
                yield Cell(run(text), colspan=len(group), align="center", fill="band")
            else:
                yield from (self._cell(self.words.get(year, "")) for year in group)

    def _bar(self, years: Sequence[int]) -> list[int]:
        return [year for year in years if year in self.years]

    @staticmethod
    def _cell(text: str) -> Cell:
        return Cell(run(text), align="center", fill="band" if text else "")


def _words_of(material: Material, at: Answers) -> str:
    """実施 over what is done."""
    status = next((each.label for each in material.statuses if each.key == at.text("status")), "")
    return "\n".join(filter(None, (status, at.text("text"))))


def _period(material: Material, start: int | None, end: int | None) -> str:
    if start is None or end is None or end < start:
        known = [material.year(year) for year in (start, end) if year is not None]
        return "～".join(known)
    era = "wareki" if material.era == "both" else material.era
    return period_label(FiscalYear(start), FiscalYear(end), era)


# --- rows that read badly as a plain list --------------------------------------------------------------------

_MARKS = {"unknown": "今の扱いは未確認", "superseded": "後の施策に替わった施策"}


def national_measures(material: Material, part: PartContent, each: AnyField) -> str:
    """What was taken over, with the marks the catalogue puts on it and where it stands (手引Ⅲ)."""
    if part.adoptions:
        return "\n".join(map(_adopted, part.adoptions))
    return words(material, each, part.answers).replace("、", "\n")


def _adopted(adoption: AdoptionContent) -> str:
    marks = ["説明題"] * (adoption.title_kind == "descriptive") + [_MARKS.get(adoption.status, "")]
    shown = "、".join(filter(None, marks))
    facts = [f"所管：{adoption.ministry}" if adoption.ministry else ""]
    facts.append(f"出典：{adoption.source}" if adoption.source else "")
    title = f"{adoption.title}（{shown}）" if shown else adoption.title
    return "　".join(filter(None, (title, *facts)))


def budget(material: Material, part: PartContent, each: AnyField) -> str:
    """One line a year: the sum, then what it is made of. Initial and running costs are counted once (千円)."""
    rows = [row for row in part.answers.rows(each.key) if row.text("amount")]
    by_year: dict[int, list[Answers]] = {}
    for row in rows:
        by_year.setdefault(row.year("fy") or 0, []).append(row)
    lines = [_year_of_budget(material, year, by_year[year], each) for year in sorted(by_year)]
    return "\n".join(lines)


def _year_of_budget(material: Material, year: int, rows: list[Answers], each: AnyField) -> str:
    kinds = (
        next(column for column in each.columns if column.key == "kind") if isinstance(each, Rows) else None
    )
    items = [f"{_kind(material, kinds, row)}{show_with_unit(row.text('amount'), '千円')}" for row in rows]
    name = f"{material.year(year)}　" if year else ""
    if len(items) == 1:
        return f"{name}{items[0]}"
    total = show_with_unit(str(sum(map(_amount, rows))), "千円")
    return f"{name}{total}（{'、'.join(items)}）"


def _kind(material: Material, kinds: AnyField | None, row: Answers) -> str:
    text = words(material, kinds, row) if isinstance(kinds, Choice) else ""
    return f"{text} " if text else ""


def _amount(row: Answers) -> Decimal:
    return Decimal(row.text("amount"))


def funding(material: Material, part: PartContent, each: AnyField) -> str:
    columns = each.columns if isinstance(each, Rows) else ()
    return "\n".join(row_words(material, columns, row) for row in part.answers.rows(each.key))


_SPECIAL: dict[str, Callable[[Material, PartContent, AnyField], tables.Text]] = {
    "national_measures": national_measures,
    "budget": budget,
    "funding": funding,
}
