"""What a table is made of, whatever file it came in."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

Cell = str | int | float | bool | None  # a day is its ISO text

MAX_BYTES = 20 * 2**20
MAX_ROWS = 20_000
MAX_COLUMNS = 200
MAX_TEXT = 32_767  # characters that a cell of a spreadsheet holds


class TableRefused(ValueError):
    """The file cannot be read as a table; says in Japanese why and what to do."""


@dataclass(frozen=True, slots=True)
class Row:
    number: int  # as the spreadsheet shows it, from 1
    cells: list[Cell]


@dataclass(frozen=True, slots=True)
class Problem:
    """A cell that is not guessed at."""

    row: int
    column: int  # from 0; -1 for the whole row
    says: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rows that hold something, in order."""

    name: str
    rows: list[Row]
    problems: list[Problem] = field(default_factory=list)


def cell_name(row: int, column: int) -> str:
    """B3; 3行 for a whole row."""
    if column < 0:
        return f"{row}行"
    letters = ""
    number = column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row}"


def is_blank(cell: Cell) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())


def to_json(sheets: list[Sheet]) -> list[dict[str, Any]]:
    return [asdict(sheet) for sheet in sheets]


def from_json(found: list[dict[str, Any]]) -> list[Sheet]:
    return [
        Sheet(
            each["name"],
            [Row(**row) for row in each["rows"]],
            [Problem(**problem) for problem in each["problems"]],
        )
        for each in found
    ]
