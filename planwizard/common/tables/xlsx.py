"""Sheets as xlsx. What is not a plain, harmless workbook is refused; what is not a plain cell is named."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any
from xml.etree.ElementTree import ParseError

import openpyxl
from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils.exceptions import InvalidFileException

from planwizard.common import zips
from planwizard.common.tables.sheet import (
    MAX_COLUMNS,
    MAX_ROWS,
    MAX_TEXT,
    Cell,
    Problem,
    Row,
    Sheet,
    TableRefused,
    cell_name,
    is_blank,
)

_TYPES = "[Content_Types].xml"
_WORKBOOK = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MACROS = re.compile(rb"vbaProject|macroEnabled|macrosheet", re.IGNORECASE)
_STRANGE = re.compile(
    r"/(activex|embeddings|ctrlprops|externallinks|macrosheets|dialogsheets)/|oleobject", re.IGNORECASE
)
_RANGE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})(?::([A-Z]{1,3})([0-9]{1,7}))?\Z")

SAVE_AS = "Excel か LibreOffice で開き、種類「Excel ブック（*.xlsx）」で保存し直してください。"
NOT_XLSX = f"xlsx のファイルではありません。{SAVE_AS}"
LOCKED = f"古い形式（.xls）か、パスワードのかかったファイルです。{SAVE_AS}"
BOMB = "中身が大きすぎるため、開けません。表のほかのもの（画像など）を消して保存し直してください。"
BROKEN = f"ファイルが壊れていて読めません。{SAVE_AS}"
UNSAFE = f"ファイルの中に、表計算ソフトが作らないものが入っています。{SAVE_AS}"
MACROS = f"マクロが入っています。マクロのない形にしてください。{SAVE_AS}"
EMBEDDED = "埋め込んだ部品か、ほかのブックへのつながりが入っています。消して、保存し直してください。"
_ZIPS = {"not_a_zip": NOT_XLSX, "too_large": BOMB, "encrypted": LOCKED, "broken": BROKEN}


def read(data: bytes) -> list[Sheet]:
    """Raises TableRefused. Formulas, merged cells, hidden rows and strange values are problems of their cells."""
    files = _examined(data)
    try:
        workbook = openpyxl.load_workbook(io.BytesIO(data), read_only=True, keep_links=False)
        if not workbook.worksheets:
            raise TableRefused(BROKEN)
        return [_sheet(sheet, files) for sheet in workbook.worksheets]
    except TableRefused:
        raise
    except (
        KeyError,
        ValueError,
        TypeError,
        AttributeError,
        IndexError,
        ParseError,
        OSError,
        InvalidFileException,
    ):
        raise TableRefused(BROKEN) from None


def write(sheets: Iterable[Sheet]) -> bytes:
    """Texts are texts, whatever they begin with. Raises TableRefused for a text that no cell can hold."""
    workbook = openpyxl.Workbook(write_only=True)
    for sheet in sheets:
        made = workbook.create_sheet(sheet.name)
        made.freeze_panes = "A2"
        for row in sheet.rows:
            made.append([_written(made, cell, sheet, row, at) for at, cell in enumerate(row.cells)])
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def _written(made: Any, value: Cell, sheet: Sheet, row: Row, column: int) -> Any:
    if isinstance(value, str) and len(value) > MAX_TEXT:
        place = f"{sheet.name}の{cell_name(row.number, column)}"
        raise TableRefused(
            f"{place}：{MAX_TEXT:,}文字より長い文は xlsx に入りません。CSV で書き出してください。"
        )
    cell = WriteOnlyCell(made, value)
    if isinstance(value, str):
        cell.data_type = "s"
        cell.quotePrefix = True
    if row.number == 1:
        cell.font = Font(bold=True)
    return cell


# --- what may come in ----------------------------------------------------------------------------------------


def _examined(data: bytes) -> dict[str, bytes]:
    if data.startswith(_OLE):
        raise TableRefused(LOCKED)
    try:
        files = zips.unzip(data)
    except zips.BadZip as bad:
        raise TableRefused(_ZIPS.get(bad.reason, UNSAFE)) from None
    types = files.get(_TYPES, b"")
    if _MACROS.search(types) or any(_MACROS.search(name.encode()) for name in files):
        raise TableRefused(MACROS)
    if _WORKBOOK not in types:
        raise TableRefused(NOT_XLSX)
    if any(_STRANGE.search(name) for name in files):
        raise TableRefused(EMBEDDED)
    for name, content in files.items():
        if name.lower().endswith((".xml", ".rels", ".vml")):
            _check_xml(name, content)
    return files


def _check_xml(name: str, content: bytes) -> None:
    for element in _elements(content):
        is_outside = element.get("TargetMode") == "External"
        if is_outside and not element.get("Type", "").endswith("/hyperlink"):
            raise TableRefused(EMBEDDED)


def _elements(content: bytes) -> Iterator[Any]:
    """The elements of a part, one after the other. A DTD is refused before anything of it is expanded."""
    try:
        for _, element in iterparse(io.BytesIO(content), forbid_dtd=True):
            yield element
            element.clear()
    except DefusedXmlException:
        raise TableRefused(UNSAFE) from None
    except ParseError:
        raise TableRefused(BROKEN) from None


# --- one sheet -----------------------------------------------------------------------------------------------


def _sheet(source: Any, files: dict[str, bytes]) -> Sheet:
    rows: list[Row] = []
    problems: list[Problem] = []
    for number, cells in enumerate(source.iter_rows(), 1):
        values = [_value(cell, number, column, problems) for column, cell in enumerate(cells)]
        while values and is_blank(values[-1]):
            values.pop()
        if not values:
            continue
        if len(values) > MAX_COLUMNS:
            raise TableRefused(f"「{source.title}」の{number}行：列が{MAX_COLUMNS}より多いので読めません。")
        rows.append(Row(number, values))
        if len(rows) > MAX_ROWS:
            raise TableRefused(
                f"「{source.title}」が{MAX_ROWS:,}行より多いので読めません。ファイルを分けてください。"
            )
    problems += _oddities(files.get(source._worksheet_path.lstrip("/"), b""), {row.number for row in rows})
    return Sheet(source.title, rows, problems)


def _value(cell: Any, row: int, column: int, problems: list[Problem]) -> Cell:
    value = cell.value
    if cell.data_type == "f":
        problems.append(Problem(row, column, "数式です。値に直してください（形式を選んで貼り付け→値）。"))
        return "="
    if cell.data_type == "e":
        problems.append(Problem(row, column, f"エラー値（{value}）です。正しい値を入れてください。"))
        return "#"
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if value is None or isinstance(value, str | int | float | bool):
        return value
    problems.append(Problem(row, column, "時刻など、読めない形の値です。文字で入れてください。"))
    return str(value)


def _oddities(content: bytes, filled: set[int]) -> Iterator[Problem]:
    """Merged cells and hidden rows: what a person sees differs from what the cells hold."""
    for element in _elements(content):
        kind = element.tag.rpartition("}")[2]
        if kind == "mergeCell" and (found := _RANGE.match(element.get("ref", ""))):
            first, last = int(found[2]), int(found[4] or found[2])
            for row in sorted(filled.intersection(range(first, min(last, first + MAX_ROWS) + 1))):
                yield Problem(
                    row,
                    _column(found[1]),
                    f"結合したセル（{found[0]}）です。結合をやめて、1行ごとに入れてください。",
                )
        elif (
            kind == "row" and element.get("hidden") in ("1", "true") and int(element.get("r") or 0) in filled
        ):
            yield Problem(
                int(element.get("r")), -1, "隠れた行です。表示してから保存し直すか、行を消してください。"
            )


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1
