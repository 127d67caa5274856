"""The tables over all measures: 施策の一覧, 成果指標の一覧 and 工程表."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from math import ceil

from planwizard.blueprint.content import Asset
from planwizard.document.nodes import TEXT_WIDTHS, Block, Cell, Paper, Picture, Ref, Source, Table
from planwizard.manuscript import fields, special, tables
from planwizard.manuscript.bundles import Bundle
from planwizard.manuscript.kpi import Kpi
from planwizard.manuscript.material import Material
from planwizard.manuscript.measures import Measure
from planwizard.manuscript.schedule import Step
from planwizard.manuscript.tables import LANDSCAPE_WIDTH, fixed, run

_MOST_UPRIGHT_YEARS = 4  # with a column each on upright paper
_MOST_KPI_YEARS, _MOST_SCHEDULE_YEARS = 8, 10  # on landscape paper; a longer period fills a second table
_YEAR, _WORDS = 15, 40  # mm, of a year's value and of a target in words
_KPI_WIDTHS = (20, 10, 10, 20)  # number, kind, unit, baseline
_ROOM_FOR_DEPARTMENT = 65
_PICTURE_HEIGHT = 120  # mm, on landscape paper between the heading and the caption
_SCHEDULE = special.ELSEWHERE["schedule_diagram"]

Row = tuple[Cell, ...]


# --- 施策の一覧 ------------------------------------------------------------------------------------------------


def index(material: Material, bundles: Sequence[Bundle]) -> Iterator[Table]:
    """Every measure under its pillar: number, name, department, kind, how many KPIs, where the sheet is."""
    heads = ("施策番号", "施策名", "所管課", "種別", "KPI", "シート")
    department = _department_width(material, [each for bundle in bundles for each in bundle.measures])
    widths = (20, 85 - department, department, 30, 10, 15)
    rows: list[Row] = [tuple(_head(head) for head in heads)]
    for bundle in bundles:
        if bundle.measures:
            rows.append((Cell(run(bundle.title), "row", len(heads), fill="label"),))
            rows += [_index_row(material, measure) for measure in bundle.measures]
    if len(rows) > 1:
        yield Table(
            "list-measures", widths, tuple(rows), caption="施策の一覧", source=Source("ch6", "measures")
        )


def _department_width(material: Material, measures: Sequence[Measure]) -> int:
    return tables.name_width(material.department(each.part.department) for each in measures)


def _index_row(material: Material, measure: Measure) -> Row:
    return (
        Cell(run(measure.number), align="center"),
        Cell(run(measure.title)),
        Cell(run(material.department(measure.part.department))),
        Cell(run(material.measure_kinds.get(measure.part.answers.text("kind"), ""))),
        Cell(run(str(len(measure.kpis))), align="right"),
        Cell((Ref(measure.key),), align="center"),
    )


# --- 成果指標の一覧 ---------------------------------------------------------------------------------------------


def kpi_paper(material: Material) -> Paper:
    """Landscape if the years of the plan do not fit beside the names on upright paper."""
    return "landscape" if len(material.years) > _MOST_UPRIGHT_YEARS else "upright"


def kpis(material: Material, measures: Sequence[Measure]) -> Iterator[Table]:
    """Every KPI with baseline and the target of each year."""
    found = [(measure, each) for measure in measures for each in measure.kpis]
    total = TEXT_WIDTHS[kpi_paper(material)]
    for number, years in enumerate(_chunks(material.years, _MOST_KPI_YEARS), 1):
        shown = [(measure, each) for measure, each in found if number == 1 or _has_target(each, years)]
        if shown:
            yield _kpi_table(material, number, years, shown, total)


def _kpi_table(
    material: Material, number: int, years: Sequence[int], shown: list[tuple[Measure, Kpi]], total: int
) -> Table:
    years_widths = [_YEAR] * len(years) or [_WORDS]
    room = total - sum(_KPI_WIDTHS) - sum(years_widths)
    department = _department_width(material, [measure for measure, _ in shown])
    department = department if room >= _ROOM_FOR_DEPARTMENT else 0
    widths = (_KPI_WIDTHS[0], room - department, *_KPI_WIDTHS[1:], *years_widths)
    usual = _usual_fy([each for _, each in shown])
    heads = ["施策番号", "指標名", "種類", "単位"]
    heads.append("現状値" if usual is None else f"現状値\n{material.dates.short(usual)}")
    heads += [material.dates.narrow(year) for year in years] or ["目標値"]
    heads += ["所管課"] * bool(department)
    rows = [tuple(map(_head, heads))]
    rows += [_kpi_row(material, measure, each, years, usual, bool(department)) for measure, each in shown]
    return Table(
        f"list-kpis-{number}",
        (*widths, department) if department else widths,
        tuple(rows),
        kind="kpi",
        caption="成果指標（KPI）の一覧" + (f"（その{number}）" if number > 1 else ""),
        source=Source("ch6", "kpis"),
    )


def _usual_fy(kpis: Sequence[Kpi]) -> int | None:
    """The year of most baselines, which the head names; None if there is a baseline of no known year."""
    found = Counter(each.baseline_fy for each in kpis if each.baseline)
    return None if None in found or not found else max(found, key=lambda year: (found[year], year))


def _kpi_row(
    material: Material,
    measure: Measure,
    each: Kpi,
    years: Sequence[int],
    usual: int | None,
    with_department: bool,
) -> Row:
    baseline = each.baseline
    if baseline and each.baseline_fy not in (None, usual):
        baseline = f"{baseline}\n{material.dates.short(each.baseline_fy)}"
    targets = [each.target_in(year) for year in years] or [each.target_in_words]
    name = "\n".join(filter(None, (each.title, each.target_beside(years))))
    cells = [Cell(run(measure.number), align="center"), Cell(run(name))]
    cells += [Cell(run(text), align="center") for text in (each.kind, each.unit)]
    cells += [Cell(run(text), align="right") for text in (baseline, *targets)]
    if with_department:
        cells.append(Cell(run(material.department(measure.part.department))))
    return tuple(cells)


def _has_target(each: Kpi, years: Sequence[int]) -> bool:
    return any(each.target_in(year) for year in years)


# --- 工程表 ---------------------------------------------------------------------------------------------------


def schedule(material: Material, measures: Sequence[Measure]) -> Iterator[Block]:
    """The town's own picture, or every step of every measure over the years; on landscape paper."""
    yield from tuple(_own_schedule(material)) or _schedule_tables(material, measures)


