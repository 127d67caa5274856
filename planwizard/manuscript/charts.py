"""Bar charts of the figures of chapter 1: each bar carries its value in words, so that no axis has to be read.

Names and decimal strings in, a ``Drawing`` out; None where there is too little to compare. Town and nation are told
apart by fill and outline, never by colour alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from planwizard.manuscript.drawing import BAND, GREY, LEADING, NAVY, WIDTH, Canvas, Drawing, text_width, wrap

SMALL = 12
_TALL = 150  # px, the highest column
_MOST_COLUMNS = 12
_WIDEST = 64  # px, of a column
_NAMES = 220  # px for the names of lying bars
_BAR, _GAP = 16, 10
_MOST_BARS = 15


@dataclass(frozen=True, slots=True)
class Point:
    """A value of one year: ``label`` under its column, ``words`` above it and in the alternative text."""

    label: str
    words: str
    value: Decimal


@dataclass(frozen=True, slots=True)
class Share:
    """A percentage of this town, beside that of the nation if it is known."""

    name: str
    value: Decimal
    nation: Decimal | None = None


def columns(points: Sequence[Point], what: str) -> Drawing | None:
    """Columns over the years, from zero: standing, or lying where their values would run into each other."""
    highest = max((point.value for point in points), default=Decimal(0))
    if not 2 <= len(points) <= _MOST_COLUMNS or min(point.value for point in points) < 0 or not highest:
        return None
    canvas = Canvas()
    room = WIDTH / len(points) - 4
    is_tight = any(text_width(point.words, SMALL) > room for point in points)
    height = (_lying if is_tight else _standing)(canvas, points, highest)
    told = "、".join(f"{point.label}は{point.words}" for point in points)
    return canvas.drawing(height, f"{what}を示す棒グラフ。{told}。")


def _standing(canvas: Canvas, points: Sequence[Point], highest: Decimal) -> float:
    """The height of the whole, in px."""
    slot = WIDTH / len(points)
    width = min(_WIDEST, slot * 0.6)
    floor = LEADING + _TALL + 4
    labels = [_label(point.label, slot - 4) for point in points]
    for nth, point in enumerate(points):
        center, height = slot * (nth + 0.5), float(point.value / highest) * _TALL
        canvas.rect(center - width / 2, floor - height, width, height, fill=BAND, line=NAVY)
        canvas.text(center, floor - height - LEADING, point.words, size=SMALL)
        for at, line in enumerate(labels[nth]):
            canvas.text(center, floor + 2 + at * LEADING, line, size=SMALL)
    canvas.line((0, floor), (WIDTH, floor))
    return floor + max(map(len, labels)) * LEADING + 6


def _label(label: str, width: float) -> list[str]:
    """令和12 over 年度 where it does not fit in one line."""
    lines = wrap(label, width, SMALL)
    return [label.removesuffix("年度"), "年度"] if len(lines) == 2 and label.endswith("年度") else lines


def _lying(canvas: Canvas, points: Sequence[Point], highest: Decimal) -> float:
    """The height of the whole, in px."""
    left = max(text_width(point.label, SMALL) for point in points) + 12
    room = WIDTH - left - max(text_width(point.words, SMALL) for point in points) - 12
    for nth, point in enumerate(points):
        top, width = 4 + nth * (_BAR + _GAP), float(point.value / highest) * room
        canvas.text(0, top, point.label, size=SMALL, anchor="start")
        canvas.rect(left, top, max(1, width), _BAR, fill=BAND, line=NAVY)
        canvas.text(left + width + 6, top - 1, point.words, size=SMALL, anchor="start")
    below = 4 + len(points) * (_BAR + _GAP)
    canvas.line((left, 4), (left, below), color=GREY)
    return below + 4


def shares(found: Sequence[Share], town: str, what: str) -> Drawing | None:
    """Lying bars from 0 to 100 %, the nation's below the town's; 15 at the most, the table has them all."""
    shown = [share for share in found if _is_share(share.value)][:_MOST_BARS]
    if len(shown) < 2:
        return None
    canvas = Canvas()
    has_nation = any(_nation(share) is not None for share in shown)
    y = float(_legend(canvas, town)) if has_nation else 4.0
    for share in shown:
        y += _share(canvas, share, y)
    canvas.line((_NAMES, 4), (_NAMES, y), color=GREY)
    return canvas.drawing(y + 4, _shares_alt(shown, town, what))


def _share(canvas: Canvas, share: Share, y: float) -> float:
    """One name with its bars; the height they take."""
    names = wrap(share.name, _NAMES - 12, SMALL)
    bars = [(share.value, BAND), *([(share.nation, "#FFFFFF")] if _nation(share) is not None else [])]
    height = max(len(names) * LEADING, len(bars) * (_BAR + 2)) + _GAP
    for at, line in enumerate(names):
        canvas.text(0, y + at * LEADING, line, size=SMALL, anchor="start")
    for at, (value, fill) in enumerate(bars):
        top = y + 1 + at * (_BAR + 2)
        width = float(value or 0) * (WIDTH - _NAMES - 64) / 100
        canvas.rect(_NAMES, top, max(1, width), _BAR, fill=fill, line=NAVY)
        canvas.text(_NAMES + width + 6, top - 1, f"{value}%", size=SMALL, anchor="start")
    return height


def _legend(canvas: Canvas, town: str) -> int:
    left: float = _NAMES
    for words, fill in ((town, BAND), ("全国平均", "#FFFFFF")):
        canvas.rect(left, 4, 20, 10, fill=fill, line=NAVY)
        canvas.text(left + 26, 0, words, size=SMALL, anchor="start")
        left += 26 + text_width(words, SMALL) + 24
    return LEADING + 10


def _is_share(value: Decimal | None) -> bool:
    return value is not None and 0 <= value <= 100


def _nation(share: Share) -> Decimal | None:
    return share.nation if _is_share(share.nation) else None


def _shares_alt(shown: Sequence[Share], town: str, what: str) -> str:
    told = "、".join(
        f"{share.name}は{town}{share.value}%"
        + (f"、全国平均{share.nation}%" if _nation(share) is not None else "")
        for share in shown
    )
    return f"{what}を示す棒グラフ。{told}。"
