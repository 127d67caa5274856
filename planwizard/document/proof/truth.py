"""The words of a tree, as every output must say them: the measure of what is read back."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import assert_never

from planwizard.document import walk
from planwizard.document.nodes import (
    Block,
    BulletList,
    Cell,
    Cover,
    Document,
    Figure,
    Heading,
    Inline,
    Link,
    Note,
    PageBreak,
    Paragraph,
    Picture,
    Ref,
    Run,
    Table,
)
from planwizard.document.proof.problem import Problem

# What shows nothing by itself: variation selectors, joiners, fillers, tags (Default_Ignorable_Code_Point).
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
_SPACE = re.compile(r"\s+")
_PLAIN = re.compile("[\u0021-\u007e\u3001-\u3029\u3041-\u3094\u30a1-\u30f4\u30fb\u30fc\u4e00-\u9fff]*\\Z")


def normal(text: str) -> str:
    """Without invisible characters and white space, in NFKC."""
    if _PLAIN.match(text):
        return text  # nothing to do, which is so for nearly every line of a plan
    return _SPACE.sub("", unicodedata.normalize("NFKC", _INVISIBLE.sub("", text)))


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph, an item, a caption or a cell."""

    words: str
    block: str = ""  # id
    label: str = ""  # of the row


def truth(document: Document) -> str:
    """The words of the sections of a tree, in order; no footnotes, no page numbers, no list marks."""
    return "\n".join(line.words for line in all_lines(document))


def all_lines(
    document: Document, *, lost: Collection[str] = (), entry: Callable[[Heading], str] | None = None
) -> Iterator[Line]:
    """Line by line. ``lost`` are pictures for which an output writes their alternative text; ``entry`` says what an
    output writes for a heading, if it is not its number and text.
    """
    targets = walk.targets(document)
    for block in walk.blocks(document):
        if isinstance(block, Table):
            yield from _table(block, targets)
        elif isinstance(block, Heading) and entry:
            yield Line(entry(block), block.id)
        else:
            if isinstance(block, Picture) and block.asset in lost:
                yield Line(f"［{block.alt}］", block.id)
            yield from (Line(words, block.id) for words in lines(block, targets))


def _table(table: Table, targets: Mapping[str, walk.Target]) -> Iterator[Line]:
    yield Line(f"{table.number} {table.caption}", table.id)
    for row in table.rows:
        label = label_of(row)
        yield from (Line(said(cell.inlines, targets), table.id, label) for cell in row)


def label_of(row: tuple[Cell, ...]) -> str:
    """What heads a row: its first cell, if that is a row's head."""
    return walk.plain(row[0].inlines).replace("\n", "") if row and row[0].header == "row" else ""


def lines(block: Block, targets: Mapping[str, walk.Target], figure: str = "") -> list[str]:
    """What one block prints: a line for a paragraph or item, for a table its caption and its cells.

    ``figure`` stands where an output writes the number of a note or page.
    """
    match block:
        case Heading():
            return [f"{block.number} {block.text}"]
        case Paragraph(inlines=inlines):
            return [said(inlines, targets, figure)]
        case BulletList(items=items):
            return [said(item, targets, figure) for item in items]
        case Table():
            return [line.words for line in _table(block, targets)]
        case Figure() | Picture():
            return [f"{block.number} {block.caption}"]
        case PageBreak():
            return []
        case _:
            assert_never(block)


def said(inlines: tuple[Inline, ...], targets: Mapping[str, walk.Target], figure: str = "") -> str:
    """The words of inlines with what references show."""
    words = []
    for inline in inlines:
        match inline:
            case Run(text=text) | Link(text=text):
                words.append(text)
            case Note():
                words.append(figure)
            case Ref():
                is_page = inline.show == "page"
                words.append(figure if is_page else walk.shown(inline, targets[inline.target]))
            case _:
                assert_never(inline)
    return "".join(words)


def notes(document: Document) -> list[str]:
    return [line.words for line in all_notes(document)]


def all_notes(document: Document) -> Iterator[Line]:
    targets = walk.targets(document)
    for block in walk.blocks(document):
        for run in walk.inlines(block):
            for note in walk.notes(run):
                yield Line(said(note.inlines, targets), block.id)


def cover_lines(cover: Cover | None) -> list[Line]:
    said = (cover.title, cover.subtitle, cover.date, cover.issuer) if cover else ()
    return [Line(words) for words in said]


def differences(read: str, wanted: list[Line]) -> Iterator[Problem]:
    """The first place where ``read``, in normal form, is not ``wanted``: after it nothing can be told."""
    at = 0
    for line in wanted:
        words = normal(line.words)
        if not read.startswith(words, at):
            yield Problem("the words are not those of the tree", line.block, line.label)
            return
        at += len(words)
    if at < len(read):
        yield Problem("there are words after the end", wanted[-1].block if wanted else "")
