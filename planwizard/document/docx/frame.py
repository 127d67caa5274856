"""What stands around the blocks: cover, contents, sections of paper, running header and footer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import Part

from planwizard.document import walk
from planwizard.document.docx.ledger import Ledger
from planwizard.document.docx.text import inner_link
from planwizard.document.docx.xml import (
    NAMESPACES,
    PARAGRAPH,
    SPACE,
    TAB,
    field,
    paragraph,
    place,
    run,
    twips,
)
from planwizard.document.nodes import Cover, Document, Heading, Meta, Paper

MARGIN, HEADER, FOOTER = 25, 15, 12  # mm
COLUMN_GAP = 10
SHEETS: Mapping[Paper, tuple[int, int]] = {
    "upright": (210, 297),
    "landscape": (297, 210),
    "poster": (420, 297),
}
_UPRIGHT_TAB = 9070  # twips, of the header's style


def _tabs(paper: Paper) -> str:
    """The header's right tab at the right margin of paper that is wider than the style expects."""
    if paper == "upright":
        return ""
    right = 14002 if paper == "landscape" else twips(SHEETS[paper][0] - 2 * MARGIN)
    return f'<w:tabs><w:tab w:val="clear" w:pos="{_UPRIGHT_TAB}"/><w:tab w:val="right" w:pos="{right}"/></w:tabs>'


_KINDS = {
    "header": ("hdr", CT.WML_HEADER, RT.HEADER),
    "footer": ("ftr", CT.WML_FOOTER, RT.FOOTER),
}
_PROLOG = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


@dataclass(slots=True)
class Running:
    """Headers and the one footer, each made when a section first needs it.

    A chapter has a header of its own, because its name must stand there before Word has updated any field.
    """

    meta: Meta
    ledger: Ledger
    footer: str = ""

    def over_contents(self) -> str:
        """The references of a section whose header has no chapter."""
        return self._references(self._header(""))

    def over_chapter(self, chapter: Heading | None, paper: Paper) -> str:
        here = TAB + _chapter(chapter) if chapter else ""
        return self._references(self._header(here, _tabs(paper)))

    def _header(self, chapter: str, tabs: str = "") -> str:
        status = paragraph("PlanStatus", run(self.meta.status_line)) if self.meta.status_line else ""
        line = paragraph("Header", run(walk.running_title(self.meta)) + chapter, tabs)
        return _part(self.ledger, "header", line + status)

    def _references(self, header: str) -> str:
        if not self.footer:
            number = run("－ ") + field("PAGE", "1") + run(" －")
            self.footer = _part(self.ledger, "footer", paragraph("Footer", number))
        return (
            f'<w:headerReference w:type="default" r:id="{header}"/>'
            f'<w:footerReference w:type="default" r:id="{self.footer}"/>'
        )


def _chapter(heading: Heading) -> str:
    """By field, so that it follows the heading when that is edited; Word prints 0 for a missing number."""
    number = field("STYLEREF 1 \\n", heading.number) + run(" ") if heading.number else ""
    return number + field("STYLEREF 1", heading.text)


def _part(ledger: Ledger, kind: str, content: str) -> str:
    tag, content_type, relation = _KINDS[kind]
    xml = f"{_PROLOG}<w:{tag} {NAMESPACES}>{content}</w:{tag}>".encode()
    name = PackURI(f"/word/{kind}{ledger.number(kind)}.xml")
    part = Part(name, content_type, xml, ledger.main.package)
    return str(ledger.main.relate_to(part, relation))


def section(running: str, *, paper: Paper = "upright", numbers: str = "") -> str:
    """A w:sectPr. ``running`` is empty on the cover, which has neither header nor footer."""
    width, height = (twips(mm) for mm in SHEETS[paper])
    orient = "" if paper == "upright" else ' w:orient="landscape"'
    columns = f'<w:cols w:num="2" w:space="{twips(COLUMN_GAP)}"/>' if paper == "poster" else ""
    return (
        f'<w:sectPr>{running}<w:pgSz w:w="{width}" w:h="{height}"{orient}/>'
        f'<w:pgMar w:top="{twips(MARGIN)}" w:right="{twips(MARGIN)}" w:bottom="{twips(MARGIN)}" '
        f'w:left="{twips(MARGIN)}" w:header="{twips(HEADER)}" w:footer="{twips(FOOTER)}" w:gutter="0"/>'
        f'{numbers}{columns}<w:docGrid w:linePitch="360"/></w:sectPr>'
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


def cover(cover: Cover) -> str:
    """Title at about 100 mm, date and issuer at about 215 mm from the top."""
    return "".join(
        (
            paragraph("Title", run(cover.title)),
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
        _entry(heading, ledger, _begin(document.toc_depth) if at == 0 else "", _END if at == last else "")
        for at, heading in enumerate(entries)
    ]
    return (
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/><w:docPartUnique/>'
        f"</w:docPartObj></w:sdtPr><w:sdtContent>{paragraph('TOCHeading', run('目次'))}{''.join(lines)}"
        "</w:sdtContent></w:sdt>"
    )


_END = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'


def _begin(depth: int) -> str:
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> TOC \\o "1-{depth}" \\h \\z </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )


_NUMBER_ENDS = {1: 945, 2: 630, 3: 1050}  # twips; where the title begins after its number


def _entry(heading: Heading, ledger: Ledger, begin: str, end: str) -> str:
    page = ledger.pages.get(heading.id, "")
    number = run(heading.number) + TAB if heading.number else ""
    name = place("_Ref_", heading.id)
    level = min(heading.level, 3)
    tabs = f'<w:tabs><w:tab w:val="left" w:pos="{_NUMBER_ENDS[level]}"/></w:tabs>' if number else ""
    shown = TAB + field(f"PAGEREF {name} \\h", page) if page else ""
    content = inner_link(name, number + run(heading.text) + shown)
    return paragraph(f"TOC{level}", begin + content + end, tabs)
