"""How a measure sheet stands on paper: close rows, and never only its beginning at the foot of a page."""

from __future__ import annotations

import pypdfium2
import pytest
from lxml import etree

from planwizard.document import docx, pdf
from planwizard.document.docx.xml import twips
from planwizard.document.nodes import Block, BulletList, Cell, Heading, Run, Table
from tests.document import sample
from tests.document.reading import W, Word
from tests.document.sample import document, paragraph

LINES = 38  # of a page


def tall(id_: str = "s") -> Block:
    """A sheet that may break over pages."""
    return sample.sheet(id_, "表1", "6-①-01", "題", kpis=10)


def first_page(*blocks: Block) -> str:
    rendered = pdf.render(document(*blocks), assets={})
    with pypdfium2.PdfDocument(rendered.data) as file:
        return str(file[0].get_textpage().get_text_range())


def word_tables(*blocks: Block) -> list[etree._Element]:
    return list(Word(docx.render(document(*blocks), assets={}, pages={})).body.iter(f"{W}tbl"))


@pytest.mark.parametrize("lines", range(LINES - 10, LINES))
def test_a_sheet_begins_with_caption_head_and_three_rows_or_on_the_next_page(lines: int) -> None:
    text = first_page(*(paragraph(f"p{nth}", "文") for nth in range(lines)), tall())
    assert ("施策シート" in text) == ("現状と課題" in text)


def test_a_tall_sheet_begins_where_it_stands() -> None:
    assert "現状と課題" in first_page(*(paragraph(f"p{nth}", "文") for nth in range(LINES - 12)), tall())


def rows_by_page(*blocks: Block) -> list[int]:
    """How many rows of a table of texts 行 stand on each page."""
    rendered = pdf.render(document(*blocks), assets={})
    with pypdfium2.PdfDocument(rendered.data) as file:
        pages = [file[at].get_textpage().get_text_range() for at in range(len(file))]
    return [page.count("指標その") for page in pages]


@pytest.mark.parametrize("lines", range(LINES - 14, LINES))
def test_no_row_of_a_table_stands_alone_at_the_foot_or_the_head_of_a_page(lines: int) -> None:
    filling = (paragraph(f"p{nth}", "文") for nth in range(lines))
    assert 1 not in rows_by_page(*filling, sample.grid("g", 10, "表1", "一覧"))


def test_word_leaves_no_row_alone_either() -> None:
    (table,) = word_tables(sample.grid("g", 10, "表1", "一覧"))
    kept = [row.find(f".//{W}keepNext") is not None for row in table.iter(f"{W}tr")]
    assert kept == [True, True, *[False] * 7, True, False]


def test_word_keeps_a_label_across_a_table_with_the_row_below() -> None:
    label = (Cell((Run("柱"),), "row", 2, fill="label"),)
    line = (Cell((Run("甲"),)), Cell((Run("乙"),)))
    (table,) = word_tables(Table("t", (80, 80), (line, line, line, label, line, line, line), head_rows=0))
    kept = [row.find(f".//{W}keepNext") is not None for row in table.iter(f"{W}tr")]
    assert kept == [True, False, False, True, False, True, False]


@pytest.mark.parametrize("lines", range(LINES - 14, LINES))
def test_the_text_before_a_table_stays_with_its_first_rows(lines: int) -> None:
    filling = (paragraph(f"p{nth}", "文") for nth in range(lines))
    blocks = (*filling, Heading("h", 2, "区分"), paragraph("lead", "前書きである。"), tall())
    rendered = pdf.render(document(*blocks), assets={})
    with pypdfium2.PdfDocument(rendered.data) as file:
        (page,) = {
            text for at in range(len(file)) if "前書き" in (text := file[at].get_textpage().get_text_range())
        }
    assert "区分" in page
    assert "現状と課題" in page


def test_word_keeps_the_text_before_a_table_with_it() -> None:
    items = ((Run("一"),), (Run("二"),))
    for text, kept in ((paragraph("p", "前書き"), [True]), (BulletList("l", items), [False, False])):
        body = Word(docx.render(document(text, tall()), assets={}, pages={})).body
        found = [each.find(f"{W}pPr/{W}keepNext") is not None for each in body.findall(f"{W}p")]
        assert found[: len(kept)] == kept


def test_word_keeps_the_first_three_rows_together_too() -> None:
    (sheet,) = word_tables(tall())
    rows = list(sheet.iter(f"{W}tr"))
    assert [row.find(f".//{W}keepNext") is not None for row in rows[:4]] == [True, True, True, False]


def test_the_rows_of_a_sheet_stand_closer_than_those_of_other_tables() -> None:
    sheet, grid = (
        table.find(f"{W}tblPr/{W}tblCellMar") for table in word_tables(tall(), sample.grid("g", 1))
    )
    assert [int(margin.get(f"{W}w")) for margin in sheet] == [twips(0.5)] * 2
    assert grid is None
