"""Turn a Document into a PDF: its HTML page, laid out by WeasyPrint with our own styles and pictures only.

One file is PDF/A-3a and PDF/UA-1 at once. The same tree gives the same bytes, in any process.
"""

from __future__ import annotations

import gc
import hashlib
import io
import logging
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from planwizard.document import html, paper, progress, table_tags
from planwizard.document.nodes import Document
from planwizard.document.paper import USUAL, PaperSettings
from planwizard.document.paper_css import css

if TYPE_CHECKING:
    from weasyprint import Document as Layout

STYLES = tuple(
    Path(__file__).resolve().parents[2] / "static" / "css" / name for name in ("document.css", "print.css")
)
VARIANT = "pdf/a-3a"
NOTHING: Mapping[str, bytes] = {}
_MOST_WRITTEN = 4  # times that a file is written: see _written
GETA = "〓"  # what printers set for a character they have not
# A vowel of Thai that fonts are asked for in two pieces (Unicode's compatibility decomposition).
_SHAPED_IN_PIECES = {"\u0e33": {"\u0e4d", "\u0e32"}}
_NO_GLYPH = ".notdef glyph rendered for Unicode string unsupported by fonts: "

# PDF/UA-1's mark, and the description of its namespace that PDF/A asks for (ISO 19005-3, 6.6.2.3)
_UA_MARK = b"""
<rdf:Description xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" rdf:about=""><pdfuaid:part>1</pdfuaid:part></rdf:Description>
<rdf:Description xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#" rdf:about=""><pdfaExtension:schemas><rdf:Bag>
<rdf:li rdf:parseType="Resource"><pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix><pdfaSchema:property><rdf:Seq>
<rdf:li rdf:parseType="Resource"><pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType><pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of the standard this file conforms to</pdfaProperty:description></rdf:li>
</rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
"""


@dataclass(frozen=True, slots=True)
class Rendered:
    data: bytes
    anchors: Mapping[str, str]  # {id of a block: number of its page, as printed}
    warnings: tuple[str, ...]  # what WeasyPrint remarked on: a missing glyph, a missing picture
    front: int = 0  # pages before the first that is counted: cover and contents


def render(
    document: Document,
    *,
    assets: Mapping[str, bytes],
    attachments: Mapping[str, bytes] = NOTHING,
    settings: PaperSettings = USUAL,
    say: progress.Say = progress.nobody,
) -> Rendered:
    """Lay out and write ``document``. ``assets`` are the pictures by sha256; nothing else can be fetched.
    ``attachments`` are files within the PDF by their ASCII names; ``say`` is told how far the work is.

    Memory collection is the caller's: switched off in a child process, this takes a quarter less time.
    """
    page = html.page(paper.fitted(document, settings.scale))
    paper_css = css(settings)
    with progress.followed(page, say):
        rendered = _rendered(page, document, assets, attachments, paper_css)
    missing = glyphless(rendered.warnings)
    if not missing:
        return rendered
    gc.collect()  # a second layout, and no more memory than one takes
    readable = page.translate(dict.fromkeys(map(ord, missing), GETA))
    again = _rendered(readable, document, assets, attachments, paper_css)
    return replace(again, warnings=rendered.warnings)


def glyphless(warnings: Iterable[str]) -> tuple[str, ...]:
    """The characters that no font has. In the file stands 〓 for them: PDF/A and PDF/UA allow no glyph but a real one."""
    named = (each.removeprefix(_NO_GLYPH)[1:2] for each in warnings if each.startswith(_NO_GLYPH))
    found = dict.fromkeys(filter(None, named))
    return (*found, *(whole for whole, pieces in _SHAPED_IN_PIECES.items() if found.keys() & pieces))


def _rendered(
    page: str,
    document: Document,
    assets: Mapping[str, bytes],
    attachments: Mapping[str, bytes],
    paper_css: str,
) -> Rendered:
    import weasyprint
    from weasyprint.css.counters import CounterStyle
    from weasyprint.text.fonts import FontConfiguration

    with _remarks() as warnings:
        fonts, counters = FontConfiguration(), CounterStyle()
        sheets = [*(path.read_text(encoding="utf-8") for path in STYLES), *filter(None, [paper_css])]
        styles = [weasyprint.CSS(string=sheet, font_config=fonts, counter_style=counters) for sheet in sheets]
        layout = _html(page, assets).render(
            stylesheets=styles, font_config=fonts, counter_style=counters, **_options(document)
        )
        data = _written(layout, attachments=_attached(document, attachments), **_options(document))
    anchors, front = _anchors(layout, document)
    return Rendered(data, anchors, tuple(dict.fromkeys(warnings)), front)


def _options(document: Document) -> dict[str, Any]:
    identifier = hashlib.sha256(document.meta.identifier.encode()).digest()[:16]
    return {"pdf_variant": VARIANT, "pdf_identifier": identifier}


def _attached(document: Document, files: Mapping[str, bytes]) -> list[Any]:
    """With the dates of the plan, so that the same plan gives the same bytes."""
    from weasyprint import Attachment

    day = document.meta.modified
    return [
        Attachment(file_obj=io.BytesIO(data), name=name, created=day, modified=day, relationship="Data")
        for name, data in sorted(files.items())
    ]


