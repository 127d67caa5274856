"""The whole Word file: base, body, notes, lists, properties, zip."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import pairwise
from typing import Any, TypeGuard

import docx
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.oxml import parse_xml
from lxml import etree

from planwizard.document import paper, walk
from planwizard.document.docx import archive, bases, custom, frame
from planwizard.document.docx.bases import Base
from planwizard.document.docx.blocks import block
from planwizard.document.docx.ledger import Ledger
from planwizard.document.docx.xml import NAMESPACES
from planwizard.document.nodes import Block, Document, Heading, Meta, Section

_FROM_ONE = '<w:pgNumType w:start="1"/>'
_ROMAN = '<w:pgNumType w:fmt="lowerRoman" w:start="1"/>'


def render(
    document: Document,
    *,
    assets: Mapping[str, bytes],
    pages: Mapping[str, str],
    base: Base | None = None,
    export: str = "",
) -> bytes:
    """Write ``document`` into ``base``, without one into our own. The same tree gives the same bytes.

    ``assets`` are pictures by sha256; ``pages`` the page numbers by block id that ``pdf.render`` found. Without
    pages the contents have no numbers. ``export`` names the stored tree, if this one is stored.
    """
    base = base or bases.ours()
    document = paper.fitted(document, base.scale)
    file = docx.Document(io.BytesIO(base.data))
    main = file.part
    notes = main.part_related_by(RT.FOOTNOTES)
    ledger = Ledger(main, notes, walk.targets(document), pages, assets, base)
    body = base.named("".join(_body(document, ledger, _running_parts(main))))
    main._element = parse_xml(f"<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>")
    ledger.write_lists()
    _write_notes(ledger)
    _describe(file.core_properties, document.meta)
    if export:
        custom.write(main.package, export)
    return _repack(file)


def _running_parts(main: Any) -> dict[str, Any]:
    """The town's own header and footer, taken out of the file: each section gets a copy with our lines below."""
    section = main._element.body.sectPr
    found = {}
    for reference in section.xpath("./w:headerReference|./w:footerReference") if section is not None else ():
        kind = etree.QName(reference).localname.removesuffix("Reference")
        found[kind] = main.rels.pop(reference.rId).target_part
    return found


def _body(document: Document, ledger: Ledger, house: dict[str, Any]) -> Iterator[str]:
    base = ledger.base
    running = frame.Running(document.meta, ledger, house)
    if document.cover:
        yield frame.closed(frame.cover(document.cover, base), frame.section("", base))
    if document.toc_depth and walk.contents(document):
        paper = frame.section(running.over_contents(), base, numbers=_ROMAN)
        yield frame.contents(document, ledger) + frame.closed("", paper)
    chapters = list(_chapters(document))
    for at, (chapter, heading) in enumerate(chapters):
        ledger.scale = base.scale(chapter.paper)
        body = "".join(block(item, ledger, is_kept) for item, is_kept in walk.with_next(chapter.blocks))
        paper = frame.section(
            running.over_chapter(heading, chapter.paper),
            base,
            paper=chapter.paper,
            numbers="" if at else _FROM_ONE,
        )
        yield body + paper if at == len(chapters) - 1 else frame.closed(body, paper)


def _chapters(document: Document) -> Iterator[tuple[Section, Heading | None]]:
    """The sections, cut before each chapter, with the chapter they lie in."""
    heading: Heading | None = None
    for section in document.sections:
        starts = [at for at, item in enumerate(section.blocks) if at and _is_chapter(item)]
        cuts = [0, *starts, len(section.blocks)]
        for start, end in pairwise(cuts):
            blocks = section.blocks[start:end]
            heading = next((item for item in blocks if _is_chapter(item)), heading)
            yield replace(section, blocks=blocks), heading


def _is_chapter(item: Block) -> TypeGuard[Heading]:
    return isinstance(item, Heading) and item.level == 1


def _write_notes(ledger: Ledger) -> None:
    notes = "".join(
        f'<w:footnote w:id="{number}">{content}</w:footnote>'
        for number, content in enumerate(ledger.footnotes, 1)
    )
    end = b"</w:footnotes>"
    ledger.notes._blob = ledger.notes.blob.replace(end, ledger.base.named(notes).encode() + end)


def _describe(properties: Any, meta: Meta) -> None:
    properties.title = meta.title[:255]
    properties.subject = meta.title[:255]
    properties.author = properties.last_modified_by = meta.issuer[:255]
    properties.language = meta.lang
    properties.identifier = meta.identifier
    properties.version = meta.version_label[:255]
    properties.category = "市町村官民データ活用推進計画"
    properties.created = properties.modified = meta.modified.replace(tzinfo=None, microsecond=0)
    properties.revision = 1


def _repack(file: Any) -> bytes:
    """python-docx dates its entries; ours are sorted and undated."""
    out = io.BytesIO()
    file.save(out)
    return archive.pack(archive.unpack(out.getvalue()))
