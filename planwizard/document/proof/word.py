"""Whether a Word file is whole, as its tree says and as its base promises.

A town's own base may have faults of its own: fonts without Japanese, an odd language, header lines with unknown
styles. They were told when it was adopted, so here only what we write into it is judged.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate, chain
from posixpath import dirname, join, normpath
from urllib.parse import unquote

from lxml import etree

from planwizard.document import walk
from planwizard.document.docx import labels
from planwizard.document.docx.bases import Base, ours
from planwizard.document.docx.xml import place, twips
from planwizard.document.nodes import BulletList, Document, Heading, Table
from planwizard.document.paper import SHEETS
from planwizard.document.proof.problem import Problem
from planwizard.document.proof.truth import all_lines, all_notes, cover_lines, differences, normal
from planwizard.document.proof.word_file import MAIN, NOTES, WP, Element, R, W, Word, value

TYPES, FIRST = "[Content_Types].xml", ("[Content_Types].xml", "_rels/.rels")
_PACKAGE = "{http://schemas.openxmlformats.org/package/2006/"
_CORE = {
    "title": "{http://purl.org/dc/elements/1.1/}title",
    "author": "{http://purl.org/dc/elements/1.1/}creator",
    "language": "{http://purl.org/dc/elements/1.1/}language",
    "identifier": "{http://purl.org/dc/elements/1.1/}identifier",
}
_UNDATED = (1980, 1, 1, 0, 0, 0)
_NAME = re.compile(r"_[A-Za-z0-9_]{1,39}\Z")
_JUMP = re.compile(r"\b(?:PAGE)?REF (\S+)")
_USES = {f"{W}pStyle", f"{W}rStyle", f"{W}tblStyle"}
_FONTS = ("ascii", "hAnsi", "eastAsia", "cs")
_SHEETS = {
    (str(twips(width)), str(twips(height)), "" if paper == "upright" else "landscape")
    for paper, (width, height) in SHEETS.items()
}
_ROUNDING = 2  # twips
_MODE = "compatibilityMode"
_MARK = re.compile("_(?:b|Ref)_")  # before the id of a block
_RELATED = etree.XPath(".//@r:id | .//@r:embed", namespaces={"r": R[1:-1]})


def problems(
    data: bytes, document: Document, base: Base | None = None, *, lost: Collection[str] = ()
) -> tuple[Problem, ...]:
    """What is wrong with ``data``, which was made of ``document`` in ``base``, without one in our own.

    ``lost`` are the pictures whose files were missing.
    """
    base = base or ours()
    try:
        word = Word(data, base.styles)
        file = _File(word, document, base, frozenset(lost), list(_pieces(word, document)))
        return tuple(chain.from_iterable(check(file) for check in CHECKS))
    except (zipfile.BadZipFile, KeyError, etree.XMLSyntaxError, ValueError) as error:
        return (Problem(f"the file cannot be read: {type(error).__name__}"),)


@dataclass(slots=True)
class _File:
    """``pieces`` are the elements of the body, each with the id of the block it belongs to."""

    word: Word
    document: Document
    base: Base
    lost: frozenset[str]
    pieces: list[tuple[str, Element]]

    def placed(self, *tags: str) -> Iterator[tuple[str, Element]]:
        """(block, element) of every element of the body with one of ``tags``."""
        return ((block, each) for block, piece in self.pieces for each in piece.iter(*tags))

    @property
    def parts(self) -> list[tuple[str, Element]]:
        """The body's elements and the notes."""
        return [*self.pieces, *(("", note) for note in self.word.footnotes())]


def _pieces(word: Word, document: Document) -> Iterator[tuple[str, Element]]:
    """A caption and a space have no mark of their own: the one belongs to what it names, the other to what it follows."""
    ids = {block.id.replace("-", "_"): block.id for block in walk.blocks(document)}
    here = ""
    for piece in word.body:
        names = (_MARK.sub("", value(each, "name"), count=1) for each in piece.iter(f"{W}bookmarkStart"))
        here = next((ids[name] for name in names if name in ids), here)
        yield here, piece


# --- 1. the zip ------------------------------------------------------------------------------------------------


def _entries(file: _File) -> Iterator[Problem]:
    entries = file.word.zip.infolist()
    names = [entry.filename for entry in entries]
    if tuple(names[:2]) != FIRST:
        yield Problem("zip: the types of content and the relationships are not the first entries")
    if len({name.lower() for name in names}) < len(names):
        yield Problem("zip: a name is used twice")
    if {entry.date_time for entry in entries} != {_UNDATED}:
        yield Problem("zip: an entry has a date")


