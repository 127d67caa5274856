"""What a town prescribes for its paper reaches Word and PDF alike, and nothing runs over the edge."""

from __future__ import annotations

from dataclasses import fields, replace

import pypdfium2
import pytest

from planwizard.document import docx, paper, pdf
from planwizard.document.check import check
from planwizard.document.docx import bases
from planwizard.document.docx.xml import twips
from planwizard.document.nodes import Figure, Picture, Section
from planwizard.document.paper import USUAL, PaperSettings
from planwizard.document.paper_css import css
from tests.document import sample
from tests.document.reading import W, Word, missing_from, of_pdf

NARROW = PaperSettings("ms", 11.0, 20.5, top_mm=15, bottom_mm=40, left_mm=40, right_mm=40)
MM = 72 / 25.4


def word_on(settings: PaperSettings, document=None) -> Word:
    base = bases.on_paper(settings)
    return Word(
        docx.render(document or sample.plan(rows=3, kpis=2), assets=sample.ASSETS, pages={}, base=base)
    )


def value(element, name: str = "val") -> str:
    return element.get(f"{W}{name}")


@pytest.mark.parametrize(
    "wrong",
    [
        {"font": "Comic Sans"},
        {"font": "}*{"},
        {"size_pt": 8.5},
        {"size_pt": 10.3},
        {"size_pt": "11"},
        {"size_pt": float("nan")},
        {"pitch_pt": 31},
        {"size_pt": 12, "pitch_pt": 13},
        {"left_mm": 14},
        {"right_mm": 41},
        {"top_mm": 20.5},
        {"bottom_mm": True},
    ],
)
def test_what_cannot_be_printed_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError):
        PaperSettings(**wrong)


def test_settings_come_back_as_they_were() -> None:
    assert PaperSettings.from_json(NARROW.to_json()) == NARROW
    assert set(NARROW.to_json()) == {field.name for field in fields(PaperSettings)}


def test_the_usual_paper_is_the_file_and_the_sheets_as_they_are() -> None:
    assert bases.on_paper(USUAL) is bases.ours()
    assert css(USUAL) == ""
    assert {USUAL.scale(each) for each in paper.SHEETS} == {1.0}
    plan = sample.plan(rows=3, kpis=2)
    assert paper.fitted(plan, USUAL.scale) is plan


def test_wide_margins_make_the_tables_of_word_narrower() -> None:
    word = word_on(NARROW)
    widths = [int(value(each, "w")) for each in word.body.iter(f"{W}tblW")]
    assert max(widths) <= twips(217)
    assert sorted(widths)[-2] == twips(130)
    for table in word.body.iter(f"{W}tbl"):
        columns = [int(value(each, "w")) for each in table.find(f"{W}tblGrid")]
        assert sum(columns) == int(value(table.find(f"{W}tblPr/{W}tblW"), "w"))


def test_narrow_margins_leave_the_tables_as_they_are() -> None:
    widths = [int(value(each, "w")) for each in word_on(replace(USUAL, left_mm=15)).body.iter(f"{W}tblW")]
    assert max(widths) == twips(245)


def test_drawings_fit_and_the_tree_stays_sound() -> None:
    fitted = paper.fitted(sample.plan(), NARROW.scale)
    assert check(fitted) == []
    drawn = [
        block
        for section in fitted.sections
        for block in section.blocks
        if isinstance(block, Figure | Picture)
    ]
    assert [block.width_mm for block in drawn] == [95, 65]  # of 120 and 80


def test_word_has_font_size_pitch_and_margins() -> None:
    word = word_on(NARROW)
    defaults = word.xml("word/styles.xml").find(f"{W}docDefaults")
    assert {value(each, "eastAsia") for each in defaults.iter(f"{W}rFonts")} == {"ＭＳ 明朝"}
    assert [value(each) for each in defaults.iter(f"{W}sz")] == ["22"]
    assert [value(each, "line") for each in defaults.iter(f"{W}spacing")] == ["410"]
    for margins in word.body.iter(f"{W}pgMar"):
        sides = [value(margins, side) for side in ("top", "right", "bottom", "left")]
        assert sides == [str(twips(mm)) for mm in (15, 40, 40, 40)]
    assert {value(each, "linePitch") for each in word.body.iter(f"{W}docGrid")} == {"410"}


def test_running_lines_and_contents_end_at_the_right_margin() -> None:
    word = word_on(NARROW)
    right = str(bases.on_paper(NARROW).right_tab("upright"))
    styles = word.xml("word/styles.xml")
    assert {value(each, "pos") for each in styles.iter(f"{W}tab")} == {right}


@pytest.fixture(scope="module")
def narrow_pdf() -> bytes:
    return pdf.render(sample.plan(), assets=sample.ASSETS, settings=NARROW).data


def test_nothing_in_the_pdf_runs_into_the_margins(narrow_pdf: bytes) -> None:
    with pypdfium2.PdfDocument(narrow_pdf) as file:
        for page in file:
            width, _ = page.get_size()
            found = [each.get_bounds() for each in page.get_objects(max_depth=1)]
            assert min(left for left, *_ in found) >= 40 * MM - 2
            assert max(right for _, _, right, _ in found) <= width - 40 * MM + 2


def test_the_pdf_keeps_its_words_and_makes_no_remark(narrow_pdf: bytes) -> None:
    assert missing_from(of_pdf(narrow_pdf), sample.plan()) == []
    assert pdf.render(sample.plan(rows=3, kpis=2), assets=sample.ASSETS, settings=NARROW).warnings == ()


def test_other_paper_gives_the_same_bytes_each_time() -> None:
    plan = sample.plan(rows=3, kpis=2)
    first, second = (
        docx.render(plan, assets=sample.ASSETS, pages={}, base=bases.on_paper(NARROW)) for _ in range(2)
    )
    assert first == second


def test_a_poster_fits_as_well() -> None:
    poster = sample.document(sections=(Section("s", (sample.sheet("t", "表1", "1", "題"),), "poster"),))
    assert check(poster) == []
    (table,) = word_on(NARROW, poster).body.iter(f"{W}tblW")
    assert int(value(table, "w")) <= twips((420 - 80 - 10) / 2)
