"""Tables from texts: heads, labels, widths that fit, and long cells moved out."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import permutations
from math import ceil
from typing import Literal

from planwizard.document.nodes import Block, Cell, Inline, Paragraph, Run, Source, Table
from planwizard.document.prose import MAX_CELL, STEP, TEXT_WIDTH
from planwizard.manuscript.linebreaks import broken

LANDSCAPE_WIDTH = 245  # mm
LABEL_WIDTH = 40
_MM_PER_EM = 3.36  # 9.5 pt
_HAIR = 1  # mm that another office program's cell may be narrower
CELL_PADDING = 3  # mm, both sides
_LINE, _PADDING = 4.6, 2.0  # mm, of a row
_KEPT_WHOLE = 40  # mm; a taller table may go on on the next page
_FEW_ROWS, _KEPT_FEW = 6, 80  # below the head; a table of no more rows is kept whole up to that height
_FEW = 10  # characters; so short a text fits beside another however wide it is
_MEASURED_ROWS = 200  # enough to know how wide a column wants to be
_MOST = 150  # characters; a column that holds longer text gets no more room for it
_WHOLE_HEAD = 5  # characters; so short a head stays on one line
_WIDEST_HEAD = 7  # characters of a line of a head
_WIDEST_NAME = 35  # mm; longer names of departments go on in a second line
_SHORT = 12.5  # characters; a date in both calendars stays on one line if there is room

Words = str | tuple[Inline, ...]
Header = Literal["", "col", "row"]
Align = Literal["", "left", "center", "right"]
Fill = Literal["", "head", "label", "band"]
EMPTY = Cell()


@dataclass(frozen=True, slots=True)
class Column:
    """The head of a column, and what it holds if that is more than words."""

    head: str
    is_number: bool = False
    is_name: bool = False  # of a department, or an address: has room for one if there is any


def ems(text: str) -> float:
    """How wide a line is in characters: 1 for a wide one, 0.5 for a narrow one."""
    if text.isascii():
        return len(text) / 2
    return sum(1 if unicodedata.east_asian_width(char) in "WFA" else 0.5 for char in text)


def breadth(text: str) -> float:
    """How many mm a line takes in a cell; at most, for one of a few characters."""
    return (len(text) if len(text) <= _FEW else ems(text)) * _MM_PER_EM


def lines(text: str, width: int) -> int:
    """About how many lines ``text`` takes in a cell ``width`` mm wide."""
    room = int((width - CELL_PADDING) / _MM_PER_EM)
    if len(text) <= room and "\n" not in text:
        return 1
    return sum(1 + (len(line) - 1) // room for line in text.split("\n"))


def in_lines(text: str, width: int) -> str:
    """A label or head that is too long for a cell ``width`` mm wide, broken between its words."""
    room = (width - CELL_PADDING) / _MM_PER_EM
    return text if "\n" in text or ems(text) <= room else "\n".join(broken(text, room, is_even=True))


def name_width(names: Iterable[str]) -> int:
    """The width of a column of departments: that of the longest name, up to a limit."""
    longest = max(map(ems, names), default=0)
    return min(_WIDEST_NAME, max(20, _millimetres(longest)))


def run(text: Words) -> tuple[Inline, ...]:
    """Plain text as inlines; nothing for empty text."""
    if isinstance(text, str):
        return (Run(text),) if text else ()
    return text


def plain(text: Words) -> str:
    return text if isinstance(text, str) else "".join(getattr(inline, "text", "表00") for inline in text)


@lru_cache(maxsize=1024)
def fixed(
    text: str, header: Header = "", colspan: int = 1, rowspan: int = 1, align: Align = "", fill: Fill = ""
) -> Cell:
    """A cell whose text comes from the blueprint or the calendar: made once, used in every sheet."""
    return Cell(run(text), header, colspan, rowspan, align, fill)


def grid(
    id_: str,
    caption: str,
    columns: Sequence[Column],
    rows: Sequence[Sequence[Words]],
    *,
    source: Source,
    total: int = TEXT_WIDTH,
    paths: Sequence[str] = (),
) -> Iterator[Block]:
    """A table with a head row, then the texts that were too long for its cells. ``paths`` of the rows' answers."""
    long: list[tuple[str, Words]] = []
    body = []
    for at, row in enumerate(rows, 1):
        texts = [fitted(text, f"{at}行目の{columns[nth].head}", long) for nth, text in enumerate(row)]
        path = paths[at - 1] if paths else ""
        body.append(
            tuple(_body_cell(text, columns[nth], "" if nth else path) for nth, text in enumerate(texts))
        )
    shared_out = widths(columns, rows, total)
    heads = (in_lines(column.head, width) for column, width in zip(columns, shared_out, strict=True))
    made = (tuple(Cell(run(head), "col", align="center", fill="head") for head in heads), *body)
    yield Table(id_, shared_out, made, caption=caption, keep=is_small(shared_out, made), source=source)
    yield from below(id_, caption, long, source)


