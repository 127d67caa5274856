"""The line grammar of ``Prose`` fields: text as officers type it in, blocks of the tree out.

======================================  =====================================================================
typed                                   becomes
======================================  =====================================================================
a blank line, or a line that begins     a new paragraph (that 全角空白 is the style's indent and not printed
with 全角空白                           twice); any other newline inside a paragraph stays a line break
``■ 題`` · ``□ 題``                     a heading one level apart; numbered by ``compose``
``・`` · ``①``–``⑳`` · ``(1)`` ``（1）``  an item; neighbouring lines of one marker are one list
two or more lines with tabs             a table whose first line is its head
``https://…``                           Link
``〔注：…〕``                            Note
``〔参照：key〕``                        Ref to what ``resolve(key)`` names; left as typed if that is gone
======================================  =====================================================================

A line that fits nothing is text of a paragraph: nothing typed is dropped. A numbered list begins at one and
counts on, because an output writes the numbers itself; a line that breaks the count stays text with its number.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import Literal

from planwizard.document.nodes import (
    NOWHERE,
    Block,
    BulletList,
    Cell,
    Heading,
    Inline,
    Link,
    Note,
    Paragraph,
    Ref,
    Run,
    Source,
    Table,
)

Resolve = Callable[[str], str | None]
Marker = Literal["dot", "circled", "paren"]

TEXT_WIDTH = 160  # mm, A4 upright
STEP = 5
MAX_CELL = 2000  # characters; one very long cell can hold up the layout for half a minute
CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"

_HEADING = re.compile(r"([■□])[ \u3000]*(\S.*)")
_DOT = re.compile(r"・[ \u3000]*(\S.*)")
_CIRCLED = re.compile(rf"([{CIRCLED}])[ \u3000]*(\S.*)")
_PAREN = re.compile(r"(?:\(([0-9０-９]{1,3})\)|（([0-9０-９]{1,3})）)[ \u3000]*(\S.*)")
_ADDRESS = r"https?://[!#-;=?-~]+"
_INLINE = re.compile(rf"〔注[：:](?P<note>[^〔〕]+)〕|〔参照[：:](?P<ref>[^〔〕\n]+)〕|(?P<url>{_ADDRESS})")
_URL = re.compile(_ADDRESS)
_AFTER_URL = ".,;:!?'"
_NUMBER = re.compile(r"[-−▲△+±]?[\d０-９][\d０-９,，.．]*[%％]?\Z")


def nothing(key: str) -> str | None:
    """A ``resolve`` that knows no target."""
    return None


def parse(
    text: str, *, prefix: str, source: Source = NOWHERE, level: int = 2, resolve: Resolve = nothing
) -> tuple[Block, ...]:
    """Read ``text`` (cleaned) into blocks called ``prefix-1``, ``prefix-2``, ….

    ``level`` is the level of a ``■`` heading. Headings get no number here.
    """
    reading = _Reading(prefix, source, level, resolve)
    for has_tabs, run in groupby(text.split("\n"), key=lambda line: "\t" in line):
        lines = list(run)
        if has_tabs and _is_table(lines):
            reading.table(lines)
        else:
            for line in lines:
                reading.line(line)
    return reading.finish()


def inlines(text: str, resolve: Resolve = nothing) -> tuple[Inline, ...]:
    """Read links, footnotes and references of one stretch of text."""
    return tuple(_pieces(text, resolve))


def column_widths(rows: list[list[str]], total: int = TEXT_WIDTH) -> tuple[int, ...]:
    """Widths in mm that sum to ``total``, in steps of 5, wider where the text is longer."""
    needs = [max(1, *(min(40, len(row[at])) for row in rows)) for at in range(len(rows[0]))]
    least = 2 * STEP if len(needs) * 2 * STEP <= total else STEP
    widths = [least] * len(needs)
    while sum(widths) < total:
        thirsty = max(range(len(needs)), key=lambda at: needs[at] / widths[at])
        widths[thirsty] += STEP
    return tuple(widths)


@dataclass(frozen=True, slots=True)
class _Item:
    marker: Marker
    number: int  # as typed; for a dot, its place
    text: str


@dataclass(slots=True)
class _Reading:
    """Lines taken in one after another; a paragraph or list stays open until a line ends it."""

    prefix: str
    source: Source
    level: int
    resolve: Resolve
    blocks: list[Block] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    marker: Marker | None = None
    items: list[tuple[Inline, ...]] = field(default_factory=list)

    def line(self, line: str) -> None:
        if not line.strip():
            self.close()
        elif match := _HEADING.fullmatch(line):
            self.close()
            level = self.level + (match[1] == "□")
            self.blocks.append(Heading(self.next_id(), level, match[2].rstrip(), source=self.source))
        elif item := self._item(line):
            self._add_item(item)
        else:
            self._add_words(line)

    def table(self, lines: list[str]) -> None:
        self.close()
        rows = _even(lines)
        cells = tuple(_row(row, is_head=at == 0, resolve=self.resolve) for at, row in enumerate(rows))
        self.blocks.append(Table(self.next_id(), column_widths(rows), cells, source=self.source))

    def finish(self) -> tuple[Block, ...]:
        self.close()
        return tuple(self.blocks)

    def close(self) -> None:
        if self.words:
            text = "\n".join(self.words)
            self.blocks.append(Paragraph(self.next_id(), inlines(text, self.resolve), source=self.source))
        if self.marker:
            self.blocks.append(BulletList(self.next_id(), tuple(self.items), self.marker, self.source))
        self.words, self.items, self.marker = [], [], None

    def next_id(self) -> str:
        return f"{self.prefix}-{len(self.blocks) + 1}"

    def _item(self, line: str) -> _Item | None:
        if match := _DOT.fullmatch(line):
            return _Item("dot", len(self.items) + 1, match[1])
        if match := _CIRCLED.fullmatch(line):
            item = _Item("circled", CIRCLED.index(match[1]) + 1, match[2])
        elif match := _PAREN.fullmatch(line):
            item = _Item("paren", int(match[1] or match[2]), match[3])
        else:
            return None
        counts_on = self.marker == item.marker and item.number == len(self.items) + 1
        return item if counts_on or item.number == 1 else None

    def _add_item(self, item: _Item) -> None:
        if self.marker != item.marker or item.number == 1:
            self.close()
            self.marker = item.marker
        self.items.append(inlines(item.text, self.resolve))

    def _add_words(self, line: str) -> None:
        if self.marker or line.startswith("\u3000"):
            self.close()
        self.words.append(line.removeprefix("\u3000"))


def _is_table(lines: list[str]) -> bool:
    cells = [cell for line in lines for cell in line.split("\t")]
    columns = max(line.count("\t") for line in lines) + 1
    return len(lines) > 1 and columns * STEP <= TEXT_WIDTH and max(map(len, cells)) <= MAX_CELL


def _even(lines: list[str]) -> list[list[str]]:
    rows = [[cell.strip(" ") for cell in line.split("\t")] for line in lines]
    width = max(map(len, rows))
    return [row + [""] * (width - len(row)) for row in rows]


def _row(row: list[str], *, is_head: bool, resolve: Resolve) -> tuple[Cell, ...]:
    if is_head:
        return tuple(Cell(inlines(text, resolve), header="col", fill="head") for text in row)
    return tuple(Cell(inlines(text, resolve), align="right" if _NUMBER.match(text) else "") for text in row)


def _pieces(text: str, resolve: Resolve) -> Iterator[Inline]:
    at = 0
    for match in _INLINE.finditer(text):
        if piece := _special(match, resolve):
            yield from _words(text[at : match.start()])
            yield piece
            at = match.start() + _taken(match, piece)
    yield from _words(text[at:])


def _words(text: str) -> Iterator[Run]:
    if text:
        yield Run(text)


def _special(match: re.Match[str], resolve: Resolve) -> Link | Note | Ref | None:
    if match["url"]:
        return _link(match["url"])
    if match["note"] is not None:
        return Note(tuple(_links(match["note"]))) if match["note"].strip() else None
    target = resolve(match["ref"].strip())
    return Ref(target) if target else None


def _taken(match: re.Match[str], piece: Inline) -> int:
    return len(piece.text) if isinstance(piece, Link) else len(match[0])


def _link(url: str) -> Link | None:
    url = url.rstrip(_AFTER_URL)
    if url.endswith(")") and "(" not in url:
        url = url.rstrip(")" + _AFTER_URL)
    try:
        return Link(url, url)
    except ValueError:  # an unreadable address, like http://[: it stays text
        return None


def _links(text: str) -> Iterator[Run | Link]:
    at = 0
    for match in _URL.finditer(text):
        if link := _link(match[0]):
            yield from _words(text[at : match.start()])
            yield link
            at = match.start() + len(link.text)
    yield from _words(text[at:])
