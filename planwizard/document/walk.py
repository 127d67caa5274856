"""Ways through a Document that more than one output needs: its blocks, its inlines, what a Ref shows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import accumulate, chain, takewhile, zip_longest
from unicodedata import east_asian_width

from planwizard.document.nodes import (
    Block,
    BulletList,
    Cell,
    Document,
    Figure,
    Heading,
    Inline,
    Link,
    Meta,
    Note,
    Paragraph,
    Picture,
    Ref,
    Run,
    Table,
)

Rows = tuple[tuple[Cell, ...], ...]
Target = Heading | Table | Figure | Picture

# Wide characters of 8.5 pt in a line of the header, between title and chapter, and of a title beside a chapter
HEADER_ROOM, HEADER_GAP, LONGEST_RUNNING_TITLE = 53, 2, 32
SHORT_BAND = 12  # rows that stay on one page


def blocks(document: Document) -> Iterator[Block]:
    """Every block, in printing order."""
    for section in document.sections:
        yield from section.blocks


def targets(document: Document) -> dict[str, Target]:
    """{id: block} of everything a Ref may point to."""
    return {block.id: block for block in blocks(document) if isinstance(block, Target)}


def contents(document: Document) -> list[Heading]:
    """The headings that stand in the contents."""
    return [
        block
        for block in blocks(document)
        if isinstance(block, Heading) and block.level <= document.toc_depth
    ]


def inlines(block: Block) -> Iterator[tuple[Inline, ...]]:
    """The runs of text of a block: one for a paragraph, one for each item or cell."""
    if isinstance(block, Paragraph):
        yield block.inlines
    elif isinstance(block, BulletList):
        yield from block.items
    elif isinstance(block, Table):
        yield from (cell.inlines for row in block.rows for cell in row)


def entry(heading: Heading) -> str:
    """A heading as one line of text, as in the contents."""
    return f"{heading.number}\u3000{heading.text}" if heading.number else heading.text


def running_title(meta: Meta) -> str:
    """The title as it stands at the head of each page."""
    return _clipped(meta.title, LONGEST_RUNNING_TITLE)


def running_chapter(chapter: Heading, meta: Meta) -> str:
    """The chapter as it stands beside the title, in the room that it leaves."""
    room = HEADER_ROOM - HEADER_GAP - _ems(running_title(meta))
    return _clipped(f"{chapter.number} {chapter.text}".strip(), room)


def _clipped(text: str, room: float) -> str:
    # with a real … : the one of text-overflow has no text behind it and spoils the full stop of its font
    text = text.replace("\n", " ")
    if _ems(text) <= room:
        return text
    ends = accumulate(map(_ems, text))
    return "".join(char for char, end in zip(text, ends, strict=True) if end <= room - 1) + "…"


def _ems(text: str) -> float:
    """How wide a line is in wide characters."""
    return sum(1 if east_asian_width(char) in "WFA" else 0.5 for char in text)


def title_of(target: Target) -> str:
    """What a target is called, without its number."""
    return target.text if isinstance(target, Heading) else target.caption


def shown(ref: Ref, target: Target) -> str:
    """The text of a reference by number or title; one stands in for the other where it is empty."""
    number, title = target.number, title_of(target)
    return (title or number) if ref.show == "title" else (number or title)


def plain(run: tuple[Inline, ...]) -> str:
    """The text of inlines without references and footnotes."""
    return "".join(inline.text for inline in run if isinstance(inline, Run | Link))


def with_next(blocks: Sequence[Block]) -> Iterator[tuple[Block, bool]]:
    """Each block, and whether it is text that stays with the table after it: it says what the table is about."""
    for block, following in zip_longest(blocks, blocks[1:]):
        # Not a list: its last item alone would go over to the next page.
        yield block, isinstance(block, Paragraph) and isinstance(following, Table)


def kept_rows(table: Table) -> frozenset[int]:
    """Rows that stay with the next: a label across the table, and so many that no row is alone before or after a break."""
    last = len(table.rows) - 1
    begun = range(table.head_rows, table.head_rows + table.opening - 1)
    labels = (at for at, row in enumerate(table.rows) if is_label(row))
    return frozenset(at for at in (*begun, *labels, last - 1) if table.head_rows <= at < last)


def is_label(row: tuple[Cell, ...]) -> bool:
    """True for a label across the table, over the rows that follow."""
    return len(row) == 1 and row[0].header == "row" and row[0].colspan > 1


def notes(run: tuple[Inline, ...]) -> list[Note]:
    return [inline for inline in run if isinstance(inline, Note)]


def bands(rows: Rows) -> Iterator[Rows]:
    """The rows cut between rows that no cell reaches across: a label with its rows is one band."""
    start = end = 0
    for at, row in enumerate(rows):
        end = max(end, at + max((cell.rowspan for cell in row), default=1))
        if end == at + 1:
            yield rows[start:end]
            start = end


def short_bands(band: Rows) -> Iterator[Rows]:
    """A long band cut into short ones, its leading cells going on as empty cells of the same fill.

    For paper: WeasyPrint neither fills nor closes a cell that reaches over the end of a page. A band with other
    tall cells is left whole.
    """
    leaders = tuple(takewhile(lambda cell: cell.rowspan == len(band), band[0]))
    others = chain(band[0][len(leaders) :], *band[1:])
    if len(band) <= SHORT_BAND or not leaders or any(cell.rowspan > 1 for cell in others):
        yield band
        return
    for start in range(0, len(band), SHORT_BAND):
        rows = band[start : start + SHORT_BAND]
        first = rows[0] if start else rows[0][len(leaders) :]
        going_on = tuple(_leader(cell, len(rows), is_first=not start) for cell in leaders)
        yield ((*going_on, *first), *rows[1:])


def _leader(cell: Cell, rows: int, *, is_first: bool) -> Cell:
    if is_first:
        return replace(cell, rowspan=rows)
    return Cell(colspan=cell.colspan, rowspan=rows, fill=cell.fill)
