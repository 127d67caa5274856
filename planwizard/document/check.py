"""What must be true of every Document before it is printed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from itertools import chain

from planwizard.common import text
from planwizard.document import svg, walk
from planwizard.document.nodes import (
    TEXT_WIDTHS,
    Block,
    BulletList,
    Cell,
    Document,
    Figure,
    Heading,
    Picture,
    Ref,
    Run,
    Section,
    Table,
)

LONGEST_ID = 35  # Word allows 40 characters in a bookmark's name, and "_Ref_" goes before ours
MOST_CIRCLED = 20  # ⑳
STEP = 5

_ID = re.compile(r"[a-z][a-z0-9-]*\Z")


def check(document: Document) -> list[str]:
    """The broken invariants, in English and with the block's id; empty when the tree is sound."""
    return [
        *_ids(document),
        *_levels(document),
        *_references(document),
        *_texts(document),
        *chain.from_iterable(_section(section) for section in document.sections),
    ]


def _ids(document: Document) -> Iterator[str]:
    seen: set[str] = set()
    sections = ((section.id, *(block.id for block in section.blocks)) for section in document.sections)
    for id_ in chain.from_iterable(sections):
        if not _ID.match(id_) or len(id_) > LONGEST_ID:
            yield f"{id_}: an id is a letter and up to {LONGEST_ID - 1} of a-z, 0-9 and -"
        if id_ in seen:
            yield f"{id_}: the id is used twice"
        seen.add(id_)


def _levels(document: Document) -> Iterator[str]:
    before = 0
    for block in walk.blocks(document):
        if isinstance(block, Heading):
            if not 1 <= block.level <= min(5, before + 1):
                yield f"{block.id}: a heading of level {block.level} follows one of level {before}"
            if not block.text.strip():
                yield f"{block.id}: the heading is empty"
            before = block.level


def _references(document: Document) -> Iterator[str]:
    known = walk.targets(document)
    for block in walk.blocks(document):
        for inline in chain.from_iterable(walk.inlines(block)):
            if not isinstance(inline, Ref):
                continue
            if inline.target not in known:
                yield f"{block.id}: nothing is called {inline.target}"
            elif inline.show != "page" and not walk.shown(inline, known[inline.target]):
                yield f"{block.id}: the reference to {inline.target} shows nothing"


def _texts(document: Document) -> Iterator[str]:
    head = chain(_strings(document.meta), _strings(document.cover))
    if not _is_clean(head):
        yield "meta or cover: holds characters that clean() removes"
    if _is_clean(chain.from_iterable(map(_words, walk.blocks(document)))):
        return
    for block in walk.blocks(document):
        if not _is_clean(_words(block)):
            yield f"{block.id}: holds characters that clean() removes"


def _is_clean(strings: Iterator[str]) -> bool:
    joined = "\n".join(strings)  # one pass over all of it; nothing can join across a newline
    return text.clean(joined) == joined


def _words(block: Block) -> Iterator[str]:
    """Every string a block prints, spelt out for the kinds a plan holds most of."""
    if isinstance(block, Figure):
        yield from (block.alt, block.caption)
        return
    if isinstance(block, Table):
        yield block.caption
    for run in walk.inlines(block):
        for inline in run:
            yield from (inline.text,) if isinstance(inline, Run) else _strings(inline)
    if isinstance(block, Heading | Picture):
        yield from _strings(block)


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        yield from chain.from_iterable(map(_strings, value))
    elif is_dataclass(value):
        yield from chain.from_iterable(_strings(getattr(value, item.name)) for item in fields(value))


def _section(section: Section) -> Iterator[str]:
    room = TEXT_WIDTHS[section.paper]
    for block in section.blocks:
        match block:
            case Table():
                yield from _table(block, room)
            case Figure() | Picture():
                yield from _drawing(block, room)
            case BulletList(marker="circled", items=items) if len(items) > MOST_CIRCLED:
                yield f"{block.id}: {len(items)} items, but circled numbers end at {MOST_CIRCLED}"


def _table(table: Table, room: int) -> Iterator[str]:
    if any(width <= 0 or width % STEP for width in table.widths) or not 0 < sum(table.widths) <= room:
        yield f"{table.id}: widths {table.widths} are not steps of {STEP} mm within {room} mm"
    if bool(table.number) != bool(table.caption):
        yield f"{table.id}: a number and a caption come together"
    if not table.rows or not 0 <= table.head_rows <= len(table.rows):
        yield f"{table.id}: {len(table.rows)} rows with {table.head_rows} head rows"
    for cell in chain.from_iterable(table.rows[: table.head_rows]):
        if cell.header != "col":
            yield f"{table.id}: a cell of a head row is not a column's head"
    yield from _grid(table)
    yield from _bands(table)


def _grid(table: Table) -> Iterator[str]:
    """Each row fills every column exactly once, cells that reach down from above included."""
    reach = [0] * len(table.widths)  # how many more rows each column is taken
    for number, row in enumerate(table.rows, 1):
        filled = sum(left > 0 for left in reach) + sum(cell.colspan for cell in row)
        if filled != len(reach) or any(cell.colspan < 1 or cell.rowspan < 1 for cell in row):
            yield f"{table.id}: row {number} fills {filled} of {len(reach)} columns"
            return
        after = _reach(reach, row)
        if after is None:
            yield f"{table.id}: a cell of row {number} runs into one that reaches down"
            return
        reach = after
    if any(reach):
        yield f"{table.id}: a cell reaches below the last row"


def _reach(reach: list[int], row: tuple[Cell, ...]) -> list[int] | None:
    """How far down columns are taken after ``row``; None if a cell does not fit between them."""
    after = [max(0, left - 1) for left in reach]
    at = 0
    for cell in row:
        while reach[at]:
            at += 1
        if any(reach[at : at + cell.colspan]):
            return None
        after[at : at + cell.colspan] = [cell.rowspan - 1] * cell.colspan
        at += cell.colspan
    return after


def _bands(table: Table) -> Iterator[str]:
    for cell in chain.from_iterable(table.rows):
        if cell.fill == "band" and not walk.plain(cell.inlines).strip():
            yield f"{table.id}: a shaded cell without a word says nothing to a reader who cannot see it"


def _drawing(block: Figure | Picture, room: int) -> Iterator[str]:
    if not block.alt.strip():
        yield f"{block.id}: no alternative text"
    if block.width_mm % STEP or not 0 < block.width_mm <= room:
        yield f"{block.id}: {block.width_mm} mm is not a step of {STEP} mm within {room} mm"
    if bool(block.number) != bool(block.caption):
        yield f"{block.id}: a number and a caption come together"
    if isinstance(block, Figure):
        try:
            svg.Drawing.read(block.svg)
        except ValueError as error:
            yield f"{block.id}: {error}"
