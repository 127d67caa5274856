"""Whether a PDF is whole, tagged, and says what its tree says in the order in which it is read aloud."""

from __future__ import annotations

import hashlib
import zlib
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

import pypdfium2

from planwizard.document import walk
from planwizard.document.nodes import Document, Figure, Picture
from planwizard.document.pdf import GETA, NOTHING
from planwizard.document.proof.order import all_in_order, contents_in_order, found_in_order
from planwizard.document.proof.pdf_objects import Pdf, Ref, Stream
from planwizard.document.proof.pdf_text import Said, said
from planwizard.document.proof.problem import Problem
from planwizard.document.proof.truth import cover_lines, normal


def problems(
    data: bytes,
    document: Document,
    anchors: Mapping[str, str],
    *,
    attachments: Mapping[str, bytes] = NOTHING,
    glyphless: Collection[str] = (),
) -> tuple[Problem, ...]:
    """What is wrong with ``data``, which was made of ``document``.

    ``anchors`` are the pages that layout found for the blocks, ``attachments`` the files asked for, ``glyphless`` the
    characters for which 〓 was set.
    """
    try:
        pdf = Pdf(data)
        file = _File(pdf, document, anchors, attachments, dict.fromkeys(map(ord, glyphless), GETA), said(pdf))
        return (*_opened(data, file), *chain.from_iterable(check(file) for check in CHECKS))
    except (LookupError, TypeError, AttributeError, ValueError, zlib.error, pypdfium2.PdfiumError) as error:
        return (Problem(f"the file cannot be read: {type(error).__name__}"),)


@dataclass(slots=True)
class _File:
    pdf: Pdf
    document: Document
    anchors: Mapping[str, str]
    attachments: Mapping[str, bytes]
    replaced: Mapping[int, str]
    said: Said
    places: list[tuple[int, str]] = field(default_factory=list)  # where in what is said a block ends

    def block_at(self, place: int) -> str:
        at = bisect_left(self.places, (place + 1, ""))
        return self.places[min(at, len(self.places) - 1)][1] if self.places else ""


def _opened(data: bytes, file: _File) -> Iterator[Problem]:
    """It opens in another reader as well, and is this plan's."""
    identifier = hashlib.sha256(file.document.meta.identifier.encode()).digest()[:16]
    with pypdfium2.PdfDocument(data) as reopened:
        if not len(reopened) or len(reopened) != sum(1 for _ in file.pdf.pages()):
            yield Problem("it has no pages, or not those it lists")
        if reopened.get_identifier() != identifier:
            yield Problem("it is of another plan")


# --- 8. words --------------------------------------------------------------------------------------------------


def _words(file: _File) -> Iterator[Problem]:
    """First, because it finds out where the blocks are."""
    if not all_in_order(file.said.cover, cover_lines(file.document.cover), file.replaced):
        yield Problem("the cover is not the plan's")
    for problem, place in found_in_order(file.said.body, file.said.notes, file.document, file.replaced):
        if problem:
            yield problem
        else:
            file.places.append(place)


# --- 9. a PDF --------------------------------------------------------------------------------------------------


def _catalog(file: _File) -> Iterator[Problem]:
    pdf, meta = file.pdf, file.document.meta
    if not meta.lang.startswith(pdf.at(pdf.root, "Lang") or " "):
        yield Problem("the language is not the plan's")
    if normal(pdf.at(pdf.trailer, "Info", "Title") or "") != normal(meta.title.translate(file.replaced)):
        yield Problem("the title is not the plan's")
    if pdf.at(pdf.root, "ViewerPreferences", "DisplayDocTitle") is not True:
        yield Problem("the window does not show the title")
    if pdf.at(pdf.root, "MarkInfo", "Marked") is not True:
        yield Problem("it is not marked as tagged")


def _tags(file: _File) -> Iterator[Problem]:
    drawn = [block.id for block in walk.blocks(file.document) if isinstance(block, Figure | Picture)]
    for at in file.said.silent:
        yield Problem("a drawing has no alternative text", drawn[at] if at < len(drawn) else "")
    for block in dict.fromkeys(map(file.block_at, file.said.headless)):
        yield Problem("a cell does not name its heads", block)


def _fonts(file: _File) -> Iterator[Problem]:
    """All of a page's fonts are in the file, and every code is a glyph."""
    for font in _all_fonts(file.pdf):
        name = font.get("BaseFont")
        if font.get("Subtype") == "Type3":
            continue  # its glyphs are drawings of the file
        inner = (file.pdf.at(font, "DescendantFonts") or [font])[0]
        files = (file.pdf.at(inner, "FontDescriptor", key) for key in _FONT_FILES)
        if not any(isinstance(each, Stream) for each in files):
            yield Problem(f"the font {name} is not embedded")
        if font.get("Encoding") != "Identity-H":  # WeasyPrint's way to send codes without a glyph to .notdef
            yield Problem(f"a glyph is missing from the font {name}")


_FONT_FILES = ("FontFile", "FontFile2", "FontFile3")


def _all_fonts(pdf: Pdf) -> Iterator[dict[str, Any]]:
    shared = {page.get("Resources"): page for _, page in pdf.pages()}
    fonts = {font for page in shared.values() for font in (pdf.at(page, "Resources", "Font") or {}).values()}
    yield from map(pdf.get, sorted(fonts))


def _attached(file: _File) -> Iterator[Problem]:
    pdf = file.pdf
    entries = pdf.at(pdf.root, "Names", "EmbeddedFiles", "Names") or []
    found = dict(zip(entries[::2], map(pdf.get, entries[1::2]), strict=True))
    if set(found) != set(file.attachments) or len(found) * 2 != len(entries):
        yield Problem("the files within it are not those asked for")
        return
    for name, entry in found.items():
        if pdf.stream(entry["EF"]["F"]) != file.attachments[name]:
            yield Problem(f"the file {name} within it is another")


def _pages(file: _File) -> Iterator[Problem]:
    """The page of a block, as layout found it and as the contents print it, is the one to which links lead."""
    numbers = _numbers(file)
    for id_, number in file.anchors.items():
        if numbers.get(id_) != number:
            yield Problem("a link leads to another page than the one it was laid out on", id_)
    if file.document.toc_depth:
        headings = walk.contents(file.document)
        entries = ((each.id, walk.entry(each) + numbers.get(each.id, "?")) for each in headings)
        yield from contents_in_order("".join(file.said.contents), entries, file.replaced)


def _numbers(file: _File) -> dict[str, str]:
    """{id: number of its page}, counted from the first page of the body as the footer does."""
    names = file.pdf.at(file.pdf.root, "Names", "Dests", "Names") or []
    at = {page: number for number, (page, _) in enumerate(file.pdf.pages())}
    places = {id_: at[page] for id_, page in _targets(file.pdf, names)}
    first = places.get(file.document.sections[0].id, 0) if file.document.sections else 0
    return {id_: str(place - first + 1) for id_, place in places.items()}


def _targets(pdf: Pdf, names: list[Any]) -> Iterable[tuple[str, Ref]]:
    return ((id_, pdf.get(target)[0]) for id_, target in zip(names[::2], names[1::2], strict=True))


CHECKS = (_words, _tags, _catalog, _fonts, _attached, _pages)
