"""概要版: the plan at a glance, from the same answers: where it leads, what is done first, how it is measured.

Two to four pages A4, or one page A3 in two columns for a meeting or a wall. It quotes first sentences and never cuts
one: what is longer than its place is left to the plan itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from planwizard.blueprint.content import Answers
from planwizard.document import walk
from planwizard.document.nodes import (
    TEXT_WIDTHS,
    Block,
    Cell,
    Document,
    Heading,
    Paper,
    Paragraph,
    Run,
    Section,
    Source,
    Table,
)
from planwizard.manuscript import front, numbering, tables
from planwizard.manuscript.bundles import Bundle, bundles
from planwizard.manuscript.kpi import Kpi
from planwizard.manuscript.material import Material
from planwizard.manuscript.measures import Measure
from planwizard.manuscript.options import Variant
from planwizard.manuscript.special import period
from planwizard.manuscript.tables import Column, fixed, run

TITLE = "summary"
_YEAR = 20  # mm
_MOST_YEARS = 5  # beside the names of the measures


@dataclass(frozen=True, slots=True)
class _Room:
    """The paper, and how many lines of a kind fit on it."""

    paper: Paper
    measures: int
    kpis: int
    issues: int

    @property
    def width(self) -> int:
        return TEXT_WIDTHS[self.paper]


_ROOMS = {Variant.SUMMARY: _Room("upright", 12, 16, 10), Variant.POSTER: _Room("poster", 8, 10, 8)}
# Estimates in mm for fitting a poster: what a heading takes with its space, a line in a cell, the space of a row.
_HEADING, _LINE, _ROW = 14.0, 4.6, 2.0
_POSTER_HEIGHT = 2 * 215.0  # of both columns below the title


def summary(material: Material) -> Document:
    """The short form that the options ask for."""
    blocks = _fitting(material, _ROOMS[material.options.variant])
    room = _ROOMS[material.options.variant]
    sections = numbering.numbered([Section("summary-page", blocks, room.paper)], frozenset({TITLE}))
    return Document(front.meta(material), None, sections, toc_depth=0)


def _fitting(material: Material, room: _Room) -> tuple[Block, ...]:
    """The blocks; on a poster with as many rows as its one page takes."""
    while True:
        blocks = tuple(_blocks(material, room))
        if room.paper != "poster" or room.measures == 1 or _height(blocks) <= _POSTER_HEIGHT:
            return blocks
        room = replace(room, measures=room.measures - 1, kpis=room.kpis - 1, issues=room.issues - 1)


def _height(blocks: Sequence[Block]) -> float:
    """About how many mm the blocks below the title take in a column."""
    rows = [(row, block.widths) for block in blocks if isinstance(block, Table) for row in block.rows]
    headings = sum(isinstance(block, Heading) for block in blocks) - 1
    return headings * _HEADING + sum(_lines(row, widths) * _LINE + _ROW for row, widths in rows)


def _lines(row: Sequence[Cell], widths: Sequence[int]) -> int:
    return max(
        tables.lines(walk.plain(cell.inlines), width) for cell, width in zip(row, widths, strict=False)
    )


def _blocks(material: Material, room: _Room) -> Iterator[Block]:
    yield Heading(TITLE, 1, f"{material.title}　概要版", source=Source("basics", "plan_title"))
    yield from _aim(material)
    found = bundles(material)
    chosen = _first_measures(material, found, room.measures)
    name = "重点施策" if _key_measures(material) else "主な施策"
    pieces = (
        ("issues", "課題と施策", _issues(material, room)),
        ("pillars", "取組の柱", _pillars(material, found, room)),
        ("measures", name, _measures(material, chosen, room)),
        ("kpis", "主な成果指標", _kpis(material, chosen, room)),
        ("schedule", "工程", _schedule(material, chosen, room)),
    )
    for key, title, blocks in pieces:
        if held := tuple(blocks):
            yield Heading(f"{TITLE}-{key}", 2, title, source=held[0].source)
            yield from held


def first_sentence(text: str) -> str:
    """The text up to its first 「。」, on one line."""
    line = next(iter(text.strip().split("\n")), "")
    head, mark, _ = line.partition("。")
    return head + mark


# --- the aim -------------------------------------------------------------------------------------------------


def _aim(material: Material) -> Iterator[Block]:
    vision = material.answers("ch2").text("vision")
    if vision:
        yield Paragraph(
            f"{TITLE}-vision", (Run(f"目指す姿　{vision}", "strong"),), "lead", Source("ch2", "vision")
        )
    facts = "　".join(
        filter(None, (f"計画期間：{period(material)}" if period(material) else "", _whom(material)))
    )
    if facts:
        yield Paragraph(f"{TITLE}-facts", (Run(facts),), "note", Source("basics", "period_start_fy"))


def _whom(material: Material) -> str:
    """Whom to ask: 担当：企画課　電話 …"""
    department = material.department(material.basics.text("contact_department"))
    phone = material.basics.text("contact_phone")
    return f"担当：{department}" + (f"（電話 {phone}）" if phone else "") if department else ""


# --- issues and pillars --------------------------------------------------------------------------------------


def _issues(material: Material, room: _Room) -> Iterator[Table]:
    rows = [
        [number, row.text("title"), "、".join(material.measures_by_issue.get(row.key, []))]
        for number, row in material.issues[: room.issues]
        if row.text("title")
    ]
    columns = [Column("番号"), Column("課題"), Column("対応する施策")]
    yield from _table("issues", columns, rows, Source("ch1", "issues"), room)


def _pillars(material: Material, found: Sequence[Bundle], room: _Room) -> Iterator[Table]:
    rows = [[each.title, _policy(material, each), f"{len(each.measures)}"] for each in found]
    columns = [Column("柱"), Column("方針"), Column("施策数", is_number=True)]
    source = Source("ch5", "pillar_policy")
    yield from _table("pillars", columns, rows, source, room)


def _policy(material: Material, bundle: Bundle) -> str:
    """The first sentence of what chapter 5 says of the areas in a bundle."""
    policies = material.answers("ch5")
    texts = (policies.text(f"pillar_policy.{area.pillar}.text") for area in bundle.areas)
    return "\n".join(filter(None, map(first_sentence, texts)))


# --- measures ------------------------------------------------------------------------------------------------


def _key_measures(material: Material) -> set[str]:
    """Those that chapter 5 lists as 重点施策, and those whose sheet says so."""
    marked = {part.key for part in material.measures if part.answers["is_priority"] is True}
    return marked | set(material.answers("ch5").keys("key_measures"))


def _first_measures(material: Material, found: Sequence[Bundle], most: int) -> list[Measure]:
    """The 重点施策; where none is marked, measures of every pillar in turn."""
    marked = _key_measures(material)
    measures = [measure for bundle in found for measure in bundle.measures]
    if any(measure.key in marked for measure in measures):
        return [measure for measure in measures if measure.key in marked][:most]
    in_turn = sorted(
        (
            (nth, at, measure)
            for at, bundle in enumerate(found)
            for nth, measure in enumerate(bundle.measures)
        ),
        key=lambda each: each[:2],
    )
    taken = {measure.key for _, _, measure in in_turn[:most]}
    return [measure for measure in measures if measure.key in taken]


def _measures(material: Material, chosen: Sequence[Measure], room: _Room) -> Iterator[Table]:
    rows = [[each.number, each.title, _goal(each.answers), _department(material, each)] for each in chosen]
    columns = [Column("施策番号"), Column("施策名"), Column("目指す姿"), Column("所管課")]
    yield from _table("measures", columns, rows, Source("ch6", "measures"), room)


def _goal(answers: Answers) -> str:
    return first_sentence(answers.text("goal_statement") or answers.text("actions"))


def _department(material: Material, measure: Measure) -> str:
    return material.department(measure.part.department)


def _kpis(material: Material, chosen: Sequence[Measure], room: _Room) -> Iterator[Table]:
    """The first KPI of each measure, then the second ones, as far as there is room; in the measures' order."""
    ranked = sorted(
        (
            (nth, at, measure, kpi)
            for at, measure in enumerate(chosen)
            for nth, kpi in enumerate(measure.kpis)
        ),
        key=lambda each: each[:2],
    )[: room.kpis]
    rows = [
        [measure.number, kpi.name, _baseline(material, kpi), kpi.target_in_words]
        for _, _, measure, kpi in sorted(ranked, key=lambda each: (each[1], each[0]))
    ]
    columns = [
        Column("施策番号"),
        Column("指標名"),
        Column("現状値", is_number=True),
        Column("目標値", is_number=True),
    ]
    yield from _table("kpis", columns, rows, Source("ch6", "kpis"), room)


