from __future__ import annotations

from dataclasses import replace

import pytest

from planwizard.common.keys import block_id, new_key
from planwizard.document.check import check
from planwizard.document.nodes import (
    BulletList,
    Cell,
    Figure,
    Heading,
    Picture,
    Ref,
    Run,
    Section,
    Table,
)
from tests.document import sample
from tests.document.sample import cell, document, head, paragraph

TABLE = Table("t", (80, 80), ((head("甲"), head("乙")), (cell("1"), cell("2"))))


def findings(*blocks, **changes) -> str:
    return "\n".join(check(document(*blocks, **changes)))


def test_a_sound_table_has_no_findings() -> None:
    assert findings(TABLE) == ""


@pytest.mark.parametrize("id_", ["", "1a", "Ab", "a_b", "a" * 36])
def test_an_id_must_fit_into_a_bookmark(id_: str) -> None:
    assert "an id is" in findings(paragraph(id_, "x"))


def test_the_longest_id_of_a_block_fits() -> None:
    # a row of a row's field, with a running number of three digits
    assert findings(paragraph(block_id(new_key(), new_key(), 999), "x")) == ""


def test_an_id_is_used_once_sections_included() -> None:
    assert "a: the id is used twice" in findings(paragraph("a", "x"), paragraph("a", "y"))
    assert "used twice" in findings(paragraph("body", "x"))


def test_levels_of_headings_do_not_skip() -> None:
    assert findings(Heading("a", 1, "一"), Heading("b", 2, "二"), Heading("c", 1, "三")) == ""
    assert "c: a heading of level 3 follows one of level 1" in findings(
        Heading("a", 1, "一"), Heading("c", 3, "三")
    )
    assert "follows one of level 0" in findings(Heading("a", 2, "一"))


def test_a_heading_has_words() -> None:
    assert "a: the heading is empty" in findings(Heading("a", 1, "　"))


@pytest.mark.parametrize("show", ["number", "title", "page"])
def test_a_reference_leads_somewhere(show: str) -> None:
    assert "p: nothing is called gone" in findings(paragraph("p", Ref("gone", show)))  # type: ignore[arg-type]


def test_a_reference_in_a_cell_is_seen_too() -> None:
    table = replace(TABLE, rows=(*TABLE.rows, (Cell((Ref("gone"),)), Cell())))
    assert "t: nothing is called gone" in findings(table)


def test_a_reference_shows_something() -> None:
    assert "p: the reference to t shows nothing" in findings(TABLE, paragraph("p", Ref("t")))
    assert findings(TABLE, paragraph("p", Ref("t", "page"))) == ""


def test_text_was_cleaned() -> None:
    assert "p: holds characters" in findings(paragraph("p", "a\x0bb"))
    assert "t: holds characters" in findings(
        replace(TABLE, rows=(TABLE.rows[0], (cell("か\u3099"), cell(""))))
    )
    assert "meta or cover" in findings(meta=replace(sample.META, title="\ufeff計画"))


@pytest.mark.parametrize("widths", [(80,), (80, 85), (33, 47), (0, 160)])
def test_widths_are_steps_of_five_within_the_page(widths: tuple[int, ...]) -> None:
    assert findings(replace(TABLE, widths=widths)) != ""


def test_a_landscape_page_is_wider() -> None:
    wide = replace(TABLE, widths=(120, 125))
    assert "t: widths" in findings(wide)
    assert findings(wide, landscape=True) == ""


@pytest.mark.parametrize(
    "rows",
    [
        ((cell("1"),),),
        ((cell("1"), cell("2"), cell("3")),),
        ((cell("1", colspan=3),),),
        ((cell("1", rowspan=2), cell("2")), (cell("3"), cell("4"))),
        ((cell("1", rowspan=2), cell("2")),),
        ((cell("1", colspan=0), cell("2"), cell("3")),),
    ],
    ids=["too few", "too many", "too wide", "over a tall cell", "below the end", "no width"],
)
def test_each_row_fills_each_column_once(rows) -> None:
    assert findings(replace(TABLE, rows=rows, head_rows=0)) != ""


def test_a_wide_cell_does_not_fit_round_a_tall_one() -> None:
    rows = ((cell("1"), cell("2", rowspan=2), cell("3")), (cell("4", colspan=2),))
    assert "runs into one that reaches down" in findings(Table("t", (50, 50, 50), rows, head_rows=0))


def test_tall_and_wide_cells_that_fit_are_sound() -> None:
    rows = ((cell("1", rowspan=2), cell("2", colspan=2)), (cell("3"), cell("4")), (cell("5", colspan=3),))
    assert findings(Table("t", (50, 50, 50), rows, head_rows=0)) == ""


def test_a_head_row_holds_heads_only() -> None:
    assert "not a column's head" in findings(replace(TABLE, head_rows=2))


def test_head_rows_are_rows() -> None:
    assert "with 3 head rows" in findings(replace(TABLE, head_rows=3))


def test_a_number_and_a_caption_come_together() -> None:
    assert findings(replace(TABLE, number="表1", caption="一覧")) == ""
    assert "come together" in findings(replace(TABLE, number="表1"))
    assert "come together" in findings(Picture("p", "0" * 64, "代替", 80, caption="図"))


def test_a_shaded_cell_carries_a_word() -> None:
    rows = (TABLE.rows[0], (Cell(fill="band"), Cell((Run("実施"),), fill="band")))
    assert "without a word" in findings(replace(TABLE, rows=rows))


@pytest.mark.parametrize("width", [0, 33, 165])
def test_a_picture_fits_the_page(width: int) -> None:
    assert "is not a step of 5 mm" in findings(Picture("p", "0" * 64, "代替", width))


def test_a_drawing_has_words_for_those_who_cannot_see_it() -> None:
    assert "f: no alternative text" in findings(Figure("f", sample.DRAWING, " ", 120))


def test_a_drawing_holds_shapes_and_text_only() -> None:
    assert "f: the drawing holds" in findings(
        Figure("f", sample.DRAWING.replace("<g ", "<script/><g "), "図", 120)
    )


def test_circled_numbers_end_at_twenty() -> None:
    items = tuple(((Run("項"),),) * 21)
    assert "circled numbers end" in findings(BulletList("l", items, "circled"))
    assert findings(BulletList("l", items, "paren")) == ""


def test_sections_are_checked_on_their_own_paper() -> None:
    wide = Table("w", (120, 125), TABLE.rows)
    sections = (Section("a", (TABLE,)), Section("b", (wide,), "landscape"))
    assert check(document(sections=sections)) == []
