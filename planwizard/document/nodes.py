"""The document tree: what is printed, with no HTML, colour, font or point size in it.

Made by ``manuscript.compose``, examined by ``check``, walked by ``html``, ``pdf`` and ``docx``. Sequences are
tuples; every string passed ``common.text.clean`` once. A LF inside a ``Run`` is a line break. Widths are
millimetres in steps of 5.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from urllib.parse import urlsplit

ALLOWED_SCHEMES = frozenset({"http", "https", "mailto"})


@dataclass(frozen=True, slots=True)
class Source:
    """Where a block came from: part key, field key and, for what a row makes, row key."""

    part: str = ""
    field: str = ""
    row: str = ""


NOWHERE = Source()


@dataclass(frozen=True, slots=True)
class Run:
    text: str
    mark: Literal["", "strong", "changed"] = ""


@dataclass(frozen=True, slots=True)
class Link:
    """A hyperlink. Raises ValueError for any scheme but http, https and mailto."""

    text: str
    href: str

    def __post_init__(self) -> None:
        if urlsplit(self.href).scheme.lower() not in ALLOWED_SCHEMES:
            raise ValueError(f"scheme not allowed: {self.href!r}")


@dataclass(frozen=True, slots=True)
class Ref:
    """A reference to the id of a Heading, Table, Figure or Picture."""

    target: str
    show: Literal["number", "title", "page"] = "number"


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote at this point."""

    inlines: tuple[Run | Link, ...]


Inline = Run | Link | Ref | Note


@dataclass(frozen=True, slots=True)
class Heading:
    id: str
    level: int  # 1–5
    text: str
    number: str = ""  # "第１章", "１", "(1)", "ア", "(ア)" or ""
    source: Source = NOWHERE


@dataclass(frozen=True, slots=True)
class Paragraph:
    id: str
    inlines: tuple[Inline, ...]
    role: Literal["body", "lead", "note"] = "body"
    source: Source = NOWHERE


@dataclass(frozen=True, slots=True)
class BulletList:
    id: str
    items: tuple[tuple[Inline, ...], ...]
    marker: Literal["dot", "circled", "paren"] = "dot"
    source: Source = NOWHERE


@dataclass(frozen=True, slots=True)
class Cell:
    inlines: tuple[Inline, ...] = ()
    header: Literal["", "col", "row"] = ""
    colspan: int = 1
    rowspan: int = 1
    align: Literal["", "left", "center", "right"] = ""
    fill: Literal["", "head", "label", "band"] = ""
    path: str = ""  # of the answer that the cell's row shows, in the part that its table comes from


@dataclass(frozen=True, slots=True)
class Table:
    id: str
    widths: tuple[int, ...]
    rows: tuple[tuple[Cell, ...], ...]
    head_rows: int = 1
    kind: Literal["grid", "sheet", "kpi", "schedule", "diff"] = "grid"
    number: str = ""  # "表1"; empty together with the caption
    caption: str = ""
    keep: bool = False  # on one page, if it can be
    opening: int = 2  # rows below the head that stay together where the table begins
    source: Source = NOWHERE


@dataclass(frozen=True, slots=True)
class Figure:
    """A drawing made by our own code only: px width and height, real ``<text>``, no style attribute."""

    id: str
    svg: str
    alt: str
    width_mm: int
    number: str = ""  # "図1"
    caption: str = ""
    source: Source = NOWHERE


@dataclass(frozen=True, slots=True)
class Picture:
    id: str
    asset: str  # sha256 of a re-encoded PNG or JPEG
    alt: str
    width_mm: int
    number: str = ""  # numbered with the figures
    caption: str = ""
    source: Source = NOWHERE


@dataclass(frozen=True, slots=True)
class PageBreak:
    id: str


Block = Heading | Paragraph | BulletList | Table | Figure | Picture | PageBreak


# A4 upright and landscape; A3 landscape in two columns
Paper = Literal["upright", "landscape", "poster"]
# How wide a table or figure may be on each, in mm: the text's width, on a poster that of a column.
TEXT_WIDTHS: Mapping[Paper, int] = {"upright": 160, "landscape": 245, "poster": 180}


@dataclass(frozen=True, slots=True)
class Section:
    """Blocks on one kind of paper. A change of paper is a Section, never a block."""

    id: str
    blocks: tuple[Block, ...]
    paper: Paper = "upright"


@dataclass(frozen=True, slots=True)
class Cover:
    title: str
    subtitle: str  # the period
    date: str
    issuer: str


@dataclass(frozen=True, slots=True)
class Meta:
    title: str
    issuer: str
    modified: datetime  # UTC, of the last edit
    version_label: str
    identifier: str
    status_line: str = ""  # 「素案　第3版　令和8年11月23日10時32分時点　未決裁」; empty once decided
    lang: str = "ja-JP"


@dataclass(frozen=True, slots=True)
class Document:
    meta: Meta
    cover: Cover | None  # None in the preview of one chapter
    sections: tuple[Section, ...]
    toc_depth: int = 2  # 0: no contents
