"""Tables in and out: what is written is read again; what is odd is named by its cell; what is harmful is refused."""

import io
import zipfile
from datetime import date, datetime

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from planwizard.common.tables import csv_file, xlsx
from planwizard.common.tables.sheet import Row, Sheet, TableRefused, cell_name
from planwizard.common.text import clean


def book(*rows, title="国の施策"):
    """A workbook with one sheet, to be changed before it is saved."""
    workbook = openpyxl.Workbook()
    workbook.active.title = title
    for row in rows:
        workbook.active.append(row)
    return workbook


def saved(workbook):
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def with_part(data, name, content):
    """The same zip with one more part, or another in its place."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for each in old.namelist():
            if each != name:
                new.writestr(each, old.read(each))
        new.writestr(name, content)
    return out.getvalue()


def part(data, name):
    return zipfile.ZipFile(io.BytesIO(data)).read(name)


def told(data):
    sheet = xlsx.read(data)[0]
    return {cell_name(each.row, each.column): each.says for each in sheet.problems}


texts = st.text(max_size=40).map(clean)


@given(st.lists(st.lists(texts, min_size=1, max_size=4), min_size=1, max_size=5))
def test_csv_gives_back_every_text_that_was_written(rows):
    read = csv_file.read(csv_file.write(rows), name="表", encoding="utf-8")
    full = [row for row in rows if any(cell.strip() for cell in row)]
    assert [row.cells for row in read.rows] == full


@pytest.mark.parametrize("text", ["=1+1", "'=1+1", "+81", "-5", "@SUM(A1)", " =A1", "''=x", "'引用", "\t="])
def test_a_text_like_a_formula_is_written_harmless_and_read_as_it_was(text):
    data = csv_file.write([[text]])
    assert not data.decode("utf-8-sig").lstrip('"').startswith(("=", "+", "-", "@", "\t"))
    assert csv_file.read(data, name="表", encoding="utf-8").rows[0].cells == [text]


@pytest.mark.parametrize(("encoding", "mark"), [("utf-8", b""), ("utf-8", b"\xef\xbb\xbf"), ("cp932", b"")])
def test_csv_is_read_in_the_encoding_that_is_declared(encoding, mark):
    sheet = csv_file.read(
        mark + "題,所管\r\n髙齢者の窓口,総務省\r\n".encode(encoding), name="表", encoding=encoding
    )
    assert sheet.rows[1] == Row(2, ["髙齢者の窓口", "総務省"])


@pytest.mark.parametrize(
    ("data", "encoding", "says"),
    [
        ("題\n窓口\n".encode("cp932"), "utf-8", "1行：UTF-8"),
        (b"a\nb\n\x85\xa0\xff\n", "cp932", "3行：シフトJIS"),
        (b'a\n"b\n', "utf-8", "引用符"),
        (b"PK\x03\x04", "utf-8", "xlsx"),
        (b"a\n" * 20_001, "utf-8", "20,000行より多い"),
        (b"a" + b",b" * 200, "utf-8", "1行：列が200より多い"),
        (b"a", "utf-16", "文字コード"),
    ],
)
def test_csv_that_cannot_be_read_is_refused_with_its_line(data, encoding, says):
    with pytest.raises(TableRefused, match=says):
        csv_file.read(data, name="表", encoding=encoding)


def test_xlsx_gives_back_what_was_written():
    rows = [["題", "年度", "注"], ["=SUM(A1)", 2025, "一行目\n二行目"], ["'引用", "", "007"]]
    sheet = Sheet("国の施策", [Row(number, cells) for number, cells in enumerate(rows, 1)])
    read = xlsx.read(xlsx.write([sheet]))
    assert [row.cells for row in read[0].rows] == [rows[0], rows[1], ["'引用", None, "007"]]
    assert read[0].problems == []


def test_days_are_read_as_days():
    assert xlsx.read(saved(book(["日"], [date(2025, 6, 13)], [datetime(2025, 6, 13, 9)])))[0].rows[
        2
    ].cells == ["2025-06-13"]


def test_a_text_too_long_for_a_cell_is_refused_and_never_cut():
    with pytest.raises(TableRefused, match="国の施策のB1"):
        xlsx.write([Sheet("国の施策", [Row(1, ["a", "字" * 32_768])])])


def test_formulas_errors_merged_cells_and_hidden_rows_are_named_by_their_cell():
    workbook = book(["題", "所管"], ["窓口", "=A2"], ["相談", "#N/A"], ["案内", "a"], ["公開", "b"])
    workbook.active.merge_cells("A4:A5")
    workbook.active.row_dimensions[3].hidden = True
    found = told(saved(workbook))
    assert set(found) == {"B2", "B3", "A4", "A5", "3行"}
    assert "数式" in found["B2"]
    assert "A4:A5" in found["A4"]


def test_a_hundred_thousand_rows_are_refused():
    workbook = openpyxl.Workbook(write_only=True)
    sheet = workbook.create_sheet("国の施策")
    for number in range(100_000):
        sheet.append([number])
    with pytest.raises(TableRefused, match="20,000行より多い"):
        xlsx.read(saved(workbook))


def test_two_hundred_and_one_columns_are_refused():
    with pytest.raises(TableRefused, match="列が200より多い"):
        xlsx.read(saved(book(["a"] * 201)))


GOOD = saved(book(["題"], ["窓口"]))
BOMB = b"<a>" + b"0" * 150 * 2**20 + b"</a>"
LAUGHS = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;">]><a>&c;</a>'
LINK = (
    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
    b'Type="http://x/externalLinkPath" Target="file:///etc/passwd" TargetMode="External"/></Relationships>'
)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "xlsx のファイルではありません"),
        (b"title,ministry\n", "xlsx のファイルではありません"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old", "古い形式"),
        (GOOD[:-40], "壊れて"),
        (with_part(GOOD, "xl/vbaProject.bin", b"x"), "マクロ"),
        (with_part(GOOD, "[Content_Types].xml", part(GOOD, "[Content_Types].xml").replace(b"sheet.main", b"template.main")), "xlsx のファイルではありません"),
        (with_part(GOOD, "xl/embeddings/a.bin", b"x"), "埋め込んだ部品"),
        (with_part(GOOD, "xl/worksheets/_rels/sheet1.xml.rels", LINK), "つながり"),
        (with_part(GOOD, "xl/worksheets/sheet1.xml", LAUGHS), "表計算ソフトが作らない"),
        (with_part(GOOD, "xl/worksheets/sheet1.xml", b"<a><b></a>"), "壊れて"),
        (with_part(GOOD, "xl/workbook.xml", b"<a/>"), "壊れて"),
        (with_part(GOOD, "xl/theme/big.xml", BOMB), "大きすぎる"),
        (with_part(GOOD, "../evil.xml", b"<a/>"), "表計算ソフトが作らない"),
    ],
    ids=["empty", "csv", "xls", "cut", "macro", "template", "embedded", "external", "dtd", "xml", "workbook", "bomb", "path"],
)  # fmt: skip
def test_what_is_no_plain_workbook_is_refused_with_the_reason(data, says):
    with pytest.raises(TableRefused, match=says):
        xlsx.read(data)
