"""What stands around the blocks: cover, contents, sections of paper, running header and footer."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field

from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.part import Part
from docx.oxml import parse_xml
from lxml import etree

from planwizard.document import walk
from planwizard.document.docx.bases import Base
from planwizard.document.docx.ledger import Ledger
from planwizard.document.docx.text import inner_link
from planwizard.document.docx.xml import (
    NAMESPACES,
    PARAGRAPH,
    SPACE,
    TAB,
    paragraph,
    place,
    run,
    twips,
)
from planwizard.document.docx.xml import field as instruction
from planwizard.document.nodes import Cover, Document, Heading, Meta, Paper
from planwizard.document.paper import COLUMN_GAP, SHEETS


def _tabs(base: Base, paper: Paper) -> str:
    """The header's one tab at the right margin, where the style does not set it there."""
    if base.is_ours and paper == "upright":
        return ""
    right = base.right_tab(paper)
    cleared = "".join(f'<w:tab w:val="clear" w:pos="{at}"/>' for at in base.header_tabs if at != right)
    return f'<w:tabs>{cleared}<w:tab w:val="right" w:pos="{right}"/></w:tabs>'


_KINDS = {
    "header": ("hdr", CT.WML_HEADER, RT.HEADER),
    "footer": ("ftr", CT.WML_FOOTER, RT.FOOTER),
}
_PAGE = re.compile(rb"(?:instrText[^>]*>|w:instr=\")\s*PAGE\b")
_PROLOG = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


@dataclass(slots=True)
class Running:
    """Headers and the one footer, each made when a section first needs it.

    A chapter has a header of its own, because its name must stand there before Word has updated any field.
    """

    meta: Meta
    ledger: Ledger
    house: Mapping[str, Part] = field(default_factory=dict)  # the town's own header and footer, by their kind
    footer: str = ""

    def over_contents(self) -> str:
        """The references of a section whose header has no chapter."""
        return self._references(self._header("", "upright"))

    def over_chapter(self, chapter: Heading | None, paper: Paper) -> str:
        here = TAB + _chapter(chapter, self.meta, self.ledger.base) if chapter else ""
        return self._references(self._header(here, paper))

    def _header(self, chapter: str, paper: Paper) -> str:
        status = paragraph("PlanStatus", run(self.meta.status_line)) if self.meta.status_line else ""
        tabs = _tabs(self.ledger.base, paper)
        line = paragraph("Header", run(walk.running_title(self.meta)) + chapter, tabs)
        return _part(self.ledger, "header", line + status, self.house.get("header"))

    def _references(self, header: str) -> str:
        if not self.footer:
            self.footer = self._footer()
        return (
            f'<w:headerReference w:type="default" r:id="{header}"/>'
            f'<w:footerReference w:type="default" r:id="{self.footer}"/>'
        )

    def _footer(self) -> str:
        """The number of the page, unless the town's own footer has it."""
        house = self.house.get("footer")
        number = paragraph("Footer", run("－ ") + instruction("PAGE", "1") + run(" －"))
        has_number = house is not None and _PAGE.search(house.blob)
        return _part(self.ledger, "footer", "" if has_number else number, house)


def _chapter(heading: Heading, meta: Meta, base: Base) -> str:
    """By field, so that it follows the heading when that is edited; Word prints 0 for a missing number.

    In plain words where there is no room for all of it: a field would bring the rest back.
    """
    if (shown := walk.running_chapter(heading, meta)).endswith("…"):
        return run(shown)
    code = f"STYLEREF {base.chapter}"
    number = instruction(f"{code} \\n", heading.number) + run(" ") if heading.number else ""
    return number + instruction(code, heading.text)


def _part(ledger: Ledger, kind: str, content: str, house: Part | None = None) -> str:
    """A part of its own with ``content``, below what the town's own header or footer shows."""
    tag, content_type, relation = _KINDS[kind]
    xml = f"{_PROLOG}<w:{tag} {NAMESPACES}>{ledger.base.named(content)}</w:{tag}>".encode()
    name = ledger.main.package.next_partname(f"/word/{kind}%d.xml")
    part = Part(name, content_type, _below(house, xml) if house else xml, ledger.main.package)
    for relation_ in house.rels.values() if house else ():
        part.load_rel(relation_.reltype, relation_._target, relation_.rId, relation_.is_external)
    return str(ledger.main.relate_to(part, relation))