def _types(file: _File) -> Iterator[Problem]:
    root = file.word.xml(TYPES)
    space = f"{_PACKAGE}content-types}}"
    named = {each.get("PartName") for each in root.iter(f"{space}Override")}
    endings = {str(each.get("Extension")).lower() for each in root.iter(f"{space}Default")}
    for name in file.word.zip.namelist():
        if name != TYPES and f"/{name}" not in named and name.rpartition(".")[2].lower() not in endings:
            yield Problem(f"zip: {name} has no type of content")


def _relationships(file: _File) -> Iterator[Problem]:
    names = set(file.word.zip.namelist())
    for name in (name for name in names if name.endswith(".rels")):
        folder = dirname(dirname(name))
        for relation in file.word.xml(name).iter(f"{_PACKAGE}relationships}}Relationship"):
            target = str(relation.get("Target"))
            if relation.get("TargetMode") == "External":
                if not str(relation.get("Type")).endswith("/hyperlink"):
                    yield Problem(f"zip: {name} leads outside")
            elif normpath(join("/", folder, unquote(target))).lstrip("/") not in names:
                yield Problem(f"zip: {name} leads to a part that is not there")


# --- 2. ids ----------------------------------------------------------------------------------------------------


def _twice(what: str, ids: Iterable[tuple[str, str]]) -> Iterator[Problem]:
    """``ids`` are (block, id)."""
    seen: set[str] = set()
    for block, id_ in ids:
        if id_ in seen:
            yield Problem(f"ids: a {what} has the id of another", block)
        seen.add(id_)


def _ids(file: _File) -> Iterator[Problem]:
    marks = list(file.placed(f"{W}bookmarkStart"))
    drawings, boxes = file.placed(f"{WP}docPr"), file.placed(f"{W}sdt")
    yield from _twice("drawing", ((block, str(each.get("id"))) for block, each in drawings))
    yield from _twice("bookmark", ((block, value(each, "id")) for block, each in marks))
    yield from _twice("bookmark's name", ((block, value(each, "name").lower()) for block, each in marks))
    found = ((block, value(each.find(f"{W}sdtPr/{W}id"))) for block, each in boxes)
    yield from _twice("content control", ((block, id_) for block, id_ in found if id_))
    for block, each in marks:
        if not _NAME.match(value(each, "name")):
            yield Problem("ids: Word does not take the name of a bookmark", block)


def _pairs(file: _File) -> Iterator[Problem]:
    open_: dict[str, str] = {}
    for block, each in file.placed(f"{W}bookmarkStart", f"{W}bookmarkEnd"):
        id_ = value(each, "id")
        if each.tag == f"{W}bookmarkStart":
            open_[id_] = block
        elif open_.pop(id_, None) is None:
            yield Problem("ids: a bookmark ends that has not begun", block)
    yield from (Problem("ids: a bookmark does not end", block) for block in open_.values())


def _fields(file: _File) -> Iterator[Problem]:
    """Each field is begin, code, separate, result, end, one within another."""
    for block, piece in file.parts:
        waiting: list[str] = []
        for each in piece.iter(f"{W}fldChar"):
            kind = value(each, "fldCharType")
            if kind == "begin":
                waiting.append(kind)
            elif not waiting or (kind == "separate" and waiting[-1] == kind):
                yield Problem("fields: one has not begun", block)
            elif kind == "separate":
                waiting[-1] = kind
            else:
                waiting.pop()
        if waiting:
            yield Problem("fields: one does not end", block)


def _jumps(file: _File) -> Iterator[Problem]:
    names = {value(each, "name") for _, each in file.placed(f"{W}bookmarkStart")}
    for block, piece in file.parts:
        codes = "".join(each.text or "" for each in piece.iter(f"{W}instrText"))
        anchors = (value(each, "anchor") for each in piece.iter(f"{W}hyperlink"))
        for name in chain(_JUMP.findall(codes), filter(None, anchors)):
            if name not in names:
                yield Problem(f"ids: a jump to {name}, which is not there", block)