def facts(
    id_: str,
    caption: str,
    entries: Sequence[tuple[str, Words]],
    *,
    source: Source,
    paths: Sequence[str] = (),
) -> Iterator[Block]:
    """A table of labels and values without a head row. ``paths`` of the entries' answers."""
    long: list[tuple[str, Words]] = []
    rows = tuple(
        (
            Cell(run(in_lines(label, LABEL_WIDTH - _HAIR)), "row", fill="label", path=path),
            Cell(run(fitted(text, label, long))),
        )
        for (label, text), path in zip(entries, paths or [""] * len(entries), strict=True)
    )
    shared_out = (LABEL_WIDTH, TEXT_WIDTH - LABEL_WIDTH)
    keep = is_small(shared_out, rows)
    yield Table(id_, shared_out, rows, 0, caption=caption, keep=keep, source=source)
    yield from below(id_, caption, long, source)


def is_small(columns: Sequence[int], rows: Sequence[Sequence[Cell]]) -> bool:
    """True for a table of few rows or about as tall as a paragraph or two, which stays on one page.

    For rows of cells that each take one column.
    """
    body = [row for row in rows if row[0].header != "col"]
    most = _KEPT_FEW if len(body) <= _FEW_ROWS else _KEPT_WHOLE
    if len(rows) > most / _LINE:
        return False
    tallest = (
        max(lines(plain(cell.inlines), width) for cell, width in zip(row, columns, strict=True))
        for row in rows
    )
    return sum(count * _LINE + _PADDING for count in tallest) <= most


def below(id_: str, caption: str, long: Sequence[tuple[str, Words]], source: Source) -> Iterator[Block]:
    """What moved out of the cells of a table: its label, then its lines as paragraphs."""
    number = 0
    for label, text in long:
        number += 1
        yield Paragraph(f"{id_}-x{number}", (Run(f"{label}（{caption}）", "strong"),), source=source)
        for line in filter(str.strip, plain(text).split("\n")):
            number += 1
            yield Paragraph(f"{id_}-x{number}", (Run(line.removeprefix("\u3000")),), source=source)


def moved(label: str) -> str:
    """What stands in a cell whose text moved below its table."""
    return f"表の下の「{label}」のとおり"


def fitted(text: Words, label: str, long: list[tuple[str, Words]]) -> Words:
    """The text itself, or, of a text too long for a cell, where it went."""
    if len(text if isinstance(text, str) else plain(text)) <= MAX_CELL:
        return text
    long.append((label, text))
    return moved(label)


def _body_cell(text: Words, column: Column, path: str) -> Cell:
    return Cell(run(text), align="right" if column.is_number else "", path=path)


