"""One table as CSV: UTF-8 with or without BOM, or CP932, as the person says it is."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

from planwizard.common.tables.sheet import MAX_COLUMNS, MAX_ROWS, Cell, Row, Sheet, TableRefused, is_blank

ENCODINGS = {"utf-8": "UTF-8", "cp932": "シフトJIS（CP932）"}
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_LONGEST = 1_000_000  # characters of a cell


def read(data: bytes, *, name: str, encoding: str) -> Sheet:
    """Every cell is text; a formula is text too. Raises TableRefused with the line that cannot be read."""
    rows = []
    for row in _rows(_text(data, encoding)):
        if len(row.cells) > MAX_COLUMNS:
            raise TableRefused(f"{row.number}行：列が{MAX_COLUMNS}より多いので読めません。")
        if not all(map(is_blank, row.cells)):
            rows.append(row)
        if len(rows) > MAX_ROWS:
            raise TableRefused(f"{MAX_ROWS:,}行より多いので読めません。ファイルを分けてください。")
    return Sheet(name, rows)


def write(rows: Iterable[Iterable[Cell]], *, encoding: str = "utf-8") -> bytes:
    """UTF-8 with BOM, CRLF. What a spreadsheet would take for a formula gets an apostrophe."""
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\r\n").writerows([_harmless(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig" if encoding == "utf-8" else encoding)


def _text(data: bytes, encoding: str) -> str:
    if encoding not in ENCODINGS:
        raise TableRefused("文字コードを選んでください。")
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise TableRefused(
            "CSV ではありません。Excel のファイルなら、ファイルの形で「xlsx」を選んでください。"
        )
    try:
        return data.decode("utf-8-sig" if encoding == "utf-8" else encoding)
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise TableRefused(
            f"{line}行：{ENCODINGS[encoding]}の文字として読めません。文字コードの選び方を確かめてください。"
        ) from None


def _rows(text: str) -> Iterator[Row]:
    csv.field_size_limit(_LONGEST)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        for number, cells in enumerate(reader, 1):
            yield Row(number, [_as_meant(cell) for cell in cells])
    except csv.Error:
        raise TableRefused(
            f'{reader.line_num}行：CSV として読めません。引用符（"）の閉じ忘れか、長すぎるセルがないか確かめてください。'
        ) from None


def _as_meant(cell: str) -> str:
    """Without the apostrophe that ``write`` puts before a formula."""
    return cell[1:] if cell.startswith("'") and _is_formula(cell) else cell


def _harmless(cell: Cell) -> Cell:
    """An apostrophe that is the text's own gets a second one, so that ``_as_meant`` takes off ours only."""
    if isinstance(cell, str) and _is_formula(cell):
        return f"'{cell}"
    return "" if cell is None else cell


def _is_formula(text: str) -> bool:
    return text.lstrip(" '").startswith(_FORMULA)
