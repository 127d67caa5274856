"""How a page is set: font, size, pitch of lines, margins. What a town may prescribe without a file of its own.

The tree's widths are made for margins of 25 mm. Where a town leaves less, tables and drawings get narrower in
proportion (``scale``, ``fitted``), so that nothing runs over the edge.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any, Self

from planwizard.document.nodes import (
    TEXT_WIDTHS,
    Block,
    Document,
    Figure,
    Paper,
    Picture,
    Section,
)

SHEETS: Mapping[Paper, tuple[int, int]] = {
    "upright": (210, 297),
    "landscape": (297, 210),
    "poster": (420, 297),
}
COLUMN_GAP = 10  # mm, between the two columns of a poster

# key → (明朝, ゴシック) as Windows calls them. The PDF keeps its own fonts: only these may be embedded.
FONTS: Mapping[str, tuple[str, str]] = {
    "bizud": ("BIZ UD明朝 Medium", "BIZ UDゴシック"),
    "ms": ("ＭＳ 明朝", "ＭＳ ゴシック"),
    "yu": ("游明朝", "游ゴシック"),
}
SIZES = (9.0, 12.0)  # points, in steps of a half
PITCHES = (12.0, 30.0)
MARGINS = (15, 40)  # mm; under 15 the running lines would not fit, over 40 the tables
TIGHTEST = 1.2  # a line is at least so many times as high as its characters
_MARGIN_FIELDS = ("top_mm", "bottom_mm", "left_mm", "right_mm")


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


@dataclass(frozen=True, slots=True)
class PaperSettings:
    """What a town prescribes for its paper. Raises ValueError, in English, for what cannot be printed."""

    font: str = "bizud"
    size_pt: float = 10.5
    pitch_pt: float = 18.0
    top_mm: int = 25
    bottom_mm: int = 25
    left_mm: int = 25
    right_mm: int = 25

    def __post_init__(self) -> None:
        if self.font not in FONTS:
            raise ValueError(f"no such font: {self.font!r}")
        for name, (least, most) in (("size_pt", SIZES), ("pitch_pt", PITCHES)):
            value = getattr(self, name)
            if not (_is_number(value) and least <= value <= most and value * 2 == int(value * 2)):
                raise ValueError(f"{name} is out of range: {value!r}")
        for name in _MARGIN_FIELDS:
            value = getattr(self, name)
            if type(value) is not int or not MARGINS[0] <= value <= MARGINS[1]:
                raise ValueError(f"{name} is out of range: {value!r}")
        if self.pitch_pt < self.size_pt * TIGHTEST:
            raise ValueError("the lines would touch")

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """The inverse of ``to_json``. Raises TypeError and ValueError for what ``to_json`` never wrote."""
        return cls(**data)

    @property
    def header_mm(self) -> int:
        """From the upper edge to the running line; two lines of it stay above the text."""
        return min(15, self.top_mm - 10)

    @property
    def footer_mm(self) -> int:
        return min(12, self.bottom_mm - 7)

    def scale(self, paper: Paper) -> float:
        return scale(paper, self.left_mm + self.right_mm)


USUAL = PaperSettings()


def text_width(paper: Paper, sides_mm: float) -> float:
    """How wide the text is between margins of ``sides_mm`` together, on a poster one of its columns."""
    width = SHEETS[paper][0] - sides_mm
    return (width - COLUMN_GAP) / 2 if paper == "poster" else width


def scale(paper: Paper, sides_mm: float) -> float:
    """What the tree's widths are multiplied by so that the widest fits; never more than 1."""
    return min(1.0, text_width(paper, sides_mm) / TEXT_WIDTHS[paper])


def fitted(document: Document, scale_of: Callable[[Paper], float]) -> Document:
    """The tree with drawings that fit. Tables keep their widths, which the outputs scale exactly."""
    sections = tuple(_fitted(section, scale_of(section.paper)) for section in document.sections)
    return document if sections == document.sections else replace(document, sections=sections)


def _fitted(section: Section, factor: float) -> Section:
    if factor >= 1:
        return section
    return replace(section, blocks=tuple(_narrowed(block, factor) for block in section.blocks))


def _narrowed(block: Block, factor: float) -> Block:
    if not isinstance(block, Figure | Picture):
        return block
    # a step of 5 mm lower, because widths are classes in the style sheet
    return replace(block, width_mm=max(5, int(block.width_mm * factor) // 5 * 5))
