"""The words of a PDF as its tags order them: what a reader that speaks meets, without running lines."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from planwizard.document.proof.pdf_objects import Pdf, Ref
from planwizard.document.proof.truth import normal

# Of a page: which marks begin and end, which font is taken, which glyphs are shown.
_STEP = re.compile(
    rb"<</MCID (?P<mark>\d+)>>\s+BDC\b|(?P<open>\bB[MD]C\b)|(?P<close>\bEMC\b)"
    rb"|/(?P<font>\S+) \S+ Tf\b|\[(?P<shown>[^\]]*)\] TJ\b"
)
_GLYPHS = re.compile(rb"<([0-9a-f]+)>")
_PAIR = re.compile(rb"<([0-9a-f]+)> <([0-9a-f]*)>")
NO_MARK = -1


class Texts:
    """Texts of marked content, page by page: only the page asked for last is kept."""

    def __init__(self, pdf: Pdf) -> None:
        self.pdf = pdf
        self.pages = dict(pdf.pages())
        self.fonts: dict[Ref, dict[bytes, str]] = {}
        self.kept: tuple[Ref | None, dict[int, str]] = (None, {})
        self.shared: tuple[Any, dict[str, Ref]] = (None, {})

    def on(self, page: Ref) -> dict[int, str]:
        """{number of a mark: its text}."""
        if self.kept[0] != page:
            self.kept = page, self._read(self.pages[page])
        return self.kept[1]

    def _read(self, page: dict[str, Any]) -> dict[int, str]:
        fonts = self._fonts_of(page.get("Resources"))
        texts: dict[int, list[str]] = defaultdict(list)
        marks, font = [NO_MARK], b""
        for step in _STEP.finditer(self.pdf.stream(page["Contents"])):
            match step.lastgroup:
                case "mark":
                    marks.append(int(step["mark"]))
                case "open":
                    marks.append(marks[-1])
                case "close" if len(marks) > 1:
                    marks.pop()
                case "font":
                    font = step["font"]
                case "shown":
                    texts[marks[-1]].append(self._said(fonts[font.decode("latin-1")], step["shown"]))
        return {mark: "".join(said) for mark, said in texts.items()}

    def _fonts_of(self, resources: Any) -> dict[str, Ref]:
        """As a rule all pages have one list of resources, and that is long."""
        if self.shared[0] != resources or resources is None:
            self.shared = resources, self.pdf.at(resources, "Font") or {}
        return self.shared[1]

    def _said(self, font: Ref, shown: bytes) -> str:
        if font not in self.fonts:
            self.fonts[font] = _characters(self.pdf, self.pdf.get(font))
        characters, codes = self.fonts[font], b"".join(_GLYPHS.findall(shown))
        size = len(next(iter(characters), b"0000"))
        return "".join([characters.get(codes[at : at + size], "") for at in range(0, len(codes), size)])


def _characters(pdf: Pdf, font: dict[str, Any]) -> dict[bytes, str]:
    """{code as it is written: characters}."""
    size = 2 if font.get("Subtype") == "Type3" else 4
    pairs = _PAIR.findall(pdf.stream(font.get("ToUnicode")))
    return {
        code[-size:]: bytes.fromhex(words.decode()).decode("utf-16-be", "replace") for code, words in pairs
    }


@dataclass(slots=True)
class Said:
    """What the tags say, in normal form. ``headless`` is where in ``body`` cells stand that do not name their heads,
    ``silent`` which drawings, counted from 0, have no words.
    """

    cover: str = ""
    body: str = ""
    contents: list[str] = field(default_factory=list)  # an entry each
    notes: str = ""
    headless: list[int] = field(default_factory=list)
    silent: list[int] = field(default_factory=list)
    drawings: int = 0
    pieces: list[str] = field(default_factory=list)
    length: int = 0

    def add(self, words: str) -> None:
        self.pieces.append(words)
        self.length += len(words)


def said(pdf: Pdf) -> Said:
    """Reads every tag once. WeasyPrint begins a new article on each page and puts the page's notes after it."""
    reader = _Reader(pdf, Texts(pdf), Said())
    notes = []
    for top in reader.kids(pdf.at(pdf.root, "StructTreeRoot") or {}):
        for tag in reader.kids(top):
            if tag.get("S") == "Art":
                reader.article(tag)
            else:
                notes.append(normal(reader.text(tag)))
    found = reader.said
    found.body, found.notes, found.pieces = "".join(found.pieces), "".join(notes), []
    return found


@dataclass(slots=True)
class _Reader:
    pdf: Pdf
    texts: Texts
    said: Said

    def kids(self, tag: Any) -> list[dict[str, Any]]:
        """The tags within a tag."""
        found = (self.pdf.get(kid) for kid in tag.get("K", ()) if not isinstance(kid, int))
        return [kid for kid in found if isinstance(kid, dict) and "S" in kid]

    def text(self, tag: dict[str, Any]) -> str:
        words = []
        for kid in tag.get("K", ()):
            if isinstance(kid, int):
                words.append(self.texts.on(tag["Pg"]).get(kid, ""))
                continue
            found = self.pdf.get(kid)
            if isinstance(found, dict) and "S" in found:
                self._figure(found)
                words.append(self.text(found))
        return "".join(words)

    def article(self, article: dict[str, Any]) -> None:
        """Sections hold the body; the cover and the contents stand beside them."""
        for part in self.kids(article):
            if part.get("S") == "Sect":
                for block in self.kids(part):
                    self._block(block)
            else:
                self._front(part)

    def _front(self, part: dict[str, Any]) -> None:
        lists = [kid for kid in self.kids(part) if kid.get("S") == "L"]
        if lists:
            items = (item for each in lists for item in self.kids(each))
            self.said.contents += [normal(self.text(item)) for item in items]
        else:
            self.said.cover += "".join(normal(self.text(kid)) for kid in self.kids(part))

    def _block(self, block: dict[str, Any]) -> None:
        match block.get("S"):
            case "Table":
                self._table(block, is_headed=False)
            case "L":
                for item in self.kids(block):
                    self.said.add(normal(self.text(item)))
            case _:
                self._figure(block)
                self.said.add(normal(self.text(block)))

    def _figure(self, tag: dict[str, Any]) -> None:
        if tag.get("S") != "Figure":
            return
        if not str(tag.get("Alt") or "").strip():
            self.said.silent.append(self.said.drawings)
        self.said.drawings += 1

    def _table(self, table: dict[str, Any], *, is_headed: bool) -> None:
        """Row by row. A cell has heads if columns of the table have, or if a head stands before it in its row."""
        for part in self.kids(table):
            match part.get("S"):
                case "TR":
                    self._row(part, is_headed)
                case "THead":
                    self._table(part, is_headed=False)
                    is_headed = True
                case "TBody":
                    self._table(part, is_headed=is_headed)
                case _:
                    self.said.add(normal(self.text(part)))

    def _row(self, row: dict[str, Any], is_headed: bool) -> None:
        for cell in self.kids(row):
            if cell.get("S") == "TH":
                is_headed = True
            elif is_headed and not self.pdf.at(cell, "A", "Headers"):
                self.said.headless.append(self.said.length)
            self.said.add(normal(self.text(cell)))
