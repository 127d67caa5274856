"""Blocks → paragraphs, tables and pictures."""

from __future__ import annotations

import re
from typing import assert_never

from planwizard.document import svg
from planwizard.document.docx import labels
from planwizard.document.docx.ledger import Ledger
from planwizard.document.docx.tables import table
from planwizard.document.docx.text import inlines
from planwizard.document.docx.xml import SPACE, TAB, attribute, bookmark, field, paragraph, place, run
from planwizard.document.nodes import (
    Block,
    BulletList,
    Figure,
    Heading,
    PageBreak,
    Paragraph,
    Picture,
    Table,
)

EMU = 36000  # per mm
KEEP = "<w:keepNext/>"
ROLES = {"body": "BodyText", "lead": "PlanLead", "note": "PlanNote"}
UNNUMBERED_INDENT = (0, 190, 0, 210, 420)  # twips, by level
SPELT_INDENT = ((1280, 1280), (710, 520), (480, 480), (630, 420), (1050, 630))  # as base.LEVELS

_GAP = paragraph("PlanGap", "", '<w:keepNext/><w:spacing w:before="100"/>')
_BELOW_FIGURE = '<w:spacing w:before="60" w:after="240"/>'
_CAPTION_NUMBER = re.compile(r"(\D+)(\d+)\Z")
_SVG = "{96DAC541-7B7A-43D3-8B79-37D633B846F1}"  # the extension by which Word finds an SVG


def block(item: Block, ledger: Ledger, is_kept: bool = False) -> str:
    """One block, ``is_kept`` on the page on which the next begins. A chapter's new page is its section's."""
    keep = KEEP if is_kept else ""
    match item:
        case Heading():
            return _heading(item, ledger)
        case Paragraph(id=id_, role=role):
            return paragraph(ROLES[role], _mark(id_, ledger) + inlines(item.inlines, ledger), keep)
        case BulletList():
            return _list(item, ledger, keep)
        case Table():
            above = _caption(item, ledger, KEEP) if item.caption else _GAP
            return above + table(item, ledger) + SPACE
        case Figure():
            return _figure(item, ledger)
        case Picture():
            return _picture(item, ledger)
        case PageBreak(id=id_):
            content = _mark(id_, ledger) + '<w:r><w:br w:type="page"/></w:r>'
            return paragraph("PlanGap", content)
        case _:
            assert_never(item)


def _mark(id_: str, ledger: Ledger) -> str:
    """A hidden bookmark by which a block is found again in an edited file."""
    return bookmark(place("_b_", id_), ledger.number("bookmark"))


def _heading(heading: Heading, ledger: Ledger) -> str:
    numbering, spelt = _number(heading, ledger)
    named = bookmark(place("_Ref_", heading.id), ledger.number("bookmark"), run(heading.text))
    return paragraph(f"Heading{heading.level}", _mark(heading.id, ledger) + spelt + named, numbering)


def _number(heading: Heading, ledger: Ledger) -> tuple[str, str]:
    """(paragraph properties, text): Word counts the label if it can, else the label is spelt out."""
    level, counter = heading.level, ledger.headings
    if not heading.number:
        return _no_list(UNNUMBERED_INDENT[level - 1], 0), ""
    count = labels.count_of(level, heading.number)
    if count is None or level > ledger.base.lists.counted:
        ledger.spelt.add(heading.id)
        return _no_list(*SPELT_INDENT[level - 1]), run(heading.number) + TAB
    if heading.number != counter.expects(level):
        counter.num_id = ledger.counted_list(ledger.base.lists.headings, counter.starts(level, count))
    counter.take(level, count)
    if not counter.num_id:
        return "", ""
    return f'<w:numPr><w:ilvl w:val="{level - 1}"/><w:numId w:val="{counter.num_id}"/></w:numPr>', ""


def _no_list(left: int, hanging: int) -> str:
    return (
        '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="0"/></w:numPr>'
        f'<w:ind w:left="{left}" w:hanging="{hanging}"/>'
    )


def _list(item: BulletList, ledger: Ledger, keep: str) -> str:
    style, properties = "ListBullet", ""
    if item.marker != "dot":
        lists = ledger.base.lists
        num_id = ledger.counted_list(lists.circled if item.marker == "circled" else lists.paren, [1])
        style = "ListNumber"
        properties = f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{num_id}"/></w:numPr>'
    lines = [inlines(each, ledger) for each in item.items]
    if lines:
        lines[0] = _mark(item.id, ledger) + lines[0]
    last = len(lines) - 1
    return "".join(
        paragraph(style, line, (keep if at == last else "") + properties) for at, line in enumerate(lines)
    )


def _caption(item: Table | Figure | Picture, ledger: Ledger, properties: str = "") -> str:
    number = run(item.number)
    if match := _CAPTION_NUMBER.match(item.number):
        number = run(match[1]) + field(f"SEQ {match[1]} \\* ARABIC", match[2])
    named = bookmark(place("_Ref_", item.id), ledger.number("bookmark"), number)
    return paragraph("Caption", named + run(f"\u3000{item.caption}"), properties)


def _figure(figure: Figure, ledger: Ledger) -> str:
    drawing = svg.Drawing.read(figure.svg)
    height = drawing.height_mm(figure.width_mm)
    vector = drawing.sized(figure.width_mm, figure.alt)
    relation, _ = ledger.image(svg.png(vector, figure.width_mm, height))
    extension = (
        f'<a:extLst><a:ext uri="{_SVG}"><asvg:svgBlip r:embed="{ledger.drawing(vector)}"/></a:ext></a:extLst>'
    )
    return _framed(figure, _drawing(figure, relation, height, ledger, extension), ledger)


def _picture(picture: Picture, ledger: Ledger) -> str:
    data = ledger.assets.get(picture.asset)
    if data is None:  # said by the export; here the reader sees what is missing
        return _framed(picture, run(f"［{picture.alt}］"), ledger)
    relation, ratio = ledger.image(data)
    return _framed(picture, _drawing(picture, relation, picture.width_mm * ratio, ledger), ledger)


def _framed(item: Figure | Picture, content: str, ledger: Ledger) -> str:
    keep = KEEP if item.caption else ""
    line = paragraph("PlanFigure", _mark(item.id, ledger) + content, keep)
    return line + (_caption(item, ledger, _BELOW_FIGURE) if item.caption else "")


def _drawing(
    item: Figure | Picture, relation: str, height_mm: float, ledger: Ledger, extension: str = ""
) -> str:
    number = ledger.number("drawing")
    size = f'cx="{item.width_mm * EMU}" cy="{round(height_mm * EMU)}"'
    title = f' title="{attribute(item.caption)}"' if item.caption else ""
    names = f'id="{number}" name="図{number}" descr="{attribute(item.alt)}"{title}'
    return (
        f'<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent {size}/>'
        f'<wp:docPr {names}/><wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/>'
        "</wp:cNvGraphicFramePr><a:graphic>"
        '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">'
        f"<pic:pic><pic:nvPicPr><pic:cNvPr {names}/><pic:cNvPicPr/></pic:nvPicPr>"
        f'<pic:blipFill><a:blip r:embed="{relation}">{extension}</a:blip>'
        "<a:stretch><a:fillRect/></a:stretch></pic:blipFill>"
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )
