"""A Word file as Word would show it: numbers of headings counted by its rules, field results in place."""

from __future__ import annotations

import zipfile
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cached_property
from io import BytesIO
from typing import Any

from lxml import etree

from planwizard.document.docx import base, labels

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
MAIN, NOTES = "word/document.xml", "word/footnotes.xml"

_TEXT = (f"{W}t", f"{W}br", f"{W}tab", f"{W}fldChar", f"{W}instrText")
Element = Any  # lxml's


def value(element: Element, name: str = "val") -> str:
    """An attribute of Word's own, "" without the element or the attribute."""
    return "" if element is None else str(element.get(f"{W}{name}") or "")


class Word:
    """``styles`` says which style of the file plays which role, {role: style id}, where they are not called by it.

    Raises KeyError for a part that is not there, zipfile.BadZipFile and lxml.etree.XMLSyntaxError.
    """

    def __init__(self, data: bytes, styles: Mapping[str, str] | None = None) -> None:
        self.roles = {id_: role for role, id_ in (styles or {}).items()}
        self.zip = zipfile.ZipFile(BytesIO(data))
        self.trees: dict[str, Element] = {}
        self.document = self.xml(MAIN)
        self.body = self.document[0]
        self.counts: dict[tuple[str, int], int] = defaultdict(int)
        self.started: set[str] = set()
        self._read_lists()

    def xml(self, name: str) -> Element:
        """A part, parsed once."""
        if name not in self.trees:
            parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
            self.trees[name] = etree.fromstring(self.zip.read(name), parser)
        return self.trees[name]

    # --- words

    def text(self) -> str:
        """Everything but the contents and the footnotes, with heading numbers, page numbers left out."""
        return "\n".join(self.paragraphs())

    def paragraphs(self, *, counted: bool = True) -> list[str]:
        """Without ``counted``, the numbers that Word counts are left out."""
        found = []
        for paragraph in self._outside_contents():
            is_heading = counted and self.style(paragraph).startswith("Heading")
            number = self.number(paragraph) if is_heading else ""
            found.append(f"{number} {self.words(paragraph)}")
        return found

    def _outside_contents(self) -> Iterator[Element]:
        for element in self.body:
            if element.tag != f"{W}sdt":
                yield from element.iter(f"{W}p")

    def list_marks(self) -> list[str]:
        styles = ("ListBullet", "ListNumber")
        return [self.number(p) for p in self.body.iter(f"{W}p") if self.style(p) in styles]

    def notes(self) -> list[str]:
        return [self.words(note) for note in self.footnotes()]

    def footnotes(self) -> list[Element]:
        """Those with words; the rules above them are of a type."""
        notes = self.xml(NOTES).findall(f"{W}footnote")
        return [note for note in notes if note.get(f"{W}type") is None]

    def style(self, paragraph: Element) -> str:
        id_ = value(paragraph.find(f"{W}pPr/{W}pStyle"))
        return self.roles.get(id_, id_)

    def words(self, element: Element) -> str:
        """Text with tabs and breaks; the result of a PAGEREF is left out."""
        said, code, is_result = [], "", False
        for item in element.iter(*_TEXT):
            if item.tag == f"{W}fldChar":
                is_result = value(item, "fldCharType") == "separate"
                code = code if is_result else ""
            elif item.tag == f"{W}instrText":
                code += item.text or ""
            elif item.tag == f"{W}t":
                if not (is_result and "PAGEREF" in code):
                    said.append(item.text or "")
            elif item.getparent().tag == f"{W}r":
                said.append("\n" if item.tag == f"{W}br" else "\t")
        return "".join(said)

    # --- numbers

    def number(self, paragraph: Element) -> str:
        """The label Word prints before a paragraph, and the count moved on."""
        num_id, level = self._list_of(paragraph)
        if num_id not in self.nums:
            return ""
        abstract, overrides = self.nums[num_id]
        if num_id not in self.started:
            self.started.add(num_id)
            for at, start in overrides.items():
                self.counts[abstract, at] = start - 1
        self.counts[abstract, level] += 1
        for lower in range(level + 1, 9):
            self.counts[abstract, lower] = 0
        form, text = self.levels.get((abstract, level), ("", ""))
        return text.replace(f"%{level + 1}", _figure(form, self.counts[abstract, level]))

    def counts_as_ours(self, abstract: int) -> bool:
        """Whether the list of headings prints our labels, and not a town's own."""
        levels = (self.levels.get((str(abstract), at)) for at in range(len(base.LEVELS)))
        return list(levels) == [(form, text) for form, text, *_ in base.LEVELS]

    def _list_of(self, paragraph: Element) -> tuple[str, int]:
        own = paragraph.find(f"{W}pPr/{W}numPr")
        listed = self.style_lists.get(value(paragraph.find(f"{W}pPr/{W}pStyle"))) if own is None else own
        if listed is None:
            return "0", 0
        return value(listed.find(f"{W}numId")), int(value(listed.find(f"{W}ilvl")) or 0)

    def _read_lists(self) -> None:
        root = self.xml("word/numbering.xml")
        self.levels = {
            (value(abstract, "abstractNumId"), int(value(level, "ilvl"))): (
                value(level.find(f"{W}numFmt")),
                value(level.find(f"{W}lvlText")),
            )
            for abstract in root.findall(f"{W}abstractNum")
            for level in abstract.findall(f"{W}lvl")
        }
        self.nums = {
            value(num, "numId"): (value(num.find(f"{W}abstractNumId")), _starts(num))
            for num in root.findall(f"{W}num")
        }

    @cached_property
    def style_lists(self) -> dict[str, Element]:
        """{style: the list it counts in}."""
        return {
            value(style, "styleId"): style.find(f"{W}pPr/{W}numPr")
            for style in self.xml("word/styles.xml").findall(f"{W}style")
            if style.find(f"{W}pPr/{W}numPr") is not None
        }


def _starts(num: Element) -> dict[int, int]:
    """{level: where it begins} of a list that starts anew."""
    overrides = ((each, each.find(f"{W}startOverride")) for each in num.findall(f"{W}lvlOverride"))
    return {int(value(each, "ilvl")): int(value(start)) for each, start in overrides if start is not None}


def _figure(form: str, count: int) -> str:
    match form:
        case "decimalFullWidth":
            return "".join(chr(ord(digit) + 0xFEE0) for digit in str(count))
        case "aiueoFullWidth":
            return labels.KANA[(count - 1) % len(labels.KANA)]
        case "decimalEnclosedCircle":
            return chr(ord("①") + count - 1)
        case "decimal":
            return str(count)
        case _:
            return ""
