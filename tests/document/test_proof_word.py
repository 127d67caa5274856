"""A Word file that is right passes; each that differs by one fact is told, with the block it is in."""

from __future__ import annotations

import io
import re
import zipfile

import pytest

from planwizard.document import docx
from planwizard.document.docx import archive
from planwizard.document.proof import word
from tests.document import sample

DOCUMENT, RELATIONS, TYPES = "word/document.xml", "word/_rels/document.xml.rels", "[Content_Types].xml"
PLAN = sample.plan(rows=2, kpis=1)
UP_TO_KPIS = '((?:(?!<w:tbl>).)*?_b_ch2_kpis")'


@pytest.fixture(scope="module")
def data() -> bytes:
    return docx.render(PLAN, assets=sample.ASSETS, pages={"ch1": "1"})


def changed(data: bytes, part: str, old: str, new: str) -> bytes:
    files = archive.unpack(data)
    text, count = re.subn(old, new, files[part].decode(), count=1, flags=re.DOTALL)
    assert count == 1, f"{old} is not in {part}"
    return archive.pack({**files, part: text.encode()})


def found(data: bytes) -> list[tuple[str, str]]:
    return [(problem.what, problem.block) for problem in word.problems(data, PLAN)]


def test_the_sample_is_right(data: bytes) -> None:
    assert word.problems(data, PLAN) == ()


def test_a_plan_with_a_lost_picture_is_right() -> None:
    data = docx.render(PLAN, assets={}, pages={})
    assert word.problems(data, PLAN, lost=[sample.PHOTO_KEY]) == ()
    assert word.problems(data, PLAN) != ()


# (part, what is there, what is put in its place, the problem, its block)
FAULTS = {
    "type": (TYPES, '<Override PartName="/word/media/figure1.svg"[^>]*/>', "", "zip: word/media/figure1.svg has no type of content", ""),
    "dangling": (RELATIONS, r'Target="media/figure1\.svg"', 'Target="media/gone.svg"', f"zip: {RELATIONS} leads to a part that is not there", ""),
    "outside": (RELATIONS, r'Target="media/figure1\.svg"', 'Target="https://example.com/x.svg" TargetMode="External"', f"zip: {RELATIONS} leads outside", ""),
    "drawing": (DOCUMENT, '<wp:docPr id="2"', '<wp:docPr id="1"', "ids: a drawing has the id of another", "photo"),
    "bookmark": (DOCUMENT, r'w:id="\d+"( w:name="_Ref_ch2_d2")', r'w:id="1"\1', "ids: a bookmark has the id of another", "ch2-d2"),
    "name": (DOCUMENT, '"_Ref_ch2_d2"', '"_Ref_ch2_d"', "ids: a bookmark's name has the id of another", "ch2-d2"),
    "bad name": (DOCUMENT, '"_Ref_ch2_d2"', '"Ref-ch2"', "ids: Word does not take the name of a bookmark", "ch2-d2"),
    "open": (DOCUMENT, r'(_b_imprint_1"/>)<w:bookmarkEnd w:id="\d+"/>', r"\1", "ids: a bookmark does not end", "imprint-1"),
    "closed": (DOCUMENT, '(_b_imprint_1"/>)', r'\1<w:bookmarkEnd w:id="9999"/>', "ids: a bookmark ends that has not begun", "imprint-1"),
    "no mark": (DOCUMENT, '"_b_ch2_d2"', '"_b_gone"', "ids: a block has no mark", "ch2-d2"),
    "field open": (DOCUMENT, '(_b_ch1_refs".*?)<w:r><w:fldChar w:fldCharType="end"/></w:r>', r"\1", "fields: one does not end", "ch1-refs"),
    "field closed": (DOCUMENT, '(_b_ch1_refs".*?)<w:r><w:fldChar w:fldCharType="begin"/></w:r>', r"\1", "fields: one has not begun", "ch1-refs"),
    "jump": (DOCUMENT, r"REF _Ref_ch2 \\r", r"REF _Ref_gone \\r", "ids: a jump to _Ref_gone, which is not there", "ch1-refs"),
    "anchor": (DOCUMENT, 'w:anchor="_Ref_ch2"', 'w:anchor="_Ref_gone"', "ids: a jump to _Ref_gone, which is not there", ""),
    "style": (DOCUMENT, r'"BodyText"(/></w:pPr><w:bookmarkStart w:id="\d+" w:name="_b_imprint_1")', r'"Gone"\1', "ids: no style Gone", "imprint-1"),
    "list": (DOCUMENT, r'<w:numId w:val="\d+"(/></w:numPr></w:pPr><w:bookmarkStart w:id="\d+" w:name="_b_again2")', r'<w:numId w:val="999"\1', "ids: no list 999", "again2"),
    "relationship": (DOCUMENT, '(_b_ch1_refs".*?r:id=")[^"]+', r"\1rId999", "ids: no relationship rId999", "ch1-refs"),
    "footnote": (DOCUMENT, 'footnoteReference w:id="2"', 'footnoteReference w:id="1"', "ids: a footnote has the id of another", "ch1-refs"),
    "no footnote": (DOCUMENT, 'footnoteReference w:id="2"', 'footnoteReference w:id="9"', "ids: a footnote is called that is not there", "ch1-refs"),
    "heads": (DOCUMENT, f"<w:tblHeader/>{UP_TO_KPIS}", r"\1", "tables: the rows that repeat are not the head rows", "ch2-kpis"),
    "width": (DOCUMENT, rf'<w:tblW w:w="\d+"{UP_TO_KPIS}', r'<w:tblW w:w="1"\1', "tables: the width is not that of the columns", "ch2-kpis"),
    "too wide": (DOCUMENT, rf'<w:gridCol w:w="\d+"{UP_TO_KPIS}', r'<w:gridCol w:w="9999"\1', "tables: one is wider than the text", "ch2-kpis"),
    "cell": (DOCUMENT, r'(_b_ch2_kpis".*?<w:tcW w:w=")\d+', r"\g<1>1", "tables: a cell of row 1 is not as wide as its columns", "ch2-kpis"),
    "no cell": (DOCUMENT, '(_b_ch2_kpis".*?</w:tc>)<w:tc>.*?</w:tc>', r"\1", "tables: row 1 fills 3 of 4 columns", "ch2-kpis"),
    "cell's end": (DOCUMENT, '(_b_ch2_kpis".*?</w:p>)', r"\1<w:customXml/>", "tables: a cell of row 1 does not end with a paragraph", "ch2-kpis"),
    "font": ("word/styles.xml", r' w:eastAsia="BIZ UDゴシック"', "", "look: a style's font is not named for Japanese text", ""),
    "language": ("word/styles.xml", 'w:eastAsia="ja-JP"', 'w:eastAsia="zh-CN"', "look: the language is not Japanese", ""),
    "paper": (DOCUMENT, r'(_b_imprint_1".*?)<w:pgSz w:w="\d+"', r'\1<w:pgSz w:w="12240"', "look: a page is neither A4 nor A3", "imprint-1"),
    "mode": ("word/settings.xml", '(compatibilityMode".*?w:val=)"15"', r'\1"14"', "look: Word opens it in compatibility mode", ""),
    "asks": ("word/settings.xml", "(<w:compat>)", r'<w:updateFields w:val="true"/>\1', "look: Word asks whether to update fields", ""),
    "asks once": (DOCUMENT, '(_b_ch1_refs".*?)fldCharType="begin"', r'\1fldCharType="begin" w:dirty="true"', "look: Word asks whether to update a field", "ch1-refs"),
    "level": (DOCUMENT, r'"Heading2"(/></w:pPr><w:bookmarkStart w:id="\d+" w:name="_b_ch2_a")', r'"Heading4"\1', "look: a heading of level 4 follows one of level 1", "ch2-a"),
    "picture": (DOCUMENT, r'(<wp:docPr id="2"[^>]*descr=")[^"]*', r"\1", "look: a picture has no alternative text", "photo"),
    "title": ("docProps/core.xml", "(<dc:title>)", r"\1別の", "look: the file's title is not the plan's", ""),
    "author": ("docProps/core.xml", "(<dc:creator>)", r"\1別の", "look: the file's author is not the plan's", ""),
    "core language": ("docProps/core.xml", "<dc:language>ja-JP", "<dc:language>en", "look: the file's language is not the plan's", ""),
    "plan": ("docProps/core.xml", "(<dc:identifier>)", r"\1x", "look: the file's identifier is not the plan's", ""),
    "words": (DOCUMENT, "潮見野市総務部", "潮見野総務部", "the words are not those of the tree", "imprint-1"),
    "order": (DOCUMENT, "(<w:p><w:pPr>(?:(?!<w:p>).)*_b_ch2_h_1\".*?</w:p>)(<w:p>.*?</w:p>)", r"\2\1", "the words are not those of the tree", "ch2-h-1"),
    "number": ("word/numbering.xml", "第%1章", "第%1編", "the words are not those of the tree", "ch1"),
    "more words": (DOCUMENT, "(潮見野市総務部情報政策課)", r"\1と", "there are words after the end", "imprint-1"),
    "note's words": ("word/footnotes.xml", "二つ目の注", "二つめの注", "a footnote is not that of the tree", "ch1-refs"),
    "note": ("word/footnotes.xml", '<w:footnote w:id="2">.*?</w:footnote>', "", "a footnote is missing, or one too many", "ch1-refs"),
}  # fmt: skip


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_told_with_its_block(data: bytes, name: str) -> None:
    part, old, new, what, block = FAULTS[name]
    assert (what, block) in found(changed(data, part, old, new))


