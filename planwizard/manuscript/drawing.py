"""Boxes, words and arrows on a canvas of pixels, put out as SVG with real text.

Four pixels are one millimetre. Characters are measured as BIZ UD Gothic sets them: a wide one is as wide as the
font is high, a narrow one half of that.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field, replace
from itertools import pairwise
from xml.sax.saxutils import escape, quoteattr

PX_PER_MM = 4
WIDTH = 640  # 160 mm
TALLEST = 220  # mm, with its caption on a page; a taller drawing is printed smaller
SIZE = 13  # px, 9.2 pt on paper
LEADING = 18
PADDING = 8
NAVY, PALE, LABEL, BAND, GREY = "#1F3864", "#D9E2F3", "#EEF3FA", "#8EAADB", "#808080"
_FONT = "'BIZ UDGothic', 'BIZ UDゴシック', 'Noto Sans CJK JP', sans-serif"
_NO_LINE_START = "、。，．）」』】〕〉》・ー々ぁぃぅぇぉっゃゅょァィゥェォッャュョ)]}!?！？"
_NO_LINE_END = "（「『【〔〈《([{"
LONGEST = 80  # characters of one name; the tables carry it whole


@dataclass(frozen=True, slots=True)
class Drawing:
    """A finished figure: SVG of ``width_mm`` and the sentence that says what it shows."""

    svg: str
    alt: str
    width_mm: int = WIDTH // PX_PER_MM


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle with words in it: a strong first line, if any, and plain ones."""

    x: int
    width: int
    title: str = ""
    lines: tuple[str, ...] = ()
    is_main: bool = False
    longest: int = LONGEST  # characters of each text
    y: int = 0
    height: int = 0

    @property
    def words(self) -> list[tuple[str, bool]]:
        """The wrapped lines, each with whether it is strong."""
        room = self.width - 2 * PADDING
        strong = [(line, True) for line in balanced(self.title, room)] if self.title else []
        plain = (line for text in self.lines for line in balanced(text, room, longest=self.longest))
        return strong + [(line, False) for line in plain]

    @property
    def is_list(self) -> bool:
        return self.lines[:1] != () and self.lines[0].startswith("・")

    @property
    def needed(self) -> int:
        return len(self.words) * LEADING + 2 * PADDING

    def placed(self, y: int, height: int = 0) -> Box:
        """This box at ``y``, as high as its words need or as ``height`` says."""
        height = max(height, self.needed)
        return replace(self, y=y, height=height)

    @property
    def bottom(self) -> int:
        return self.y + self.height

    @property
    def right(self) -> int:
        return self.x + self.width

    @property
    def middle(self) -> tuple[int, int]:
        return self.x + self.width // 2, self.y + self.height // 2


def text_width(text: str, size: int = SIZE) -> float:
    """How many pixels wide one line of text is."""
    return sum(char_width(char, size) for char in text)


def char_width(char: str, size: int = SIZE) -> float:
    return size if unicodedata.east_asian_width(char) in "WFA" else size / 2


def wrap(text: str, width: float, size: int = SIZE, longest: int = LONGEST) -> list[str]:
    """Break ``text`` into lines of at most ``width`` pixels; a closing mark may hang over by one character."""
    lines, taken = [""], 0.0
    for char in shortened(text.replace("\n", " "), longest):
        taken += char_width(char, size)
        if taken > width and lines[-1] and char not in _NO_LINE_START:
            carried = _opening_at_end(lines[-1])
            lines[-1] = lines[-1].removesuffix(carried)
            lines.append(carried)
            taken = text_width(carried + char, size)
        lines[-1] += char
    return lines


def _opening_at_end(line: str) -> str:
    """Opening marks that must not end a line; none if the line is nothing else."""
    rest = line.rstrip(_NO_LINE_END)
    return line[len(rest) :] if rest else ""


