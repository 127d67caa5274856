"""Drawings: the SVG of a Figure, read strictly, for the page (inline), for Word (a file) and as PNG.

The drawings are made by our own code, but the words in them are typed by people. So nothing is trusted: what
comes out was parsed, holds only elements and attributes of the lists below, and was written anew.
"""

from __future__ import annotations

import io
import re
from copy import deepcopy
from dataclasses import dataclass
from functools import lru_cache

from lxml import etree

NAMESPACE = "http://www.w3.org/2000/svg"
DPI = 200

_SHAPES = "svg g defs marker title desc text tspan rect line path circle ellipse polygon polyline"
_PLACE = "id class viewBox width height x y x1 y1 x2 y2 dx dy cx cy r rx ry d points transform"
_LOOK = (
    "fill fill-opacity stroke stroke-width stroke-dasharray stroke-linecap stroke-linejoin opacity "
    "font-family font-size font-weight text-anchor dominant-baseline letter-spacing "
    "marker-start marker-mid marker-end markerWidth markerHeight markerUnits refX refY orient "
    "role aria-hidden"
)
_ELEMENTS = frozenset(_SHAPES.split())
_ATTRIBUTES = frozenset(_PLACE.split() + _LOOK.split())
_LENGTH = re.compile(r"(\d+(?:\.\d+)?)(?:px)?\Z")
_ADDRESS = re.compile(r"url\((?!#)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Drawing:
    """A drawing known to hold shapes and text only."""

    root: etree._Element
    width: float  # px
    height: float

    @classmethod
    def read(cls, svg: str) -> Drawing:
        """Parse ``svg``. Raises ValueError, saying in English what is not allowed."""
        root = _parse(svg)
        for element in root.iter():
            _examine(element)
        return cls(root, _length(root, "width"), _length(root, "height"))

    def sized(self, width_mm: int, alt: str) -> bytes:
        """The drawing as XML, ``width_mm`` wide, with ``alt`` as its title."""
        root = deepcopy(self.root)
        root.set("viewBox", root.get("viewBox", f"0 0 {self.width:g} {self.height:g}"))
        root.set("width", f"{width_mm}mm")
        root.set("height", f"{self.height_mm(width_mm):.2f}mm")
        root.set("role", "img")
        title = etree.Element(f"{{{NAMESPACE}}}title")
        title.text = alt
        root.insert(0, title)
        return bytes(etree.tostring(root, encoding="utf-8"))

    def height_mm(self, width_mm: int) -> float:
        return width_mm * self.height / self.width


@dataclass(frozen=True, slots=True)
class Inline:
    """A drawing as ``format_html`` takes it in: markup that ``Drawing.sized`` has just written."""

    markup: bytes

    def __html__(self) -> str:
        return self.markup.decode()


@lru_cache(maxsize=64)
def png(svg: bytes, width_mm: int, height_mm: float) -> bytes:
    """Draw a sized drawing at 200 dpi with the fonts of the PDF. The same drawing gives the same bytes."""
    import pypdfium2
    import weasyprint

    page = f"@page {{ size: {width_mm}mm {height_mm:.2f}mm; margin: 0 }} body {{ margin: 0; font-size: 0 }}"
    html = f"<!doctype html><html><body>{svg.decode()}</body></html>"
    data = weasyprint.HTML(string=html).write_pdf(stylesheets=[weasyprint.CSS(string=page)])
    with pypdfium2.PdfDocument(data) as document:
        image = document[0].render(scale=DPI / 72).to_pil()
    out = io.BytesIO()
    image.convert("P", palette=1, colors=128).save(out, "PNG", dpi=(DPI, DPI), optimize=True)
    return out.getvalue()


def _parse(svg: str) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(svg.encode(), parser)
    except (etree.XMLSyntaxError, UnicodeEncodeError) as error:
        raise ValueError(f"the drawing is not XML: {error}") from None
    if root.getroottree().docinfo.doctype:
        raise ValueError("the drawing declares a document type")
    if root.tag != f"{{{NAMESPACE}}}svg":
        raise ValueError(f"the drawing is a {root.tag}")
    return root


def _examine(element: etree._Element) -> None:
    name = etree.QName(element)
    if name.namespace != NAMESPACE or name.localname not in _ELEMENTS:
        raise ValueError(f"the drawing holds a {name.text}")
    for key, value in element.attrib.items():
        if key not in _ATTRIBUTES or _ADDRESS.search(str(value)):
            raise ValueError(f"the drawing holds {key}={value!r}")


def _length(root: etree._Element, name: str) -> float:
    match = _LENGTH.match(root.get(name, ""))
    if match is None or float(match[1]) == 0:
        raise ValueError(f"the drawing has no {name} in px")
    return float(match[1])