def _own_schedule(material: Material) -> Iterator[Picture]:
    """A picture in the tables' stead, found by the same references."""
    if part := material.parts.get("ch5"):
        for picture in fields.picture(material, part, "schedule_diagram", "工程表"):
            asset = material.content.assets[picture.asset]
            yield replace(picture, width_mm=_fitting(picture.width_mm, asset), source=_SCHEDULE)


def _fitting(width: int, asset: Asset) -> int:
    """The width at which a picture is not too high; as it is for one that cannot be read."""
    if not asset.height_px:
        return width
    return max(5, min(width, _PICTURE_HEIGHT * asset.width_px // asset.height_px // 5 * 5))


def _schedule_tables(material: Material, measures: Sequence[Measure]) -> Iterator[Table]:
    found = [measure for measure in measures if measure.steps]
    for number, years in enumerate(_chunks(material.years, _MOST_SCHEDULE_YEARS), 1):
        shown = [measure for measure in found if number == 1 or _runs_in(measure.steps, years)]
        if shown:
            yield _schedule_table(material, number, years, shown)


def _schedule_table(material: Material, number: int, years: Sequence[int], shown: list[Measure]) -> Table:
    each = min(30, (LANDSCAPE_WIDTH - 85) // max(1, len(years)) // 5 * 5)
    left = LANDSCAPE_WIDTH - each * len(years)
    department = _department_width(material, shown)
    name = (left - department) * 11 // 20 // 5 * 5
    step = left - name - department
    widths = (name, department, step, *[each] * len(years))
    rows = [tuple(map(_head, ("施策", "所管課", "工程", *(material.dates.narrow(year) for year in years))))]
    for measure in shown:
        rows += _schedule_rows(material, measure, years, each, step)
    if not years:
        widths, rows = _without_years(rows)
    caption = "工程表" + (f"（その{number}）" if number > 1 else "")
    return Table(
        f"list-schedule-{number}", widths, tuple(rows), kind="schedule", caption=caption, source=_SCHEDULE
    )


def _schedule_rows(
    material: Material, measure: Measure, years: Sequence[int], each: int, room: int
) -> Iterator[Row]:
    name = "\n".join(filter(None, (measure.number, measure.title)))
    first = (
        Cell(run(name), "row", rowspan=len(measure.steps), fill="label"),
        Cell(run(material.department(measure.part.department)), rowspan=len(measure.steps)),
    )
    for nth, step in enumerate(measure.steps):
        row = step.laid_out(material, years, each, room)
        name = row.name if years else "\n".join(filter(None, (step.item, step.told(material))))
        yield (*(first if nth == 0 else ()), Cell(run(name)), *row.cells)


def _without_years(rows: list[Row]) -> tuple[tuple[int, ...], list[Row]]:
    """While the period is not known, each step tells its years in words."""
    return (75, 50, 120), rows


def _runs_in(steps: Sequence[Step], years: Sequence[int]) -> bool:
    return any(year in step.entries or year in step.years for step in steps for year in years)


def _chunks(years: tuple[int, ...], most: int) -> list[tuple[int, ...]]:
    """The years in as few runs of at most ``most`` as there can be, all about equally long."""
    tables = max(1, ceil(len(years) / most))
    size = ceil(len(years) / tables)
    return [years[at * size : (at + 1) * size] for at in range(tables)]


def _head(text: str) -> Cell:
    return fixed(text, "col", align="center", fill="head")
