"""Which heads a cell of a tagged PDF belongs to.

WeasyPrint relates cells to heads without counting cells that reach down from above, and knows no heads but those
of the first row they stand in. Here each tagged table is laid out as a grid once more and every cell is given
its nearest heads, so that a reader hears 「成果指標、令和9年度、46.0」.

A table that goes on over a page is tagged anew there, and a cell that reaches over the page is in the first tag
only: it is cut to its page, and an empty cell holds its place on the next, as each row must be full (PDF/UA).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pydyf


@dataclass(slots=True)
class _Cell:
    tag: Any  # the structure element
    row: int
    column: int
    is_column_head: bool = False
    is_row_head: bool = False

    @property
    def is_head(self) -> bool:
        return bool(self.tag["S"] == "/TH")


Grid = dict[tuple[int, int], _Cell]


def relate(pdf: Any) -> None:
    """Write the scope of every head and the heads of every cell into the tags of ``pdf`` (pydyf)."""
    by_reference = {item.reference: item for item in pdf.objects}
    for item in pdf.objects:
        if isinstance(item, dict) and item.get("S") == "/Table":
            rows = list(_rows(item, by_reference))
            _cut(rows)
            _fill(rows, pdf)
            _relate(rows)


@dataclass(slots=True)
class _Row:
    tag: Any
    cells: list[Any]
    is_head: bool


def _rows(table: Any, by_reference: dict[bytes, Any], is_head: bool = False) -> Iterator[_Row]:
    """Each row, through THead, TBody and the like."""
    for kid in _kids(table, by_reference):
        if kid["S"] == "/TR":
            cells = [cell for cell in _kids(kid, by_reference) if cell["S"] in ("/TH", "/TD")]
            yield _Row(kid, cells, is_head)
        else:
            yield from _rows(kid, by_reference, is_head or kid["S"] == "/THead")


def _kids(element: Any, by_reference: dict[bytes, Any]) -> Iterator[Any]:
    kids = (by_reference.get(kid) for kid in element.get("K", ()) if isinstance(kid, bytes))
    return (kid for kid in kids if isinstance(kid, dict) and "S" in kid)


def _cut(rows: list[_Row]) -> None:
    """No cell reaches below the last row."""
    for at, row in enumerate(rows):
        for cell in row.cells:
            if cell["A"].get("RowSpan", 1) > len(rows) - at:
                cell["A"]["RowSpan"] = len(rows) - at


def _fill(rows: list[_Row], pdf: Any) -> None:
    """An empty cell wherever a row has none."""
    grid = _lay_out(rows)[1]
    width = max((column + 1 for _, column in grid), default=0)
    for at, row in enumerate(rows):
        missing = [column for column in range(width) if (at, column) not in grid]
        for column in missing:
            before = sum(1 for cell in row.cells if _column_of(cell, at, grid) < column)
            _put(row, before, pdf)


def _column_of(tag: Any, row: int, grid: Grid) -> int:
    return min((column for (at, column), cell in grid.items() if at == row and cell.tag is tag), default=-1)


def _put(row: _Row, before: int, pdf: Any) -> None:
    """A cell without content after ``before`` others."""
    facts = {"Type": "/StructElem", "S": "/TD", "K": pydyf.Array(), "P": row.tag.reference}
    cell = pydyf.Dictionary({**facts, "A": pydyf.Dictionary({"O": "/Table"})})
    pdf.add_object(cell)
    row.tag["K"].insert(before, cell.reference)
    row.cells.insert(before, cell)


def _relate(rows: list[_Row]) -> None:
    cells, grid = _lay_out(rows)
    heads = {at for at, row in enumerate(rows) if row.is_head}
    for cell in cells:
        if cell.is_head:
            _classify(cell, grid, heads)
    for cell in cells:
        if not cell.is_head:
            found = [*_row_head(cell, grid), *_column_heads(cell, grid)]
            cell.tag["A"]["Headers"] = type(cell.tag["K"])(each.tag["ID"] for each in found)


def _lay_out(rows: list[_Row]) -> tuple[list[_Cell], Grid]:
    grid: Grid = {}
    cells = []
    for row, found in enumerate(rows):
        column = 0
        for tag in found.cells:
            while (row, column) in grid:
                column += 1
            cell = _Cell(tag, row, column)
            cells.append(cell)
            for down in range(tag["A"].get("RowSpan", 1)):
                for along in range(tag["A"].get("ColSpan", 1)):
                    grid[row + down, column + along] = cell
    return cells, grid


def _classify(cell: _Cell, grid: Grid, heads: set[int]) -> None:
    """A head in the body is a row's if it stands first or before a plain cell, else a column's."""
    after = grid.get((cell.row, cell.column + cell.tag["A"].get("ColSpan", 1)))
    stands_before = cell.column == 0 or (after is not None and not after.is_head)
    cell.is_row_head = cell.row not in heads and stands_before
    cell.is_column_head = not cell.is_row_head
    cell.tag["A"]["Scope"] = "/Row" if cell.is_row_head else "/Column"


def _row_head(cell: _Cell, grid: Grid) -> Iterator[_Cell]:
    """The nearest head to the left."""
    for column in range(cell.column - 1, -1, -1):
        left = grid.get((cell.row, column))
        if left and left.is_row_head:
            yield left
            return


def _column_heads(cell: _Cell, grid: Grid) -> Iterator[_Cell]:
    """The nearest heads above each column of the cell, those that stand directly on one another."""
    seen: set[int] = set()
    for column in range(cell.column, cell.column + cell.tag["A"].get("ColSpan", 1)):
        for head in _above(cell.row, column, grid):
            if id(head) not in seen:
                seen.add(id(head))
                yield head


def _above(row: int, column: int, grid: Grid) -> Iterator[_Cell]:
    found = False
    for at in range(row - 1, -1, -1):
        above = grid.get((at, column))
        if above and above.is_column_head:
            found = True
            yield above
        elif found:
            return