def test_a_fault_in_a_sheet_names_the_row(data: bytes) -> None:
    (problem,) = word.problems(changed(data, DOCUMENT, "オンライン化率は", "オンライン率は"), PLAN)
    assert (problem.block, problem.label) == ("ch6-s1", "現状と課題")


def rezipped(data: bytes, order=lambda names: names, date=(1980, 1, 1, 0, 0, 0), twice: str = "") -> bytes:
    files, out = archive.unpack(data), io.BytesIO()
    with zipfile.ZipFile(out, "w") as target:
        for name in [*order(list(files)), *([twice] if twice else [])]:
            target.writestr(zipfile.ZipInfo(name, date), files[name])
    return out.getvalue()


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize(
    ("zipped", "what"),
    [
        ({"order": lambda names: names[::-1]}, "zip: the types of content and the relationships are not the first entries"),
        ({"date": (2026, 1, 1, 0, 0, 0)}, "zip: an entry has a date"),
        ({"twice": "word/styles.xml"}, "zip: a name is used twice"),
    ],
)  # fmt: skip
def test_a_fault_of_the_zip_is_told(data: bytes, zipped: dict, what: str) -> None:
    assert found(rezipped(data)) == []
    assert (what, "") in found(rezipped(data, **zipped))


@pytest.mark.parametrize("length", [0, 1000, -1])
def test_half_a_file_is_told(data: bytes, length: int) -> None:
    assert found(data[:length])[0][0].startswith("the file cannot be read")


def test_a_part_that_is_no_xml_is_told(data: bytes) -> None:
    assert found(changed(data, DOCUMENT, "</w:body>", ""))[0][0].startswith("the file cannot be read")
