"""Paper settings → a style sheet that comes after ``document.css`` and ``print.css``: validated numbers only."""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

from planwizard.document.nodes import TEXT_WIDTHS, Paper
from planwizard.document.paper import USUAL, PaperSettings

_LINE_MM = 3.9  # of the running header, as in print.css
_RUNNING_PT = 8.5


def css(settings: PaperSettings) -> str:
    """Empty for the usual paper: ``print.css`` says it already."""
    if settings == USUAL:
        return ""
    return "\n".join((_page(settings), _text(settings), *_widths(settings)))


def _page(settings: PaperSettings) -> str:
    margins = (settings.top_mm, settings.right_mm, settings.bottom_mm, settings.left_mm)
    below = settings.top_mm - settings.header_mm - _LINE_MM
    running = f"margin: {settings.header_mm}mm 0 {below:.1f}mm; font-size: {_running(settings):.2f}pt"
    return (
        f"@page {{ margin: {' '.join(f'{each}mm' for each in margins)}; "
        f"@top-left {{ {running} }} @top-right {{ {running} }} "
        f"@bottom-center {{ margin-bottom: {settings.footer_mm}mm }} }}"
    )


def _running(settings: PaperSettings) -> float:
    """Title and chapter are cut for a line of 160 mm; on a shorter one they are set smaller."""
    return _RUNNING_PT * settings.scale("upright")


def _text(settings: PaperSettings) -> str:
    body = f"font-size: {settings.size_pt:g}pt; line-height: {settings.pitch_pt:g}pt"
    own = ", ".join(f".pw-document {name}" for name in ("p", "li", "h4.level-4", "h5.level-5"))
    return (
        f".pw-document, {own} {{ {body} }}\n"
        f".pw-document h3.level-3 {{ line-height: {settings.pitch_pt:g}pt }}"
    )


def _widths(settings: PaperSettings) -> Iterator[str]:
    """The width classes of tables on each paper that has less room than the tree was made for."""
    for paper in get_args(Paper):
        factor = settings.scale(paper)
        if factor < 1:
            for width in range(5, TEXT_WIDTHS[paper] + 1, 5):
                names = ", ".join(f".pw-document .{paper} {tag}.pw-w{width}" for tag in ("table", "col"))
                yield f"{names} {{ width: {width * factor:.3f}mm }}"