def _baseline(material: Material, kpi: Kpi) -> str:
    year = f"（{material.dates.year(kpi.baseline_fy)}）" if kpi.baseline and kpi.baseline_fy else ""
    return kpi.baseline + year


# --- schedule ------------------------------------------------------------------------------------------------


def _schedule(material: Material, chosen: Sequence[Measure], room: _Room) -> Iterator[Table]:
    """The first step of each measure over the years; of a long plan over its first years."""
    years = material.years[:_MOST_YEARS]
    shown = [measure for measure in chosen if measure.steps]
    if not years or not shown:
        return
    widths = (room.width - _YEAR * len(years), *[_YEAR] * len(years))
    heads = ("施策", *(material.dates.narrow(year) for year in years))
    rows = [tuple(fixed(head, "col", align="center", fill="head") for head in heads)]
    for measure in shown:
        name = Cell(run(f"{measure.number}　{measure.title}"), "row", fill="label")
        rows.append((name, *measure.steps[0].cells(years)))
    source = Source("ch6", "schedule")
    yield Table(f"{TITLE}-t-schedule", widths, tuple(rows), kind="schedule", source=source)


def _table(
    key: str, columns: list[Column], rows: list[list[str]], source: Source, room: _Room
) -> Iterator[Table]:
    """The columns that hold anything, under the heading alone; no table without rows."""
    kept = [nth for nth in range(len(columns)) if any(row[nth] for row in rows)]
    if rows:
        shown = [columns[nth] for nth in kept], [[row[nth] for nth in kept] for row in rows]
        blocks = tables.grid(f"{TITLE}-t-{key}", "", *shown, source=source, total=room.width)
        yield from (block for block in blocks if isinstance(block, Table))
