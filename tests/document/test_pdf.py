from __future__ import annotations

import io
import logging
import re
import zlib
from collections.abc import Callable
from dataclasses import replace

import pydyf
import pypdf
import pypdfium2
import pytest
import weasyprint

from planwizard.document import docx, pdf, walk
from planwizard.document.nodes import Heading, Picture, Section, Table
from planwizard.document.nodes import Ref as Reference
from planwizard.document.proof.pdf_objects import Pdf, Ref
from planwizard.document.proof.pdf_text import Texts
from planwizard.document.proof.word_file import Word
from tests.document import sample
from tests.document.sample import document, paragraph


@pytest.fixture(scope="module")
def rendered() -> pdf.Rendered:
    return pdf.render(sample.plan(), assets=sample.ASSETS)


@pytest.fixture(scope="module")
def reader(rendered: pdf.Rendered) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(rendered.data))


def pages_of(data: bytes) -> list[str]:
    with pypdfium2.PdfDocument(data) as file:
        return [page.get_textpage().get_text_range() for page in file]


def test_the_sample_is_laid_out_without_a_remark(rendered: pdf.Rendered) -> None:
    assert rendered.warnings == ()


def test_sparing_marks_that_nobody_sees_changes_no_byte(monkeypatch) -> None:
    def as_it_comes(page: str, assets: dict[str, bytes]) -> weasyprint.HTML:
        return weasyprint.HTML(string=page, url_fetcher=pdf._fetcher(assets))

    plan = sample.plan(rows=3, kpis=1)
    spared = pdf.render(plan, assets=sample.ASSETS).data
    monkeypatch.setattr(pdf, "_html", as_it_comes)
    assert pdf.render(plan, assets=sample.ASSETS).data == spared


def test_anchors_are_the_numbers_printed_on_the_pages(rendered: pdf.Rendered) -> None:
    pages = pages_of(rendered.data)
    for heading in walk.contents(sample.plan()):
        number = rendered.anchors[heading.id]
        (found,) = [page for page in pages[2:] if f"－ {number} －" in page]
        assert heading.text[:20] in found.replace("\r\n", "")


def test_the_contents_give_the_numbers_of_the_anchors(rendered: pdf.Rendered) -> None:
    lines = pages_of(rendered.data)[1].split("\r\n")
    wanted = [rendered.anchors[heading.id] for heading in walk.contents(sample.plan())]
    assert [line for line in lines if line.isdigit()] == wanted


def test_contents_are_counted_in_roman_and_the_cover_not_at_all(rendered: pdf.Rendered) -> None:
    pages = pages_of(rendered.data)
    assert "－" not in pages[0]
    assert "－ i －" in pages[1]
    assert "－ 1 －" in pages[2]


def test_every_page_but_the_cover_names_title_and_status(rendered: pdf.Rendered) -> None:
    cover, *pages = pages_of(rendered.data)
    assert sample.META.status_line not in cover
    for page in pages:
        assert sample.META.title in page
        assert sample.META.status_line in page


def test_a_long_title_leaves_room_for_the_chapter() -> None:
    meta = replace(sample.META, title="潮見野市官民データ活用推進計画" * 3)
    page = pages_of(pdf.render(document(Heading("h", 1, "目的", "第１章"), meta=meta), assets={}).data)[0]
    assert f"{meta.title[:31]}…" in page
    assert "第１章 目的" in page


def test_a_chapter_is_as_long_as_the_title_leaves_room_for() -> None:
    for title, chapter in (("潮見野市計画", "官" * 41), ("潮" * 30, "官" * 17), ("潮" * 40, "官" * 15)):
        meta = replace(sample.META, title=title, status_line="")
        rendered = pdf.render(document(Heading("h", 1, chapter, "第１章"), meta=meta), assets={})
        page = pages_of(rendered.data)[0].replace("\r\n", "")
        assert f"第１章 {chapter}" in page
        assert "…" not in page.replace(f"{'潮' * 31}…", "")


def test_the_rule_below_the_header_has_no_gap() -> None:
    data = pdf.render(document(Heading("h", 1, "目的", "第１章")), assets={}).data
    with pypdfium2.PdfDocument(data) as file:
        page = file[0].render(scale=2).to_pil().convert("L")
    mm = 2 * 72 / 25.4
    rule = range(round(18.5 * mm), round(19.4 * mm))
    across = range(round(26 * mm), round(184 * mm))
    assert all(min(page.getpixel((x, y)) for y in rule) < 200 for x in across)