def _used(file: _File) -> Iterator[Problem]:
    """Styles, lists and relationships that the text names are there."""
    styles = {value(each, "styleId") for each in file.word.xml("word/styles.xml").iter(f"{W}style")}
    lists = {"0", *file.word.nums}
    for block, piece in file.parts:
        for each in piece.iter(*_USES):
            if value(each) not in styles:
                yield Problem(f"ids: no style {value(each)}", block)
        for each in piece.iter(f"{W}numId"):
            if value(each) not in lists:
                yield Problem(f"ids: no list {value(each)}", block)
    yield from _related(file, MAIN, file.pieces)
    yield from _related(file, NOTES, (("", note) for note in file.word.footnotes()))


def _related(file: _File, part: str, pieces: Iterable[tuple[str, Element]]) -> Iterator[Problem]:
    name = f"word/_rels/{part.removeprefix('word/')}.rels"
    known = set()
    if name in file.word.zip.namelist():
        known = {each.get("Id") for each in file.word.xml(name)}
    for block, piece in pieces:
        for id_ in _RELATED(piece):
            if id_ not in known:
                yield Problem(f"ids: no relationship {id_}", block)


def _notes(file: _File) -> Iterator[Problem]:
    called = [(block, value(each, "id")) for block, each in file.placed(f"{W}footnoteReference")]
    written = [value(note, "id") for note in file.word.footnotes()]
    yield from _twice("footnote", called)
    yield from _twice("footnote", (("", id_) for id_ in written))
    for block, id_ in called:
        if id_ not in written:
            yield Problem("ids: a footnote is called that is not there", block)


def _marks(file: _File) -> Iterator[Problem]:
    """By its mark a block is found again when the file comes back edited."""
    names = {value(each, "name") for _, each in file.placed(f"{W}bookmarkStart")}
    for block in walk.blocks(file.document):
        has_none = isinstance(block, BulletList) and not block.items
        if place("_b_", block.id) not in names and not has_none:
            yield Problem("ids: a block has no mark", block.id)


# --- 3. tables -------------------------------------------------------------------------------------------------


def _tables(file: _File) -> Iterator[Problem]:
    blocks = {block.id: block for block in walk.blocks(file.document) if isinstance(block, Table)}
    room = _rooms(file)
    for (block, piece), width in zip(file.pieces, room, strict=True):
        if piece.tag != f"{W}tbl":
            continue
        grid = [int(value(each, "w")) for each in piece.iterfind(f"{W}tblGrid/{W}gridCol")]
        if block not in blocks:
            yield Problem("tables: one belongs to no table of the tree", block)
        elif _heads(piece) != blocks[block].head_rows:
            yield Problem("tables: the rows that repeat are not the head rows", block)
        if int(value(piece.find(f"{W}tblPr/{W}tblW"), "w") or 0) != sum(grid):
            yield Problem("tables: the width is not that of the columns", block)
        if sum(grid) > width + _ROUNDING:
            yield Problem("tables: one is wider than the text", block)
        yield from (Problem(f"tables: {what}", block) for what in _rows(piece, grid))


def _heads(table: Element) -> int:
    marked = [row.find(f"{W}trPr/{W}tblHeader") is not None for row in table.iterfind(f"{W}tr")]
    return len(marked) if all(marked) else marked.index(False)


def _rows(table: Element, grid: list[int]) -> Iterator[str]:
    edges = [0, *accumulate(grid)]
    for number, row in enumerate(table.iterfind(f"{W}tr"), 1):
        at = 0
        for cell in row.iterfind(f"{W}tc"):
            properties = cell.find(f"{W}tcPr")
            end = at + int(value(properties.find(f"{W}gridSpan")) or 1)
            width = int(value(properties.find(f"{W}tcW"), "w"))
            if end < len(edges) and width != edges[end] - edges[at]:
                yield f"a cell of row {number} is not as wide as its columns"
            if cell[-1].tag != f"{W}p":
                yield f"a cell of row {number} does not end with a paragraph"
            at = end
        if at != len(grid):
            yield f"row {number} fills {at} of {len(grid)} columns"


def _rooms(file: _File) -> list[int]:
    """How wide the text is at each piece: the properties of a section stand at its end."""
    rooms: list[int] = []
    width = 0
    for _, piece in reversed(file.pieces):
        section = next(iter(piece.iter(f"{W}sectPr")), None)
        width = width if section is None else _text_width(section)
        rooms.append(width)
    return rooms[::-1]


def _text_width(section: Element) -> int:
    margins, columns = section.find(f"{W}pgMar"), section.find(f"{W}cols")
    sides = sum(int(value(margins, side) or 0) for side in ("left", "right", "gutter"))
    width = int(value(section.find(f"{W}pgSz"), "w")) - sides
    if value(columns, "num") == "2":
        return (width - int(value(columns, "space"))) // 2
    return width


