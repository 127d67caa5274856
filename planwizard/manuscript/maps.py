"""The tables that tie measures together: 課題・施策・指標の対応, and 概算事業費の一覧 where budgets are printed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal

from planwizard.document.nodes import TEXT_WIDTHS, Cell, Paper, Source, Table
from planwizard.manuscript.material import Material
from planwizard.manuscript.measures import Measure
from planwizard.manuscript.tables import fixed, run
from planwizard.manuscript.words import number

_MOST_UPRIGHT_YEARS = 4
_NUMBER, _AMOUNT = 20, 20  # mm

Row = tuple[Cell, ...]


def issues(material: Material, measures: Sequence[Measure]) -> Iterator[Table]:
    """Under each issue the measures that answer it and what they are measured by."""
    heads, widths = ("施策番号", "施策名", "成果指標"), (_NUMBER, 60, 80)
    rows: list[Row] = [tuple(map(_head, heads))]
    for printed_no, issue in material.issues:
        answering = [measure for measure in measures if issue.key in measure.answers.keys("issues")]
        if answering:
            title = "\u3000".join(filter(None, (printed_no, issue.text("title"))))
            rows.append((Cell(run(title), "row", len(heads), fill="label"),))
            rows += map(_answer, answering)
    if len(rows) > 1:
        caption, source = "課題・施策・成果指標の対応", Source("ch6", "issues")
        yield Table("list-issues", widths, tuple(rows), caption=caption, source=source)


def _answer(measure: Measure) -> Row:
    names = "\n".join(kpi.name for kpi in measure.kpis)
    return Cell(run(measure.number), align="center"), Cell(run(measure.title)), Cell(run(names))


# --- budgets -------------------------------------------------------------------------------------------------


def budget_paper(material: Material) -> Paper:
    return "landscape" if len(material.years) > _MOST_UPRIGHT_YEARS else "upright"


def budgets(material: Material, measures: Sequence[Measure]) -> Iterator[Table]:
    """What each measure costs in each year, in 千円, with the sums; only where the options print budgets."""
    costs = {measure.key: _by_year(measure) for measure in measures}
    shown = [measure for measure in measures if costs[measure.key]]
    if not material.options.budgets or not shown:
        return
    years = sorted({year for cost in costs.values() for year in cost} | set(material.years))
    paper = budget_paper(material)
    name = TEXT_WIDTHS[paper] - _NUMBER - _AMOUNT * (len(years) + 1)
    heads = ("施策番号", "施策名", *(material.dates.narrow(year) for year in years), "計")
    rows = [tuple(map(_head, heads))]
    rows += [_cost_row(measure.number, measure.title, costs[measure.key], years) for measure in shown]
    rows.append(_total_row(list(costs.values()), years))
    caption, source = "概算事業費の一覧（千円）", Source("ch6", "budget")
    widths = (_NUMBER, name, *[_AMOUNT] * (len(years) + 1))
    if name > 0:
        yield Table("list-budgets", widths, tuple(rows), caption=caption, source=source)


def _by_year(measure: Measure) -> dict[int, Decimal]:
    """{fiscal year: 千円}, rows of one year added."""
    found: dict[int, Decimal] = defaultdict(Decimal)
    for row in measure.answers.rows("budget"):
        year, amount = row.year("fy"), row.text("amount")
        if year is not None and amount:
            found[year] += Decimal(amount)
    return dict(found)


def _cost_row(measure_no: str, title: str, cost: dict[int, Decimal], years: Sequence[int]) -> Row:
    return (Cell(run(measure_no), align="center"), Cell(run(title)), *_amounts(cost, years))


def _total_row(costs: Sequence[dict[int, Decimal]], years: Sequence[int]) -> Row:
    total = {year: sum((cost.get(year, Decimal(0)) for cost in costs), Decimal(0)) for year in years}
    return (Cell(run("計"), "row", colspan=2, align="center", fill="label"), *_amounts(total, years))


def _amounts(cost: dict[int, Decimal], years: Sequence[int]) -> Iterator[Cell]:
    for amount in (*(cost.get(year) for year in years), sum(cost.values(), Decimal(0))):
        yield Cell(run(number(str(amount)) if amount is not None else ""), align="right")


def _head(text: str) -> Cell:
    return fixed(text, "col", align="center", fill="head")