def _html(page: str, assets: Mapping[str, bytes]) -> Any:
    import weasyprint

    class Html(weasyprint.HTML):  # type: ignore[misc]
        """WeasyPrint's own styles give each element six marks of lists and notes that it could show; a plan of 350
        pages has 43,000 elements. Here lists and notes have them, and everything takes a third of the memory less.
        """

        def _ua_stylesheets(self, forms: bool = False) -> list[Any]:
            own = Path(weasyprint.__file__).with_name("css") / "html5_ua.css"
            text = _FOR_ALL.sub(
                lambda found: f"{_BEARERS[found[1]]}{found[0]}", own.read_text(encoding="utf-8")
            )
            return [weasyprint.CSS(string=text)]

    return Html(string=page, url_fetcher=_fetcher(assets))


_FOR_ALL = re.compile(r"^::(marker|footnote|note)", re.MULTILINE)
_BEARERS = {"marker": "li", "footnote": ".footnote", "note": ".footnote"}


def _fetcher(assets: Mapping[str, bytes]) -> Any:
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class AssetFetcher(URLFetcher):  # type: ignore[misc]
        """Knows ``asset:<sha256>`` of this document. No file, no network, no data: address."""

        def fetch(self, url: str, headers: Any = None) -> Any:
            scheme, _, key = url.partition(":")
            if scheme != "asset" or key not in assets:
                raise ValueError(f"not an asset of this document: {url[:80]}")
            return URLFetcherResponse(url, assets[key], {"Content-Type": _media_type(assets[key])})

    return AssetFetcher()


def _media_type(data: bytes) -> str:
    return "image/png" if data.startswith(b"\x89PNG") else "image/jpeg"


@contextmanager
def _remarks() -> Iterator[list[str]]:
    """Collects what WeasyPrint logs as a warning or worse, instead of passing it on."""
    remarks: list[str] = []
    handler = _Collector(remarks)
    logger = logging.getLogger("weasyprint")
    before = logger.propagate
    logger.addHandler(handler)
    logger.propagate = False
    try:
        yield remarks
    finally:
        logger.removeHandler(handler)
        logger.propagate = before


class _Collector(logging.Handler):
    def __init__(self, remarks: list[str]) -> None:
        super().__init__(logging.WARNING)
        self.remarks = remarks

    def emit(self, record: logging.LogRecord) -> None:
        self.remarks.append(record.getMessage())


def _anchors(layout: Layout, document: Document) -> tuple[dict[str, str], int]:
    """{id: page}, and how many pages are not counted. Pages are counted from the first page of the body, as the footer does."""
    places = {id_: at for at, page in reversed(list(enumerate(layout.pages))) for id_ in page.anchors}
    first = places.get(document.sections[0].id, 0) if document.sections else 0
    return {id_: str(at - first + 1) for id_, at in places.items() if at >= first}, first


def _written(layout: Layout, **options: Any) -> bytes:
    """The file. Its last two streams are made while it is written: where one of them ends in CR (see ``_compress``), it
    is written again with an object more, so that they come out otherwise.
    """
    data = b""
    for spare in range(_MOST_WRITTEN):
        data = layout.write_pdf(finisher=partial(_finish_with, spare), **options)
        if b"\r\nendstream" not in data:
            break
    return data


def _finish_with(spare: int, layout: Layout, pdf: Any) -> None:
    from pydyf import Dictionary

    for _ in range(spare):
        pdf.add_object(Dictionary({}))
    _finish(layout, pdf)


def _finish(layout: Layout, pdf: Any) -> None:
    """What WeasyPrint leaves open between PDF/A-3a and PDF/UA-1, seen with a validator."""
    table_tags.relate(pdf)
    for item in pdf.objects:
        extra = getattr(item, "extra", None) or {}
        if extra.get("Type") == "/Metadata":  # read by people's tools as plain XML
            item.compress = False
            item.stream = [item.stream[0].replace(b"</rdf:RDF>", _UA_MARK + b"</rdf:RDF>")]
        if extra.get("Interpolate"):  # bitmaps of emoji
            extra["Interpolate"] = "false"
        if "Length1" in extra:  # a font
            item.stream = [_undated(item.stream[0])]
            extra["Length1"] = len(item.stream[0])
        if getattr(item, "compress", False):
            _compress(item)
    if "AF" in pdf.catalog:
        pdf.catalog["AF"][:] = list(dict.fromkeys(pdf.catalog["AF"]))


def _undated(font: bytes) -> bytes:
    """Emoji fonts are written anew with the time of the rendering; here no font says more than when it was made."""
    from fontTools.ttLib import TTFont

    file = TTFont(io.BytesIO(font), recalcTimestamp=False)
    if file["head"].modified == file["head"].created:
        return font
    file["head"].modified = file["head"].created
    out = io.BytesIO()
    file.save(out)
    return out.getvalue()


def _compress(stream: Any) -> None:
    """Compress now; what would end in CR, and so run into the line end that follows, gets a newline of its own.

    PDF/A counts the bytes up to that line end (ISO 19005-3, 6.1.7.1).
    """
    body = _body(stream)
    while body.endswith(b"\r"):
        stream.stream.append(b"")
        if "Length1" in stream.extra:  # the length of a font before compression
            stream.extra["Length1"] += 1
        body = _body(stream)
    stream.stream, stream.compress = [body], False
    stream.extra["Filter"] = "/FlateDecode"


def _body(stream: Any) -> bytes:
    _, _, rest = bytes(stream.data).partition(b"stream\n")
    return rest.removesuffix(b"\nendstream")
