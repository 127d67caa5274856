"""The package and its markup; the words are held by the parity tests."""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from dataclasses import replace
from itertools import accumulate

import docx as python_docx
import pytest
from lxml import etree

from planwizard.document import docx
from planwizard.document.docx.xml import twips
from planwizard.document.nodes import Heading, Picture, Section
from tests.document import sample
from tests.document.reading import W, Word
from tests.document.sample import document, paragraph

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
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


# 1. the zip


def test_entries_are_unique_undated_and_in_order(data: bytes) -> None:
    entries = zipfile.ZipFile(io.BytesIO(data)).infolist()
    names = [entry.filename for entry in entries]
    assert names[:2] == ["[Content_Types].xml", "_rels/.rels"]
    assert names[2:] == sorted(set(names[2:]))
    assert {entry.date_time for entry in entries} == {(1980, 1, 1, 0, 0, 0)}


def test_every_part_has_a_content_type(word: Word) -> None:
    types = word.xml("[Content_Types].xml")
    named = {each.get("PartName") for each in types.findall(f"{TYPES}Override")}
    endings = {each.get("Extension") for each in types.findall(f"{TYPES}Default")}
    for name in word.zip.namelist()[1:]:
        assert f"/{name}" in named or name.rpartition(".")[2] in endings


def test_no_relationship_dangles_and_only_links_lead_outside(word: Word) -> None:
    for name in (name for name in word.zip.namelist() if name.endswith(".rels")):
        folder = name.partition("_rels/")[0]
        for relation in word.xml(name).findall(RELATION):
            if relation.get("TargetMode") == "External":
                assert relation.get("Type").endswith("/hyperlink")
            else:
                target = relation.get("Target")
                assert (target[1:] if target[0] == "/" else folder + target) in word.zip.namelist()


# 2. ids


def test_ids_are_unique(word: Word) -> None:
    drawings = [each.get("id") for each in word.document.iter(f"{WP}docPr")]
    bookmarks = [value(each, "id") for each in word.document.iter(f"{W}bookmarkStart")]
    names = [value(each, "name").lower() for each in word.document.iter(f"{W}bookmarkStart")]
    notes = [value(each, "id") for each in word.document.iter(f"{W}footnoteReference")]
    for ids in (drawings, bookmarks, names, notes):
        assert ids
        assert Counter(ids).most_common(1)[0][1] == 1


def test_bookmarks_close_and_have_names_word_takes(word: Word) -> None:
    starts = {value(each, "id") for each in word.document.iter(f"{W}bookmarkStart")}
    assert starts == {value(each, "id") for each in word.document.iter(f"{W}bookmarkEnd")}
    names = [value(each, "name") for each in word.document.iter(f"{W}bookmarkStart")]
    assert all(re.fullmatch(r"_[A-Za-z0-9_]{1,39}", name) for name in names)


def test_every_jump_has_its_target(word: Word) -> None:
    names = {value(each, "name") for each in word.document.iter(f"{W}bookmarkStart")}
    codes = "".join(each.text for each in word.document.iter(f"{W}instrText"))
    wanted = set(re.findall(r"(?:PAGE)?REF (_\S+)", codes))
    wanted |= {value(each, "anchor") for each in word.document.iter(f"{W}hyperlink") if value(each, "anchor")}
    assert wanted
    assert wanted <= names


def test_styles_and_lists_that_are_used_exist(word: Word) -> None:
    styles = {value(each, "styleId") for each in word.xml("word/styles.xml").findall(f"{W}style")}
    tags = [f"{W}{name}" for name in ("pStyle", "rStyle", "tblStyle")]
    assert {value(each) for each in word.document.iter(*tags)} <= styles
    assert {value(each) for each in word.document.iter(f"{W}numId")} <= {"0", *word.nums}


def test_relationships_that_are_used_exist(word: Word) -> None:
    for name in ("document", "footnotes"):
        known = {each.get("Id") for each in word.xml(f"word/_rels/{name}.xml.rels")}
        used = set(re.findall(rb'r:(?:id|embed)="([^"]+)"', word.zip.read(f"word/{name}.xml")))
        assert used
        assert {each.decode() for each in used} <= known


# 3. tables


def test_tables_are_full_grids(word: Word) -> None:
    tables = list(word.body.iter(f"{W}tbl"))
    assert len(tables) == 5
    for table in tables:
        grid = [int(value(each, "w")) for each in table.find(f"{W}tblGrid")]
        edges = [0, *accumulate(grid)]
        for row in table.findall(f"{W}tr"):
            at = 0
            for cell in row.findall(f"{W}tc"):
                properties = cell.find(f"{W}tcPr")
                span = properties.find(f"{W}gridSpan")
                columns = 1 if span is None else int(value(span))
                assert int(value(properties.find(f"{W}tcW"), "w")) == edges[at + columns] - edges[at]
                assert cell[-1].tag == f"{W}p"
                at += columns
            assert at == len(grid)


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


# 4. look


def test_every_font_is_named_for_japanese_too(word: Word) -> None:
    fonts = list(word.xml("word/styles.xml").iter(f"{W}rFonts"))
    assert len(fonts) > 5
    for font in fonts:
        assert {value(font, name) for name in ("ascii", "hAnsi", "eastAsia", "cs")} == {
            value(font, "eastAsia")
        }


def test_pages_are_a4_upright_or_landscape(word: Word) -> None:
    sizes = [
        (value(each, "w"), value(each, "h"), value(each, "orient")) for each in word.body.iter(f"{W}pgSz")
    ]
    upright, landscape = ("11906", "16838", None), ("16838", "11906", "landscape")
    assert sizes == [upright] * 5 + [landscape, upright]


def test_word_opens_without_a_question_and_not_in_compatibility_mode(word: Word) -> None:
    settings = word.xml("word/settings.xml")
    assert settings.find(f"{W}updateFields") is None
    assert b"w:dirty" not in word.zip.read("word/document.xml")
    mode = settings.find(f"{W}compat/{W}compatSetting")
    assert (value(mode, "name"), value(mode)) == ("compatibilityMode", "15")


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


def test_each_block_can_be_found_again(word: Word) -> None:
    names = {value(each, "name") for each in word.document.iter(f"{W}bookmarkStart")}
    ids = {block.id for section in sample.plan().sections for block in section.blocks}
    assert {f"_b_{id_.replace('-', '_')}" for id_ in ids} <= names


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