def test_a_long_chapter_is_cut_short_in_the_header_only() -> None:
    name = "とても長い名前の章" * 4
    plan = document(Heading("h", 1, name, "第１章"), paragraph("p", "1.5"))
    data = pdf.render(plan, assets={}).data
    (page,) = pages_of(data)
    assert f"第１章 {name[:31]}…" in page.replace("\r\n", "")  # beside a title of 15 characters
    header = Word(docx.render(plan, assets={}, pages={})).zip.read("word/header1.xml").decode()
    assert f"第１章 {name[:31]}…" in header
    assert page.replace("\r\n", "").count("とても長い名前の章") >= 5
    assert "1.5" in page


def test_a_caption_does_not_part_from_its_table() -> None:
    for lines in (32, 33, 34, 35):
        filling = (paragraph(f"p{at}", "行") for at in range(lines))
        pages = pages_of(pdf.render(document(*filling, sample.grid("g", 3, "表1", "一覧")), assets={}).data)
        assert [("表1　一覧" in page) == ("指標その1" in page) for page in pages] == [True] * len(pages)


def test_no_stream_runs_into_its_line_end() -> None:
    content = b"\x0c"  # its checksum, and so its compressed form, ends in CR
    assert zlib.compress(content, 9).endswith(b"\r")
    stream = pydyf.Stream([content], extra={"Length1": 1}, compress=True)
    pdf._compress(stream)
    (body,) = stream.stream
    assert not body.endswith(b"\r")
    assert zlib.decompress(body) == content + b"\n"
    assert stream.extra["Length1"] == 2


def test_a_file_whose_last_streams_run_into_their_line_end_is_written_again() -> None:
    class Layout:
        written = 0

        def write_pdf(self, *, finisher: Callable[..., None]) -> bytes:
            self.written += 1
            return b"...\r\nendstream" if self.written < 3 else b"...\nendstream"

    assert pdf._written(Layout()) == b"...\nendstream"


def test_the_header_names_the_chapter(rendered: pdf.Rendered) -> None:
    assert "第３章 個別施策" in pages_of(rendered.data)[-2]


def test_the_file_says_what_it_is(reader: pypdf.PdfReader) -> None:
    root = reader.trailer["/Root"]
    assert root["/Lang"] == "ja"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert root["/MarkInfo"]["/Marked"]
    assert (reader.metadata.title, reader.metadata.author) == (sample.META.title, "潮見野市")
    assert reader.metadata.creation_date == sample.META.modified


def test_bookmarks_follow_the_headings(reader: pypdf.PdfReader) -> None:
    first = [entry.title for entry in reader.outline if not isinstance(entry, list)]
    assert first == [
        "目次",
        "第１章 計画の策定に当たって",
        "第２章 現状及び課題",
        "第３章 個別施策",
        "資料編",
    ]


def test_pages_stand_or_lie_as_their_sections(reader: pypdf.PdfReader) -> None:
    lying = [page.mediabox.width > page.mediabox.height for page in reader.pages]
    assert lying == [False] * (len(lying) - 2) + [True, False]


def structure(reader: pypdf.PdfReader) -> list[dict]:
    found, waiting = [], [reader.trailer["/Root"]["/StructTreeRoot"]]
    while waiting:
        item = waiting.pop().get_object()
        if isinstance(item, dict):
            found.append(item)
            kids = item.get("/K", [])
            waiting.extend(kids if isinstance(kids, list) else [kids])
    return found


def test_figures_have_words_and_cells_their_heads(reader: pypdf.PdfReader) -> None:
    tags = structure(reader)
    figures = [tag["/Alt"] for tag in tags if tag.get("/S") == "/Figure"]
    assert sorted(figures) == ["総合計画からこの計画へ矢印が引かれている。", "青い海の写真"]
    cells = [tag for tag in tags if tag.get("/S") == "/TD"]
    assert len(cells) > 300
    assert all(tag["/A"].get("/Headers") for tag in cells)


def heads_of(words: str, table: Table) -> set[str]:
    """The heads that are read before the cell that says ``words``."""
    data = pdf.render(document(table), assets={}).data
    reader = pypdf.PdfReader(io.BytesIO(data))
    texts = Texts(Pdf(data))
    tags = structure(reader)
    heads = {tag["/ID"]: said(tag, texts) for tag in tags if tag.get("/S") == "/TH"}
    (cell,) = [tag for tag in tags if tag.get("/S") == "/TD" and said(tag, texts) == words]
    return {heads[each] for each in cell["/A"]["/Headers"]}


