"""Table → w:tbl, written as text: a plan of 200 measures holds some 20,000 cells."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

from planwizard.document import walk
from planwizard.document.docx.ledger import Ledger
from planwizard.document.docx.text import inlines
from planwizard.document.docx.xml import attribute, bookmark, place, twips
from planwizard.document.nodes import Cell, Run, Table

FILLS = {"head": "D9E2F3", "label": "EEF3FA", "band": "8EAADB"}
LONG_CELL = 600  # characters; a row that holds one may be cut between pages
_TIGHT = '<w:tblCellMar><w:top w:w="28" w:type="dxa"/><w:bottom w:w="28" w:type="dxa"/></w:tblCellMar>'

Row = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class _Spot:
    """A cell's place: its first column, and whether it only goes on from the row above."""

    cell: Cell
    column: int
    is_rest: bool = False


def table(block: Table, ledger: Ledger) -> str:
    """The table alone; its caption is a paragraph before it."""
    edges = [twips(mm * ledger.scale) for mm in accumulate(block.widths, initial=0)]
    grid = "".join(f'<w:gridCol w:w="{b - a}"/>' for a, b in zip(edges, edges[1:], strict=False))
    kept = _kept_rows(block)
    here = bookmark(place("_b_", block.id), ledger.number("bookmark"))
    rows: list[str] = []
    for at, spots in enumerate(_spots(block)):
        look = _Look(block.kind, at < block.head_rows, at in kept)
        cells = "".join(
            _cell(spot, edges, look, ledger, "" if rows or n else here) for n, spot in enumerate(spots)
        )
        rows.append(f"<w:tr>{_row_properties(block.rows[at], look)}{cells}</w:tr>")
    return f"<w:tbl>{_properties(block, edges[-1])}<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"


@dataclass(frozen=True, slots=True)
class _Look:
    kind: str
    is_head: bool
    is_kept: bool  # with the next row


def _kept_rows(block: Table) -> frozenset[int]:
    """Rows that stay with the next: all but the last of a kept table, of a head or of a label's short band."""
    if block.keep:
        return frozenset(range(len(block.rows) - 1))
    kept = {*range(min(block.head_rows, len(block.rows) - 1)), *walk.kept_rows(block)}
    at = 0
    for band in walk.bands(block.rows):
        if len(band) <= walk.SHORT_BAND:
            kept.update(range(at, at + len(band) - 1))
        at += len(band)
    return frozenset(kept)


def _spots(block: Table) -> list[list[_Spot]]:
    """Each row's cells with their columns, those that reach down from above included."""
    reach: dict[int, tuple[Cell, int]] = {}  # first column: (cell, rows it still takes)
    rows = []
    for row in block.rows:
        spots: list[_Spot] = []
        waiting = iter(row)
        column = 0
        while column < len(block.widths):
            if column in reach:
                cell, left = reach.pop(column)
                spots.append(_Spot(cell, column, is_rest=True))
            else:
                cell = next(waiting)
                left = cell.rowspan
                spots.append(_Spot(cell, column))
            if left > 1:
                reach[column] = (cell, left - 1)
            column += cell.colspan
        rows.append(spots)
    return rows


def _properties(block: Table, width: int) -> str:
    first_row = f'<w:tblLook w:val="0020" w:firstRow="{int(block.head_rows > 0)}"/>'
    margins = _TIGHT if block.kind == "sheet" else ""
    name = f'<w:tblCaption w:val="{attribute(block.caption)}"/>' if block.caption else ""
    return (
        f'<w:tblPr><w:tblStyle w:val="PlanTable"/><w:tblW w:w="{width}" w:type="dxa"/>'
        f'<w:tblLayout w:type="fixed"/>{margins}{first_row if block.head_rows else ""}{name}</w:tblPr>'
    )


def _row_properties(row: Row, look: _Look) -> str:
    whole = "" if any(_length(cell) >= LONG_CELL for cell in row) else "<w:cantSplit/>"
    head = "<w:tblHeader/>" if look.is_head else ""
    return f"<w:trPr>{whole}{head}</w:trPr>" if whole or head else ""


def _length(cell: Cell) -> int:
    return sum(len(inline.text) for inline in cell.inlines if isinstance(inline, Run))


def _cell(spot: _Spot, edges: list[int], look: _Look, ledger: Ledger, here: str) -> str:
    cell = spot.cell
    width = edges[spot.column + cell.colspan] - edges[spot.column]
    merge = "" if cell.rowspan == 1 else "continue" if spot.is_rest else "restart"
    frame = _frame(width, cell.colspan, merge, cell.fill, bool(cell.header))
    paragraph = _paragraph(look.kind, cell.header, cell.align, look.is_kept)
    content = "" if spot.is_rest else inlines(cell.inlines, ledger)
    return f"<w:tc>{frame}{paragraph}{here}{content}</w:p></w:tc>"


@lru_cache(maxsize=1024)
def _frame(width: int, colspan: int, merge: str, fill: str, is_header: bool) -> str:
    parts = (
        f'<w:tcW w:w="{width}" w:type="dxa"/>',
        f'<w:gridSpan w:val="{colspan}"/>' if colspan > 1 else "",
        f'<w:vMerge w:val="{merge}"/>' if merge else "",
        f'<w:shd w:val="clear" w:color="auto" w:fill="{FILLS[fill]}"/>' if fill else "",
        '<w:vAlign w:val="center"/>' if is_header else "",
    )
    return f"<w:tcPr>{''.join(parts)}</w:tcPr>"


@lru_cache(maxsize=128)
def _paragraph(kind: str, header: str, align: str, is_kept: bool) -> str:
    """The beginning of a cell's paragraph, up to its runs."""
    style = "PlanTableHead" if header else "PlanDiffText" if kind == "diff" else "PlanTableText"
    usual = "center" if header else "left"
    wanted = align or ("left" if header == "row" else usual)
    keep = "<w:keepNext/>" if is_kept else ""
    side = f'<w:jc w:val="{wanted}"/>' if wanted != usual else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{keep}{side}</w:pPr>'