def _below(house: Part, xml: bytes) -> bytes:
    root = parse_xml(house.blob)
    root.extend(list(parse_xml(xml)))
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def section(running: str, base: Base, *, paper: Paper = "upright", numbers: str = "") -> str:
    """A w:sectPr. ``running`` is empty on the cover, which has neither header nor footer."""
    margins = " ".join(f'w:{name}="{value}"' for name, value in asdict(base.margins).items())
    grid = f"<w:docGrid {base.grid}/>" if base.grid else ""
    width, height = (twips(mm) for mm in SHEETS[paper])
    orient = "" if paper == "upright" else ' w:orient="landscape"'
    columns = f'<w:cols w:num="2" w:space="{twips(COLUMN_GAP)}"/>' if paper == "poster" else ""
    return (
        f'<w:sectPr>{running}<w:pgSz w:w="{width}" w:h="{height}"{orient}/>'
        f"<w:pgMar {margins}/>{numbers}{columns}{grid}</w:sectPr>"
    )


def closed(body: str, properties: str) -> str:
    """``body`` with the section's properties in its last paragraph: one of their own could spill over.

    After a table that is a paragraph one point high.
    """
    at = body.rfind(PARAGRAPH)
    if at < 0 or body.endswith(SPACE):
        return body.removesuffix(SPACE) + paragraph("PlanGap", "", properties)
    end = body.index("</w:pPr>", at)
    return body[:end] + properties + body[end:]


def cover(cover: Cover, base: Base) -> str:
    """Title at about 100 mm, date and issuer at about 215 mm from the top."""
    # a town's style of titles knows nothing of covers
    from_top = "" if base.is_ours else '<w:spacing w:before="3620"/>'
    return "".join(
        (
            paragraph("Title", run(cover.title), from_top),
            paragraph("Subtitle", run(cover.subtitle)),
            paragraph("PlanCover", run(cover.date), '<w:spacing w:before="4600"/>'),
            paragraph("PlanCover", run(cover.issuer)),
        )
    )


def contents(document: Document, ledger: Ledger) -> str:
    """The table of contents, written out: Word need not be asked to update it."""
    entries = walk.contents(document)
    last = len(entries) - 1
    lines = [
        _entry(
            heading,
            ledger,
            _begin(document.toc_depth, ledger.base) if at == 0 else "",
            _END if at == last else "",
            is_kept=last - _TOGETHER < at < last,
        )
        for at, heading in enumerate(entries)
    ]
    return (
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/><w:docPartUnique/>'
        f"</w:docPartObj></w:sdtPr><w:sdtContent>{paragraph('TOCHeading', run('目次'))}{''.join(lines)}"
        "</w:sdtContent></w:sdt>"
    )


_TOGETHER = 4  # entries that stand on the last page of the contents at least
_END = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'


def _begin(depth: int, base: Base) -> str:
    # \\u: by outline levels as well, where a chapter's heading is not Word's own 見出し 1
    levels = "" if base.chapter == "1" else " \\u"
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> TOC \\o "1-{depth}" \\h \\z{levels} </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )


_NUMBER_ENDS = {1: 945, 2: 630, 3: 1050}  # twips; where the title begins after its number


def _entry(heading: Heading, ledger: Ledger, begin: str, end: str, *, is_kept: bool) -> str:
    page = ledger.pages.get(heading.id, "")
    number = run(heading.number) + TAB if heading.number else ""
    name = place("_Ref_", heading.id)
    level = min(heading.level, 3)
    tabs = f'<w:tabs><w:tab w:val="left" w:pos="{_NUMBER_ENDS[level]}"/></w:tabs>' if number else ""
    kept = "<w:keepNext/>" if is_kept else ""
    shown = TAB + instruction(f"PAGEREF {name} \\h", page) if page else ""
    content = inner_link(name, number + run(heading.text) + shown)
    return paragraph(f"TOC{level}", begin + content + end, kept + tabs)