def widths(columns: Sequence[Column], rows: Sequence[Sequence[Words]], total: int) -> tuple[int, ...]:
    """Widths in mm, in steps of 5, that sum to ``total``: no head or number cut, the table as low as they make it."""
    measured = [[plain(text) for text in row] for row in rows[:_MEASURED_ROWS]]
    filled = [Filled(column, [row[nth] for row in measured]) for nth, column in enumerate(columns)]
    wishes = (
        [each.whole for each in filled],
        [each.named for each in filled],
        [each.least for each in filled],
    )
    least = next((wish for wish in wishes if sum(wish) <= total), wishes[-1])
    if sum(least) > total:
        least = [max(STEP, (total // len(columns)) // STEP * STEP)] * len(columns)
    return lowered(shared(least, [each.need for each in filled], total), least, filled)


def shared(least: list[int], needs: list[float], total: int) -> tuple[int, ...]:
    """Give out ``total`` mm in steps of 5: at least ``least`` each, the rest where the text is tightest."""
    given = list(least)
    while sum(given) < total:
        tightest = max(range(len(given)), key=lambda nth: needs[nth] / given[nth])
        given[tightest] += STEP
    return tuple(given)


def lowered(given: tuple[int, ...], least: Sequence[int], filled: Sequence[Filled]) -> tuple[int, ...]:
    """``given`` with room moved from column to column as long as that makes the table lower."""
    lowest = _lines_of_all(given, filled)
    while better := _best_move(given, least, filled, lowest):
        lowest, given = better
    return given


def _best_move(
    given: tuple[int, ...], least: Sequence[int], filled: Sequence[Filled], lowest: int
) -> tuple[int, tuple[int, ...]] | None:
    """(lines, widths) after the one move that saves most, of the smallest if several do; None if none does."""
    moves = (
        _moved(given, giver, taker, step * STEP)
        for step in (1, 2, 3, 6)
        for giver, taker in permutations(range(len(given)), 2)
        if given[giver] - step * STEP >= least[giver]
    )
    found = [(_lines_of_all(each, filled), at, each) for at, each in enumerate(moves)]
    lines, _, best = min(found, default=(lowest, 0, given))
    return (lines, best) if lines < lowest else None


def _moved(given: tuple[int, ...], giver: int, taker: int, width: int) -> tuple[int, ...]:
    changed = list(given)
    changed[giver] -= width
    changed[taker] += width
    return tuple(changed)


def _lines_of_all(given: Sequence[int], filled: Sequence[Filled]) -> int:
    """How many lines the rows of a table take, each as many as its tallest cell."""
    return sum(
        map(max, zip(*(each.lines(width) for each, width in zip(filled, given, strict=True)), strict=True))
    )


class Filled:
    """A column with its texts: how much room it wants, in characters and in millimetres."""

    def __init__(self, column: Column, texts: list[str]) -> None:
        self.texts = [[ems(line) for line in text.split("\n")] for text in texts]
        self._lines: dict[int, list[int]] = {}
        longest = max(map(sum, self.texts), default=0)
        line = max((max(each) for each in self.texts), default=0)
        head = ems(column.head)
        self.need = max(min(_MOST, longest) ** 0.75, head / 2, 1)
        room = _head_room(column.head)
        short = line if column.is_number or line <= 5 else 4
        self.least = _millimetres(max(short, room))
        self.named = max(self.least, min(_WIDEST_NAME, _millimetres(line))) if column.is_name else self.least
        self.whole = max(self.named, _millimetres(max(line if line <= _SHORT else 6, room)))

    def lines(self, width: int) -> list[int]:
        """How many lines each text takes in a cell ``width`` mm wide."""
        if width not in self._lines:
            room = (width - CELL_PADDING) / _MM_PER_EM
            self._lines[width] = [sum(max(1, ceil(line / room)) for line in text) for text in self.texts]
        return self._lines[width]


def _head_room(head: str) -> float:
    """How many characters wide a head must be to break only between its words, if it breaks at all."""
    if (whole := ems(head)) <= _WHOLE_HEAD:
        return whole
    return min(_WIDEST_HEAD, max(map(ems, broken(head, max(_WHOLE_HEAD, (whole + 1) / 2), is_even=True))))


def _millimetres(characters: float) -> int:
    return max(2 * STEP, ceil((characters * _MM_PER_EM + CELL_PADDING) / STEP) * STEP)
