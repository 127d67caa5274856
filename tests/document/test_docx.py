"""The package and its markup; the words are held by the parity tests."""

from __future__ import annotations

import io
from dataclasses import replace

import docx as python_docx
import pytest
from lxml import etree

from planwizard.document import docx
from planwizard.document.docx.xml import twips
from planwizard.document.nodes import Heading, Picture, Section
from planwizard.document.proof import word as proof
from tests.document import sample
from tests.document.reading import W, Word
from tests.document.sample import document, paragraph

WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
PAGES = {"ch1": "1", "ch2": "3"}


@pytest.fixture(scope="module")
def data() -> bytes:
    return docx.render(sample.plan(), assets=sample.ASSETS, pages=PAGES)


@pytest.fixture(scope="module")
def word(data: bytes) -> Word:
    return Word(data)


def written(*blocks, **changes) -> Word:
    return Word(docx.render(document(*blocks, **changes), assets=sample.ASSETS, pages={}))


def value(element, name: str = "val") -> str:
    return element.get(f"{W}{name}")


# 1 to 4, 8. the whole of it, whose faults are in test_proof_word


def test_the_file_is_right(data: bytes) -> None:
    assert proof.problems(data, sample.plan()) == ()


def test_tables_are_no_wider_than_the_text(word: Word) -> None:
    widths = [int(value(each, "w")) for each in word.body.iter(f"{W}tblW")]
    assert max(widths) == twips(245)
    assert sorted(widths)[-2] == twips(160)


def test_head_rows_repeat_and_tall_cells_go_on(word: Word) -> None:
    schedule = list(word.body.iter(f"{W}tbl"))[-1]
    rows = schedule.findall(f"{W}tr")
    assert [row.find(f"{W}trPr/{W}tblHeader") is not None for row in rows] == [
        True,
        True,
        False,
        False,
        False,
    ]
    merges = [value(each) for each in rows[1].iter(f"{W}vMerge")]
    assert merges == ["continue", "continue"]


def test_a_row_with_a_very_long_cell_may_be_cut() -> None:
    table = sample.sheet("s", "表1", "1", "題", body="長" * 700)
    rows = list(written(table).body.iter(f"{W}tr"))
    assert [row.find(f"{W}trPr/{W}cantSplit") is None for row in rows[:5]] == [
        False,
        False,
        False,
        True,
        False,
    ]


def test_two_tables_do_not_touch() -> None:
    body = written(sample.grid("a", 1), sample.grid("b", 1)).body
    tags = [each.tag for each in body]
    assert (f"{W}tbl", f"{W}tbl") not in set(zip(tags, tags[1:], strict=False))


def test_pages_are_a4_upright_or_landscape(word: Word) -> None:
    sizes = [
        (value(each, "w"), value(each, "h"), value(each, "orient")) for each in word.body.iter(f"{W}pgSz")
    ]
    upright, landscape = ("11906", "16838", None), ("16838", "11906", "landscape")
    assert sizes == [upright] * 5 + [landscape, upright]


def test_pictures_have_words_for_those_who_cannot_see_them(word: Word) -> None:
    said = [(each.get("descr"), each.get("title")) for each in word.document.iter(f"{WP}docPr")]
    assert said == [
        ("総合計画からこの計画へ矢印が引かれている。", "計画の位置付け"),
        ("青い海の写真", "市の海岸"),
    ]


def test_a_drawing_is_a_picture_and_a_vector_at_once(word: Word) -> None:
    names = word.zip.namelist()
    assert "word/media/figure1.svg" in names
    assert (
        len(list(word.document.iter("{http://schemas.microsoft.com/office/drawing/2016/SVG/main}svgBlip")))
        == 1
    )


def test_pictures_keep_their_shape(word: Word) -> None:
    extents = [(int(each.get("cx")), int(each.get("cy"))) for each in word.document.iter(f"{WP}extent")]
    assert extents == [(120 * 36000, 40 * 36000), (80 * 36000, 50 * 36000)]


def test_a_missing_picture_leaves_its_words() -> None:
    assert "［海の写真］" in written(Picture("p", "0" * 64, "海の写真", 80)).text()


def test_the_file_names_its_plan(data: bytes) -> None:
    said = python_docx.Document(io.BytesIO(data)).core_properties
    assert (said.title, said.author, said.last_modified_by) == (sample.META.title, "潮見野市", "潮見野市")
    assert (said.language, said.identifier, said.version) == ("ja-JP", sample.META.identifier, "第3版")
    assert said.created == said.modified == sample.META.modified


# headings, contents, running parts


def test_word_counts_the_same_labels_as_the_tree(word: Word) -> None:
    wanted = [
        block.number
        for section in sample.plan().sections
        for block in section.blocks
        if isinstance(block, Heading)
    ]
    styled = [each for each in word.body.iter(f"{W}p") if word.style(each).startswith("Heading")]
    fresh = Word(docx.render(sample.plan(), assets=sample.ASSETS, pages={}))
    assert [fresh.number(each) for each in styled] == wanted


