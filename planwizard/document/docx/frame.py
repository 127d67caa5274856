"""What stands around the blocks: cover, contents, sections of paper, running header and footer."""

from __future__ import annotations

from dataclasses import dataclass

from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import Part

from planwizard.document import walk
from planwizard.document.docx.ledger import Ledger
from planwizard.document.docx.text import inner_link
from planwizard.document.docx.xml import NAMESPACES, TAB, field, paragraph, place, run, twips
from planwizard.document.nodes import Cover, Document, Heading, Meta

MARGIN, HEADER, FOOTER = 25, 15, 12  # mm
A4 = (210, 297)
_PROLOG = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


@dataclass(frozen=True, slots=True)
class Frames:
    """The relationships of the running parts."""

    contents: str
    upright: str
    landscape: str
    footer: str


def running_parts(document: Document, ledger: Ledger) -> Frames:
    """Headers with the title, and the chapter except over the contents; one footer with the page number."""
    chapter = next((b.text for b in walk.blocks(document) if isinstance(b, Heading) and b.level == 1), "")
    meta = document.meta
    wide = twips(A4[1] - 2 * MARGIN) - 1
    landscape = f'<w:tabs><w:tab w:val="clear" w:pos="9070"/><w:tab w:val="right" w:pos="{wide}"/></w:tabs>'
    here = TAB + field("STYLEREF 1", chapter)
    number = run("－ ") + field("PAGE", "1") + run(" －")
    return Frames(
        contents=_part(ledger, "header", "contents", _header(meta, "")),
        upright=_part(ledger, "header", "upright", _header(meta, here)),
        landscape=_part(ledger, "header", "landscape", _header(meta, here, landscape)),
        footer=_part(ledger, "footer", "", paragraph("Footer", number)),
    )


def _header(meta: Meta, chapter: str, tabs: str = "") -> str:
    status = paragraph("PlanStatus", run(meta.status_line)) if meta.status_line else ""
    return paragraph("Header", run(meta.title) + chapter, tabs) + status


def _part(ledger: Ledger, kind: str, name: str, content: str) -> str:
    tag, content_type, relation = {
        "header": ("hdr", CT.WML_HEADER, RT.HEADER),
        "footer": ("ftr", CT.WML_FOOTER, RT.FOOTER),
    }[kind]
    xml = f"{_PROLOG}<w:{tag} {NAMESPACES}>{content}</w:{tag}>".encode()
    partname = PackURI(f"/word/{kind}{'-' if name else ''}{name}.xml")
    part = Part(partname, content_type, xml, ledger.main.package)
    return str(ledger.main.relate_to(part, relation))


def section(frames: Frames | None, *, header: str = "", landscape: bool = False, numbers: str = "") -> str:
    """A w:sectPr. ``frames`` is None on the cover, which has neither header nor footer."""
    width, height = (twips(mm) for mm in (reversed(A4) if landscape else A4))
    orient = ' w:orient="landscape"' if landscape else ""
    running = ""
    if frames:
        running = (
            f'<w:headerReference w:type="default" r:id="{header}"/>'
            f'<w:footerReference w:type="default" r:id="{frames.footer}"/>'
        )
    return (
        f'<w:sectPr>{running}<w:pgSz w:w="{width}" w:h="{height}"{orient}/>'
        f'<w:pgMar w:top="{twips(MARGIN)}" w:right="{twips(MARGIN)}" w:bottom="{twips(MARGIN)}" '
        f'w:left="{twips(MARGIN)}" w:header="{twips(HEADER)}" w:footer="{twips(FOOTER)}" w:gutter="0"/>'
        f'{numbers}<w:docGrid w:linePitch="360"/></w:sectPr>'
    )


def end_of_section(properties: str) -> str:
    """The paragraph that carries a section's properties, one point high so that it never starts a page."""
    return paragraph("PlanGap", "", properties)


def cover(cover: Cover) -> str:
    """Title at about 100 mm, date and issuer at about 215 mm from the top."""
    return "".join(
        (
            paragraph("Title", run(cover.title)),
            paragraph("Subtitle", run(cover.subtitle)),
            paragraph("PlanCover", run(cover.date), '<w:spacing w:before="4600"/>'),
            paragraph("PlanCover", run(cover.issuer)),
            end_of_section(section(None)),
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


_NUMBER_ENDS = {1: 1050, 2: 630, 3: 1050}  # twips; where the title begins after its number


def _entry(heading: Heading, ledger: Ledger, begin: str, end: str) -> str:
    page = ledger.pages.get(heading.id, "")
    number = run(heading.number) + TAB if heading.number else ""
    name = place("_Ref_", heading.id)
    level = min(heading.level, 3)
    tabs = f'<w:tabs><w:tab w:val="left" w:pos="{_NUMBER_ENDS[level]}"/></w:tabs>' if number else ""
    shown = TAB + field(f"PAGEREF {name} \\h", page) if page else ""
    content = inner_link(name, number + run(heading.text) + shown)
    return paragraph(f"TOC{level}", begin + content + end, tabs)
