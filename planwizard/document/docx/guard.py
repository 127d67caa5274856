"""A Word file from outside, opened with care: what is not a plain, harmless .docx or .dotx is refused with a reason."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from posixpath import dirname, join, normpath
from typing import Any
from urllib.parse import unquote

from lxml import etree

from planwizard.common import zips

MAX_BYTES = 20 * 2**20
STRICT = "purl.oclc.org/ooxml"
OFFICE_DOCUMENT = "/officeDocument"  # how the type of the relationship to the main part ends, in any dialect
TYPES = "[Content_Types].xml"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
RELATION = f"{{{_PACKAGE}/relationships}}Relationship"
_XML = (".xml", ".rels", ".vml")
_WORD = ("wordprocessingml.document.main+xml", "wordprocessingml.template.main+xml")
_EMBEDDED = ("oleObject", "package", "control", "activeXControlBinary", "attachedToolbars")

SAVE_AS = "Word で開き、「名前を付けて保存」で種類「Word 文書（*.docx）」を選んで保存し直してください。"
NOT_WORD = "Word の文書ではありません。Word のファイル（.docx か .dotx）を選んでください。"
TOO_LARGE = "20MBより大きいファイルは使えません。本文と画像を消して、書式だけを残して保存し直してください。"
OLD_DOC = f"古い形式（.doc）のファイルです。{SAVE_AS}"
LOCKED = "パスワードがかかっています。Word で開いてパスワードを外し、保存し直してから選んでください。"
BOMB = "中身が大きすぎるため、開けません。本文と画像を消して、書式だけを残して保存し直してください。"
BROKEN = f"ファイルが壊れていて読めません。{SAVE_AS}"
UNSAFE = f"ファイルの中に、外を指す名前があります。Word で作ったものではないため使えません。{SAVE_AS}"
DUPLICATE = f"ファイルの中に、同じ名前の部品が二つあります。どちらを使うか決められません。{SAVE_AS}"
MACROS = f"マクロが入っています。マクロのない形にしてください。{SAVE_AS}"
DTD = f"文書型宣言（DTD）が入っています。Word で作ったものではないため使えません。{SAVE_AS}"
EMBEDDED = "Excel の表、部品（ActiveX、OLE）などが埋め込まれています。埋め込んだものを消し、保存し直してから選んでください。"
ATTACHED = (
    "別の場所のテンプレートにつながっています。Word の「開発」→「文書テンプレート」で添付先を "
    "Normal にし、保存し直してから選んでください。"
)
EXTERNAL = (
    "外の場所にある画像やファイルにつながっています。つながりを切り（画像は文書に埋め込み）、"
    "保存し直してから選んでください。"
)
STRICT_FORM = "「完全な Open XML」（Strict）の形です。" + SAVE_AS
OTHER = {
    "xl/": "Excel のファイルです。Word のファイル（.docx か .dotx）を選んでください。",
    "ppt/": "PowerPoint のファイルです。Word のファイル（.docx か .dotx）を選んでください。",
    "content.xml": "OpenDocument のファイルです。LibreOffice で「名前を付けて保存」から Word（.docx）を選んでください。",
}
_ZIPS = {
    "not_a_zip": NOT_WORD,
    "too_large": BOMB,
    "unsafe_name": UNSAFE,
    "duplicate": DUPLICATE,
    "encrypted": LOCKED,
    "broken": BROKEN,
}


class HouseStyleRefused(ValueError):
    """Says in Japanese why a file is not taken and what to do."""


@dataclass(frozen=True, slots=True)
class Relation:
    id: str
    type: str
    target: str  # the name of a part, or an address
    is_external: bool

    @property
    def kind(self) -> str:
        """The last word of the type: hyperlink, image, styles."""
        return self.type.rpartition("/")[2]


@dataclass(frozen=True, slots=True)
class Package:
    """The parts of an examined file by name, without the leading slash."""

    files: dict[str, bytes]
    trees: dict[str, etree._Element] = field(default_factory=dict)

    def relations(self, part: str) -> list[Relation]:
        folder, _, name = part.rpartition("/")
        tree = self.trees.get(f"{folder}/_rels/{name}.rels".lstrip("/"))
        return [] if tree is None else [_relation(each, part) for each in tree.iter(RELATION)]

    def related(self, part: str, kind: str) -> str | None:
        """The name of the part of that kind, if there is one."""
        found = (each.target for each in self.relations(part) if each.kind == kind and not each.is_external)
        return next((name for name in found if name in self.files), None)

    @property
    def main(self) -> str:
        return self.related("", "officeDocument") or ""

    def content_type(self, part: str) -> str:
        for each in self.trees[TYPES]:
            if etree.QName(each).localname == "Override" and each.get("PartName", "") == f"/{part}":
                return str(each.get("ContentType", ""))
        return ""


def _relation(element: etree._Element, part: str) -> Relation:
    is_external = element.get("TargetMode") == "External"
    target = str(element.get("Target", ""))
    if not is_external:
        target = normpath(join("/", dirname(part), unquote(target))).lstrip("/")
    return Relation(str(element.get("Id", "")), str(element.get("Type", "")), target, is_external)


def examined(data: bytes) -> Package:
    """The parts of a harmless Word file. Raises HouseStyleRefused."""
    _check_kind(data)
    try:
        files = zips.unzip(data)
    except zips.BadZip as bad:
        raise HouseStyleRefused(_ZIPS[bad.reason]) from None
    if TYPES not in files:
        raise HouseStyleRefused(_other_than_word(files))
    package = Package(files, {name: _tree(content) for name, content in files.items() if _is_xml(name)})
    _check_main(package)
    _check_parts(package)
    return package


def _check_kind(data: bytes) -> None:
    if len(data) > MAX_BYTES:
        raise HouseStyleRefused(TOO_LARGE)
    if data.startswith(_OLE):
        raise HouseStyleRefused(LOCKED if _LOCKED in data else OLD_DOC)


def _is_xml(name: str) -> bool:
    return name.lower().endswith(_XML)


def _tree(content: bytes) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise HouseStyleRefused(DTD if b"<!ENTITY" in content else BROKEN) from None
    if root.getroottree().docinfo.internalDTD is not None or root.getroottree().docinfo.doctype:
        raise HouseStyleRefused(DTD)
    return root


def _other_than_word(files: dict[str, bytes]) -> str:
    for start, message in OTHER.items():
        if any(name.startswith(start) for name in files):
            return message
    return NOT_WORD


def _check_main(package: Package) -> None:
    roots = [each.type for each in package.relations("") if each.type.endswith(OFFICE_DOCUMENT)]
    if any(STRICT in each for each in roots):
        raise HouseStyleRefused(STRICT_FORM)
    if not package.main or package.main not in package.trees:
        raise HouseStyleRefused(_other_than_word(package.files))
    if STRICT in (etree.QName(package.trees[package.main]).namespace or ""):
        raise HouseStyleRefused(STRICT_FORM)
    kind = package.content_type(package.main)
    if "macroEnabled" in kind:
        raise HouseStyleRefused(MACROS)
    if not kind.endswith(_WORD):
        raise HouseStyleRefused(_other_than_word(package.files))


def _check_parts(package: Package) -> None:
    for name in package.files:
        lowered = name.lower()
        if "vbaproject" in lowered or "vbadata" in lowered:
            raise HouseStyleRefused(MACROS)
        if "/activex/" in lowered or "/embeddings/" in lowered:
            raise HouseStyleRefused(EMBEDDED)
    for relation in _all_relations(package):
        _check_relation(relation)


def _all_relations(package: Package) -> Iterator[Relation]:
    for name, tree in package.trees.items():
        if name.endswith(".rels"):
            yield from (_relation(each, "") for each in tree.iter(RELATION))


def _check_relation(relation: Relation) -> None:
    if relation.kind == "vbaProject":
        raise HouseStyleRefused(MACROS)
    if relation.kind in _EMBEDDED:
        raise HouseStyleRefused(EMBEDDED)
    if relation.is_external and relation.kind == "attachedTemplate":
        raise HouseStyleRefused(ATTACHED)
    if relation.is_external and relation.kind != "hyperlink":
        raise HouseStyleRefused(EXTERNAL)


def parsed(content: bytes) -> Any:
    """An examined part as python-docx's elements, which put children where the schema wants them."""
    from docx.oxml import parse_xml

    return parse_xml(content)
