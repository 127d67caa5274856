"""証拠の一覧: which sentence of the plan fulfils which item of the checklist, and on which page, for the decision file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice
from typing import Any

from planwizard.blueprint.content import PlanContent
from planwizard.document.nodes import (
    Block,
    Cell,
    Document,
    Heading,
    Paragraph,
    Run,
    Section,
    Source,
    Table,
)
from planwizard.manuscript import front, tables
from planwizard.manuscript.material import Material
from planwizard.manuscript.options import Options
from planwizard.manuscript.tables import Column

TITLE = "チェックリストの証拠の一覧"
_COLUMNS = (
    Column("項目"),
    Column("判定"),
    Column("根拠の文・理由"),
    Column("頁", is_number=True),
    Column("確認", is_name=True),
)
_TALL = 2  # the columns that reach over all rows of an item


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence that somebody has named, and where it stands."""

    text: str
    part: str
    label: str  # 住民の利便性の向上を述べた文
    by: str
    on: str  # 2026年11月26日
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One item with its result. ``reasons`` are what was found and what people wrote to it."""

    id: str
    title: str
    state: str
    reasons: tuple[str, ...]
    quotes: tuple[Quote, ...] = ()


@dataclass(frozen=True, slots=True)
class EvidenceSheet:
    tally: str  # 必須18項目のうち…
    on: str
    groups: tuple[tuple[str, tuple[Line, ...]], ...]  # (title, lines)
    reason: str = ""  # why it is handed out although something required fails

    @property
    def quotes(self) -> tuple[Quote, ...]:
        return tuple(quote for _, lines in self.groups for line in lines for quote in line.quotes)

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> EvidenceSheet:
        """The inverse of ``asdict``."""
        groups = tuple((title, tuple(map(_line, lines))) for title, lines in data["groups"])
        return cls(**{**data, "groups": groups})


def _line(data: Mapping[str, Any]) -> Line:
    quotes = tuple(Quote(**quote) for quote in data["quotes"])
    return Line(**{**data, "reasons": tuple(data["reasons"]), "quotes": quotes})


def compose(content: PlanContent, sheet: EvidenceSheet, pages: Mapping[Quote, str]) -> Document:
    """The sheet as a document of its own. ``pages`` are those of the plan's PDF, as printed."""
    meta = front.meta(Material(content, Options()))
    section = Section("section-1", tuple(_blocks(sheet, pages, meta.title)))
    return Document(replace(meta, identifier=f"{meta.identifier}/evidence"), None, (section,), toc_depth=0)


def _blocks(sheet: EvidenceSheet, pages: Mapping[Quote, str], title: str) -> Iterator[Block]:
    yield Heading("evidence", 1, TITLE)
    yield Paragraph("evidence-lead", (Run(f"「{title}」を{sheet.on}に判定した。{sheet.tally}。"),))
    if sheet.reason:
        yield Paragraph("evidence-reason", (Run(f"「未」の項目があるまま出す理由：{sheet.reason}"),))
    if pages:
        yield Paragraph("evidence-pages", (Run("頁は、計画全体のPDFに印刷された番号である。"),), role="note")
    for number, (name, lines) in enumerate(sheet.groups, 1):
        yield Heading(f"evidence-{number}", 2, name)
        yield from _table(f"evidence-{number}-table", [tuple(_rows(line, pages)) for line in lines])


_Row = tuple[str, str, str, str, str]


def _rows(line: Line, pages: Mapping[Quote, str]) -> Iterator[_Row]:
    """What was found of an item, then a row for each sentence; the item and its result stand in the first."""
    head, state = f"{line.id}\n{line.title}", line.state
    if not line.quotes or line.reasons:
        yield head, state, "\n".join(line.reasons), "", ""
        head = state = ""
    for quote in line.quotes:
        words = f"{quote.label}：「{quote.text}」" + (f"\n備考：{quote.comment}" if quote.comment else "")
        yield head, state, words, pages.get(quote, ""), f"{quote.by}\n{quote.on}"
        head = state = ""


def _table(id_: str, items: Sequence[tuple[_Row, ...]]) -> Iterator[Block]:
    """The rows of the items, with the name and the result of each reaching over all of its rows."""
    table, *below = tables.grid(id_, "", _COLUMNS, [*chain.from_iterable(items)], source=Source())
    assert isinstance(table, Table)
    heads, body = table.rows[:1], iter(table.rows[1:])
    joined = (_joined(tuple(islice(body, len(rows)))) for rows in items)
    yield replace(table, rows=(*heads, *chain.from_iterable(joined)))
    yield from below


def _joined(rows: tuple[tuple[Cell, ...], ...]) -> Iterator[tuple[Cell, ...]]:
    for at, row in enumerate(rows):
        tall = () if at else (replace(cell, rowspan=len(rows)) for cell in row[:_TALL])
        yield (*tall, *row[_TALL:])
