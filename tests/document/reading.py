"""Reads the outputs back: the words of a tree, of its HTML, of a Word file, of a PDF."""

from __future__ import annotations

import ctypes
import re
import subprocess
import unicodedata
import zipfile
from collections import defaultdict
from collections.abc import Iterator, Mapping
from io import BytesIO
from pathlib import Path

import pypdfium2 as pdfium
import pypdfium2.raw as raw
from lxml import etree, html

from planwizard.document import walk
from planwizard.document.nodes import (
    Block,
    BulletList,
    Document,
    Figure,
    Heading,
    Inline,
    Link,
    Note,
    Paragraph,
    Picture,
    Run,
    Table,
)

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
KANA = "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン"

_INVISIBLE = re.compile(
    "[\ufe00-\ufe0f\U000e0100-\U000e01ef\u200b-\u200f\u2060-\u206f\u00ad\u034f\u061c\u180b-\u180f]"
)


def normal(text: str) -> str:
    """Without variation selectors, zero-width characters and white space, in NFKC."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", _INVISIBLE.sub("", text)))


def truth(document: Document) -> str:
    """The words of the sections of a tree, in order; no footnotes, no page numbers, no list marks."""
    targets = walk.targets(document)
    return "\n".join(line for block in walk.blocks(document) for line in lines(block, targets))


def lines(block: Block, targets: dict[str, walk.Target], figure: str = "") -> list[str]:
    """What one block prints: a line for a paragraph or item, for a table its caption and its cells.

    ``figure`` stands where an output writes the number of a note or page.
    """
    match block:
        case Heading():
            return [f"{block.number} {block.text}"]
        case Paragraph(inlines=inlines):
            return [_words(inlines, targets, figure)]
        case BulletList(items=items):
            return [_words(item, targets, figure) for item in items]
        case Table():
            cells = [_words(cell.inlines, targets) for row in block.rows for cell in row]
            return [f"{block.number} {block.caption}", *cells]
        case Figure() | Picture():
            return [f"{block.number} {block.caption}"]
        case _:
            return []


def notes(document: Document) -> list[str]:
    targets = walk.targets(document)
    return [
        _words(inline.inlines, targets)
        for block in walk.blocks(document)
        for inlines in walk.inlines(block)
        for inline in inlines
        if isinstance(inline, Note)
    ]


def _words(inlines: tuple[Inline, ...], targets: dict[str, walk.Target], figure: str = "") -> str:
    said = []
    for inline in inlines:
        if isinstance(inline, Run | Link):
            said.append(inline.text)
        elif isinstance(inline, Note) or inline.show == "page":
            said.append(figure)
        else:
            said.append(walk.shown(inline, targets[inline.target]))
    return "".join(said)


def of_html(page: str) -> str:
    """The text of the sections, without drawings and notes."""
    root = html.fromstring(page)
    for element in root.xpath("//nav | //header | //*[local-name()='svg'] | //*[@class='footnote']"):
        element.drop_tree()
    return "\n".join(section.text_content() for section in root.xpath("//section"))


def of_pdf(data: bytes) -> str:
    """The logical text: in the order of the tags, without running headers and footers; pdfium leaves out emoji."""
    said: list[str] = []
    with pdfium.PdfDocument(data) as document:
        for page in document:
            texts = marked_texts(page)
            tree = raw.FPDF_StructTree_GetForPage(page.raw)
            for at in range(raw.FPDF_StructTree_CountChildren(tree)):
                said.extend(_tagged(raw.FPDF_StructTree_GetChildAtIndex(tree, at), texts))
            raw.FPDF_StructTree_Close(tree)
    return "\n".join(said)


def marked_texts(page: pdfium.PdfPage) -> dict[int, str]:
    """{number of marked content: its text}."""
    texts: dict[int, str] = defaultdict(str)
    text_page = page.get_textpage()
    for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT], max_depth=9):
        length = raw.FPDFTextObj_GetText(item.raw, text_page.raw, None, 0)
        buffer = ctypes.create_string_buffer(length)
        target = ctypes.cast(buffer, ctypes.POINTER(raw.FPDF_WCHAR))
        raw.FPDFTextObj_GetText(item.raw, text_page.raw, target, length)
        texts[raw.FPDFPageObj_GetMarkedContentID(item.raw)] += buffer.raw[:-2].decode("utf-16-le")
    return texts


def _tagged(element: object, texts: dict[int, str]) -> Iterator[str]:
    for at in range(raw.FPDF_StructElement_CountChildren(element)):
        if child := raw.FPDF_StructElement_GetChildAtIndex(element, at):
            yield from _tagged(child, texts)
        elif (number := raw.FPDF_StructElement_GetChildMarkedContentID(element, at)) >= 0:
            yield texts.get(number, "")


def of_pdf_by_poppler(data: bytes, folder: Path) -> str:
    """The same by another reader; it takes a minute for ten pages."""
    file = folder / "read.pdf"
    file.write_bytes(data)
    done = subprocess.run(["pdfinfo", "-struct-text", file], capture_output=True, check=True)
    return "\n".join(re.findall(r'^ *"(.*)"$', done.stdout.decode(), re.MULTILINE))


class Word:
    """A Word file as Word would show it: numbers of headings counted by its rules, field results in place.

    ``styles`` says which style of the file plays which role, {role: style id}, where they are not called by it.
    """

    def __init__(self, data: bytes, styles: Mapping[str, str] | None = None) -> None:
        self.roles = {id_: role for role, id_ in (styles or {}).items()}
        self.zip = zipfile.ZipFile(BytesIO(data))
        self.document = self.xml("word/document.xml")
        self.body = self.document[0]
        self.counts: dict[tuple[str, int], int] = defaultdict(int)
        self.started: set[str] = set()
        self._read_lists()
        self._read_styles()

    def xml(self, name: str) -> etree._Element:
        return etree.fromstring(self.zip.read(name))

    def text(self) -> str:
        """Everything but the contents and the footnotes, with heading numbers, page numbers left out."""
        return "\n".join(self.paragraphs())

    def paragraphs(self) -> list[str]:
        found = []
        for paragraph in self.body.iter(f"{W}p"):
            if not any(True for _ in paragraph.iterancestors(f"{W}sdt")):
                number = self.number(paragraph) if self.style(paragraph).startswith("Heading") else ""
                found.append(f"{number} {self.words(paragraph)}")
        return found

    def list_marks(self) -> list[str]:
        styles = ("ListBullet", "ListNumber")
        return [self.number(p) for p in self.body.iter(f"{W}p") if self.style(p) in styles]

    def notes(self) -> list[str]:
        notes = self.xml("word/footnotes.xml").findall(f"{W}footnote")
        return [self.words(note) for note in notes if note.get(f"{W}type") is None]

    def style(self, paragraph: etree._Element) -> str:
        id_ = paragraph.find(f"{W}pPr/{W}pStyle").get(f"{W}val")
        return self.roles.get(id_, id_)

    def words(self, element: etree._Element) -> str:
        """Text with tabs and breaks; the result of a PAGEREF is left out."""
        said, code, depth, is_result = [], "", 0, False
        for item in element.iter(f"{W}t", f"{W}br", f"{W}tab", f"{W}fldChar", f"{W}instrText"):
            if item.tag == f"{W}fldChar":
                kind = item.get(f"{W}fldCharType")
                depth += {"begin": 1, "separate": 0, "end": -1}[kind]
                is_result = kind == "separate"
                code = "" if kind != "separate" else code
            elif item.tag == f"{W}instrText":
                code += item.text
            elif item.tag == f"{W}t" and not (is_result and "PAGEREF" in code):
                said.append(item.text or "")
            elif item.getparent().tag == f"{W}r" and item.tag != f"{W}t":
                said.append("\n" if item.tag == f"{W}br" else "\t")
        assert depth == 0
        return "".join(said)

    def number(self, paragraph: etree._Element) -> str:
        """The label Word prints before a paragraph, and the count moved on."""
        num_id, level = self._list_of(paragraph)
        if num_id == "0":
            return ""
        abstract, overrides = self.nums[num_id]
        if num_id not in self.started:
            self.started.add(num_id)
            for at, start in overrides.items():
                self.counts[abstract, at] = start - 1
        self.counts[abstract, level] += 1
        for lower in range(level + 1, 9):
            self.counts[abstract, lower] = 0
        form, text = self.levels[abstract, level]
        return text.replace(f"%{level + 1}", _figure(form, self.counts[abstract, level]))

    def _list_of(self, paragraph: etree._Element) -> tuple[str, int]:
        own = paragraph.find(f"{W}pPr/{W}numPr")
        id_ = paragraph.find(f"{W}pPr/{W}pStyle").get(f"{W}val")
        listed = own if own is not None else self.style_lists[id_]
        level = listed.find(f"{W}ilvl")
        return listed.find(f"{W}numId").get(f"{W}val"), 0 if level is None else int(level.get(f"{W}val"))

    def _read_lists(self) -> None:
        root = self.xml("word/numbering.xml")
        self.levels = {
            (abstract.get(f"{W}abstractNumId"), int(level.get(f"{W}ilvl"))): (
                level.find(f"{W}numFmt").get(f"{W}val"),
                level.find(f"{W}lvlText").get(f"{W}val"),
            )
            for abstract in root.findall(f"{W}abstractNum")
            for level in abstract.findall(f"{W}lvl")
        }
        self.nums = {
            num.get(f"{W}numId"): (
                num.find(f"{W}abstractNumId").get(f"{W}val"),
                {
                    int(each.get(f"{W}ilvl")): int(each.find(f"{W}startOverride").get(f"{W}val"))
                    for each in num.findall(f"{W}lvlOverride")
                },
            )
            for num in root.findall(f"{W}num")
        }

    def _read_styles(self) -> None:
        self.style_lists = {
            style.get(f"{W}styleId"): style.find(f"{W}pPr/{W}numPr")
            for style in self.xml("word/styles.xml").findall(f"{W}style")
            if style.find(f"{W}pPr/{W}numPr") is not None
        }


def _figure(form: str, count: int) -> str:
    match form:
        case "decimalFullWidth":
            return "".join(chr(ord(digit) + 0xFEE0) for digit in str(count))
        case "aiueoFullWidth":
            return KANA[count - 1]
        case "decimalEnclosedCircle":
            return chr(ord("①") + count - 1)
        case "decimal":
            return str(count)
        case _:
            return ""


def missing_from(said: str, document: Document) -> list[str]:
    """Lines of a tree that a PDF does not say in their turn: a table row by row, as repeated heads lie between."""
    targets = walk.targets(document)
    said, at, missing = without_emoji(said), 0, []
    for block in walk.blocks(document):
        for line in _pdf_lines(block, targets):
            found = re.compile(line).search(said, at)
            if found:
                at = found.end()
            else:
                missing.append(line)
    return missing


def without_emoji(words: str) -> str:
    return normal(re.sub("[\U0001f000-\U0001faff]", "", words))


def _pdf_lines(block: Block, targets: dict[str, walk.Target]) -> list[str]:
    if isinstance(block, Table):
        caption, *cells = (re.escape(without_emoji(each)) for each in lines(block, targets))
        waiting = iter(cells)
        return [caption, *("".join(next(waiting) for _ in row) for row in block.rows)]
    said = lines(block, targets, figure="#number#")
    return [r"\d+".join(re.escape(without_emoji(words)) for words in line.split("#number#")) for line in said]
