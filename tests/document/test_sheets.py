"""How a measure sheet stands on paper: close rows, and never only its beginning at the foot of a page."""

from __future__ import annotations

import pypdfium2
import pytest
from lxml import etree

from planwizard.document import docx, pdf
from planwizard.document.docx.xml import twips
from planwizard.document.nodes import Block
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
