"""The package around adopted styles, built anew: what is not put in here does not come out of a town's file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from docx.oxml.ns import qn
from lxml import etree

from planwizard.document.docx import archive, base
from planwizard.document.docx.guard import Package, parsed
from planwizard.document.docx.running import Running
from planwizard.document.docx.xml import NAMESPACES, attribute

EMPTY_STYLES = f"<w:styles {NAMESPACES}/>".encode()
EMPTY_NUMBERING = f"<w:numbering {NAMESPACES}/>".encode()
EMPTY_SECTION = f"<w:sectPr {NAMESPACES}/>".encode()

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
# Settings that decide where lines and pages break; the rest (templates, protection, history) stays behind.
_CARRIED = ("defaultTabStop", "characterSpacingControl", "compat", "clrSchemeMapping")
_BREAKS = ("noLineBreaksAfter", "noLineBreaksBefore")
_MODE = "compatibilityMode"
_TYPES = {"png": "image/png", "jpeg": "image/jpeg"}


def faces(package: Package) -> dict[str, str]:
    """The theme's fonts for Japanese text: {"major": …, "minor": …}."""
    name = package.related(package.main, "theme")
    if name is None or name not in package.trees:
        return {}
    found = {}
    for part in ("major", "minor"):
        for fonts in package.trees[name].iter(f"{_A}{part}Font"):
            japanese = [each.get("typeface") for each in fonts if each.get("script") == "Jpan"]
            east_asian = [each.get("typeface") for each in fonts.iterfind(f"{_A}ea")]
            found[part] = next((str(face) for face in (*east_asian, *japanese) if face), "")
    return found


def _settings_of(package: Package) -> Any:
    name = package.related(package.main, "settings")
    return parsed(package.files[name]) if name else None


def is_protected(package: Package) -> bool:
    settings = _settings_of(package)
    return settings is not None and any(
        settings.find(qn(f"w:{tag}")) is not None for tag in ("documentProtection", "writeProtection")
    )


def has_even_pages(package: Package) -> bool:
    settings = _settings_of(package)
    return settings is not None and settings.find(qn("w:evenAndOddHeaders")) is not None


def assembled(package: Package, styles: Any, numbering: Any, running: Iterable[Running]) -> bytes:
    """The bytes of the base: the same for the same file."""
    running = list(running)
    ours = archive.unpack(archive.BASE.read_bytes())
    theme = package.related(package.main, "theme")
    files = ours | {
        "word/styles.xml": _written(styles),
        "word/numbering.xml": _written(numbering),
        "word/settings.xml": _written(_settings(package, parsed(ours["word/settings.xml"]))),
        "word/fontTable.xml": _font_table(package, ours["word/fontTable.xml"]),
        "word/theme/theme1.xml": _theme(package, theme) if theme else ours["word/theme/theme1.xml"],
        "word/document.xml": _document(running),
    }
    for each in running:
        files |= _parts_of(each)
    files["word/_rels/document.xml.rels"] = _with_running(ours["word/_rels/document.xml.rels"], running)
    files["[Content_Types].xml"] = _with_types(ours["[Content_Types].xml"], running)
    return archive.pack(files)


def _written(root: Any) -> bytes:
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def _settings(package: Package, ours: Any) -> Any:
    """Ours, with the town's rules for breaking lines and Word's present layout."""
    theirs = _settings_of(package)
    if theirs is None:
        return ours
    for tag in _CARRIED:
        found, place = theirs.find(qn(f"w:{tag}")), ours.find(qn(f"w:{tag}"))
        if found is not None:
            ours.replace(place, found)
    spacing = ours.find(qn("w:characterSpacingControl"))
    for tag in reversed(_BREAKS):
        if (found := theirs.find(qn(f"w:{tag}"))) is not None:
            spacing.addnext(found)
    _set_mode(ours.find(qn("w:compat")))
    return ours


def _set_mode(compat: Any) -> None:
    """15: as Word 2013 and later lay out, without 互換モード in the title."""
    modes = [each for each in compat if each.get(qn("w:name")) == _MODE]
    for each in modes[1:]:
        compat.remove(each)
    mode = modes[0] if modes else etree.SubElement(compat, qn("w:compatSetting"))
    mode.set(qn("w:name"), _MODE)
    mode.set(qn("w:uri"), "http://schemas.microsoft.com/office/word")
    mode.set(qn("w:val"), "15")


def _font_table(package: Package, ours: bytes) -> bytes:
    """The town's list of fonts without the fonts themselves."""
    name = package.related(package.main, "fontTable")
    root = parsed(package.files[name] if name else ours)
    for each in list(root.iter()):
        if isinstance(each.tag, str) and etree.QName(each).localname.startswith("embed"):
            each.getparent().remove(each)
    return _written(root)


def _theme(package: Package, name: str) -> bytes:
    """Colours and fonts; pictures that fill shapes are left behind, as nothing here is filled with them."""
    root = parsed(package.files[name])
    for each in list(root.iter(f"{_A}blipFill")):
        plain = etree.Element(f"{_A}solidFill")
        etree.SubElement(plain, f"{_A}schemeClr", val="phClr")
        each.getparent().replace(each, plain)
    return _written(root)


def _document(running: Iterable[Running]) -> bytes:
    references = "".join(f'<w:{each.kind}Reference w:type="default" r:id="{each.kind}"/>' for each in running)
    body = f"<w:body><w:p/><w:sectPr>{references}</w:sectPr></w:body>"
    return f"{base.HEADER}<w:document {NAMESPACES}>{body}</w:document>".encode()


def _parts_of(running: Running) -> dict[str, bytes]:
    relations = "".join(
        f'<Relationship Id="{attribute(each.id)}" Type="{attribute(each.type)}" '
        f'Target="{attribute(each.target)}"{_EXTERNAL if each.is_external else ""}/>'
        for each in running.relations
    )
    files = {f"word/{name}": data for name, data in running.pictures.items()}
    files[f"word/{running.kind}1.xml"] = running.xml
    if relations:
        files[f"word/_rels/{running.kind}1.xml.rels"] = f"{_RELATIONS}{relations}</Relationships>".encode()
    return files


_EXTERNAL = ' TargetMode="External"'
_RELATIONS = (
    f'{base.HEADER}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
)


def _with_running(relations: bytes, running: Iterable[Running]) -> bytes:
    more = "".join(
        f'<Relationship Id="{each.kind}" Type="{base.RELATION}/{each.kind}" Target="{each.kind}1.xml"/>'
        for each in running
    )
    return relations.replace(b"</Relationships>", f"{more}</Relationships>".encode())


def _with_types(types: bytes, running: Iterable[Running]) -> bytes:
    kinds = "".join(
        f'<Override PartName="/word/{each.kind}1.xml" ContentType="{base.WORD}.{each.kind}+xml"/>'
        for each in running
    )
    endings: Mapping[str, str] = {
        name.rpartition(".")[2]: _TYPES[name.rpartition(".")[2]] for each in running for name in each.pictures
    }
    defaults = "".join(
        f'<Default Extension="{ending}" ContentType="{kind}"/>' for ending, kind in sorted(endings.items())
    )
    text = types.replace(b"</Types>", f"{kinds}</Types>".encode())
    return text.replace(b"<Override", f"{defaults}<Override".encode(), 1)