def balanced(text: str, width: float, size: int = SIZE, longest: int = LONGEST) -> list[str]:
    """``wrap`` into as few lines, but of similar length: no last line of one character."""
    lines = wrap(text, width, size, longest)
    narrow = text_width("".join(lines), size) / len(lines)
    while len(wrap(text, narrow, size, longest)) > len(lines):
        narrow += size / 2
    return wrap(text, min(narrow, width), size, longest)


def shortened(text: str, longest: int = LONGEST) -> str:
    return text if len(text) <= longest else text[: longest - 1] + "…"


@dataclass(slots=True)
class Canvas:
    """Shapes drawn one over the other."""

    shapes: list[str] = field(default_factory=list)

    def rect(self, x: float, y: float, width: float, height: float, *, fill: str = "#FFFFFF", line: str = "#404040", stroke: float = 1) -> None:  # fmt: skip
        self.shapes.append(
            f'<rect x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}"'
            f' fill="{fill}" stroke="{line}" stroke-width="{stroke:g}"/>'
        )

    def box(self, box: Box) -> None:
        look = {"fill": PALE, "line": NAVY, "stroke": 2.5} if box.is_main else {}
        self.rect(box.x, box.y, box.width, box.height, **look)  # type: ignore[arg-type]
        top = box.y + (box.height - len(box.words) * LEADING) / 2
        for at, (line, is_strong) in enumerate(box.words):
            if box.is_list and not is_strong:
                self.text(box.x + PADDING, top + at * LEADING, line, anchor="start")
            else:
                self.text(box.middle[0], top + at * LEADING, line, is_strong=is_strong)

    def text(self, x: float, top: float, text: str, *, size: int = SIZE, anchor: str = "middle", is_strong: bool = False) -> None:  # fmt: skip
        """One line of text whose line box begins at ``top``."""
        weight = ' font-weight="bold"' if is_strong else ""
        baseline = top + (LEADING + size * 0.76) / 2
        self.shapes.append(
            f'<text x="{x:g}" y="{baseline:g}" font-size="{size}" text-anchor="{anchor}"{weight}>{escape(text)}</text>'
        )

    def line(self, *points: tuple[float, float], dashes: str = "", color: str = "#404040") -> None:
        path = " ".join(f"{x:g},{y:g}" for x, y in points)
        dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
        self.shapes.append(
            f'<polyline points="{path}" fill="none" stroke="{color}" stroke-width="1.2"{dashed}/>'
        )

    def arrow(self, *points: tuple[float, float], both: bool = False) -> None:
        """A line along ``points`` with a head at its end, or at both ends."""
        self.line(*points)
        self.head(*list(pairwise(points))[-1])
        if both:
            self.head(points[1], points[0])

    def head(self, start: tuple[float, float], tip: tuple[float, float]) -> None:
        (x, y), along = tip, (_sign(tip[0] - start[0]), _sign(tip[1] - start[1]))
        left = (x - 8 * along[0] - 4 * along[1], y - 8 * along[1] - 4 * along[0])
        right = (x - 8 * along[0] + 4 * along[1], y - 8 * along[1] + 4 * along[0])
        corners = " ".join(f"{px:g},{py:g}" for px, py in (tip, left, right))
        self.shapes.append(f'<polygon points="{corners}" fill="#404040"/>')

    def drawing(self, height: float, alt: str) -> Drawing:
        """The finished figure, no taller on paper than a page."""
        width = WIDTH // PX_PER_MM
        fitting = int(TALLEST * PX_PER_MM / height * width) // 5 * 5
        return Drawing(self.svg(height), alt, min(width, fitting))

    def svg(self, height: float) -> str:
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height:g}"'
            f' viewBox="0 0 {WIDTH} {height:g}" font-family={quoteattr(_FONT)} fill="#000000">'
            f"{''.join(self.shapes)}</svg>"
        )


def _sign(number: float) -> int:
    return (number > 0) - (number < 0)
