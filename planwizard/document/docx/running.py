"""The town's own header and footer, taken over from the last section of its file: letterhead, logo, page number."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from docx.oxml.ns import qn
from lxml import etree

from planwizard.common.files import JPEG
from planwizard.common.picture import PictureRefused, redraw
from planwizard.document.docx.guard import HouseStyleRefused, Package, Relation, parsed
from planwizard.document.nodes import ALLOWED_SCHEMES

KINDS = ("header", "footer")
FIELD = (
    "ヘッダーかフッターに、ほかのファイルを読む項目（DDE、INCLUDETEXT など）が入っています。"
    "その項目を消し、保存し直してから選んでください。"
)
ADDRESS = (
    "ヘッダーかフッターのリンク先が、ウェブのページでもメールでもありません。"
    "リンクを消すか直し、保存し直してから選んでください。"
)
_READS_FILES = re.compile(
    r"^\s*(?:DDE|DDEAUTO|INCLUDEPICTURE|INCLUDETEXT|IMPORT|LINK|DATABASE|MACROBUTTON|RD)\b", re.IGNORECASE
)
_FOUND_BY_NAME = (
    "w:bookmarkStart",
    "w:bookmarkEnd",
    "w:dataBinding",
    "w:commentRangeStart",
    "w:commentRangeEnd",
)
_FIRST_DRAWING = 90_001  # ids of our own drawings count from one
_OLD_DRAWINGS = ("urn:schemas-microsoft-com:vml", "urn:schemas-microsoft-com:office:office")
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


@dataclass(frozen=True, slots=True)
class Running:
    """One header or footer, ready to be put into a package."""

    kind: str
    xml: bytes
    relations: tuple[Relation, ...]  # hyperlinks, and pictures whose targets are names in ``pictures``
    pictures: dict[str, bytes]


class NotCarried(Exception):
    """The header or footer holds what we do not take over; the file is usable without it."""


def taken_from(package: Package, section: Any, kind: str) -> Running | None:
    """The header or footer of every page, None without one or with an empty one. Raises HouseStyleRefused, NotCarried."""
    part = _part_of(package, section, kind)
    if part is None:
        return None
    root = parsed(package.files[part])
    _check_fields(root)
    if not "".join(root.itertext()).strip() and root.find(f".//{qn('w:drawing')}") is None:
        if root.find(f".//{qn('w:pict')}") is not None:
            raise NotCarried
        return None
    for tag in _FOUND_BY_NAME:
        for each in list(root.iter(qn(tag))):
            each.getparent().remove(each)
    _unlink_drawings(root)
    for at, each in enumerate(root.iter(qn("wp:docPr")), _FIRST_DRAWING):
        each.set("id", str(at))
    relations, pictures = _relations(package, part, kind, root)
    return Running(kind, etree.tostring(root, xml_declaration=True, encoding="UTF-8"), relations, pictures)


def _part_of(package: Package, section: Any, kind: str) -> str | None:
    """By the reference for ordinary pages."""
    references = section.iterfind(qn(f"w:{kind}Reference"))
    wanted = next((each.get(qn("r:id")) for each in references if _is_default(each)), None)
    found = (each.target for each in package.relations(package.main) if each.id == wanted)
    return next((name for name in found if name in package.files), None)


def _unlink_drawings(root: Any) -> None:
    """Old drawings may name an address outright, which Word would fetch, beside the relationships we know."""
    for each in root.iter():
        if isinstance(each.tag, str) and etree.QName(each).namespace in _OLD_DRAWINGS:
            for name in [
                name for name in each.attrib if etree.QName(name).localname in ("src", "href", "althref")
            ]:
                if etree.QName(name).namespace != _RELATION:
                    del each.attrib[name]


def _is_default(reference: Any) -> bool:
    return (reference.get(qn("w:type")) or "default") == "default"


def _check_fields(root: Any) -> None:
    """A code may be cut over several runs, so all text of codes is read as one from each beginning."""
    codes = [str(each.get(qn("w:instr")) or "") for each in root.iter(qn("w:fldSimple"))]
    begun = ""
    for each in root.iter(qn("w:fldChar"), qn("w:instrText")):
        if each.tag == qn("w:instrText"):
            begun += each.text or ""
        else:
            codes.append(begun)
            begun = ""
    if any(_READS_FILES.match(code) for code in (*codes, begun)):
        raise HouseStyleRefused(FIELD)


def _relations(
    package: Package, part: str, kind: str, root: Any
) -> tuple[tuple[Relation, ...], dict[str, bytes]]:
    used = _used(root.iter())
    kept: list[Relation] = []
    pictures: dict[str, bytes] = {}
    for relation in package.relations(part):
        if relation.id not in used:
            continue
        if relation.kind == "hyperlink" and relation.is_external:
            if relation.target.partition(":")[0].lower() not in ALLOWED_SCHEMES:
                raise HouseStyleRefused(ADDRESS)
            kept.append(relation)
        elif relation.kind == "image" and relation.target in package.files:
            name, data = _picture(package.files[relation.target], f"{kind}-{len(pictures) + 1}")
            pictures[name] = data
            kept.append(Relation(relation.id, relation.type, name, is_external=False))
        else:
            raise NotCarried
    if used - {each.id for each in kept}:
        raise NotCarried
    return tuple(kept), pictures


def _used(elements: Iterable[Any]) -> set[str]:
    mark = f"{{{_RELATION}}}"
    return {
        value
        for each in elements
        if isinstance(each.tag, str)
        for name, value in each.attrib.items()
        if str(name).startswith(mark)
    }


def _picture(data: bytes, name: str) -> tuple[str, bytes]:
    """Drawn anew, as every picture from outside."""
    try:
        drawn = redraw(data)
    except PictureRefused:
        raise NotCarried from None
    return f"media/{name}.{'jpeg' if drawn.media_type == JPEG else 'png'}", drawn.data
