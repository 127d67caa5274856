"""Boxes, words and arrows on a canvas of pixels, put out as SVG with real text.

Four pixels are one millimetre. Characters are measured as BIZ UD Gothic sets them: a wide one is as wide as the
font is high, a narrow one half of that.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import pairwise
from xml.sax.saxutils import escape, quoteattr

from planwizard.manuscript import linebreaks

PX_PER_MM = 4
WIDTH = 640  # 160 mm
TALLEST = 220  # mm, with its caption on a page; a taller drawing is printed smaller
SIZE = 13  # px, 9.2 pt on paper
LEADING = 18
PADDING = 8
NAVY, PALE, LABEL, BAND, GREY = "#1F3864", "#D9E2F3", "#EEF3FA", "#8EAADB", "#808080"
_FONT = "'BIZ UDGothic', 'BIZ UDゴシック', 'Noto Sans CJK JP', sans-serif"
BULLET = "・"
LONGEST = 80  # characters of one name; the tables carry it whole


@dataclass(frozen=True, slots=True)
class Drawing:
    """A finished figure: SVG of ``width_mm`` and the sentence that says what it shows."""

    svg: str
    alt: str
    width_mm: int = WIDTH // PX_PER_MM


@dataclass(frozen=True, slots=True)
class Words:
    """One line in a box: in the middle, or ``indent`` pixels from the left."""

    text: str
    is_strong: bool = False
    indent: int | None = None


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
    def words(self) -> list[Words]:
        """The title, then the texts, wrapped: names and facts in the middle, the items of a list at the left."""
        room = self.width - 2 * PADDING
        made = [Words(line, is_strong=True) for line in balanced(self.title, room)] if self.title else []
        for text in self.lines:
            if self.is_list:
                made += _item(text, room, self.longest)
            else:
                made += [Words(line) for line in balanced(text, room, longest=self.longest)]
        return made

    @property
    def is_list(self) -> bool:
        return self.lines[:1] != () and self.lines[0].startswith(BULLET)

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


def _item(text: str, room: int, longest: int) -> list[Words]:
    """An item of a list; its lines go on under its first word."""
    if not text.startswith(BULLET):
        return [Words(line, indent=0) for line in wrap(text, room, longest=longest)]
    first, *others = wrap(text.removeprefix(BULLET), room - SIZE, longest=longest)
    return [Words(BULLET + first, indent=0), *(Words(line, indent=SIZE) for line in others)]


def text_width(text: str, size: int = SIZE) -> float:
    """How many pixels wide one line of text is."""
    return size * sum(map(linebreaks.ems, text))


def wrap(text: str, width: float, size: int = SIZE, longest: int = LONGEST) -> list[str]:
    """Break ``text`` into full lines of at most ``width`` pixels, where possible between its words."""
    return linebreaks.broken(_one_line(text, longest), width / size)


def balanced(text: str, width: float, size: int = SIZE, longest: int = LONGEST) -> list[str]:
    """As ``wrap``, but lines of similar length: for a name in the middle of its box."""
    return linebreaks.broken(_one_line(text, longest), width / size, is_even=True)


def _one_line(text: str, longest: int) -> str:
    return shortened(text.replace("\n", " "), longest)


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
        for at, line in enumerate(box.words):
            if line.indent is None:
                self.text(box.middle[0], top + at * LEADING, line.text, is_strong=line.is_strong)
            else:
                self.text(box.x + PADDING + line.indent, top + at * LEADING, line.text, anchor="start")

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
