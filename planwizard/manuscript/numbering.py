"""Numbers of headings, tables and figures, and the references to them, over a whole document."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from planwizard.common.keys import block_id
from planwizard.document import walk
from planwizard.document.nodes import (
    Block,
    BulletList,
    Cell,
    Figure,
    Heading,
    Inline,
    Paragraph,
    Picture,
    Ref,
    Run,
    Section,
    Table,
)
from planwizard.document.walk import Target

_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
# Word's aiueoFullWidth counts the same way: after ン come アア, イイ, …
_KANA = "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン"


def heading_number(level: int, count: int) -> str:
    """第１章, １, (1), ア or (ア)."""
    kana = _KANA[(count - 1) % len(_KANA)] * ((count - 1) // len(_KANA) + 1)
    return (f"第{wide(count)}章", wide(count), f"({count})", kana, f"({kana})")[level - 1]


def wide(number: int) -> str:
    """１２ for 12: the numbers of headings are full width."""
    return str(number).translate(_FULL_WIDTH)


def numbered(sections: Iterable[Section], unnumbered: frozenset[str]) -> tuple[Section, ...]:
    """The sections with every heading and caption numbered, and with no level skipped.

    Chapters whose id is in ``unnumbered`` (はじめに, 資料編), and the headings below them, get no number.
    """
    count = _Count(unnumbered)
    return tuple(replace(section, blocks=tuple(map(count.block, section.blocks))) for section in sections)


@dataclass(slots=True)
class _Count:
    unnumbered: frozenset[str]
    level: int = 0
    is_counting: bool = True
    headings: list[int] = field(default_factory=lambda: [0] * 5)
    tables: int = 0
    figures: int = 0

    def block(self, block: Block) -> Block:
        match block:
            case Heading():
                return self._heading(block)
            case Table(caption=caption) if caption:
                self.tables += 1
                return replace(block, number=f"表{self.tables}")
            case Figure(caption=caption) | Picture(caption=caption) if caption:
                self.figures += 1
                return replace(block, number=f"図{self.figures}")
        return block

    def _heading(self, heading: Heading) -> Heading:
        self.level = min(heading.level, self.level + 1, 5)
        if self.level == 1:
            self.is_counting = heading.id not in self.unnumbered
        if not self.is_counting:
            return replace(heading, level=self.level, number="")
        self.headings[self.level - 1] += 1
        self.headings[self.level :] = [0] * (5 - self.level)
        number = heading_number(self.level, self.headings[self.level - 1])
        return replace(heading, level=self.level, number=number)


def resolved(
    sections: tuple[Section, ...], asked: Iterable[str], rows: Mapping[str, str]
) -> tuple[Section, ...]:
    """The sections with each Ref pointing at a block, or, where there is none, as it was typed.

    A key of ``asked`` may be a block's id, a part's key, a row's key, ``field`` or ``part.field``. ``rows`` says
    for a row's key which block holds it.
    """
    known = {block.id for section in sections for block in section.blocks if isinstance(block, Target)}
    places = _places(sections) | {key: id_ for key, id_ in rows.items() if id_ in known}
    words: dict[str, Inline] = {key: _word(key, places.get(key)) for key in set(asked) - known}
    return tuple(pointed(section, words) for section in sections) if words else sections


def standing_alone(whole: tuple[Section, ...], parts: tuple[Section, ...]) -> tuple[Section, ...]:
    """Some blocks of a whole document as a document of their own.

    References to what is left out become the words they show in the whole, and no heading's level skips.
    """
    targets = {block.id: block for section in whole for block in section.blocks if isinstance(block, Target)}
    kept = {block.id for section in parts for block in section.blocks}
    words: dict[str, Inline] = {
        ref.target: Run(walk.shown(ref, targets[ref.target]))
        for section in parts
        for ref in refs(section)
        if ref.target not in kept
    }
    lift = _Lift()
    pointing = (pointed(section, words) for section in parts)
    return tuple(replace(section, blocks=tuple(map(lift.block, section.blocks))) for section in pointing)


@dataclass(slots=True)
class _Lift:
    """No level below the one before by more than one."""

    level: int = 0

    def block(self, block: Block) -> Block:
        if not isinstance(block, Heading):
            return block
        self.level = min(block.level, self.level + 1)
        return replace(block, level=self.level)


def refs(section: Section) -> Iterable[Ref]:
    for block in section.blocks:
        for run in _runs(block):
            for inline in run:
                if isinstance(inline, Ref):
                    yield inline


def pointed(section: Section, words: Mapping[str, Inline]) -> Section:
    """The section with each Ref whose target is in ``words`` replaced."""
    if not any(ref.target in words for ref in refs(section)):
        return section
    return replace(section, blocks=tuple(_pointed(block, words) for block in section.blocks))


def _places(sections: tuple[Section, ...]) -> dict[str, str]:
    """{field or part.field: id} of the first block made from that field."""
    places: dict[str, str] = {}
    for section in sections:
        for block in section.blocks:
            if isinstance(block, Table | Figure | Picture) and block.source.field:
                places.setdefault(f"{block.source.part}.{block.source.field}", block.id)
                places.setdefault(block.source.field, block.id)
    return places


def _word(key: str, target: str | None) -> Inline:
    return Ref(target) if target else Run(f"〔参照：{key}〕")


def _runs(block: Block) -> Iterable[tuple[Inline, ...]]:
    match block:
        case Paragraph(inlines=inlines):
            yield inlines
        case BulletList(items=items):
            yield from items
        case Table(rows=rows):
            for row in rows:
                for cell in row:
                    yield cell.inlines


def _pointed(block: Block, words: Mapping[str, Inline]) -> Block:
    def change(run: tuple[Inline, ...]) -> tuple[Inline, ...]:
        return tuple(words.get(each.target, each) if isinstance(each, Ref) else each for each in run)

    def cell(old: Cell) -> Cell:
        return replace(old, inlines=change(old.inlines))

    match block:
        case Paragraph():
            return replace(block, inlines=change(block.inlines))
        case BulletList():
            return replace(block, items=tuple(map(change, block.items)))
        case Table():
            return replace(block, rows=tuple(tuple(map(cell, row)) for row in block.rows))
    return block


def table_id(part: str, field_key: str) -> str:
    """The id of the table that the rows of a field make."""
    return block_id(part, field_key, 1)
