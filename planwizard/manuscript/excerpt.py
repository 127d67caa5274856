"""Parts of a whole document: the blocks of chosen chapters, areas and measures, under the headings above them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from planwizard.document.nodes import NOWHERE, Block, Heading, PageBreak, Section, Source
from planwizard.manuscript import front
from planwizard.manuscript.material import Material


def of_parts(material: Material, whole: tuple[Section, ...], keys: frozenset[str]) -> Iterator[Section]:
    """Each section with what belongs to the parts with these keys.

    ``basics`` means foreword and imprint; an area its measures too; ``ch6`` the whole chapter of measures.
    """
    picker = _Picker(_chapters(keys), _parts(material, keys))
    for section in whole:
        yield replace(section, blocks=tuple(picker.picked(section)))


def _chapters(keys: frozenset[str]) -> frozenset[str]:
    """The ids of headings whose whole chapter is wanted."""
    return keys - {"basics"} | ({front.FOREWORD, front.IMPRINT} if "basics" in keys else frozenset())


def _parts(material: Material, keys: frozenset[str]) -> frozenset[str]:
    """The keys of parts whose blocks are wanted wherever they stand."""
    pillars = {part.pillar for part in material.areas if part.key in keys}
    measures = {part.key for part in material.measures if part.pillar in pillars}
    return keys - {"basics"} | measures


@dataclass(slots=True)
class _Picker:
    """Walks the whole document; a block that is wanted brings the headings above it."""

    chapters: frozenset[str]
    parts: frozenset[str]
    chapter: str = ""
    above: list[Heading] = field(default_factory=list)

    def picked(self, section: Section) -> Iterator[Block]:
        for block in section.blocks:
            is_wanted = self._is_wanted(block)
            if isinstance(block, Heading):
                self.above = [each for each in self.above if each.level < block.level] + [block]
            if is_wanted:
                yield from (each for each in self.above if each is not block)
                self.above = []
                yield block

    def _is_wanted(self, block: Block) -> bool:
        if isinstance(block, Heading) and block.level == 1:
            self.chapter = block.id
        return self.chapter in self.chapters or source_of(block).part in self.parts


def source_of(block: Block) -> Source:
    return NOWHERE if isinstance(block, PageBreak) else block.source
