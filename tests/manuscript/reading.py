"""Ways to read a document in tests."""

from __future__ import annotations

import re
from collections.abc import Iterator

from planwizard.document import walk
from planwizard.document.nodes import (
    Block,
    BulletList,
    Document,
    Figure,
    Heading,
    Inline,
    Link,
    Note,
    Paragraph,
    Picture,
    Ref,
    Run,
    Table,
)

_KINDS = {Paragraph: "p", BulletList: "list", Table: "table", Figure: "figure", Picture: "picture"}


def outline(document: Document) -> list[tuple[str, str]]:
    """[("h1", "第１章 現状"), ("p", "…"), ("table", "表1 人口")]: what stands where."""
    return [_line(block) for block in walk.blocks(document)]


def headings(document: Document) -> list[str]:
    return [
        f"{each.number} {each.text}".strip() for each in walk.blocks(document) if isinstance(each, Heading)
    ]


def captions(document: Document) -> list[str]:
    return [caption for kind, caption in outline(document) if kind in ("table", "figure", "picture")]


def table(document: Document, caption: str) -> list[list[str]]:
    """The cells of the first table with this caption, row by row."""
    found = next(
        each for each in walk.blocks(document) if isinstance(each, Table) and each.caption == caption
    )
    return [[shown(document, cell.inlines) for cell in row] for row in found.rows]


def sheet(document: Document, key: str = "m000000001") -> dict[str, list[str]]:
    """{label: the cells beside it, up to the next label of its row} of a measure sheet."""
    found = next(each for each in walk.blocks(document) if each.id == key)
    assert isinstance(found, Table)
    beside: dict[str, list[str]] = {}
    for row in found.rows:
        for nth, cell in enumerate(row):
            if nth == 0 or cell.header == "row":
                label = shown(document, cell.inlines)
                beside[label] = []
            else:
                beside[label].append(shown(document, cell.inlines))
    return beside


def text(document: Document) -> str:
    """Every word a reader of the document meets, without white space."""
    words: list[str] = [document.meta.title, document.meta.status_line]
    if document.cover:
        words += [document.cover.title, document.cover.subtitle, document.cover.date, document.cover.issuer]
    for block in walk.blocks(document):
        words += _words(document, block)
    return squeezed("\n".join(words))


def squeezed(words: str) -> str:
    return re.sub(r"\s+", "", words)


def shown(document: Document, run: tuple[Inline, ...]) -> str:
    targets = walk.targets(document)
    said = []
    for inline in run:
        match inline:
            case Run(text=words) | Link(text=words):
                said.append(words)
            case Ref(target=target):
                said.append(walk.shown(inline, targets[target]))
            case Note(inlines=inlines):
                said.append(shown(document, inlines))
    return "".join(said)


def _line(block: Block) -> tuple[str, str]:
    if isinstance(block, Heading):
        return f"h{block.level}", f"{block.number} {block.text}".strip()
    if isinstance(block, Table | Figure | Picture):
        return _KINDS[type(block)], f"{block.number} {block.caption}".strip()
    return _KINDS[type(block)], "".join(walk.plain(run) for run in walk.inlines(block))


def _words(document: Document, block: Block) -> Iterator[str]:
    if isinstance(block, Heading):
        yield f"{block.number}{block.text}"
    if isinstance(block, Table | Figure | Picture):
        yield f"{block.number}{block.caption}"
    if isinstance(block, Figure | Picture):
        yield block.alt
    for run in walk.inlines(block):
        yield shown(document, run)
