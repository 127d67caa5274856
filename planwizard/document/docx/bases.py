"""What a plan is written into: a Word file, what its styles and lists are called, the room its pages leave."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from functools import cache
from typing import Any, Self

from planwizard.document import paper
from planwizard.document.docx import archive, base
from planwizard.document.docx.xml import twips
from planwizard.document.nodes import Paper
from planwizard.document.paper import PaperSettings

_NAMED = re.compile(r'(<w:(?:pStyle|rStyle|tblStyle) w:val=")(\w+)"')


@dataclass(frozen=True, slots=True)
class Margins:
    """In twips, as a w:pgMar has them."""

    top: int
    right: int
    bottom: int
    left: int
    header: int
    footer: int
    gutter: int = 0

    @classmethod
    def of(cls, settings: PaperSettings) -> Self:
        sides = (settings.top_mm, settings.right_mm, settings.bottom_mm, settings.left_mm)
        return cls(*map(twips, (*sides, settings.header_mm, settings.footer_mm)))

    @property
    def sides(self) -> int:
        return self.left + self.right + self.gutter


USUAL = Margins.of(paper.USUAL)


@dataclass(frozen=True, slots=True)
class Lists:
    """The lists of the file, by their abstractNumId. The defaults are those of base.docx."""

    headings: int = 1
    counted: int = (
        5  # levels of headings, from the first, that Word counts; deeper labels are written as text
    )
    circled: int = 3
    paren: int = 4
    last: int = 4  # the highest numId in the file


@dataclass(frozen=True, slots=True)
class Base:
    """The walk names styles by their role, which is their id in our own file; ``named`` puts in those of this one."""

    data: bytes
    styles: Mapping[str, str] = field(default_factory=dict)  # {role: style id}; empty: called by their roles
    lists: Lists = Lists()
    margins: Margins = USUAL
    grid: str = 'w:linePitch="360"'  # attributes of w:docGrid; empty: none
    chapter: str = "1"  # what a STYLEREF field calls a chapter's heading: a level, or the name of a style
    header_tabs: tuple[int, ...] = (base.TABS["upright"],)  # set by the header's style, in twips
    is_ours: bool = True  # the tab of the header's style is at the right margin

    def named(self, xml: str) -> str:
        """``xml`` of the walk with the style ids of this file. Text of people cannot look like a style: it is escaped."""
        if not self.styles:
            return xml
        # A role that is younger than the file keeps our name for it: Word then shows it as plain text.
        return _NAMED.sub(lambda found: f'{found[1]}{self.styles.get(found[2], found[2])}"', xml)

    def scale(self, on: Paper) -> float:
        return paper.scale(on, self.margins.sides * 25.4 / 1440)

    def right_tab(self, on: Paper) -> int:
        """The right margin, from the left one."""
        return base.right_tab(on, self.margins.sides)

    def facts(self) -> dict[str, Any]:
        """All but the file, as plain values."""
        return {name: value for name, value in asdict(self).items() if name != "data"}

    @classmethod
    def from_facts(cls, data: bytes, facts: Mapping[str, Any]) -> Self:
        """The inverse of ``facts``."""
        lists, margins = Lists(**facts["lists"]), Margins(**facts["margins"])
        tabs = tuple(facts["header_tabs"])
        return cls(data, **{**facts, "lists": lists, "margins": margins, "header_tabs": tabs})


@cache
def ours() -> Base:
    return Base(archive.BASE.read_bytes())


def on_paper(settings: PaperSettings) -> Base:
    """Our own file with another font, size, pitch or other margins."""
    if settings == paper.USUAL:
        return ours()
    margins = Margins.of(settings)
    tab = base.right_tab("upright", margins.sides)
    grid = f'w:linePitch="{round(settings.pitch_pt * 20)}"'
    return Base(base.build(settings), margins=margins, grid=grid, header_tabs=(tab,))