def said(tag: dict, texts: Texts) -> str:
    words = []
    for kid in tag["/K"]:
        if isinstance(kid, int):
            words.append(texts.on(Ref(tag.raw_get("/Pg").idnum)).get(kid, "").strip())
        elif "/K" in kid.get_object():
            words.append(said(kid.get_object(), texts))
    return "".join(words)


def test_a_target_is_read_with_its_indicator_band_and_year() -> None:
    sheet = sample.sheet("s", "表1", "6-①-01", "題")
    assert heads_of("22.0", sheet) == {"成果指標（KPI）", "令和9年度"}
    assert heads_of("導入", sheet) == {"スケジュール", "令和9年度"}


def test_a_cell_under_two_head_rows_has_both() -> None:
    schedule = sample.schedule_of_all()
    table = replace(schedule, widths=(30, 25, 20, 20, 20, 20, 20))
    assert heads_of("要件整理", table) == {"年度", "令和8年度"}


def test_fonts_are_embedded(reader: pypdf.PdfReader) -> None:
    fonts = [
        font.get_object() for page in reader.pages for font in page["/Resources"].get("/Font", {}).values()
    ]
    described = [
        font["/DescendantFonts"][0]["/FontDescriptor"] for font in fonts if "/DescendantFonts" in font
    ]
    assert described
    assert all({"/FontFile", "/FontFile2", "/FontFile3"} & set(each) for each in described)
    names = {str(each["/FontName"]) for each in described}
    assert any("UDMincho" in name for name in names)
    assert any("UDGothic" in name for name in names)


def test_nothing_is_attached(reader: pypdf.PdfReader) -> None:
    assert not reader.attachments


def test_a_character_without_a_glyph_is_named() -> None:
    warnings = pdf.render(document(paragraph("p", "外字\U000f0001")), assets={}).warnings
    assert any("notdef" in warning and "U+F0001" in warning for warning in warnings)


def test_a_vowel_that_fonts_are_asked_for_in_pieces_is_named_whole() -> None:
    warnings = pdf.render(document(paragraph("p", "\u0e33")), assets={}).warnings
    assert "\u0e33" in pdf.glyphless(warnings)


def test_a_missing_picture_is_named() -> None:
    picture = Picture("p", "0" * 64, "代替", 80)
    assert any("0" * 64 in warning for warning in pdf.render(document(picture), assets={}).warnings)


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd",
        "http://127.0.0.1:9/x",
        "data:image/png;base64,AAAA",
        "asset:../x",
        "//host/x",
        "x.png",
    ],
)
def test_nothing_is_fetched_but_pictures_of_the_plan(address: str) -> None:
    fetcher = pdf._fetcher(sample.ASSETS)
    with pytest.raises(ValueError, match="not an asset"):
        fetcher.fetch(address)


def test_the_log_is_left_as_it_was() -> None:
    logger = logging.getLogger("weasyprint")
    before = list(logger.handlers), logger.propagate
    pdf.render(document(paragraph("p", "x")), assets={})
    assert (list(logger.handlers), logger.propagate) == before


def test_a_plan_that_begins_lying_counts_from_one_too() -> None:
    sections = (
        Section("a", (Heading("h", 1, "題", "第１章"), paragraph("p", Reference("k", "page"))), "landscape"),
        Section("b", (Heading("k", 1, "次", "第２章"),)),
    )
    plan = document(cover=sample.COVER, toc_depth=1, sections=sections)
    rendered = pdf.render(plan, assets={})
    assert (rendered.anchors["h"], rendered.anchors["k"]) == ("1", "2")
    assert "－ 1 －" in pages_of(rendered.data)[2]


def contents_of(headings: int) -> list[str]:
    """The pages of the contents of a plan with so many headings."""
    blocks = tuple(Heading(f"h{n}", 1 if n == 0 else 2, "題", f"{n}") for n in range(headings))
    plan = document(cover=sample.COVER, toc_depth=2, sections=(Section("a", blocks),))
    return [page for page in pages_of(pdf.render(plan, assets={}).data) if re.search("－ [ivx]+ －", page)]


def test_no_line_of_the_contents_stands_alone_on_a_page() -> None:
    full = contents_of(80)[0].count("題")
    first, last = contents_of(full + 1)
    assert (first.count("題"), last.count("題")) == (full - 3, 4)