def test_labels_that_jump_or_start_again_are_counted_as_given() -> None:
    labels = (
        ("a", 1, "第１章"),
        ("b", 2, "２"),
        ("c", 3, "(1)"),
        ("d", 1, "第６章"),
        ("e", 2, "１"),
        ("f", 2, "２"),
    )
    document_ = written(*(Heading(id_, level, "題", number) for id_, level, number in labels))
    headings = list(document_.body.iter(f"{W}p"))
    assert [document_.number(each) for each in headings] == [number for _, _, number in labels]


def test_numbers_go_on_after_a_chapter_without_one() -> None:
    blocks = (Heading("a", 1, "題", "第１章"), Heading("b", 1, "附則"), Heading("c", 2, "題", "１"))
    shown = written(*blocks).paragraphs()
    assert [line.split()[0] for line in shown] == ["第１章", "附則", "１"]


def test_a_label_word_cannot_count_is_spelt_out() -> None:
    assert written(Heading("a", 1, "題", "第一編")).paragraphs() == [" 第一編\t題"]


def test_the_contents_are_written_out_with_their_pages(word: Word) -> None:
    lines = ["".join(each.itertext(f"{W}t")) for each in word.body.find(f"{W}sdt").iter(f"{W}p")]
    assert lines[0] == "目次"
    assert lines[1] == "第１章計画の策定に当たって1"
    assert "第２章現状及び課題3" in lines
    assert lines[-1] == "奥付"  # no page was given for it


def test_the_last_lines_of_the_contents_stay_on_one_page(word: Word) -> None:
    lines = list(word.body.find(f"{W}sdt").iter(f"{W}p"))[1:]
    assert [line.find(f"{W}pPr/{W}keepNext") is not None for line in lines[-5:]] == [
        False,
        True,
        True,
        True,
        False,
    ]


def test_the_header_names_title_status_and_chapter_of_each_section(word: Word) -> None:
    headers = [word.words(word.xml(name)) for name in sorted(word.zip.namelist()) if "/header" in name]
    title, status = sample.META.title, sample.META.status_line
    assert all(header.startswith(title) and header.endswith(status) for header in headers)
    chapters = [header.removeprefix(title).removesuffix(status).strip() for header in headers]
    assert chapters == [
        "",
        "第１章 計画の策定に当たって",
        "第２章 現状及び課題",
        "第３章 個別施策",
        "第３章 個別施策",
        "資料編",
    ]


def test_the_cover_has_neither_header_nor_footer(word: Word) -> None:
    first, second = list(word.body.iter(f"{W}sectPr"))[:2]
    assert first.find(f"{W}headerReference") is None
    assert second.find(f"{W}headerReference") is not None


def test_pages_are_counted_in_roman_and_again_from_one(word: Word) -> None:
    counts = [each.find(f"{W}pgNumType") for each in word.body.iter(f"{W}sectPr")]
    said = [None if each is None else (value(each, "fmt"), value(each, "start")) for each in counts]
    assert said == [None, ("lowerRoman", "1"), (None, "1"), None, None, None, None]


def test_a_decided_plan_has_no_status_line() -> None:
    meta = replace(sample.META, status_line="")
    names = written(paragraph("p", "x"), meta=meta)
    assert names.words(names.xml("word/header1.xml")) == sample.META.title


def test_a_document_of_nothing_is_still_a_file() -> None:
    assert written(sections=()).text() == ""
    assert written(sections=(Section("a", ()), Section("b", ()))).paragraphs() == [" "]


@pytest.mark.parametrize("words", sample.HOSTILE)
def test_hostile_words_reach_no_markup(words: str) -> None:
    file = written(
        paragraph("p", words), Heading("h", 1, words or "x"), meta=replace(sample.META, title=words)
    )
    tags = {etree.QName(each).localname for each in file.document.iter()}
    assert tags <= {
        "document",
        "body",
        "p",
        "pPr",
        "pStyle",
        "bookmarkStart",
        "bookmarkEnd",
        "r",
        "t",
        "tab",
        "sectPr",
        "headerReference",
        "footerReference",
        "pgSz",
        "pgMar",
        "pgNumType",
        "docGrid",
        "numPr",
        "ilvl",
        "numId",
        "ind",
    }


def test_a_file_names_the_tree_that_was_stored_of_it() -> None:
    named = Word(docx.render(sample.plan(), assets=sample.ASSETS, pages={}, export="abc123"))
    assert b'name="PlanExport"><vt:lpwstr>abc123<' in named.zip.read("docProps/custom.xml")
    unnamed = Word(docx.render(sample.plan(), assets=sample.ASSETS, pages={}))
    assert "docProps/custom.xml" not in unnamed.zip.namelist()