# --- 4. look ---------------------------------------------------------------------------------------------------


def _fonts(file: _File) -> Iterator[Problem]:
    """Of our own styles: each font is named for Japanese too, and the language is Japanese."""
    if not file.base.is_ours:
        return
    styles = file.word.xml("word/styles.xml")
    for fonts in styles.iter(f"{W}rFonts"):
        if not value(fonts, "eastAsia") or len({value(fonts, name) for name in _FONTS}) != 1:
            yield Problem("look: a style's font is not named for Japanese text")
    if "ja-JP" not in {value(each, "eastAsia") for each in styles.iterfind(f"{W}docDefaults//{W}lang")}:
        yield Problem("look: the language is not Japanese")


def _pages(file: _File) -> Iterator[Problem]:
    for block, size in file.placed(f"{W}pgSz"):
        if (value(size, "w"), value(size, "h"), value(size, "orient")) not in _SHEETS:
            yield Problem("look: a page is neither A4 nor A3", block)


def _opening(file: _File) -> Iterator[Problem]:
    """Word asks nothing and shows no 互換モード."""
    settings = file.word.xml("word/settings.xml")
    modes = [value(each) for each in settings.iter(f"{W}compatSetting") if value(each, "name") == _MODE]
    if modes != ["15"]:
        yield Problem("look: Word opens it in compatibility mode")
    if settings.find(f"{W}updateFields") is not None:
        yield Problem("look: Word asks whether to update fields")
    for block, each in file.placed(f"{W}fldChar", f"{W}fldSimple"):
        if value(each, "dirty"):
            yield Problem("look: Word asks whether to update a field", block)


def _levels(file: _File) -> Iterator[Problem]:
    before = 0
    for block, paragraph in file.pieces:
        style = file.word.style(paragraph) if paragraph.tag == f"{W}p" else ""
        if style.startswith("Heading"):
            level = int(style.removeprefix("Heading"))
            if level > before + 1:
                yield Problem(f"look: a heading of level {level} follows one of level {before}", block)
            before = level


def _pictures(file: _File) -> Iterator[Problem]:
    for block, drawing in file.placed(f"{WP}docPr"):
        if not str(drawing.get("descr") or "").strip():
            yield Problem("look: a picture has no alternative text", block)


def _properties(file: _File) -> Iterator[Problem]:
    meta, core = file.document.meta, file.word.xml("docProps/core.xml")
    wanted = {
        "title": meta.title[:255],
        "author": meta.issuer[:255],
        "language": meta.lang,
        "identifier": meta.identifier,
    }
    for name, words in wanted.items():
        if normal(core.findtext(_CORE[name]) or "") != normal(words):
            yield Problem(f"look: the file's {name} is not the plan's")


# --- 8. words --------------------------------------------------------------------------------------------------


def _words(file: _File) -> Iterator[Problem]:
    """A town's own numbers of headings are its list's: there the words alone are compared."""
    base = file.base
    counted = base.is_ours or file.word.counts_as_ours(base.lists.headings)
    lines = all_lines(
        file.document, lost=file.lost, entry=None if counted else lambda each: _entry(each, base)
    )
    read = normal("\n".join(file.word.paragraphs(counted=counted)))
    yield from differences(read, [*cover_lines(file.document.cover), *lines])


def _entry(heading: Heading, base: Base) -> str:
    """A heading with its number only where Word does not count it."""
    is_counted = heading.level <= base.lists.counted and labels.count_of(heading.level, heading.number)
    return heading.text if is_counted else walk.entry(heading)


def _said_in_notes(file: _File) -> Iterator[Problem]:
    wanted = list(all_notes(file.document))
    if len(wanted) != len(file.word.notes()):
        yield Problem("a footnote is missing, or one too many", wanted[-1].block if wanted else "")
        return
    for line, words in zip(wanted, file.word.notes(), strict=True):
        if normal(line.words) != normal(words):
            yield Problem("a footnote is not that of the tree", line.block)


CHECKS = (
    *(_entries, _types, _relationships),
    *(_ids, _pairs, _fields, _jumps, _used, _notes, _marks),
    _tables,
    *(_fonts, _pages, _opening, _levels, _pictures, _properties),
    *(_words, _said_in_notes),
)
